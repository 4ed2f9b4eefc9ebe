import type { KeptEvent, KeptNote } from '../../domain/kept.ts';
import type {
  AdoptedParts,
  EventContent,
  Fate,
  NoteContent,
  PlannedOperation,
  StandIns,
  Written,
} from '../../domain/sync-plan.ts';
import type { Sql } from '../sql.ts';

export type OperationState = 'planned' | 'sending' | 'done' | 'failed' | 'unknown' | 'superseded';

/** A row of the ledger: one exact write and its outcome. */
export type OperationRow = {
  id: string;
  meetingId: string;
  position: number;
  key: string;
  action: PlannedOperation['action'];
  slot: string | null;
  crmId: string | null;
  before: EventContent | NoteContent | null;
  after: EventContent | NoteContent | null;
  state: OperationState;
  errorCode: string | null;
  errorMessage: string | null;
  attempts: number;
  plannedAt: Date;
  sentAt: Date | null;
  finishedAt: Date | null;
};

const COLUMNS = `
  id, meeting_id as "meetingId", position, key, action, slot, crm_id as "crmId", before, after, state,
  error_code as "errorCode", error_message as "errorMessage", attempts, planned_at as "plannedAt", sent_at as "sentAt",
  finished_at as "finishedAt"`;

export type NewOperation = Pick<
  OperationRow,
  'id' | 'meetingId' | 'position' | 'key' | 'action' | 'slot' | 'crmId' | 'before' | 'after'
> & {
  /** For the sender only: what is ours on an adopted event afterwards, and the time that it must still have. */
  adopted?: AdoptedParts;
  unmodifiedSince?: string | null;
  /** For the sender only: what may be written beside it should Zoho demand it. */
  standIns?: StandIns;
  /** For the sender only: Zoho's time (ms) of the record as the plan knows it. */
  knownAt?: number;
};

/**
 * Puts a new plan into the ledger. What an older plan of these meetings had not sent yet is superseded: it never left.
 */
export async function insertOperations(
  sql: Sql,
  organizationId: string,
  input: { connectionId: string; meetingIds: string[]; operations: NewOperation[]; at: Date },
): Promise<void> {
  await sql.query(
    `update sync_operations set state = 'superseded', finished_at = $3
     where organization_id = $1 and meeting_id = any($2::uuid[]) and state = 'planned'`,
    [organizationId, input.meetingIds, input.at],
  );
  if (input.operations.length === 0) return;
  await sql.query(
    `insert into sync_operations (organization_id, id, meeting_id, connection_id, position, key, action, slot, crm_id, before,
       after, state, planned_at)
     select $1, o.id, o."meetingId", $2, o.position, o.key, o.action, o.slot, o."crmId", o.before, o.after, 'planned', $4
     from jsonb_to_recordset($3) as o(id uuid, "meetingId" uuid, position int, key text, action text, slot text, "crmId" text,
       before jsonb, after jsonb)`,
    [organizationId, input.connectionId, JSON.stringify(input.operations), input.at],
  );
}

/**
 * Says, before a request leaves, that these rows are in it: after a crash they are the ones to look for. Returns the rows that may
 * go: one that a newer plan has superseded meanwhile may not.
 */
export async function markSending(sql: Sql, organizationId: string, ids: string[], at: Date): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    `update sync_operations set state = 'sending', sent_at = $3, attempts = attempts + 1
     where organization_id = $1 and id = any($2::uuid[]) and state = 'planned' returning id`,
    [organizationId, ids, at],
  );
  return new Set(rows.map((row) => row.id));
}

/** Of which of these meetings did another request to create the event leave before, whatever became of it? */
export async function findTriedCreations(
  sql: Sql,
  organizationId: string,
  operations: readonly { id: string; meetingId: string }[],
): Promise<Set<string>> {
  if (operations.length === 0) return new Set();
  const rows = await sql.query<{ meetingId: string }>(
    `select distinct s.meeting_id as "meetingId" from sync_operations s
     join jsonb_to_recordset($2) as o(id uuid, "meetingId" uuid) on o."meetingId" = s.meeting_id and o.id <> s.id
     where s.organization_id = $1 and s.action = 'create_event' and s.attempts > 0`,
    [organizationId, JSON.stringify(operations.map(({ id, meetingId }) => ({ id, meetingId })))],
  );
  return new Set(rows.map((row) => row.meetingId));
}

