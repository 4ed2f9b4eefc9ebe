import { setPublishAnyway } from '../../db/queries/decisions.ts';
import { forgetGonePlacements } from '../../db/queries/ledger.ts';
import { oweMeetings } from '../../db/queries/owed-meetings.ts';
import type { FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';

/**
 * Owes a meeting to Zoho at once; `isAnyway` publishes it although nobody matched or only colleagues took part. An event or a note
 * that turned out to be deleted in Zoho is written again: a person asks for it.
 */
export async function publishNow({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string; isAnyway: boolean };
}): Promise<void> {
  const meeting = await findMeeting(ctx, input.externalId);
  await ctx.db.transaction(async (sql) => {
    if (input.isAnyway) await setPublishAnyway(sql, ctx.organizationId, meeting.id);
    await forgetGonePlacements(sql, ctx.organizationId, meeting.id);
    await oweMeetings(sql, ctx.organizationId, [meeting.id], ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
}
