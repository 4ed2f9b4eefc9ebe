import { Button } from '@mantine/core';
import { useState } from 'react';
import { useRepairDrift } from '../../../api/drift.ts';
import { useRights } from '../../../api/session.ts';
import type { DriftChoice, DriftKind } from '../../../api/types.ts';
import { countOf } from '../../../format/amounts.ts';
import { ConfirmDialog } from '../../../pieces/confirm-dialog.tsx';
import { showDone } from '../../../pieces/show-message.tsx';
import { choicesOf, choiceWords } from './drift-words.ts';

/** Repairs every finding of a kind, asked again before. */
export function RepairAll({ kind }: { kind: DriftKind }) {
  const [asked, setAsked] = useState<DriftChoice | null>(null);
  const repair = useRepairDrift();
  const { canDecide } = useRights();
  if (!canDecide) return null;
  return (
    <>
      {choicesOf[kind].map((choice) => (
        <Button
          key={choice}
          size="xs"
          variant="default"
          {...(choiceWords[choice].isHard ? { c: 'var(--state-red)' } : {})}
          onClick={() => setAsked(choice)}
        >
          {choiceWords[choice].all}
        </Button>
      ))}
      {asked !== null && (
        <ConfirmDialog
          title={`${choiceWords[asked].all}?`}
          verb={choiceWords[asked].all}
          isBusy={repair.isPending}
          onClose={() => setAsked(null)}
          onConfirm={() =>
            repair.mutate(
              { choice: asked, findings: null },
              {
                onSuccess: (count) =>
                  showDone(`${countOf(count, 'finding')} settled. What is to be written is on its way.`),
                onSettled: () => setAsked(null),
              },
            )
          }
        >
          {choiceWords[asked].effect}
        </ConfirmDialog>
      )}
    </>
  );
}
