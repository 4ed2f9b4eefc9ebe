import { firstRow, type Sql } from '../sql.ts';

/** A recording of a conversation that has several. `body` is the content as it came. */
export type RecordingRow = {
  externalId: string;
  meetingId: string;
  version: number;
  contentHash: string;
  body: unknown;
  isBackfill: boolean;
  receivedAt: Date;
  ownMeetingId: string | null;
};

const RECORDING = `
  external_id as "externalId", meeting_id as "meetingId", version, content_hash as "contentHash", body,
  is_backfill as "isBackfill", received_at as "receivedAt", own_meeting_id as "ownMeetingId"`;

/** The recording of this id, locked with its meeting until the transaction ends. */
export async function lockRecording(
  sql: Sql,
  organizationId: string,
  externalId: string,
): Promise<RecordingRow | null> {
  await sql.query(
    `select m.id from meetings m join recordings r on r.organization_id = $1 and r.meeting_id = m.id
     where m.organization_id = $1 and r.external_id = $2 for update of m`,
    [organizationId, externalId],
  );
  return firstRow(
    sql.query<RecordingRow>(
      `select ${RECORDING} from recordings where organization_id = $1 and external_id = $2 for update`,
      [organizationId, externalId],
    ),
  );
}

/** All recordings of a conversation, in the order in which they came. */
export async function listRecordings(sql: Sql, organizationId: string, meetingId: string): Promise<RecordingRow[]> {
  return sql.query<RecordingRow>(
    `select ${RECORDING} from recordings where organization_id = $1 and meeting_id = $2 order by received_at, external_id`,
    [organizationId, meetingId],
  );
}

export async function saveRecording(sql: Sql, organizationId: string, row: RecordingRow, at: Date): Promise<void> {
  await sql.query(
    `insert into recordings (organization_id, external_id, meeting_id, version, content_hash, body, is_backfill, received_at,
       updated_at, own_meeting_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (organization_id, external_id) do update
     set meeting_id = excluded.meeting_id, version = excluded.version, content_hash = excluded.content_hash,
       body = excluded.body, is_backfill = excluded.is_backfill, updated_at = excluded.updated_at`,
    [
      organizationId,
      row.externalId,
      row.meetingId,
      row.version,
      row.contentHash,
      JSON.stringify(row.body),
      row.isBackfill,
      row.receivedAt,
      at,
      row.ownMeetingId,
    ],
  );
}

export async function deleteRecording(sql: Sql, organizationId: string, externalId: string): Promise<void> {
  await sql.query('delete from recordings where organization_id = $1 and external_id = $2', [
    organizationId,
    externalId,
  ]);
}

/** Gives all recordings of one meeting to another one; `holder` is the recording that the other one was made for. */
export async function moveRecordings(
  sql: Sql,
  organizationId: string,
  move: { from: string; to: string; holder: string | null },
): Promise<void> {
  await sql.query(
    `update recordings set meeting_id = $3, own_meeting_id = case when external_id = $4 then $3 else own_meeting_id end
     where organization_id = $1 and meeting_id = $2`,
    [organizationId, move.from, move.to, move.holder],
  );
  await sql.query('update meetings set merged_into = $3 where organization_id = $1 and merged_into = $2 and id <> $3', [
    organizationId,
    move.from,
    move.to,
  ]);
}

/** Lets deliveries of one conversation follow one another: two recorders may send at the same moment. */
export async function lockConversation(sql: Sql, organizationId: string, keys: readonly string[]): Promise<void> {
  // One statement a key, in one order everywhere, so that two deliveries never wait for each other in a ring.
  for (const key of [...keys].sort()) {
    await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`conversation:${organizationId}:${key}`]);
  }
}

export type NearMeeting = {
  id: string;
  externalId: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  scheduledStart: Date | null;
  calendarUid: string | null;
  conferenceKey: string | null;
  people: string[];
};

