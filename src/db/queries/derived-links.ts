import type { CrmModule } from '../../domain/crm-picture.ts';
import type { Policy } from '../../domain/policy.ts';
import type { SqlValues } from '../sql-values.ts';

/** What narrows a derivation. Each text is a subquery of one column, put together by the caller with values of its own. */
export type LinkScope = {
  organizationId: string;
  policy: Pick<Policy, 'cascade' | 'focused'>;
  /** Only meetings with these ids. */
  meetings?: string;
  /** Only links to these records; a module that is not named has none then. Without targets: every record. */
  targets?: Partial<Record<CrmModule, string>>;
  /** Say through whom a cascaded link came; costs a text a row. */
  withVia?: boolean;
  /** Keeps the names of two derivations in one statement apart. */
  prefix?: string;
};

/** Ranks of a link: the smallest one tells its origin. */
const DIRECT = 1;
const CASCADE = 2;
const MANUAL = 3;
const FROM_ZOHO = 4;

/** The origin of a link by its rank, for a `select`. */
export const ORIGIN_OF_RANK = `(array['direct', 'cascade', 'manual', 'zoho'])[rank]`;
/** True for a link that exists only by cascade, of a row with `rank`. */
export const IS_CASCADED = `rank = ${CASCADE}`;

/**
 * Common table expressions (without `with`) that derive every link meeting → record from direct links, people's decisions, the
 * mirror and the policy: `<prefix>contact_links`, `lead_links`, `account_links`, `deal_links`, each with `meeting_id`, `record_id`,
 * `rank` and `via_key`, one row a meeting and record. The same result as `associate` of the domain, held by a test. It begins
 * at the narrow side: with targets, only people and accounts that lead there are looked at.
 */
export function derivedLinks(values: SqlValues, scope: LinkScope): string {
  const prefix = scope.prefix ?? '';
  const parts: Parts = {
    prefix,
    org: values.add(scope.organizationId),
    meetings: scope.meetings ?? null,
    isTargeted: scope.targets !== undefined,
    withVia: scope.withVia ?? false,
    withMatched: scope.policy.cascade === 'focused',
    fit: 'true',
    places: null,
  };
  const sources = scope.targets === undefined ? [] : targetSources(parts, scope.targets);
  if (scope.policy.cascade === 'everything') {
    return [
      ...sources,
      ...reach(parts),
      `${prefix}account_links as (select * from ${prefix}account_reach${wanted(parts, 'accounts')})`,
      `${prefix}deal_links as (select * from ${prefix}deal_reach)`,
    ].join(',');
  }
  return [...sources, ...focusedReach(values, parts, scope.policy.focused)].join(',');
}

type Parts = {
  prefix: string;
  org: string;
  meetings: string | null;
  isTargeted: boolean;
  withVia: boolean;
  withMatched: boolean;
  /** What a deal `d` must be to be looked at. */
  fit: string;
  /** Only the first deals of an account can matter: how many take a place at most, and what they must be. Null: all can. */
  places: { count: string; fit: string } | null;
};

/** The records asked for, and the accounts and contacts from which a link to them can come. */
function targetSources({ prefix, org }: Parts, targets: NonNullable<LinkScope['targets']>): string[] {
  const nothing = 'select null::text where false';
  // Ids are stored under the collation "C"; what the caller selects may come under another one.
  const asked = (module: CrmModule) => `
    ${prefix}asked_${module} as materialized (
      select id collate "C" as id from (${targets[module] ?? nothing}) target (id))`;
  return [
    ...(['contacts', 'leads', 'accounts', 'deals'] as const).map(asked),
    `
    ${prefix}asked_deal_records as materialized (
      select d.organization_id, d.id, d.account_id, d.contact_id, d.deleted_at from crm_deals d
      where d.organization_id = ${org} and d.id in (select id from ${prefix}asked_deals) and d.deleted_at is null)`,
    `
    ${prefix}asked_deal_roles as materialized (
      select r.organization_id, r.deal_id, r.contact_id from crm_deal_roles r
      where r.organization_id = ${org} and r.deal_id in (select id from ${prefix}asked_deal_records))`,
    `
    ${prefix}source_accounts as materialized (
      select id from ${prefix}asked_accounts
      union select account_id from ${prefix}asked_deal_records where account_id is not null)`,
    `
    ${prefix}source_contacts as materialized (
      select id from ${prefix}asked_contacts
      union
      select c.id from crm_contacts c
      where c.organization_id = ${org} and c.account_id in (select id from ${prefix}source_accounts) and c.deleted_at is null
      union select contact_id from ${prefix}asked_deal_records where contact_id is not null
      union select contact_id from ${prefix}asked_deal_roles)`,
  ];
}

