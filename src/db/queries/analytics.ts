import type { Policy } from '../../domain/policy.ts';
import type { Sql } from '../sql.ts';
import { createSqlValues, type SqlValues } from '../sql-values.ts';
import { derivedMetDeals, derivedStages } from './derived-deals.ts';
import { derivedLinks, IS_CASCADED } from './derived-links.ts';
import { ownerName } from './list-meetings.ts';

/** `from` is included, `to` is not. */
export type Span = { from: Date; to: Date };
type LinkPolicy = Pick<Policy, 'cascade' | 'focused'>;

/** Distinct meetings of one group: linked directly, and by cascade only. */
export type GroupCount = { key: string; label: string; direct: number; cascaded: number };

/** No chart or table of groups holds more. */
const GROUPS_MAX = 200;

const DIRECT_AND_CASCADED = `count(*) filter (where not is_cascaded)::int as direct, count(*) filter (where is_cascaded)::int as cascaded`;

/** How many meetings were there, how long were they together, and how many accounts do they concern? */
export async function readFigures(
  sql: Sql,
  organizationId: string,
  input: { span: Span; policy: LinkPolicy },
): Promise<{ meetings: number; seconds: number; accountsMet: number }> {
  const { values, org, ctes, scope } = open(organizationId, input);
  const [row] = await sql.query<{ meetings: number; seconds: number; accountsMet: number }>(
    `with ${ctes}
     select count(*)::int as meetings, coalesce(sum(extract(epoch from m.ends_at - m.starts_at)), 0)::float8 as seconds,
       (select count(distinct record_id)::int from account_links) as "accountsMet"
     from meetings m where m.organization_id = ${org} and m.id in (${scope})`,
    values.list,
  );
  return row ?? { meetings: 0, seconds: 0, accountsMet: 0 };
}

/** How many meetings began in each of these slices of time? */
export async function countByTime(
  sql: Sql,
  organizationId: string,
  slices: readonly Span[],
): Promise<{ place: number; count: number }[]> {
  return sql.query(
    `select (s.place - 1)::int as place, count(m.id)::int as count
     from unnest($2::timestamptz[], $3::timestamptz[]) with ordinality as s(from_at, to_at, place)
     left join meetings m on m.organization_id = $1 and m.starts_at >= s.from_at and m.starts_at < s.to_at and m.state <> 'retracted'
     group by s.place order by s.place`,
    [organizationId, slices.map(({ from }) => from), slices.map(({ to }) => to)],
  );
}

/** Which owners (of the primary record, else hosts) have how many meetings? */
export async function countByOwner(sql: Sql, organizationId: string, span: Span): Promise<GroupCount[]> {
  return countByWord(sql, organizationId, span, ownerName('$1'));
}

/** Which activity types have how many meetings? Without one: the empty key. */
export async function countByActivityType(sql: Sql, organizationId: string, span: Span): Promise<GroupCount[]> {
  return countByWord(sql, organizationId, span, `coalesce(m.activity_type, '')`);
}

function countByWord(sql: Sql, organizationId: string, span: Span, word: string): Promise<GroupCount[]> {
  return sql.query<GroupCount>(
    `select word as key, word as label, count(*)::int as direct, 0 as cascaded
     from (select ${word} as word from meetings m
       where m.organization_id = $1 and m.starts_at >= $2 and m.starts_at < $3 and m.state <> 'retracted') worded
     group by word order by count(*) desc, word limit ${GROUPS_MAX}`,
    [organizationId, span.from, span.to],
  );
}

/** Which accounts have how many meetings? Those with the most first. */
export async function countByAccount(
  sql: Sql,
  organizationId: string,
  input: { span: Span; policy: LinkPolicy },
): Promise<GroupCount[]> {
  const { values, org, ctes } = open(organizationId, input);
  return sql.query<GroupCount>(
    `with ${ctes},
     counted as (
       select record_id, ${DIRECT_AND_CASCADED} from (select record_id, ${IS_CASCADED} as is_cascaded from account_links) linked
       group by record_id order by count(*) desc, record_id limit ${GROUPS_MAX})
     select record_id as key, a.name as label, direct, cascaded
     from counted join crm_accounts a on a.organization_id = ${org} and a.id = record_id
     order by direct + cascaded desc, record_id`,
    values.list,
  );
}

export type StageCount = {
  /** Null: the meetings of the stage, whatever was talked about. */
  smartCategory: string | null;
  stage: string;
  direct: number;
  cascaded: number;
};

