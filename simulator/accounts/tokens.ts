import type { Row } from '../store/table.ts';
import type { Environment } from '../world/org.ts';
import { type DataCentre, oauthTables, type World } from '../world/world.ts';

/** What a consent gives: the right to one code. */
export type Grant = {
  dc: string;
  environment: Environment;
  userId: string;
  scope: string;
  redirectUri: string;
  isOffline: boolean;
  isConsentForced: boolean;
  challenge?: string;
  challengeMethod?: string;
};

export type TokenAnswer = { status: number; body: Record<string, string | number> };

const accessLifeMs = 3600 * 1000;
const throttleWindowMs = 10 * 60 * 1000;
const accessTokensPerWindow = 10;

/** Error of the token endpoint: HTTP 200 with `error`. Source: field reports of several independent clients. */
export const oauthError = (error: string): TokenAnswer => ({ status: 200, body: { error } });

/** The throttle's answer, which is a real 400. */
export const accessDenied = (world: World): TokenAnswer => ({
  status: 400,
  body: {
    error: 'Access Denied',
    error_description: 'You have made too many requests continuously. Please try again after some time.',
    ...(world.switches.isOn('accessDeniedStatusKey') ? { status: 'failure' } : {}),
  },
});

/** Makes a code: two minutes (a switch), once, bound to client and address. Source: Zoho Accounts, Web Applications, Authorization. */
export function issueCode(world: World, grant: Grant): string {
  const codes = world.store.table(oauthTables.codes);
  for (const row of [...codes.rows()]) if (Number(row.expiresAt) <= world.clock.now()) codes.remove(row.id);
  const code = `1000.${world.randomHex(16)}.${world.randomHex(16)}`;
  codes.put({
    id: code,
    ...grant,
    client: world.client.id,
    expiresAt: world.clock.now() + world.switches.number('grantCodeSeconds') * 1000,
  });
  return code;
}

/** Exchanges a code; `verifier` is checked when the code was made with a challenge. */
export function exchangeCode(
  world: World,
  dc: DataCentre,
  given: { code: string; redirectUri: string; isChallengeMet: (grant: Row) => boolean },
): TokenAnswer {
  const codes = world.store.table(oauthTables.codes);
  const grant = codes.get(given.code);
  if (!grant || grant.dc !== dc.key) return oauthError('invalid_code');
  if (grant.redirectUri !== given.redirectUri) return oauthError(world.switches.text('wrongRedirectError'));
  codes.remove(given.code);
  if (Number(grant.expiresAt) <= world.clock.now() || !given.isChallengeMet(grant)) return oauthError('invalid_code');
  const wantsRefresh = grant.isOffline === true && (grant.isConsentForced === true || !hasRefreshToken(world, grant));
  if (!wantsRefresh) return { status: 200, body: accessBody(world, dc, grant, null) };
  const refused = refuseRefreshToken(world, grant);
  if (refused) return refused;
  const refresh = `1000.${world.randomHex(16)}.${world.randomHex(16)}`;
  world.store.table(oauthTables.refresh).put({
    id: refresh,
    dc: grant.dc,
    environment: grant.environment,
    userId: grant.userId,
    scope: grant.scope,
    client: grant.client,
    createdAt: world.clock.now(),
    serial: nextSerial(world),
  });
  const { access_token, ...rest } = accessBody(world, dc, grant, refresh);
  return { status: 200, body: { access_token: access_token ?? '', refresh_token: refresh, ...rest } };
}

/** A new access token for a refresh token, which itself stays. Source: Zoho Accounts, Access Token Expiry. */
export function refreshAccess(world: World, dc: DataCentre, refreshToken: string): TokenAnswer {
  const held = world.store.table(oauthTables.refresh).get(refreshToken);
  if (!held || held.dc !== dc.key) return oauthError('invalid_code');
  const user = dc.orgs.get(held.environment as Environment)?.users.get(String(held.userId));
  if (user?.status !== 'active') return oauthError('invalid_code');
  const now = world.clock.now();
  const recent = world.store
    .table(oauthTables.access)
    .find('refresh', refreshToken)
    .filter((row) => Number(row.createdAt) > now - throttleWindowMs);
  if (recent.length >= accessTokensPerWindow) return accessDenied(world);
  return { status: 200, body: accessBody(world, dc, held, refreshToken) };
}