/** Meetings that may be the same conversation: by calendar entry, by conference at that time, or by start. Oldest first. */
export async function findNearMeetings(
  sql: Sql,
  organizationId: string,
  input: {
    calendarUid: string | null;
    conferenceKey: string | null;
    startsAt: Date;
    endsAt: Date;
    scheduledStart: Date | null;
  },
): Promise<NearMeeting[]> {
  return sql.query<NearMeeting>(
    `with near as (
       select id from meetings where organization_id = $1 and calendar_uid = $2
       union
       select id from meetings where organization_id = $1 and conference_key = $3 and starts_at < $5
         and starts_at > $4::timestamptz - interval '7 days' and ends_at > $4
       union
       select id from meetings where organization_id = $1
         and starts_at between $4::timestamptz - interval '30 minutes' and $4::timestamptz + interval '30 minutes'
         and abs(extract(epoch from coalesce(scheduled_start, starts_at) - coalesce($6::timestamptz, $4))) <= 120)
     select m.id, m.external_id as "externalId", m.title, m.starts_at as "startsAt", m.ends_at as "endsAt",
       m.scheduled_start as "scheduledStart", m.calendar_uid as "calendarUid", m.conference_key as "conferenceKey",
       (select coalesce(array_agg(p.key), '{}') from participants p
        where p.organization_id = $1 and p.meeting_id = m.id) as people
     from near join meetings m on m.organization_id = $1 and m.id = near.id
     where m.retracted_at is null and m.merged_into is null and m.visibility <> 'private'
     order by m.created_at, m.id limit 20`,
    [organizationId, input.calendarUid, input.conferenceKey, input.startsAt, input.endsAt, input.scheduledStart],
  );
}

/** Did a person say that these recordings are of two conversations? */
export async function areSeparated(
  sql: Sql,
  organizationId: string,
  externalId: string,
  meetingId: string,
): Promise<boolean> {
  const rows = await sql.query(
    `select from separations s
     where s.organization_id = $1 and $2 in (s.one_external_id, s.other_external_id) and (
       exists (select from meetings m where m.organization_id = $1 and m.id = $3
         and m.external_id in (s.one_external_id, s.other_external_id))
       or exists (select from recordings r where r.organization_id = $1 and r.meeting_id = $3
         and r.external_id <> $2 and r.external_id in (s.one_external_id, s.other_external_id)))`,
    [organizationId, externalId, meetingId],
  );
  return rows.length > 0;
}

export async function saveSeparations(
  sql: Sql,
  organizationId: string,
  input: { externalId: string; others: string[]; decidedBy: string; at: Date },
): Promise<void> {
  await sql.query(
    `insert into separations (organization_id, one_external_id, other_external_id, decided_by, decided_at)
     select $1, $2, o, $4, $5 from unnest($3::text[]) o on conflict do nothing`,
    [organizationId, input.externalId, input.others, input.decidedBy, input.at],
  );
}

/** A person joins what was told apart. */
export async function forgetSeparations(
  sql: Sql,
  organizationId: string,
  externalIds: readonly string[],
): Promise<void> {
  await sql.query(
    `delete from separations
     where organization_id = $1 and one_external_id = any($2::text[]) and other_external_id = any($2::text[])`,
    [organizationId, externalIds],
  );
}

/** The row of a meeting with the facts that joining needs. */
export type JoinableMeeting = {
  id: string;
  externalId: string;
  version: number;
  contentHash: string;
  state: string;
  visibility: string;
  isBackfill: boolean;
  isRetracted: boolean;
  createdAt: Date;
  /** 2: its event is the calendar's; 1: it has an event of ours; 0: none. */
  eventRank: number;
};

export async function lockMeetings(
  sql: Sql,
  organizationId: string,
  ids: readonly string[],
): Promise<JoinableMeeting[]> {
  return sql.query<JoinableMeeting>(
    `select id, external_id as "externalId", version, content_hash as "contentHash", state, visibility,
       is_backfill as "isBackfill", retracted_at is not null as "isRetracted", created_at as "createdAt",
       coalesce((select case when p.adopted is null then 1 else 2 end from placements p
         where p.organization_id = $1 and p.meeting_id = meetings.id and p.slot = 'event'), 0) as "eventRank"
     from meetings where organization_id = $1 and id = any($2::uuid[]) order by id for update`,
    [organizationId, ids],
  );
}

