import { Button, FileButton, Group, Modal, Progress, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { openBackfill, stepBackfill } from '../../../api/history.ts';
import { countOf, countText } from '../../../format/amounts.ts';
import { CopyField } from '../../../pieces/copy-field.tsx';
import { readMeetings } from '../../first-run/read-meetings.ts';
import classes from './history.module.css';
import { type Refusal, stageMeetings } from './stage-meetings.ts';

/** Opens a backfill from files that the person chooses, or tells the command for folders too large for a browser. */
export function NewBackfill({ onClose }: { onClose: () => void }) {
  const [isBusy, setBusy] = useState(false);
  return (
    <Modal
      opened
      // While files are sent, closing would stop halfway.
      onClose={() => !isBusy && onClose()}
      size="lg"
      title="Bring past meetings"
      closeButtonProps={{ 'aria-label': 'Close', disabled: isBusy }}
    >
      <Tabs defaultValue="files">
        <Tabs.List mb="md">
          <Tabs.Tab value="files">Files</Tabs.Tab>
          <Tabs.Tab value="command" disabled={isBusy}>
            Command line
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="files">
          <FromFiles onBusy={setBusy} />
        </Tabs.Panel>
        <Tabs.Panel value="command">
          <FromCommand />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}

type Sent = { id: string; refused: Refusal[]; staged: number };

function FromFiles({ onBusy }: { onBusy: (isBusy: boolean) => void }) {
  const [name, setName] = useState('');
  const [files, setFiles] = useState<File[]>([]);
  const [progress, setProgress] = useState<{ done: number; all: number } | null>(null);
  const opened = useRef<string | null>(null);
  const client = useQueryClient();
  const navigate = useNavigate();
  const go = (id: string) => void navigate({ to: '/settings/history/$id', params: { id } });
  const send = useMutation({
    mutationFn: async (): Promise<Sent> => {
      onBusy(true);
      const meetings = [];
      for (const file of files) meetings.push(...readMeetings(file.name, await file.text()));
      if (meetings.length === 0) throw new Error('There is no meeting in these files. Choose others.');
      setProgress({ done: 0, all: meetings.length });
      // A second try after a failure goes on in the one that was opened.
      opened.current ??= (await openBackfill(name.trim() || (files[0]?.name ?? 'Past meetings'))).id;
      const id = opened.current;
      const refused = await stageMeetings(id, meetings, (done) => setProgress({ done, all: meetings.length }));
      const staged = meetings.length - refused.length;
      if (staged > 0) await stepBackfill(id, 'simulate');
      return { id, refused, staged };
    },
    onSuccess: ({ id, refused }) => refused.length === 0 && go(id),
    onSettled: () => {
      onBusy(false);
      void client.invalidateQueries({ queryKey: ['backfills'] });
    },
  });
  if (send.data !== undefined && send.data.refused.length > 0) return <Refused sent={send.data} onGo={go} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (files.length > 0) send.mutate();
      }}
    >
      <Stack gap="md">
        <Text size="sm" lh={1.55}>
          JSON of one meeting, a list of meetings, or one meeting a line (NDJSON). Nothing goes to Zoho yet: first it is
          worked out what would happen.
        </Text>
        <TextInput
          label="Name"
          placeholder="Calls of 2025"
          maxLength={200}
          value={name}
          disabled={send.isPending}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={classes.files}>
          <FileButton multiple accept=".json,.ndjson,.jsonl" onChange={setFiles}>
            {(props) => (
              <Button {...props} variant="default" disabled={send.isPending}>
                Choose files…
              </Button>
            )}
          </FileButton>
          <span className={classes.soft}>
            {files.length === 0 ? 'None chosen' : files.length === 1 ? files[0]?.name : countOf(files.length, 'file')}
          </span>
        </div>
        {send.isPending && progress !== null && (
          <div aria-live="polite">
            <Progress value={(progress.done / progress.all) * 100} aria-label="Meetings sent" />
            <p className={classes.soft}>
              {countText(progress.done)} of {countOf(progress.all, 'meeting')} sent. Keep this page open.
            </p>
          </div>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={send.isPending} disabled={files.length === 0}>
            Bring in and work out
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** So many refusals are listed; the rest is counted. */
const refusedAtOnce = 20;

function Refused({ sent: { id, refused, staged }, onGo }: { sent: Sent; onGo: (id: string) => void }) {
  return (
    <Stack gap="md">
      <Text size="sm" lh={1.55}>
        <strong>{countOf(refused.length, 'meeting')}</strong> could not be read and{' '}
        {refused.length === 1 ? 'is' : 'are'} left out. {countOf(staged, 'meeting')} came in. Correct the files and
        bring the rest again: nothing comes twice.
      </Text>
      <ul className={classes.refused}>
        {refused.slice(0, refusedAtOnce).map(({ externalId, why }) => (
          <li key={externalId}>
            <bdi>{externalId}</bdi>: {why}
          </li>
        ))}
        {refused.length > refusedAtOnce && <li>and {countText(refused.length - refusedAtOnce)} more</li>}
      </ul>
      <Group justify="flex-end">
        <Button onClick={() => onGo(id)}>To the backfill</Button>
      </Group>
    </Stack>
  );
}

function FromCommand() {
  return (
    <Stack gap="md">
      <Text size="sm" lh={1.55}>
        For a folder or many files, on the machine where the product runs. It works out what would happen and stops;
        start it on its page here.
      </Text>
      <CopyField
        label="the command"
        value="npm run import -- ./meetings --backfill --simulate --name 'Calls of 2025'"
      />
    </Stack>
  );
}
