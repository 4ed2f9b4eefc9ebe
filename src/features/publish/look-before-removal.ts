import type { NewOperation } from '../../db/queries/ledger.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { OpenConnection } from '../open-connection.ts';
import { takeEdits } from './take-edits.ts';

const REMOVES_EVENT: ReadonlySet<NewOperation['action']> = new Set(['delete_event']);

/**
 * Looks at records before they are deleted (1 credit for one event and 1 for its notes, 1 per 100 in numbers): what a person has
 * changed there is taken over and stays. Returns the meetings whose plan does not hold any more.
 */
export async function lookBeforeRemoval({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'pagesOf'>;
  input: { open: OpenConnection; operations: NewOperation[]; signal: AbortSignal };
}): Promise<string[]> {
  const idsOf = (isWanted: (operation: NewOperation) => boolean) =>
    input.operations.flatMap((operation) => (isWanted(operation) && operation.crmId !== null ? [operation.crmId] : []));
  const eventIds = idsOf(({ action }) => REMOVES_EVENT.has(action));
  const noteIds = idsOf(({ action }) => action === 'delete_note');
  if (input.signal.aborted || eventIds.length + noteIds.length === 0) return [];
  const { meetingIds } = await takeEdits({
    ctx,
    gateway,
    input: { open: input.open, eventIds, noteIds, deletedEvents: [], deletedNotes: [], isAbsenceExpected: true },
  });
  return meetingIds;
}
