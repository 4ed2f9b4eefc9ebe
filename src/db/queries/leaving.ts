import type { LeaveChoices } from '../../domain/leave-choices.ts';
import { firstRow, type Sql } from '../sql.ts';
import type { BackfillRow, LeftRecord } from './backfills.ts';

/** What we wrote and what is still in Zoho, as far as is known here. */
export type WrittenCounts = {
  meetings: number;
  /** Events that we created, and the calendar's that we took. */
  ownEvents: number;
  adoptedEvents: number;
  summaryNotes: number;
  /** With all notes and clips of a meeting, copies on records included. */
  consolidatedNotes: number;
  /** Events that carry a meeting's id. */
  ids: number;
  channels: number;
  /** Of the events and notes: edited by people, so that they are left alone. */
  eventsEdited: number;
  notesEdited: number;
};

/** What leaving takes out under some choices, and what it leaves. */
export type LeaveCounts = {
  eventsDeleted: number;
  /** Of those: with people on them, who are taken off first. */
  eventsWithPeople: number;
  notesDeleted: number;
  /** Events of ours that stay and lose their id by an update. */
  idsTaken: number;
  /** Calendar events that lose our id and what we filled in. */
  eventsReleased: number;
  /** Of those: no note of ours stays with them, so that they are forgotten, and looked at before. */
  eventsForgone: number;
  eventsKept: number;
  notesKept: number;
  /** Of the kept: by choice they would go, but people edited them. */
  eventsLeft: number;
  notesLeft: number;
  /** Not in Zoho any more; only forgotten, which takes a request all the same. */
  eventsForgotten: number;
};

/** Every record of ours with what decides about it: $2 events go, $3 notes go, $4 ids go by updates, $5 ids go in any way. */
const PLACES = `
  select p.*, p.is_event and not p.is_adopted and $2 and not p.stays as goes,
    not p.is_event and p.gone_at is null and p.kept is null and ($3 or (p.on_event and p.event_goes)) as note_goes
  from (
    select b.meeting_id, b.slot, b.content, b.kept, b.gone_at, b.adopted is not null as is_adopted,
      b.slot = 'event' or b.slot like 'left:%' as is_event,
      b.slot <> 'event' and b.content -> 'parent' ->> 'module' = 'events' as on_event,
      b.gone_at is null and b.slot = 'event' and coalesce(b.adopted ->> 'isReadOnly', 'true') = 'false' as is_written, e.has_note_left,
      b.gone_at is null and (b.kept is not null or (b.slot = 'event' and e.has_edited_note)) as stays,
      e.goes as event_goes
    from placements b
    left join lateral (
      select coalesce(bool_or(n.kept is not null and n.gone_at is null and n.slot <> 'event'
          and n.content -> 'parent' ->> 'module' = 'events'), false) as has_edited_note,
        coalesce(bool_or(n.gone_at is null and n.slot <> 'event' and (n.kept is not null or not $3)), false) as has_note_left,
        coalesce(bool_or(n.slot = 'event' and n.adopted is null and (n.kept is null or n.gone_at is not null)), false)
          and $2 and not coalesce(bool_or(n.kept is not null and n.gone_at is null and n.slot <> 'event'
            and n.content -> 'parent' ->> 'module' = 'events'), false) as goes
      from placements n where n.organization_id = $1 and n.meeting_id = b.meeting_id) e on true
    where b.organization_id = $1) p`;

