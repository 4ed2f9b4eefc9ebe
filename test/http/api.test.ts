import { describe, expect, it } from 'vitest';
import type { MemberRole } from '../../src/db/queries/organizations.ts';
import { parsePolicy } from '../../src/features/policy.ts';
import { openPeopleAuth } from '../../src/host/people-auth.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, startTestProduct } from '../harness/product.ts';
import { HOST, startTestServer } from '../harness/server.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

async function start() {
  const product = await startTestProduct(database);
  return { product, server: await startTestServer(product) };
}

async function startPublished(title = 'Quarterly review') {
  const product = await startConnectedProduct(database);
  await product.ingest('m1', meetingBody({ title }, ['ana@acme.example', 'twin@globex.example']));
  await product.serve();
  return { product, server: await startTestServer(product) };
}

type Call = { method: 'GET' | 'POST' | 'PUT' | 'DELETE'; url: string; payload?: object };
const settings = { ...parsePolicy({ publish: 'everything' }), organizationName: 'Renamed' };

/** Every call that writes, and the least role that may do it. */
const writes: (Call & { least: MemberRole })[] = [
  { method: 'PUT', url: '/meetings/m9', payload: meetingBody(), least: 'regular' },
  { method: 'POST', url: '/meetings/m1/publish', payload: {}, least: 'regular' },
  {
    method: 'POST',
    url: '/meetings/m1/links',
    payload: { module: 'deals', crmId: ID.pilot, decision: 'added' },
    least: 'regular',
  },
  {
    method: 'POST',
    url: '/meetings/m1/people',
    payload: { participantKey: 'email:twin@globex.example', kind: 'ignored' },
    least: 'regular',
  },
  { method: 'POST', url: '/drift', payload: {}, least: 'regular' },
  { method: 'POST', url: '/drift/repair', payload: { choice: 'remove_extra' }, least: 'regular' },
  { method: 'DELETE', url: '/meetings/m1', least: 'regular' },
  { method: 'PUT', url: '/settings', payload: settings, least: 'admin' },
  { method: 'POST', url: '/api-keys', payload: { name: 'key' }, least: 'admin' },
  { method: 'GET', url: '/api-keys', least: 'admin' },
  { method: 'POST', url: '/integrations/zoho/connect', payload: {}, least: 'admin' },
  { method: 'POST', url: '/integrations/zoho/fields', payload: { keys: ['aiScore'] }, least: 'admin' },
  { method: 'POST', url: '/integrations/zoho/disconnect', payload: {}, least: 'admin' },
];
const reads = [
  '/meetings',
  '/meetings/m1',
  '/meetings/m1/plan',
  '/meetings/m1/operations',
  '/meetings/m1/transcript',
  '/needs-you',
  '/drift',
  '/records/deals',
  `/records/deals/${ID.renewal}`,
  `/records/accounts/${ID.acme}/meetings`,
  '/search?q=review',
  '/analytics?timeZone=Europe/Madrid',
  '/status',
  '/settings',
  '/session',
  '/integrations/zoho',
];
const ranks: MemberRole[] = ['read_only', 'regular', 'admin', 'owner'];

describe('roles', () => {
  it('read everything and write only what they may', async () => {
    const { server } = await startPublished();
    for (const url of reads) {
      const answer = await server.as('read_only', { url: `/api/v1${url}` });
      expect({ url, status: answer.statusCode, body: answer.statusCode === 200 ? '' : answer.body }).toEqual({
        url,
        status: 200,
        body: '',
      });
    }
    for (const { method, url, payload, least } of writes) {
      const call = { method, url: `/api/v1${url}`, ...(payload ? { payload } : {}) };
      const below = ranks[ranks.indexOf(least) - 1];
      if (below !== undefined) {
        const refused = await server.as(below, call);
        expect({ url, by: below, status: refused.statusCode }).toEqual({ url, by: below, status: 403 });
        expect(refused.json()).toMatchObject({ code: 'forbidden', detail: expect.stringContaining(below) });
      }
      const allowed = await server.as(least, call);
      expect({
        url,
        by: least,
        ok: allowed.statusCode < 300,
        body: allowed.statusCode < 300 ? '' : allowed.body,
      }).toEqual({ url, by: least, ok: true, body: '' });
    }
  });

  it('answer 401 to nobody, wherever they knock', async () => {
    const { server } = await startPublished();
    for (const { method, url } of [...writes, ...reads.map((url): Call => ({ method: 'GET', url }))]) {
      const call = writes.find((one) => one.url === url && one.method === method);
      const answer = await server.inject({
        method,
        url: `/api/v1${url}`,
        ...(call?.payload ? { payload: call.payload } : {}),
      });
      expect({ url, status: answer.statusCode, type: answer.headers['content-type'] }).toEqual({
        url,
        status: 401,
        type: expect.stringContaining('application/problem+json'),
      });
    }
  });
});

