import { firstRow, type Sql } from '../sql.ts';

export type PendingGrant = { grantSealed: Buffer; oldOrgName: string; newOrgName: string };

/** Keeps a consent until a person has chosen; it takes the place of an older one. */
export async function savePendingGrant(
  sql: Sql,
  organizationId: string,
  row: PendingGrant & { nonceHash: Buffer; userId: string; expiresAt: Date },
): Promise<void> {
  await sql.query(
    `insert into pending_grants (organization_id, nonce_hash, user_id, grant_sealed, old_org_name, new_org_name, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organization_id) do update set nonce_hash = excluded.nonce_hash, user_id = excluded.user_id,
       grant_sealed = excluded.grant_sealed, old_org_name = excluded.old_org_name, new_org_name = excluded.new_org_name,
       expires_at = excluded.expires_at`,
    [organizationId, row.nonceHash, row.userId, row.grantSealed, row.oldOrgName, row.newOrgName, row.expiresAt],
  );
}

/** Takes a consent out: for exactly one caller, the person who gave it, and only before it expires. */
export async function takePendingGrant(
  sql: Sql,
  organizationId: string,
  input: { nonceHash: Buffer; userId: string; at: Date },
): Promise<PendingGrant | null> {
  return firstRow(
    sql.query<PendingGrant>(
      `delete from pending_grants where organization_id = $1 and nonce_hash = $2 and user_id = $3 and expires_at > $4
       returning grant_sealed as "grantSealed", old_org_name as "oldOrgName", new_org_name as "newOrgName"`,
      [organizationId, input.nonceHash, input.userId, input.at],
    ),
  );
}

/** Takes a consent out about which nobody decided in time. */
export async function takeExpiredGrant(sql: Sql, organizationId: string, at: Date): Promise<PendingGrant | null> {
  return firstRow(
    sql.query<PendingGrant>(
      `delete from pending_grants where organization_id = $1 and expires_at <= $2
       returning grant_sealed as "grantSealed", old_org_name as "oldOrgName", new_org_name as "newOrgName"`,
      [organizationId, at],
    ),
  );
}