/** Counts in one statement. `hasField`: ids stand in a field of the org's. */
export async function countWritten(sql: Sql, organizationId: string, hasField: boolean): Promise<WrittenCounts> {
  const row = await firstRow(
    sql.query<WrittenCounts>(
      `select count(distinct meeting_id)::int as meetings,
         count(*) filter (where is_event and not is_adopted)::int as "ownEvents",
         count(*) filter (where is_event and is_adopted)::int as "adoptedEvents",
         count(*) filter (where slot like 'summary:%')::int as "summaryNotes",
         count(*) filter (where not is_event and slot not like 'summary:%')::int as "consolidatedNotes",
         count(*) filter (where $2 and is_event and content ->> 'meetingId' <> ''
           and coalesce(adopted ->> 'isReadOnly', '') <> 'true')::int as ids,
         (select count(*)::int from crm_channels where organization_id = $1) as channels,
         count(*) filter (where is_event and not is_adopted and kept is not null)::int as "eventsEdited",
         count(*) filter (where not is_event and kept is not null)::int as "notesEdited"
       from (
         select meeting_id, slot, content, kept, adopted, adopted is not null as is_adopted,
           slot = 'event' or slot like 'left:%' as is_event
         from placements where organization_id = $1 and gone_at is null) p`,
      [organizationId, hasField],
    ),
  );
  if (row === null) throw new Error('A count gave no row.');
  return row;
}

/** Counts in one statement what these choices do. `hasField`: ids stand in a field of the org's. */
export async function countLeaving(
  sql: Sql,
  organizationId: string,
  { choices, hasField }: { choices: LeaveChoices; hasField: boolean },
): Promise<LeaveCounts> {
  const areIdsOut = choices.ids === 'remove';
  const row = await firstRow(
    sql.query<LeaveCounts>(
      `select
         count(*) filter (where goes and gone_at is null)::int as "eventsDeleted",
         count(*) filter (where goes and gone_at is null and (jsonb_array_length(content -> 'participants') > 0 or content ->> 'contactId' is not null))::int as "eventsWithPeople",
         count(*) filter (where note_goes)::int as "notesDeleted",
         count(*) filter (where slot = 'event' and not goes and not is_adopted and gone_at is null and $4
           and content ->> 'meetingId' <> '')::int as "idsTaken",
         count(*) filter (where is_written and $5)::int as "eventsReleased",
         count(*) filter (where is_written and $5 and not has_note_left)::int as "eventsForgone",
         count(*) filter (where is_event and gone_at is null and not goes and not is_adopted)::int as "eventsKept",
         count(*) filter (where not is_event and gone_at is null and not note_goes)::int as "notesKept",
         count(*) filter (where is_event and not is_adopted and stays and $2)::int as "eventsLeft",
         count(*) filter (where not is_event and gone_at is null and kept is not null and $3)::int as "notesLeft",
         count(*) filter (where is_event and gone_at is not null and $2)::int as "eventsForgotten"
       from (${PLACES}) q`,
      [
        organizationId,
        choices.events === 'remove',
        choices.notes === 'remove',
        hasField && areIdsOut && choices.fields === 'keep',
        areIdsOut,
      ],
    ),
  );
  if (row === null) throw new Error('A count gave no row.');
  return row;
}

/** Records that people edited and that are left alone, the newest meetings first. */
export async function listEdited(sql: Sql, organizationId: string, limit: number): Promise<LeftRecord[]> {
  return sql.query<LeftRecord>(
    `select m.external_id as "externalId", m.title, p.slot, p.content, p.kept, p.edited_by as "editedBy"
     from placements p join meetings m on m.organization_id = $1 and m.id = p.meeting_id
     where p.organization_id = $1 and p.kept is not null and p.gone_at is null and p.adopted is null
     order by m.starts_at desc, m.id, p.slot limit $2`,
    [organizationId, limit],
  );
}

/** The newest leaving of an organization, whatever became of it. */
export async function findLeave<Stored = unknown>(
  sql: Sql,
  organizationId: string,
): Promise<Pick<BackfillRow<Stored>, 'id' | 'state' | 'choices' | 'closingAt' | 'simulation'> | null> {
  return firstRow(
    sql.query(
      `select id, state, choices, closing_at as "closingAt", simulation from backfills
       where organization_id = $1 and kind = 'leave' order by created_at desc, id desc limit 1`,
      [organizationId],
    ),
  );
}

