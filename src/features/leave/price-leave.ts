import { CALL_SIZE } from '../../crm/write-meeting.ts';
import type { LeaveCounts } from '../../db/queries/leaving.ts';
import type { LeaveChoices } from '../../domain/leave-choices.ts';

/** Credits by what they are for. `looks`: at records before they go, and at the end whether they are gone. */
export type LeaveCredits = { looks: number; writes: number; fields: number; closing: number; total: number };

/** What leaving takes out, besides what is counted in the ledger. */
export type LeaveExtras = { fields: number; channels: number; hasField: boolean };

const READ_PER_CREDIT = 100;
/** Events that carry our id are listed 2,000 at a time. Source: Zoho CRM API v8, COQL Limitations. */
const LISTED_AT_ONCE = 2_000;
const LISTING_CREDITS = 3;

/** What leaving costs if nothing fails: as undoing does, ids by ten, one credit a calendar event, fields, and the closing. */
export function priceLeave(counts: LeaveCounts, choices: LeaveChoices, extras: LeaveExtras): LeaveCredits {
  const { eventsDeleted, eventsForgone, eventsForgotten, eventsReleased, eventsWithPeople, idsTaken, notesDeleted } =
    counts;
  const deleted = eventsDeleted + eventsForgotten;
  const looks =
    calls(deleted + eventsForgone, READ_PER_CREDIT) +
    calls(notesDeleted, READ_PER_CREDIT) +
    (readsIdsBack(choices, extras)
      ? LISTING_CREDITS * Math.max(1, calls(idsLeft(counts, choices), LISTED_AT_ONCE))
      : 0);
  const writes =
    calls(eventsWithPeople + idsTaken, CALL_SIZE.disown_event) +
    calls(deleted, CALL_SIZE.delete_event) +
    calls(notesDeleted, CALL_SIZE.delete_note) +
    calls(eventsReleased, CALL_SIZE.release_event);
  // The fields are listed before and after.
  const fields = choices.fields === 'remove' ? 2 + extras.fields : 0;
  const closing = extras.channels > 0 ? 1 : 0;
  return { looks, writes, fields, closing, total: looks + writes + fields + closing };
}

/** Whether the ids that are still in Zoho are listed at the end, to compare them with the ledger. */
export function readsIdsBack({ fields }: LeaveChoices, { hasField }: Pick<LeaveExtras, 'hasField'>): boolean {
  return hasField && fields === 'keep';
}

function idsLeft({ eventsKept }: LeaveCounts, { ids }: LeaveChoices): number {
  return ids === 'keep' ? eventsKept : 0;
}

function calls(records: number, perCall: number): number {
  return Math.ceil(records / perCall);
}