/** Ends a refresh token with all its access tokens, or one access token; false when there is no such token. */
export function revokeToken(world: World, token: string): boolean {
  const access = world.store.table(oauthTables.access);
  const refresh = world.store.table(oauthTables.refresh);
  if (refresh.get(token)) {
    for (const row of access.find('refresh', token)) access.remove(row.id);
    refresh.remove(token);
    return true;
  }
  if (!access.get(token)) return false;
  access.remove(token);
  return true;
}

/** The access token's row while it lives. */
export function liveAccess(world: World, token: string): Row | undefined {
  const row = world.store.table(oauthTables.access).get(token);
  return row && Number(row.expiresAt) > world.clock.now() && row.isEvicted !== true ? row : undefined;
}

function accessBody(world: World, dc: DataCentre, grant: Row, refresh: string | null): Record<string, string | number> {
  const access = world.store.table(oauthTables.access);
  const now = world.clock.now();
  if (refresh !== null) tidyAccess(world, refresh, now);
  const token = `1000.${world.randomHex(16)}.${world.randomHex(16)}`;
  access.put({
    id: token,
    dc: grant.dc,
    environment: grant.environment,
    userId: grant.userId,
    scope: grant.scope,
    client: grant.client,
    refresh,
    createdAt: now,
    expiresAt: now + accessLifeMs,
    serial: nextSerial(world),
  });
  return {
    access_token: token,
    scope: String(grant.scope).replaceAll(',', ' '),
    api_domain: dc.api,
    token_type: 'Bearer',
    expires_in: accessLifeMs / 1000,
  };
}

/** Forgets expired access tokens and evicts the oldest above the limit (kept as a row: it still counts for the throttle). */
function tidyAccess(world: World, refresh: string, now: number): void {
  const access = world.store.table(oauthTables.access);
  const held = access.find('refresh', refresh).sort((a, b) => Number(a.serial) - Number(b.serial));
  for (const row of held) if (Number(row.expiresAt) <= now) access.remove(row.id);
  const most = world.switches.number('accessTokensPerRefreshToken');
  const living = held.filter((row) => Number(row.expiresAt) > now && row.isEvicted !== true);
  for (const row of living.slice(0, Math.max(0, living.length - most + 1))) {
    access.put({ ...row, isEvicted: true });
  }
}

function refreshTokensOf(world: World, grant: Row): Row[] {
  const isOfAll = world.switches.text('refreshTokensCountedBy') === 'user';
  return world.store
    .table(oauthTables.refresh)
    .find('userId', String(grant.userId))
    .filter((row) => row.dc === grant.dc && (isOfAll || row.client === grant.client))
    .sort((a, b) => Number(a.serial) - Number(b.serial));
}

function hasRefreshToken(world: World, grant: Row): boolean {
  return refreshTokensOf(world, grant).some(
    (row) => row.environment === grant.environment && row.client === grant.client,
  );
}

function refuseRefreshToken(world: World, grant: Row): TokenAnswer | undefined {
  const held = refreshTokensOf(world, grant);
  const perMinute = world.switches.number('refreshTokensPerMinute');
  const lastMinute = held.filter((row) => Number(row.createdAt) > world.clock.now() - 60_000);
  if (perMinute > 0 && lastMinute.length >= perMinute) return accessDenied(world);
  if (held.length < world.switches.number('refreshTokensPerUser')) return undefined;
  if (world.switches.text('refreshTokenLimit') === 'deny') return accessDenied(world);
  const oldest = held[0];
  if (oldest) revokeToken(world, oldest.id);
  return undefined;
}

function nextSerial(world: World): number {
  const meta = world.store.table('meta');
  const next = Number(meta.get('oauth-serial')?.value ?? 0) + 1;
  meta.put({ id: 'oauth-serial', value: next });
  return next;
}
