import {
  IconAlertTriangle,
  IconBell,
  IconCircleCheck,
  IconLoader2,
  IconPlugConnectedX,
  IconRefresh,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ZohoCard } from '../../api/types.ts';
import { countOf } from '../../format/amounts.ts';
import { Ago } from '../../pieces/moment.tsx';
import { Panel } from '../../pieces/panel.tsx';
import { LoadPanel } from './connection/load-panel.tsx';
import classes from './integrations.module.css';

/** Beside the card: what connecting does, or how the connection is in a few lines that lead to its page. */
export function ZohoDetails({ card }: { card: ZohoCard }) {
  if (card.state !== 'connected' && card.state !== 'needs_reauth') return <BeforeConnecting card={card} />;
  return (
    <div className={classes.details}>
      <HealthPanel card={card} />
      <LoadPanel card={card} />
    </div>
  );
}

function HealthPanel({ card }: { card: ZohoCard }) {
  return (
    <Panel
      title="Health"
      label="Health"
      aside={
        <Link to="/settings/integrations/zoho" className="plain-link">
          All of it
        </Link>
      }
    >
      <ul className={classes.health}>
        <RightsLine card={card} />
        <ChangesLine card={card} />
        <AlertsLine alerts={card.alerts} />
      </ul>
    </Panel>
  );
}

type LineProps = { tone: 'green' | 'amber' | 'red' | 'blue' | 'grey'; icon: ReactNode; children: ReactNode };

function Line({ tone, icon, children }: LineProps) {
  return (
    <li className={classes.healthLine} data-tone={tone}>
      {icon}
      <span>{children}</span>
    </li>
  );
}

const fine = <IconCircleCheck size={17} aria-hidden />;
const mind = <IconAlertTriangle size={17} aria-hidden />;

function RightsLine({ card }: { card: ZohoCard }) {
  const { rights } = card;
  const link = (text: string) => (
    <Link to="/settings/integrations/zoho" hash="permissions" className="plain-link">
      {text}
    </Link>
  );
  if (rights === null || rights.isChecking) {
    return (
      <Line tone="blue" icon={<IconLoader2 size={17} aria-hidden />}>
        {link('Permissions')} are being checked.
      </Line>
    );
  }
  const checked = rights.checkedAt !== null && (
    <>
      , checked <Ago at={rights.checkedAt} />
    </>
  );
  if (rights.refused.length > 0) {
    return (
      <Line tone="amber" icon={mind}>
        {link(countOf(rights.refused.length, 'permission'))} missing{checked}. The rest goes on.
      </Line>
    );
  }
  return (
    <Line tone={rights.unknown > 0 ? 'amber' : 'green'} icon={rights.unknown > 0 ? mind : fine}>
      {rights.unknown > 0 ? (
        <>
          {link(countOf(rights.unknown, 'permission'))} could not be tested{checked}.
        </>
      ) : (
        <>
          No {link('permission')} is missing{checked}.
        </>
      )}
    </Line>
  );
}

function ChangesLine({ card }: { card: ZohoCard }) {
  const health = card.mirrorHealth;
  if (card.state === 'needs_reauth') {
    return (
      <Line tone="red" icon={<IconPlugConnectedX size={17} aria-hidden />}>
        Changes in Zoho are not seen until you reconnect.
      </Line>
    );
  }
  if (health === null) return null;
  if (health.problem !== null) {
    return (
      <Line tone="amber" icon={mind}>
        {health.problem}
      </Line>
    );
  }
  const isTold = health.channel?.state === 'heard' || health.channel?.state === 'open';
  return (
    <Line tone="green" icon={isTold ? fine : <IconRefresh size={17} aria-hidden />}>
      {isTold ? 'Changes in Zoho are told at once' : 'Changes in Zoho are seen at each look'}
      {health.lastPollAt !== null && (
        <>
          ; looked <Ago at={health.lastPollAt} />
        </>
      )}
      .
    </Line>
  );
}

function AlertsLine({ alerts }: { alerts: ZohoCard['alerts'] }) {
  const places = [...(alerts.webhookUrl === null ? [] : ['a webhook']), ...alerts.emails];
  const words =
    places.length > 2 ? `${places.slice(0, 2).join(', ')} and ${places.length - 2} more` : places.join(' and ');
  return (
    <Line tone={places.length > 0 ? 'green' : 'grey'} icon={<IconBell size={17} aria-hidden />}>
      <Link to="/settings/integrations/zoho" hash="alerts" className="plain-link">
        Alerts
      </Link>{' '}
      {places.length > 0 ? (
        <>
          go to <bdi>{words}</bdi>.
        </>
      ) : (
        'go nowhere yet: trouble is shown on these pages only.'
      )}
    </Line>
  );
}

function BeforeConnecting({ card }: { card: ZohoCard }) {
  const facts = [
    'You sign in at Zoho and agree to what may be read and written there.',
    'Contacts, leads, accounts, deals and users are loaded once, then kept up to date.',
    'Every processed meeting is published by itself. Internal and private ones never are.',
    card.provider === 'zoho'
      ? 'A real Zoho starts in safe mode: events carry no participants, so nobody can get a mail.'
      : 'The sandbox writes down every mail a Zoho could have sent, so you can see that there is none.',
  ];
  return (
    <Panel title="What happens when you connect" label="What happens when you connect">
      <ol className={classes.steps}>
        {facts.map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ol>
    </Panel>
  );
}