/** The full closure: contacts and leads, then accounts, then deals. */
function reach(parts: Parts): string[] {
  const { prefix } = parts;
  return [
    `
    ${prefix}contact_reach as (${roots(parts, 'contacts', 'source_contacts')})`,
    `
    ${prefix}contact_links as (select * from ${prefix}contact_reach${wanted(parts, 'contacts')})`,
    `
    ${prefix}lead_links as (${roots(parts, 'leads', 'asked_leads')})`,
    `
    ${prefix}account_reach as (${accountReach(parts)})`,
    ...(parts.places === null ? [] : [`${prefix}account_deals as materialized (${accountDeals(parts, parts.places)})`]),
    `
    ${prefix}deal_reach as (${dealReach(parts)})`,
  ];
}

function wanted({ prefix, isTargeted }: Parts, module: CrmModule): string {
  return isTargeted ? ` where record_id in (select id from ${prefix}asked_${module})` : '';
}

const TABLES: Record<CrmModule, string> = {
  contacts: 'crm_contacts',
  leads: 'crm_leads',
  accounts: 'crm_accounts',
  deals: 'crm_deals',
};

/** A way that begins with a participant or another record outranks that a person linked this very record. */
const BEST_WAY = `coalesce(min(via_key) filter (where rank <= ${CASCADE}), min(via_key))`;

/** Links that need no cascade: of participants, and those that people pinned or added. Records that are gone have none. */
function roots(parts: Parts, module: CrmModule, source: string): string {
  const { org, prefix, isTargeted, withVia } = parts;
  const narrow = (alias: string) =>
    `${inMeetings(parts, alias)}${isTargeted ? ` and ${alias}.record_id in (select id from ${prefix}${source})` : ''}`;
  const exists = (alias: string) => `
      and exists (select from ${TABLES[module]} x
        where x.organization_id = ${org} and x.id = ${alias}.record_id and x.deleted_at is null)`;
  const direct = `
      select l.meeting_id, l.record_id, ${DIRECT} as rank, ${viaKey(withVia, 'l.record_id', module, 0, 2)} as via_key
      from direct_links l
      where l.organization_id = ${org} and l.module = '${module}' and l.origin = 'direct'${narrow('l')}${exists('l')}
        and ${isNotExcluded(org, 'l', module)}`;
  const byHand = `
      select h.meeting_id, h.record_id, case h.origin when 'zoho' then ${FROM_ZOHO} else ${MANUAL} end,
        ${viaKey(withVia, 'h.record_id', module, 1, 1)}
      from link_decisions h
      where h.organization_id = ${org} and h.module = '${module}' and h.decision <> 'excluded'${narrow('h')}${exists('h')}`;
  if (module === 'accounts') return `${direct} union all ${byHand}`;
  // An account may be reached in a third way as well and is grouped later.
  return `${direct} union all ${byHand}
        and not exists (select from direct_links l
          where l.organization_id = ${org} and l.meeting_id = h.meeting_id and l.module = '${module}'
            and l.record_id = h.record_id and l.origin = 'direct')`;
}

function accountReach(parts: Parts): string {
  const { org, prefix, isTargeted, withVia } = parts;
  const narrow = isTargeted ? ` and c.account_id in (select id from ${prefix}source_accounts)` : '';
  return `
      select meeting_id, record_id, min(rank) as rank, ${BEST_WAY} as via_key from (${roots(parts, 'accounts', 'source_accounts')}
        union all
        select l.meeting_id, c.account_id, ${CASCADE}, ${lengthened(withVia, 'l.via_key')}
        from ${prefix}contact_reach l
        join crm_contacts c on c.organization_id = ${org} and c.id = l.record_id
        join crm_accounts a on a.organization_id = ${org} and a.id = c.account_id and a.deleted_at is null
        where true${narrow}) way (meeting_id, record_id, rank, via_key)
      where ${isNotExcluded(org, 'way', 'accounts')}
      group by meeting_id, record_id`;
}