describe('another organization', () => {
  it('sees nothing of ours at any address, although its meetings and records have the same ids', async () => {
    const [ours, theirs] = [await startPublished('Our secret'), await startPublished('Their own')];
    for (const url of reads) {
      const answer = await theirs.server.as('owner', { url: `/api/v1${url.replace('q=review', 'q=secret')}` });
      expect({ url, status: answer.statusCode }).toEqual({ url, status: 200 });
      expect(answer.body, url).not.toContain('Our secret');
      expect(answer.body, url).not.toContain(ours.product.organizationId);
    }
    const own = await theirs.server.as('owner', { url: '/api/v1/meetings/m1' });
    expect(own.json()).toMatchObject({ title: 'Their own' });
  });
});

describe('a page of another site', () => {
  it('cannot make a signed-in browser write', async () => {
    const { server, product } = await startPublished();
    const call = { method: 'POST' as const, url: '/api/v1/meetings/m1/publish', payload: { anyway: true } };
    for (const origin of ['https://evil.example', 'null', `http://${HOST}.evil.example`]) {
      const answer = await server.as('owner', { ...call, headers: { origin } });
      expect({ origin, status: answer.statusCode }).toEqual({ origin, status: 403 });
    }
    const [row] = await product.db.query('select publish_anyway from meetings where organization_id = $1', [
      product.organizationId,
    ]);
    expect(row).toEqual({ publish_anyway: false });
    expect((await server.as('owner', { ...call, headers: { origin: `http://${HOST}` } })).statusCode).toBe(202);
  });

  it('cannot frame ours', async () => {
    const { server } = await start();
    expect((await server.inject({ url: '/' })).headers).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    });
  });
});

describe('signing in', () => {
  it('works once by the link, with cookies that scripts cannot read, until signing out', async () => {
    const product = await startTestProduct(database);
    const auth = openPeopleAuth({ databaseUrl: product.url, baseUrl: `http://${HOST}`, secret: 'x'.repeat(32) });
    try {
      await auth.migrate();
      const server = await startTestServer(product, auth);
      const token = await auth.createSignInToken({ email: 'owner@us.example', name: 'Owner' });
      const first = await server.inject({ url: `/sign-in?token=${token}` });
      expect(first).toMatchObject({ statusCode: 303, headers: { location: '/' } });
      const cookies = [first.headers['set-cookie']].flat().map(String);
      expect(cookies.length).toBeGreaterThan(0);
      for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly.*SameSite=Lax|SameSite=Lax.*HttpOnly/i);
      const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
      const session = await server.inject({ url: '/api/v1/session', headers: { cookie } });
      expect(session.json()).toMatchObject({
        user: { email: 'owner@us.example' },
        role: 'owner',
        organization: { id: product.organizationId },
      });
      const again = await server.inject({ url: `/sign-in?token=${token}` });
      expect(again.headers['set-cookie']).toBeUndefined();
      expect(again.headers.location).toBe('/?sign_in=used');
      const foreign = await server.inject({
        method: 'POST',
        url: '/api/v1/session/sign-out',
        headers: { cookie, origin: 'https://evil.example' },
      });
      expect(foreign.statusCode).toBe(403);
      expect(
        (await server.inject({ method: 'POST', url: '/api/v1/session/sign-out', headers: { cookie } })).statusCode,
      ).toBe(204);
      expect((await server.inject({ url: '/api/v1/session', headers: { cookie } })).statusCode).toBe(401);
    } finally {
      await auth.close();
    }
  });
});

