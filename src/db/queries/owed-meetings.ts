import type { Sql } from '../sql.ts';
import { WAITS_FOR_LEAVING } from './leaving.ts';

/** An owed meeting as it was when it was picked. */
export type PickedMeeting = { id: string; owedSeq: number; version: number; attempts: number; isBackfill: boolean };

/**
 * Which meetings are owed to the CRM and may run now, live ones or history, the longest owed first, without those that are under way?
 * One organization has one sender at a time, so no row is locked.
 */
export async function pickOwedMeetings(
  sql: Sql,
  organizationId: string,
  input: { at: Date; limit: number; isBackfill: boolean; except: readonly string[] },
): Promise<PickedMeeting[]> {
  const rows = await sql.query<PickedMeeting & { owedSeq: string | number }>(
    `select id, owed_seq as "owedSeq", version, attempts, is_backfill as "isBackfill" from meetings
     where organization_id = $1 and owed_at is not null and (run_at is null or run_at <= $2) and is_backfill = $4
       and not (id = any($5::uuid[])) and not ${WAITS_FOR_LEAVING}
     order by owed_at, id limit $3`,
    [organizationId, input.at, input.limit, input.isBackfill, input.except],
  );
  return rows.map((row) => ({ ...row, owedSeq: Number(row.owedSeq) }));
}

/** When may the next owed meeting run, history not before `historyFrom`? Null: nothing is owed. */
export async function nextOwedRun(sql: Sql, organizationId: string, historyFrom: Date | null): Promise<Date | null> {
  const rows = await sql.query<{ runAt: Date | null }>(
    `select min(case when is_backfill then greatest(coalesce(run_at, owed_at), $2::timestamptz) else coalesce(run_at, owed_at) end) as "runAt"
     from meetings where organization_id = $1 and owed_at is not null and not ${WAITS_FOR_LEAVING}`,
    [organizationId, historyFrom],
  );
  return rows[0]?.runAt ?? null;
}

export async function countOwed(sql: Sql, organizationId: string): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    'select count(*)::int as count from meetings where organization_id = $1 and owed_at is not null',
    [organizationId],
  );
  return rows[0]?.count ?? 0;
}

/** Which of these meetings must not be in the CRM, whatever else is decided about them? */
export async function findWithdrawnMeetings(
  sql: Sql,
  organizationId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    `select id from meetings where organization_id = $1 and id = any($2::uuid[])
       and (retracted_at is not null or undone_at is not null or visibility = 'private')`,
    [organizationId, ids],
  );
  return new Set(rows.map((row) => row.id));
}

/** Marks meetings as owed again, at once. Returns how many of them exist. */
export async function oweMeetings(sql: Sql, organizationId: string, ids: readonly string[], at: Date): Promise<number> {
  const rows = await sql.query(
    `update meetings set owed_at = $3, owed_seq = owed_seq + 1, run_at = null, attempts = 0
     where organization_id = $1 and id = any($2::uuid[]) returning id`,
    [organizationId, ids, at],
  );
  return rows.length;
}

/** Which meetings have a participant who is one of these contacts? They are owed an evaluation when the contacts' deals change. */
export async function oweMeetingsOfContacts(
  sql: Sql,
  organizationId: string,
  contactIds: readonly string[],
  at: Date,
): Promise<number> {
  const rows = await sql.query(
    `update meetings m set owed_at = $3, owed_seq = m.owed_seq + 1, run_at = null
     where m.organization_id = $1 and m.retracted_at is null and exists (
       select from direct_links d
       where d.organization_id = $1 and d.meeting_id = m.id and d.module = 'contacts' and d.record_id = any($2::text[]))
     returning m.id`,
    [organizationId, contactIds, at],
  );
  return rows.length;
}

/** Which meetings wait for roles of deals that are loaded now? */
export async function oweMeetingsWithUnknownRoles(sql: Sql, organizationId: string, at: Date): Promise<number> {
  const rows = await sql.query(
    `update meetings set owed_at = $2, owed_seq = owed_seq + 1, run_at = null
     where organization_id = $1 and roles_unknown > 0 and owed_at is null and retracted_at is null returning id`,
    [organizationId, at],
  );
  return rows.length;
}

