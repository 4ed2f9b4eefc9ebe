import { lockForStaging } from '../../db/queries/backfills.ts';
import { lockRecording, type RecordingRow, saveRecording } from '../../db/queries/recordings.ts';
import {
  leaveBackfill,
  lockMeetingByExternalId,
  type SavedMeeting,
  type StoredMeeting,
} from '../../db/queries/save-meeting.ts';
import type { Sql } from '../../db/sql.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { contentHash } from './content-hash.ts';
import { findConversation, joinConversation, recompose } from './join-recordings.ts';
import { leaveConversation } from './leave-conversation.ts';
import type { MeetingBody } from './meeting-body.ts';
import { saveContent } from './save-content.ts';

export type IngestAnswer = { id: string; externalId: string; version: number; state: string };

type Delivery = {
  externalId: string;
  body: MeetingBody;
  isBackfill: boolean;
  /** The backfill that it comes with: it waits there until that is started. */
  backfillId?: string | undefined;
};

/**
 * Saves a meeting under its external id, in one transaction with its wake-up: new content is a new version and is owed to the
 * CRM; the same content again changes nothing and answers the same version. A retracted meeting comes back when it is sent again.
 * Another recording of a conversation that is here already joins it: then `id` and `state` are the conversation's, `version` the
 * recording's. With `backfillId` it waits, owed nothing, until that backfill is started; a meeting that is in Zoho already, or was
 * sent live, is no part of it and only gets the new content. One that comes again live leaves its backfill. Throws `not_found`
 * for a backfill that is not there and `conflict` for one that was started.
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
  if (input.backfillId !== undefined) await openForStaging(ctx, sql, input.backfillId);
  const recording = await lockRecording(sql, ctx.organizationId, input.externalId);
  if (recording !== null && input.body.visibility !== 'private') return saveAgain(ctx, sql, recording, input, hash);
  // What is private now is no part of what others see.
  if (recording !== null) await leaveConversation(ctx, sql, recording);
  const stored = await lockMeetingByExternalId(sql, ctx.organizationId, input.externalId);
  const stagedIn = input.backfillId !== undefined && isStageable(stored) ? input.backfillId : null;
  if (stored !== null && stored.contentHash === hash && !stored.isRetracted && !isMoved(stored, stagedIn)) {
    if (!input.isBackfill && stored.isBackfill) await becomeLive(ctx, sql, stored);
    return stored;
  }
  if (stored === null) {
    const conversation = await findConversation(ctx, sql, input);
    if (conversation !== null) return joinConversation(ctx, sql, conversation, { ...input, hash });
  }
  // What was sent live stays live, whoever sends it again as history.
  const isBackfill = input.isBackfill && (stagedIn !== null || stored === null || stored.isBackfill);
  const place = { id: stored?.id ?? ctx.newId(), isNew: stored === null };
  return saveContent(ctx, sql, { ...input, hash, ...place, isBackfill, stagedIn });
}

async function openForStaging(ctx: FeatureContext, sql: Sql, id: string): Promise<void> {
  const backfill = await lockForStaging(sql, ctx.organizationId, id);
  if (backfill === null || backfill.kind !== 'import') {
    throw new AppError('not_found', `There is no backfill ${id}. Create one with POST /api/v1/backfills.`);
  }
  if (backfill.state !== 'ready' && backfill.state !== 'simulating') {
    throw new AppError('conflict', `The backfill “${backfill.name}” was started already. Create another one for more.`);
  }
}

/** What waits already, or was taken out of Zoho again, may wait in a backfill; what is in Zoho or on its way there may not. */
function isStageable(stored: StoredMeeting | null): boolean {
  return stored === null || (!stored.isRetracted && (stored.isHeldBack || stored.isUndone));
}

function isMoved(stored: StoredMeeting, stagedIn: string | null): boolean {
  return stagedIn !== null && (stored.backfillId !== stagedIn || !stored.isHeldBack || stored.isUndone);
}

async function becomeLive(ctx: FeatureContext, sql: Sql, stored: StoredMeeting): Promise<void> {
  await leaveBackfill(sql, ctx.organizationId, stored.id, ctx.now());
  if (stored.isHeldBack) await ctx.wake(sql, ctx.organizationId);
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
