import { lockRecording, type RecordingRow, saveRecording } from '../../db/queries/recordings.ts';
import { lockMeetingByExternalId, type SavedMeeting } from '../../db/queries/save-meeting.ts';
import type { Sql } from '../../db/sql.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { contentHash } from './content-hash.ts';
import { findConversation, joinConversation, recompose } from './join-recordings.ts';
import { leaveConversation } from './leave-conversation.ts';
import type { MeetingBody } from './meeting-body.ts';
import { saveContent } from './save-content.ts';

export type IngestAnswer = { id: string; externalId: string; version: number; state: string };

type Delivery = { externalId: string; body: MeetingBody; isBackfill: boolean };

/**
 * Saves a meeting under its external id, in one transaction with its wake-up: new content is a new version and is owed to the
 * CRM; the same content again changes nothing and answers the same version. A retracted meeting comes back when it is sent again.
 * Another recording of a conversation that is here already joins it: then `id` and `state` are the conversation's, `version` the
 * recording's.
 */
export async function ingestMeeting({ ctx, input }: { ctx: FeatureContext; input: Delivery }): Promise<IngestAnswer> {
  const hash = contentHash(input.body);
  // Two first deliveries of one id at once: the second finds the first one's row on its second look.
  for (let look = 0; look < 2; look++) {
    const saved = await ctx.db.transaction((sql) => saveIfNewer(ctx, sql, input, hash));
    if (saved !== null) {
      return { id: saved.id, externalId: input.externalId, version: saved.version, state: saved.state };
    }
  }
  throw new AppError('conflict', `Meeting ${input.externalId} is being changed by others all the time; send it again.`);
}

async function saveIfNewer(ctx: FeatureContext, sql: Sql, input: Delivery, hash: string): Promise<SavedMeeting | null> {
  const recording = await lockRecording(sql, ctx.organizationId, input.externalId);
  if (recording !== null && input.body.visibility !== 'private') return saveAgain(ctx, sql, recording, input, hash);
  // What is private now is no part of what others see.
  if (recording !== null) await leaveConversation(ctx, sql, recording);
  const stored = await lockMeetingByExternalId(sql, ctx.organizationId, input.externalId);
  if (stored !== null && stored.contentHash === hash && !stored.isRetracted) return stored;
  if (stored === null) {
    const conversation = await findConversation(ctx, sql, input);
    if (conversation !== null) return joinConversation(ctx, sql, conversation, { ...input, hash });
  }
  return saveContent(ctx, sql, { ...input, hash, id: stored?.id ?? ctx.newId(), isNew: stored === null });
}

/** New content of one recording of several. */
async function saveAgain(
  ctx: FeatureContext,
  sql: Sql,
  recording: RecordingRow,
  { body, isBackfill }: Delivery,
  hash: string,
): Promise<SavedMeeting> {
  const isNews = recording.contentHash !== hash;
  const version = isNews ? recording.version + 1 : recording.version;
  if (isNews) {
    const row = { ...recording, version, contentHash: hash, body, isBackfill };
    await saveRecording(sql, ctx.organizationId, row, ctx.now());
  }
  return { ...(await recompose(ctx, sql, recording.meetingId)), version };
}
