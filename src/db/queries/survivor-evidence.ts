import type { CrmModule } from '../../domain/crm-picture.ts';
import type { EventContent } from '../../domain/sync-plan.ts';
import type { Sql } from '../sql.ts';

/** Something that we wrote and that pointed to a record. */
export type WrittenPointer = { recordId: string; crmId: string } & (
  | { kind: 'event'; content: EventContent }
  | { kind: 'note'; content: null }
);

/** How much of what we wrote is looked at for each record that is gone. */
const POINTERS_EACH = 2;

/** Our newest events and notes that pointed to each of these records, a few of each. */
export async function findWrittenPointers(
  sql: Sql,
  organizationId: string,
  module: CrmModule,
  recordIds: readonly string[],
): Promise<WrittenPointer[]> {
  return sql.query<WrittenPointer>(
    `with gone as (select unnest($3::text[]) collate "C" as id),
     meetings_of as (
       select l.record_id, l.meeting_id from direct_links l
       where l.organization_id = $1 and l.module = $2 and l.record_id in (select id from gone)
       union
       select m.primary_record_id, m.id from meetings m
       where m.organization_id = $1 and m.primary_module = $2 and m.primary_record_id in (select id from gone)),
     pointers as (
       select o.record_id, p.crm_id, 'event' as kind, p.content, p.written_at
       from meetings_of o
       join placements p on p.organization_id = $1 and p.meeting_id = o.meeting_id and p.slot = 'event' and p.gone_at is null
       where p.content -> 'primary' ->> 'id' = o.record_id or p.content ->> 'contactId' = o.record_id
         or p.content -> 'participants' @> jsonb_build_array(jsonb_build_object('id', o.record_id))
       union all
       select p.parent_record_id, p.crm_id, 'note', null::jsonb, p.written_at from placements p
       where p.organization_id = $1 and p.parent_module = $2 and p.parent_record_id in (select id from gone)
         and p.gone_at is null)
     select record_id as "recordId", crm_id as "crmId", kind, content from (
       select *, row_number() over (partition by record_id, kind order by written_at desc, crm_id) as place from pointers) ranked
     where place <= ${POINTERS_EACH} order by record_id, kind, place`,
    [organizationId, module, recordIds],
  );
}

/** Records that pointed to each of these by a lookup: contacts and deals of an account, deals of a contact; a few of each. */
export async function findRecordPointers(
  sql: Sql,
  organizationId: string,
  module: CrmModule,
  recordIds: readonly string[],
): Promise<{ recordId: string; module: 'contacts' | 'deals'; id: string }[]> {
  const column = module === 'accounts' ? 'account_id' : module === 'contacts' ? 'contact_id' : null;
  if (column === null) return [];
  const from = (table: string, pointing: string) => `
     select ${column} as "recordId", '${pointing}' as module, id,
       row_number() over (partition by ${column} order by id desc) as place
     from ${table} where organization_id = $1 and ${column} = any($2::text[]) and deleted_at is null`;
  const parts = [from('crm_deals', 'deals'), ...(module === 'accounts' ? [from('crm_contacts', 'contacts')] : [])];
  return sql.query(
    `select "recordId", module, id from (${parts.join(' union all ')}) pointing where place <= ${POINTERS_EACH}
     order by "recordId", module, id`,
    [organizationId, recordIds],
  );
}

const TABLES: Record<CrmModule, string> = {
  contacts: 'crm_contacts',
  leads: 'crm_leads',
  accounts: 'crm_accounts',
  deals: 'crm_deals',
};

/** Deals in which each of these contacts had a role, a few of each. */
export async function findRolePointers(
  sql: Sql,
  organizationId: string,
  contactIds: readonly string[],
): Promise<{ recordId: string; dealId: string }[]> {
  return sql.query(
    `select contact_id as "recordId", deal_id as "dealId" from (
       select r.contact_id, r.deal_id, row_number() over (partition by r.contact_id order by d.is_open desc, d.id desc) as place
       from crm_deal_roles r
       join crm_deals d on d.organization_id = $1 and d.id = r.deal_id and d.deleted_at is null
       where r.organization_id = $1 and r.contact_id = any($2::text[])) pointing
     where place <= ${POINTERS_EACH} order by 1, 2`,
    [organizationId, contactIds],
  );
}

/** The contacts that the mirror knows with a role in each of these deals. */
export async function listRolesOf(
  sql: Sql,
  organizationId: string,
  dealIds: readonly string[],
): Promise<{ dealId: string; contactId: string }[]> {
  return sql.query(
    `select deal_id as "dealId", contact_id as "contactId" from crm_deal_roles
     where organization_id = $1 and deal_id = any($2::text[])`,
    [organizationId, dealIds],
  );
}

/** Changed in the seconds of a mass update, nobody can be told from the others. */
const NEIGHBOURS_MOST = 500;

/** A record that was changed within two seconds of the end of another one. `sharesKey`: they have an address, number or domain in common. */
export type Neighbour = { id: string; name: string; formerName: string; sharesKey: boolean };

/** Live records of a module that were changed in the same seconds in which a record ended; none when they are too many. */
export async function findNeighbours(
  sql: Sql,
  organizationId: string,
  gone: { module: CrmModule; id: string; deletedAt: string },
  module: CrmModule,
): Promise<Neighbour[]> {
  const rows = await sql.query<Neighbour>(
    `select t.id, t.name, g.name as "formerName", exists (
       select from crm_keys a
       join crm_keys b on b.organization_id = $1 and b.module = '${module}' and b.record_id = t.id
         and b.kind = a.kind and b.base = a.base
       where a.organization_id = $1 and a.module = '${gone.module}' and a.record_id = g.id) as "sharesKey"
     from ${TABLES[gone.module]} g
     join ${TABLES[module]} t on t.organization_id = $1 and t.deleted_at is null and t.id <> g.id
       and t.modified_at between $3::timestamptz - interval '2 seconds' and $3::timestamptz + interval '2 seconds'
     where g.organization_id = $1 and g.id = $2 limit ${NEIGHBOURS_MOST + 1}`,
    [organizationId, gone.id, gone.deletedAt],
  );
  return rows.length > NEIGHBOURS_MOST ? [] : rows;
}

/** The stages of deals as the mirror knows them. */
export async function readStageMap(sql: Sql, organizationId: string): Promise<Map<string, boolean>> {
  const rows = await sql.query<{ stage: string; isOpen: boolean }>(
    'select stage, is_open as "isOpen" from crm_stages where organization_id = $1',
    [organizationId],
  );
  return new Map(rows.map((row) => [row.stage, row.isOpen]));
}
