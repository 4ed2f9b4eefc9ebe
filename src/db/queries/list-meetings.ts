import type { CrmModule } from '../../domain/crm-picture.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Sql } from '../sql.ts';
import { containing, createSqlValues, type SqlValues } from '../sql-values.ts';
import { derivedStages } from './derived-deals.ts';
import { derivedLinks, IS_CASCADED } from './derived-links.ts';

/** What a list of meetings is narrowed by. Texts compare as they are; an empty activity type or owner means: none. */
export type MeetingFilters = {
  state?: string;
  q?: string;
  record?: { module: CrmModule; id: string };
  /** `direct`: links that exist only by cascade do not count. Concerns `record` and `stage`. */
  links: 'direct' | 'all';
  activityType?: string;
  /** Name of the owner of the primary record, else of the host. */
  owner?: string;
  smartCategory?: string;
  /** A deal that is in this stage now is linked. */
  stage?: string;
  /** Begins at this moment or later. */
  from?: Date;
  /** Begins before this moment. */
  to?: Date;
};

/** The place of a meeting in the list: newest first. */
export type MeetingPlace = { startsAt: Date; id: string };

export type MeetingsQuery = {
  filters: MeetingFilters;
  policy: Pick<Policy, 'cascade' | 'focused'>;
  after: MeetingPlace | null;
  limit: number;
};

/** Which meetings fit, newest first? Retracted ones only where they are asked for. */
export async function listMeetingPlaces(
  sql: Sql,
  organizationId: string,
  { filters, policy, after, limit }: MeetingsQuery,
): Promise<MeetingPlace[]> {
  const values = createSqlValues();
  const org = values.add(organizationId);
  const conditions = [...plainConditions(values, org, filters)];
  const links = linkConditions(values, { organizationId, org, filters, policy });
  if (after !== null) {
    conditions.push(
      `(m.starts_at, m.id) < (${values.add(after.startsAt)}::timestamptz, ${values.add(after.id)}::uuid)`,
    );
  }
  const text = `${links.ctes.length > 0 ? `with ${links.ctes.join(',')}` : ''}
    select m.starts_at as "startsAt", m.id from meetings m
    where m.organization_id = ${org} and ${[...conditions, ...links.conditions].join('\n      and ')}
    order by m.starts_at desc, m.id desc limit ${values.add(limit)}`;
  return sql.query<MeetingPlace>(text, values.list);
}

/** The owner by which meetings are grouped: of the primary record, else the host. `m` is the meeting. */
export function ownerName(org: string): string {
  const nameOf = (table: string) => `(
      select u.name from ${table} r join crm_users u on u.organization_id = ${org} and u.id = r.owner_id
      where r.organization_id = ${org} and r.id = m.primary_record_id)`;
  return `coalesce(case m.primary_module when 'deals' then ${nameOf('crm_deals')} when 'accounts' then ${nameOf('crm_accounts')}
      when 'contacts' then ${nameOf('crm_contacts')} when 'leads' then ${nameOf('crm_leads')} end, m.host_name, '')`;
}

function* plainConditions(values: SqlValues, org: string, filters: MeetingFilters): Generator<string> {
  yield filters.state === undefined ? `m.state <> 'retracted'` : `m.state = ${values.add(filters.state)}`;
  if (filters.from !== undefined) yield `m.starts_at >= ${values.add(filters.from)}::timestamptz`;
  if (filters.to !== undefined) yield `m.starts_at < ${values.add(filters.to)}::timestamptz`;
  if (filters.activityType !== undefined) yield `coalesce(m.activity_type, '') = ${values.add(filters.activityType)}`;
  if (filters.owner !== undefined) yield `${ownerName(org)} = ${values.add(filters.owner)}`;
  if (filters.smartCategory !== undefined) {
    yield `m.id in (select n.meeting_id from meeting_notes n
        where n.organization_id = ${org} and n.smart_category = ${values.add(filters.smartCategory)})`;
  }
  if (filters.q !== undefined) {
    const pattern = values.add(containing(filters.q));
    yield `(m.title ilike ${pattern} or m.id in (select p.meeting_id from participants p
        where p.organization_id = ${org} and (p.name ilike ${pattern} or p.email ilike ${pattern})))`;
  }
}

function linkConditions(
  values: SqlValues,
  input: { organizationId: string; org: string; filters: MeetingFilters; policy: MeetingsQuery['policy'] },
): { ctes: string[]; conditions: string[] } {
  const { organizationId, org, policy, filters } = input;
  const { record, stage, links } = filters;
  const scope = { organizationId, policy };
  const ctes: string[] = [];
  const conditions: string[] = [];
  if (record !== undefined) {
    const targets = { [record.module]: `select ${values.add(record.id)}::text` };
    const only = links === 'direct' ? ` where not (${IS_CASCADED})` : '';
    ctes.push(derivedLinks(values, { ...scope, prefix: 'about_', targets, ...withinDates(values, org, filters) }));
    conditions.push(`m.id in (select meeting_id from about_${LINK_TABLES[record.module]}${only})`);
  }
  if (stage !== undefined) {
    const only = links === 'direct' ? ' where not is_cascaded' : '';
    ctes.push(derivedStages(values, { ...scope, prefix: 'stage_', stage, ...withinDates(values, org, filters) }));
    conditions.push(`m.id in (select meeting_id from stage_deal_stages${only})`);
  }
  return { ctes, conditions };
}

/** The name of a derived table by module. */
export const LINK_TABLES: Record<CrmModule, string> = {
  contacts: 'contact_links',
  leads: 'lead_links',
  accounts: 'account_links',
  deals: 'deal_links',
};

/** A derivation looks only at the meetings of the days asked for. */
function withinDates(values: SqlValues, org: string, { from, to }: MeetingFilters): { meetings?: string } {
  if (from === undefined && to === undefined) return {};
  const bounds = [
    ...(from === undefined ? [] : [`starts_at >= ${values.add(from)}::timestamptz`]),
    ...(to === undefined ? [] : [`starts_at < ${values.add(to)}::timestamptz`]),
  ];
  return { meetings: `select id from meetings where organization_id = ${org} and ${bounds.join(' and ')}` };
}
