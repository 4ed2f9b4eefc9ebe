import type { CrmModule } from '../../domain/crm-picture.ts';
import type { Sql } from '../sql.ts';

/** Records around a record: the first ones of each list, and how many there are in all. */
export type RelatedRecords = {
  contacts: { crmId: string; name: string; role: string | null }[];
  deals: { crmId: string; name: string; stage: string; isOpen: boolean }[];
  contactCount: number;
  dealCount: number;
};

const SHOWN = 50;

/** The people of an account or deal (with their roles) and the deals of an account or contact; leads have neither. */
export async function listRelatedRecords(
  sql: Sql,
  organizationId: string,
  record: { module: CrmModule; id: string },
): Promise<RelatedRecords> {
  const people = PEOPLE[record.module];
  const deals = DEALS[record.module];
  const values = [organizationId, record.id, SHOWN];
  const [contactRows, dealRows] = await Promise.all([
    people === null
      ? []
      : sql.query<RelatedRecords['contacts'][number] & { total: number }>(
          `with related as (${people})
           select c.id as "crmId", c.name, related.role, count(*) over ()::int as total
           from related join crm_contacts c on c.organization_id = $1 and c.id = related.id and c.deleted_at is null
           order by related.role is null, lower(c.name) collate "C", c.id limit $3`,
          values,
        ),
    deals === null
      ? []
      : sql.query<RelatedRecords['deals'][number] & { total: number }>(
          `with related as (${deals})
           select d.id as "crmId", d.name, d.stage, d.is_open as "isOpen", count(*) over ()::int as total
           from related join crm_deals d on d.organization_id = $1 and d.id = related.id and d.deleted_at is null
           order by d.is_open desc, d.closing_date desc nulls last, d.id limit $3`,
          values,
        ),
  ]);
  return {
    contacts: contactRows.map(({ total: _, ...contact }) => contact),
    deals: dealRows.map(({ total: _, ...deal }) => deal),
    contactCount: contactRows[0]?.total ?? 0,
    dealCount: dealRows[0]?.total ?? 0,
  };
}

const PEOPLE: Record<CrmModule, string | null> = {
  accounts:
    'select id, null::text as role from crm_contacts where organization_id = $1 and account_id = $2 and deleted_at is null',
  // A contact with a role is shown by it, be it the primary contact or not.
  deals: `select id, (array_agg(role order by role = 'Primary contact', role))[1] as role from (
      select contact_id, role from crm_deal_roles where organization_id = $1 and deal_id = $2
      union all
      select contact_id, 'Primary contact' from crm_deals where organization_id = $1 and id = $2 and contact_id is not null) part (id, role)
    group by id`,
  contacts: null,
  leads: null,
};

const DEALS: Record<CrmModule, string | null> = {
  accounts: 'select id from crm_deals where organization_id = $1 and account_id = $2 and deleted_at is null',
  contacts: `select id from crm_deals where organization_id = $1 and contact_id = $2 and deleted_at is null
    union select deal_id from crm_deal_roles where organization_id = $1 and contact_id = $2`,
  deals: null,
  leads: null,
};
