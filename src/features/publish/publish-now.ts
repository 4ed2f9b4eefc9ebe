import { clearUndone, setPublishAnyway } from '../../db/queries/decisions.ts';
import { forgetKeptParts, forgetZohoDecisions } from '../../db/queries/edits.ts';
import { isLeaving } from '../../db/queries/leaving.ts';
import { forgetGonePlacements } from '../../db/queries/ledger.ts';
import { oweMeetings } from '../../db/queries/owed-meetings.ts';
import { forgetObstacles } from '../../db/queries/preflight.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';

/**
 * Owes a meeting to Zoho at once; `isAnyway` publishes it although nobody matched or only colleagues took part. An event or a note
 * that was deleted in Zoho is written again: a person asks for it. `overwriteEdits` also takes back what people edited there, with
 * the decisions about links that their edits made. Throws `not_found`, and `conflict` while Zoho is left.
 */
export async function publishNow({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string; isAnyway: boolean; overwriteEdits?: boolean };
}): Promise<void> {
  const meeting = await findMeeting(ctx, input.externalId);
  if (await isLeaving(ctx.db, ctx.organizationId)) {
    throw new AppError('conflict', 'Zoho is being left: nothing is published. Cancel that first, under Leaving Zoho.');
  }
  await ctx.db.transaction(async (sql) => {
    if (input.isAnyway) await setPublishAnyway(sql, ctx.organizationId, meeting.id);
    await clearUndone(sql, ctx.organizationId, meeting.id);
    await forgetGonePlacements(sql, ctx.organizationId, meeting.id);
    await forgetObstacles(sql, ctx.organizationId, [meeting.id]);
    if (input.overwriteEdits === true) {
      await forgetKeptParts(sql, ctx.organizationId, { meetingId: meeting.id, slot: null });
      await forgetZohoDecisions(sql, ctx.organizationId, meeting.id);
    }
    await oweMeetings(sql, ctx.organizationId, [meeting.id], ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
}
