import { CHANGE_MODULES, type ChangeModule, type DeletedRecord } from '../../crm/read-changes.ts';
import { readDeletions } from '../../crm/read-deletions.ts';
import { listPolls, markPolled, type PollCursor, type PollRow, saveDeletedCursor } from '../../db/queries/polls.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';
import { isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';
import { applyDeletions } from './apply-deletions.ts';
import { findUnlisted } from './find-unlisted.ts';
import { advanceCursor, closeCursor, cursorAt, isSameCursor, listFrom, unseen } from './poll-cursor.ts';
import { NO_NEWS, type TakeNews } from './pull-changes.ts';

/** Zoho lists a deletion for 60 days; clocks differ. Source: Zoho CRM API v8, Get Deleted Records. */
const LISTED_FOR_MS = 59 * 86_400_000;
const TOO_MANY = 'More than 2,000 events were deleted at once, and Zoho lists only the newest 2,000 of them.';

/**
 * Reads what was deleted, merged or converted in Zoho since the last time, and applies it; deleted events are news. To be
 * called after the changes were pulled, so that survivors are known. Returns how many records of the mirror are gone. Cost: 1
 * credit while no module has more than 25 deletions, and what evidence of merges takes; where the list does not reach (after 60
 * days, or above 2,000 at once) all ids of the module are compared, see `findUnlisted`. Throws what concerns the whole connection.
 */
export async function pullDeletions({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; takeNews: TakeNews };
}): Promise<{ gone: number }> {
  const startedAt = ctx.now();
  const polls = await listPolls(ctx.db, ctx.organizationId);
  const cursors = new Map(
    CHANGE_MODULES.map((module) => [module, polls.get(module)?.deletedCursor ?? cursorAt(null, startedAt)]),
  );
  const since = new Map(CHANGE_MODULES.map((module) => [module, listFrom(cursorOf(cursors, module))]));
  const outcomes: { module: string; problem: string | null }[] = [];
  let gone = 0;
  for (const read of await readDeletions(input.open.transport, since)) {
    // Why the module's changes cannot be read matters more than that its deletions cannot.
    const known = polls.get(read.module)?.problem ?? null;
    if (read.kind === 'failed') {
      outcomes.push({ module: read.module, problem: known ?? read.reason });
      continue;
    }
    const before = cursorOf(cursors, read.module);
    const rows = read.deleted.map((record) => ({ ...record, at: record.deletedAt }));
    const news = unseen(before, rows).map(({ at: _at, ...record }) => record);
    gone += await applyGone(ctx, input, read.module, news);
    const poll = polls.get(read.module);
    let problem = known;
    if (read.module === 'events') problem = read.isCut ? TOO_MANY : known;
    else if (read.isCut || isOutOfList(poll, startedAt)) {
      const compared = await compare(ctx, input.open, read.module);
      gone += compared.gone;
      problem = compared.problem ?? known;
    }
    const after = closeCursor(advanceCursor(before, rows, startedAt), startedAt);
    if (!isSameCursor(before, after)) await saveDeletedCursor(ctx.db, ctx.organizationId, read.module, after);
    outcomes.push({ module: read.module, problem });
  }
  await markPolled(ctx.db, ctx.organizationId, 'deletions', outcomes, startedAt);
  return { gone };
}

/** Was the list asked for so long ago that it does not tell everything since? */
function isOutOfList(poll: PollRow | undefined, now: Date): boolean {
  const since = poll?.deletedPolledAt ?? poll?.deletedCursor.openSince ?? now;
  return now.getTime() - since.getTime() > LISTED_FOR_MS;
}

/** The list does not tell everything: all ids of the module do. */
async function compare(ctx: FeatureContext, open: OpenConnection, module: CrmModule) {
  try {
    return { ...(await findUnlisted({ ctx, input: { open, module } })), problem: null };
  } catch (error) {
    if (!isAppError(error) || error.code !== 'crm_rejected') throw error;
    return { gone: 0, problem: error.message };
  }
}

async function applyGone(
  ctx: FeatureContext,
  input: { open: OpenConnection; takeNews: TakeNews },
  module: ChangeModule,
  deleted: DeletedRecord[],
): Promise<number> {
  if (deleted.length === 0) return 0;
  if (module !== 'events') return (await applyDeletions({ ctx, input: { open: input.open, module, deleted } })).gone;
  await input.takeNews({ ...NO_NEWS, deletedEvents: deleted });
  return 0;
}

function cursorOf(cursors: ReadonlyMap<ChangeModule, PollCursor>, module: ChangeModule): PollCursor {
  return cursors.get(module) ?? { at: null, openSince: null, seen: [] };
}
