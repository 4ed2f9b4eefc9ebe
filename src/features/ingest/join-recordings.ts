import {
  areSeparated,
  deleteRecording,
  findNearMeetings,
  type JoinableMeeting,
  listRecordings,
  lockConversation,
  lockMeetings,
  type NearMeeting,
  type RecordingRow,
  readStoredBody,
  saveRecording,
} from '../../db/queries/recordings.ts';
import type { SavedMeeting } from '../../db/queries/save-meeting.ts';
import type { Sql } from '../../db/sql.ts';
import { composeRecordings, type Recording } from '../../domain/compose-recordings.ts';
import { type ConversationKeys, sameConversation } from '../../domain/same-conversation.ts';
import type { FeatureContext } from '../context.ts';
import { contentHash } from './content-hash.ts';
import type { MeetingBody } from './meeting-body.ts';
import { conversationColumns, participantColumns, saveContent } from './save-content.ts';

type Delivery = { externalId: string; body: MeetingBody; isBackfill: boolean };

/**
 * The meeting that a new recording is another recording of, locked; null: it is a meeting of its own. Private recordings are
 * never joined, and what a person told apart stays apart.
 */
export async function findConversation(
  ctx: FeatureContext,
  sql: Sql,
  { externalId, body }: Delivery,
): Promise<JoinableMeeting | null> {
  if (body.visibility === 'private') return null;
  const keys = keysOf(body);
  await lockConversation(sql, ctx.organizationId, lockKeysOf(keys));
  const near = await findNearMeetings(sql, ctx.organizationId, {
    ...conversationColumns(body),
    startsAt: new Date(body.startsAt),
    endsAt: new Date(body.endsAt),
  });
  for (const meeting of near) {
    if (sameConversation(keys, keysOfMeeting(meeting)) === null) continue;
    if (await areSeparated(sql, ctx.organizationId, externalId, meeting.id)) continue;
    const [locked] = await lockMeetings(sql, ctx.organizationId, [meeting.id]);
    if (locked !== undefined && !locked.isRetracted && locked.visibility !== 'private') return locked;
  }
  return null;
}

/** Adds a recording to a conversation; its meeting is made anew out of all of them. */
export async function joinConversation(
  ctx: FeatureContext,
  sql: Sql,
  meeting: JoinableMeeting,
  delivery: Delivery & { hash: string },
): Promise<SavedMeeting> {
  await keepAsRecording(ctx, sql, meeting);
  const row: RecordingRow = {
    externalId: delivery.externalId,
    meetingId: meeting.id,
    version: 1,
    contentHash: delivery.hash,
    body: delivery.body,
    isBackfill: delivery.isBackfill,
    receivedAt: ctx.now(),
    ownMeetingId: null,
  };
  await saveRecording(sql, ctx.organizationId, row, ctx.now());
  return { ...(await recompose(ctx, sql, meeting.id)), version: row.version };
}

/** A meeting that gets a second recording keeps its content as its first one. */
export async function keepAsRecording(ctx: FeatureContext, sql: Sql, meeting: JoinableMeeting): Promise<void> {
  const known = await listRecordings(sql, ctx.organizationId, meeting.id);
  if (known.length > 0) return;
  const row: RecordingRow = {
    externalId: meeting.externalId,
    meetingId: meeting.id,
    version: meeting.version,
    contentHash: meeting.contentHash,
    body: await readStoredBody(sql, ctx.organizationId, meeting.id),
    isBackfill: meeting.isBackfill,
    receivedAt: meeting.createdAt,
    ownMeetingId: meeting.id,
  };
  await saveRecording(sql, ctx.organizationId, row, ctx.now());
}

/** Makes a meeting's content out of its recordings; what comes out the same is no new version. One that is left alone is itself. */
export async function recompose(ctx: FeatureContext, sql: Sql, meetingId: string): Promise<SavedMeeting> {
  const rows = await listRecordings(sql, ctx.organizationId, meetingId);
  const [meeting] = await lockMeetings(sql, ctx.organizationId, [meetingId]);
  const [first, ...others] = rows;
  if (meeting === undefined || first === undefined) {
    throw new Error(`Meeting ${meetingId} has no recordings to be made of.`);
  }
  const isAlone = others.length === 0;
  const composed = isAlone ? null : composeRecordings(rows.map(toRecording));
  const body = composed?.body ?? (first.body as MeetingBody);
  const hash = isAlone ? first.contentHash : contentHash({ body, notes: [...(composed?.recordingOf.notes ?? [])] });
  if (isAlone) await deleteRecording(sql, ctx.organizationId, first.externalId);
  if (hash === meeting.contentHash && !meeting.isRetracted) return meeting;
  const saved = await saveContent(ctx, sql, {
    id: meeting.id,
    isNew: false,
    externalId: meeting.externalId,
    body,
    hash,
    isBackfill: rows.every((row) => row.isBackfill),
    ...(composed === null ? {} : { recordingOf: composed.recordingOf }),
  });
  if (saved === null) throw new Error(`Meeting ${meetingId} was gone while its recordings were joined.`);
  return saved;
}

function toRecording({ externalId, receivedAt, body }: RecordingRow): Recording<MeetingBody> {
  return { externalId, receivedAt: receivedAt.toISOString(), body: body as MeetingBody };
}

function keysOf(body: MeetingBody): ConversationKeys {
  const { calendarUid, scheduledStart, conferenceKey } = conversationColumns(body);
  return {
    title: body.title,
    startsAt: Date.parse(body.startsAt),
    endsAt: Date.parse(body.endsAt),
    scheduledStart: scheduledStart?.getTime() ?? null,
    calendarUid,
    conferenceKey,
    people: participantColumns(body.participants).map((person) => person.key),
  };
}

function keysOfMeeting(meeting: NearMeeting): ConversationKeys {
  const { title, calendarUid, conferenceKey, people } = meeting;
  return {
    title,
    startsAt: meeting.startsAt.getTime(),
    endsAt: meeting.endsAt.getTime(),
    scheduledStart: meeting.scheduledStart?.getTime() ?? null,
    calendarUid,
    conferenceKey,
    people,
  };
}

/** Whoever could be joined to this recording waits for the same lock. */
function lockKeysOf({ title, calendarUid, conferenceKey }: ConversationKeys): string[] {
  return [
    ...(calendarUid === null ? [] : [`calendar:${calendarUid}`]),
    ...(conferenceKey === null ? [] : [`conference:${conferenceKey}`]),
    `title:${title.normalize('NFKC').toLowerCase().trim()}`,
  ];
}
