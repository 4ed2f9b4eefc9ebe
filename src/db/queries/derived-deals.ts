import type { SqlValues } from '../sql-values.ts';
import { derivedLinks, IS_CASCADED, type LinkScope } from './derived-links.ts';

/**
 * Common table expressions that end with `<prefix>deal_stages`: for every meeting the stages in which its deals are now
 * (`meeting_id`, `stage`, `is_cascaded`: no deal of the stage is linked but by cascade). Under *everything* stages are counted an
 * account and not a deal, since an account can have thousands of deals and has but a few stages.
 */
export function derivedStages(
  values: SqlValues,
  scope: Omit<LinkScope, 'targets' | 'withVia'> & { stage?: string },
): string {
  const { stage, ...linkScope } = scope;
  const prefix = scope.prefix ?? '';
  const org = values.add(scope.organizationId);
  const only = stage === undefined ? '' : ` and d.stage = ${values.add(stage)}`;
  const ofLinks = (table: string) => `
      select l.meeting_id, d.stage, bool_and(l.${IS_CASCADED}) as is_cascaded
      from ${table} l join crm_deals d on d.organization_id = ${org} and d.id = l.record_id${only}
      group by l.meeting_id, d.stage`;
  if (scope.policy.cascade === 'focused') {
    return `${derivedLinks(values, linkScope)},
    ${prefix}deal_stages as (${ofLinks(`${prefix}deal_links`)})`;
  }
  const decided = decidedMeetings(org);
  return `${derivedLinks(values, linkScope)},
    ${linksOfDecided(values, linkScope, org)},
    ${prefix}account_stages as materialized (
      select distinct d.account_id, d.stage from crm_deals d
      where d.organization_id = ${org} and d.deleted_at is null${only}
        and d.account_id in (select record_id from ${prefix}account_reach)),
    ${prefix}contact_stages as materialized (
      select d.contact_id, d.stage from crm_deals d
      where d.organization_id = ${org} and d.deleted_at is null${only}
        and d.contact_id in (select record_id from ${prefix}contact_reach)
      union
      select r.contact_id, d.stage from crm_deal_roles r
      join crm_deals d on d.organization_id = ${org} and d.id = r.deal_id and d.deleted_at is null${only}
      where r.organization_id = ${org} and r.contact_id in (select record_id from ${prefix}contact_reach)),
    ${prefix}deal_stages as (
      select distinct meeting_id, stage, true as is_cascaded from (
        select l.meeting_id, s.stage from ${prefix}account_reach l join ${prefix}account_stages s on s.account_id = l.record_id
        union all
        select l.meeting_id, s.stage from ${prefix}contact_reach l join ${prefix}contact_stages s on s.contact_id = l.record_id) way
      where meeting_id not in (${decided})
      union all ${ofLinks(`${prefix}decided_deal_links`)})`;
}

/**
 * Common table expressions that end with `<prefix>met_deals` (`id`): the open deals that are linked with any of the meetings. Like
 * `derivedStages`, it goes by account under *everything*.
 */
export function derivedMetDeals(values: SqlValues, scope: Omit<LinkScope, 'targets' | 'withVia'>): string {
  const prefix = scope.prefix ?? '';
  if (scope.policy.cascade === 'focused') {
    return `${derivedLinks(values, scope)}, ${prefix}met_deals as (select record_id as id from ${prefix}deal_links)`;
  }
  const org = values.add(scope.organizationId);
  const met = (reach: string) =>
    `select record_id from ${prefix}${reach} where meeting_id not in (${decidedMeetings(org)})`;
  const open = `d.organization_id = ${org} and d.is_open and d.deleted_at is null`;
  return `${derivedLinks(values, scope)},
    ${linksOfDecided(values, scope, org)},
    ${prefix}met_deals as (
      select d.id from crm_deals d where ${open} and d.account_id in (${met('account_reach')})
      union
      select d.id from crm_deals d where ${open} and d.contact_id in (${met('contact_reach')})
      union
      select d.id from crm_deal_roles r join crm_deals d on ${open} and d.id = r.deal_id
      where r.organization_id = ${org} and r.contact_id in (${met('contact_reach')})
      union
      select record_id from ${prefix}decided_deal_links)`;
}

/** Where people decided about single deals, it matters which ones: these meetings, few, are looked at deal by deal. */
function decidedMeetings(org: string): string {
  return `select meeting_id from link_decisions where organization_id = ${org} and module = 'deals'`;
}

function linksOfDecided(values: SqlValues, scope: LinkScope, org: string): string {
  const within = scope.meetings === undefined ? '' : ` and meeting_id in (${scope.meetings})`;
  const prefix = `${scope.prefix ?? ''}decided_`;
  return derivedLinks(values, { ...scope, prefix, meetings: `${decidedMeetings(org)}${within}` });
}