/** A meeting becomes a recording of another one; it is owed, so that what is ours of it leaves the CRM in its time. */
export async function markMerged(
  sql: Sql,
  organizationId: string,
  input: { id: string; into: string; at: Date },
): Promise<void> {
  await sql.query(
    `update meetings set merged_into = $3, retracted_at = $4, state = 'retracted', state_cause = 'merged', state_reason = '',
       owed_at = $4, owed_seq = owed_seq + 1, run_at = null, attempts = 0
     where organization_id = $1 and id = $2`,
    [organizationId, input.id, input.into, input.at],
  );
  await sql.query(
    `insert into link_decisions (organization_id, meeting_id, module, record_id, decision, origin, name, decided_by, decided_at)
     select organization_id, $3, module, record_id, decision, origin, name, decided_by, decided_at
     from link_decisions where organization_id = $1 and meeting_id = $2 on conflict do nothing`,
    [organizationId, input.id, input.into],
  );
  await sql.query(
    `insert into person_decisions (organization_id, meeting_id, participant_key, kind, module, record_id, decided_by, decided_at)
     select organization_id, $3, participant_key, kind, module, record_id, decided_by, decided_at
     from person_decisions where organization_id = $1 and meeting_id = $2 on conflict do nothing`,
    [organizationId, input.id, input.into],
  );
}

/** Meetings that were joined to these and still have something in the CRM are owed once these stand there. */
export async function oweMergedInto(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
  at: Date,
): Promise<void> {
  await sql.query(
    `update meetings s set owed_at = $3, owed_seq = s.owed_seq + 1, run_at = null
     from meetings m
     where s.organization_id = $1 and m.organization_id = $1 and m.id = any($2::uuid[]) and s.merged_into = m.id
       and m.owed_at is null and s.owed_at is null
       and exists (select from placements p where p.organization_id = $1 and p.meeting_id = s.id)`,
    [organizationId, meetingIds, at],
  );
}

/** The content of a meeting as it stands in the tables, in the shape in which it came. */
export async function readStoredBody(sql: Sql, organizationId: string, meetingId: string): Promise<unknown> {
  const row = await firstRow(sql.query<{ body: unknown }>(STORED_BODY, [organizationId, meetingId]));
  return row?.body ?? null;
}

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

const STORED_BODY = `
  select json_build_object(
    'title', m.title, 'startsAt', to_char(m.starts_at at time zone 'UTC', ${ISO}),
    'endsAt', to_char(m.ends_at at time zone 'UTC', ${ISO}), 'timeZone', m.time_zone, 'scheduled', m.scheduled, 'kind', m.kind,
    'activityType', m.activity_type, 'language', m.language, 'visibility', m.visibility, 'conferenceUrl', m.conference_url,
    'recordingUrl', m.recording_url, 'summary', m.summary,
    'processed', json_build_object('summaryAt', to_char(m.summary_at at time zone 'UTC', ${ISO}),
      'notesAt', to_char(m.notes_at at time zone 'UTC', ${ISO})),
    'participants', (select coalesce(json_agg(json_build_object('name', p.name, 'email', p.email, 'phone', p.phone,
        'role', p.role, 'attended', p.attended) order by p.position), '[]')
      from participants p where p.organization_id = $1 and p.meeting_id = m.id),
    'notes', (select coalesce(json_agg(json_build_object('id', n.id, 'smartCategory', n.smart_category, 'text', n.text,
        'startSeconds', n.start_seconds, 'endSeconds', n.end_seconds, 'author', n.author) order by n.position), '[]')
      from meeting_notes n where n.organization_id = $1 and n.meeting_id = m.id),
    'clips', (select coalesce(json_agg(json_build_object('id', c.id, 'noteId', c.note_id, 'title', c.title,
        'startSeconds', c.start_seconds, 'endSeconds', c.end_seconds, 'url', c.url) order by c.position), '[]')
      from clips c where c.organization_id = $1 and c.meeting_id = m.id),
    'transcript', coalesce((select t.turns from transcripts t where t.organization_id = $1 and t.meeting_id = m.id), '[]')
  ) as body
  from meetings m where m.organization_id = $1 and m.id = $2`;
