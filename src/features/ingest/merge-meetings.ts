import {
  forgetSeparations,
  type JoinableMeeting,
  listRecordings,
  lockMeetings,
  markMerged,
  moveRecordings,
} from '../../db/queries/recordings.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';
import { keepAsRecording, recompose } from './join-recordings.ts';

/**
 * A person says that two meetings are one conversation. The one whose event is the calendar's stays, else the one that has an
 * event, else the older; the other becomes a recording of it, and what is ours of that one leaves Zoho once this one is confirmed
 * there. Returns the external id of the one that stays. Throws `not_found`, `conflict` and `invalid_input` with what to do.
 */
export async function mergeMeetings({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string; with: string };
}): Promise<{ externalId: string }> {
  const one = await findMeeting(ctx, input.externalId);
  const other = await findMeeting(ctx, input.with);
  if (one.id === other.id) throw new AppError('conflict', 'These two are one meeting already.');
  return ctx.db.transaction(async (sql) => {
    const [survivor, joined] = rank(await lockMeetings(sql, ctx.organizationId, [one.id, other.id]));
    if (survivor === undefined || joined === undefined)
      throw new AppError('not_found', 'One of these meetings is gone.');
    for (const meeting of [survivor, joined]) checkJoinable(meeting);
    await keepAsRecording(ctx, sql, survivor);
    await keepAsRecording(ctx, sql, joined);
    await moveRecordings(sql, ctx.organizationId, { from: joined.id, to: survivor.id, holder: null });
    const all = await listRecordings(sql, ctx.organizationId, survivor.id);
    await forgetSeparations(
      sql,
      ctx.organizationId,
      all.map((row) => row.externalId),
    );
    await markMerged(sql, ctx.organizationId, { id: joined.id, into: survivor.id, at: ctx.now() });
    await recompose(ctx, sql, survivor.id);
    return { externalId: survivor.externalId };
  });
}

function rank(meetings: JoinableMeeting[]): JoinableMeeting[] {
  return [...meetings].sort(
    (one, other) =>
      other.eventRank - one.eventRank ||
      one.createdAt.getTime() - other.createdAt.getTime() ||
      (one.externalId < other.externalId ? -1 : 1),
  );
}

function checkJoinable(meeting: JoinableMeeting): void {
  if (meeting.visibility === 'private') {
    throw new AppError('invalid_input', `${meeting.externalId} is private: a private recording is never joined.`);
  }
  if (meeting.isRetracted) {
    throw new AppError('invalid_input', `${meeting.externalId} was retracted: send it again before you join it.`);
  }
}
