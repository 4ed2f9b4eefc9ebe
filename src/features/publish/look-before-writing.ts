import { type NewOperation, readModifiedTimes } from '../../db/queries/ledger.ts';
import { isBlankEvent } from '../../domain/blank-event.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { OpenConnection } from '../open-connection.ts';
import { takeEdits } from './take-edits.ts';

type Action = NewOperation['action'];

/** The calendar's event stays, but what we take from it may be a person's by now. */
const REMOVES: ReadonlySet<Action> = new Set(['delete_event', 'release_event', 'delete_note']);
const UPDATES: ReadonlySet<Action> = new Set(['update_event', 'update_note']);

/**
 * Looks at records before they are deleted or released, or written without Zoho's time of them, which would keep a newer edit safe (1 credit for
 * one event and 1 for its notes, 1 per 100 in numbers): what a person has changed there is taken over and stays. Returns the
 * meetings whose plan does not hold any more.
 */
export async function lookBeforeWriting({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'pagesOf'>;
  input: { open: OpenConnection; operations: NewOperation[]; signal: AbortSignal };
}): Promise<string[]> {
  if (input.signal.aborted) return [];
  const { open, operations } = input;
  const updates = operations.filter(({ action }) => UPDATES.has(action));
  const times = await readModifiedTimes(ctx.db, ctx.organizationId, idsOf(updates));
  const unknown = updates.filter(
    ({ crmId, before }) => crmId !== null && !times.has(crmId) && !(before !== null && isBlankEvent(before)),
  );
  const look = async (looked: NewOperation[], isAbsenceExpected: boolean): Promise<string[]> => {
    if (looked.length === 0) return [];
    const eventIds = idsOf(looked.filter(({ action }) => action.endsWith('_event')));
    const noteIds = idsOf(looked.filter(({ action }) => action.endsWith('_note')));
    const seen = { eventIds, noteIds, deletedEvents: [], deletedNotes: [], isAbsenceExpected };
    return (await takeEdits({ ctx, gateway, input: { open, ...seen } })).meetingIds;
  };
  return [
    ...(await look(
      operations.filter(({ action }) => REMOVES.has(action)),
      true,
    )),
    ...(await look(unknown, false)),
  ];
}

function idsOf(operations: NewOperation[]): string[] {
  return operations.flatMap(({ crmId }) => (crmId === null ? [] : [crmId]));
}
