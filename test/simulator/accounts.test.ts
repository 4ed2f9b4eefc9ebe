import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/start-simulator.ts';
import { allScopes, connect, frozenAt, grantCode, requestToken, send } from './sandbox-client.ts';

let simulator: Simulator;
const redirectUri = 'http://127.0.0.1:4700/zoho/callback';

beforeAll(async () => {
  simulator = await startSimulator({ frozenAt, dcs: ['us', 'eu'], redirectUris: [redirectUri] });
});
afterAll(() => simulator.stop());

const advance = (seconds: number) =>
  send(`${simulator.accounts}/sandbox/clock`, { method: 'POST', body: JSON.stringify({ advanceSeconds: seconds }) });

const authorizeUrl = (more: Record<string, string> = {}) => {
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: simulator.clientId,
    scope: 'ZohoCRM.modules.contacts.READ,ZohoCRM.users.READ',
    redirect_uri: redirectUri,
    access_type: 'offline',
    prompt: 'consent',
    state: 's-1',
    ...more,
  });
  return `${simulator.accounts}/oauth/v2/auth?${parameters}`;
};

/** Reads the consent form as a plain HTTP client would and posts it. */
async function consent(url: string, answers: Record<string, string>): Promise<URL> {
  const page = await send(url);
  expect(page.status).toBe(200);
  const form = new URLSearchParams();
  for (const [, name = '', value = ''] of String(page.body).matchAll(
    /<input type="hidden" name="([^"]*)" value="([^"]*)"/g,
  )) {
    form.set(name, value.replaceAll('&#38;', '&'));
  }
  for (const [name, value] of Object.entries(answers)) form.set(name, value);
  const answer = await send(`${simulator.accounts}/oauth/v2/auth`, { method: 'POST', body: form });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

describe('consent', () => {
  test('allowing redirects with code, location, accounts-server and state', async () => {
    const back = await consent(authorizeUrl(), { decision: 'allow', user: 'admin@sandbox.example' });
    expect(back.origin + back.pathname).toBe(redirectUri);
    expect(back.searchParams.get('state')).toBe('s-1');
    expect(back.searchParams.get('location')).toBe('us');
    expect(back.searchParams.get('accounts-server')).toBe(simulator.accounts);
    const answer = await requestToken(simulator, {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
    });
    expect(answer.body).toMatchObject({ api_domain: simulator.api, token_type: 'Bearer', expires_in: 3600 });
    expect(answer.body.refresh_token).toMatch(/^1000\./);
  });

  test('denying redirects with an error and no code', async () => {
    const back = await consent(authorizeUrl(), { decision: 'deny' });
    expect(back.searchParams.get('error')).toBe('access_denied');
    expect(back.searchParams.get('code')).toBeNull();
    expect(back.searchParams.get('state')).toBe('s-1');
  });

  test('a wrong client, address or scope gets a page, never a redirect', async () => {
    const wrongs: Record<string, string>[] = [
      { client_id: 'x' },
      { redirect_uri: 'http://evil.example/' },
      { scope: 'ZohoCRM.nonsense.READ' },
      { scope: 'ZohoCRM.users.READ,ZohoCRM.settings.sharing_of_data.READ' },
    ];
    for (const wrong of wrongs) {
      const answer = await send(authorizeUrl(wrong));
      expect(answer.status).toBe(400);
      expect(answer.headers.get('location')).toBeNull();
    }
  });

  test('access_type online gives no refresh token', async () => {
    const back = await consent(authorizeUrl({ access_type: 'online' }), { decision: 'allow' });
    const answer = await requestToken(simulator, {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
    });
    expect(answer.body.access_token).toBeTruthy();
    expect(answer.body.refresh_token).toBeUndefined();
  });

  test('the sandbox org is another org than production', async () => {
    const back = await consent(authorizeUrl({ scope: allScopes }), { decision: 'allow', environment: 'sandbox' });
    const answer = await requestToken(simulator, {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
    });
    const org = await send(`${simulator.api}/crm/v8/org`, {
      headers: { authorization: `Zoho-oauthtoken ${answer.body.access_token}` },
    });
    expect(org.body.org[0].type).toBe('sandbox');
  });

  test('a code made with a challenge needs its verifier', async () => {
    const verifier = 'v'.repeat(50);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const url = authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256' });
    for (const [given, isGood] of [
      ['wrong', false],
      [verifier, true],
    ] as const) {
      const back = await consent(url, { decision: 'allow' });
      const answer = await requestToken(simulator, {
        grant_type: 'authorization_code',
        code: back.searchParams.get('code') ?? '',
        redirect_uri: redirectUri,
        code_verifier: given,
      });
      expect(answer.status).toBe(200);
      expect(!!answer.body.access_token).toBe(isGood);
    }
  });
});

describe('token endpoint', () => {
  const exchange = (code: string, more: Record<string, string> = {}) =>
    requestToken(simulator, { grant_type: 'authorization_code', code, redirect_uri: simulator.redirectUri, ...more });

  test('errors are HTTP 200 with a word', async () => {
    const code = await grantCode(simulator);
    expect(await exchange('nonsense')).toMatchObject({ status: 200, body: { error: 'invalid_code' } });
    expect(await exchange(code, { client_id: 'x' })).toMatchObject({ status: 200, body: { error: 'invalid_client' } });
    expect(await exchange(code, { client_secret: 'x' })).toMatchObject({
      status: 200,
      body: { error: 'invalid_client_secret' },
    });
    expect(await exchange(code, { redirect_uri: redirectUri })).toMatchObject({
      status: 200,
      body: { error: 'invalid_redirect_uri' },
    });
  });

  test('a code works once and for two minutes', async () => {
    const once = await grantCode(simulator);
    expect((await exchange(once)).body.access_token).toBeTruthy();
    expect((await exchange(once)).body).toEqual({ error: 'invalid_code' });
    const late = await grantCode(simulator);
    await advance(121);
    expect((await exchange(late)).body).toEqual({ error: 'invalid_code' });
  });

  test('parameters come by form, multipart or query, and the secret by basic authentication', async () => {
    const parameters = async () => ({
      grant_type: 'authorization_code',
      code: await grantCode(simulator),
      redirect_uri: simulator.redirectUri,
      client_id: simulator.clientId,
      client_secret: simulator.clientSecret,
    });
    const url = `${simulator.accounts}/oauth/v2/token`;
    const multipart = new FormData();
    for (const [name, value] of Object.entries(await parameters())) multipart.set(name, value);
    expect((await send(url, { method: 'POST', body: multipart })).body.access_token).toBeTruthy();
    const query = new URLSearchParams(await parameters());
    expect((await send(`${url}?${query}`, { method: 'POST' })).body.access_token).toBeTruthy();
    const { client_id, client_secret, ...rest } = await parameters();
    const basic = Buffer.from(`${client_id}:${client_secret}`).toString('base64');
    const answer = await send(url, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams(rest),
    });
    expect(answer.body.access_token).toBeTruthy();
  });

  test('refresh does not rotate, and the eleventh access token in ten minutes is refused with 400', async () => {
    const client = await connect(simulator);
    const refresh = () => requestToken(simulator, { grant_type: 'refresh_token', refresh_token: client.refreshToken });
    const first = await refresh();
    expect(first.body.access_token).toBeTruthy();
    expect(first.body.refresh_token).toBeUndefined();
    for (let i = 0; i < 8; i++) expect((await refresh()).body.access_token).toBeTruthy();
    expect(await refresh()).toMatchObject({ status: 400, body: { error: 'Access Denied' } });
    await advance(601);
    expect((await refresh()).body.access_token).toBeTruthy();
  });

  test('the 21st refresh token ends the oldest', async () => {
    const oldest = await connect(simulator, { dc: 'us' });
    for (let i = 0; i < 20; i++) await connect(simulator);
    expect(
      (await requestToken(simulator, { grant_type: 'refresh_token', refresh_token: oldest.refreshToken })).body,
    ).toEqual({
      error: 'invalid_code',
    });
    expect((await oldest.get('/users?type=CurrentUser')).body.code).toBe('INVALID_TOKEN');
  });

  test('revoking ends the refresh token and its access tokens', async () => {
    const client = await connect(simulator);
    const answer = await send(`${simulator.accounts}/oauth/v2/token/revoke?token=${client.refreshToken}`, {
      method: 'POST',
    });
    expect(answer.body).toEqual({ status: 'success' });
    expect(await client.get('/org')).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
    const refreshed = await requestToken(simulator, {
      grant_type: 'refresh_token',
      refresh_token: client.refreshToken,
    });
    expect(refreshed).toMatchObject({ status: 200, body: { error: 'invalid_code' } });
  });

  test('an access token ends after an hour', async () => {
    const client = await connect(simulator);
    expect((await client.get('/org')).status).toBe(200);
    await advance(3601);
    expect(await client.get('/org')).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN', status: 'error' } });
  });
});

