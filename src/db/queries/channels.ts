import { firstRow, type Sql } from '../sql.ts';

/** A notification channel; of its secrets only hashes are kept. Times of its life are ours but `expiresAt`, which Zoho granted. */
export type ChannelRow = {
  channelId: string;
  pathHash: Buffer;
  tokenHash: Buffer;
  notifyBase: string;
  expiresAt: Date;
  renewedAt: Date;
  listedAt: Date;
  lastHeardAt: Date | null;
  suspectedAt: Date | null;
};

/** The time at which a channel was heard last is known to so many milliseconds. */
const HEARD_EVERY_MS = 5_000;

/** The organization's channel; there is at most one. */
export async function findChannel(sql: Sql, organizationId: string): Promise<ChannelRow | null> {
  return firstRow(
    sql.query<ChannelRow>(
      `select channel_id as "channelId", path_hash as "pathHash", token_hash as "tokenHash", notify_base as "notifyBase",
         expires_at as "expiresAt", renewed_at as "renewedAt", listed_at as "listedAt", last_heard_at as "lastHeardAt",
         suspected_at as "suspectedAt"
       from crm_channels where organization_id = $1 order by renewed_at desc limit 1`,
      [organizationId],
    ),
  );
}

/** Puts a new channel in the place of the one before. */
export async function replaceChannel(
  sql: Sql,
  organizationId: string,
  row: Omit<ChannelRow, 'listedAt' | 'lastHeardAt' | 'suspectedAt'> & { events: readonly string[] },
): Promise<void> {
  await forgetChannels(sql, organizationId);
  await sql.query(
    `insert into crm_channels (organization_id, channel_id, path_hash, token_hash, notify_base, expires_at, renewed_at, listed_at, events)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
    [
      organizationId,
      row.channelId,
      row.pathHash,
      row.tokenHash,
      row.notifyBase,
      row.expiresAt,
      row.renewedAt,
      row.events,
    ],
  );
}

/** Nothing is believed any more that comes through the channel; whether another one is needed is looked at when it can be. */
export async function forgetChannels(sql: Sql, organizationId: string): Promise<void> {
  await sql.query('delete from crm_channels where organization_id = $1', [organizationId]);
  await sql.query('update connections set next_channel_at = null, channel_problem = null where organization_id = $1', [
    organizationId,
  ]);
}

/** The channel was given a new end, or its end was seen in Zoho's list. */
export async function saveChannelLife(
  sql: Sql,
  organizationId: string,
  input: { channelId: string; expiresAt: Date; renewedAt: Date | null; listedAt: Date },
): Promise<void> {
  await sql.query(
    `update crm_channels set expires_at = $3, renewed_at = coalesce($4, renewed_at), listed_at = $5
     where organization_id = $1 and channel_id = $2`,
    [organizationId, input.channelId, input.expiresAt, input.renewedAt, input.listedAt],
  );
}

/** Keeps when the channel is to be looked after next, and what is wrong with notifications (null: nothing). */
export async function scheduleChannel(
  sql: Sql,
  organizationId: string,
  input: { nextChannelAt: Date; problem: string | null },
): Promise<void> {
  await sql.query('update connections set next_channel_at = $2, channel_problem = $3 where organization_id = $1', [
    organizationId,
    input.nextChannelAt,
    input.problem,
  ]);
}

/**
 * A callback came: whatever was wrong with the channel is over. Callbacks come many at once, and each would wait for the row that
 * the others write: within `HEARD_EVERY_MS` one of them writes it.
 */
export async function markChannelHeard(sql: Sql, organizationId: string, channelId: string, at: Date): Promise<void> {
  await sql.query(
    `update crm_channels set last_heard_at = $3, suspected_at = null where organization_id = $1 and channel_id = $2
       and (last_heard_at is null or last_heard_at < $4 or last_heard_at > $3 or suspected_at is not null)`,
    [organizationId, channelId, at, new Date(at.getTime() - HEARD_EVERY_MS)],
  );
  await sql.query(
    'update connections set channel_problem = null where organization_id = $1 and channel_problem is not null',
    [organizationId],
  );
}

/**
 * A poll saw changes: was the channel silent about them? True when nothing was heard since `since` and it was open by then. It
 * is looked after at once.
 */
export async function suspectChannel(sql: Sql, organizationId: string, since: Date, at: Date): Promise<boolean> {
  const rows = await sql.query(
    `update crm_channels set suspected_at = coalesce(suspected_at, $3)
     where organization_id = $1 and renewed_at <= $2 and (last_heard_at is null or last_heard_at < $4) returning channel_id`,
    [organizationId, since, at, new Date(since.getTime() - HEARD_EVERY_MS)],
  );
  if (rows.length === 0) return false;
  await sql.query('update connections set next_channel_at = $2 where organization_id = $1', [organizationId, at]);
  return true;
}

/** What is wrong with notifications; null: nothing. */
export async function readChannelProblem(sql: Sql, organizationId: string): Promise<string | null> {
  const row = await firstRow(
    sql.query<{ problem: string | null }>(
      'select channel_problem as problem from connections where organization_id = $1',
      [organizationId],
    ),
  );
  return row?.problem ?? null;
}
