import type { Sql } from '../sql.ts';

/** How many questions wait for a person: the number beside *Needs you*. */
export async function countNeedsYou(sql: Sql, organizationId: string): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    `select (
       (select count(*) from participants p join meetings m on m.organization_id = p.organization_id and m.id = p.meeting_id
        where p.organization_id = $1 and p.match_kind = 'ambiguous' and m.state in ('waiting', 'published', 'held', 'failed'))
       + (select count(*) from meetings m where m.organization_id = $1 and m.state = 'held'
          and m.state_cause is distinct from 'only_ambiguous')
       + (select count(*) from meetings m where m.organization_id = $1 and m.state = 'failed')
       + (select count(*) from meetings m where m.organization_id = $1 and m.state = 'published'
          and cardinality(m.differences) > 0))::int as count`,
    [organizationId],
  );
  return rows[0]?.count ?? 0;
}
