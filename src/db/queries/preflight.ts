import type { Candidate } from '../../domain/crm-picture.ts';
import type { ObstacleKind } from '../../domain/obstacle.ts';
import { firstRow, type Sql } from '../sql.ts';

/** What is known of an org's layouts and sharing. `found` is null before they were read. */
export type PreflightRow<Found> = {
  found: Found | null;
  readAt: Date | null;
  nextReadAt: Date | null;
  /** Modules whose addresses vanished at once, without Zoho saying so. */
  vanished: ('contacts' | 'leads')[];
  statedSharing: 'public' | 'private' | null;
  statedBy: string | null;
};

export async function findPreflight<Found>(sql: Sql, organizationId: string): Promise<PreflightRow<Found> | null> {
  return firstRow(
    sql.query<PreflightRow<Found>>(
      `select found, read_at as "readAt", next_read_at as "nextReadAt", vanished, stated_sharing as "statedSharing",
         stated_by as "statedBy" from preflights where organization_id = $1`,
      [organizationId],
    ),
  );
}

/** Keeps what was read. What had vanished without a word is judged anew from here on. */
export async function savePreflight(
  sql: Sql,
  organizationId: string,
  input: { found: unknown; at: Date; nextReadAt: Date | null },
): Promise<void> {
  await sql.query(
    `insert into preflights (organization_id, found, read_at, next_read_at) values ($1, $2, $3, $4)
     on conflict (organization_id) do update
     set found = excluded.found, read_at = excluded.read_at, next_read_at = excluded.next_read_at, vanished = '{}'`,
    [organizationId, JSON.stringify(input.found), input.at, input.nextReadAt],
  );
}

/** Asks for the layouts to be read again, unless that was done since a time. */
export async function requestPreflight(
  sql: Sql,
  organizationId: string,
  input: { at: Date; unlessReadSince: Date },
): Promise<void> {
  await sql.query(
    `update preflights set next_read_at = least(coalesce(next_read_at, $2), $2)
     where organization_id = $1 and (read_at is null or read_at < $3)`,
    [organizationId, input.at, input.unlessReadSince],
  );
}

/** Somebody connected: whoever it is may see other fields. */
export async function renewPreflight(sql: Sql, organizationId: string, at: Date): Promise<void> {
  await sql.query('update preflights set next_read_at = $2 where organization_id = $1', [organizationId, at]);
}

export async function markVanished(sql: Sql, organizationId: string, module: 'contacts' | 'leads'): Promise<void> {
  await sql.query(
    `update preflights set vanished = array(select distinct unnest(vanished || $2::text)) where organization_id = $1`,
    [organizationId, module],
  );
}

export async function stateSharing(
  sql: Sql,
  organizationId: string,
  input: { sharing: 'public' | 'private' | null; by: string },
): Promise<void> {
  await sql.query(
    `insert into preflights (organization_id, stated_sharing, stated_by) values ($1, $2, $3)
     on conflict (organization_id) do update set stated_sharing = excluded.stated_sharing, stated_by = excluded.stated_by`,
    [organizationId, input.sharing, input.by],
  );
}

export type ConstantValue = string | number | boolean | string[];
/** A value for a field of events; an empty activity type: for all others. */
export type ConstantRow = { field: string; activityType: string; value: ConstantValue; decidedBy: string };

export async function listConstants(sql: Sql, organizationId: string): Promise<ConstantRow[]> {
  return sql.query<ConstantRow>(
    `select field, activity_type as "activityType", value, decided_by as "decidedBy" from field_constants
     where organization_id = $1 order by field, activity_type`,
    [organizationId],
  );
}

/** Replaces the constants of one field. */
export async function replaceConstants(
  sql: Sql,
  organizationId: string,
  input: { field: string; constants: { activityType: string; value: ConstantValue }[]; by: string; at: Date },
): Promise<void> {
  const { field, constants, by, at } = input;
  await sql.query('delete from field_constants where organization_id = $1 and field = $2', [organizationId, field]);
  await sql.query(
    `insert into field_constants (organization_id, field, activity_type, value, decided_by, decided_at)
     select $1, $2, c."activityType", c.value, $4, $5 from jsonb_to_recordset($3) as c("activityType" text, value jsonb)`,
    [organizationId, field, JSON.stringify(constants), by, at],
  );
}

