import type { CandidateEvent } from '../../domain/judge-candidates.ts';
import type { EventContent } from '../../domain/sync-plan.ts';
import { firstRow, type Sql } from '../sql.ts';

/** A calendar event as it was read for a meeting; moments are milliseconds. */
export type StoredCandidate = { event: CandidateEvent; content: EventContent; modifiedAt: string | null };

/** What was decided about a meeting's event before it had one. */
export type AdoptionRow = {
  meetingId: string;
  decision: 'create' | 'adopt' | 'ask';
  eventId: string | null;
  candidates: StoredCandidate[];
  startsAt: Date;
  endsAt: Date;
  decidedBy: string | null;
  decidedAt: Date;
  askUntil: Date | null;
  readOnlyBecause: string | null;
};

const ADOPTION = `
  meeting_id as "meetingId", decision, event_id as "eventId", candidates, starts_at as "startsAt", ends_at as "endsAt",
  decided_by as "decidedBy", decided_at as "decidedAt", ask_until as "askUntil", read_only_because as "readOnlyBecause"`;

export async function loadAdoptions(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
): Promise<Map<string, AdoptionRow>> {
  const rows = await sql.query<AdoptionRow>(
    `select ${ADOPTION} from adoptions where organization_id = $1 and meeting_id = any($2::uuid[])`,
    [organizationId, meetingIds],
  );
  return new Map(rows.map((row) => [row.meetingId, row]));
}

/** Saves decisions, each in place of the meeting's earlier one. */
export async function saveAdoptions(sql: Sql, organizationId: string, rows: AdoptionRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `insert into adoptions (organization_id, meeting_id, decision, event_id, candidates, starts_at, ends_at, decided_by,
       decided_at, ask_until, read_only_because)
     select $1, a."meetingId", a.decision, a."eventId", a.candidates, a."startsAt", a."endsAt", a."decidedBy", a."decidedAt",
       a."askUntil", a."readOnlyBecause"
     from jsonb_to_recordset($2) as a("meetingId" uuid, decision text, "eventId" text, candidates jsonb, "startsAt" timestamptz,
       "endsAt" timestamptz, "decidedBy" text, "decidedAt" timestamptz, "askUntil" timestamptz, "readOnlyBecause" text)
     on conflict (organization_id, meeting_id) do update
     set decision = excluded.decision, event_id = excluded.event_id, candidates = excluded.candidates,
       starts_at = excluded.starts_at, ends_at = excluded.ends_at, decided_by = excluded.decided_by,
       decided_at = excluded.decided_at, ask_until = excluded.ask_until, read_only_because = excluded.read_only_because`,
    [organizationId, JSON.stringify(rows)],
  );
}

/** Forgets decisions, so that the next turn looks again. */
export async function forgetAdoptions(sql: Sql, organizationId: string, meetingIds: readonly string[]): Promise<void> {
  await sql.query('delete from adoptions where organization_id = $1 and meeting_id = any($2::uuid[])', [
    organizationId,
    meetingIds,
  ]);
}

/** Lets the next turn look again for meetings that have no event yet; how long a person has been asked is kept. */
export async function staleAdoptions(sql: Sql, organizationId: string, meetingIds: readonly string[]): Promise<void> {
  await sql.query(
    `update adoptions set starts_at = 'epoch', decided_by = null
     where organization_id = $1 and meeting_id = any($2::uuid[]) and decision <> 'adopt'`,
    [organizationId, meetingIds],
  );
}

/** Which of these events belong to a meeting already, and to which: written by us, or taken for it. */
export async function findTakenEvents(
  sql: Sql,
  organizationId: string,
  eventIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql.query<{ eventId: string; meetingId: string }>(
    `select crm_id as "eventId", meeting_id as "meetingId" from placements
     where organization_id = $1 and crm_id = any($2::text[]) and (slot = 'event' or slot like 'left:%')
     union
     select event_id, meeting_id from adoptions
     where organization_id = $1 and event_id = any($2::text[]) and decision = 'adopt'`,
    [organizationId, eventIds],
  );
  return new Map(rows.map(({ eventId, meetingId }) => [eventId, meetingId]));
}

/** Of these meetings, those whose event is somewhere already. */
export async function findPlacedMeetings(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
): Promise<Set<string>> {
  const rows = await sql.query<{ meetingId: string }>(
    `select meeting_id as "meetingId" from placements
     where organization_id = $1 and meeting_id = any($2::uuid[]) and slot = 'event'`,
    [organizationId, meetingIds],
  );
  return new Set(rows.map((row) => row.meetingId));
}

/** When a meeting was to take place, and who called it, as the calendar said; null where it said nothing. */
export type ScheduledRow = { id: string; startsAt: Date | null; endsAt: Date | null; organizerEmail: string | null };

