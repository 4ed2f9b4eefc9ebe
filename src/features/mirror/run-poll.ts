import { suspectChannel } from '../../db/queries/channels.ts';
import { type Duties, listPolls, markRead, scheduleNextPoll } from '../../db/queries/polls.ts';
import type { Sql } from '../../db/sql.ts';
import { isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';
import { raiseAlert } from '../raise-alert.ts';
import { areDeletionsDue, type MirrorBudget, nextPollAt, POLL_EVERY_MS } from './mirror-beat.ts';
import { pullChanges, type TakeNews } from './pull-changes.ts';
import { pullDeletions } from './pull-deletions.ts';

/** A poll that did not come to its end is tried again after so long. */
const AGAIN_MS = 60_000;

/**
 * One poll: changes, then (unless notifications make it needless) deletions, 1 credit each while little changed. Changes that no
 * notification had announced cast doubt on the channel. Changes that could not be taken hold deletions up only where nothing can be
 * read at all. Throws what failed; the poll is due again in a minute then.
 */
export async function runPoll({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; takeNews: TakeNews; duties: Duties; budget: MirrorBudget };
}): Promise<void> {
  const { duties, budget } = input;
  const startedAt = ctx.now();
  const polledBefore = (await listPolls(ctx.db, ctx.organizationId)).get('contacts')?.polledAt ?? null;
  await scheduleNextPoll(ctx.db, ctx.organizationId, {
    nextPollAt: new Date(startedAt.getTime() + AGAIN_MS),
    changeSeenAt: null,
  });
  const pulled = await pullChanges({ ctx, input }).catch(keepUnlessUnread);
  const { gone } = areDeletionsDue(duties, startedAt) ? await pullDeletions({ ctx, input }) : { gone: 0 };
  if ('failure' in pulled) throw pulled.failure;
  const { changed } = pulled;
  const hasNews = changed + gone > 0;
  if (hasNews && polledBefore !== null) {
    await suspectChannel(ctx.db, ctx.organizationId, polledBefore, startedAt);
  }
  await scheduleNextPoll(ctx.db, ctx.organizationId, {
    nextPollAt: nextPollAt(startedAt, budget),
    changeSeenAt: hasNews ? startedAt : null,
  });
  if (budget.isSpent) await tellBound(ctx, budget);
}

/** Without the changes nobody knows who goes on for a record that is gone; changes that were read and not taken are no such thing. */
function keepUnlessUnread(failure: unknown): { failure: unknown } {
  if (isAppError(failure) && UNREAD.has(failure.code)) throw failure;
  return { failure };
}

const UNREAD: ReadonlySet<string> = new Set([
  'needs_reauth',
  'not_connected',
  'crm_throttled',
  'crm_unavailable',
  'crm_outcome_unknown',
]);

/** The beat of a mirror that was just loaded: what the first load has read is not read again at once. */
export async function beginBeat(ctx: FeatureContext, sql: Sql): Promise<void> {
  const now = ctx.now();
  await markRead(sql, ctx.organizationId, 'users', now);
  await markRead(sql, ctx.organizationId, 'stages', now);
  const at = new Date(now.getTime() + POLL_EVERY_MS);
  await scheduleNextPoll(sql, ctx.organizationId, { nextPollAt: at, changeSeenAt: null });
}

function tellBound(ctx: FeatureContext, { used, bound }: MirrorBudget): Promise<boolean> {
  const message = `Following Zoho's changes took ${used} credits in 24 hours; its bound is ${bound}. Until it is less, Zoho is looked at once an hour.`;
  const onceKey = ctx.now().toISOString().slice(0, 10);
  return raiseAlert({ ctx, sql: ctx.db, input: { kind: 'mirror_bound', message, onceKey } });
}
