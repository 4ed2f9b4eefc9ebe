import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { resolveDataCentre } from '../../src/zoho/data-centres.ts';
import { authorizeUrl, exchangeCode, type OAuthPorts, refreshToken, revokeToken } from '../../src/zoho/oauth.ts';
import { toSecret } from '../../src/zoho/secret.ts';
import { type SeenRequest, sendJson, startOddServer } from './start-odd-server.ts';

const API = 'https://api.sandbox.test';
const NOW = 1_000_000;
const client = { clientId: '1000.CLIENT', clientSecret: toSecret('client-secret') };
const token = { access_token: '1000.access', expires_in: 3600, api_domain: API, token_type: 'Bearer' };
const tooMany = {
  error: 'Access Denied',
  error_description: 'You have made too many requests continuously. Please try again after some time.',
};

async function open(handle: (response: ServerResponse, request: SeenRequest) => void, timeoutMs?: number) {
  const { origin, seen } = await startOddServer((request, response) => handle(response, request));
  const centre = resolveDataCentre('eu', origin, [{ location: 'eu', accounts: origin, api: API }]);
  const ports: OAuthPorts = { fetch, now: () => NOW, timeoutMs };
  const exchange = () => exchangeCode(ports, { centre, client, redirectUri: 'http://us.test/back', code: 'c0de' });
  const refresh = () => refreshToken(ports, { centre, client, refreshToken: toSecret('1000.refresh'), apiDomain: API });
  const revoke = () => revokeToken(ports, { centre, token: toSecret('1000.refresh') });
  return { seen, exchange, refresh, revoke, centre };
}

const failure = (code: string) => expect.objectContaining({ name: 'AppError', code });

describe('authorizeUrl', () => {
  it('asks for offline access with consent, at the accounts server of the data centre', () => {
    const centre = resolveDataCentre('eu', 'https://accounts.zoho.eu');
    const scopes = ['ZohoCRM.modules.events.ALL', 'ZohoCRM.org.READ'];
    const url = new URL(
      authorizeUrl({ centre, clientId: '1000.X', redirectUri: 'http://us.test/back?a=1', scopes, state: 's&t' }),
    );
    expect(url.origin + url.pathname).toBe('https://accounts.zoho.eu/oauth/v2/auth');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: '1000.X',
      scope: 'ZohoCRM.modules.events.ALL,ZohoCRM.org.READ',
      redirect_uri: 'http://us.test/back?a=1',
      access_type: 'offline',
      prompt: 'consent',
      state: 's&t',
    });
  });
});

describe('exchangeCode', () => {
  it('posts code, client and redirect as a form and takes both tokens', async () => {
    const scope = 'ZohoCRM.org.READ,ZohoCRM.users.READ';
    const { seen, exchange } = await open((response) =>
      sendJson(response, 200, { ...token, refresh_token: '1000.refresh', scope }),
    );
    const grant = await exchange();
    if (grant.kind !== 'granted') throw new Error('not granted');
    expect(grant.accessToken.reveal()).toBe('1000.access');
    expect(grant.refreshToken.reveal()).toBe('1000.refresh');
    expect(grant).toMatchObject({
      apiDomain: API,
      expiresAt: NOW + 3_600_000,
      scopes: ['ZohoCRM.org.READ', 'ZohoCRM.users.READ'],
    });
    expect(inspect(grant, { depth: 9 })).not.toContain('1000.');
    expect(seen[0]?.path).toBe('/oauth/v2/token');
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.text))).toEqual({
      grant_type: 'authorization_code',
      client_id: '1000.CLIENT',
      client_secret: 'client-secret',
      redirect_uri: 'http://us.test/back',
      code: 'c0de',
    });
  });

  it.each(['invalid_code', 'invalid_client', 'invalid_client_secret', 'invalid_redirect_uri', 'something_new'])(
    'reads HTTP 200 with %s as a refusal',
    async (error) => {
      const { exchange } = await open((response) => sendJson(response, 200, { error }));
      expect(await exchange()).toMatchObject({
        kind: 'refused',
        reason: error,
        message: expect.stringMatching(/\w+ \w+/),
      });
    },
  );

  it('does not call an access without a refresh token a connection', async () => {
    const { exchange } = await open((response) => sendJson(response, 200, token));
    expect(await exchange()).toMatchObject({ kind: 'refused', reason: 'no_refresh_token' });
  });

  it('refuses an API host that is not in the table', async () => {
    const { exchange } = await open((response) =>
      sendJson(response, 200, { ...token, refresh_token: 'r', api_domain: 'https://evil.example' }),
    );
    await expect(exchange()).rejects.toEqual(failure('crm_rejected'));
  });
});

