import { findMeetingFacts } from '../../db/queries/meeting-facts.ts';
import { listRecordings, lockRecording, saveSeparations } from '../../db/queries/recordings.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';
import { leaveConversation } from './leave-conversation.ts';

/**
 * A person says that one recording is of another conversation: it becomes a meeting of its own, with an event of its own, and is
 * not joined again by itself. Throws `conflict` when it is no part of a conversation.
 */
export async function separateRecording({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string; recording: string };
}): Promise<{ externalId: string }> {
  await ctx.db.transaction(async (sql) => {
    const recording = await lockRecording(sql, ctx.organizationId, input.recording);
    if (recording === null) {
      throw new AppError('conflict', `${input.recording} is the only recording of its meeting: nothing to separate.`);
    }
    const meeting = await findMeetingFacts(sql, ctx.organizationId, input.externalId);
    if (meeting?.id !== recording.meetingId) {
      throw new AppError('not_found', `${input.recording} is no recording of the meeting ${input.externalId}.`);
    }
    const all = await listRecordings(sql, ctx.organizationId, recording.meetingId);
    const others = all.map((one) => one.externalId).filter((id) => id !== recording.externalId);
    await saveSeparations(sql, ctx.organizationId, {
      externalId: recording.externalId,
      others,
      decidedBy: actorName(ctx.actor),
      at: ctx.now(),
    });
    await leaveConversation(ctx, sql, recording);
  });
  return { externalId: input.recording };
}

/** Before a recording is retracted it leaves its conversation, so that only it goes. False: it is a meeting of its own. */
export async function leaveBeforeRetracting({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string };
}): Promise<boolean> {
  return ctx.db.transaction(async (sql) => {
    const recording = await lockRecording(sql, ctx.organizationId, input.externalId);
    if (recording === null) return false;
    await leaveConversation(ctx, sql, recording);
    return true;
  });
}
