import type { Sql } from '../sql.ts';
import type { FirstLoad } from './connections.ts';

export type StatusCounts = {
  waiting: number;
  published: number;
  held: number;
  notPublished: number;
  failed: number;
  retracted: number;
  verified: number;
  owed: number;
  rolesStillLoading: number;
  firstLoad: FirstLoad['state'] | null;
};

/** How many meetings are in which state, and what is still under way. */
export async function countStatus(sql: Sql, organizationId: string): Promise<StatusCounts> {
  const [counts] = await sql.query<StatusCounts>(STATUS, [organizationId]);
  if (counts === undefined) throw new Error('A count gave no row.');
  return counts;
}

const STATUS = `
  select
    count(*) filter (where state = 'waiting')::int as waiting,
    count(*) filter (where state = 'published')::int as published,
    count(*) filter (where state = 'held')::int as held,
    count(*) filter (where state = 'not_published')::int as "notPublished",
    count(*) filter (where state = 'failed')::int as failed,
    count(*) filter (where state = 'retracted')::int as retracted,
    count(*) filter (where state = 'published' and verified_at is not null and differences = '{}')::int as verified,
    count(*) filter (where owed_at is not null)::int as owed,
    (select count(*)::int from crm_deals
     where organization_id = $1 and roles_loaded_at is null and roles_problem is null and deleted_at is null) as "rolesStillLoading",
    (select first_load ->> 'state' from connections where organization_id = $1) as "firstLoad"
  from meetings where organization_id = $1`;
