import { Button, FileButton, Tabs } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useZohoCard } from '../../api/connection.ts';
import { putMeeting } from '../../api/meetings.ts';
import { useCreateApiKey } from '../../api/organization.ts';
import { useRecords } from '../../api/records.ts';
import { useSession } from '../../api/session.ts';
import type { Session, ZohoCard } from '../../api/types.ts';
import { countOf } from '../../format/amounts.ts';
import { CopyField } from '../../pieces/copy-field.tsx';
import { showDone } from '../../pieces/show-message.tsx';
import classes from './first-run.module.css';
import { readMeetings } from './read-meetings.ts';
import { sampleMeeting } from './sample-meeting.ts';

/** Step 2: a sample, a file, or the call that another system makes. */
export function BringStep({ isReady }: { isReady: boolean }) {
  if (!isReady) return <p className={classes.text}>A sample, a file, or a call from your own system.</p>;
  return (
    <Tabs defaultValue="sample" keepMounted={false}>
      <Tabs.List mb="sm">
        <Tabs.Tab value="sample">A sample</Tabs.Tab>
        <Tabs.Tab value="file">A file</Tabs.Tab>
        <Tabs.Tab value="call">An API call</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="sample">
        <SampleChoice />
      </Tabs.Panel>
      <Tabs.Panel value="file">
        <FileChoice />
      </Tabs.Panel>
      <Tabs.Panel value="call">
        <CallChoice />
      </Tabs.Panel>
    </Tabs>
  );
}

function useBringMeetings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (meetings: { externalId: string; body: unknown }[]) => {
      for (const { externalId, body } of meetings) await putMeeting(externalId, body);
      return meetings.length;
    },
    onSuccess: (count) => showDone(`${countOf(count, 'meeting')} came in.`),
    onSettled: () => client.invalidateQueries({ queryKey: ['meetings'] }),
  });
}

function SampleChoice() {
  const people = useRecords('contacts', {}, undefined);
  const session = useSession();
  const card = useZohoCard();
  const bring = useBringMeetings();
  const guest = people.data?.data.find((person) => person.email !== null);
  return (
    <>
      <p className={classes.text}>
        {guest ? (
          <>
            A made-up review with <bdi>{guest.name}</bdi>, who is in your CRM, so you can see the links it makes.
          </>
        ) : (
          'A made-up review. Nobody in your CRM has an e-mail address yet, so it will be held under Needs you.'
        )}
      </p>
      <Button
        loading={bring.isPending || people.isPending}
        onClick={() =>
          session.data && bring.mutate([sampleMeeting(hostOf(session.data, card.data), guest, new Date())])
        }
      >
        Bring the sample
      </Button>
    </>
  );
}

/** The person here, with the address that Zoho knows, so that the event gets its owner. */
function hostOf({ user }: Session, card: ZohoCard | undefined): { name: string; email: string } {
  const known = card?.zohoUser;
  return { name: user.name, email: known?.includes('@') ? known : user.email };
}

function FileChoice() {
  const bring = useBringMeetings();
  const read = useMutation({
    mutationFn: async (files: File[]) => {
      const meetings = [];
      for (const file of files) meetings.push(...readMeetings(file.name, await file.text()));
      return meetings;
    },
    onSuccess: (meetings) => bring.mutate(meetings),
  });
  return (
    <>
      <p className={classes.text}>JSON of one meeting, a list of meetings, or one meeting a line (NDJSON).</p>
      <FileButton multiple accept=".json,.ndjson,.jsonl" onChange={(files) => files.length > 0 && read.mutate(files)}>
        {(props) => (
          <Button {...props} loading={read.isPending || bring.isPending}>
            Choose files
          </Button>
        )}
      </FileButton>
    </>
  );
}

function CallChoice() {
  const create = useCreateApiKey();
  const key = create.data?.key;
  if (key === undefined) {
    return (
      <>
        <p className={classes.text}>The call that your recorder makes after each meeting, with a key of its own.</p>
        <Button loading={create.isPending} onClick={() => create.mutate('First steps')}>
          Make a key and show the call
        </Button>
      </>
    );
  }
  return (
    <>
      <p className={classes.text}>The key is filled in. It is not shown again.</p>
      <CopyField label="the call" value={callText(window.location.origin, key)} />
    </>
  );
}

function callText(origin: string, key: string): string {
  const body = {
    title: 'Quarterly review',
    startsAt: '2026-11-20T15:00:00+01:00',
    endsAt: '2026-11-20T15:45:00+01:00',
    timeZone: 'Europe/Madrid',
    participants: [{ name: 'Ana Pérez', email: 'ana@acme.example', role: 'attendee' }],
    summary: { text: 'We agreed on the renewal.', topics: ['Renewal'], nextSteps: [] },
    notes: [],
    processed: { summaryAt: '2026-11-20T14:52:00Z', notesAt: '2026-11-20T14:53:00Z' },
  };
  return [
    `curl -X PUT ${origin}/api/v1/meetings/my-first-meeting \\`,
    `  -H 'Authorization: Bearer ${key}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(body, null, 2)}'`,
  ].join('\n');
}
