import type { LeaveChoices } from '../../domain/leave-choices.ts';
import { firstRow, type Sql } from '../sql.ts';

export type BackfillState = 'simulating' | 'ready' | 'running' | 'paused' | 'cancelled' | 'done' | 'undoing' | 'undone';

/** Past meetings that go to Zoho together (`import`), meetings that are taken out of it together (`undo`), or all of them (`leave`). */
export type BackfillRow<Simulation = unknown> = {
  id: string;
  kind: 'import' | 'undo' | 'leave';
  name: string;
  state: BackfillState;
  resumesAs: 'running' | 'undoing' | null;
  undoesSince: Date | null;
  /** Only of leaving: what becomes of what we wrote. */
  choices: LeaveChoices | null;
  /** Only of leaving: since when nothing is left to take out and the access is given back. */
  closingAt: Date | null;
  createdBy: string;
  createdAt: Date;
  /** What the run will do; while it is worked out, as far as that has come. */
  simulation: Simulation | null;
  /** The simulation goes on behind this meeting. */
  simulatedTo: string | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  activeSeconds: number;
  activeSince: Date | null;
};

const COLUMNS = `
  id, kind, name, state, resumes_as as "resumesAs", undoes_since as "undoesSince", choices, closing_at as "closingAt", created_by as "createdBy",
  created_at as "createdAt", simulation, simulated_to as "simulatedTo", started_at as "startedAt", finished_at as "finishedAt",
  active_seconds as "activeSeconds", active_since as "activeSince"`;

export type NewBackfill = Pick<
  BackfillRow,
  'id' | 'kind' | 'name' | 'undoesSince' | 'createdBy' | 'createdAt' | 'simulation'
> & { choices?: LeaveChoices };

/** A new one is ready: meetings can come, or it can be started. */
export async function insertBackfill(sql: Sql, organizationId: string, row: NewBackfill): Promise<void> {
  await sql.query(
    `insert into backfills (organization_id, id, kind, name, state, undoes_since, created_by, created_at, simulation, choices)
     values ($1, $2, $3, $4, 'ready', $5, $6, $7, $8, $9)`,
    [
      organizationId,
      row.id,
      row.kind,
      row.name,
      row.undoesSince,
      row.createdBy,
      row.createdAt,
      toJson(row.simulation),
      toJson(row.choices ?? null),
    ],
  );
}

export async function findBackfill<Simulation = unknown>(
  sql: Sql,
  organizationId: string,
  id: string,
): Promise<BackfillRow<Simulation> | null> {
  return firstRow(
    sql.query<BackfillRow<Simulation>>(
      `select ${COLUMNS} from backfills where organization_id = $1 and id::text = $2`,
      [organizationId, id],
    ),
  );
}

/** The same row, locked until the transaction ends: whoever changes its state goes one after the other. */
export async function lockBackfill<Simulation = unknown>(
  sql: Sql,
  organizationId: string,
  id: string,
): Promise<BackfillRow<Simulation> | null> {
  return firstRow(
    sql.query<BackfillRow<Simulation>>(
      `select ${COLUMNS} from backfills where organization_id = $1 and id::text = $2 for update`,
      [organizationId, id],
    ),
  );
}

/** A meeting comes in: many may at once, and the backfill is not started before they have. */
export async function lockForStaging(
  sql: Sql,
  organizationId: string,
  id: string,
): Promise<Pick<BackfillRow, 'kind' | 'name' | 'state'> | null> {
  return firstRow(
    sql.query<Pick<BackfillRow, 'kind' | 'name' | 'state'>>(
      'select kind, name, state from backfills where organization_id = $1 and id::text = $2 for share',
      [organizationId, id],
    ),
  );
}

/** Newest first, without leaving; `after` is the last one of the page before. */
export async function listBackfills<Simulation = unknown>(
  sql: Sql,
  organizationId: string,
  input: { after: { createdAt: string; id: string } | null; limit: number },
): Promise<BackfillRow<Simulation>[]> {
  return sql.query<BackfillRow<Simulation>>(
    `select ${COLUMNS} from backfills
     where organization_id = $1 and kind <> 'leave' and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
     order by created_at desc, id desc limit $4`,
    [organizationId, input.after?.createdAt ?? null, input.after?.id ?? null, input.limit],
  );
}

