import type { CrmModule } from '../../domain/crm-picture.ts';
import type { Sql } from '../sql.ts';

/** Records of the mirror that change. Users count with the addresses they have in the keys. */
export type ChangedRecords = Partial<Record<CrmModule | 'users', readonly string[]>>;

/**
 * The meetings that these records concern, by the mirror as it is now: through addresses and domains of participants (known to
 * the CRM or not yet), stored direct links, people's decisions, our notes on the records, and the cascade from contacts to
 * accounts and deals. Asked before and after a change, the union is what the change can alter. One statement; it begins at the
 * records and goes by indexes, so it costs what they reach.
 */
export async function findTouchedMeetings(
  sql: Sql,
  organizationId: string,
  changed: ChangedRecords,
): Promise<Set<string>> {
  const modules = ['contacts', 'leads', 'accounts', 'deals', 'users'] as const;
  if (modules.every((module) => (changed[module] ?? []).length === 0)) return new Set();
  const rows = await sql.query<{ id: string }>(TOUCHED, [
    organizationId,
    ...modules.map((module) => [...(changed[module] ?? [])]),
  ]);
  return new Set(rows.map((row) => row.id));
}

/** Meetings with somebody of these mail domains: an organization's own domains follow from its users. */
export async function findMeetingsOfDomains(
  sql: Sql,
  organizationId: string,
  domains: readonly string[],
): Promise<Set<string>> {
  if (domains.length === 0) return new Set();
  const rows = await sql.query<{ id: string }>(
    'select distinct meeting_id as id from participants where organization_id = $1 and domain = any($2::text[])',
    [organizationId, domains],
  );
  return new Set(rows.map((row) => row.id));
}

/**
 * Owes meetings an evaluation because the mirror changed: one that waits already keeps its place. A retracted meeting is beyond
 * every change there. Returns how many are owed by it.
 */
export async function oweTouchedMeetings(
  sql: Sql,
  organizationId: string,
  ids: ReadonlySet<string>,
  at: Date,
): Promise<number> {
  if (ids.size === 0) return 0;
  const rows = await sql.query(
    `update meetings set owed_at = coalesce(owed_at, $3), owed_seq = owed_seq + 1, mirror_owes = coalesce(mirror_owes, 0) + 1,
       run_at = null
     where organization_id = $1 and id = any($2::uuid[]) and retracted_at is null returning id`,
    [organizationId, [...ids], at],
  );
  return rows.length;
}

/**
 * `$2` contacts, `$3` leads, `$4` accounts, `$5` deals, `$6` users. Links of the cascade are not stored: whoever reaches an account
 * or a deal does so through a contact that has a direct link, or through a decision.
 */
const TOUCHED = `
  with changed as materialized (
    select 'contacts' as module, unnest($2::text[]) collate "C" as id
    union all select 'leads', unnest($3::text[]) collate "C"
    union all select 'accounts', unnest($4::text[]) collate "C"
    union all select 'deals', unnest($5::text[]) collate "C"),
  -- Addresses of a record that was merged or converted lead to its survivor.
  sources as materialized (
    select module, id from changed
    union all select 'users', unnest($6::text[]) collate "C"
    union all select 'contacts', c.id from crm_contacts c where c.organization_id = $1 and c.merged_into = any($2::text[])
    union all select 'leads', l.id from crm_leads l where l.organization_id = $1 and l.merged_into = any($3::text[])
    union all select 'leads', l.id from crm_leads l where l.organization_id = $1 and l.converted_to = any($2::text[])
    union all select 'accounts', a.id from crm_accounts a where a.organization_id = $1 and a.merged_into = any($4::text[])),
  deals as materialized (
    select d.id, d.account_id, d.contact_id from crm_deals d where d.organization_id = $1 and d.id = any($5::text[])),
  reaching_accounts as materialized (
    select id from changed where module = 'accounts'
    union select account_id from deals where account_id is not null),
  reaching_contacts as materialized (
    select id from changed where module = 'contacts'
    union
    select c.id from crm_contacts c
    where c.organization_id = $1 and c.account_id in (select id from reaching_accounts) and c.deleted_at is null
    union select contact_id from deals where contact_id is not null
    union
    select r.contact_id from crm_deal_roles r where r.organization_id = $1 and r.deal_id = any($5::text[])),
  linked as materialized (
    select 'contacts' as module, id from reaching_contacts
    union all select 'accounts', id from reaching_accounts
    union all select module, id from changed where module in ('leads', 'deals')),
  keys as materialized (
    select distinct k.kind, case when k.kind = 'email' then k.base else k.key end as key
    from sources s
    join crm_keys k on k.organization_id = $1 and k.module = s.module and k.record_id = s.id)
  select l.meeting_id as id from linked r
  join direct_links l on l.organization_id = $1 and l.module = r.module and l.record_id = r.id
  union
  select h.meeting_id from linked r
  join link_decisions h on h.organization_id = $1 and h.module = r.module and h.record_id = r.id
  union
  select h.meeting_id from changed r
  join person_decisions h on h.organization_id = $1 and h.module = r.module and h.record_id = r.id
  union
  select p.meeting_id from changed r
  join placements p on p.organization_id = $1 and p.parent_module = r.module and p.parent_record_id = r.id
  union
  select p.meeting_id from keys k
  join participants p on p.organization_id = $1 and p.base_key = k.key
  where k.kind = 'email'
  union
  select p.meeting_id from keys k
  join participants p on p.organization_id = $1 and p.phone_key = k.key and p.phone_key is not null
  where k.kind = 'phone'
  union
  select p.meeting_id from keys k
  join participants p on p.organization_id = $1 and p.domain = k.key
  where k.kind = 'domain'`;
