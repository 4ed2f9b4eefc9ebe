import type { KeptEvent, KeptNote } from '../../domain/kept.ts';
import type { EventContent, NoteContent } from '../../domain/sync-plan.ts';
import { firstRow, type Sql } from '../sql.ts';

export type DriftKind = 'edited' | 'missing' | 'extra';

/** A comparison of the ledger with Zoho. `counts` are meetings. */
export type DriftCheck = {
  id: string;
  state: 'running' | 'done' | 'stopped';
  askedBy: string;
  startedAt: Date;
  finishedAt: Date | null;
  afterMeetingId: string | null;
  meetingsTotal: number;
  meetingsChecked: number;
  counts: Partial<Record<'true' | DriftKind, number>>;
  problem: string | null;
};

const COLUMNS = `
  id, state, asked_by as "askedBy", started_at as "startedAt", finished_at as "finishedAt", after_meeting_id as "afterMeetingId",
  meetings_total as "meetingsTotal", meetings_checked as "meetingsChecked", counts, problem`;

/** The newest check, running or done. */
export async function findNewestCheck(sql: Sql, organizationId: string): Promise<DriftCheck | null> {
  return firstRow(
    sql.query<DriftCheck>(
      `select ${COLUMNS} from drift_checks where organization_id = $1 order by started_at desc, id desc limit 1`,
      [organizationId],
    ),
  );
}

/** Begins a check; the findings of earlier ones go. */
export async function insertCheck(
  sql: Sql,
  organizationId: string,
  row: { id: string; askedBy: string; at: Date },
): Promise<void> {
  await sql.query('delete from drift_findings where organization_id = $1', [organizationId]);
  await sql.query(
    `insert into drift_checks (organization_id, id, state, asked_by, started_at, meetings_total)
     select $1, $2, 'running', $3, $4, count(distinct meeting_id)::int from placements where organization_id = $1`,
    [organizationId, row.id, row.askedBy, row.at],
  );
}

/** Sets when the next check is due, or the next part of a running one. */
export async function scheduleDrift(sql: Sql, organizationId: string, at: Date): Promise<void> {
  await sql.query('update connections set next_drift_at = $2 where organization_id = $1', [organizationId, at]);
}

export type DriftSize = { meetings: number; events: number; notes: number; parents: number };

/** How much there is to compare. */
export async function readDriftSize(sql: Sql, organizationId: string): Promise<DriftSize> {
  const row = await firstRow(
    sql.query<DriftSize>(
      `select count(distinct meeting_id)::int as meetings, count(*) filter (where slot = 'event')::int as events,
         count(*) filter (where slot <> 'event')::int as notes,
         count(distinct (parent_module, parent_record_id)) filter (where slot <> 'event')::int as parents
       from placements where organization_id = $1`,
      [organizationId],
    ),
  );
  return row ?? { meetings: 0, events: 0, notes: 0, parents: 0 };
}

