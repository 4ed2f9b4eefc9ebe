import type {
  AccountRecord,
  Candidate,
  ContactRecord,
  CrmPicture,
  CrmUser,
  DealRecord,
  DomainCandidate,
  LeadRecord,
  RecordRef,
} from '../../domain/crm-picture.ts';
import type { Sql } from '../sql.ts';
import type { ParticipantKeys } from './load-meetings.ts';

/**
 * Everything of the mirror that these people and decided records can reach: eight statements, whatever the number of
 * meetings. Deleted records are left out. Of roles only those of the contacts in reach are read.
 */
export async function loadPicture(
  sql: Sql,
  organizationId: string,
  input: { people: ParticipantKeys[]; decided: RecordRef[] },
): Promise<Omit<CrmPicture, 'withheldModules'>> {
  const people = JSON.stringify(input.people);
  const [candidateRows, domainCandidates, users] = await Promise.all([
    sql.query<CandidateRow>(WHO_HAS_THESE_ADDRESSES, [organizationId, people]),
    sql.query<DomainCandidate>(WHICH_ACCOUNTS_HAVE_THESE_DOMAINS, [organizationId, people]),
    sql.query<CrmUser>(WHICH_USERS_ARE_THESE, [organizationId, people]),
  ]);
  const candidates = candidateRows.map(toCandidate);
  const wanted = (module: RecordRef['module']) =>
    unique([
      ...input.decided.filter((record) => record.module === module).map((record) => record.id),
      ...candidates.filter((candidate) => candidate.module === module).map((candidate) => candidate.recordId),
    ]);
  const [contactRows, leads] = await Promise.all([
    sql.query<ContactRow>(CONTACTS, [organizationId, wanted('contacts')]),
    sql.query<Dated<LeadRecord>>(LEADS, [organizationId, wanted('leads')]),
  ]);
  const contacts = contactRows.map(toContact);
  const contactIds = contacts.map((contact) => contact.id);
  const accountIds = unique([
    ...wanted('accounts'),
    ...contacts.flatMap((contact) => contact.accountIds),
    ...domainCandidates.map((candidate) => candidate.accountId),
  ]);
  const [accounts, dealRows] = await Promise.all([
    sql.query<Dated<AccountRecord>>(ACCOUNTS, [organizationId, accountIds]),
    sql.query<DealRow>(WHICH_DEALS_ARE_IN_REACH, [organizationId, accountIds, contactIds, wanted('deals')]),
  ]);
  const roles = await sql.query<{ dealId: string; contactId: string; role: string | null }>(ROLES, [
    organizationId,
    contactIds,
  ]);
  return {
    contacts,
    leads: leads.map(withMoment),
    accounts: accounts.map(withMoment),
    deals: withRoles(dealRows, roles),
    users,
    candidates,
    domainCandidates,
  };
}

type CandidateRow = Omit<Candidate, 'formerly'> & { formerName: string | null; formerModule: 'contacts' | 'leads' };

function toCandidate({ formerName, formerModule, ...candidate }: CandidateRow): Candidate {
  return formerName === null ? candidate : { ...candidate, formerly: { module: formerModule, name: formerName } };
}

type Dated<T extends { createdAt: number | null }> = Omit<T, 'createdAt'> & { createdAt: Date | null };
type ContactRow = { id: string; name: string; accountId: string | null; createdAt: Date | null };
type DealRow = Omit<Dated<DealRecord>, 'roles'>;

function toContact(row: ContactRow): ContactRecord {
  const { id, name, accountId } = row;
  return { id, name, accountIds: accountId === null ? [] : [accountId], createdAt: row.createdAt?.getTime() ?? null };
}

function withMoment<T extends { createdAt: Date | null }>(row: T): Omit<T, 'createdAt'> & { createdAt: number | null } {
  return { ...row, createdAt: row.createdAt?.getTime() ?? null };
}

function withRoles(rows: DealRow[], roles: { dealId: string; contactId: string; role: string | null }[]): DealRecord[] {
  const deals = new Map(rows.map((row) => [row.id, { ...withMoment(row), roles: [] as DealRecord['roles'] }]));
  for (const { dealId, contactId, role } of roles) deals.get(dealId)?.roles.push({ contactId, role });
  return [...deals.values()];
}

function unique(ids: string[]): string[] {
  return [...new Set(ids)];
}

