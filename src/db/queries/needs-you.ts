import type { CrmModule } from '../../domain/crm-picture.ts';
import type { ObstacleKind } from '../../domain/obstacle.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Sql } from '../sql.ts';
import { createSqlValues } from '../sql-values.ts';
import { derivedLinks } from './derived-links.ts';

export type NeedCause =
  | 'ambiguous'
  | 'nobody_matched'
  | 'too_many_deals'
  | 'failed'
  | 'different'
  | 'edited_block'
  | 'calendar_event_unsure'
  | 'two_events'
  | 'deleted_in_crm'
  | ObstacleKind;

/** One question to a person; `participantKey` is empty unless it is about one participant. */
export type NeedRow = {
  cause: NeedCause;
  meetingId: string;
  startsAt: Date;
  /** Of an obstacle: what it is about, a field or a record. */
  participantKey: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  /** Records that could be meant, best first. */
  candidates: { module: CrmModule; recordId: string; name: string }[];
  errorCode: string | null;
  errorMessage: string;
  differences: string[];
};

export type NeedPlace = { startsAt: Date; meetingId: string; cause: string; participantKey: string };

/** How many questions of each cause wait? Causes without any are left out. */
export async function countNeeds(sql: Sql, organizationId: string): Promise<{ cause: NeedCause; count: number }[]> {
  return sql.query(`with ${NEEDS} select cause, count(*)::int as count from needs group by cause order by cause`, [
    organizationId,
  ]);
}

/** Which questions wait for a person? Those of the newest meetings first. */
export async function listNeeds(
  sql: Sql,
  organizationId: string,
  input: { cause: NeedCause | null; after: NeedPlace | null; limit: number },
): Promise<NeedRow[]> {
  const { cause, after, limit } = input;
  return sql.query<NeedRow>(
    `with ${NEEDS}
     select n.cause, n.meeting_id as "meetingId", n.starts_at as "startsAt", n.participant_key as "participantKey",
       p.name, p.email, p.phone, coalesce(p.match -> 'candidates', '[]') as candidates,
       m.state_cause as "errorCode", m.state_reason as "errorMessage", m.differences
     from needs n
     join meetings m on m.organization_id = $1 and m.id = n.meeting_id
     left join participants p on p.organization_id = $1 and p.meeting_id = n.meeting_id and p.key = n.participant_key
     where ($2::text is null or n.cause = $2)
       and ($3::timestamptz is null
         or (n.starts_at, n.meeting_id) < ($3, $4::uuid)
         or ((n.starts_at, n.meeting_id) = ($3, $4::uuid) and (n.cause, n.participant_key) > ($5::text, $6::text)))
     order by n.starts_at desc, n.meeting_id desc, n.cause, n.participant_key limit $7`,
    [
      organizationId,
      cause,
      after?.startsAt ?? null,
      after?.meetingId ?? null,
      after?.cause ?? null,
      after?.participantKey ?? null,
      limit,
    ],
  );
}

