import { firstRow, type Sql } from '../sql.ts';

/** What is known of an org's limits. `Throttle` is the caller's own type: the database does not look inside. */
export type LimitsRow<Throttle> = {
  throttle: Throttle | null;
  /** What Zoho said last about the credits left to all who use the org, and when. */
  creditsLeft: number | null;
  creditsLeftAt: Date | null;
  backgroundRestsUntil: Date | null;
  keptPercent: number;
  users: number;
  /** Credits of ours since the time asked for, and the oldest hour with any. */
  used: number;
  oldestHour: Date | null;
};

/** The limits of a connection and what was used of them since a time; null without a connection. */
export async function readLimits<Throttle>(
  sql: Sql,
  organizationId: string,
  since: Date,
): Promise<LimitsRow<Throttle> | null> {
  return firstRow(
    sql.query<LimitsRow<Throttle>>(
      `select c.throttle, c.credits_left as "creditsLeft", c.credits_left_at as "creditsLeftAt",
         c.background_rests_until as "backgroundRestsUntil", o.credits_kept_percent as "keptPercent",
         (select count(*)::int from crm_users u where u.organization_id = $1) as users, s.used, s."oldestHour"
       from connections c join organizations o on o.id = c.organization_id
       cross join lateral (
         select coalesce(sum(n.credits), 0)::int as used, min(n.hour) filter (where n.credits > 0) as "oldestHour"
         from crm_call_counts n where n.organization_id = $1 and n.hour >= $2) s
       where c.organization_id = $1`,
      [organizationId, since],
    ),
  );
}

/** Remembers how often Zoho refused calls for now; null: it does not any more. */
export async function saveThrottle(sql: Sql, organizationId: string, throttle: object | null): Promise<void> {
  await sql.query('update connections set throttle = $2 where organization_id = $1', [
    organizationId,
    throttle === null ? null : JSON.stringify(throttle),
  ]);
}

export async function saveCreditsLeft(sql: Sql, organizationId: string, left: number, at: Date): Promise<void> {
  await sql.query('update connections set credits_left = $2, credits_left_at = $3 where organization_id = $1', [
    organizationId,
    left,
    at,
  ]);
}

/** Work that can wait rests until then; null: it goes on. */
export async function saveBackgroundRest(sql: Sql, organizationId: string, until: Date | null): Promise<void> {
  await sql.query(
    `update connections set background_rests_until = $2
     where organization_id = $1 and background_rests_until is distinct from $2`,
    [organizationId, until],
  );
}

export async function saveKeptPercent(sql: Sql, organizationId: string, percent: number): Promise<void> {
  await sql.query('update organizations set credits_kept_percent = $2 where id = $1', [organizationId, percent]);
}

/** Meetings that were published and verified since a time, and the credits of writing and reading back since then. */
export async function readPace(
  sql: Sql,
  organizationId: string,
  since: Date,
): Promise<{ meetings: number; credits: number }> {
  const rows = await sql.query<{ meetings: number; credits: number }>(
    `select (select count(*)::int from meetings m where m.organization_id = $1 and m.verified_at >= $2) as meetings,
       (select coalesce(sum(n.credits), 0)::int from crm_call_counts n
        where n.organization_id = $1 and n.hour >= $2 and n.kind in ('write', 'read')) as credits`,
    [organizationId, since],
  );
  return rows[0] ?? { meetings: 0, credits: 0 };
}
