import { describe, expect, it } from 'vitest';
import { startSimulator } from '../../simulator/start-simulator.ts';
import { SCOPES } from '../../src/crm/scopes.ts';
import { disconnect } from '../../src/features/connect/disconnect.ts';
import { saveGrant } from '../../src/features/connect/finish-connect.ts';
import { probeConnection } from '../../src/features/connect/probe-connection.ts';
import { decideReplacement, forgetExpiredGrant } from '../../src/features/connect/replace-org.ts';
import type { CrmGateway } from '../../src/features/crm-gateway.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, NOW, startConnectedProduct, startTestProduct, type TestProduct } from '../harness/product.ts';
import { startTestServer } from '../harness/server.ts';
import { smallWorld, withSeedFolder } from '../harness/small-world.ts';
import { bodyAt, connectAs, connectionOf } from './connect-as.ts';

const database = await createTestDatabase();

const count = async ({ db, organizationId }: TestProduct, table: string) =>
  (await db.query(`select 1 from ${table} where organization_id = $1`, [organizationId])).length;

/** Refresh tokens that Zoho still knows. */
const grantsOf = ({ crm }: TestProduct) => [...crm.world.store.table('oauth/refresh').rows()].length;

const revokeEverything = ({ crm }: TestProduct) => {
  for (const name of ['oauth/refresh', 'oauth/access']) {
    const table = crm.world.store.table(name);
    for (const { id } of [...table.rows()]) table.remove(id);
  }
};

const replace = (product: TestProduct, nonce: string, decision: 'replace' | 'cancel', userId = 'eva') =>
  decideReplacement({ ctx: product.ctx, gateway: product.gateway(), input: { nonce, decision, userId } });

async function connectOther(product: TestProduct): Promise<string> {
  const outcome = await connectAs(product, { environment: 'sandbox' });
  if (outcome.kind !== 'other_org') throw new Error('The other org was taken without a question.');
  expect(outcome).toMatchObject({
    oldOrgName: 'Zoho CRM Simulator',
    newOrgName: expect.stringContaining('sandbox'),
  });
  return outcome.nonce;
}

describe('an access that dies in the middle of the work', () => {
  it('keeps everything: 200 meetings, reconnected by somebody else, nothing lost and nothing twice', async () => {
    const product = await startConnectedProduct(database);
    for (let at = 0; at < 200; at++) await product.ingest(`m${at}`, bodyAt(at));
    let writes = 0;
    product.intercept(async ({ url, method }, send) => {
      if (method === 'POST' && url.pathname.endsWith('/Events') && ++writes === 9) revokeEverything(product);
      return send();
    });
    await product.serve();
    product.intercept(null);
    expect(await connectionOf(product)).toMatchObject({ state: 'needs_reauth' });
    const before = product.crm.events().length;
    expect(before).toBeGreaterThan(50);
    expect(before).toBeLessThan(200);
    const quiet = await product.crm.calls(async () => {
      product.advance(3600);
      await product.serve();
    });
    expect(quiet).toEqual([]);
    await connectAs(product, { user: 'host@us.example' });
    await product.settle();
    expect(await connectionOf(product)).toMatchObject({
      state: 'connected',
      zohoUserName: 'Laura Host',
      problem: null,
    });
    const titles = product.crm.events().map((event) => String(event.Event_Title));
    expect(titles).toHaveLength(200);
    expect(new Set(titles).size).toBe(200);
    const markers = product.crm.notes().map((note) => String(note.Note_Content).trimEnd().split('\n').at(-1));
    expect(markers).toHaveLength(600);
    expect(new Set(markers).size).toBe(600);
    const [row] = await product.db.query(
      `select count(*) filter (where state = 'published' and owed_at is null)::int as published from meetings
       where organization_id = $1`,
      [product.organizationId],
    );
    expect(row).toEqual({ published: 200 });
  }, 240_000);

  it('is known by a probe before anything is written, and a user who is switched on again needs no consent', async () => {
    const product = await startConnectedProduct(database);
    product.crm.fault({ kind: 'user-deactivated', match: { path: '/users' }, count: 1 });
    product.advance(20 * 60);
    await product.serve();
    const broken = await connectionOf(product);
    expect(broken).toMatchObject({ state: 'needs_reauth', canHeal: true });
    expect(broken.problem).toMatch(/Olga Admin/);
    const users = product.crm.org().users;
    for (const user of [...users.rows()]) if (user.full_name === 'Olga Admin') users.put({ ...user, status: 'active' });
    product.advance(3600 + 1);
    await product.serve();
    expect(await connectionOf(product)).toMatchObject({ state: 'connected', problem: null, brokenAt: null });
  });

  it('is not taken for dead when Zoho cannot be reached', async () => {
    const product = await startConnectedProduct(database);
    product.intercept(() => Promise.reject(new TypeError('fetch failed')));
    product.advance(20 * 60);
    const probe = await probeConnection({ ctx: product.ctx, gateway: product.gateway(), input: { cause: 'due' } });
    expect(probe.kind).toBe('unknown');
    expect(await connectionOf(product)).toMatchObject({ state: 'connected' });
  });

  it('costs nothing while Zoho answers other calls', async () => {
    const product = await startConnectedProduct(database);
    product.advance(10 * 60);
    await product.ingest('m1', meetingBody());
    await product.serve();
    product.advance(6 * 60);
    const probe = () => probeConnection({ ctx: product.ctx, gateway: product.gateway(), input: { cause: 'due' } });
    const calls = await product.crm.calls(async () => expect(await probe()).toEqual({ kind: 'not_due' }));
    expect(calls).toEqual([]);
    product.advance(20 * 60);
    const later = await product.crm.calls(async () => expect(await probe()).toMatchObject({ kind: 'alive' }));
    expect(later.filter(({ path }) => !path.includes('/oauth/')).map(({ path }) => path)).toEqual(['/crm/v8/users']);
  });
});