/** Nobody is asked about what is never published: private, internal and retracted meetings. */
const NEEDS = `
  needs as (
    select 'ambiguous' collate "C" as cause, m.id as meeting_id, m.starts_at, p.key collate "C" as participant_key
    from participants p
    join meetings m on m.organization_id = $1 and m.id = p.meeting_id
    where p.organization_id = $1 and p.match_kind = 'ambiguous' and m.visibility <> 'private'
      and m.state not in ('not_published', 'retracted')
    union all
    select m.state_cause collate "C", m.id, m.starts_at, '' collate "C"
    from meetings m
    where m.organization_id = $1 and m.state_cause in ('edited_block', 'deleted_in_crm')
      and m.state in ('published', 'not_published') and m.visibility <> 'private'
    union all
    select 'two_events' collate "C", m.id, m.starts_at, '' collate "C"
    from meetings m
    where m.organization_id = $1 and m.visibility <> 'private' and m.state not in ('not_published', 'retracted')
      and m.id in (select t.meeting_id from twins t join placements p on p.organization_id = $1 and p.meeting_id = t.meeting_id
        where t.organization_id = $1 and t.state = 'open' and p.slot = 'event' and p.adopted is null)
    union all
    select o.kind collate "C", o.meeting_id, o.starts_at, o.subject collate "C" from (
      select distinct on (b.kind, b.subject) b.kind, b.subject, b.meeting_id, m.starts_at
      from obstacles b join meetings m on m.organization_id = $1 and m.id = b.meeting_id
      where b.organization_id = $1 and m.visibility <> 'private' and m.state in ('held', 'published', 'failed')
      order by b.kind, b.subject, m.starts_at desc, b.meeting_id desc) o
    union all
    select case
        when m.state = 'failed' then 'failed'
        when m.state = 'held' then m.state_cause
        else 'different' end collate "C", m.id, m.starts_at, '' collate "C"
    from meetings m
    where m.organization_id = $1 and (m.state = 'failed' or m.state = 'held' or m.differences <> '{}') and m.visibility <> 'private'
      and (m.state in ('failed', 'published') or (m.state = 'held' and m.state_cause in ('nobody_matched', 'too_many_deals', 'calendar_event_unsure'))))`;

export type CandidateFacts = { module: CrmModule; id: string; name: string; detail: string };

/** What tells records of the same name apart: account, title, e-mail; company; domain; stage. */
export async function readCandidateFacts(
  sql: Sql,
  organizationId: string,
  records: { module: CrmModule; recordId: string }[],
): Promise<CandidateFacts[]> {
  const ids = (module: CrmModule) => records.filter((one) => one.module === module).map((one) => one.recordId);
  if (records.length === 0) return [];
  return sql.query<CandidateFacts>(CANDIDATES, [
    organizationId,
    ids('contacts'),
    ids('leads'),
    ids('accounts'),
    ids('deals'),
  ]);
}

const CANDIDATES = `
  select 'contacts' as module, c.id, c.name, concat_ws(' · ', a.name, c.title, c.email) as detail
  from crm_contacts c left join crm_accounts a on a.organization_id = $1 and a.id = c.account_id and a.deleted_at is null
  where c.organization_id = $1 and c.id = any($2::text[]) and c.deleted_at is null
  union all
  select 'leads', id, name, concat_ws(' · ', company, email) from crm_leads
  where organization_id = $1 and id = any($3::text[]) and deleted_at is null
  union all
  select 'accounts', a.id, a.name, concat_ws(' · ', a.website, u.name)
  from crm_accounts a left join crm_users u on u.organization_id = $1 and u.id = a.owner_id
  where a.organization_id = $1 and a.id = any($4::text[]) and a.deleted_at is null
  union all
  select 'deals', d.id, d.name, concat_ws(' · ', a.name, d.stage, d.closing_date::text)
  from crm_deals d left join crm_accounts a on a.organization_id = $1 and a.id = d.account_id and a.deleted_at is null
  where d.organization_id = $1 and d.id = any($5::text[]) and d.deleted_at is null`;

/** Of each meeting the deals that fit best, at most so many: what a person chooses among where there are too many. */
export async function listFittingDeals(
  sql: Sql,
  organizationId: string,
  input: { meetingIds: readonly string[]; focused: Policy['focused']; limit: number },
): Promise<{ meetingId: string; recordId: string; name: string }[]> {
  if (input.meetingIds.length === 0) return [];
  const values = createSqlValues();
  const ctes = derivedLinks(values, {
    organizationId,
    policy: { cascade: 'focused', focused: { ...input.focused, maxDeals: input.limit, askAbove: false } },
    meetings: `select unnest(${values.add(input.meetingIds)}::uuid[])`,
  });
  return sql.query(
    `with ${ctes}
     select l.meeting_id as "meetingId", l.record_id as "recordId", d.name from deal_links l
     join crm_deals d on d.organization_id = ${values.add(organizationId)} and d.id = l.record_id
     order by d.is_open desc, d.closing_date desc nulls last, l.record_id`,
    values.list,
  );
}