/** Writes a row back that was locked and changed. */
export async function saveBackfill(sql: Sql, organizationId: string, row: BackfillRow): Promise<void> {
  await sql.query(
    `update backfills set state = $3, resumes_as = $4, simulation = $5, simulated_to = $6, started_at = $7, finished_at = $8,
       active_seconds = $9, active_since = $10, closing_at = $11
     where organization_id = $1 and id = $2`,
    [
      organizationId,
      row.id,
      row.state,
      row.resumesAs,
      toJson(row.simulation),
      row.simulatedTo,
      row.startedAt,
      row.finishedAt,
      row.activeSeconds,
      row.activeSince,
      row.closingAt,
    ],
  );
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** The simulation that is due, the oldest first; null: none is. */
export async function findSimulating<Simulation = unknown>(
  sql: Sql,
  organizationId: string,
): Promise<BackfillRow<Simulation> | null> {
  return firstRow(
    sql.query<BackfillRow<Simulation>>(
      `select ${COLUMNS} from backfills where organization_id = $1 and state = 'simulating' order by created_at, id limit 1`,
      [organizationId],
    ),
  );
}

/** Running ones of which nothing is left to do. */
export async function listFinished(sql: Sql, organizationId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select b.id from backfills b where b.organization_id = $1 and ${IS_OVER}`,
    [organizationId],
  );
  return rows.map((row) => row.id);
}

/** True of a row `b` that runs and whose meetings have all had their turn. */
const IS_OVER = `(
  (b.state = 'running' and not exists (
    select from meetings m where m.organization_id = b.organization_id and m.backfill_id = b.id and m.owed_at is not null
      and m.state = 'waiting'))
  or (b.state = 'undoing' and b.kind <> 'leave' and not exists (
    select from meetings m where m.organization_id = b.organization_id and m.undo_id = b.id and m.owed_at is not null)))`;

/** True of a row `b` that has a simulation to go on with, or a run to end. */
export const IS_HISTORY_DUE = `(b.state = 'simulating' or ${IS_OVER})`;

/** The next meetings of a backfill that wait for its start, in the order of their ids. */
export async function listStaged(
  sql: Sql,
  organizationId: string,
  input: { backfillId: string; afterId: string | null; limit: number },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from meetings where organization_id = $1 and backfill_id = $2 and held_back and ($3::uuid is null or id > $3)
     order by id limit $4`,
    [organizationId, input.backfillId, input.afterId, input.limit],
  );
  return rows.map((row) => row.id);
}

export async function countStaged(sql: Sql, organizationId: string, backfillId: string): Promise<number> {
  const row = await firstRow(
    sql.query<{ count: number }>(
      `select count(*)::int as count from meetings where organization_id = $1 and backfill_id = $2 and held_back
         and state_cause is distinct from 'backfill_cancelled'`,
      [organizationId, backfillId],
    ),
  );
  return row?.count ?? 0;
}

/** Lets go what waits: it is owed from now on. */
export async function releaseMeetings(sql: Sql, organizationId: string, id: string, at: Date): Promise<void> {
  await sql.query(
    `update meetings set held_back = false, owed_at = $3, owed_seq = owed_seq + 1, run_at = null, attempts = 0,
       state_cause = case when state_cause = 'backfill_staged' then null else state_cause end,
       state_reason = case when state_cause = 'backfill_staged' then '' else state_reason end
     where organization_id = $1 and held_back and state_cause is distinct from 'backfill_cancelled'
       and ((backfill_id = $2 and undo_id is null) or undo_id = $2)`,
    [organizationId, id, at],
  );
}

/** Holds back what has not begun: no plan of it was made since it was let go. */
export async function holdBackMeetings(
  sql: Sql,
  organizationId: string,
  { id, why }: { id: string; why: 'running' | 'undoing' },
): Promise<void> {
  await sql.query(why === 'running' ? HOLD_BACK : HOLD_BACK_UNDO, [organizationId, id]);
}

const HOLD_BACK = `
  update meetings set held_back = true, state_cause = 'backfill_staged', state_reason = 'The backfill of this meeting rests.'
  where organization_id = $1 and backfill_id = $2 and owed_at is not null and state = 'waiting' and evaluated_at is null and retracted_at is null`;