/** `matched` counts the contacts that a participant is and that have a part in the deal: the second rule of the deal order. */
function dealReach(parts: Parts): string {
  const { org, prefix, isTargeted, withVia, withMatched, fit } = parts;
  // An account can have thousands of deals: with targets the join begins at the few that are asked for.
  const deals = isTargeted ? `${prefix}asked_deal_records` : 'crm_deals';
  const roles = isTargeted ? `${prefix}asked_deal_roles` : 'crm_deal_roles';
  const via = lengthened(withVia, 'l.via_key');
  const contact = withMatched ? `case when l.rank = ${DIRECT} then l.record_id end` : 'null::text collate "C"';
  return `
      select meeting_id, record_id, min(rank) as rank, ${BEST_WAY} as via_key${withMatched ? ', count(contact_id) as matched' : ''}
      from (
        (select l.meeting_id, d.id, ${CASCADE}, ${via}, ${contact}
        from ${prefix}contact_reach l
        join ${deals} d on d.organization_id = ${org} and d.contact_id = l.record_id and d.deleted_at is null
        where ${fit}
        ${withMatched ? 'union' : 'union all'}
        select l.meeting_id, d.id, ${CASCADE}, ${via}, ${contact}
        from ${prefix}contact_reach l
        join ${roles} r on r.organization_id = ${org} and r.contact_id = l.record_id
        join ${deals} d on d.organization_id = ${org} and d.id = r.deal_id and d.deleted_at is null
        where ${fit})
        union all
        select l.meeting_id, d.id, ${CASCADE}, ${via}, null::text collate "C"
        from ${prefix}account_reach l
        join ${parts.places === null ? deals : `${prefix}account_deals`} d
          on d.organization_id = ${org} and d.account_id = l.record_id and d.deleted_at is null
        where ${parts.places === null ? fit : 'true'}
        union all
        select meeting_id, record_id, rank, via_key, null::text collate "C" from (${dealsByHand(parts)}) hand
      ) way (meeting_id, record_id, rank, via_key, contact_id)
      where ${isNotExcluded(org, 'way', 'deals')}
      group by meeting_id, record_id`;
}

/**
 * The first deals of each account by the deal order, which are all that can take a place: whatever comes later has that many
 * before it in every meeting. As many more are kept as people excluded from one meeting, and those that people decided about.
 */
function accountDeals({ org, prefix }: Parts, places: NonNullable<Parts['places']>): string {
  const excluded = `(select coalesce(max(n), 0) from (select count(*) as n from link_decisions k
        where k.organization_id = ${org} and k.module = 'deals' and k.decision = 'excluded' group by k.meeting_id) most)`;
  const own = `d.organization_id = ${org} and d.deleted_at is null`;
  return `
      select organization_id, id, account_id, deleted_at from (
        select d.*, row_number() over (
          partition by d.account_id order by d.closing_date desc nulls last, length(d.id), d.id) as place
        from crm_deals d
        where ${own} and ${places.fit} and d.account_id in (select record_id from ${prefix}account_reach)) ranked
      where place <= ${places.count} + 1 + ${excluded}
      union
      select d.organization_id, d.id, d.account_id, d.deleted_at from crm_deals d where ${own} and d.id in (${keptDeals(org)})`;
}

function dealsByHand(parts: Parts): string {
  const { org, prefix, isTargeted, withVia } = parts;
  const narrow = isTargeted ? ` and h.record_id in (select id from ${prefix}asked_deals)` : '';
  return `
        select h.meeting_id, h.record_id, case h.origin when 'zoho' then ${FROM_ZOHO} else ${MANUAL} end as rank,
          ${viaKey(withVia, 'h.record_id', 'deals', 1, 1)} as via_key
        from link_decisions h
        join crm_deals d on d.organization_id = ${org} and d.id = h.record_id and d.deleted_at is null
        where h.organization_id = ${org} and h.module = 'deals' and h.decision <> 'excluded'${inMeetings(parts, 'h')}${narrow}`;
}

/**
 * The focused policy takes places among all deals of a meeting, so with targets the whole reach of the meetings that come near
 * them is ranked, and only then cut down to what was asked for.
 */
function focusedReach(values: SqlValues, parts: Parts, focused: Policy['focused']): string[] {
  const { prefix, org, isTargeted } = parts;
  // With a window it depends on the meeting which deals fit, so that no deal of an account can be left out beforehand.
  const fit = fitOf(values, focused);
  const places = focused.windowDays === null ? { count: `${values.add(focused.maxDeals)}::int`, fit } : null;
  const whole: Parts = {
    ...parts,
    prefix: isTargeted ? `${prefix}whole_` : prefix,
    isTargeted: false,
    meetings: isTargeted ? `select meeting_id from ${prefix}deal_reach` : parts.meetings,
    fit: `(${fit} or d.id in (${keptDeals(org)}))`,
    places,
  };
  return [
    ...(isTargeted ? reach({ ...parts, withMatched: false }) : []),
    ...reach(whole),
    `${prefix}account_links as (select * from ${prefix}account_reach${wanted(parts, 'accounts')})`,
    `${prefix}deal_links as (${focusedDeals(values, parts, whole.prefix, focused)})`,
  ];
}