describe('refreshToken', () => {
  it('gives a new access token for the same refresh token', async () => {
    const { seen, refresh } = await open((response) => sendJson(response, 200, token));
    const grant = await refresh();
    expect(grant.accessToken.reveal()).toBe('1000.access');
    expect(grant.expiresAt).toBe(NOW + 3_600_000);
    expect(new URLSearchParams(seen[0]?.text).get('grant_type')).toBe('refresh_token');
    expect(new URLSearchParams(seen[0]?.text).get('refresh_token')).toBe('1000.refresh');
  });

  it.each([
    ['seconds', { expires_in: 3600 }],
    ['milliseconds of an old server', { expires_in: 3_600_000 }],
    ['milliseconds beside seconds', { expires_in: 3_600_000, expires_in_sec: 3600 }],
  ])('reads a life in %s as one hour', async (_name, life) => {
    const { refresh } = await open((response) => sendJson(response, 200, { ...token, ...life }));
    expect((await refresh()).expiresAt).toBe(NOW + 3_600_000);
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['a revoked token, told with 200', (r) => sendJson(r, 200, { error: 'invalid_code' }), 'needs_reauth'],
    ['a wrong client', (r) => sendJson(r, 200, { error: 'invalid_client' }), 'needs_reauth'],
    ['too many refreshes', (r) => sendJson(r, 400, tooMany), 'crm_throttled'],
    ['too many refreshes, told with 200', (r) => sendJson(r, 200, tooMany), 'crm_throttled'],
    ['429 in HTML', (r) => r.writeHead(429).end('<html>'), 'crm_throttled'],
    ['502 in HTML', (r) => r.writeHead(502).end('<html>bad gateway</html>'), 'crm_unavailable'],
    ['500 in JSON', (r) => sendJson(r, 500, { error: 'internal' }), 'crm_unavailable'],
    ['200 with HTML', (r) => r.writeHead(200).end('<html>login</html>'), 'crm_unavailable'],
    ['200 with a cut token', (r) => r.writeHead(200).end('{"access_token":"1000.private'), 'crm_unavailable'],
    ['neither token nor error', (r) => sendJson(r, 200, { status: 'fine' }), 'crm_unavailable'],
    ['a redirect', (r) => r.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'crm_unavailable'],
    ['a cut connection', (r) => r.destroy(), 'crm_unavailable'],
    ['silence', () => undefined, 'crm_unavailable'],
  ])('%s', async (name, handle, code) => {
    const { refresh, seen } = await open(handle, name === 'silence' ? 500 : undefined);
    const error = await refresh().catch((thrown: unknown) => thrown);
    expect(error).toEqual(failure(code));
    expect(inspect(error, { depth: 9 })).not.toMatch(/1000\.|client-secret/);
    expect(seen).toHaveLength(1);
    if (code === 'crm_throttled') expect(error).toMatchObject({ detail: { retryAfterMs: 600_000 } });
  });
});

describe('revokeToken', () => {
  it.each<[string, (response: ServerResponse) => void, string]>([
    ['revoked', (r) => sendJson(r, 200, { status: 'success' }), 'revoked'],
    ['not known any more', (r) => sendJson(r, 200, { error: 'invalid_code' }), 'already_gone'],
  ])('%s', async (_name, handle, kind) => {
    const { revoke, seen } = await open(handle);
    expect(await revoke()).toEqual({ kind });
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/oauth/v2/token/revoke' });
    expect(seen[0]?.query.get('token')).toBe('1000.refresh');
  });

  it('does not call a broken server a success', async () => {
    const { revoke } = await open((response) => response.writeHead(503).end());
    await expect(revoke()).rejects.toEqual(failure('crm_unavailable'));
  });
});