const HOLD_BACK_UNDO = `
  update meetings set held_back = true
  where organization_id = $1 and undo_id = $2 and owed_at is not null and evaluated_at is null`;

/** What has not begun is not published by this backfill any more. */
export async function cancelMeetings(sql: Sql, organizationId: string, id: string): Promise<void> {
  await sql.query(
    `update meetings set state = 'not_published', state_cause = 'backfill_cancelled', run_at = null,
       state_reason = 'The backfill was cancelled before this meeting was published; publish it by itself if you want it.'
     where organization_id = $1 and backfill_id = $2 and held_back and undo_id is null and retracted_at is null`,
    [organizationId, id],
  );
}

/** What has not been taken out of Zoho stays there. */
export async function cancelUndo(sql: Sql, organizationId: string, id: string, at: Date): Promise<void> {
  await sql.query(
    `update meetings set held_back = coalesce((before_leaving ->> 'held')::boolean, false), before_leaving = null, undone_by = before_leaving ->> 'by',
       undo_id = (before_leaving ->> 'undo')::uuid, undone_at = (before_leaving ->> 'at')::timestamptz, is_backfill = backfill_id is not null,
       owed_at = $3, owed_seq = owed_seq + 1, run_at = null
     where organization_id = $1 and undo_id = $2 and held_back`,
    [organizationId, id, at],
  );
}

/** Which meetings an undo is about: those of a backfill, or those that were brought to Zoho since a time. */
export type UndoScope = { backfillId: string } | { since: Date };

/**
 * The meetings of a scope ($2 backfill or null, $3 time or null) that have something in Zoho, or are on their way there. Of a time: those of which nothing that is there now was there before.
 */
const IN_SCOPE = `
  select m.id, m.external_id, m.title, m.starts_at from meetings m
  where m.organization_id = $1 and m.retracted_at is null and m.undone_at is null
    and ($2::uuid is null or m.backfill_id = $2)
    and (exists (select from placements p where p.organization_id = $1 and p.meeting_id = m.id)
      or exists (select from sync_operations u where u.organization_id = $1 and u.meeting_id = m.id
        and u.state in ('planned', 'sending', 'unknown')))
    and ($3::timestamptz is null or not exists (
      select from sync_operations o
      join placements b on b.organization_id = $1 and b.meeting_id = m.id and b.crm_id = o.crm_id
      where o.organization_id = $1 and o.meeting_id = m.id and o.state = 'done' and o.finished_at < $3
        and o.action in ('create_event', 'adopt_event', 'create_note')))`;

function scopeValues(scope: UndoScope): [string | null, Date | null] {
  return 'since' in scope ? [null, scope.since] : [scope.backfillId, null];
}

/** What an undo takes out of Zoho and what it leaves, counted. */
export type UndoCounts = {
  meetings: number;
  eventsDeleted: number;
  /** Of those: with people on them, who are taken off first. */
  eventsWithPeople: number;
  eventsReleased: number;
  notesDeleted: number;
  eventsLeft: number;
  notesLeft: number;
};

export async function countUndo(sql: Sql, organizationId: string, scope: UndoScope): Promise<UndoCounts> {
  const row = await firstRow(
    sql.query<UndoCounts>(
      `with places as (
         select p.*, coalesce(h.holds, false) as holds from placements p
         left join lateral (
           select true as holds from placements n
           where p.slot = 'event' and n.organization_id = $1 and n.meeting_id = p.meeting_id and n.slot <> 'event'
             and n.parent_module = 'events' and n.kept is not null and n.gone_at is null limit 1) h on true
         where p.organization_id = $1 and p.meeting_id in (select id from (${IN_SCOPE}) s)),
       marked as (
         select *, slot = 'event' or slot like 'left:%' as is_event, adopted is not null as is_adopted,
           gone_at is null and (kept is not null or holds) as stays from places)
       select count(distinct meeting_id)::int as meetings,
         count(*) filter (where is_event and not is_adopted and not stays)::int as "eventsDeleted",
         count(*) filter (where is_event and not is_adopted and not stays and gone_at is null
           and (jsonb_array_length(content -> 'participants') > 0 or content ->> 'contactId' is not null))::int as "eventsWithPeople",
         count(*) filter (where is_event and is_adopted)::int as "eventsReleased",
         count(*) filter (where not is_event and kept is null and gone_at is null)::int as "notesDeleted",
         count(*) filter (where is_event and not is_adopted and stays)::int as "eventsLeft",
         count(*) filter (where not is_event and kept is not null and gone_at is null)::int as "notesLeft"
       from marked`,
      [organizationId, ...scopeValues(scope)],
    ),
  );
  if (row === null) throw new Error('A count gave no row.');
  return row;
}

