import { type ConnectionState as AnyState, nextConnectionState } from '../../domain/connection-states.ts';
import type { MailModes } from '../../domain/mail-modes.ts';
import { firstRow, type Sql } from '../sql.ts';
import { moveConnection } from './connection-state.ts';

/** The state of a connection that exists. */
export type ConnectionState = Exclude<AnyState, 'none'>;

/** Progress of the first load, kept after every page so that it goes on where it stopped. */
export type FirstLoad = {
  state: 'running' | 'done' | 'failed';
  steps: {
    module: string;
    loaded: number;
    total: number | null;
    afterId: string | null;
    isDone: boolean;
    /** Why the module was left out: Zoho does not let this connection read it. */
    problem?: string | null;
    /** When its first page was asked for, and when its last one was saved. */
    startedAt?: string | null;
    finishedAt?: string | null;
    /** The file that Zoho makes of the module, and how many of its lines are saved. */
    file?: { jobId: string | null; pageToken: string | null; rowsDone: number; starts: number } | null;
  }[];
  startedAt: string;
  finishedAt: string | null;
  error: string | null;
};

/** A connection without its tokens. `Capabilities` and `Rights` are the caller's own types: the database does not look inside. */
export type ConnectionRow<Capabilities = unknown, Rights = unknown> = {
  id: string;
  organizationId: string;
  provider: 'sandbox' | 'zoho';
  state: ConnectionState;
  dataCentre: string;
  environment: 'production' | 'sandbox' | 'developer';
  apiDomain: string;
  zohoOrgId: string;
  zohoOrgName: string;
  zohoZgid: string | null;
  edition: string | null;
  timeZone: string | null;
  currency: string | null;
  zohoUserId: string;
  zohoUserName: string;
  zohoUserEmail: string | null;
  connectedBy: string;
  connectedAt: Date;
  scopes: string[];
  isSafeMode: boolean;
  /** What a canary showed; null: none was finished, and safe mode decides. */
  mailModes: MailModes | null;
  capabilities: Capabilities;
  firstLoad: FirstLoad | null;
  lastChangeSeenAt: Date | null;
  problem: string | null;
  parkedUntil: Date | null;
  /** What the connecting user may do, as tested last; null: never tested. */
  rights: Rights | null;
  rightsCheckedAt: Date | null;
  nextProbeAt: Date | null;
  probedAt: Date | null;
  /** When Zoho last answered a call. */
  aliveAt: Date | null;
  /** Since when the access is dead; null while it works. */
  brokenAt: Date | null;
  /** The access may come back without a new consent (its user or the API was switched off). */
  canHeal: boolean;
};

const COLUMNS = `
  id, organization_id as "organizationId", provider, state, data_centre as "dataCentre", environment, api_domain as "apiDomain",
  zoho_org_id as "zohoOrgId", zoho_org_name as "zohoOrgName", zoho_zgid as "zohoZgid", edition, time_zone as "timeZone",
  currency, zoho_user_id as "zohoUserId", zoho_user_name as "zohoUserName", zoho_user_email as "zohoUserEmail",
  connected_by as "connectedBy", connected_at as "connectedAt", scopes, is_safe_mode as "isSafeMode", mail_modes as "mailModes", capabilities,
  first_load as "firstLoad", last_change_seen_at as "lastChangeSeenAt", problem, parked_until as "parkedUntil", rights,
  rights_checked_at as "rightsCheckedAt", next_probe_at as "nextProbeAt", probed_at as "probedAt", alive_at as "aliveAt",
  broken_at as "brokenAt", can_heal as "canHeal"`;

/** The organization's connection; there is at most one. */
export async function findConnection<Capabilities, Rights = unknown>(
  sql: Sql,
  organizationId: string,
): Promise<ConnectionRow<Capabilities, Rights> | null> {
  return firstRow(
    sql.query<ConnectionRow<Capabilities, Rights>>(`select ${COLUMNS} from connections where organization_id = $1`, [
      organizationId,
    ]),
  );
}

export type NewConnection = Omit<
  ConnectionRow,
  | 'state'
  | 'firstLoad'
  | 'mailModes'
  | 'lastChangeSeenAt'
  | 'problem'
  | 'parkedUntil'
  | 'rights'
  | 'rightsCheckedAt'
  | 'nextProbeAt'
  | 'probedAt'
  | 'aliveAt'
  | 'brokenAt'
  | 'canHeal'
> & {
  refreshTokenSealed: Buffer;
  accessTokenSealed: Buffer;
  accessTokenExpiresAt: Date;
};

/**
 * Saves what a consent gave, in the caller's transaction. A reconnection to the same Zoho org keeps its id, its first load and
 * everything published; what the new user may do is not known yet, so it is tested at once.
 */