describe('data centres', () => {
  const eu = () => {
    const place = simulator.dcs.eu;
    if (!place) throw new Error('no eu');
    return place;
  };

  test('serverinfo lists them', async () => {
    const answer = await send(`${simulator.accounts}/oauth/serverinfo`);
    expect(answer.body.locations).toEqual({ us: simulator.accounts, eu: eu().accounts });
  });

  test('a user of another data centre comes back with its accounts server, and only there the code is good', async () => {
    const back = await consent(authorizeUrl(), { decision: 'allow', user: 'eu:admin@sandbox.example' });
    expect(back.searchParams.get('location')).toBe('eu');
    expect(back.searchParams.get('accounts-server')).toBe(eu().accounts);
    const parameters = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: redirectUri,
    };
    expect((await requestToken(simulator, parameters)).body).toEqual({ error: 'invalid_code' });
    const answer = await requestToken({ ...simulator, ...eu() }, parameters);
    expect(answer.body.api_domain).toBe(eu().api);
    const headers = { authorization: `Zoho-oauthtoken ${answer.body.access_token}` };
    expect((await send(`${simulator.api}/crm/v8/users`, { headers })).body.code).toBe('INVALID_TOKEN');
    expect((await send(`${eu().api}/crm/v8/users`, { headers })).status).toBe(200);
  });
});

describe('grants without a browser', () => {
  test('what is wrong is said', async () => {
    for (const wrong of [
      { user: 'nobody@x.example' },
      { scope: 'ZohoCRM.x.READ' },
      { redirectUri: 'http://evil.example' },
      { dc: 'jp' },
    ]) {
      const answer = await send(`${simulator.accounts}/sandbox/grants`, {
        method: 'POST',
        body: JSON.stringify({ scope: 'ZohoCRM.users.READ', ...wrong }),
      });
      expect(answer.status).toBe(400);
      expect(answer.body.error).toContain(Object.values(wrong)[0]);
    }
  });
});
