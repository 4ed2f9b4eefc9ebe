import { createHash } from 'node:crypto';
import { type Reply, ZohoFailure } from '../http/failure.ts';
import { formParameters } from '../http/read-body.ts';
import type { Row } from '../store/table.ts';
import { type DataCentre, oauthTables, orgOf, type World } from '../world/world.ts';
import { answerConsent, showConsent } from './authorize.ts';
import { callbackPage } from './consent-page.ts';
import { coversScope, splitScopes } from './scopes.ts';
import { exchangeCode, liveAccess, oauthError, refreshAccess, revokeToken, type TokenAnswer } from './tokens.ts';

export type AccountsRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  body: Buffer;
};

/** Answers the accounts server's own paths; undefined for any other. */
export function handleAccounts(world: World, dc: DataCentre, request: AccountsRequest): Reply | undefined {
  const { method, path } = request;
  if (path === '/oauth/v2/auth' && method === 'GET') return showConsent(world, dc, request.query);
  if (path === '/oauth/v2/auth' && method === 'POST') return answerConsent(world, dc, parametersOf(request));
  if (path === '/oauth/v2/token' && method === 'POST') return asReply(world, token(world, dc, request));
  if (path === '/oauth/v2/token/revoke') return revoke(world, parametersOf(request));
  if (path === '/oauth/v2/introspect') return introspect(world, parametersOf(request));
  if (path === '/oauth/serverinfo') return serverInfo(world);
  if (path === '/oauth/user/info') return userInfo(world, request);
  if (path === '/sandbox/callback' && method === 'GET') return { status: 200, html: callbackPage(request.query) };
  return undefined;
}

/** Query and body together: clients use urlencoded bodies, multipart bodies and query strings alike. */
function parametersOf(request: AccountsRequest): URLSearchParams {
  const all = new URLSearchParams(request.query);
  if (request.body.length > 0) {
    const form = formParameters(request.headers['content-type'] ?? '', request.body);
    for (const [name, value] of form) if (!all.has(name)) all.append(name, value);
  }
  return all;
}

function token(world: World, dc: DataCentre, request: AccountsRequest): TokenAnswer {
  const parameters = parametersOf(request);
  const client = clientOf(request, parameters);
  if (client.id !== world.client.id || !isKnownIn(world, dc)) return oauthError('invalid_client');
  if (client.secret !== world.client.secret) return oauthError(world.switches.text('wrongSecretError'));
  const grantType = parameters.get('grant_type');
  if (grantType === 'refresh_token') return refreshAccess(world, dc, parameters.get('refresh_token') ?? '');
  if (grantType !== 'authorization_code') return oauthError('unsupported_grant_type');
  return exchangeCode(world, dc, {
    code: parameters.get('code') ?? '',
    redirectUri: parameters.get('redirect_uri') ?? '',
    isChallengeMet: (grant) =>
      world.switches.text('pkce') === 'ignored' || isChallengeMet(grant, parameters.get('code_verifier') ?? ''),
  });
}

/** Whether the client is registered in that data centre too is up to its owner, and a switch. */
function isKnownIn(world: World, dc: DataCentre): boolean {
  if (dc.index === 0) return true;
  const policy = world.switches.text('foreignDcClient');
  return policy === 'same-credentials' || (policy === 'unknown-in-cn' && dc.key !== 'cn');
}

function clientOf(request: AccountsRequest, parameters: URLSearchParams): { id: string; secret: string } {
  const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (basic) {
    const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    return { id: tryDecode(id), secret: tryDecode(secret) };
  }
  return { id: parameters.get('client_id') ?? '', secret: parameters.get('client_secret') ?? '' };
}

function tryDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isChallengeMet(grant: Row, verifier: string): boolean {
  if (typeof grant.challenge !== 'string') return true;
  if (grant.challengeMethod !== 'S256') return grant.challenge === verifier;
  return createHash('sha256').update(verifier).digest('base64url') === grant.challenge;
}

function revoke(world: World, parameters: URLSearchParams): Reply {
  const isRevoked = revokeToken(world, parameters.get('token') ?? '');
  return { status: 200, body: isRevoked ? { status: 'success' } : { error: 'invalid_code' } };
}

function introspect(world: World, parameters: URLSearchParams): Reply {
  const given = parameters.get('token') ?? '';
  const row = liveAccess(world, given) ?? world.store.table(oauthTables.refresh).get(given);
  if (!row) return { status: 200, body: { active: false } };
  const expiry = typeof row.expiresAt === 'number' ? { exp: Math.floor(row.expiresAt / 1000) } : {};
  return {
    status: 200,
    body: {
      active: true,
      client_id: String(row.client),
      scope: String(row.scope).replaceAll(',', ' '),
      sub: String(row.userId),
      ...expiry,
    },
  };
}

function serverInfo(world: World): Reply {
  const named = world.dcs.filter((dc) => dc.key !== 'uk' || world.switches.isOn('ukDataCentre'));
  const locations = Object.fromEntries(named.map((dc) => [dc.key, dc.accounts]));
  return { status: 200, body: { result: 'success', locations } };
}

function userInfo(world: World, request: AccountsRequest): Reply {
  const given = /^(?:Zoho-oauthtoken|Bearer) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const row = liveAccess(world, given);
  const user = row && orgOf(world, row)?.users.get(String(row.userId));
  if (!row || !user) throw new ZohoFailure(401, 'INVALID_OAUTHTOKEN', 'Invalid OAuth token');
  if (!coversScope(splitScopes(String(row.scope)), 'AaaServer.profile.READ', false)) {
    throw new ZohoFailure(401, 'INVALID_OAUTHSCOPE', 'Invalid OAuth scope');
  }
  return {
    status: 200,
    body: {
      First_Name: user.first_name ?? '',
      Last_Name: user.last_name ?? '',
      Display_Name: user.full_name ?? '',
      Email: user.email ?? '',
      ZUID: user.zuid ?? '',
    },
  };
}

function asReply(world: World, answer: TokenAnswer): Reply {
  const isPlainError = answer.status === 200 && 'error' in answer.body;
  return { status: isPlainError ? world.switches.number('oauthErrorStatus') : answer.status, body: answer.body };
}
