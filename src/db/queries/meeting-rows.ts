import type { CrmModule } from '../../domain/crm-picture.ts';
import type { Sql } from '../sql.ts';
import type { ConnectionState, FirstLoad } from './connections.ts';

/** A meeting as lists show it, and the facts from which its state is told in a sentence. */
export type MeetingListRow = {
  id: string;
  externalId: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  activityType: string | null;
  visibility: 'organization' | 'team' | 'private';
  hostName: string | null;
  participantCount: number;
  externalCount: number;
  ambiguousCount: number;
  aiScore: number | null;
  state: 'waiting' | 'published' | 'held' | 'not_published' | 'failed' | 'retracted';
  stateCause: string | null;
  stateReason: string;
  verifiedAt: Date | null;
  differences: string[];
  hasSummary: boolean;
  hasNotes: boolean;
  isOwed: boolean;
  /** The calendar has put a second event beside ours. */
  hasTwins: boolean;
  primaryModule: CrmModule | null;
  primaryId: string | null;
  primaryName: string | null;
  connectionState: ConnectionState | null;
  firstLoadState: FirstLoad['state'] | null;
  connectionProblem: string | null;
};

/** Meetings as lists show them, in the order of `ids`: one statement. */
export async function readMeetingRows(
  sql: Sql,
  organizationId: string,
  ids: readonly string[],
): Promise<MeetingListRow[]> {
  if (ids.length === 0) return [];
  return sql.query<MeetingListRow>(ROWS, [organizationId, ids]);
}

const ROWS = `
  select m.id, m.external_id as "externalId", m.title, m.starts_at as "startsAt", m.ends_at as "endsAt",
    m.time_zone as "timeZone", m.activity_type as "activityType", m.visibility, m.host_name as "hostName",
    p.everybody as "participantCount", p.outside as "externalCount", p.ambiguous as "ambiguousCount", m.ai_score as "aiScore",
    m.state, m.state_cause as "stateCause", m.state_reason as "stateReason", m.verified_at as "verifiedAt", m.differences,
    m.summary_at is not null as "hasSummary", m.notes_at is not null as "hasNotes", m.owed_at is not null as "isOwed",
    exists (select from twins t where t.organization_id = $1 and t.meeting_id = m.id and t.state = 'open') as "hasTwins",
    m.primary_module as "primaryModule", m.primary_record_id as "primaryId",
    case m.primary_module
      when 'deals' then (select name from crm_deals where organization_id = $1 and id = m.primary_record_id)
      when 'accounts' then (select name from crm_accounts where organization_id = $1 and id = m.primary_record_id)
      when 'contacts' then (select name from crm_contacts where organization_id = $1 and id = m.primary_record_id)
      when 'leads' then (select name from crm_leads where organization_id = $1 and id = m.primary_record_id)
    end as "primaryName",
    c.state as "connectionState", c.first_load ->> 'state' as "firstLoadState", c.problem as "connectionProblem"
  from unnest($2::uuid[]) with ordinality as wanted(id, place)
  join meetings m on m.organization_id = $1 and m.id = wanted.id
  left join connections c on c.organization_id = $1
  cross join lateral (
    select count(*)::int as everybody, count(*) filter (where match_kind is distinct from 'internal')::int as outside,
      count(*) filter (where match_kind = 'ambiguous')::int as ambiguous
    from participants where organization_id = $1 and meeting_id = m.id) p
  order by wanted.place`;