/**
 * Everything of an organization is looked at again: its policy or its connection changed. A retracted meeting only while something
 * of it is left in the CRM.
 */
export async function oweAllMeetings(sql: Sql, organizationId: string, at: Date): Promise<number> {
  const rows = await sql.query(
    `update meetings m set owed_at = $2, owed_seq = m.owed_seq + 1, run_at = null
     where m.organization_id = $1 and (m.retracted_at is null or exists (
       select from placements p where p.organization_id = $1 and p.meeting_id = m.id))
     returning m.id`,
    [organizationId, at],
  );
  return rows.length;
}

/**
 * Which meetings are not in the CRM as they should be because a write was not allowed: they wait, something was left out (which another
 * obstacle may hide), Zoho refused it for good, or something is left of one that should be gone? They are owed again: it may be
 * allowed by now.
 */
export async function oweHeldBack(sql: Sql, organizationId: string, at: Date): Promise<number> {
  const rows = await sql.query(
    `update meetings m set owed_at = $2, owed_seq = m.owed_seq + 1, run_at = null
     where m.organization_id = $1 and (m.state_cause in ('no_permission', 'left_out', 'obstacle', 'NO_PERMISSION', 'AUTHORIZATION_FAILED')
       or m.state in ('held', 'not_published', 'retracted') and exists (
         select from placements p where p.organization_id = $1 and p.meeting_id = m.id))
     returning m.id`,
    [organizationId, at],
  );
  return rows.length;
}

export type SettledMeeting = {
  id: string;
  /** What was owed when the work began: a newer reason keeps the meeting owed. */
  owedSeq: number;
  /** Which content the state is about: newer content has none yet. */
  version: number;
  state: 'waiting' | 'published' | 'held' | 'not_published' | 'failed' | 'retracted';
  cause: string | null;
  reason: string;
  isVerified: boolean;
  /** Verified just now, not some time ago. */
  isFresh: boolean;
  differences: string[];
};

/** Ends the work on meetings: their state, and nothing owed any more unless something new came meanwhile. */
export async function settleMeetings(
  sql: Sql,
  organizationId: string,
  rows: SettledMeeting[],
  at: Date,
): Promise<void> {
  await sql.query(
    `update meetings m set attempts = 0, run_at = null,
       state = case when m.version = s.version then s.state else m.state end,
       state_cause = case when m.version = s.version then s.cause else m.state_cause end,
       state_reason = case when m.version = s.version then s.reason else m.state_reason end,
       verified_at = case when s."isFresh" and s."isVerified" then $3::timestamptz when s."isVerified" then m.verified_at end, differences = s.differences,
       owed_at = case when m.owed_seq = s."owedSeq" then null else m.owed_at end,
       settled_reasons = case when m.owed_seq = s."owedSeq" then m.owed_seq - coalesce(m.mirror_owes, 0) else m.settled_reasons end
     from jsonb_to_recordset($2) as s(id uuid, "owedSeq" bigint, version int, state text, cause text, reason text, "isVerified" boolean, "isFresh" boolean,
       differences text[])
     where m.organization_id = $1 and m.id = s.id`,
    [organizationId, JSON.stringify(rows), at],
  );
}

/** Leaves meetings owed and says when to try again and why. */
export async function postponeMeetings(
  sql: Sql,
  organizationId: string,
  rows: { id: string; runAt: Date; reason: string; countsAsAttempt: boolean; cause?: string }[],
): Promise<void> {
  await sql.query(
    `update meetings m set run_at = p."runAt", state_reason = p.reason, state_cause = coalesce(p.cause, m.state_cause),
       attempts = m.attempts + case when p."countsAsAttempt" then 1 else 0 end
     from jsonb_to_recordset($2) as p(id uuid, "runAt" timestamptz, reason text, "countsAsAttempt" boolean, cause text)
     where m.organization_id = $1 and m.id = p.id`,
    [organizationId, JSON.stringify(rows)],
  );
}
