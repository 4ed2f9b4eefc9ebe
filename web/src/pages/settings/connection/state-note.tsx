import { IconAlertTriangle, IconCircleCheck, IconLoader2, IconPlug } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ZohoCard } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { Moment } from '../../../pieces/moment.tsx';
import classes from './connection.module.css';

/** How the connection stands, and what to do about it. */
export function StateNote({ card }: { card: ZohoCard }) {
  const { tone, icon, text } = lookOf(card);
  return (
    <div className={classes.state} data-tone={tone} role={tone === 'red' ? 'alert' : 'status'}>
      {icon}
      <div className={classes.stateWords}>
        <span>{text}</span>
        {card.problem !== null && <span className={classes.stateProblem}>{card.problem}</span>}
      </div>
    </div>
  );
}

type Look = { tone: 'green' | 'blue' | 'amber' | 'red' | 'grey'; icon: ReactNode; text: ReactNode };

const alarm = <IconAlertTriangle size={18} aria-hidden />;

function lookOf(card: ZohoCard): Look {
  switch (card.state) {
    case 'connecting':
      return {
        tone: 'blue',
        icon: <IconLoader2 size={18} aria-hidden />,
        text: 'Somebody is on Zoho’s consent page. If that was left, press Connect again.',
      };
    case 'needs_reauth':
      return { tone: 'red', icon: alarm, text: <BrokenText card={card} /> };
    case 'connected':
      return connectedLook(card);
    case 'disconnected':
      return {
        tone: 'grey',
        icon: <IconPlug size={18} aria-hidden />,
        text: 'Disconnected. The history stays; connect again to go on where it stopped.',
      };
    case 'not_connected':
      return { tone: 'grey', icon: <IconPlug size={18} aria-hidden />, text: 'Zoho CRM is not connected yet.' };
  }
}

function BrokenText({ card }: { card: ZohoCard }) {
  return (
    <>
      <strong>Zoho no longer accepts our access</strong>
      {card.probe.brokenAt !== null && (
        <>
          {' '}
          since <Moment at={card.probe.brokenAt} />
        </>
      )}
      . Reconnect, as the same person or as another one of the same Zoho organization.{' '}
      {card.waiting > 0
        ? `${countOf(card.waiting, 'meeting')} ${card.waiting === 1 ? 'waits' : 'wait'} and will be written then.`
        : 'Meetings that come meanwhile wait and are written then.'}
    </>
  );
}

function connectedLook(card: ZohoCard): Look {
  const refused = card.rights?.refused ?? [];
  if (refused.length > 0) {
    const text = `Connected, but Zoho refuses ${countOf(refused.length, 'right')}: ${shortened(refused)}. The rest goes on; the table of permissions says what is missing.`;
    return { tone: 'amber', icon: alarm, text };
  }
  if (card.problem !== null) return { tone: 'amber', icon: alarm, text: 'Connected, with something to look at.' };
  if (card.firstLoad?.state === 'running') {
    const text = 'Connected. Records are being loaded from Zoho; meetings flow as soon as that is done.';
    return { tone: 'blue', icon: <IconLoader2 size={18} aria-hidden />, text };
  }
  if (card.mirrorHealth?.problem != null) {
    return { tone: 'amber', icon: alarm, text: 'Connected. Something is wrong with changes from Zoho; see below.' };
  }
  return {
    tone: 'green',
    icon: <IconCircleCheck size={18} aria-hidden />,
    text: 'Connected. Meetings flow to Zoho, and changes there flow back.',
  };
}

/** So many titles are named; the table has them all. */
const named = 3;

function shortened(titles: string[]): string {
  const first = titles.slice(0, named).join(', ');
  return titles.length > named ? `${first} and ${titles.length - named} more` : first;
}