describe('coming back from the consent page', () => {
  const back = (query: Record<string, string>) => `/api/v1/integrations/zoho/callback?${new URLSearchParams(query)}`;

  it('never posts the secret to a server that the address names, and tells the person in words', async () => {
    const { product, server } = await start();
    const hosts: string[] = [];
    product.intercept(({ url }, send) => {
      hosts.push(url.host);
      return send();
    });
    const begun = await server.as('admin', { method: 'POST', url: '/api/v1/integrations/zoho/connect', payload: {} });
    const state = new URL(begun.json().authorizeUrl).searchParams.get('state') ?? '';
    const query = { code: '1000.x', location: 'eu', 'accounts-server': 'https://evil.example' };
    for (const one of [
      { ...query, state: '' },
      { ...query, state: `${state}x` },
      { ...query, state },
    ]) {
      const answer = await server.as('admin', { url: back(one) });
      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toMatch(/^\/settings\/integrations\?connect_error=/);
    }
    const other = await server.as('owner', { url: back({ code: '1000.x', state }) });
    expect(decodeURIComponent(String(other.headers.location))).toContain('not started by you');
    expect(hosts).toEqual([]);
    expect(
      await product.db.query('select 1 from connections where organization_id = $1', [product.organizationId]),
    ).toEqual([]);
  });

  it('survives a state of any shape', async () => {
    const { server } = await start();
    for (const state of ['', '.', '..', 'x'.repeat(5000), 'eyJ9.', 'ü.ü', '%00.%00']) {
      const answer = await server.as('admin', { url: back({ code: 'x', state }) });
      expect({ state, status: answer.statusCode }).toEqual({ state, status: 303 });
    }
  });

  it('connects with a state and a code of ours', async () => {
    const { product, server } = await start();
    const begun = await server.as('admin', { method: 'POST', url: '/api/v1/integrations/zoho/connect', payload: {} });
    const asked = new URL(begun.json().authorizeUrl).searchParams;
    const grant = await fetch(new URL('/sandbox/grants', product.simulator.accounts), {
      method: 'POST',
      body: JSON.stringify({ scope: asked.get('scope'), redirectUri: asked.get('redirect_uri') }),
    });
    const { code } = (await grant.json()) as { code: string };
    const query = {
      code,
      state: asked.get('state') ?? '',
      location: 'us',
      'accounts-server': product.simulator.accounts,
    };
    expect((await server.as('admin', { url: back(query) })).headers.location).toBe(
      '/settings/integrations?connected=1',
    );
    const card = (await server.as('read_only', { url: '/api/v1/integrations/zoho' })).json();
    expect(card).toMatchObject({ state: 'connected' });
    expect(JSON.stringify(card)).not.toMatch(/1000\.[0-9a-f]{8}/);
  });
});

type Schema = { [key: string]: unknown };

describe('the description of the API', () => {
  it('is OpenAPI 3.1, names every route, and gives the meeting with its limits', async () => {
    const { server } = await start();
    const answer = await server.inject({ url: '/api/v1/openapi.json' });
    expect(answer.statusCode).toBe(200);
    const document = answer.json();
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: expect.any(String), version: '0.0.0-test' } });
    const described = new Set(Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, '{}')));
    for (const { url } of [...writes, ...reads.map((one) => ({ url: one }))]) {
      const path = `/api/v1${url.split('?')[0]}`
        .replace(/\/(m1|m9)\b/, '/{}')
        .replace(/\/records\/\w+/, '/records/{}')
        .replace(/(\/records\/\{\})\/\d+/, '$1/{}');
      expect([...described]).toContain(path);
    }
    const put = document.paths['/api/v1/meetings/{externalId}'].put;
    const schema = put.requestBody.content['application/json'].schema as Schema;
    expect(schema).toMatchObject({ type: 'object', additionalProperties: false });
    expect(schema.required).toEqual(
      expect.arrayContaining(['title', 'startsAt', 'endsAt', 'timeZone', 'participants']),
    );
    expect(Object.keys(schema.properties as Schema).sort()).toEqual(
      [
        'activityType',
        'clips',
        'conferenceUrl',
        'endsAt',
        'kind',
        'language',
        'notes',
        'participants',
        'processed',
        'recordingUrl',
        'scheduled',
        'startsAt',
        'summary',
        'timeZone',
        'title',
        'transcript',
        'visibility',
      ].sort(),
    );
    expect(Object.keys(put.responses)).toContain('202');
  });

  it('has no reference that leads nowhere, and every parameter of a path', async () => {
    const { server } = await start();
    const document = (await server.inject({ url: '/api/v1/openapi.json' })).json();
    const text = JSON.stringify(document);
    for (const [, reference = ''] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
      const target = reference
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((at, part) => (at as Schema | undefined)?.[part], document);
      expect({ reference, isThere: target !== undefined }).toEqual({ reference, isThere: true });
    }
    for (const [path, methods] of Object.entries(
      document.paths as Record<
        string,
        Record<string, { parameters?: { name: string; in: string; required?: boolean }[]; responses: object }>
      >,
    )) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
      for (const [method, operation] of Object.entries(methods)) {
        const given = (operation.parameters ?? [])
          .filter((one) => one.in === 'path' && one.required)
          .map((one) => one.name)
          .sort();
        expect({ path, method, given }).toEqual({ path, method, given: wanted });
        expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
      }
    }
  });
});

describe('what is not there', () => {
  it('is a problem under the API', async () => {
    const { server } = await start();
    const answer = await server.as('owner', { url: '/api/v1/nothing' });
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-type']).toMatch(/problem\+json/);
    const read = await server.as('owner', { url: '/api/v1/meetings/nothing' });
    expect(read.json()).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('includes the clock of tests, which a product for people never moves', async () => {
    const { server } = await start();
    const answer = await server.as('owner', { method: 'POST', url: '/test/advance', payload: { seconds: 60 } });
    expect(answer.statusCode).toBe(404);
  });
});
