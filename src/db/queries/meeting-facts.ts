import { firstRow, type Sql } from '../sql.ts';

/** The row of one meeting beyond what the rules need. */
export type MeetingFacts = {
  id: string;
  externalId: string;
  version: number;
  language: string | null;
  state: string;
  verifiedAt: Date | null;
  differences: string[];
  transcriptTurns: number;
};

/** The meeting with this external id, or the one that the recording with this id is part of. */
export async function findMeetingFacts(
  sql: Sql,
  organizationId: string,
  externalId: string,
): Promise<MeetingFacts | null> {
  return firstRow(
    sql.query<MeetingFacts>(
      `select m.id, m.external_id as "externalId", m.version, m.language, m.state, m.verified_at as "verifiedAt", m.differences, coalesce(t.turn_count, 0) as "transcriptTurns"
       from meetings m
       left join transcripts t on t.organization_id = m.organization_id and t.meeting_id = m.id
       where m.organization_id = $1 and m.id = coalesce(
         (select r.meeting_id from recordings r where r.organization_id = $1 and r.external_id = $2),
         (select o.id from meetings o where o.organization_id = $1 and o.external_id = $2))`,
      [organizationId, externalId],
    ),
  );
}

export type Turn = { speaker: string; text: string; startSeconds: number | null; endSeconds: number | null };

/** Turns of a transcript from a position on; they are cut in the database, so a long one is never read whole. */
export async function listTurns(
  sql: Sql,
  organizationId: string,
  meetingId: string,
  page: { offset: number; limit: number },
): Promise<Turn[]> {
  return sql.query<Turn>(
    `select coalesce(turn ->> 'speaker', '') as speaker, coalesce(turn ->> 'text', '') as text,
       (turn ->> 'startSeconds')::float8 as "startSeconds", (turn ->> 'endSeconds')::float8 as "endSeconds"
     from transcripts t, jsonb_array_elements(t.turns) with ordinality as e(turn, position)
     where t.organization_id = $1 and t.meeting_id = $2 and position > $3 and position <= $3 + $4 order by position`,
    [organizationId, meetingId, page.offset, page.limit],
  );
}

/** Facts of deals and leads for a picture of links, by id. */
export async function loadDealFacts(
  sql: Sql,
  organizationId: string,
  ids: readonly string[],
): Promise<
  Map<
    string,
    { stage: string; isOpen: boolean; amount: number | null; currency: string | null; closingDate: string | null }
  >
> {
  const rows = await sql.query<{
    id: string;
    stage: string;
    isOpen: boolean;
    amount: number | null;
    currency: string | null;
    closingDate: string | null;
  }>(
    `select id, stage, is_open as "isOpen", amount, currency, closing_date::text as "closingDate"
     from crm_deals where organization_id = $1 and id = any($2::text[])`,
    [organizationId, ids],
  );
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}

/** What tells two people of one name apart: account or company, title, address. */
export async function describePeople(
  sql: Sql,
  organizationId: string,
  people: { contacts: string[]; leads: string[]; accounts: string[] },
): Promise<Map<string, string>> {
  const rows = await sql.query<{ key: string; detail: string }>(
    `select 'contacts/' || c.id as key, concat_ws(' · ', a.name, c.title, c.email) as detail
     from crm_contacts c left join crm_accounts a on a.organization_id = c.organization_id and a.id = c.account_id
     where c.organization_id = $1 and c.id = any($2::text[])
     union all
     select 'leads/' || id, concat_ws(' · ', 'Lead', company, email) from crm_leads
     where organization_id = $1 and id = any($3::text[])
     union all
     select 'accounts/' || id, coalesce(website, '') from crm_accounts where organization_id = $1 and id = any($4::text[])`,
    [organizationId, people.contacts, people.leads, people.accounts],
  );
  return new Map(rows.map(({ key, detail }) => [key, detail]));
}
