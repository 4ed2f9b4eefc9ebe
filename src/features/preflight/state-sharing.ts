import { oweAllMeetings } from '../../db/queries/owed-meetings.ts';
import { stateSharing } from '../../db/queries/preflight.ts';
import { actorName, type FeatureContext } from '../context.ts';
import { readOddOrg } from '../odd-org.ts';

/** An administrator says whether events are private in the org, for where Zoho does not tell; null takes it back. */
export async function stateEventsSharing({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { sharing: 'public' | 'private' | null };
}): Promise<void> {
  const before = await readOddOrg(ctx);
  await ctx.db.transaction(async (sql) => {
    await stateSharing(sql, ctx.organizationId, { sharing: input.sharing, by: actorName(ctx.actor) });
    const after = await readOddOrg(ctx, sql);
    if (before.eventsArePrivate === after.eventsArePrivate) return;
    await oweAllMeetings(sql, ctx.organizationId, ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
}
