import { firstRow, type Sql } from '../sql.ts';

/** Columns of `meetings` that come from the outside. */
export type MeetingColumns = {
  externalId: string;
  contentHash: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  kind: string | null;
  activityType: string | null;
  language: string | null;
  visibility: string;
  conferenceUrl: string | null;
  recordingUrl: string | null;
  scheduled: unknown;
  summary: unknown;
  aiScore: number | null;
  summaryAt: Date | null;
  notesAt: Date | null;
  hostName: string | null;
  isBackfill: boolean;
  /** The backfill that it waits in until that is started; null: it waits in none anew. */
  stagedIn: string | null;
  /** By what another recording of the same conversation is recognised. */
  calendarUid: string | null;
  scheduledStart: Date | null;
  conferenceKey: string | null;
};

export type ParticipantColumns = {
  key: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  role: string;
  attended: boolean | null;
  emailKey: string | null;
  baseKey: string | null;
  domain: string | null;
  phoneKey: string | null;
};

export type NoteColumns = {
  id: string;
  smartCategory: string | null;
  text: string;
  startSeconds: number | null;
  endSeconds: number | null;
  author: string | null;
  recording: string | null;
};

export type ClipColumns = {
  id: string;
  noteId: string | null;
  title: string | null;
  startSeconds: number | null;
  endSeconds: number | null;
  url: string;
  recording: string | null;
};

export type SavedMeeting = { id: string; version: number; state: string; contentHash: string; isRetracted: boolean };

/** What a delivery needs to know of the meeting that is here already. */
export type StoredMeeting = SavedMeeting & {
  isBackfill: boolean;
  backfillId: string | null;
  isHeldBack: boolean;
  /** A person took it out of Zoho, and nothing of it is there any more. */
  isUndone: boolean;
};

/** What is stored under this external id, locked until the transaction ends so that two deliveries follow one another. */
export async function lockMeetingByExternalId(
  sql: Sql,
  organizationId: string,
  externalId: string,
): Promise<StoredMeeting | null> {
  return firstRow(
    sql.query<StoredMeeting>(
      `select id, version, state, content_hash as "contentHash", retracted_at is not null as "isRetracted",
         is_backfill as "isBackfill", backfill_id as "backfillId", held_back as "isHeldBack",
         undone_at is not null and owed_at is null as "isUndone"
       from meetings where organization_id = $1 and external_id = $2 for update`,
      [organizationId, externalId],
    ),
  );
}

/**
 * Inserts the meeting, or replaces the content of the stored one and raises its version; either way it is owed from now on.
 * Returns null when another delivery inserted the same external id first: the caller starts again and finds it.
 */
export async function upsertMeeting(
  sql: Sql,
  input: { organizationId: string; id: string; isNew: boolean; at: Date; columns: MeetingColumns },
): Promise<SavedMeeting | null> {
  const { columns: c } = input;
  const values = [
    input.organizationId,
    input.id,
    c.externalId,
    c.contentHash,
    c.title,
    c.startsAt,
    c.endsAt,
    c.timeZone,
    c.kind,
    c.activityType,
    c.language,
    c.visibility,
    c.conferenceUrl,
    c.recordingUrl,
    c.scheduled === null ? null : JSON.stringify(c.scheduled),
    c.summary === null ? null : JSON.stringify(c.summary),
    c.aiScore,
    c.summaryAt,
    c.notesAt,
    c.hostName,
    c.isBackfill,
    input.at,
    c.calendarUid,
    c.scheduledStart,
    c.conferenceKey,
    c.stagedIn,
  ];
  return firstRow(sql.query<SavedMeeting>(input.isNew ? INSERT_MEETING : UPDATE_MEETING, values));
}

const RETURNING = 'returning id, version, state, content_hash as "contentHash", false as "isRetracted"';

const STAGED_CAUSE = `case when $26::uuid is not null then 'backfill_staged' end`;
const STAGED_REASON = `case when $26::uuid is null then '' else 'This meeting waits for its backfill to be started.' end`;

const INSERT_MEETING = `
  insert into meetings (
    organization_id, id, external_id, version, content_hash, title, starts_at, ends_at, time_zone, kind, activity_type,
    language, visibility, conference_url, recording_url, scheduled, summary, ai_score, summary_at, notes_at, host_name,
    is_backfill, calendar_uid, scheduled_start, conference_key, backfill_id, held_back, state, state_cause, state_reason,
    owed_at, owed_seq, created_at, updated_at)
  values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
    $23, $24, $25, $26::uuid, $26::uuid is not null, 'waiting', ${STAGED_CAUSE}, ${STAGED_REASON}, $22, 1, $22, $22)
  on conflict (organization_id, external_id) do nothing
  ${RETURNING}`;

/** While leaving is stopped, nothing is taken out: also not of a meeting that comes again. */
const HELD_BY_LEAVING = `(held_back and exists (
  select from backfills l where l.organization_id = $1 and l.id = meetings.undo_id and l.kind = 'leave' and l.state = 'paused'))`;

