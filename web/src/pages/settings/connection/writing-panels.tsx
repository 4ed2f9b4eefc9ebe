import { Button } from '@mantine/core';
import { IconCircleCheck, IconShieldLock } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useCreateFields } from '../../../api/connection.ts';
import { useRights } from '../../../api/session.ts';
import type { ZohoCard } from '../../../api/types.ts';
import { Panel } from '../../../pieces/panel.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import { FactList } from '../fact-list.tsx';
import classes from '../integrations.module.css';

/** How it is kept that writing an event mails nobody and happens once. */
export function SafetyPanel({ card }: { card: ZohoCard }) {
  const { canAdminister } = useRights();
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
      {canAdminister && (
        <p className={classes.soft}>
          <Link to="/settings/integrations/zoho/mail-test" className="plain-link">
            Try out whether Zoho mails anybody
          </Link>
        </p>
      )}
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

/** Fields on events that can be made for reports in Zoho. */
export function FieldsPanel({ card }: { card: ZohoCard }) {
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
export function ScopesPanel({ scopes }: { scopes: string[] }) {
  if (scopes.length === 0) return null;
  return (
    <Panel title="Scopes given at Zoho" label="Scopes given at Zoho">
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

/** The way out. */
export function LeavingPanel() {
  const { canAdminister } = useRights();
  if (!canAdminister) return null;
  return (
    <Panel title="Leaving Zoho" label="Leaving Zoho">
      <p className={classes.soft}>
        See in numbers what we wrote in Zoho, remove or keep it by kind, and end the connection.{' '}
        <Link to="/settings/integrations/zoho/leave" className="plain-link">
          Leave Zoho CRM
        </Link>
      </p>
    </Panel>
  );
}
