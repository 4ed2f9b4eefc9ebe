import { findNewestCheck } from '../../db/queries/drift.ts';
import { actorName, type FeatureContext } from '../context.ts';
import { beginCheck } from './check-drift.ts';
import { estimateDrift } from './read-drift.ts';

/** Begins a comparison of the ledger with Zoho now, unless one is running; the sender does it. Throws `not_connected`. */
export async function startDrift({
  ctx,
}: {
  ctx: FeatureContext;
}): Promise<{ checkId: string; estimate: { meetings: number; credits: number } }> {
  const estimate = await estimateDrift({ ctx });
  const newest = await findNewestCheck(ctx.db, ctx.organizationId);
  const check = newest?.state === 'running' ? newest : await beginCheck(ctx, actorName(ctx.actor));
  await ctx.wake(ctx.db, ctx.organizationId);
  return { checkId: check.id, estimate };
}
