import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Asks before something that is hard to take back; says what happens and what stays. */
export function ConfirmDialog({ title, children, verb, isBusy, onConfirm, onClose }: ConfirmDialogProps) {
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="md">
        <Text size="sm" component="div" lh={1.55}>
          {children}
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={isBusy} onClick={onConfirm}>
            {verb}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

type ConfirmDialogProps = {
  title: string;
  children: ReactNode;
  verb: string;
  isBusy: boolean;
  onConfirm: () => void;
  onClose: () => void;
};
