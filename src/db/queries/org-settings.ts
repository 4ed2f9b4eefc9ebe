import type { Sql } from '../sql.ts';

/** What of an org's settings the mirror keeps besides records: stages of deals, and who of the users is still there. */

/** The stages of deals, each with whether it is open. */
export async function listStages(sql: Sql, organizationId: string): Promise<Map<string, boolean>> {
  const rows = await sql.query<{ stage: string; isOpen: boolean }>(
    'select stage, is_open as "isOpen" from crm_stages where organization_id = $1',
    [organizationId],
  );
  return new Map(rows.map((row) => [row.stage, row.isOpen]));
}

/** Which deals stand in a stage that is open or closed otherwise than the deal says? */
export async function listDealsOfMovedStages(sql: Sql, organizationId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select d.id from crm_deals d join crm_stages s on s.organization_id = $1 and s.stage = d.stage
     where d.organization_id = $1 and d.is_open <> s.is_open`,
    [organizationId],
  );
  return rows.map((row) => row.id);
}

/** Gives these deals the openness of their stage. */
export async function adoptStages(sql: Sql, organizationId: string, dealIds: readonly string[]): Promise<void> {
  await sql.query(
    `update crm_deals d set is_open = s.is_open from crm_stages s
     where d.organization_id = $1 and s.organization_id = $1 and s.stage = d.stage and d.id = any($2::text[])`,
    [organizationId, dealIds],
  );
}

/** Users whom Zoho does not list any more count as inactive. Returns who that is news about. */
export async function retireUsers(sql: Sql, organizationId: string, listedIds: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `update crm_users set is_active = false
     where organization_id = $1 and is_active and id <> all($2::text[]) returning id`,
    [organizationId, listedIds],
  );
  return rows.map((row) => row.id);
}
