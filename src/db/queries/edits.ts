import type { CrmModule, RecordRef } from '../../domain/crm-picture.ts';
import type { KeptEvent, KeptNote } from '../../domain/kept.ts';
import type { AdoptedParts, EventContent, NoteContent } from '../../domain/sync-plan.ts';
import type { Sql } from '../sql.ts';

/** A record of ours in Zoho, as we last knew it. */
export type OurRecord = {
  meetingId: string;
  slot: string;
  crmId: string;
  content: EventContent | NoteContent;
  kept: KeptEvent | KeptNote | null;
  adopted: AdoptedParts | null;
  crmModifiedAt: Date | null;
  parentModule: CrmModule | 'events' | null;
  parentRecordId: string | null;
  goneAt: Date | null;
};

const COLUMNS = `
  meeting_id as "meetingId", slot, crm_id as "crmId", content, kept, adopted, crm_modified_at as "crmModifiedAt",
  parent_module as "parentModule", parent_record_id as "parentRecordId", gone_at as "goneAt"`;

/** Which of these records of Zoho are ours? What is there only to be removed is not asked about. */
export async function findOurRecords(
  sql: Sql,
  organizationId: string,
  crmIds: readonly string[],
): Promise<OurRecord[]> {
  if (crmIds.length === 0) return [];
  return sql.query<OurRecord>(
    `select ${COLUMNS} from placements
     where organization_id = $1 and crm_id = any($2::text[]) and slot not like 'left:%' and slot not like 'extra:%' order by meeting_id, slot`,
    [organizationId, crmIds],
  );
}

export type UncertainWrite = { meetingId: string; slot: string; after: EventContent | NoteContent };

/**
 * Contents that we sent and whose arrival nobody has seen: finding them in Zoho is nobody's edit. A lost one counts no longer once Zoho
 * has confirmed a later write in its place.
 */
export async function listUncertainWrites(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
): Promise<UncertainWrite[]> {
  return sql.query<UncertainWrite>(
    `select o.meeting_id as "meetingId", coalesce(o.slot, 'event') as slot, o.after from sync_operations o
     where o.organization_id = $1 and o.meeting_id = any($2::uuid[]) and o.after is not null and o.action = any($3::text[])
       and (o.state in ('sending', 'unknown') or o.error_code = 'NEVER_ARRIVED' and not exists (
         select from sync_operations n
         where n.organization_id = $1 and n.meeting_id = o.meeting_id and coalesce(n.slot, 'event') = coalesce(o.slot, 'event')
           and n.action = any($3::text[]) and n.planned_at > o.planned_at and ${IS_CONFIRMED}))`,
    [organizationId, meetingIds, WRITES],
  );
}

const WRITES = ['create_event', 'update_event', 'create_note', 'update_note', 'adopt_event', 'disown_event'];

/** Zoho itself said so; what was only found there later has a message. */
const IS_CONFIRMED = "n.state = 'done' and n.error_message is null";

/** `under_way`: it may still arrive. `lost`: nobody heard of it, and nothing is known to have happened to the record since. */
export type OwnDeletion = 'under_way' | 'lost';

/** Records that a deletion of ours was sent for: that they are gone is nobody's doing but ours, unless they were seen afterwards. */
export async function listOwnDeletions(
  sql: Sql,
  organizationId: string,
  crmIds: readonly string[],
): Promise<Map<string, OwnDeletion>> {
  const rows = await sql.query<{ crmId: string; isUnderWay: boolean }>(
    `select o.crm_id as "crmId", bool_or(o.state in ('sending', 'unknown')) as "isUnderWay" from sync_operations o
     where o.organization_id = $1 and o.crm_id = any($2::text[]) and o.action in ('delete_event', 'delete_note')
       and (o.state in ('sending', 'unknown') or o.error_code = 'NEVER_ARRIVED'
         and not exists (
           select from sync_operations n
           where n.organization_id = $1 and n.meeting_id = o.meeting_id and n.crm_id = o.crm_id and n.action = any($3::text[])
             and n.planned_at > o.planned_at and ${IS_CONFIRMED})
         and not exists (
           select from placements p where p.organization_id = $1 and p.crm_id = o.crm_id and p.verified_at >= o.finished_at))
     group by o.crm_id`,
    [organizationId, crmIds, WRITES],
  );
  return new Map(rows.map((row) => [row.crmId, row.isUnderWay ? 'under_way' : 'lost']));
}

/** What the mirror knows of a record's end, its name, and of a deal its account. */
export type RecordFacts = {
  module: CrmModule;
  id: string;
  name: string;
  isDeleted: boolean;
  mergedInto: string | null;
  convertedTo: string | null;
  accountId: string | null;
};

const FACTS = `
  select 'contacts' as module, id, name, deleted_at is not null as "isDeleted", merged_into as "mergedInto",
    null::text as "convertedTo", account_id as "accountId"
  from crm_contacts where organization_id = $1 and id = any($2::text[])
  union all
  select 'leads', id, name, deleted_at is not null, merged_into, converted_to, null
  from crm_leads where organization_id = $1 and id = any($3::text[])
  union all
  select 'accounts', id, name, deleted_at is not null, merged_into, null, null
  from crm_accounts where organization_id = $1 and id = any($4::text[])
  union all
  select 'deals', id, name, deleted_at is not null, merged_into, null, account_id
  from crm_deals where organization_id = $1 and id = any($5::text[])`;

export async function readRecordFacts(
  sql: Sql,
  organizationId: string,
  records: readonly RecordRef[],
): Promise<RecordFacts[]> {
  if (records.length === 0) return [];
  const ids = (module: CrmModule) => records.filter((one) => one.module === module).map((one) => one.id);
  return sql.query<RecordFacts>(FACTS, [organizationId, ids('contacts'), ids('leads'), ids('accounts'), ids('deals')]);
}

