import type { Sql } from '../sql.ts';

/** A record that a notification named. */
export type Hint = { module: string; recordId: string; isDeletion: boolean; isCreation: boolean };

export type WaitingHint = Hint & { times: number };

/** Notes down records that a notification named; one that waits already is counted again. */
export async function addHints(sql: Sql, organizationId: string, hints: readonly Hint[], at: Date): Promise<void> {
  if (hints.length === 0) return;
  await sql.query(
    `insert into crm_hints as h (organization_id, module, record_id, is_deletion, is_creation, heard_at)
     select distinct $1::uuid, r.module, r."recordId", r."isDeletion", r."isCreation", $3::timestamptz
     from jsonb_to_recordset($2) as r(module text, "recordId" text, "isDeletion" boolean, "isCreation" boolean)
     on conflict (organization_id, module, record_id, is_deletion) do update
     set times = h.times + 1, is_creation = h.is_creation and excluded.is_creation`,
    [organizationId, JSON.stringify(hints), at],
  );
}

/** The hints that wait, longest first. */
export async function listHints(sql: Sql, organizationId: string, limit: number): Promise<WaitingHint[]> {
  return sql.query<WaitingHint>(
    `select module, record_id as "recordId", is_deletion as "isDeletion", is_creation as "isCreation", times from crm_hints
     where organization_id = $1 order by heard_at, module, record_id limit $2`,
    [organizationId, limit],
  );
}

/** Removes hints that were followed, except those that were named again meanwhile. */
export async function removeHints(sql: Sql, organizationId: string, hints: readonly WaitingHint[]): Promise<void> {
  if (hints.length === 0) return;
  await sql.query(
    `delete from crm_hints h using jsonb_to_recordset($2) as r(module text, "recordId" text, "isDeletion" boolean, times int)
     where h.organization_id = $1 and h.module = r.module and h.record_id = r."recordId" and h.is_deletion = r."isDeletion"
       and h.times = r.times`,
    [organizationId, JSON.stringify(hints)],
  );
}

/** That one of our own events was created is no news: such hints go without a call. */
export async function removeHintsOfOwnCreations(sql: Sql, organizationId: string): Promise<void> {
  await sql.query(
    `delete from crm_hints h where h.organization_id = $1 and h.module = 'events' and h.is_creation and not h.is_deletion
       and exists (select from placements p where p.organization_id = $1 and p.crm_id = h.record_id)`,
    [organizationId],
  );
}
