import { Button, Progress } from '@mantine/core';
import { IconCircleCheck, IconShieldLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCreateFields } from '../../api/connection.ts';
import { useRights } from '../../api/session.ts';
import type { ZohoCard } from '../../api/types.ts';
import { countText } from '../../format/amounts.ts';
import { Ago } from '../../pieces/moment.tsx';
import { Panel } from '../../pieces/panel.tsx';
import { showDone } from '../../pieces/show-message.tsx';
import { FactList } from './fact-list.tsx';
import classes from './integrations.module.css';

/** Below the card: what is loaded, how writing is kept safe, and the optional fields. */
export function ZohoDetails({ card }: { card: ZohoCard }) {
  if (card.state !== 'connected' && card.state !== 'needs_reauth') return <BeforeConnecting card={card} />;
  return (
    <div className={classes.details}>
      <LoadPanel card={card} />
      <SafetyPanel card={card} />
      <FieldsPanel card={card} />
      <RightsPanel scopes={card.scopes} />
    </div>
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

const loadedModules: {
  key: keyof ZohoCard['mirror'];
  label: string;
  to: '/people' | '/leads' | '/accounts' | '/deals' | null;
}[] = [
  { key: 'contacts', label: 'Contacts', to: '/people' },
  { key: 'leads', label: 'Leads', to: '/leads' },
  { key: 'accounts', label: 'Accounts', to: '/accounts' },
  { key: 'deals', label: 'Deals', to: '/deals' },
  { key: 'users', label: 'Users', to: null },
];

function LoadPanel({ card }: { card: ZohoCard }) {
  const load = card.firstLoad;
  return (
    <Panel title="Loaded from Zoho" label="Loaded from Zoho" aside={loadState(load)}>
      {load?.error && <p className={classes.problem}>{load.error}</p>}
      {load?.state === 'running' ? (
        load.steps.map((step) => (
          <LoadStep key={step.module} name={step.module} loaded={step.loaded} total={step.total} />
        ))
      ) : (
        <FactList
          facts={loadedModules.map(({ key, label, to }) => ({
            name: label,
            value: <Loaded key={key} count={card.mirror[key]} to={to} />,
          }))}
        />
      )}
      <RolesLine roles={card.roles} />
    </Panel>
  );
}

function Loaded({ count, to }: { count: number; to: (typeof loadedModules)[number]['to'] }) {
  if (to === null) return <span>{countText(count)}</span>;
  return (
    <Link to={to} className="quiet-link">
      {countText(count)}
    </Link>
  );
}

function loadState(load: ZohoCard['firstLoad']): ReactNode {
  if (load === null) return 'Not started';
  if (load.state === 'running') {
    return (
      <span>
        First load, began <Ago at={load.startedAt} />
      </span>
    );
  }
  return load.state === 'failed' ? 'The first load failed' : 'Up to date';
}

function LoadStep({ name, loaded, total }: { name: string; loaded: number; total: number | null }) {
  const isDone = total !== null && loaded >= total;
  return (
    <div className={classes.loadStep}>
      <div className={classes.creditsHead}>
        <span>{name.charAt(0).toUpperCase() + name.slice(1)}</span>
        <span>
          {countText(loaded)}
          {total !== null && ` of ${countText(total)}`} {isDone && '✓'}
        </span>
      </div>
      <Progress
        aria-label={`${name} loaded`}
        size="sm"
        color={isDone ? 'green' : 'indigo'}
        animated={!isDone}
        value={total === null || total === 0 ? (isDone ? 100 : 8) : (loaded / total) * 100}
      />
    </div>
  );
}

function RolesLine({ roles }: { roles: ZohoCard['roles'] }) {
  if (roles.dealsTotal === 0 || roles.dealsLoaded >= roles.dealsTotal) return null;
  return (
    <>
      <LoadStep name="Contact roles of deals" loaded={roles.dealsLoaded} total={roles.dealsTotal} />
      <p className={classes.soft}>
        Zoho gives contact roles deal by deal, so they follow after the rest. Meetings are published meanwhile, and
        links that the roles bring are added by themselves.
      </p>
    </>
  );
}

function SafetyPanel({ card }: { card: ZohoCard }) {
  return (
    <Panel title="Nobody is mailed" label="Nobody is mailed">
      <p className={classes.safety}>
        {card.safeMode ? (
          <IconShieldLock size={18} aria-hidden className={classes.safe} />
        ) : (
          <IconCircleCheck size={18} aria-hidden className={classes.safe} />
        )}
        <span>
          {card.safeMode ? (
            <>
              <strong>Safe mode is on.</strong> Zoho does not say whether it mails an event’s participants. So events
              are written without any: everybody is named in the description, and contacts get the note.
            </>
          ) : (
            <>
              <strong>Participants are used.</strong> Events name their participants
              {card.provider === 'sandbox' ? '; the sandbox’s mail log shows that nobody gets a mail.' : '.'}
            </>
          )}
        </span>
      </p>
      {card.externalField && (
        <p className={classes.soft}>
          {card.externalField.mode === 'external'
            ? `Each event carries its meeting’s id in the field ${card.externalField.apiName}, so it can never be written twice.`
            : `This Zoho allows no external field: each event carries a marker line instead, and is looked up before it is written.`}
        </p>
      )}
    </Panel>
  );
}

function FieldsPanel({ card }: { card: ZohoCard }) {
  const create = useCreateFields();
  const { canAdminister } = useRights();
  const missing = card.optionalFields.filter((field) => field.apiName === null);
  return (
    <Panel title="Optional fields on events" label="Optional fields on events">
      <FactList
        facts={card.optionalFields.map(({ label, apiName }) => ({
          name: label,
          value: apiName === null ? <span className={classes.soft}>not created</span> : <code>{apiName}</code>,
        }))}
      />
      <p className={classes.soft}>With them you can report on activity type, score and recording inside Zoho.</p>
      {missing.length > 0 && canAdminister && (
        <Button
          variant="default"
          size="xs"
          mt="xs"
          loading={create.isPending}
          onClick={() =>
            create.mutate(
              missing.map(({ key }) => key),
              { onSuccess: () => showDone('The fields are there.') },
            )
          }
        >
          Create {missing.length === 1 ? 'it' : `these ${missing.length}`} in Zoho
        </Button>
      )}
    </Panel>
  );
}

/** What the connecting user agreed to, as Zoho names it. */
function RightsPanel({ scopes }: { scopes: string[] }) {
  if (scopes.length === 0) return null;
  return (
    <Panel title="Rights given at Zoho" label="Rights given at Zoho">
      <ul className={classes.scopes}>
        {scopes.map((scope) => (
          <li key={scope}>
            <code>{scope}</code>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
