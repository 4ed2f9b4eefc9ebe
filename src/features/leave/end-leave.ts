import { lockBackfill, saveBackfill } from '../../db/queries/backfills.ts';
import { findConnection } from '../../db/queries/connections.ts';
import { bringBackMeetings, findClosingLeave, isLeaving } from '../../db/queries/leaving.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { StoredLeave } from './stored-leave.ts';

/** Is there nothing left to do but to give back the access? */
export async function isClosing({ ctx }: { ctx: FeatureContext }): Promise<boolean> {
  return (await findClosingLeave(ctx.db, ctx.organizationId)) !== null;
}

/** The access was given back: leaving is over. `isRevoked` false: Zoho could not be told. */
export async function endLeave({ ctx, input }: { ctx: FeatureContext; input: { isRevoked: boolean } }): Promise<void> {
  await ctx.db.transaction(async (sql) => {
    const id = await findClosingLeave(sql, ctx.organizationId);
    const row = id === null ? null : await lockBackfill<StoredLeave>(sql, ctx.organizationId, id);
    if (row === null || row.simulation?.result === undefined) return;
    const { result } = row.simulation;
    const problems = input.isRevoked ? result.problems : [...result.problems, NOT_REVOKED];
    const ran = row.activeSince === null ? 0 : (ctx.now().getTime() - row.activeSince.getTime()) / 1000;
    await saveBackfill(sql, ctx.organizationId, {
      ...row,
      state: 'undone',
      simulation: { ...row.simulation, result: { ...result, problems } },
      finishedAt: ctx.now(),
      activeSeconds: row.activeSeconds + ran,
      activeSince: null,
    });
  });
}

const NOT_REVOKED =
  'Zoho could not be reached to end the access there. Remove it in Zoho under Account > Security > Connected apps.';

/**
 * Owes the meetings again that leaving took out, after everything live: what still stands in Zoho is known and not written twice.
 * Throws `not_connected`, and `conflict` when there are none.
 */
export async function bringBack({ ctx }: { ctx: FeatureContext }): Promise<void> {
  const connection = await findConnection(ctx.db, ctx.organizationId);
  if (connection?.state !== 'connected') {
    throw new AppError('not_connected', 'Connect Zoho CRM first, under Settings > Integrations.');
  }
  if (await isLeaving(ctx.db, ctx.organizationId)) {
    throw new AppError('conflict', 'Zoho is being left. Wait until that is over, or cancel it.');
  }
  await ctx.db.transaction(async (sql) => {
    const count = await bringBackMeetings(sql, ctx.organizationId, ctx.now());
    if (count === 0) throw new AppError('conflict', 'No meeting was taken out by leaving, or all are back already.');
    await ctx.wake(sql, ctx.organizationId);
  });
}
