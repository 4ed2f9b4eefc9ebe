import { Button, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type CanaryStart, useCanaryConsent, useStartCanary } from '../../../api/canary.ts';
import type { Canary } from '../../../api/types.ts';
import { Panel } from '../../../pieces/panel.tsx';
import classes from './canary.module.css';

const calendarWords: { value: CanaryStart['calendars']; label: string }[] = [
  { value: 'none', label: 'Nobody’s' },
  { value: 'host_synced', label: 'This host’s' },
  { value: 'others_synced', label: 'Only other people’s' },
  { value: 'not_sure', label: 'I am not sure' },
];

/** Asks for the mailbox, the host and the calendars, and says what happens when. */
export function StartPanel({ canary, onStarted }: { canary: Canary; onStarted: () => void }) {
  return (
    <Panel title="Start a test" label="Start a test">
      <ol className={classes.steps}>
        <li>A contact with your mailbox is made in Zoho, then events in the past, each showing you in another way.</li>
        <li>Thirty minutes after each, you are asked whether a mail came. What mailed is left out from there on.</li>
        <li>The rest is changed, gets a note and is deleted, minutes apart, and you are asked again.</li>
        <li>Everything that was made is removed from Zoho. It takes about an hour and a half, most of it waiting.</li>
      </ol>
      {canary.missingScopes.length > 0 ? (
        <Consent scopes={canary.missingScopes} />
      ) : (
        <StartForm canary={canary} onStarted={onStarted} />
      )}
    </Panel>
  );
}

function Consent({ scopes }: { scopes: string[] }) {
  const consent = useCanaryConsent();
  return (
    <div className={classes.consent}>
      <p>
        The test creates a contact and deletes it again, which Zoho has not allowed yet:{' '}
        <code>{scopes.join(', ')}</code>. Nothing else uses that right.
      </p>
      <Button loading={consent.isPending} onClick={() => consent.mutate()}>
        Allow it in Zoho
      </Button>
    </div>
  );
}

function StartForm({ canary, onStarted }: { canary: Canary; onStarted: () => void }) {
  const [values, setValues] = useState<CanaryStart>({
    mailbox: canary.run?.mailbox ?? '',
    hostUserId: null,
    calendars: 'not_sure',
  });
  const start = useStartCanary();
  const change = (part: Partial<CanaryStart>) => setValues((old) => ({ ...old, ...part }));
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate({ ...values, mailbox: values.mailbox.trim() }, { onSuccess: onStarted });
      }}
    >
      <TextInput
        type="email"
        required
        label="A mailbox that you can read, outside of Zoho"
        description="No address of a Zoho user, since Zoho does not treat users as guests."
        placeholder="you@example.com"
        maxLength={100}
        value={values.mailbox}
        onChange={(event) => change({ mailbox: event.currentTarget.value })}
      />
      <Select
        label="Whose events they are"
        placeholder="A colleague of the connected user"
        clearable
        searchable
        data={canary.hosts.map(({ id, name, email }) => ({
          value: id,
          label: email === null ? name : `${name} (${email})`,
        }))}
        value={values.hostUserId}
        onChange={(hostUserId) => change({ hostUserId })}
      />
      <Radio.Group
        label="Whose calendars are synced with Google or Office 365?"
        description="A synced calendar may mail guests by itself."
        value={values.calendars}
        onChange={(word) =>
          change({ calendars: calendarWords.find(({ value }) => value === word)?.value ?? 'not_sure' })
        }
      >
        <Stack gap="xs" mt="xs">
          {calendarWords.map((choice) => (
            <Radio key={choice.value} {...choice} />
          ))}
        </Stack>
      </Radio.Group>
      <div>
        <Button type="submit" loading={start.isPending} disabled={values.mailbox.trim() === ''}>
          Start the test
        </Button>
      </div>
    </form>
  );
}