/** Activity types that meetings came with, the most frequent first, at most 100. */
export async function listActivityTypes(sql: Sql, organizationId: string): Promise<string[]> {
  const rows = await sql.query<{ type: string }>(
    `select activity_type as type from meetings where organization_id = $1 and activity_type is not null
     group by activity_type order by count(*) desc, activity_type limit 100`,
    [organizationId],
  );
  return rows.map(({ type }) => type);
}

/**
 * Who participants were known as when their meetings were evaluated last: what stands for addresses that Zoho withholds now.
 */
export async function listFormerMatches(
  sql: Sql,
  organizationId: string,
  input: { meetingIds: readonly string[]; modules: readonly string[] },
): Promise<Candidate[]> {
  return sql.query<Candidate>(
    `select distinct key as "participantKey", match ->> 'by' as by, match_module as module, match_record_id as "recordId"
     from participants
     where organization_id = $1 and meeting_id = any($2::uuid[]) and match_kind = 'matched' and match_module = any($3::text[])
       and match ->> 'by' in ('email', 'plus-tag', 'phone')`,
    [organizationId, input.meetingIds, input.modules],
  );
}

/** Of these records, which have an e-mail address in the mirror? */
export async function findReachable(
  sql: Sql,
  organizationId: string,
  input: { module: string; ids: readonly string[] },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select distinct record_id as id from crm_keys
     where organization_id = $1 and module = $2 and kind = 'email' and record_id = any($3::text[])`,
    [organizationId, input.module, input.ids],
  );
  return rows.map(({ id }) => id);
}

/** Modules whose every record has to be read again: their addresses are shown again. */
export async function reloadModules(sql: Sql, organizationId: string, modules: readonly string[]): Promise<void> {
  await sql.query(
    `update connections set first_load = first_load || jsonb_build_object('state', 'running', 'finishedAt', null, 'steps', (
       select jsonb_agg(case when step ->> 'module' = any($2::text[])
         then step || '{"isDone": false, "afterId": null, "loaded": 0, "total": null, "problem": null}'::jsonb else step end)
       from jsonb_array_elements(first_load -> 'steps') as step))
     where organization_id = $1 and first_load ->> 'state' = 'done'`,
    [organizationId, modules],
  );
}

/** Why one write of a meeting is refused. `slot` is `event`, a note's slot, or `record:…` for a record that is not shown to us. */
export type ObstacleRow = {
  meetingId: string;
  slot: string;
  kind: ObstacleKind;
  subject: string;
  detail: string;
  retryAt: Date | null;
};

export async function listObstacles(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
): Promise<ObstacleRow[]> {
  return sql.query<ObstacleRow>(
    `select meeting_id as "meetingId", slot, kind, subject, detail, retry_at as "retryAt" from obstacles
     where organization_id = $1 and meeting_id = any($2::uuid[]) order by found_at, slot`,
    [organizationId, meetingIds],
  );
}

/**
 * Keeps what stands in the way of these meetings now: new ones, those that were met again (tried again twice as late, at most a day
 * apart, from one hour on), and those that were not tried. Everything else of them is overcome.
 */
export async function saveObstacles(
  sql: Sql,
  organizationId: string,
  input: {
    meetingIds: readonly string[];
    found: { meetingId: string; slot: string; kind: ObstacleKind; subject: string; detail: string; canPass: boolean }[];
    untried: { meetingId: string; slot: string }[];
    at: Date;
  },
): Promise<void> {
  const { meetingIds, found, untried, at } = input;
  await sql.query(
    `delete from obstacles o where o.organization_id = $1 and o.meeting_id = any($2::uuid[]) and not exists (
       select from jsonb_to_recordset($3) as k("meetingId" uuid, slot text)
       where k."meetingId" = o.meeting_id and k.slot = o.slot)`,
    [organizationId, meetingIds, JSON.stringify([...found, ...untried])],
  );
  if (found.length === 0) return;
  await sql.query(
    `insert into obstacles as o (organization_id, meeting_id, slot, kind, subject, detail, retry_at, found_at)
     select $1, f."meetingId", f.slot, f.kind, f.subject, f.detail,
       case when f."canPass" then $3::timestamptz + interval '1 hour' end, $3
     from jsonb_to_recordset($2) as f("meetingId" uuid, slot text, kind text, subject text, detail text, "canPass" boolean)
     on conflict (organization_id, meeting_id, slot) do update
     set kind = excluded.kind, subject = excluded.subject, detail = excluded.detail, tries = o.tries + 1,
       retry_at = case when excluded.retry_at is not null
         then $3 + least(interval '24 hours', interval '1 hour' * (1 << least(o.tries, 5))) end`,
    [organizationId, JSON.stringify(found), at],
  );
}

/** Adds obstacles to those that a meeting has. */
export async function addObstacles(
  sql: Sql,
  organizationId: string,
  rows: { meetingId: string; slot: string; kind: ObstacleKind; subject: string; detail: string }[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `insert into obstacles as o (organization_id, meeting_id, slot, kind, subject, detail, retry_at, found_at)
     select $1, f."meetingId", f.slot, f.kind, f.subject, f.detail, $3::timestamptz + interval '1 hour', $3
     from jsonb_to_recordset($2) as f("meetingId" uuid, slot text, kind text, subject text, detail text)
     on conflict (organization_id, meeting_id, slot) do update
     set tries = o.tries + 1, retry_at = $3 + least(interval '24 hours', interval '1 hour' * (1 << least(o.tries, 5)))`,
    [organizationId, JSON.stringify(rows), at],
  );
}

/** Lets these meetings be tried as if nothing had stood in their way. */
export async function forgetObstacles(sql: Sql, organizationId: string, meetingIds: readonly string[]): Promise<void> {
  await sql.query('delete from obstacles where organization_id = $1 and meeting_id = any($2::uuid[])', [
    organizationId,
    meetingIds,
  ]);
}

/** What is to be tried again by now; from here on it counts as being tried. Returns the meetings. */
export async function takeDueObstacles(sql: Sql, organizationId: string, at: Date): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update obstacles set retry_at = null where organization_id = $1 and retry_at <= $2 returning meeting_id as id`,
    [organizationId, at],
  );
  return [...new Set(rows.map(({ id }) => id))];
}

