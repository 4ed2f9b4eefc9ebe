import { saveKeptPercent } from '../../db/queries/limits.ts';
import type { FeatureContext } from '../context.ts';

/** Says which part (0–90 percent) of the org's daily credits is left to others. What rests is looked at again at once. */
export async function keepCredits({ ctx, input }: { ctx: FeatureContext; input: { percent: number } }): Promise<void> {
  await ctx.db.transaction(async (sql) => {
    await saveKeptPercent(sql, ctx.organizationId, input.percent);
    await ctx.wake(sql, ctx.organizationId);
  });
}
