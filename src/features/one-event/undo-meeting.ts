import { markUndone } from '../../db/queries/decisions.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';

/**
 * Takes a meeting out of Zoho and keeps it here: our notes and our event go, people first and without a mail, the calendar's event
 * gets back what was blank; what a person edited since stays. Nothing is written for it again until somebody publishes it.
 * Throws `not_found`, and `conflict` for a retracted meeting.
 */
export async function undoMeeting({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string };
}): Promise<void> {
  const meeting = await findMeeting(ctx, input.externalId);
  if (meeting.state === 'retracted') {
    throw new AppError('conflict', 'This meeting was retracted: it leaves Zoho already.');
  }
  await ctx.db.transaction(async (sql) => {
    await markUndone(sql, ctx.organizationId, meeting.id, { name: actorName(ctx.actor), at: ctx.now() });
    await ctx.wake(sql, ctx.organizationId);
  });
}
