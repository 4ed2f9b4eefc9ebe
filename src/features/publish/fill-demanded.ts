import { readRefusal } from '../../crm/read-refusal.ts';
import type { NewOperation } from '../../db/queries/ledger.ts';
import type { EventContent } from '../../domain/sync-plan.ts';
import type { Outcome } from './send-plans.ts';

/** A refused update with the value that was missing. */
export type Filled = {
  id: string;
  operation: NewOperation;
  after: EventContent;
  errorCode: string | null;
  errorMessage: string;
};

/**
 * Updates that Zoho refused because a field is empty for which the organization gave a value: the field is proven to be empty, so
 * nothing is written over. Each field is filled once.
 */
export function fillDemanded(operations: readonly NewOperation[], outcomes: readonly Outcome[]): Filled[] {
  return operations.flatMap((operation, index): Filled[] => {
    const outcome = outcomes[index];
    if (operation.standIns === undefined || outcome?.kind !== 'failed') return [];
    const refusal = readRefusal(outcome, { slot: '', record: null }, null);
    if (refusal?.kind !== 'mandatory_field') return [];
    const content = operation.after as EventContent;
    const value = operation.standIns[refusal.subject];
    if (value === undefined || content.constants?.[refusal.subject] !== undefined) return [];
    const after = { ...content, constants: { ...content.constants, [refusal.subject]: value } };
    const errorMessage = `Zoho demands ${refusal.subject}: it leaves once more with the value given for it.`;
    return [{ id: operation.id, operation: { ...operation, after }, after, errorCode: outcome.code, errorMessage }];
  });
}