/** True while an organization leaves, or has stopped on the way: nothing else is written then. */
export async function isLeaving(sql: Sql, organizationId: string): Promise<boolean> {
  const rows = await sql.query(
    `select from backfills where organization_id = $1 and kind = 'leave' and state in ('undoing', 'paused')`,
    [organizationId],
  );
  return rows.length > 0;
}

/** True of a meeting row that has to wait because its organization leaves: it is none of those that are taken out. */
export const WAITS_FOR_LEAVING = `exists (
  select from backfills l where l.organization_id = meetings.organization_id and l.kind = 'leave'
    and l.state in ('undoing', 'paused') and meetings.undo_id is distinct from l.id)`;

/** True of a backfill row \`b\` by which an organization leaves and of whose meetings none is owed any more. */
export const IS_LEAVE_DUE = `(b.kind = 'leave' and b.state = 'undoing' and not exists (
  select from meetings m where m.organization_id = b.organization_id and m.undo_id = b.id and m.owed_at is not null))`;

/** Has the leaving that runs taken out everything? Null: none runs, or it has not. */
export async function findDueLeave(sql: Sql, organizationId: string): Promise<string | null> {
  const row = await firstRow(
    sql.query<{ id: string }>(`select b.id from backfills b where b.organization_id = $1 and ${IS_LEAVE_DUE}`, [
      organizationId,
    ]),
  );
  return row?.id ?? null;
}

/** The leaving that gives back its access; null: none does. */
export async function findClosingLeave(sql: Sql, organizationId: string): Promise<string | null> {
  const row = await firstRow(
    sql.query<{ id: string }>(
      `select id from backfills where organization_id = $1 and kind = 'leave' and state = 'undoing' and closing_at is not null`,
      [organizationId],
    ),
  );
  return row?.id ?? null;
}

/** Which work on history runs besides, or waits for its turn? Its name; null: none. */
export async function findRunningHistory(sql: Sql, organizationId: string): Promise<string | null> {
  const row = await firstRow(
    sql.query<{ name: string }>(
      `select name from backfills where organization_id = $1 and kind <> 'leave' and state in ('simulating', 'running', 'undoing')
       order by created_at limit 1`,
      [organizationId],
    ),
  );
  return row?.name ?? null;
}

/** Marks every meeting that has something in Zoho, or is on its way there, and is not marked yet. Returns how many they are. */
export async function markLeaving(
  sql: Sql,
  organizationId: string,
  by: { id: string; name: string; at: Date },
): Promise<number> {
  const rows = await sql.query(
    `update meetings m set undone_at = $4, undone_by = $3, undo_id = $2, held_back = false, is_backfill = true, evaluated_at = null,
       before_leaving = case when m.undone_at is not null
         then jsonb_build_object('at', m.undone_at, 'by', m.undone_by, 'undo', m.undo_id, 'held', m.held_back) end,
       owed_at = $4, owed_seq = owed_seq + 1, run_at = null, attempts = 0
     where m.organization_id = $1 and m.undo_id is distinct from $2 and (
       exists (select from placements p where p.organization_id = $1 and p.meeting_id = m.id)
       or exists (select from sync_operations u where u.organization_id = $1 and u.meeting_id = m.id
         and u.state in ('planned', 'sending', 'unknown')))
     returning m.id`,
    [organizationId, by.id, by.name, by.at],
  );
  return rows.length;
}

/** In an update of meetings: what was decided before leaving is in force again; nothing, where nothing was. */
export const AS_BEFORE_LEAVING = `
  undone_at = (before_leaving ->> 'at')::timestamptz, undone_by = before_leaving ->> 'by',
  undo_id = case when before_leaving is null then undo_id else (before_leaving ->> 'undo')::uuid end,
  held_back = coalesce((before_leaving ->> 'held')::boolean, false), before_leaving = null`;

