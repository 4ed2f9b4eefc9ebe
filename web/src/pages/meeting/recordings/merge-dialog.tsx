import { Button, Group, Loader, Modal, ScrollArea, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { mergeMeetings, useMeetings } from '../../../api/meetings.ts';
import type { MeetingDetail, MeetingRow } from '../../../api/types.ts';
import { durationText } from '../../../format/moments.ts';
import { Moment } from '../../../pieces/moment.tsx';
import { Name } from '../../../pieces/name.tsx';
import { ProblemNote } from '../../../pieces/page-states.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import classes from './recordings.module.css';

const shownAtOnce = 20;

/** Finds the other meeting of one conversation and joins the two. */
export function MergeDialog({ meeting, onClose }: { meeting: MeetingDetail; onClose: () => void }) {
  const [text, setText] = useState(meeting.title);
  const [words] = useDebouncedValue(text.trim(), 200);
  const [other, setOther] = useState<MeetingRow | null>(null);
  const found = useMeetings(words === '' ? {} : { q: words }, undefined, shownAtOnce);
  const rows = found.data?.data.filter((row) => row.externalId !== meeting.externalId);
  return (
    <Modal
      opened
      onClose={onClose}
      title="Which meeting is the same conversation?"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {other !== null ? (
        <Confirm meeting={meeting} other={other} onBack={() => setOther(null)} onClose={onClose} />
      ) : (
        <Stack gap="sm">
          <TextInput
            data-autofocus
            aria-label="Search meetings"
            placeholder="Title"
            leftSection={<IconSearch size={15} aria-hidden />}
            rightSection={found.isFetching ? <Loader size={14} /> : null}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <ScrollArea.Autosize mah={360} mih={160}>
            {found.isError && rows === undefined && (
              <ProblemNote error={found.error} onRetry={() => void found.refetch()} />
            )}
            {rows?.length === 0 && (
              <Text c="var(--ink-soft)" size="sm" p="sm">
                No other meeting is called so. Clear the field to see the newest ones.
              </Text>
            )}
            {rows?.map((row) => (
              <UnstyledButton key={row.id} className={classes.row} onClick={() => setOther(row)}>
                <Name>{row.title}</Name>
                <span className={classes.soft}>
                  <Moment at={row.startsAt} /> · {durationText(row.startsAt, row.endsAt)}
                  {row.hostName !== null && ` · ${row.hostName}`}
                </span>
              </UnstyledButton>
            ))}
          </ScrollArea.Autosize>
        </Stack>
      )}
    </Modal>
  );
}

type ConfirmProps = { meeting: MeetingDetail; other: MeetingRow; onBack: () => void; onClose: () => void };

function Confirm({ meeting, other, onBack, onClose }: ConfirmProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const merge = useMutation({
    mutationFn: () => mergeMeetings(meeting.externalId, other.externalId),
    onSuccess: ({ externalId }) => {
      showDone('They are one meeting now.');
      void client.invalidateQueries({ queryKey: ['meetings'] });
      void client.invalidateQueries({ queryKey: ['meeting'] });
      onClose();
      void navigate({ to: '/meetings/$externalId', params: { externalId }, replace: true });
    },
  });
  return (
    <Stack gap="md">
      <Text size="sm" lh={1.55} component="div">
        <bdi>“{meeting.title}”</bdi> and <bdi>“{other.title}”</bdi> become one meeting with both recordings and one
        event in Zoho; the other event is taken out. A recording can be separated again.
      </Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onBack} data-autofocus>
          Back
        </Button>
        <Button loading={merge.isPending} onClick={() => merge.mutate()}>
          Join them
        </Button>
      </Group>
    </Stack>
  );
}
