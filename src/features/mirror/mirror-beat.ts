import { dailyCredits } from '../../crm/daily-credits.ts';
import { countMirror } from '../../db/queries/mirror.ts';
import { type Duties, sumMirrorCredits } from '../../db/queries/polls.ts';
import type { FeatureContext } from '../context.ts';
import type { Connection } from '../open-connection.ts';

/**
 * How often Zoho is looked at. A quiet org without notifications takes 2 credits a poll (576 a day), notes 12, users and stages 2:
 * 590 of the 600 that mirroring may take; up to 8 more look whether what was deleted was restored.
 */

export const POLL_EVERY_MS = 300_000;
const SLOW_POLL_EVERY_MS = 3_600_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Deletions are announced while notifications are heard; the list only makes sure. */
const DELETIONS_WHILE_HEARD_MS = HOUR_MS;
const NOTES_EVERY_MS = 2 * HOUR_MS;
const NOTES_WHILE_HEARD_MS = HOUR_MS / 4;
/** Changes of events come in numbers while meetings are published: they are read together. */
const EVENT_HINTS_WAIT_MS = 5_000;
const EVENT_HINTS_AT_ONCE = 100;

const BOUND_SHARE = 0.1;
const BOUND_LEAST = 1_200;

/** What mirroring took in 24 hours, and what it may take: a tenth of the org's day, at least 1,200 credits. */
export type MirrorBudget = { used: number; bound: number; isSpent: boolean };

export async function readMirrorBudget(
  ctx: FeatureContext,
  connection: Pick<Connection, 'edition'>,
): Promise<MirrorBudget> {
  const since = new Date(ctx.now().getTime() - DAY_MS);
  const used = await sumMirrorCredits(ctx.db, ctx.organizationId, since);
  if (used < BOUND_LEAST) return { used, bound: BOUND_LEAST, isSpent: false };
  const { users } = await countMirror(ctx.db, ctx.organizationId);
  const day = dailyCredits(connection.edition, users) ?? 0;
  const bound = Math.max(BOUND_LEAST, Math.round(day * BOUND_SHARE));
  return { used, bound, isSpent: used >= bound };
}

/** When the next poll is due. */
export function nextPollAt(now: Date, budget: MirrorBudget): Date {
  return later(now, budget.isSpent ? SLOW_POLL_EVERY_MS : POLL_EVERY_MS);
}

/** Whether a poll also asks for deletions. */
export function areDeletionsDue(duties: Duties, now: Date): boolean {
  if (!duties.isHeard || duties.deletionsPolledAt === null) return true;
  return later(duties.deletionsPolledAt, DELETIONS_WHILE_HEARD_MS) <= now;
}

/** When changed notes are looked for next; null: at once. */
export function notesDueAt(duties: Duties): Date | null {
  if (duties.notesPolledAt === null) return null;
  return later(duties.notesPolledAt, duties.isHeard ? NOTES_WHILE_HEARD_MS : NOTES_EVERY_MS);
}

/** When users or stages are read next, given when they were read last; null: at once. */
export function dailyDueAt(readAt: Date | null): Date | null {
  return readAt === null ? null : later(readAt, DAY_MS);
}

/** When what notifications named is read; undefined: nothing waits, null: at once. */
export function hintsDueAt(duties: Duties): Date | null | undefined {
  if (duties.recordHints > 0 || duties.eventHints >= EVENT_HINTS_AT_ONCE) return null;
  if (duties.oldestEventHintAt === null) return undefined;
  return later(duties.oldestEventHintAt, EVENT_HINTS_WAIT_MS);
}

function later(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}
