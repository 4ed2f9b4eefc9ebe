import type { CrmModule } from '../../domain/crm-picture.ts';
import type { Policy } from '../../domain/policy.ts';
import { firstRow, type Sql } from '../sql.ts';
import { containing, createSqlValues, type SqlValues } from '../sql-values.ts';
import { derivedLinks, IS_CASCADED } from './derived-links.ts';
import { LINK_TABLES } from './list-meetings.ts';

/** A record of the mirror as lists show it. */
export type RecordListRow = {
  crmId: string;
  name: string;
  detail: string | null;
  ownerName: string | null;
  stage: string | null;
  isOpen: boolean | null;
  amount: number | null;
  currency: string | null;
  closingDate: string | null;
  email: string | null;
  accountId: string | null;
};

export type RecordFilters = { q?: string; isOpen?: boolean };

/** The place of a record in its list: people and accounts by name; deals open first, then the later closing date. */
export type RecordPlace = { name: string; id: string } | { isOpen: boolean; closingDate: string; id: string };

/** Which records fit? Deleted ones never. `after` must be a place of the same module's list. */
export async function listRecords(
  sql: Sql,
  organizationId: string,
  query: { module: CrmModule; filters: RecordFilters; after: RecordPlace | null; limit: number },
): Promise<RecordListRow[]> {
  const { module, filters, after, limit } = query;
  const values = createSqlValues();
  const org = values.add(organizationId);
  const conditions = [
    `r.organization_id = ${org}`,
    'r.deleted_at is null',
    ...(filters.q === undefined ? [] : [matchesText(values, org, module, filters.q)]),
    ...(filters.isOpen === undefined || module !== 'deals' ? [] : [`r.is_open = ${values.add(filters.isOpen)}`]),
    ...(after === null ? [] : [isAfter(values, after)]),
  ];
  const { table, order } = LISTS[module];
  // The page is cut before names of owners and accounts are looked up.
  return sql.query<RecordListRow>(
    `with r as materialized (
       select r.* from ${table} r where ${conditions.join(' and ')} order by ${order} limit ${values.add(limit)})
     select ${columnsOf(module, org)} from r order by ${order}`,
    values.list,
  );
}

/** One record of the mirror, or null: it is deleted, or was never there. */
export async function findRecord(
  sql: Sql,
  organizationId: string,
  record: { module: CrmModule; id: string },
): Promise<RecordListRow | null> {
  return firstRow(
    sql.query<RecordListRow>(
      `select ${columnsOf(record.module, '$1')} from ${LISTS[record.module].table} r
       where r.organization_id = $1 and r.id = $2 and r.deleted_at is null`,
      [organizationId, record.id],
    ),
  );
}

export type MeetingCounts = { direct: number; cascaded: number; lastMeetingAt: Date | null };

/** How many meetings are linked with each of these records, directly and by cascade only, and when was the last one? */
export async function countMeetingsOfRecords(
  sql: Sql,
  organizationId: string,
  input: { module: CrmModule; ids: readonly string[]; policy: Pick<Policy, 'cascade' | 'focused'> },
): Promise<Map<string, MeetingCounts>> {
  if (input.ids.length === 0) return new Map();
  const values = createSqlValues();
  const ids = values.add(input.ids);
  const ctes = derivedLinks(values, {
    organizationId,
    policy: input.policy,
    targets: { [input.module]: `select unnest(${ids}::text[])` },
  });
  const rows = await sql.query<MeetingCounts & { id: string }>(
    `with ${ctes}
     select l.record_id as id, count(*) filter (where not (${IS_CASCADED}))::int as direct,
       count(*) filter (where ${IS_CASCADED})::int as cascaded, max(m.starts_at) as "lastMeetingAt"
     from ${LINK_TABLES[input.module]} l
     join meetings m on m.organization_id = ${values.add(organizationId)} and m.id = l.meeting_id and m.state <> 'retracted'
     group by l.record_id`,
    values.list,
  );
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}

const BY_NAME = 'lower(r.name) collate "C", r.id';
const CLOSING = `coalesce(r.closing_date, date '0001-01-01')`;

const LISTS: Record<CrmModule, { table: string; order: string }> = {
  contacts: { table: 'crm_contacts', order: BY_NAME },
  leads: { table: 'crm_leads', order: BY_NAME },
  accounts: { table: 'crm_accounts', order: BY_NAME },
  deals: { table: 'crm_deals', order: `r.is_open desc, ${CLOSING} desc, r.id desc` },
};

function isAfter(values: SqlValues, after: RecordPlace): string {
  if ('name' in after) {
    return `(lower(r.name) collate "C", r.id) > (lower(${values.add(after.name)}::text) collate "C", ${values.add(after.id)}::text)`;
  }
  const { isOpen, closingDate, id } = after;
  return `(r.is_open, ${CLOSING}, r.id) < (${values.add(isOpen)}::boolean, ${values.add(closingDate)}::date, ${values.add(id)}::text)`;
}

function matchesText(values: SqlValues, org: string, module: CrmModule, q: string): string {
  const pattern = values.add(containing(q));
  if (module === 'accounts') return `r.name ilike ${pattern}`;
  if (module !== 'deals') return `(r.name ilike ${pattern} or r.email ilike ${pattern})`;
  return `(r.name ilike ${pattern} or r.account_id in (
      select a.id from crm_accounts a where a.organization_id = ${org} and a.name ilike ${pattern} and a.deleted_at is null))`;
}

function columnsOf(module: CrmModule, org: string): string {
  const nameOf = (table: string, id: string) =>
    `(select x.name from ${table} x where x.organization_id = ${org} and x.id = ${id})`;
  const accountName = `(select x.name from crm_accounts x
      where x.organization_id = ${org} and x.id = r.account_id and x.deleted_at is null)`;
  const domain = `coalesce((select min(k.key) from crm_keys k where k.organization_id = ${org} and k.module = 'accounts'
      and k.record_id = r.id and k.kind = 'domain'), r.website)`;
  const detail = { contacts: accountName, deals: accountName, leads: 'r.company', accounts: domain }[module];
  const ofDeal = (column: string, type: string) => (module === 'deals' ? column : `null::${type}`);
  const isPerson = module === 'contacts' || module === 'leads';
  return `r.id as "crmId", r.name, ${detail} as detail, ${nameOf('crm_users', 'r.owner_id')} as "ownerName",
    ${ofDeal('r.stage', 'text')} as stage, ${ofDeal('r.is_open', 'boolean')} as "isOpen", ${ofDeal('r.amount', 'float8')} as amount,
    ${ofDeal('r.currency', 'text')} as currency, ${ofDeal('r.closing_date::text', 'text')} as "closingDate",
    ${isPerson ? 'r.email' : 'null::text'} as email,
    ${module === 'contacts' || module === 'deals' ? 'r.account_id' : 'null::text'} as "accountId"`;
}
