import type { ReadFrom } from '../../crm/read-changes.ts';
import type { PollCursor } from '../../db/queries/polls.ts';

/**
 * Where a poll goes on. Zoho may show a record a little after its time of change, so a cursor stays open: polls look back by
 * `OVERLAP_MS` until one of them has done so that long after the cursor came to its place. Then it is closed: records are read
 * behind it only, and what stands at or before it is never read again.
 */

export const OVERLAP_MS = 300_000;
/** After so long nothing is written in the second of the cursor any more. */
const SECOND_IS_OVER_MS = 2_000;
/** What is remembered of records near the cursor: beyond it they are merely looked at twice. */
const SEEN_MAX = 5_000;

export type SeenRecord = { id: string; at: string | null };

/** A cursor that stands at a time of Zoho's clock (ISO) and is open from now on. */
export function cursorAt(at: string | null, now: Date): PollCursor {
  return { at: at === null ? null : new Date(at), openSince: now, seen: [] };
}

/** Where reading begins. */
export function readFrom(cursor: PollCursor): ReadFrom {
  if (cursor.at === null) return null;
  if (cursor.openSince === null) return { at: cursor.at.toISOString(), isIncluded: false };
  return { at: new Date(cursor.at.getTime() - OVERLAP_MS).toISOString(), isIncluded: true };
}

/** The same for lists that always give the second they are asked for as well: a closed cursor begins with the next one. */
export function listFrom(cursor: PollCursor): string | null {
  const from = readFrom(cursor);
  if (from === null || from.isIncluded) return from?.at ?? null;
  return new Date(Date.parse(from.at) + 1000).toISOString();
}

/** The records that were not handed on by an earlier poll. */
export function unseen<Row extends SeenRecord>(cursor: PollCursor, rows: readonly Row[]): Row[] {
  const seen = new Set(cursor.seen);
  return rows.filter((row) => !seen.has(keyOf(row)));
}

/**
 * The cursor behind these records. Those in the cursor's own second are not remembered at first: they may change again within it,
 * so the next poll hands them on once more.
 */
export function advanceCursor(cursor: PollCursor, rows: readonly SeenRecord[], startedAt: Date): PollCursor {
  const times = rows.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)]));
  const before = cursor.at?.getTime() ?? Number.NEGATIVE_INFINITY;
  const newest = times.reduce((most, at) => Math.max(most, at), before);
  if (!Number.isFinite(newest)) return cursor;
  const hasMoved = newest > before;
  const openFor = cursor.openSince === null ? 0 : startedAt.getTime() - cursor.openSince.getTime();
  const isSecondOver = !hasMoved && openFor >= SECOND_IS_OVER_MS;
  const known = [...cursor.seen, ...rows.map(keyOf)].filter((key) => {
    const at = Date.parse(key.slice(key.indexOf('@') + 1));
    return at >= newest - OVERLAP_MS && (at < newest || isSecondOver);
  });
  return {
    at: new Date(newest),
    openSince: hasMoved ? startedAt : cursor.openSince,
    seen: [...new Set(known)].slice(-SEEN_MAX),
  };
}

/** Closes a cursor that has stood at its place long enough; to be called when a poll came to its end. */
export function closeCursor(cursor: PollCursor, startedAt: Date): PollCursor {
  if (cursor.openSince === null || startedAt.getTime() - cursor.openSince.getTime() < OVERLAP_MS) return cursor;
  return { ...cursor, openSince: null, seen: [] };
}

export function isSameCursor(one: PollCursor, other: PollCursor): boolean {
  return (
    one.at?.getTime() === other.at?.getTime() &&
    one.openSince?.getTime() === other.openSince?.getTime() &&
    one.seen.length === other.seen.length &&
    one.seen.every((key, index) => key === other.seen[index])
  );
}

function keyOf({ id, at }: SeenRecord): string {
  return `${id}@${at ?? ''}`;
}
