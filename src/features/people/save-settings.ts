import { savePolicy } from '../../db/queries/organizations.ts';
import { oweAllMeetings } from '../../db/queries/owed-meetings.ts';
import type { Policy } from '../../domain/policy.ts';
import type { FeatureContext } from '../context.ts';

/** Replaces name and policy, and owes every meeting a new evaluation: what does not change by it costs no call. */
export async function saveSettings({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { organizationName: string; policy: Policy };
}): Promise<void> {
  await ctx.db.transaction(async (sql) => {
    await savePolicy(sql, ctx.organizationId, { name: input.organizationName, policy: { ...input.policy } });
    await oweAllMeetings(sql, ctx.organizationId, ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
}