describe('reconnecting', () => {
  it('keeps what was published and the mirror, for the same user and another one', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.settle();
    const before = await Promise.all(
      ['crm_contacts', 'placements', 'direct_links'].map((name) => count(product, name)),
    );
    for (const user of ['olga@us.example', 'host@us.example']) {
      expect(await connectAs(product, { user })).toEqual({ kind: 'connected' });
      await product.settle();
      const after = await Promise.all(
        ['crm_contacts', 'placements', 'direct_links'].map((name) => count(product, name)),
      );
      expect(after).toEqual(before);
      expect(product.crm.events()).toHaveLength(1);
      expect((await connectionOf(product)).rights?.userName).toBe(
        user.startsWith('olga') ? 'Olga Admin' : 'Laura Host',
      );
    }
  });

  it('a renewal that was under way does not put the old access over the new one', async () => {
    const product = await startConnectedProduct(database);
    product.advance(2 * 3600);
    let isFirst = true;
    product.intercept(async ({ url }, send) => {
      const answer = await send();
      if (isFirst && url.pathname.endsWith('/oauth/v2/token')) {
        isFirst = false;
        await connectAs(product, { user: 'host@us.example' });
      }
      return answer;
    });
    await product.serve();
    product.intercept(null);
    await product.ingest('m1', meetingBody());
    await product.settle();
    expect((await connectionOf(product)).rights?.userName).toBe('Laura Host');
    expect(product.crm.events()).toHaveLength(1);
  });
});

describe('another Zoho org', () => {
  it('replaces the old one when a person says so: every meeting begins anew, the ledger stays', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.settle();
    const ledger = await count(product, 'sync_operations');
    const old = await connectionOf(product);
    const nonce = await connectOther(product);
    expect(await connectionOf(product)).toMatchObject({ id: old.id, zohoOrgId: old.zohoOrgId, state: 'connected' });
    const [stored] = await product.db.query<{ grant: Buffer }>(
      `select grant_sealed as "grant" from pending_grants where organization_id = $1`,
      [product.organizationId],
    );
    for (const { id } of product.crm.world.store.table('oauth/access').rows())
      expect(stored?.grant.includes(String(id))).toBe(false);
    await replace(product, nonce, 'replace');
    for (const table of ['crm_contacts', 'crm_keys', 'placements', 'direct_links', 'pending_grants'])
      expect(await count(product, table)).toBe(0);
    expect(await count(product, 'sync_operations')).toBe(ledger);
    expect(await product.meeting('m1')).toMatchObject({ state: 'waiting', inZoho: { eventId: null } });
    expect(await connectionOf(product)).toMatchObject({ environment: 'sandbox', state: 'connected', firstLoad: null });
    await product.settle();
    expect(product.crm.events()).toHaveLength(1);
    await expect(replace(product, nonce, 'replace')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is let go when a person says so, and its access ends', async () => {
    const product = await startConnectedProduct(database);
    const before = await connectionOf(product);
    const nonce = await connectOther(product);
    expect(grantsOf(product)).toBe(2);
    await expect(replace(product, nonce, 'cancel', 'mallory')).rejects.toMatchObject({ code: 'not_found' });
    await replace(product, nonce, 'cancel');
    expect(grantsOf(product)).toBe(1);
    expect(await connectionOf(product)).toMatchObject({ zohoOrgId: before.zohoOrgId, state: 'connected' });
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect(product.crm.events()).toHaveLength(1);
  });

  it('is let go by itself after fifteen minutes', async () => {
    const product = await startConnectedProduct(database);
    const nonce = await connectOther(product);
    product.advance(15 * 60);
    await expect(replace(product, nonce, 'replace')).rejects.toThrow(/15 minutes/);
    await forgetExpiredGrant({ ctx: product.ctx, gateway: product.gateway() });
    expect(await count(product, 'pending_grants')).toBe(0);
    expect(grantsOf(product)).toBe(1);
  });

  it('is chosen over HTTP: by an administrator, once', async () => {
    const product = await startConnectedProduct(database);
    const server = await startTestServer(product);
    const outcome = await saveGrantFor(product, 'user-admin');
    if (outcome.kind !== 'other_org') throw new Error('The other org was taken without a question.');
    const url = '/api/v1/integrations/zoho/replace';
    const payload = { nonce: outcome.nonce, decision: 'replace' };
    expect((await server.as('regular', { method: 'POST', url, payload })).statusCode).toBe(403);
    const answer = await server.as('admin', { method: 'POST', url, payload });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ state: 'connected', environment: 'sandbox' });
    expect((await server.as('admin', { method: 'POST', url, payload })).statusCode).toBe(404);
  });
});

