import type { UndoCounts } from '../../db/queries/backfills.ts';
import type { Evaluation } from '../../domain/association.ts';
import type { SyncPlan } from '../../domain/sync-plan.ts';

/** Credits by what they are for. `candidates`: looking whether the calendar has a meeting's event already. */
export type Credits = { writes: number; verification: number; candidates: number; roles: number; total: number };

/** Meetings of the past travel together in lots of so many: their events and notes fill calls but for the last of each kind. */
export const LOT_SIZE = 200;

/** Records of one call for one credit. Source: Zoho CRM API v8, API Limits, Insert Records, Delete Records. */
const WRITTEN_PER_CREDIT = 10;
const DELETED_PER_CREDIT = 100;
const READ_PER_CREDIT = 100;
/** Up to so many notes are read back as the newest of all, in one call; more by their ids. */
const NEWEST_NOTES = 200;
/** Verification reads up to two events one by one, of more all in lists and one in twenty by itself. */
const SINGLE_UP_TO = 2;
const SINGLE_IN = 20;
/** Meetings whose calendar events are looked for in one COQL call. */
const PLACES_PER_CALL = 24;
/** Deals whose contact roles one composite call reads, for a credit. */
const ROLES_PER_CREDIT = 5;

type ToPrice = { evaluation: Evaluation; plan: SyncPlan };

/** What one lot costs if nothing fails and the calendar has no events of its own. */
export function priceLot(lot: readonly ToPrice[]): Credits {
  const count = (action: string) =>
    lot.reduce((sum, { plan }) => sum + plan.operations.filter((operation) => operation.action === action).length, 0);
  const events = count('create_event');
  const notes = count('create_note');
  const rest = lot.reduce((sum, { plan }) => sum + plan.operations.length, 0) - events - notes;
  const placed = lot.filter(({ plan }) => plan.operations.some(({ action }) => action === 'create_event'));
  const sought = placed.filter(({ evaluation }) => evaluation.matches.some(isColleague)).length;
  const deals = new Set(placed.flatMap(({ evaluation }) => evaluation.dealsWithUnknownRoles)).size;
  return sumCredits(
    { ...NOTHING, roles: calls(deals, ROLES_PER_CREDIT), candidates: calls(sought, PLACES_PER_CALL) },
    {
      ...NOTHING,
      writes: calls(events, WRITTEN_PER_CREDIT) + calls(notes, WRITTEN_PER_CREDIT) + calls(rest, WRITTEN_PER_CREDIT),
      verification: verificationOf(events, notes),
    },
  );
}

const NOTHING: Credits = { writes: 0, verification: 0, candidates: 0, roles: 0, total: 0 };

export function sumCredits(one: Credits, other: Credits): Credits {
  const writes = one.writes + other.writes;
  const verification = one.verification + other.verification;
  const candidates = one.candidates + other.candidates;
  const roles = one.roles + other.roles;
  return { writes, verification, candidates, roles, total: writes + verification + candidates + roles };
}

function verificationOf(events: number, notes: number): number {
  const ofNotes = notes <= NEWEST_NOTES ? calls(notes, NEWEST_NOTES) : calls(notes, READ_PER_CREDIT);
  if (events <= SINGLE_UP_TO) return events + ofNotes;
  return calls(events, READ_PER_CREDIT) + calls(events, SINGLE_IN) + ofNotes;
}

/** What taking meetings out of Zoho costs: a look at each record before it goes, people taken off events, deletions. */
export function priceUndo(counts: UndoCounts): { looks: number; writes: number; total: number } {
  const { eventsDeleted, eventsReleased, eventsWithPeople, notesDeleted } = counts;
  const looks = calls(eventsDeleted, READ_PER_CREDIT) + calls(notesDeleted, READ_PER_CREDIT);
  const writes =
    calls(eventsWithPeople, WRITTEN_PER_CREDIT) +
    calls(eventsDeleted, DELETED_PER_CREDIT) +
    calls(notesDeleted, DELETED_PER_CREDIT) +
    eventsReleased;
  return { looks, writes, total: looks + writes };
}

function calls(records: number, perCall: number): number {
  return Math.ceil(records / perCall);
}

function isColleague(match: Evaluation['matches'][number]): boolean {
  return match.kind === 'internal' && match.userId !== null;
}
