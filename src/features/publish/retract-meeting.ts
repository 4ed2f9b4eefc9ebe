import { markRetracted } from '../../db/queries/decisions.ts';
import type { FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';

/** Takes a meeting back: its notes and its event leave Zoho (to the recycle bin); the meeting itself stays here as retracted. */
export async function retractMeeting({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string };
}): Promise<void> {
  const meeting = await findMeeting(ctx, input.externalId);
  await ctx.db.transaction(async (sql) => {
    if (await markRetracted(sql, ctx.organizationId, meeting.id, ctx.now())) await ctx.wake(sql, ctx.organizationId);
  });
}