export async function loadScheduled(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
): Promise<Map<string, ScheduledRow>> {
  const rows = await sql.query<ScheduledRow>(
    `select id, (scheduled ->> 'startsAt')::timestamptz as "startsAt", (scheduled ->> 'endsAt')::timestamptz as "endsAt",
       scheduled ->> 'organizerEmail' as "organizerEmail"
     from meetings where organization_id = $1 and id = any($2::uuid[])`,
    [organizationId, meetingIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The record is not to be changed now; nobody knows for how long. Source: Zoho CRM API v8, Update Records, possible errors. */
const LOCKED = ['RECORD_LOCKED', 'RECORD_IN_BLUEPRINT', 'NOT_APPROVED', 'NOT_REVIEWED'];

/** What became of the last write that took a calendar's event, where it was refused. */
export async function findRefusedAdoptions(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
): Promise<{ meetingId: string; code: string; message: string }[]> {
  return sql.query(
    `select "meetingId", code, message from (
       select distinct on (s.meeting_id) s.meeting_id as "meetingId", s.state, coalesce(s.error_code, '') as code,
         coalesce(s.error_message, '') as message
       from sync_operations s
       join adoptions a on a.organization_id = $1 and a.meeting_id = s.meeting_id and a.decision = 'adopt'
       where s.organization_id = $1 and s.meeting_id = any($2::uuid[]) and s.action = 'adopt_event' and s.crm_id = a.event_id
       order by s.meeting_id, s.planned_at desc) last
     where state = 'failed' or (state = 'planned' and code = any($3::text[]))`,
    [organizationId, meetingIds, LOCKED],
  );
}

/** Owes meetings at the end of their time for a person's answer. */
export async function oweUnsure(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
  at: Date,
): Promise<void> {
  await sql.query(
    `update meetings m set owed_at = $3, owed_seq = m.owed_seq + 1, run_at = greatest(a.ask_until, $3)
     from adoptions a
     where m.organization_id = $1 and m.id = any($2::uuid[]) and m.owed_at is null
       and a.organization_id = $1 and a.meeting_id = m.id and a.decision = 'ask' and a.ask_until is not null`,
    [organizationId, meetingIds, at],
  );
}

/** Events that a poll saw, as far as finding their meetings needs it. */
export type EventPlace = { id: string; startsAt: string; ownerId: string };

/** Which meetings may these events be of, by owner and start? `hasEvent`: an event of ours was written for it. */
export async function findMeetingsOfEvents(
  sql: Sql,
  organizationId: string,
  events: EventPlace[],
): Promise<
  { eventId: string; meetingId: string; hasEvent: boolean; timeZone: string; startsAt: Date; endsAt: Date }[]
> {
  if (events.length === 0) return [];
  return sql.query(
    `select e.id as "eventId", m.id as "meetingId", p.crm_id is not null as "hasEvent", m.time_zone as "timeZone",
       coalesce(m.scheduled_start, m.starts_at) as "startsAt",
       coalesce((m.scheduled ->> 'endsAt')::timestamptz, m.ends_at) as "endsAt"
     from jsonb_to_recordset($2) as e(id text, "startsAt" timestamptz, "ownerId" text)
     join meetings m on m.organization_id = $1
       and m.starts_at between e."startsAt" - interval '1 day' and e."startsAt" + interval '1 day'
       and abs(extract(epoch from coalesce(m.scheduled_start, m.starts_at) - e."startsAt")) <= 15 * 60
     left join placements p on p.organization_id = $1 and p.meeting_id = m.id and p.slot = 'event'
     left join adoptions a on a.organization_id = $1 and a.meeting_id = m.id
     where exists (select from participants x where x.organization_id = $1 and x.meeting_id = m.id
         and x.match_module = 'users' and x.match_record_id = e."ownerId")
       and not exists (select from placements o where o.organization_id = $1 and o.crm_id = e.id)
       and (case when p.crm_id is null then a.decision in ('ask', 'create') and a.decided_by is null
         else p.adopted is null and p.gone_at is null end)`,
    [organizationId, JSON.stringify(events)],
  );
}

export type TwinState = 'open' | 'taken' | 'dismissed' | 'gone';

export type TwinRow = {
  meetingId: string;
  eventId: string;
  seen: StoredCandidate;
  isCopy: boolean;
  state: TwinState;
  foundAt: Date;
};

const TWIN = `meeting_id as "meetingId", event_id as "eventId", seen, is_copy as "isCopy", state, found_at as "foundAt"`;

/** Remembers calendar events that stand beside ours; what a person decided about one stays decided. */
export async function saveTwins(
  sql: Sql,
  organizationId: string,
  rows: Pick<TwinRow, 'meetingId' | 'eventId' | 'seen' | 'isCopy'>[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `insert into twins (organization_id, meeting_id, event_id, seen, is_copy, state, found_at)
     select $1, t."meetingId", t."eventId", t.seen, t."isCopy", 'open', $3
     from jsonb_to_recordset($2) as t("meetingId" uuid, "eventId" text, seen jsonb, "isCopy" boolean)
     on conflict (organization_id, meeting_id, event_id) do update
     set seen = excluded.seen, is_copy = excluded.is_copy,
       state = case when twins.state = 'gone' then 'open' else twins.state end`,
    [organizationId, JSON.stringify(rows), at],
  );
}

export async function listTwins(sql: Sql, organizationId: string, meetingIds: readonly string[]): Promise<TwinRow[]> {
  return sql.query<TwinRow>(
    `select ${TWIN} from twins where organization_id = $1 and meeting_id = any($2::uuid[]) and state = 'open'
     order by meeting_id, is_copy, event_id`,
    [organizationId, meetingIds],
  );
}

/** Open questions about these events, and meetings that wait for an answer about them. */
export async function findQuestionsAbout(
  sql: Sql,
  organizationId: string,
  eventIds: readonly string[],
): Promise<{ eventId: string; meetingId: string; about: 'twin' | 'ask' }[]> {
  return sql.query(
    `select event_id as "eventId", meeting_id as "meetingId", 'twin' as about from twins
     where organization_id = $1 and event_id = any($2::text[]) and state = 'open'
     union all
     select c -> 'event' ->> 'id', a.meeting_id, 'ask' from adoptions a, jsonb_array_elements(a.candidates) c
     where a.organization_id = $1 and a.decision = 'ask' and c -> 'event' ->> 'id' = any($2::text[])`,
    [organizationId, eventIds],
  );
}

/** Ends questions about twins; `eventIds` null: all open ones of the meeting. */
export async function closeTwins(
  sql: Sql,
  organizationId: string,
  input: { meetingId: string; eventIds: string[] | null; state: TwinState; decidedBy: string | null; at: Date },
): Promise<number> {
  const rows = await sql.query(
    `update twins set state = $4, decided_by = $5, decided_at = $6
     where organization_id = $1 and meeting_id = $2 and ($3::text[] is null or event_id = any($3)) and state = 'open'
     returning event_id`,
    [organizationId, input.meetingId, input.eventIds, input.state, input.decidedBy, input.at],
  );
  return rows.length;
}

/**
 * Puts a meeting's own event and its consolidated note aside for another event: they keep standing in Zoho until the next plan
 * has written what takes their place. Returns the id of the event, null when there is none of ours.
 */
export async function setEventAside(sql: Sql, organizationId: string, meetingId: string): Promise<string | null> {
  const event = await firstRow(
    sql.query<{ crmId: string }>(
      `update placements set slot = 'left:' || crm_id
       where organization_id = $1 and meeting_id = $2 and slot = 'event' and adopted is null returning crm_id as "crmId"`,
      [organizationId, meetingId],
    ),
  );
  if (event === null) return null;
  await sql.query(
    `update placements set slot = 'copy:' || crm_id
     where organization_id = $1 and meeting_id = $2 and slot = 'consolidated'`,
    [organizationId, meetingId],
  );
  return event.crmId;
}

/** Remembers an event that Zoho does not let us write as the meeting's: nothing of ours is on it. */
export async function placeReadOnly(
  sql: Sql,
  organizationId: string,
  row: { meetingId: string; crmId: string; content: EventContent; at: Date },
): Promise<void> {
  await sql.query(
    `insert into placements (organization_id, meeting_id, slot, crm_id, content, adopted, written_at)
     values ($1, $2, 'event', $3, $4, '{"primary": null, "contactId": null, "isReadOnly": true}', $5)
     on conflict (organization_id, meeting_id, slot) do nothing`,
    [organizationId, row.meetingId, row.crmId, JSON.stringify(row.content), row.at],
  );
}

/** Zoho users by canonical address. */
export async function findUsersByEmail(
  sql: Sql,
  organizationId: string,
  emails: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql.query<{ email: string; id: string }>(
    `select key as email, record_id as id from crm_keys
     where organization_id = $1 and module = 'users' and kind = 'email' and key = any($2::text[])`,
    [organizationId, emails],
  );
  return new Map(rows.map(({ email, id }) => [email, id]));
}

/** Names of Zoho users by id. */
export async function nameUsers(
  sql: Sql,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; name: string }>(
    'select id, name from crm_users where organization_id = $1 and id = any($2::text[])',
    [organizationId, ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
