import { describe, expect, it } from 'vitest';
import { readMirrorHealth } from '../../src/db/queries/mirror-health.ts';
import { createTestDatabase } from '../harness/database.ts';
import { type HookedProduct, startHookedProduct } from '../harness/hooked-product.ts';
import { startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** A change by somebody else's program: unlike a hand in the tables, Zoho announces it. */
async function change(product: TestProduct, method: string, path: string, record?: Record<string, unknown>) {
  const token = await tokenOf(product);
  const response = await fetch(`${product.simulator.api}/crm/v8${path}`, {
    method,
    headers: { authorization: `Zoho-oauthtoken ${token}` },
    ...(record === undefined ? {} : { body: JSON.stringify({ data: [record] }) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  return JSON.parse(text).data[0].details.id as string;
}

async function tokenOf(product: TestProduct): Promise<string> {
  const { accounts, redirectUri, clientId, clientSecret } = product.simulator;
  const grant = await fetch(`${accounts}/sandbox/grants`, {
    method: 'POST',
    body: JSON.stringify({ scope: 'ZohoCRM.modules.ALL,ZohoCRM.notifications.ALL', redirectUri }),
  });
  const { code } = (await grant.json()) as { code: string };
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uri: redirectUri,
    code,
  });
  const answer = await fetch(`${accounts}/oauth/v2/token`, { method: 'POST', body: form });
  return ((await answer.json()) as { access_token: string }).access_token;
}

async function titleOf({ db, organizationId }: TestProduct, id: string): Promise<string | null> {
  const [row] = await db.query<{ title: string | null }>(
    'select title from crm_contacts where organization_id = $1 and id = $2',
    [organizationId, id],
  );
  return row?.title ?? null;
}

const hintsOf = ({ db, organizationId }: TestProduct) =>
  db.query('select module, record_id as id, is_deletion as "isDeletion" from crm_hints where organization_id = $1', [
    organizationId,
  ]);

const healthOf = async (product: TestProduct) => {
  const health = await readMirrorHealth(product.db, product.organizationId, product.ctx.now());
  if (health === null) throw new Error('There is no connection.');
  return health;
};

const channelsOf = (product: TestProduct) => [...product.crm.org().table('channels').rows()];

/** What a callback of the living channel would say. */
function callbackOf(product: HookedProduct, ids: string[]) {
  const [channel] = channelsOf(product);
  if (channel === undefined) throw new Error('There is no channel.');
  return {
    path: new URL(String(channel.url)).pathname,
    body: { module: 'Contacts', ids, operation: 'update', channel_id: channel.id, token: channel.token },
  };
}

const post = (product: HookedProduct, path: string, body: object | string) =>
  product.server.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/json' },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('a notification', () => {
  it('brings a changed contact in by one read, without waiting for the poll', async () => {
    const product = await startHookedProduct(database);
    await change(product, 'PUT', `/Contacts/${ID.ana}`, { Title: 'Director' });
    await product.hear(1);
    const calls = await product.crm.calls(() => product.serve());
    expect(await titleOf(product, ID.ana)).toBe('Director');
    expect(calls.map(({ method, path, credits }) => [method, path, credits])).toEqual([['GET', '/crm/v8/Contacts', 1]]);
    expect(await hintsOf(product)).toEqual([]);
    expect(await healthOf(product)).toMatchObject({ channel: { state: 'heard' }, problem: null });
  });

  it('of a deletion is confirmed by the list of deletions', async () => {
    const product = await startHookedProduct(database);
    await change(product, 'DELETE', `/Contacts/${ID.ben}`);
    await product.hear(1);
    const calls = await product.crm.calls(() => product.serve());
    expect(calls.map(({ path, credits }) => [path, credits])).toEqual([['/crm/v8/__composite_requests', 1]]);
    const [row] = await product.db.query('select deleted_at from crm_contacts where organization_id = $1 and id = $2', [
      product.organizationId,
      ID.ben,
    ]);
    expect(row).toEqual({ deleted_at: expect.any(Date) });
  });

  it('that lies about a deletion deletes nothing', async () => {
    const product = await startHookedProduct(database);
    const { path, body } = callbackOf(product, [ID.ben]);
    expect((await post(product, path, { ...body, operation: 'delete' })).statusCode).toBe(200);
    await product.serve();
    const [row] = await product.db.query('select deleted_at from crm_contacts where organization_id = $1 and id = $2', [
      product.organizationId,
      ID.ben,
    ]);
    expect(row).toEqual({ deleted_at: null });
    expect(await hintsOf(product)).toEqual([]);
  });

  it('may be lost, doubled or late: the poll and a second look come to the same', async () => {
    const product = await startHookedProduct(database);
    product.crm.fault(
      { match: {}, kind: 'lose-callback', count: 1 },
      { match: {}, kind: 'duplicate-callback', count: 1 },
      { match: {}, kind: 'reorder-callback', count: 1 },
    );
    await change(product, 'PUT', `/Contacts/${ID.ana}`, { Title: 'lost' });
    await change(product, 'PUT', `/Contacts/${ID.ben}`, { Title: 'doubled' });
    await change(product, 'PUT', `/Contacts/${ID.cleo}`, { Title: 'late' });
    await change(product, 'PUT', `/Contacts/${ID.solo}`, { Title: 'early' });
    await product.hear(4);
    await product.serve();
    const titles = async () => Promise.all([ID.ana, ID.ben, ID.cleo, ID.solo].map((id) => titleOf(product, id)));
    expect(await titles()).toEqual([null, 'doubled', 'late', 'early']);
    product.advance(300);
    await product.serve();
    expect(await titles()).toEqual(['lost', 'doubled', 'late', 'early']);
  });

  it('tells that a deal got a role, although the deal itself did not change', async () => {
    const product = await startHookedProduct(database);
    const roles = () =>
      product.db.query<{ contact: string }>(
        'select contact_id as contact from crm_deal_roles where organization_id = $1 and deal_id = $2 order by 1',
        [product.organizationId, ID.upsell],
      );
    expect(await roles()).toEqual([]);
    const token = await tokenOf(product);
    const [role] = product.crm.org().roleCatalogue.rows();
    const response = await fetch(`${product.simulator.api}/crm/v8/Deals/${ID.upsell}/Contact_Roles/${ID.ben}`, {
      method: 'PUT',
      headers: { authorization: `Zoho-oauthtoken ${token}` },
      body: JSON.stringify({ data: [{ Contact_Role: { id: role?.id } }] }),
    });
    expect(response.status).toBe(200);
    await product.hear(1);
    await product.serve();
    expect(await roles()).toEqual([{ contact: ID.ben }]);
  });
});

describe('a forged notification', () => {
  it('is answered 404 and changes nothing, whatever is wrong with it', async () => {
    const product = await startHookedProduct(database);
    const other = await startHookedProduct(database, { simulator: product.simulator });
    const { path, body } = callbackOf(product, [ID.ana]);
    const foreign = `/hooks/zoho/${other.organizationId.replaceAll('-', '')}${path.slice(-43)}`;
    const wrong: [string, object | string][] = [
      [path, { ...body, token: 'a'.repeat(43) }],
      [path, { ...body, token: '' }],
      [path, { ...body, token: undefined }],
      [path, { ...body, ids: 'x' }],
      [path, 'no json'],
      [`${path}x`, body],
      [`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`, body],
      [foreign, body],
      ['/hooks/zoho/x', body],
      [`/hooks/zoho/${'0'.repeat(32)}${'A'.repeat(43)}`, body],
    ];
    for (const [url, payload] of wrong) {
      const answer = await post(product, url, payload);
      expect([url, answer.statusCode]).toEqual([url, 404]);
    }
    expect(await hintsOf(product)).toEqual([]);
    expect(await hintsOf(other)).toEqual([]);
    expect((await healthOf(product)).channel).toMatchObject({ lastHeardAt: null });
    expect((await post(product, path, body)).statusCode).toBe(200);
    expect(await hintsOf(product)).toEqual([{ module: 'contacts', id: ID.ana, isDeletion: false }]);
    expect(await hintsOf(other)).toEqual([]);
  });

  it('through a channel of before a disconnection is one too', async () => {
    const product = await startHookedProduct(database);
    const { path, body } = callbackOf(product, [ID.ana]);
    const answer = await product.server.as('admin', {
      method: 'POST',
      url: '/api/v1/integrations/zoho/disconnect',
    });
    expect(answer.statusCode).toBe(200);
    expect(channelsOf(product)).toEqual([]);
    expect((await post(product, path, body)).statusCode).toBe(404);
  });
});

describe('the channel', () => {
  it('asks for less than Zoho’s longest, keeps no secret, and is renewed at half of what was granted', async () => {
    const product = await startHookedProduct(database);
    const [channel] = channelsOf(product);
    const granted = (Number(channel?.expiresAt) - product.ctx.now().getTime()) / 1000;
    expect(granted).toBe(6 * DAY);
    const stored = JSON.stringify(await product.db.query('select * from crm_channels'));
    expect(stored).not.toContain(String(channel?.token));
    expect(stored).not.toContain(String(channel?.url).slice(-43));
    for (let day = 0; day < 4; day++) {
      product.advance(DAY);
      await product.serve();
    }
    const [renewed] = channelsOf(product);
    expect(renewed?.id).toBe(channel?.id);
    expect(Number(renewed?.expiresAt)).toBeGreaterThan(Number(channel?.expiresAt));
  });

  it('that lives one hour, because Zoho granted no more, is renewed within it', async () => {
    const product = await startHookedProduct(database);
    await product.db.query(
      `update crm_channels set expires_at = renewed_at + interval '1 hour' where organization_id = $1`,
      [product.organizationId],
    );
    await product.db.query(`update connections set next_channel_at = $2 where organization_id = $1`, [
      product.organizationId,
      product.ctx.now(),
    ]);
    await product.serve();
    expect(Math.min(...product.beatsIn())).toBeLessThanOrEqual(HOUR / 2);
  });

  it('that Zoho dropped is missed within a day although nothing changes, and opened again with a sentence', async () => {
    const product = await startHookedProduct(database);
    product.crm.org().table('channels').replace(new Map());
    for (let hour = 0; hour < 24; hour++) {
      product.advance(HOUR);
      await product.serve();
    }
    expect(channelsOf(product)).toHaveLength(1);
    expect(await healthOf(product)).toMatchObject({
      channel: { state: 'open' },
      problem: expect.stringContaining('Zoho had dropped our notification channel'),
    });
    await change(product, 'PUT', `/Contacts/${ID.ana}`, { Title: 'heard again' });
    await product.hear(1);
    expect(await healthOf(product)).toMatchObject({ channel: { state: 'heard' }, problem: null });
  });

  it('that Zoho dropped is missed at once when a poll sees a change that nobody announced', async () => {
    const product = await startHookedProduct(database);
    product.crm.org().table('channels').replace(new Map());
    product.advance(300);
    await product.serve();
    product.advance(300);
    await change(product, 'PUT', `/Contacts/${ID.ana}`, { Title: 'unheard' });
    await product.serve();
    expect(await titleOf(product, ID.ana)).toBe('unheard');
    expect(channelsOf(product)).toHaveLength(1);
    expect((await healthOf(product)).problem).toContain('Zoho had dropped our notification channel');
  });

  it('that is never heard is opened anew some times a day, and administrators are told once', async () => {
    const product = await startHookedProduct(database);
    const opened = new Set<unknown>();
    for (let half = 0; half < 2 * 48; half++) {
      product.advance(HOUR / 2);
      product.crm.edit('Contacts', ID.ana, { Title: `unheard ${half}` });
      await product.serve();
      for (const { id } of channelsOf(product)) opened.add(id);
    }
    expect(opened.size).toBeGreaterThan(2);
    const told = await product.db.query('select kind from alerts where organization_id = $1', [product.organizationId]);
    expect(told).toEqual([{ kind: 'channel_dead' }]);
  });

  it('that ended while nobody was there is opened again, and the page says so', async () => {
    const product = await startHookedProduct(database);
    product.advance(8 * DAY);
    await product.serve();
    expect(channelsOf(product).filter((row) => Number(row.expiresAt) > product.ctx.now().getTime())).toHaveLength(1);
    expect((await healthOf(product)).problem).toMatch(/had ended at .* unnoticed/);
  });

  it('is not opened where Zoho cannot reach us, and where it may not be', async () => {
    const alone = await startConnectedProduct(database);
    expect(channelsOf(alone)).toEqual([]);
    expect(await healthOf(alone)).toMatchObject({ channel: null, problem: null });
    const product = await startHookedProduct(database, { simulator: alone.simulator });
    expect(channelsOf(product)).toHaveLength(1);
    product.crm.org().table('channels').replace(new Map());
    product.crm.set({ channelLimit: 0 });
    product.advance(DAY);
    await product.serve();
    expect(channelsOf(product)).toEqual([]);
    expect(await healthOf(product)).toMatchObject({
      channel: null,
      problem: expect.stringMatching(
        /Zoho does not send notifications: .*limit of channels.* Changes are seen by the poll/,
      ),
    });
    // A connection goes on without notifications, and tries again the next day.
    product.crm.set({ channelLimit: 100 });
    product.advance(DAY);
    await product.serve();
    expect(await healthOf(product)).toMatchObject({ channel: { state: 'open' }, problem: null });
  });

  it('lets the lists of deletions rest while it is heard', async () => {
    const product = await startHookedProduct(database);
    await change(product, 'PUT', `/Contacts/${ID.ana}`, { Title: 'Director' });
    await product.hear(1);
    await product.serve();
    const calls = await product.crm.calls(async () => {
      for (let at = 0; at < 12; at++) {
        product.advance(300);
        await product.serve();
      }
    });
    const composites = calls.filter((call) => call.path.endsWith('__composite_requests'));
    expect(composites).toHaveLength(12 + 1);
  });
});
