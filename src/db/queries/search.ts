import type { CrmModule } from '../../domain/crm-picture.ts';
import type { Sql } from '../sql.ts';
import { containing } from '../sql-values.ts';

export type FoundMeeting = { externalId: string; title: string; startsAt: Date };
export type FoundRecord = { module: CrmModule; crmId: string; name: string; detail: string | null };

/** Meetings whose title holds the text, newest first. */
export async function searchMeetings(
  sql: Sql,
  organizationId: string,
  input: { text: string; limit: number },
): Promise<FoundMeeting[]> {
  return sql.query<FoundMeeting>(
    `select external_id as "externalId", title, starts_at as "startsAt" from meetings
     where organization_id = $1 and title ilike $2 and state <> 'retracted'
     order by starts_at desc, id desc limit $3`,
    [organizationId, containing(input.text), input.limit],
  );
}

/** Records of one module: those whose name begins with the text before those that only hold it; people by e-mail as well. */
export async function searchRecords(
  sql: Sql,
  organizationId: string,
  input: { module: CrmModule; text: string; limit: number },
): Promise<FoundRecord[]> {
  const beginning = containing(input.text.toLowerCase()).slice(1);
  const begins = await sql.query<FoundRecord>(BEGINNING[input.module], [organizationId, beginning, input.limit]);
  if (begins.length >= input.limit) return begins;
  const holds = await sql.query<FoundRecord>(HOLDING[input.module], [
    organizationId,
    containing(input.text),
    input.limit,
    begins.map((row) => row.crmId),
  ]);
  return [...begins, ...holds].slice(0, input.limit);
}

const TABLES: Record<CrmModule, string> = {
  contacts: 'crm_contacts',
  leads: 'crm_leads',
  accounts: 'crm_accounts',
  deals: 'crm_deals',
};

const DETAILS: Record<CrmModule, string> = {
  contacts: `concat_ws(' · ', (select name from crm_accounts a where a.organization_id = $1 and a.id = r.account_id), r.email)`,
  leads: `concat_ws(' · ', r.company, r.email)`,
  accounts: 'r.website',
  deals: `concat_ws(' · ', (select name from crm_accounts a where a.organization_id = $1 and a.id = r.account_id), r.stage)`,
};

function select(module: CrmModule): string {
  return `select '${module}' as module, r.id as "crmId", r.name, nullif(${DETAILS[module]}, '') as detail
     from ${TABLES[module]} r where r.organization_id = $1 and r.deleted_at is null`;
}

function ofEach(statement: (module: CrmModule) => string): Record<CrmModule, string> {
  const of = (module: CrmModule) => statement(module);
  return { contacts: of('contacts'), leads: of('leads'), accounts: of('accounts'), deals: of('deals') };
}

const BEGINNING = ofEach((module) => {
  const byName = `${select(module)} and lower(r.name) collate "C" like $2 order by lower(r.name) collate "C", r.id limit $3`;
  if (module !== 'contacts' && module !== 'leads') return byName;
  return `select * from ((${byName}) union (${select(module)} and r.id in (
      select k.record_id from crm_keys k
      where k.organization_id = $1 and k.kind = 'email' and k.module = '${module}' and k.key like $2 limit $3) limit $3)) found
    order by lower(name) collate "C", "crmId" limit $3`;
});

const HOLDING = ofEach(
  (module) => `${select(module)} and r.name ilike $2 and r.id <> all($4::text[])
     order by lower(r.name) collate "C", r.id limit $3`,
);
