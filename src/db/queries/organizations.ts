import { firstRow, type Sql } from '../sql.ts';

export type OrganizationRow = { id: string; name: string; policy: Record<string, unknown> };
export type MemberRole = 'read_only' | 'regular' | 'admin' | 'owner';

export async function findFirstOrganization(sql: Sql): Promise<OrganizationRow | null> {
  return firstRow(
    sql.query<OrganizationRow>('select id, name, policy from organizations order by created_at, id limit 1'),
  );
}

export async function findOrganization(sql: Sql, organizationId: string): Promise<OrganizationRow | null> {
  return firstRow(
    sql.query<OrganizationRow>('select id, name, policy from organizations where id = $1', [organizationId]),
  );
}

export async function insertOrganization(sql: Sql, row: { id: string; name: string; createdAt: Date }): Promise<void> {
  await sql.query('insert into organizations (id, name, created_at) values ($1, $2, $3)', [
    row.id,
    row.name,
    row.createdAt,
  ]);
}

export async function savePolicy(
  sql: Sql,
  organizationId: string,
  input: { name: string; policy: Record<string, unknown> },
): Promise<void> {
  await sql.query('update organizations set name = $2, policy = $3 where id = $1', [
    organizationId,
    input.name,
    JSON.stringify(input.policy),
  ]);
}

/** Membership of a person; the oldest one where somebody belongs to several organizations. */
export async function findMembership(
  sql: Sql,
  userId: string,
): Promise<{ organizationId: string; role: MemberRole } | null> {
  return firstRow(
    sql.query<{ organizationId: string; role: MemberRole }>(
      'select organization_id as "organizationId", role from members where user_id = $1 order by joined_at limit 1',
      [userId],
    ),
  );
}

export async function insertMember(
  sql: Sql,
  row: { organizationId: string; userId: string; role: MemberRole; joinedAt: Date },
): Promise<void> {
  await sql.query(
    `insert into members (organization_id, user_id, role, joined_at) values ($1, $2, $3, $4)
     on conflict (organization_id, user_id) do nothing`,
    [row.organizationId, row.userId, row.role, row.joinedAt],
  );
}

export type ApiKeyRow = {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  lastUsedAt: Date | null;
};

export async function insertApiKey(
  sql: Sql,
  row: {
    organizationId: string;
    id: string;
    name: string;
    prefix: string;
    hash: Buffer;
    scopes: string[];
    createdAt: Date;
  },
): Promise<void> {
  await sql.query(
    `insert into api_keys (organization_id, id, name, prefix, hash, scopes, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [row.organizationId, row.id, row.name, row.prefix, row.hash, row.scopes, row.createdAt],
  );
}

export async function listApiKeys(sql: Sql, organizationId: string): Promise<ApiKeyRow[]> {
  return sql.query<ApiKeyRow>(
    `select id, name, prefix, scopes, created_at as "createdAt", last_used_at as "lastUsedAt"
     from api_keys where organization_id = $1 and revoked_at is null order by created_at desc limit 200`,
    [organizationId],
  );
}

export async function revokeApiKey(sql: Sql, organizationId: string, id: string, at: Date): Promise<boolean> {
  const rows = await sql.query(
    'update api_keys set revoked_at = $3 where organization_id = $1 and id = $2 and revoked_at is null returning id',
    [organizationId, id, at],
  );
  return rows.length > 0;
}

/** Finds a live key by its hash. The time of last use is kept to the minute, so that a busy key does not write a row a call. */
export async function findLiveApiKey(
  sql: Sql,
  hash: Buffer,
  at: Date,
): Promise<{ organizationId: string; id: string; name: string; scopes: string[] } | null> {
  const row = await firstRow(
    sql.query<{ organizationId: string; id: string; name: string; scopes: string[]; isStale: boolean }>(
      `select organization_id as "organizationId", id, name, scopes,
              coalesce(last_used_at < $2::timestamptz - interval '1 minute', true) as "isStale"
       from api_keys where hash = $1 and revoked_at is null`,
      [hash, at],
    ),
  );
  if (row?.isStale) {
    await sql.query('update api_keys set last_used_at = $3 where organization_id = $1 and id = $2', [
      row.organizationId,
      row.id,
      at,
    ]);
  }
  return row;
}

/** How many people belong to the organization: none until the first sign-in link was used. */
export async function countMembers(sql: Sql, organizationId: string): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    'select count(*)::int as count from members where organization_id = $1',
    [organizationId],
  );
  return rows[0]?.count ?? 0;
}