/** Slots that are taken in these meetings, by meeting. */
export async function listSlots(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const rows = await sql.query<{ meetingId: string; slots: string[] }>(
    `select meeting_id as "meetingId", array_agg(slot) as slots from placements
     where organization_id = $1 and meeting_id = any($2::uuid[]) group by meeting_id`,
    [organizationId, meetingIds],
  );
  return new Map(rows.map((row) => [row.meetingId, new Set(row.slots)]));
}

export type SeenPlacement = {
  meetingId: string;
  slot: string;
  /** Where the record belongs from now on. */
  newSlot: string;
  content: EventContent | NoteContent;
  kept: KeptEvent | KeptNote | null;
  crmModifiedAt: Date | null;
  /** Null: nobody edited it now; who did earlier stays. */
  editedBy: string | null;
  editedAt: Date | null;
  parentRecordId: string | null;
};

/** Saves records as they were seen in Zoho; whatever was believed to be gone is there again. */
export async function saveSeenPlacements(sql: Sql, organizationId: string, rows: SeenPlacement[]): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `update placements p set content = s.content, kept = s.kept, crm_modified_at = s."crmModifiedAt", slot = s."newSlot",
       edited_by = case when s."editedAt" is not null then s."editedBy" when s.kept is null then null else p.edited_by end,
       edited_at = case when s."editedAt" is not null then s."editedAt" when s.kept is null then null else p.edited_at end,
       parent_record_id = coalesce(s."parentRecordId", p.parent_record_id), gone_at = null, gone_by = null
     from jsonb_to_recordset($2) as s("meetingId" uuid, slot text, "newSlot" text, content jsonb, kept jsonb,
       "crmModifiedAt" timestamptz, "editedBy" text, "editedAt" timestamptz, "parentRecordId" text)
     where p.organization_id = $1 and p.meeting_id = s."meetingId" and p.slot = s.slot`,
    [organizationId, JSON.stringify(rows)],
  );
}

/** Notes down that records of ours are not in Zoho any more. Returns the meetings concerned. */
export async function markPlacementsGone(
  sql: Sql,
  organizationId: string,
  rows: { meetingId: string; slot: string; goneAt: Date; goneBy: string | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `update placements p set gone_at = g."goneAt", gone_by = g."goneBy"
     from jsonb_to_recordset($2) as g("meetingId" uuid, slot text, "goneAt" timestamptz, "goneBy" text)
     where p.organization_id = $1 and p.meeting_id = g."meetingId" and p.slot = g.slot and p.gone_at is null`,
    [organizationId, JSON.stringify(rows)],
  );
}

export type ZohoDecision = {
  meetingId: string;
  module: CrmModule;
  recordId: string;
  decision: 'pinned' | 'excluded' | 'added';
  name: string;
  decidedBy: string;
};

/** What people said about links by editing events in Zoho: the newest word about a link counts, wherever it was said. */
export async function saveZohoDecisions(
  sql: Sql,
  organizationId: string,
  rows: ZohoDecision[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `insert into link_decisions (organization_id, meeting_id, module, record_id, decision, origin, name, decided_by, decided_at)
     select $1, d."meetingId", d.module, d."recordId", d.decision, 'zoho', d.name, d."decidedBy", $3
     from jsonb_to_recordset($2) as d("meetingId" uuid, module text, "recordId" text, decision text, name text, "decidedBy" text)
     on conflict (organization_id, meeting_id, module, record_id) do update
     set decision = excluded.decision, origin = excluded.origin, name = excluded.name, decided_by = excluded.decided_by,
       decided_at = excluded.decided_at`,
    [organizationId, JSON.stringify(rows), at],
  );
}

/** Owes meetings an evaluation without forgetting how often they were tried: somebody may edit for ever. */
export async function oweEditedMeetings(
  sql: Sql,
  organizationId: string,
  meetingIds: readonly string[],
  at: Date,
): Promise<void> {
  if (meetingIds.length === 0) return;
  await sql.query(
    `update meetings set owed_at = $3, owed_seq = owed_seq + 1, run_at = null
     where organization_id = $1 and id = any($2::uuid[])`,
    [organizationId, meetingIds, at],
  );
}

/** What people set in records of a meeting (one slot, or null: all) is ours to write again. */
export async function forgetKeptParts(
  sql: Sql,
  organizationId: string,
  { meetingId, slot }: { meetingId: string; slot: string | null },
): Promise<void> {
  await sql.query(
    `update placements set kept = null, edited_by = null, edited_at = null
     where organization_id = $1 and meeting_id = $2 and ($3::text is null or slot = $3)`,
    [organizationId, meetingId, slot],
  );
}

export async function forgetZohoDecisions(sql: Sql, organizationId: string, meetingId: string): Promise<void> {
  await sql.query(`delete from link_decisions where organization_id = $1 and meeting_id = $2 and origin = 'zoho'`, [
    organizationId,
    meetingId,
  ]);
}

/** The record under which lists show a meeting. */
export async function savePrimaries(
  sql: Sql,
  organizationId: string,
  rows: { meetingId: string; module: CrmModule | null; recordId: string | null }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql.query(
    `update meetings m set primary_module = p.module, primary_record_id = p."recordId"
     from jsonb_to_recordset($2) as p("meetingId" uuid, module text, "recordId" text)
     where m.organization_id = $1 and m.id = p."meetingId"`,
    [organizationId, JSON.stringify(rows)],
  );
}