export async function saveConnection(sql: Sql, row: NewConnection): Promise<void> {
  await sql.query(
    `insert into connections (organization_id, id, state, data_centre, environment, api_domain, zoho_org_id, zoho_org_name,
       zoho_zgid, edition, time_zone, currency, zoho_user_id, zoho_user_name, zoho_user_email, connected_by, connected_at,
       scopes, is_safe_mode, capabilities, refresh_token_sealed, access_token_sealed, access_token_expires_at, provider,
       next_probe_at)
     values ($1, $2, $24, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $16)
     on conflict (organization_id) do update set data_centre = excluded.data_centre,
       environment = excluded.environment, api_domain = excluded.api_domain, zoho_org_name = excluded.zoho_org_name,
       zoho_zgid = excluded.zoho_zgid, edition = excluded.edition, time_zone = excluded.time_zone, currency = excluded.currency,
       zoho_user_id = excluded.zoho_user_id, zoho_user_name = excluded.zoho_user_name, zoho_user_email = excluded.zoho_user_email,
       connected_by = excluded.connected_by, connected_at = excluded.connected_at, scopes = excluded.scopes,
       capabilities = excluded.capabilities, refresh_token_sealed = excluded.refresh_token_sealed,
       access_token_sealed = excluded.access_token_sealed, access_token_expires_at = excluded.access_token_expires_at,
       next_probe_at = excluded.connected_at, rights_checked_at = null
     where connections.zoho_org_id = excluded.zoho_org_id`,
    [
      row.organizationId,
      row.id,
      row.dataCentre,
      row.environment,
      row.apiDomain,
      row.zohoOrgId,
      row.zohoOrgName,
      row.zohoZgid,
      row.edition,
      row.timeZone,
      row.currency,
      row.zohoUserId,
      row.zohoUserName,
      row.zohoUserEmail,
      row.connectedBy,
      row.connectedAt,
      row.scopes,
      row.isSafeMode,
      JSON.stringify(row.capabilities),
      row.refreshTokenSealed,
      row.accessTokenSealed,
      row.accessTokenExpiresAt,
      row.provider,
      nextConnectionState('none', 'granted'),
    ],
  );
  await moveConnection(sql, row.organizationId, { event: 'granted', problem: null, at: row.connectedAt });
}

/** Ends a connection and forgets its tokens, in the caller's transaction; its history stays. */
export async function forgetTokens(sql: Sql, organizationId: string, at: Date): Promise<void> {
  await moveConnection(sql, organizationId, { event: 'disconnect', problem: null, at });
  await sql.query(
    `update connections set refresh_token_sealed = null, access_token_sealed = null, access_token_expires_at = null,
       next_probe_at = null where organization_id = $1`,
    [organizationId],
  );
}

/** Sends of this connection rest until then; null: they may go on. */
export async function parkConnection(
  sql: Sql,
  organizationId: string,
  input: { until: Date | null; problem: string | null },
): Promise<void> {
  await sql.query('update connections set parked_until = $2, problem = $3 where organization_id = $1', [
    organizationId,
    input.until,
    input.problem,
  ]);
}

export async function saveCapabilities(sql: Sql, organizationId: string, capabilities: unknown): Promise<void> {
  await sql.query('update connections set capabilities = $2 where organization_id = $1', [
    organizationId,
    JSON.stringify(capabilities),
  ]);
}

export async function saveFirstLoad(sql: Sql, organizationId: string, firstLoad: FirstLoad, at: Date): Promise<void> {
  await sql.query('update connections set first_load = $2, last_change_seen_at = $3 where organization_id = $1', [
    organizationId,
    JSON.stringify(firstLoad),
    at,
  ]);
}

export type SealedTokens = {
  refreshTokenSealed: Buffer | null;
  accessTokenSealed: Buffer | null;
  accessTokenExpiresAt: Date | null;
};

export async function readTokens(sql: Sql, organizationId: string): Promise<SealedTokens | null> {
  return firstRow(
    sql.query<SealedTokens>(
      `select refresh_token_sealed as "refreshTokenSealed", access_token_sealed as "accessTokenSealed",
         access_token_expires_at as "accessTokenExpiresAt" from connections where organization_id = $1`,
      [organizationId],
    ),
  );
}

/**
 * Keeps a renewed access token, unless somebody has reconnected meanwhile: then it belongs to an access that was replaced.
 * True if it was kept.
 */
export async function saveAccessToken(
  sql: Sql,
  organizationId: string,
  token: { sealed: Buffer; expiresAt: Date; refreshTokenSealed: Buffer },
): Promise<boolean> {
  const rows = await sql.query(
    `update connections set access_token_sealed = $2, access_token_expires_at = $3
     where organization_id = $1 and refresh_token_sealed = $4 returning id`,
    [organizationId, token.sealed, token.expiresAt, token.refreshTokenSealed],
  );
  return rows.length > 0;
}