async function saveGrantFor(product: TestProduct, userId: string) {
  const gateway = product.gateway();
  const answer = await fetch(`${product.simulator.accounts}/sandbox/grants`, {
    method: 'POST',
    body: JSON.stringify({ scope: SCOPES.join(','), redirectUri: gateway.redirectUri, environment: 'sandbox' }),
  });
  const { code } = (await answer.json()) as { code: string };
  return saveGrant({ ctx: product.ctx, gateway, input: { centre: gateway.startCentre(), code, userId } });
}

describe('disconnecting', () => {
  it('stays disconnected whatever late work says, and keeps the history', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.settle();
    const goodbyes: string[] = [];
    await disconnect({
      ctx: product.ctx,
      gateway: product.gateway(),
      input: { sayGoodbye: async (open) => void goodbyes.push(open.connection.state) },
    });
    expect(goodbyes).toEqual(['connected']);
    const probe = await probeConnection({
      ctx: product.ctx,
      gateway: product.gateway(),
      input: { cause: 'failure', code: null },
    });
    expect(probe).toEqual({ kind: 'not_due' });
    expect(await connectionOf(product)).toMatchObject({ state: 'disconnected' });
    expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
    expect(await count(product, 'placements')).toBeGreaterThan(0);
  });
});

describe('several data centres', () => {
  it('connects through each, and talks to the one that the person belongs to', async () => {
    const redirectUri = 'http://product.test/api/v1/integrations/zoho/callback';
    const simulator = await withSeedFolder(smallWorld(), (seed) =>
      startSimulator({ seed, frozenAt: NOW, redirectUris: [redirectUri], dcs: ['us', 'eu'] }),
    );
    try {
      for (const location of ['us', 'eu'] as const) {
        const product = await startTestProduct(database, { simulator });
        const place = simulator.dcs[location];
        if (place === undefined) throw new Error(`There is no data centre ${location}.`);
        const centre = { location, accounts: place.accounts, apiOrigins: [place.api] };
        const gateway: CrmGateway = {
          ...product.gateway(),
          findCentre: () => centre,
          resolveCentre: () => centre,
          startCentre: () => centre,
        };
        const hosts = new Set<string>();
        product.intercept(({ url }, send) => {
          hosts.add(url.origin);
          return send();
        });
        const answer = await fetch(`${place.accounts}/sandbox/grants`, {
          method: 'POST',
          body: JSON.stringify({ scope: SCOPES.join(','), redirectUri: gateway.redirectUri, dc: location }),
        });
        const { code, error } = (await answer.json()) as { code: string; error?: string };
        if (error !== undefined) throw new Error(error);
        await saveGrant({ ctx: product.ctx, gateway, input: { centre, code, userId: null } });
        expect(await connectionOf(product)).toMatchObject({ dataCentre: location, apiDomain: place.api });
        expect([...hosts].sort()).toEqual([place.accounts, place.api].sort());
      }
    } finally {
      await simulator.stop();
    }
  });
});