/** Meetings by the stage in which their deals are now; and within it by the smart categories that were touched. */
export async function countByStage(
  sql: Sql,
  organizationId: string,
  input: { span: Span; policy: LinkPolicy; categories: readonly string[] },
): Promise<StageCount[]> {
  const values = createSqlValues();
  const org = values.add(organizationId);
  const scope = meetingsOf(values, org, input.span);
  return sql.query<StageCount>(
    `with ${derivedStages(values, { organizationId, policy: input.policy, meetings: scope })},
     staged as materialized (select * from deal_stages),
     touched as (
       select distinct meeting_id, smart_category from meeting_notes
       where organization_id = ${org} and smart_category = any(${values.add(input.categories)}::text[]) and meeting_id in (${scope})),
     counted as (
       select null as "smartCategory", stage, ${DIRECT_AND_CASCADED} from staged group by stage
       union all
       select t.smart_category, s.stage, ${DIRECT_AND_CASCADED}
       from staged s join touched t using (meeting_id) group by t.smart_category, s.stage)
     select counted.* from counted left join crm_stages c on c.organization_id = ${org} and c.stage = counted.stage
     order by c.position nulls last, counted.stage, "smartCategory" nulls first limit 20000`,
    values.list,
  );
}

/** Which smart categories were touched in how many meetings? The most frequent first. */
export async function countByCategory(
  sql: Sql,
  organizationId: string,
  input: { span: Span; limit: number },
): Promise<{ smartCategory: string; total: number }[]> {
  return sql.query(
    `select n.smart_category as "smartCategory", count(distinct n.meeting_id)::int as total
     from meeting_notes n
     join meetings m on m.organization_id = $1 and m.id = n.meeting_id and m.state <> 'retracted'
       and m.starts_at >= $2 and m.starts_at < $3
     where n.organization_id = $1 and n.smart_category is not null
     group by n.smart_category order by total desc, n.smart_category limit $4`,
    [organizationId, input.span.from, input.span.to, input.limit],
  );
}

export type QuietDeal = {
  crmId: string;
  name: string;
  accountName: string | null;
  stage: string;
  ownerName: string | null;
  amount: number | null;
  currency: string | null;
  closingDate: string | null;
};

/** Which open deals had no meeting since then? The largest amounts first, and how many there are in all. */
export async function listQuietDeals(
  sql: Sql,
  organizationId: string,
  input: { since: Date; until: Date; policy: LinkPolicy; limit: number },
): Promise<{ deals: QuietDeal[]; total: number }> {
  const values = createSqlValues();
  const org = values.add(organizationId);
  const meetings = meetingsOf(values, org, { from: input.since, to: input.until });
  const rows = await sql.query<QuietDeal & { total: number }>(
    `with ${derivedMetDeals(values, { organizationId, policy: input.policy, meetings })},
     quiet as (
       select d.*, count(*) over ()::int as total from crm_deals d
       where d.organization_id = ${org} and d.is_open and d.deleted_at is null
         and not exists (select from met_deals l where l.id = d.id)
       order by d.amount desc nulls last, d.id limit ${values.add(input.limit)})
     select q.id as "crmId", q.name, a.name as "accountName", q.stage, u.name as "ownerName", q.amount, q.currency,
       q.closing_date::text as "closingDate", q.total
     from quiet q
     left join crm_accounts a on a.organization_id = ${org} and a.id = q.account_id and a.deleted_at is null
     left join crm_users u on u.organization_id = ${org} and u.id = q.owner_id
     order by q.amount desc nulls last, q.id`,
    values.list,
  );
  return { deals: rows.map(({ total: _, ...deal }) => deal), total: rows[0]?.total ?? 0 };
}

type Opened = { values: SqlValues; org: string; ctes: string; scope: string };

/** Begins a statement about the links of a span's meetings. */
function open(organizationId: string, { span, policy }: { span: Span; policy: LinkPolicy }): Opened {
  const values = createSqlValues();
  const org = values.add(organizationId);
  const scope = meetingsOf(values, org, span);
  const ctes = derivedLinks(values, { organizationId, policy, meetings: scope });
  return { values, org, ctes, scope };
}

function meetingsOf(values: SqlValues, org: string, span: Span): string {
  return `select id from meetings where organization_id = ${org} and state <> 'retracted'
      and starts_at >= ${values.add(span.from)}::timestamptz and starts_at < ${values.add(span.to)}::timestamptz`;
}
