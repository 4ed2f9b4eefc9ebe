import {
  type ClipColumns,
  lockMeetingByExternalId,
  type MeetingColumns,
  type ParticipantColumns,
  replaceMeetingParts,
  type SavedMeeting,
  upsertMeeting,
} from '../../db/queries/save-meeting.ts';
import type { Sql } from '../../db/sql.ts';
import { canonicalEmail } from '../../domain/canonical-email.ts';
import { canonicalPhone } from '../../domain/canonical-phone.ts';
import { participantKey } from '../../domain/participant-key.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { contentHash } from './content-hash.ts';
import type { MeetingBody } from './meeting-body.ts';

export type IngestAnswer = { id: string; externalId: string; version: number; state: string };

/**
 * Saves a meeting under its external id, in one transaction with its wake-up: new content is a new version and is owed to the
 * CRM; the same content again changes nothing and answers the same version. A retracted meeting comes back when it is sent again.
 */
export async function ingestMeeting({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string; body: MeetingBody; isBackfill: boolean };
}): Promise<IngestAnswer> {
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

async function saveIfNewer(
  ctx: FeatureContext,
  sql: Sql,
  input: { externalId: string; body: MeetingBody; isBackfill: boolean },
  hash: string,
): Promise<SavedMeeting | null> {
  const stored = await lockMeetingByExternalId(sql, ctx.organizationId, input.externalId);
  if (stored !== null && stored.contentHash === hash && !stored.isRetracted) return stored;
  const participants = participantColumns(input.body.participants);
  const saved = await upsertMeeting(sql, {
    organizationId: ctx.organizationId,
    id: stored?.id ?? ctx.newId(),
    isNew: stored === null,
    at: ctx.now(),
    columns: meetingColumns(input, hash, participants),
  });
  if (saved === null) return null;
  await replaceMeetingParts(sql, ctx.organizationId, saved.id, {
    participants,
    notes: input.body.notes.map((note) => ({
      id: note.id,
      smartCategory: note.smartCategory || null,
      text: note.text,
      startSeconds: note.startSeconds ?? null,
      endSeconds: note.endSeconds ?? null,
      author: note.author ?? null,
    })),
    clips: input.body.clips.map(clipColumns),
    transcript: input.body.transcript,
  });
  await ctx.wake(sql, ctx.organizationId);
  return saved;
}

function meetingColumns(
  input: { externalId: string; body: MeetingBody; isBackfill: boolean },
  hash: string,
  participants: ParticipantColumns[],
): MeetingColumns {
  const { body } = input;
  const host = participants.find((person) => person.role === 'organizer');
  return {
    externalId: input.externalId,
    contentHash: hash,
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
  };
}

/** One row a person: somebody listed twice is one participant, and the organizer if any of the entries says so. */
function participantColumns(people: MeetingBody['participants']): ParticipantColumns[] {
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

function clipColumns(clip: MeetingBody['clips'][number]): ClipColumns {
  return {
    id: clip.id,
    noteId: clip.noteId ?? null,
    title: clip.title || null,
    startSeconds: clip.startSeconds ?? null,
    endSeconds: clip.endSeconds ?? null,
    url: clip.url,
  };
}