/** Rows whose request was refused, and that leave once more with another content: what is written is in the row first. */
export async function planAgain(
  sql: Sql,
  organizationId: string,
  rows: readonly { id: string; after: EventContent; errorCode: string | null; errorMessage: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `update sync_operations s set state = 'planned', after = r.after, error_code = r."errorCode", error_message = r."errorMessage"
     from jsonb_to_recordset($2) as r(id uuid, after jsonb, "errorCode" text, "errorMessage" text)
     where s.organization_id = $1 and s.id = r.id and s.state = 'sending'`,
    [organizationId, JSON.stringify(rows)],
  );
}

export type OperationOutcome = {
  id: string;
  state: 'done' | 'failed' | 'unknown' | 'planned';
  crmId: string | null;
  errorCode: string | null;
  errorMessage: string | null;
};

export async function recordOutcomes(
  sql: Sql,
  organizationId: string,
  outcomes: OperationOutcome[],
  at: Date,
): Promise<void> {
  await sql.query(
    `update sync_operations s set state = o.state, crm_id = coalesce(o."crmId", s.crm_id), error_code = o."errorCode",
       error_message = o."errorMessage", finished_at = case when o.state in ('done', 'failed') then $3::timestamptz end
     from jsonb_to_recordset($2) as o(id uuid, state text, "crmId" text, "errorCode" text, "errorMessage" text)
     where s.organization_id = $1 and s.id = o.id and s.state in ('planned', 'sending', 'unknown')`,
    [organizationId, JSON.stringify(outcomes), at],
  );
}

/** Writes that left, or may have left, and whose outcome nobody knows. */
export async function findUnsettledOperations(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
): Promise<OperationRow[]> {
  return sql.query<OperationRow>(
    `select ${COLUMNS} from sync_operations
     where organization_id = $1 and meeting_id = any($2::uuid[]) and state in ('sending', 'unknown') order by position`,
    [organizationId, meetingIds],
  );
}

/** The ledger of one meeting, newest plan first; `before` pages on. */
export async function listOperations(
  sql: Sql,
  organizationId: string,
  meetingId: string,
  page: { limit: number; offset: number },
): Promise<OperationRow[]> {
  return sql.query<OperationRow>(
    `select ${COLUMNS} from sync_operations where organization_id = $1 and meeting_id = $2
     order by planned_at desc, position limit $3 offset $4`,
    [organizationId, meetingId, page.limit, page.offset],
  );
}

export type PlacementRow = {
  meetingId: string;
  slot: string;
  crmId: string;
  content: EventContent | NoteContent;
  verifiedAt: Date | null;
  /** What a person set there; null: nothing. */
  kept: KeptEvent | KeptNote | null;
  crmModifiedAt: Date | null;
  editedBy: string | null;
  editedAt: Date | null;
  goneAt: Date | null;
  goneBy: string | null;
  /** Set on an event that is the calendar's. */
  adopted: AdoptedParts | null;
};

const EVENT_SLOT = 'event';
/** Beginning of the slot of an event that makes way for another one. */
const LEFT_SLOT = 'left:';

const PLACEMENT_COLUMNS = `
  meeting_id as "meetingId", slot, crm_id as "crmId", content, verified_at as "verifiedAt", kept,
  crm_modified_at as "crmModifiedAt", edited_by as "editedBy", edited_at as "editedAt", gone_at as "goneAt", gone_by as "goneBy", adopted`;

/** What was written for each of these meetings. */
export async function loadWritten(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
): Promise<Map<string, Written>> {
  const rows = await listPlacements(sql, organizationId, meetingIds);
  const written = new Map<string, Written>(meetingIds.map((id) => [id, { event: null, notes: [] }]));
  for (const row of rows) {
    const of = written.get(row.meetingId);
    if (of === undefined) continue;
    const { crmId, slot, content, kept } = row;
    const fate = fateOf(row);
    if (slot === EVENT_SLOT) {
      const isAdopted = row.adopted !== null;
      const event = { crmId, content: content as EventContent, kept: kept as KeptEvent | null, isAdopted };
      of.event = { ...event, ...fate, ...(row.adopted === null ? {} : { adopted: row.adopted }) };
    } else if (slot.startsWith(LEFT_SLOT)) {
      of.leftEvents = [...(of.leftEvents ?? []), { crmId, slot, content: content as EventContent }];
    } else of.notes.push({ crmId, slot, content: content as NoteContent, kept: kept as KeptNote | null, ...fate });
  }
  return written;
}

function fateOf(row: PlacementRow): Fate {
  return {
    crmModifiedAt: row.crmModifiedAt?.getTime() ?? null,
    editedBy: row.editedBy,
    editedAt: row.editedAt?.getTime() ?? null,
    goneAt: row.goneAt?.getTime() ?? null,
    goneBy: row.goneBy,
  };
}