/** The same for everything of one cause, due or not. */
export async function takeObstaclesOf(
  sql: Sql,
  organizationId: string,
  cause: { kind: ObstacleKind; subject: string },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update obstacles set retry_at = null where organization_id = $1 and kind = $2 and subject = $3
     returning meeting_id as id`,
    [organizationId, cause.kind, cause.subject],
  );
  return [...new Set(rows.map(({ id }) => id))];
}

/** Meetings that wait for a value of a field that is demanded no longer. */
export async function listFreed(sql: Sql, organizationId: string, required: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select distinct meeting_id as id from obstacles
     where organization_id = $1 and kind = 'mandatory_field' and subject <> all($2::text[])`,
    [organizationId, required],
  );
  return rows.map(({ id }) => id);
}

export type CauseRow = { kind: ObstacleKind; subject: string; meetings: number; detail: string; retryAt: Date | null };

/** How many meetings does each cause hold up, and when is it tried again? */
export async function listCauses(sql: Sql, organizationId: string): Promise<CauseRow[]> {
  return sql.query<CauseRow>(
    `select kind, subject, count(distinct meeting_id)::int as meetings, max(detail) as detail, min(retry_at) as "retryAt"
     from obstacles where organization_id = $1 group by kind, subject order by kind, subject limit 1000`,
    [organizationId],
  );
}

/** Names of records that are in the way, by `module:id`. */
export async function nameRecords(
  sql: Sql,
  organizationId: string,
  keys: readonly string[],
): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await sql.query<{ key: string; name: string }>(
    `select 'contacts:' || id as key, name from crm_contacts where organization_id = $1 and id = any($2::text[])
     union all select 'leads:' || id, name from crm_leads where organization_id = $1 and id = any($2::text[])
     union all select 'accounts:' || id, name from crm_accounts where organization_id = $1 and id = any($2::text[])
     union all select 'deals:' || id, name from crm_deals where organization_id = $1 and id = any($2::text[])`,
    [organizationId, keys.map((key) => key.slice(key.indexOf(':') + 1))],
  );
  return new Map(rows.map(({ key, name }) => [key, name]));
}