export async function insertOauthState(
  sql: Sql,
  row: { organizationId: string; nonceHash: Buffer; userId: string; expiresAt: Date },
): Promise<void> {
  await sql.query(
    'insert into oauth_states (organization_id, nonce_hash, user_id, expires_at) values ($1, $2, $3, $4)',
    [row.organizationId, row.nonceHash, row.userId, row.expiresAt],
  );
}

/** Uses a state up: true for exactly one caller, and only before it expires. */
export async function redeemOauthState(
  sql: Sql,
  row: { organizationId: string; nonceHash: Buffer; userId: string; at: Date },
): Promise<boolean> {
  const used = await sql.query(
    `update oauth_states set used_at = $4
     where organization_id = $1 and nonce_hash = $2 and user_id = $3 and used_at is null and expires_at > $4 returning user_id`,
    [row.organizationId, row.nonceHash, row.userId, row.at],
  );
  return used.length > 0;
}

export type CallKind = 'write' | 'read' | 'load' | 'mirror' | 'drift';

export async function addCallCounts(
  sql: Sql,
  organizationId: string,
  hour: Date,
  counts: { kind: CallKind; calls: number; credits: number }[],
): Promise<void> {
  await sql.query(
    `insert into crm_call_counts (organization_id, hour, kind, calls, credits)
     select $1, $2, c.kind, c.calls, c.credits from jsonb_to_recordset($3) as c(kind text, calls int, credits int)
     on conflict (organization_id, hour, kind) do update
     set calls = crm_call_counts.calls + excluded.calls, credits = crm_call_counts.credits + excluded.credits`,
    [organizationId, hour, JSON.stringify(counts)],
  );
}

/** Sums of calls by kind since a time; null: since the beginning. */
export async function sumCallCounts(
  sql: Sql,
  organizationId: string,
  since: Date | null,
): Promise<{ kind: CallKind; calls: number; credits: number }[]> {
  return sql.query(
    `select kind, sum(calls)::int as calls, sum(credits)::int as credits from crm_call_counts
     where organization_id = $1 and ($2::timestamptz is null or hour >= $2) group by kind`,
    [organizationId, since],
  );
}

/** What only one Zoho org knows. */
const ORG_TABLES = [
  'crm_polls',
  'crm_channels',
  'crm_hints',
  'drift_checks',
  'canaries',
  'preflights',
  'obstacles',
  'field_constants',
  'crm_users',
  'crm_contacts',
  'crm_leads',
  'crm_accounts',
  'crm_deals',
  'crm_deal_roles',
  'crm_keys',
  'crm_stages',
  'placements',
  'resting_placements',
  'direct_links',
  'link_decisions',
  'person_decisions',
  'connections',
];

/**
 * Forgets everything that only one Zoho org (or the sandbox) knew, before another one takes its place: its records, what was
 * written there, what was decided about its records. Meetings and the ledger stay; every meeting begins anew.
 */
export async function forgetCrmOrg(sql: Sql, organizationId: string, at: Date): Promise<void> {
  for (const table of ORG_TABLES) await sql.query(`delete from ${table} where organization_id = $1`, [organizationId]);
  await sql.query(
    `update sync_operations set state = 'superseded', finished_at = $2
     where organization_id = $1 and state in ('planned', 'sending', 'unknown')`,
    [organizationId, at],
  );
  // Nobody leaves an org that is not there any more: the next one must not be left by itself, and gets what was not taken out.
  await sql.query(
    `update meetings set held_back = false, undo_id = null, undone_at = null, undone_by = null, before_leaving = null,
       is_backfill = backfill_id is not null
     where organization_id = $1 and undo_id in (
       select id from backfills where organization_id = $1 and kind = 'leave' and state in ('undoing', 'paused'))`,
    [organizationId],
  );
  await sql.query(
    `update backfills set state = 'cancelled', resumes_as = null, active_since = null, finished_at = $2
     where organization_id = $1 and kind = 'leave' and state in ('undoing', 'paused')`,
    [organizationId, at],
  );
  await sql.query(
    `update participants set match_kind = null, match_module = null, match_record_id = null, match = null
     where organization_id = $1`,
    [organizationId],
  );
  await sql.query(
    `update meetings set state = case when retracted_at is null then 'waiting' else 'retracted' end, state_cause = null,
       state_reason = '', verified_at = null, differences = '{}', primary_module = null, primary_record_id = null,
       roles_unknown = 0, evaluated_at = null
     where organization_id = $1 and coalesce(state_cause, '') not in ('backfill_staged', 'backfill_cancelled')`,
    [organizationId],
  );
}