export async function listPlacements(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
): Promise<PlacementRow[]> {
  return sql.query<PlacementRow>(
    `select ${PLACEMENT_COLUMNS} from placements where organization_id = $1 and meeting_id = any($2::uuid[]) order by meeting_id, slot`,
    [organizationId, meetingIds],
  );
}

export type NewPlacement = {
  meetingId: string;
  slot: string | null;
  crmId: string;
  parentModule: string | null;
  parentRecordId: string | null;
  content: EventContent | NoteContent;
  /** The time that Zoho gave the write (ISO); null: not known. */
  crmModifiedAt?: string | null;
  /** What is ours on an event of the calendar's; left out: as it was. */
  adopted?: AdoptedParts;
};

/** Remembers what a write left in the CRM; slot null is the event. */
export async function savePlacements(sql: Sql, organizationId: string, rows: NewPlacement[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `insert into placements (organization_id, meeting_id, slot, crm_id, parent_module, parent_record_id, content, adopted, written_at,
       crm_modified_at)
     select $1, p."meetingId", coalesce(p.slot, '${EVENT_SLOT}'), p."crmId", p."parentModule", p."parentRecordId", p.content, p.adopted, $3, p."crmModifiedAt"
     from jsonb_to_recordset($2) as p("meetingId" uuid, slot text, "crmId" text, "parentModule" text, "parentRecordId" text,
       content jsonb, adopted jsonb, "crmModifiedAt" timestamptz)
     on conflict (organization_id, meeting_id, slot) do update
     set crm_id = excluded.crm_id, parent_module = excluded.parent_module, parent_record_id = excluded.parent_record_id,
       content = excluded.content, adopted = coalesce(excluded.adopted, placements.adopted), written_at = excluded.written_at, verified_at = null,
       crm_modified_at = excluded.crm_modified_at, gone_at = null, gone_by = null,
       kept = case when placements.crm_id = excluded.crm_id then placements.kept end,
       edited_by = case when placements.crm_id = excluded.crm_id then placements.edited_by end,
       edited_at = case when placements.crm_id = excluded.crm_id then placements.edited_at end`,
    [organizationId, JSON.stringify(rows), at],
  );
}

/**
 * Forgets records that are not in Zoho any more, or not ours. `takesNotes`: it was an event that ended, and the notes on it went with
 * it, also those that nobody could delete before.
 */
export async function deletePlacements(
  sql: Sql,
  organizationId: string,
  rows: { meetingId: string; slot: string | null; takesNotes?: boolean }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `with ended as (
       delete from placements p using jsonb_to_recordset($2) as d("meetingId" uuid, slot text, "takesNotes" boolean)
       where p.organization_id = $1 and p.meeting_id = d."meetingId" and p.slot = coalesce(d.slot, '${EVENT_SLOT}')
       returning p.meeting_id, p.crm_id, d."takesNotes")
     delete from placements n using ended e
     where n.organization_id = $1 and n.meeting_id = e.meeting_id and n.parent_module = 'events' and n.parent_record_id = e.crm_id
       and e."takesNotes"`,
    [organizationId, JSON.stringify(rows)],
  );
}

export async function markVerified(
  sql: Sql,
  organizationId: string,
  crmIds: readonly string[],
  at: Date,
): Promise<void> {
  await sql.query('update placements set verified_at = $3 where organization_id = $1 and crm_id = any($2::text[])', [
    organizationId,
    crmIds,
    at,
  ]);
}

/**
 * Forgets records that people deleted in Zoho: the next plan writes them anew. Only for a person who asks for it, because they may
 * have been deleted there on purpose. What hung on a deleted event went with it.
 */
export async function forgetGonePlacements(sql: Sql, organizationId: string, meetingId: string): Promise<void> {
  await sql.query(
    `delete from placements p where p.organization_id = $1 and p.meeting_id = $2 and (p.gone_at is not null
       or (p.parent_module = 'events' and exists (
         select from placements e
         where e.organization_id = $1 and e.meeting_id = $2 and e.slot = '${EVENT_SLOT}' and e.gone_at is not null)))`,
    [organizationId, meetingId],
  );
}

/** Zoho's time (ms) of the last change that we know, of each of these records. */
export async function readModifiedTimes(
  sql: Sql,
  organizationId: string,
  crmIds: readonly string[],
): Promise<Map<string, number>> {
  if (crmIds.length === 0) return new Map();
  const rows = await sql.query<{ crmId: string; at: Date }>(
    `select crm_id as "crmId", crm_modified_at as at from placements
     where organization_id = $1 and crm_id = any($2::text[]) and crm_modified_at is not null`,
    [organizationId, crmIds],
  );
  return new Map(rows.map((row) => [row.crmId, row.at.getTime()]));
}
