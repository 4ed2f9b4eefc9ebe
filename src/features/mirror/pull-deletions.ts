import { CHANGE_MODULES, type ChangeModule, type DeletedRecord } from '../../crm/read-changes.ts';
import { readDeletions } from '../../crm/read-deletions.ts';
import { listPolls, markPolled, type PollCursor, saveDeletedCursor } from '../../db/queries/polls.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';
import { applyDeletions } from './apply-deletions.ts';
import { advanceCursor, closeCursor, cursorAt, isSameCursor, listFrom, unseen } from './poll-cursor.ts';
import { NO_NEWS, type TakeNews } from './pull-changes.ts';

const TOO_MANY = 'More than 2,000 records were deleted at once, and Zoho lists only the newest 2,000 of them.';

/**
 * Reads what was deleted, merged or converted in Zoho since the last time, and applies it; deleted events are news. To be
 * called after the changes were pulled, so that survivors are known. Returns how many records of the mirror are gone. Cost: 1
 * credit while no module has more than 25 deletions, and what evidence of merges takes. Throws what concerns the whole connection.
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
    const after = closeCursor(advanceCursor(before, rows, startedAt), startedAt);
    if (!isSameCursor(before, after)) await saveDeletedCursor(ctx.db, ctx.organizationId, read.module, after);
    outcomes.push({ module: read.module, problem: read.isCut ? TOO_MANY : known });
  }
  await markPolled(ctx.db, ctx.organizationId, 'deletions', outcomes, startedAt);
  return { gone };
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
