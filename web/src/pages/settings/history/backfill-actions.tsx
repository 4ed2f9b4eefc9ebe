import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useStep, useUndoPreview } from '../../../api/history.ts';
import { useRights } from '../../../api/session.ts';
import type { Backfill, BackfillStep } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { ConfirmDialog } from '../../../pieces/confirm-dialog.tsx';
import { BlockSkeleton, ProblemNote } from '../../../pieces/page-states.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import { wordOfStep } from './backfill-words.tsx';
import classes from './history.module.css';
import { UndoFigures } from './undo-figures.tsx';

/** What a person can do with it now; what takes something out of Zoho is previewed first. */
export function BackfillActions({ backfill }: { backfill: Backfill }) {
  const [asked, setAsked] = useState<BackfillStep | null>(null);
  const step = useStep(backfill.id);
  const { canAdminister } = useRights();
  if (!canAdminister || backfill.steps.length === 0) return null;
  const isAsked = (one: BackfillStep) =>
    one === 'cancel' || one === 'undo' || (one === 'start' && backfill.kind === 'undo');
  const close = () => setAsked(null);
  const go = (one: BackfillStep) =>
    step.mutate(one, { onSuccess: () => one === 'start' && showDone('It runs.'), onSettled: close });
  return (
    <div className={classes.actions}>
      {backfill.steps.map((one) => (
        <Button
          key={one}
          variant={one === 'start' || one === 'resume' ? 'filled' : 'default'}
          {...(one === 'undo' ? { c: 'var(--state-red)' } : {})}
          loading={step.isPending && step.variables === one && asked === null}
          disabled={step.isPending && step.variables !== one}
          onClick={() => (isAsked(one) ? setAsked(one) : go(one))}
        >
          {wordOfStep(backfill, one)}
        </Button>
      ))}
      {asked === 'cancel' && (
        <ConfirmDialog
          title="Cancel it for good?"
          verb="Cancel it"
          isBusy={step.isPending}
          onClose={close}
          onConfirm={() => go('cancel')}
        >
          {cancelText(backfill)}
        </ConfirmDialog>
      )}
      {asked === 'start' && (
        <ConfirmDialog
          title="Take it out of Zoho?"
          verb="Take out"
          isBusy={step.isPending}
          onClose={close}
          onConfirm={() => go('start')}
        >
          {backfill.undo !== null && <UndoFigures preview={backfill.undo} />}
        </ConfirmDialog>
      )}
      {asked === 'undo' && (
        <UndoDialog id={backfill.id} isBusy={step.isPending} onClose={close} onConfirm={() => go('undo')} />
      )}
    </div>
  );
}

function cancelText({ kind, state, progress }: Backfill): string {
  if (kind === 'undo' || state === 'undoing') return 'What has not begun stays in Zoho. What is out stays out.';
  const published = progress.published;
  const stays =
    published === 0
      ? 'Nothing of it is in Zoho.'
      : `${countOf(published, 'meeting')} of it ${published === 1 ? 'is' : 'are'} in Zoho and ${published === 1 ? 'stays' : 'stay'}.`;
  return `What has not begun does not go to Zoho. ${stays}`;
}

type UndoDialogProps = { id: string; isBusy: boolean; onClose: () => void; onConfirm: () => void };

function UndoDialog({ id, isBusy, onClose, onConfirm }: UndoDialogProps) {
  const preview = useUndoPreview(id, true);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title="Take this backfill out of Zoho?"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {preview.data === undefined || preview.isFetching ? (
        preview.isError ? (
          <ProblemNote error={preview.error} onRetry={() => void preview.refetch()} />
        ) : (
          <BlockSkeleton height={180} />
        )
      ) : (
        <UndoFigures preview={preview.data} />
      )}
      <div className={classes.dialogFoot}>
        <Button variant="default" onClick={onClose} data-autofocus>
          Close
        </Button>
        <Button
          color="red"
          loading={isBusy}
          disabled={preview.data === undefined || preview.data.meetings === 0}
          onClick={onConfirm}
        >
          Take out
        </Button>
      </div>
    </Modal>
  );
}
