import { CHANGE_MODULES, readNewestTimes } from '../../crm/read-changes.ts';
import {
  closeFilledCursors,
  listPolls,
  markPolled,
  readNewestInMirror,
  saveDeletedCursor,
  savePollCursor,
} from '../../db/queries/polls.ts';
import type { Sql } from '../../db/sql.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';
import { cursorAt, OVERLAP_MS } from './poll-cursor.ts';

/**
 * Notes down, before the first load reads its first page, how far Zoho's clock has come: what changes while pages are loaded lies
 * behind it and is seen by the first poll. 1 credit, once; nothing when polls have begun. Throws what Zoho throws.
 */
export async function beginPolls({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection };
}): Promise<void> {
  if ((await listPolls(ctx.db, ctx.organizationId)).size > 0) return;
  const newest = await readNewestTimes(input.open.transport);
  await input.open.flushCallCounts('load');
  await ctx.db.transaction((sql) => saveBeginnings(ctx, sql, newest));
}

/** More than a page: looking at them twice would cost what the first load did. */
const FILLED_MIN = 2_000;

/**
 * To be called when the first load has ended: where an org was filled at one stroke just before, the first poll does not look back
 * over what was loaded this moment. No call.
 */
export async function beginBehindLoad(ctx: FeatureContext): Promise<void> {
  const windowSeconds = OVERLAP_MS / 1000;
  await closeFilledCursors(ctx.db, ctx.organizationId, { most: FILLED_MIN, windowSeconds });
}

/** For a mirror that was loaded before there were polls: from the newest time that it holds. No call. */
export async function beginPollsAtMirror(ctx: FeatureContext): Promise<void> {
  const newest = await readNewestInMirror(ctx.db, ctx.organizationId);
  const times = new Map(Object.entries(newest).map(([module, at]) => [module, at?.toISOString() ?? null]));
  await ctx.db.transaction((sql) => saveBeginnings(ctx, sql, times));
}

/** A module that tells no time begins where the others do; in an empty org every record is news. */
async function saveBeginnings(
  ctx: FeatureContext,
  sql: Sql,
  newest: ReadonlyMap<string, string | null>,
): Promise<void> {
  const times = [...newest.values()].filter((at) => at !== null).sort();
  const most = times.at(-1) ?? null;
  for (const module of [...CHANGE_MODULES, 'notes']) {
    const at = newest.get(module) ?? most;
    await savePollCursor(sql, ctx.organizationId, module, cursorAt(at, ctx.now()));
    await saveDeletedCursor(sql, ctx.organizationId, module, cursorAt(most, ctx.now()));
  }
  await markPolled(sql, ctx.organizationId, 'changes', [{ module: 'notes', problem: null }], ctx.now());
}
