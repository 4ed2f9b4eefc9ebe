import {
  type ClipColumns,
  type MeetingColumns,
  type ParticipantColumns,
  replaceMeetingParts,
  type SavedMeeting,
  upsertMeeting,
} from '../../db/queries/save-meeting.ts';
import type { Sql } from '../../db/sql.ts';
import { canonicalEmail } from '../../domain/canonical-email.ts';
import { canonicalPhone } from '../../domain/canonical-phone.ts';
import type { Composed } from '../../domain/compose-recordings.ts';
import { conferenceKey } from '../../domain/conference-address.ts';
import { participantKey } from '../../domain/participant-key.ts';
import type { FeatureContext } from '../context.ts';
import type { MeetingBody } from './meeting-body.ts';

export type ContentToSave = {
  id: string;
  isNew: boolean;
  externalId: string;
  body: MeetingBody;
  hash: string;
  isBackfill: boolean;
  /** The backfill in which it waits to be started; left out: in none anew. */
  stagedIn?: string | null;
  /** Whose recording notes and clips are from, where there are several. */
  recordingOf?: Composed<MeetingBody>['recordingOf'];
};

/**
 * Replaces a meeting's content in the caller's transaction, with its wake-up: a new version, which is owed to the CRM unless it
 * waits in a backfill. Null when another delivery inserted the same external id first.
 */
export async function saveContent(ctx: FeatureContext, sql: Sql, input: ContentToSave): Promise<SavedMeeting | null> {
  const { body, recordingOf } = input;
  const participants = participantColumns(body.participants);
  const saved = await upsertMeeting(sql, {
    organizationId: ctx.organizationId,
    id: input.id,
    isNew: input.isNew,
    at: ctx.now(),
    columns: meetingColumns(input, participants),
  });
  if (saved === null) return null;
  await replaceMeetingParts(sql, ctx.organizationId, saved.id, {
    participants,
    notes: body.notes.map((note) => ({
      id: note.id,
      smartCategory: note.smartCategory || null,
      text: note.text,
      startSeconds: note.startSeconds ?? null,
      endSeconds: note.endSeconds ?? null,
      author: note.author ?? null,
      recording: recordingOf?.notes.get(note.id) ?? null,
    })),
    clips: body.clips.map((clip) => clipColumns(clip, recordingOf?.clips.get(clip.id) ?? null)),
    transcript: body.transcript,
  });
  // What waits in a backfill is owed nothing yet; whoever starts that wakes the connection.
  if ((input.stagedIn ?? null) === null) await ctx.wake(sql, ctx.organizationId);
  return saved;
}

/** By what another recording of the same conversation is recognised. */
export function conversationColumns(
  body: MeetingBody,
): Pick<MeetingColumns, 'calendarUid' | 'scheduledStart' | 'conferenceKey'> {
  return {
    calendarUid: body.scheduled?.calendarUid || null,
    scheduledStart: body.scheduled?.startsAt ? new Date(body.scheduled.startsAt) : null,
    conferenceKey: conferenceKey(body.conferenceUrl ?? null),
  };
}

function meetingColumns(input: ContentToSave, participants: ParticipantColumns[]): MeetingColumns {
  const { body } = input;
  const host = participants.find((person) => person.role === 'organizer');
  return {
    externalId: input.externalId,
    contentHash: input.hash,
    title: body.title,
    startsAt: new Date(body.startsAt),
    endsAt: new Date(body.endsAt),
    timeZone: body.timeZone,
    kind: body.kind ?? null,
    activityType: body.activityType || null,
    language: body.language || null,
    visibility: body.visibility,
    conferenceUrl: body.conferenceUrl ?? null,
    recordingUrl: body.recordingUrl ?? null,
    scheduled: body.scheduled ?? null,
    summary: body.summary ?? null,
    aiScore: body.summary?.aiScore ?? null,
    summaryAt: body.processed?.summaryAt ? new Date(body.processed.summaryAt) : null,
    notesAt: body.processed?.notesAt ? new Date(body.processed.notesAt) : null,
    hostName: host?.name ?? host?.email ?? null,
    isBackfill: input.isBackfill,
    stagedIn: input.stagedIn ?? null,
    ...conversationColumns(body),
  };
}

/** One row a person: somebody listed twice is one participant, and the organizer if any of the entries says so. */
export function participantColumns(people: MeetingBody['participants']): ParticipantColumns[] {
  const byKey = new Map<string, ParticipantColumns>();
  for (const person of people) {
    const email = person.email ? canonicalEmail(person.email) : null;
    const key = participantKey({ name: person.name ?? null, email: person.email ?? null, phone: person.phone ?? null });
    const known = byKey.get(key);
    if (known !== undefined) {
      if (person.role === 'organizer') known.role = 'organizer';
      known.name ??= person.name ?? null;
      known.phone ??= person.phone ?? null;
      continue;
    }
    byKey.set(key, {
      key,
      name: person.name ?? null,
      email: person.email ?? null,
      phone: person.phone ?? null,
      role: person.role,
      attended: person.attended ?? null,
      emailKey: email?.email ?? null,
      baseKey: email?.base ?? null,
      domain: email?.domain ?? null,
      phoneKey: person.phone ? canonicalPhone(person.phone) : null,
    });
  }
  return [...byKey.values()];
}

function clipColumns(clip: MeetingBody['clips'][number], recording: string | null): ClipColumns {
  return {
    id: clip.id,
    noteId: clip.noteId ?? null,
    title: clip.title || null,
    startSeconds: clip.startSeconds ?? null,
    endSeconds: clip.endSeconds ?? null,
    url: clip.url,
    recording,
  };
}
