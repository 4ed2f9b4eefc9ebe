import { deleteRecording, listRecordings, moveRecordings, type RecordingRow } from '../../db/queries/recordings.ts';
import type { SavedMeeting } from '../../db/queries/save-meeting.ts';
import type { Sql } from '../../db/sql.ts';
import type { FeatureContext } from '../context.ts';
import { recompose } from './join-recordings.ts';
import type { MeetingBody } from './meeting-body.ts';
import { saveContent } from './save-content.ts';

/**
 * Takes one recording out of its conversation, in the caller's transaction: it is a meeting of its own again, and the others go
 * on without it. The meeting's id, and with it the event, stays with the recording that it was made for; when that one leaves, the
 * others get a meeting of their own. Returns the meeting of the one that left.
 */
export async function leaveConversation(ctx: FeatureContext, sql: Sql, recording: RecordingRow): Promise<SavedMeeting> {
  const all = await listRecordings(sql, ctx.organizationId, recording.meetingId);
  const others = all.filter((one) => one.externalId !== recording.externalId);
  const [next] = others;
  const isHolder = recording.ownMeetingId === recording.meetingId;
  await deleteRecording(sql, ctx.organizationId, recording.externalId);
  if (!isHolder || next === undefined) {
    const own = await openOwnMeeting(ctx, sql, recording);
    if (next !== undefined) await recompose(ctx, sql, recording.meetingId);
    return own;
  }
  const moved = await openOwnMeeting(ctx, sql, next);
  const move = { from: recording.meetingId, to: moved.id, holder: next.externalId };
  await moveRecordings(sql, ctx.organizationId, move);
  await recompose(ctx, sql, moved.id);
  return openOwnMeeting(ctx, sql, recording);
}

async function openOwnMeeting(ctx: FeatureContext, sql: Sql, recording: RecordingRow): Promise<SavedMeeting> {
  const { externalId, ownMeetingId, contentHash: hash, isBackfill } = recording;
  const body = recording.body as MeetingBody;
  const saved = await saveContent(ctx, sql, {
    id: ownMeetingId ?? ctx.newId(),
    isNew: ownMeetingId === null,
    externalId,
    body,
    hash,
    isBackfill,
  });
  if (saved === null) throw new Error(`The recording ${externalId} was sent anew while it left its conversation.`);
  return saved;
}