/** What every eligible deal is, whatever the meeting. */
function fitOf(values: SqlValues, { pipelines, windowDays }: Policy['focused']): string {
  const isOpen = windowDays === null ? 'd.is_open' : '(d.is_open or d.closing_date is not null)';
  return pipelines === null
    ? isOpen
    : `${isOpen} and coalesce(d.pipeline = any(${values.add(pipelines)}::text[]), false)`;
}

/** Deals that people pinned or added somewhere: they stay in sight, whatever they are. */
function keptDeals(org: string): string {
  return `select k.record_id from link_decisions k
          where k.organization_id = ${org} and k.module = 'deals' and k.decision <> 'excluded'`;
}

function focusedDeals(values: SqlValues, parts: Parts, from: string, focused: Policy['focused']): string {
  const { org, prefix, isTargeted } = parts;
  const maxDeals = `${values.add(focused.maxDeals)}::int`;
  const hasPlace = focused.askAbove ? `fitting <= ${maxDeals}` : `place <= ${maxDeals}`;
  const only = isTargeted ? ` and record_id in (select id from ${prefix}asked_deals)` : '';
  return `
      select meeting_id, record_id, rank, via_key from (
        select *,
          count(*) filter (where is_fitting) over (partition by meeting_id) as fitting,
          row_number() over (partition by meeting_id
            order by is_fitting desc, is_open desc, matched desc, closing_date desc nulls last, length(record_id), record_id) as place
        from (
          select w.*, d.is_open, d.closing_date, w.rank = ${CASCADE} and ${isFitting(values, focused)} as is_fitting,
            (w.meeting_id, w.record_id) in (select k.meeting_id, k.record_id from link_decisions k
              where k.organization_id = ${org} and k.module = 'deals' and k.decision <> 'excluded') as is_kept
          from ${from}deal_reach w
          join crm_deals d on d.organization_id = ${org} and d.id = w.record_id
          join meetings m on m.organization_id = ${org} and m.id = w.meeting_id) candidate) placed
      where (rank <> ${CASCADE} or is_kept or (is_fitting and ${hasPlace}))${only}`;
}

/** The same days as the domain's: the meeting's calendar day in its own zone, give or take the window. */
function isFitting(values: SqlValues, { pipelines, windowDays }: Policy['focused']): string {
  const inPipeline =
    pipelines === null ? '' : ` and coalesce(d.pipeline = any(${values.add(pipelines)}::text[]), false)`;
  if (windowDays === null) return `d.is_open${inPipeline}`;
  const days = `${values.add(windowDays)}::int`;
  const day = '(m.starts_at at time zone m.time_zone)::date';
  return `(d.created_at is null or (d.created_at at time zone m.time_zone)::date <= ${day} + ${days})
            and (d.is_open or coalesce(d.closing_date >= ${day} - ${days}, false))${inPipeline}`;
}

function inMeetings({ meetings }: Parts, alias: string): string {
  return meetings === null ? '' : ` and ${alias}.meeting_id in (${meetings})`;
}

function isNotExcluded(org: string, alias: string, module: CrmModule): string {
  return `not exists (select from link_decisions e
          where e.organization_id = ${org} and e.meeting_id = ${alias}.meeting_id and e.module = '${module}'
            and e.record_id = ${alias}.record_id and e.decision = 'excluded')`;
}

/** Sorts as the domain compares ways: begun by hand last, then the shorter, then the smaller record; the record comes last in it. */
function viaKey(isWanted: boolean, id: string, module: CrmModule, byHand: 0 | 1, length: number): string {
  if (!isWanted) return 'null::text';
  return `('${byHand}${length}' || '${module.slice(0, 1)}' || lpad(length(${id})::text, 3, '0') || ${id}) collate "C"`;
}

/** One step more on the same way. */
function lengthened(isWanted: boolean, key: string): string {
  return isWanted
    ? `overlay(${key} placing (substr(${key}, 2, 1)::int + 1)::text from 2 for 1) collate "C"`
    : 'null::text';
}

/** Of a `via_key`: the module letter of the record through which a link came, and its id. */
export const VIA_LETTER = `substr(via_key, 3, 1)`;
export const VIA_ID = `substr(via_key, 7)`;