export type LeftRecord = {
  externalId: string;
  title: string;
  slot: string;
  content: unknown;
  kept: unknown;
  editedBy: string | null;
};

/** Records that an undo leaves because a person edited them, the newest meetings first. */
export async function listLeft(
  sql: Sql,
  organizationId: string,
  scope: UndoScope,
  limit: number,
): Promise<LeftRecord[]> {
  return sql.query<LeftRecord>(
    `select s.external_id as "externalId", s.title, p.slot, p.content, p.kept, p.edited_by as "editedBy"
     from (${IN_SCOPE}) s join placements p on p.organization_id = $1 and p.meeting_id = s.id
     where p.kept is not null and p.gone_at is null and p.adopted is null
     order by s.starts_at desc, s.id, p.slot limit $4`,
    [organizationId, ...scopeValues(scope), limit],
  );
}

/** Marks the meetings of a scope as undone: they are owed until nothing of them is in Zoho, after everything live. */
export async function undoMeetings(
  sql: Sql,
  organizationId: string,
  scope: UndoScope,
  by: { id: string; name: string; at: Date },
): Promise<number> {
  const rows = await sql.query(
    `update meetings set undone_at = $5, undone_by = $6, undo_id = $4, held_back = false, is_backfill = true, evaluated_at = null,
       owed_at = $5, owed_seq = owed_seq + 1, run_at = null, attempts = 0
     where organization_id = $1 and id in (select s.id from (${IN_SCOPE}) s) returning id`,
    [organizationId, ...scopeValues(scope), by.id, by.at, by.name],
  );
  return rows.length;
}

/** Where the meetings of a backfill stand. */
export type BackfillCounts = {
  meetings: number;
  /** Had no turn yet, or its turn has not come to its end. */
  left: number;
  published: number;
  verified: number;
  held: number;
  notPublished: number;
  failed: number;
  /** Taken out of Zoho again. */
  undone: number;
  eventsWritten: number;
  notesWritten: number;
};

/** Counts of any number of backfills in one statement, by id. */
export async function countBackfills(
  sql: Sql,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, BackfillCounts>> {
  const rows = await sql.query<BackfillCounts & { id: string }>(COUNTS, [organizationId, ids]);
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

const COUNTS = `
  select b.id, c.*, w.*
  from backfills b
  cross join lateral (
    select count(*)::int as meetings,
      count(*) filter (where case
        when b.kind <> 'import' or b.state = 'undoing' or b.resumes_as = 'undoing' then m.undo_id = b.id and (m.held_back or m.owed_at is not null)
        else m.state = 'waiting' and (m.held_back or m.owed_at is not null) end)::int as left,
      count(*) filter (where m.state = 'published')::int as published,
      count(*) filter (where m.state = 'published' and m.verified_at is not null and m.differences = '{}')::int as verified,
      count(*) filter (where m.state = 'held')::int as held,
      count(*) filter (where m.state in ('not_published', 'retracted') and m.state_cause is distinct from 'undone')::int as "notPublished",
      count(*) filter (where m.state = 'failed')::int as failed,
      count(*) filter (where m.state = 'not_published' and m.state_cause = 'undone')::int as undone
    from meetings m
    where m.organization_id = $1 and ((b.kind = 'import' and m.backfill_id = b.id) or (b.kind <> 'import' and m.undo_id = b.id))) c
  cross join lateral (
    select count(*) filter (where p.slot = 'event' and p.gone_at is null)::int as "eventsWritten",
      count(*) filter (where p.slot <> 'event' and p.gone_at is null)::int as "notesWritten"
    from placements p join meetings m on m.organization_id = $1 and m.id = p.meeting_id
    where p.organization_id = $1 and b.kind = 'import' and m.backfill_id = b.id) w
  where b.organization_id = $1 and b.id = any($2::uuid[])`;
