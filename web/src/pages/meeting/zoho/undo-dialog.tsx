import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMeetingDecisions, useMeetingUndoPreview } from '../../../api/meetings.ts';
import type { MeetingDetail, Plan } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { BlockSkeleton, ProblemNote } from '../../../pieces/page-states.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import { PlannedOperationCard } from './planned-operation-card.tsx';
import classes from './zoho.module.css';

/** Shows exactly what would leave Zoho, and takes it out when the person says so. */
export function UndoDialog({ meeting, onClose }: { meeting: MeetingDetail; onClose: () => void }) {
  const preview = useMeetingUndoPreview(meeting.externalId, true);
  const { undo } = useMeetingDecisions(meeting.externalId);
  const plan = preview.isFetching ? undefined : preview.data;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title="Take this meeting out of Zoho?"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text size="sm" lh={1.55}>
          What is below leaves Zoho, and nobody is mailed. What people edited there stays.{' '}
          {meeting.inZoho.isCalendarEvent && 'The calendar’s event stays too, without our notes and our id. '}
          The meeting stays here, and can be published again.
        </Text>
        {plan !== undefined ? (
          <Leaving plan={plan} />
        ) : preview.isError ? (
          <ProblemNote error={preview.error} onRetry={() => void preview.refetch()} />
        ) : (
          <BlockSkeleton height={160} />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Close
          </Button>
          <Button
            color="red"
            loading={undo.isPending}
            disabled={plan === undefined}
            onClick={() =>
              undo.mutate(undefined, {
                onSuccess: () => {
                  showDone('It leaves Zoho now.');
                  onClose();
                },
              })
            }
          >
            Take out
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Leaving({ plan }: { plan: Plan }) {
  return (
    <div>
      {plan.operations.length === 0 && <p className={classes.soft}>Nothing of it would change in Zoho.</p>}
      <ul className={classes.leaving}>
        {plan.operations.map((operation) => (
          <PlannedOperationCard key={operation.key} operation={operation} isFolded />
        ))}
      </ul>
      {plan.warnings.length > 0 && (
        <ul className={classes.list}>
          {plan.warnings.map((warning) => (
            <li key={warning} className={classes.warningLine}>
              <IconAlertTriangle size={14} className={classes.warningIcon} role="img" aria-label="Mind" />
              <span>{warning}</span>
            </li>
          ))}
        </ul>
      )}
      {plan.operations.length > 0 && (
        <p className={classes.soft} style={{ marginBottom: 0 }}>
          {countOf(plan.cost.calls, 'call')} · {countOf(plan.cost.credits, 'credit')}
        </p>
      )}
    </div>
  );
}