/** The next meetings with something in Zoho, in the order of their ids. */
export async function listMeetingsToCompare(
  sql: Sql,
  organizationId: string,
  input: { afterId: string | null; limit: number },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select distinct meeting_id as id from placements
     where organization_id = $1 and ($2::uuid is null or meeting_id > $2) order by meeting_id limit $3`,
    [organizationId, input.afterId, input.limit],
  );
  return rows.map((row) => row.id);
}

export type ComparedRecord = {
  meetingId: string;
  slot: string;
  crmId: string;
  content: EventContent | NoteContent;
  kept: KeptEvent | KeptNote | null;
  editedBy: string | null;
  goneAt: Date | null;
  goneBy: string | null;
};

/** What is in Zoho of these meetings, and what happened to it there. */
export async function listCompared(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
): Promise<ComparedRecord[]> {
  return sql.query<ComparedRecord>(
    `select meeting_id as "meetingId", slot, crm_id as "crmId", content, kept, edited_by as "editedBy", gone_at as "goneAt",
       gone_by as "goneBy"
     from placements where organization_id = $1 and meeting_id = any($2::uuid[])
       and slot not like 'left:%' and slot not like 'extra:%' order by meeting_id, slot`,
    [organizationId, meetingIds],
  );
}

export type NewFinding = { meetingId: string; slot: string; crmId: string | null; kind: DriftKind; detail: string };

export async function insertFindings(
  sql: Sql,
  organizationId: string,
  checkId: string,
  findings: NewFinding[],
): Promise<void> {
  if (findings.length === 0) return;
  await sql.query(
    `insert into drift_findings (organization_id, check_id, meeting_id, slot, crm_id, kind, detail)
     select $1, $2, f."meetingId", f.slot, f."crmId", f.kind, f.detail
     from jsonb_to_recordset($3) as f("meetingId" uuid, slot text, "crmId" text, kind text, detail text)
     on conflict (organization_id, check_id, meeting_id, slot, kind) do update set detail = excluded.detail, crm_id = excluded.crm_id`,
    [organizationId, checkId, JSON.stringify(findings)],
  );
}

/**
 * Notes down how far a check has come, and counts its meetings anew: each under its gravest finding, missing before extra before edited.
 */
export async function saveProgress(
  sql: Sql,
  organizationId: string,
  row: { id: string; checked: number; afterMeetingId: string | null; finishedAt: Date | null },
): Promise<void> {
  await sql.query(
    `with graver as (
       select meeting_id, min(case kind when 'missing' then 1 when 'extra' then 2 else 3 end) as grade
       from drift_findings where organization_id = $1 and check_id = $2 group by meeting_id),
     tally as (
       select count(*) filter (where grade = 1)::int as missing, count(*) filter (where grade = 2)::int as extra,
         count(*) filter (where grade = 3)::int as edited from graver)
     update drift_checks c set meetings_checked = c.meetings_checked + $3,
       after_meeting_id = coalesce($4::uuid, c.after_meeting_id), finished_at = $5::timestamptz,
       state = case when $5::timestamptz is null then c.state else 'done' end,
       meetings_total = greatest(c.meetings_total, c.meetings_checked + $3),
       counts = jsonb_build_object('missing', t.missing, 'extra', t.extra, 'edited', t.edited,
         'true', greatest(0, c.meetings_checked + $3 - t.missing - t.extra - t.edited))
     from tally t where c.organization_id = $1 and c.id = $2`,
    [organizationId, row.id, row.checked, row.afterMeetingId, row.finishedAt],
  );
}

export type Finding = NewFinding & { externalId: string; title: string; startsAt: Date; repairedAt: Date | null };

/** Findings of a check in the order of their meetings' ids. */
export async function listFindings(
  sql: Sql,
  organizationId: string,
  input: {
    checkId: string;
    kind: DriftKind | null;
    after: { meetingId: string; slot: string; kind: string } | null;
    limit: number;
  },
): Promise<Finding[]> {
  const { checkId, kind, after, limit } = input;
  return sql.query<Finding>(
    `select f.meeting_id as "meetingId", f.slot, f.crm_id as "crmId", f.kind, f.detail, m.external_id as "externalId", m.title,
       m.starts_at as "startsAt", f.repaired_at as "repairedAt"
     from drift_findings f join meetings m on m.organization_id = $1 and m.id = f.meeting_id
     where f.organization_id = $1 and f.check_id = $2 and ($3::text is null or f.kind = $3)
       and ($4::uuid is null or (f.meeting_id, f.slot, f.kind) > ($4::uuid, $5::text, $6::text))
     order by f.meeting_id, f.slot, f.kind limit $7`,
    [organizationId, checkId, kind, after?.meetingId ?? null, after?.slot ?? null, after?.kind ?? null, limit],
  );
}

export async function markRepaired(
  sql: Sql,
  organizationId: string,
  input: { checkId: string; findings: Pick<NewFinding, 'meetingId' | 'slot' | 'kind'>[]; at: Date },
): Promise<void> {
  await sql.query(
    `update drift_findings f set repaired_at = $4
     from jsonb_to_recordset($3) as r("meetingId" uuid, slot text, kind text)
     where f.organization_id = $1 and f.check_id = $2 and f.meeting_id = r."meetingId" and f.slot = r.slot and f.kind = r.kind`,
    [organizationId, input.checkId, JSON.stringify(input.findings), input.at],
  );
}

/** Which of these records of Zoho does the ledger know, as an event or a note of ours? */
export async function findKnownCrmIds(
  sql: Sql,
  organizationId: string,
  crmIds: readonly string[],
): Promise<Set<string>> {
  const rows = await sql.query<{ crmId: string }>(
    'select crm_id as "crmId" from placements where organization_id = $1 and crm_id = any($2::text[])',
    [organizationId, crmIds],
  );
  return new Set(rows.map((row) => row.crmId));
}

/** Which of these texts are ids of meetings of the organization? */
export async function findMeetingIds(sql: Sql, organizationId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    'select id::text as id from meetings where organization_id = $1 and id::text = any($2::text[])',
    [organizationId, ids],
  );
  return new Set(rows.map((row) => row.id));
}

/** What a person has seen here and wants to stand is no finding any more; a torn or changed block of ours is theirs then. */
export async function acceptEdits(
  sql: Sql,
  organizationId: string,
  records: { meetingId: string; slot: string }[],
): Promise<void> {
  await sql.query(
    `update placements p set kept = p.kept || '{"isAccepted": true}' ||
       case when p.kept ->> 'description' = 'block' then '{"description": "theirs", "block": null}'::jsonb else '{}'::jsonb end
     from jsonb_to_recordset($2) as r("meetingId" uuid, slot text)
     where p.organization_id = $1 and p.meeting_id = r."meetingId" and p.slot = r.slot and p.kept is not null`,
    [organizationId, JSON.stringify(records)],
  );
}

type Place = { meetingId: string; slot: string };

/**
 * Forgets records that are gone, and what hung on an event that is: the next plan writes them anew. An event that is not shown to us
 * counts as gone here, because a person has said so.
 */
export async function forgetGoneRecords(sql: Sql, organizationId: string, records: Place[]): Promise<void> {
  await sql.query(
    `delete from placements p using jsonb_to_recordset($2) as r("meetingId" uuid, slot text)
     where p.organization_id = $1 and p.meeting_id = r."meetingId"
       and ((p.slot = r.slot and (p.gone_at is not null or p.slot = 'event')) or (r.slot = 'event' and p.parent_module = 'events'))`,
    [organizationId, JSON.stringify(records)],
  );
}

/** What people set in these records is ours to write again, with the links that their edits of an event decided. */
export async function forgetKeptRecords(sql: Sql, organizationId: string, records: Place[]): Promise<void> {
  const values = [organizationId, JSON.stringify(records)];
  await sql.query(
    `update placements p set kept = null, edited_by = null, edited_at = null
     from jsonb_to_recordset($2) as r("meetingId" uuid, slot text)
     where p.organization_id = $1 and p.meeting_id = r."meetingId" and p.slot = r.slot`,
    values,
  );
  await sql.query(
    `delete from link_decisions d using jsonb_to_recordset($2) as r("meetingId" uuid, slot text)
     where d.organization_id = $1 and d.meeting_id = r."meetingId" and r.slot = 'event' and d.origin = 'zoho'`,
    values,
  );
}
