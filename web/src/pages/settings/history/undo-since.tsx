import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { usePrepareUndo } from '../../../api/history.ts';
import { personZone } from '../../../format/moments.ts';

/** Asks since when; what would go is counted and shown on a page of its own, and nothing goes before it is started there. */
export function UndoSince({ onClose }: { onClose: () => void }) {
  const [since, setSince] = useState('');
  const prepare = usePrepareUndo();
  const navigate = useNavigate();
  const isRight = since !== '' && !Number.isNaN(new Date(since).getTime());
  return (
    <Modal
      opened
      onClose={onClose}
      title="Take out of Zoho what came since a time"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isRight) return;
          prepare.mutate(new Date(since).toISOString(), {
            onSuccess: ({ id }) => void navigate({ to: '/settings/history/$id', params: { id } }),
          });
        }}
      >
        <Stack gap="md">
          <Text size="sm" lh={1.55}>
            First you see what would go and what stays, because people edited it. Nothing goes before you start it, and
            nobody is mailed. Meetings stay here.
          </Text>
          <TextInput
            data-autofocus
            type="datetime-local"
            label="Everything that was brought to Zoho since"
            description={personZone}
            value={since}
            onChange={(event) => setSince(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Close
            </Button>
            <Button type="submit" loading={prepare.isPending} disabled={!isRight}>
              Count it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