const PEOPLE = `
  people as materialized (
    select * from jsonb_to_recordset($2::jsonb)
      as p(key text, "emailKey" text, "baseKey" text, domain text, "phoneKey" text))`;

/** An address of a record that was merged or converted leads to its survivor. */
const SURVIVOR = `
    coalesce(l.converted_to, l.merged_into, c.merged_into, k.record_id) as "recordId",
    case when l.converted_to is not null then 'contacts' else k.module end as module,
    coalesce(c.name, l.name) as "formerName", case when l.converted_to is not null then 'leads' else k.module end as "formerModule"`;

const ENDED = `
  left join crm_contacts c on k.module = 'contacts' and c.organization_id = $1 and c.id = k.record_id and c.merged_into is not null
  left join crm_leads l on k.module = 'leads' and l.organization_id = $1 and l.id = k.record_id
    and (l.merged_into is not null or l.converted_to is not null)`;

const WHO_HAS_THESE_ADDRESSES = `
  with ${PEOPLE}
  select p.key as "participantKey", case when k.key = p."emailKey" then 'email' else 'plus-tag' end as by, ${SURVIVOR}
  from people p
  join crm_keys k on k.organization_id = $1 and k.kind = 'email' and k.base = p."baseKey" and k.module in ('contacts', 'leads')
  ${ENDED}
  union all
  select p.key, 'phone', ${SURVIVOR}
  from people p
  join crm_keys k on k.organization_id = $1 and k.kind = 'phone' and k.key = p."phoneKey" and k.module in ('contacts', 'leads')
  ${ENDED}`;

/** A merged account's domain leads to its survivor, unless another account has it now. */
const WHICH_ACCOUNTS_HAVE_THESE_DOMAINS = `
  with ${PEOPLE},
  holders as (
    select p.key as "participantKey", p.domain, k.record_id as id, a.merged_into, a.deleted_at
    from people p
    join crm_keys k on k.organization_id = $1 and k.kind = 'domain' and k.key = p.domain and k.module = 'accounts'
    join crm_accounts a on a.organization_id = $1 and a.id = k.record_id)
  select distinct "participantKey", domain, coalesce(merged_into, id) as "accountId" from holders h
  where merged_into is null or not exists (
    select from holders o where o."participantKey" = h."participantKey" and o.merged_into is null and o.deleted_at is null)`;

const WHICH_USERS_ARE_THESE = `
  with ${PEOPLE}
  select u.id, u.name, array_agg(distinct k.key) as emails, u.is_active as "isActive", u.is_confirmed as "isConfirmed"
  from people p
  join crm_keys k on k.organization_id = $1 and k.kind = 'email' and k.key = p."emailKey" and k.module = 'users'
  join crm_users u on u.organization_id = $1 and u.id = k.record_id
  group by u.id, u.name, u.is_active, u.is_confirmed`;

const CONTACTS = `
  select id, name, account_id as "accountId", created_at as "createdAt"
  from crm_contacts where organization_id = $1 and id = any($2::text[]) and deleted_at is null`;

const LEADS = `
  select id, name, company, created_at as "createdAt"
  from crm_leads where organization_id = $1 and id = any($2::text[]) and deleted_at is null`;

const ACCOUNTS = `
  select id, name, parent_id as "parentId", created_at as "createdAt"
  from crm_accounts where organization_id = $1 and id = any($2::text[]) and deleted_at is null`;

const WHICH_DEALS_ARE_IN_REACH = `
  with reached as (
    select id from crm_deals where organization_id = $1 and account_id = any($2::text[]) and deleted_at is null
    union select id from crm_deals where organization_id = $1 and contact_id = any($3::text[]) and deleted_at is null
    union select deal_id from crm_deal_roles where organization_id = $1 and contact_id = any($3::text[])
    union select unnest($4::text[]))
  select d.id, d.name, d.account_id as "accountId", d.contact_id as "contactId", d.roles_loaded_at is not null as "areRolesLoaded",
    d.stage, d.is_open as "isOpen", d.pipeline, d.closing_date::text as "closingDate", d.created_at as "createdAt"
  from reached r join crm_deals d on d.organization_id = $1 and d.id = r.id
  where d.deleted_at is null`;

const ROLES = `
  select deal_id as "dealId", contact_id as "contactId", role
  from crm_deal_roles where organization_id = $1 and contact_id = any($2::text[])`;