const UPDATE_MEETING = `
  update meetings set
    external_id = $3, version = version + 1, content_hash = $4, title = $5, starts_at = $6, ends_at = $7, time_zone = $8,
    kind = $9, activity_type = $10, language = $11, visibility = $12, conference_url = $13, recording_url = $14,
    scheduled = $15, summary = $16, ai_score = $17, summary_at = $18, notes_at = $19, host_name = $20, is_backfill = $21,
    state = 'waiting', retracted_at = null, attempts = 0, run_at = null,
    -- A live delivery takes the meeting out of its backfill; a part of history that comes again stays as it was.
    state_cause = case when $21 and held_back and $26::uuid is null then state_cause else ${STAGED_CAUSE} end,
    state_reason = case when $21 and held_back and $26::uuid is null then state_reason else ${STAGED_REASON} end,
    backfill_id = case when $21 then coalesce($26::uuid, backfill_id) end,
    held_back = $26::uuid is not null or ($21 and held_back) or ${HELD_BY_LEAVING},
    evaluated_at = case when $26::uuid is null then evaluated_at end,
    undone_at = case when $26::uuid is null then undone_at end,
    undone_by = case when $26::uuid is null then undone_by end,
    undo_id = case when $26::uuid is null then undo_id end,
    owed_at = $22, owed_seq = owed_seq + 1, updated_at = $22, calendar_uid = $23, scheduled_start = $24, conference_key = $25,
    merged_into = null
  where organization_id = $1 and id = $2
  ${RETURNING}`;

/** A meeting that comes again live leaves its backfill; what was held back there is owed from now on. */
export async function leaveBackfill(sql: Sql, organizationId: string, meetingId: string, at: Date): Promise<void> {
  await sql.query(
    `update meetings set backfill_id = null, is_backfill = false, held_back = ${HELD_BY_LEAVING},
       state = case when held_back then 'waiting' else state end, state_cause = case when held_back then null else state_cause end,
       state_reason = case when held_back then '' else state_reason end,
       owed_at = case when held_back then $3 else owed_at end, owed_seq = owed_seq + case when held_back then 1 else 0 end,
       run_at = case when held_back then null else run_at end
     where organization_id = $1 and id = $2`,
    [organizationId, meetingId, at],
  );
}

/** Replaces participants, notes, clips and transcript of a meeting: a constant number of statements whatever their number. */
export async function replaceMeetingParts(
  sql: Sql,
  organizationId: string,
  meetingId: string,
  parts: {
    participants: ParticipantColumns[];
    notes: NoteColumns[];
    clips: ClipColumns[];
    transcript: unknown[];
  },
): Promise<void> {
  const owner = [organizationId, meetingId];
  for (const table of ['participants', 'meeting_notes', 'clips', 'transcripts']) {
    await sql.query(`delete from ${table} where organization_id = $1 and meeting_id = $2`, owner);
  }
  await sql.query(
    `insert into participants (organization_id, meeting_id, key, position, name, email, phone, role, attended,
       email_key, base_key, domain, phone_key)
     select $1, $2, r.key, r.position, r.name, r.email, r.phone, r.role, r.attended, r."emailKey", r."baseKey", r.domain, r."phoneKey"
     from jsonb_to_recordset($3) as r(key text, position int, name text, email text, phone text, role text, attended boolean,
       "emailKey" text, "baseKey" text, domain text, "phoneKey" text)`,
    [...owner, numbered(parts.participants)],
  );
  await sql.query(
    `insert into meeting_notes (organization_id, meeting_id, id, position, smart_category, text, start_seconds, end_seconds, author, recording)
     select $1, $2, r.id, r.position, r."smartCategory", r.text, r."startSeconds", r."endSeconds", r.author, r.recording
     from jsonb_to_recordset($3) as r(id text, position int, "smartCategory" text, text text, "startSeconds" float8,
       "endSeconds" float8, author text, recording text)`,
    [...owner, numbered(parts.notes)],
  );
  await sql.query(
    `insert into clips (organization_id, meeting_id, id, position, note_id, title, start_seconds, end_seconds, url, recording)
     select $1, $2, r.id, r.position, r."noteId", r.title, r."startSeconds", r."endSeconds", r.url, r.recording
     from jsonb_to_recordset($3) as r(id text, position int, "noteId" text, title text, "startSeconds" float8,
       "endSeconds" float8, url text, recording text)`,
    [...owner, numbered(parts.clips)],
  );
  if (parts.transcript.length > 0) {
    await sql.query(
      'insert into transcripts (organization_id, meeting_id, turns, turn_count) values ($1, $2, $3, $4)',
      [...owner, JSON.stringify(parts.transcript), parts.transcript.length],
    );
  }
}

function numbered(rows: object[]): string {
  return JSON.stringify(rows.map((row, position) => ({ ...row, position })));
}
