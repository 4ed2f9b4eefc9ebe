import type { MailModes } from '../../domain/mail-modes.ts';
import { firstRow, type Sql } from '../sql.ts';

export type KnownRights<R> = { rights: R | null; checkedAt: Date | null };

/** What is known of the rights of the user who connected at `connectedAt`; null: somebody has connected since. */
export async function readRights<R>(
  sql: Sql,
  organizationId: string,
  connectedAt: Date,
): Promise<KnownRights<R> | null> {
  return firstRow(sql.query<KnownRights<R>>(RIGHTS_OF, [organizationId, connectedAt]));
}

/** The same, held until the end of the transaction. */
export async function lockRights<R>(
  sql: Sql,
  organizationId: string,
  connectedAt: Date,
): Promise<KnownRights<R> | null> {
  return firstRow(sql.query<KnownRights<R>>(`${RIGHTS_OF} for update`, [organizationId, connectedAt]));
}

/** What decides which writes are left out, kept as it is until the end of the transaction; null: there is no connection. */
export async function holdAllowances<R>(
  sql: Sql,
  organizationId: string,
): Promise<{ rights: R | null; mailModes: MailModes | null } | null> {
  return firstRow(
    sql.query<{ rights: R | null; mailModes: MailModes | null }>(
      'select rights, mail_modes as "mailModes" from connections where organization_id = $1 for update',
      [organizationId],
    ),
  );
}

const RIGHTS_OF =
  'select rights, rights_checked_at as "checkedAt" from connections where organization_id = $1 and connected_at = $2';

/** Keeps what the connecting user may do, as it was tested now, and when to look again. Needs `lockRights`. */
export async function saveRights(
  sql: Sql,
  organizationId: string,
  input: { rights: unknown; isAdministrator: boolean; at: Date; nextProbeAt: Date },
): Promise<void> {
  await sql.query(
    `update connections set rights = $2, rights_checked_at = $3, probed_at = $3, alive_at = $3, next_probe_at = $4,
       capabilities = capabilities || jsonb_build_object('canListNotes', $5::boolean)
     where organization_id = $1`,
    [organizationId, JSON.stringify(input.rights), input.at, input.nextProbeAt, input.isAdministrator],
  );
}

/** Keeps when the connection was probed and when it is probed again (null: not before somebody reconnects it). The consent of `connectedAt` is meant. */
export async function saveProbe(
  sql: Sql,
  organizationId: string,
  input: { connectedAt: Date; probedAt: Date | null; nextProbeAt: Date | null; canHeal: boolean },
): Promise<void> {
  await sql.query(
    `update connections set probed_at = coalesce($2, probed_at), next_probe_at = $3, can_heal = $4
     where organization_id = $1 and connected_at = $5`,
    [organizationId, input.probedAt, input.nextProbeAt, input.canHeal, input.connectedAt],
  );
}

/** Did the last look at some module's changes meet a problem? A right that was withdrawn shows here first. */
export async function hasReadProblem(sql: Sql, organizationId: string): Promise<boolean> {
  const rows = await sql.query(
    'select module from crm_polls where organization_id = $1 and problem is not null limit 1',
    [organizationId],
  );
  return rows.length > 0;
}

/** Zoho answered a call: nobody needs to probe. */
export async function markAlive(sql: Sql, organizationId: string, at: Date): Promise<void> {
  await sql.query(
    'update connections set alive_at = $2 where organization_id = $1 and (alive_at is null or alive_at < $2)',
    [organizationId, at],
  );
}

/** Modules whose first load was left out because they could not be read begin anew. */
export async function reopenFirstLoad(sql: Sql, organizationId: string, modules: readonly string[]): Promise<void> {
  await sql.query(
    `update connections set first_load = first_load || jsonb_build_object('state', 'running', 'finishedAt', null, 'steps', (
       select jsonb_agg(case when step ->> 'module' = any($2::text[]) and step ->> 'problem' is not null
         then step || '{"isDone": false, "afterId": null, "loaded": 0, "total": null, "problem": null}'::jsonb else step end)
       from jsonb_array_elements(first_load -> 'steps') as step))
     where organization_id = $1 and exists (
       select from jsonb_array_elements(first_load -> 'steps') as step
       where step ->> 'module' = any($2::text[]) and step ->> 'problem' is not null)`,
    [organizationId, modules],
  );
}