/** Meetings of a leaving go on as if nobody had left. `owedAt`: they are looked at again from then on; null: not by themselves. */
export async function unmarkLeaving(
  sql: Sql,
  organizationId: string,
  { id, owedAt }: { id: string; owedAt: Date | null },
): Promise<void> {
  await sql.query(
    `update meetings set ${AS_BEFORE_LEAVING}, is_backfill = backfill_id is not null,
       owed_at = coalesce($3, owed_at), owed_seq = owed_seq + case when $3::timestamptz is null then 0 else 1 end
     where organization_id = $1 and undo_id = $2`,
    [organizationId, id, owedAt],
  );
}

/** How many meetings were taken out by leaving and rest here? */
export async function countAtRest(sql: Sql, organizationId: string): Promise<number> {
  const row = await firstRow(
    sql.query<{ count: number }>(`select count(*)::int as count ${AT_REST}`, [organizationId]),
  );
  return row?.count ?? 0;
}

const AT_REST = `from meetings where organization_id = $1 and undone_at is not null and before_leaving is null and retracted_at is null and undo_id in (
  select id from backfills where organization_id = $1 and kind = 'leave')`;

/** Owes the meetings that leaving took out, after everything live. Returns how many they are. */
export async function bringBackMeetings(sql: Sql, organizationId: string, at: Date): Promise<number> {
  const rows = await sql.query(
    `update meetings set undone_at = null, undone_by = null, undo_id = null, is_backfill = true, owed_at = $2,
       owed_seq = owed_seq + 1, run_at = null, attempts = 0
     where organization_id = $1 and id in (select id ${AT_REST}) returning id`,
    [organizationId, at],
  );
  return rows.length;
}

/** The field that held the ids is gone: no event carries one any more. */
export async function forgetIds(sql: Sql, organizationId: string): Promise<void> {
  await sql.query(
    `update placements set content = jsonb_set(content, '{meetingId}', '""')
     where organization_id = $1 and (slot = 'event' or slot like 'left:%') and content ->> 'meetingId' <> ''`,
    [organizationId],
  );
}

export type LeaveFieldRow = {
  fieldId: string;
  apiName: string;
  label: string;
  state: 'planned' | 'sending' | 'done' | 'failed';
  message: string | null;
};

export async function listLeaveFields(sql: Sql, organizationId: string, leaveId: string): Promise<LeaveFieldRow[]> {
  return sql.query<LeaveFieldRow>(
    `select field_id as "fieldId", api_name as "apiName", label, state, message from leave_fields
     where organization_id = $1 and leave_id = $2 order by label, field_id`,
    [organizationId, leaveId],
  );
}

/** Plans the removal of fields; one that is planned already stays as it is. */
export async function planLeaveFields(
  sql: Sql,
  organizationId: string,
  leaveId: string,
  fields: readonly { id: string; apiName: string; label: string }[],
): Promise<void> {
  await sql.query(
    `insert into leave_fields (organization_id, leave_id, field_id, api_name, label)
     select $1, $2, f.id, f."apiName", f.label from jsonb_to_recordset($3) as f(id text, "apiName" text, label text)
     on conflict do nothing`,
    [organizationId, leaveId, JSON.stringify(fields)],
  );
}

/** Says what became of the removal of a field; \`sending\`: its request leaves now. */
export async function saveLeaveField(
  sql: Sql,
  organizationId: string,
  leaveId: string,
  row: Pick<LeaveFieldRow, 'fieldId' | 'state' | 'message'> & { at: Date },
): Promise<void> {
  await sql.query(
    `update leave_fields set state = $4, message = $5, sent_at = case when $4 = 'sending' then $6 else sent_at end,
       finished_at = case when $4 in ('done', 'failed') then $6::timestamptz end
     where organization_id = $1 and leave_id = $2 and field_id = $3`,
    [organizationId, leaveId, row.fieldId, row.state, row.message, row.at],
  );
}
