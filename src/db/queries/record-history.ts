import type { CrmModule } from '../../domain/crm-picture.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Sql } from '../sql.ts';
import { createSqlValues } from '../sql-values.ts';
import { derivedLinks, IS_CASCADED, ORIGIN_OF_RANK, VIA_ID, VIA_LETTER } from './derived-links.ts';
import { LINK_TABLES, type MeetingPlace } from './list-meetings.ts';

/** A meeting of a record: how it is linked, and through whom where a cascade did it. */
export type HistoryPlace = MeetingPlace & { origin: 'direct' | 'cascade' | 'manual' | 'zoho'; via: string | null };

/** Which conversations concern this record? Newest first, retracted ones never. */
export async function listRecordHistory(
  sql: Sql,
  organizationId: string,
  input: {
    record: { module: CrmModule; id: string };
    policy: Pick<Policy, 'cascade' | 'focused'>;
    after: MeetingPlace | null;
    limit: number;
  },
): Promise<HistoryPlace[]> {
  const { record, policy, after, limit } = input;
  const values = createSqlValues();
  const org = values.add(organizationId);
  const ctes = derivedLinks(values, {
    organizationId,
    policy,
    targets: { [record.module]: `select ${values.add(record.id)}::text` },
    withVia: true,
  });
  const following =
    after === null
      ? ''
      : `and (m.starts_at, m.id) < (${values.add(after.startsAt)}::timestamptz, ${values.add(after.id)}::uuid)`;
  return sql.query<HistoryPlace>(
    `with ${ctes},
     page as (
       select m.id, m.starts_at, l.rank, l.via_key from ${LINK_TABLES[record.module]} l
       join meetings m on m.organization_id = ${org} and m.id = l.meeting_id and m.state <> 'retracted'
       where true ${following}
       order by m.starts_at desc, m.id desc limit ${values.add(limit)})
     select id, starts_at as "startsAt", ${ORIGIN_OF_RANK} as origin,
       case when ${IS_CASCADED} then case ${VIA_LETTER}
         when 'c' then (select name from crm_contacts where organization_id = ${org} and id = ${VIA_ID} collate "C")
         when 'a' then (select name from crm_accounts where organization_id = ${org} and id = ${VIA_ID} collate "C") end end as via
     from page order by starts_at desc, id desc`,
    values.list,
  );
}

/** What a time line tells of a meeting beside its row. */
export type MeetingGist = { id: string; summary: string | null; people: string[]; smartCategories: string[] };

const PEOPLE_SHOWN = 12;

/** People from outside first, the opening of the summary, and the smart categories that were touched. */
export async function readMeetingGists(
  sql: Sql,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, MeetingGist>> {
  const rows = await sql.query<MeetingGist>(GISTS, [organizationId, ids, PEOPLE_SHOWN]);
  return new Map(rows.map((row) => [row.id, row]));
}

const GISTS = `
  select m.id, left(m.summary ->> 'text', 1000) as summary,
    array(select coalesce(nullif(p.name, ''), p.email, p.phone, 'Somebody') from participants p
      where p.organization_id = $1 and p.meeting_id = m.id
      order by p.match_kind is not distinct from 'internal', p.position limit $3) as people,
    array(select n.smart_category from meeting_notes n
      where n.organization_id = $1 and n.meeting_id = m.id and n.smart_category is not null
      group by n.smart_category order by min(n.position)) as "smartCategories"
  from meetings m where m.organization_id = $1 and m.id = any($2::uuid[])`;
