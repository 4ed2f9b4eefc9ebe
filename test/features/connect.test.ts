import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/crm/scopes.ts';
import { findConnection } from '../../src/db/queries/connections.ts';
import { beginConnect } from '../../src/features/connect/begin-connect.ts';
import { createOptionalFields } from '../../src/features/connect/create-optional-fields.ts';
import { disconnect } from '../../src/features/connect/disconnect.ts';
import { finishConnect, saveGrant } from '../../src/features/connect/finish-connect.ts';
import { readCard } from '../../src/features/connect/read-card.ts';
import { openConnection } from '../../src/features/open-connection.ts';
import { createTestDatabase } from '../harness/database.ts';
import {
  meetingBody,
  startConnectedProduct,
  startTestProduct,
  type TestProduct,
  writesOf,
} from '../harness/product.ts';
import { ID, smallWorld } from '../harness/small-world.ts';

const database = await createTestDatabase();

const connectionOf = async ({ db, organizationId }: TestProduct) => {
  const [row] = await db.query<{
    state: string;
    problem: string | null;
    firstLoad: { state: string } | null;
    safe: boolean;
    token: Buffer | null;
  }>(
    `select state, problem, first_load as "firstLoad", is_safe_mode as safe, access_token_sealed as token from connections
     where organization_id = $1`,
    [organizationId],
  );
  return row;
};

const fieldsOf = ({ crm }: TestProduct) => {
  const module = crm.org().module('Events');
  return module === undefined
    ? []
    : crm
        .org()
        .fields(module)
        .map((field) => field.label);
};

/** What the consent page would send the browser back with. */
async function consent(product: TestProduct, userId: string): Promise<{ state: string; code: string }> {
  const { authorizeUrl } = await beginConnect({ ctx: product.ctx, gateway: product.gateway(), input: { userId } });
  const asked = new URL(authorizeUrl).searchParams;
  const answer = await fetch(new URL('/sandbox/grants', product.simulator.accounts), {
    method: 'POST',
    body: JSON.stringify({ scope: asked.get('scope'), redirectUri: asked.get('redirect_uri') }),
  });
  const { code } = (await answer.json()) as { code: string };
  return { state: asked.get('state') ?? '', code };
}

const finish = (product: TestProduct, userId: string, query: Record<string, string>) =>
  finishConnect({ ctx: product.ctx, gateway: product.gateway(), input: { query, userId } });

describe('connecting', () => {
  it('stores who and what was connected, tokens sealed, and makes the external field', async () => {
    const product = await startTestProduct(database);
    const { state, code } = await consent(product, 'eva');
    await finish(product, 'eva', { state, code, location: 'us', 'accounts-server': product.simulator.accounts });
    const row = await connectionOf(product);
    expect(row).toMatchObject({ state: 'connected', safe: false });
    const tokens = [...product.crm.world.store.table('oauth/access').rows()].map(({ id }) => id);
    expect(tokens.length).toBeGreaterThan(0);
    for (const token of tokens) expect(row?.token?.includes(token)).toBe(false);
    expect(fieldsOf(product)).toContain('Salescaling Meeting ID');
    const card = await readCard({ ctx: product.ctx });
    expect(card.connection).toMatchObject({ zohoUserName: 'Olga Admin', edition: 'enterprise', dataCentre: 'us' });
  });

  it('takes each state once, from the person who asked, within fifteen minutes', async () => {
    const product = await startTestProduct(database);
    const first = await consent(product, 'eva');
    await expect(finish(product, 'mallory', first)).rejects.toMatchObject({ code: 'forbidden' });
    const [payload = '', signature = ''] = first.state.split('.');
    const forged = `${Buffer.from(payload, 'base64url').toString().replace('eva', 'eve')}`;
    const foreign = { ...first, state: `${Buffer.from(forged).toString('base64url')}.${signature}` };
    await expect(finish(product, 'eve', foreign)).rejects.toMatchObject({ code: 'forbidden' });
    for (const state of ['', '.', 'x', `${payload}.`, `${payload}.${signature}x`]) {
      await expect(finish(product, 'eva', { ...first, state })).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await connectionOf(product)).toBeUndefined();
    await finish(product, 'eva', first);
    expect(await connectionOf(product)).toMatchObject({ state: 'connected' });
    await expect(finish(product, 'eva', first)).rejects.toThrow(/used already/);
    const late = await consent(product, 'eva');
    product.advance(15 * 60 + 1);
    await expect(finish(product, 'eva', late)).rejects.toThrow(/15 minutes/);
  });

  it('never sends anything to a foreign accounts server, and looks at the state first', async () => {
    const product = await startTestProduct(database);
    const hosts: string[] = [];
    product.intercept(({ url }, send) => {
      hosts.push(url.host);
      return send();
    });
    const foreign = { location: 'eu', 'accounts-server': 'https://accounts.zoho.evil.example' };
    const { state, code } = await consent(product, 'eva');
    await expect(finish(product, 'eva', { state: 'forged.state', code, ...foreign })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(finish(product, 'eva', { state, code, ...foreign })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(hosts).toEqual([]);
    // The state is used up: the code cannot be tried against another host.
    await expect(finish(product, 'eva', { state, code })).rejects.toThrow(/used already/);
  });

  it('begins in safe mode at a real Zoho, whose mails nobody has seen, and keeps what was proven at a reconnection', async () => {
    const product = await startTestProduct(database);
    const gateway = { ...product.gateway(), provider: 'zoho' as const };
    const connectReal = async () => {
      const { state, code } = await consent(product, 'eva');
      await finishConnect({ ctx: product.ctx, gateway, input: { query: { state, code }, userId: 'eva' } });
    };
    await connectReal();
    expect(await connectionOf(product)).toMatchObject({ state: 'connected', safe: true });
    await database.db.query('update connections set is_safe_mode = false where organization_id = $1', [
      product.organizationId,
    ]);
    await connectReal();
    expect(await connectionOf(product)).toMatchObject({ safe: false });
  });

  it('says so when the consent was refused', async () => {
    const product = await startTestProduct(database);
    const { state } = await consent(product, 'eva');
    await expect(finish(product, 'eva', { state, error: 'access_denied' })).rejects.toThrow(/not allowed in Zoho/);
    expect(await connectionOf(product)).toBeUndefined();
  });

  it('finds its field again at a reconnection and publishes nothing twice', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.serve();
    const calls = await product.crm.calls(async () => {
      await product.connect();
      await product.serve();
    });
    expect(writesOf(calls).filter(({ path }) => !path.includes('/oauth/'))).toEqual([]);
    expect(fieldsOf(product).filter((label) => label === 'Salescaling Meeting ID')).toHaveLength(1);
    expect(product.crm.events()).toHaveLength(1);
  });

  it('refuses another CRM org than the one that the organization belongs to', async () => {
    const product = await startConnectedProduct(database);
    await database.db.query(
      `update connections set zoho_org_id = '5', zoho_org_name = 'Theirs' where organization_id = $1`,
      [product.organizationId],
    );
    await expect(product.connect()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Theirs'),
    });
  });
});

describe('disconnecting', () => {
  it('ends the access, keeps what was published, and what comes meanwhile flows out after connecting again', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect(
      await disconnect({ ctx: product.ctx, gateway: product.gateway(), input: { sayGoodbye: async () => undefined } }),
    ).toEqual({ isRevoked: true });
    expect([...product.crm.world.store.table('oauth/refresh').rows()]).toEqual([]);
    expect(await connectionOf(product)).toMatchObject({ state: 'disconnected', token: null });
    await product.ingest('m2', meetingBody({ title: 'Second' }));
    const calls = await product.crm.calls(() => product.serve());
    expect(calls).toEqual([]);
    expect(product.crm.events()).toHaveLength(1);
    await product.connect();
    await product.serve();
    expect(product.crm.events().map((event) => event.Event_Title)).toEqual(['Quarterly review', 'Second']);
  });
});

describe('optional fields', () => {
  it('are made on request, once, and filled for what is published already', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.serve();
    const keys = ['activityType', 'aiScore', 'recording'] as const;
    await createOptionalFields({ ctx: product.ctx, gateway: product.gateway(), input: { keys: [...keys] } });
    await product.serve();
    expect(fieldsOf(product)).toEqual(expect.arrayContaining(['Activity Type', 'AI Score', 'Recording']));
    expect(product.crm.events()).toMatchObject([
      { Activity_Type: 'Demo', AI_Score: 87, Recording: 'https://rec.example/1' },
    ]);
    expect(await product.meeting('m1')).toMatchObject({ inZoho: { differences: [] } });
    const before = fieldsOf(product).length;
    await createOptionalFields({ ctx: product.ctx, gateway: product.gateway(), input: { keys: [...keys] } });
    expect(fieldsOf(product)).toHaveLength(before);
  });
});

describe('the first load', () => {
  const counts = async ({ db, organizationId }: TestProduct) => {
    const [row] = await db.query(
      `select (select count(*)::int from crm_accounts where organization_id = $1) as accounts,
         (select count(*)::int from crm_contacts where organization_id = $1) as contacts,
         (select count(*)::int from crm_leads where organization_id = $1) as leads,
         (select count(*)::int from crm_deals where organization_id = $1) as deals,
         (select count(*)::int from crm_users where organization_id = $1) as users`,
      [organizationId],
    );
    return row;
  };

  it('goes on where it broke off, and publishes nothing before it is complete', async () => {
    const product = await startTestProduct(database);
    await product.connect();
    await product.ingest('m1', meetingBody());
    let queries = 0;
    product.intercept(async ({ url, body }, send) => {
      if (url.pathname.endsWith('/coql') && /from Leads/i.test(body)) {
        queries += 1;
        throw new TypeError('fetch failed');
      }
      return send();
    });
    await product.serve();
    expect(queries).toBeGreaterThan(0);
    expect(await counts(product)).toEqual({ accounts: 3, contacts: 6, leads: 0, deals: 0, users: 3 });
    expect(await connectionOf(product)).toMatchObject({ state: 'connected', firstLoad: { state: 'running' } });
    expect(product.crm.events()).toEqual([]);
    const asked: string[] = [];
    product.intercept(({ url, body }, send) => {
      if (url.pathname.endsWith('/coql')) asked.push(body);
      return send();
    });
    await product.settle();
    expect(await counts(product)).toEqual({ accounts: 3, contacts: 6, leads: 1, deals: 4, users: 3 });
    expect(asked.filter((body) => /from Contacts/i.test(body))).toEqual([]);
    expect(await connectionOf(product)).toMatchObject({ firstLoad: { state: 'done' }, problem: null });
    expect(product.crm.events()).toHaveLength(1);
  });
});

describe('contact roles that are not read yet', () => {
  /** More deals of Acme than are read on demand while a meeting waits, none of them with a role. */
  function wideWorld() {
    const world = smallWorld();
    for (let at = 0; at < 110; at++) {
      const id = String(5000 + at);
      world.deals.push({
        id,
        name: `Deal ${id}`,
        accountId: ID.acme,
        stage: 'Qualification',
        engageDate: '2026-09-01',
        closeDate: '2027-01-31',
      });
    }
    world.roles.length = 0;
    return world;
  }

  it('are unknown, said so, and completed later', async () => {
    const product = await startTestProduct(database, { world: wideWorld() });
    await product.connect();
    await product.ingest('m1', meetingBody());
    const seen: number[] = [];
    product.intercept(async ({ url, method }, send) => {
      if (method === 'POST' && url.pathname.endsWith('/Notes'))
        seen.push((await product.meeting('m1')).rolesStillLoading);
      return send();
    });
    await product.serve();
    expect(seen[0]).toBeGreaterThan(0);
    const meeting = await product.meeting('m1');
    expect(meeting.rolesStillLoading).toBe(0);
    const [row] = await product.db.query('select roles_unknown from meetings where organization_id = $1', [
      product.organizationId,
    ]);
    expect(row).toEqual({ roles_unknown: 0 });
    // Nobody has a role: the open deals of the account get the note, up to the cap.
    const noted = product.crm.notes().filter((note) => note.$se_module === 'Deals');
    expect(noted).toHaveLength(10);
  });
});

describe('a real org after the sandbox', () => {
  it('takes its place: what only the sandbox knew is forgotten, meetings begin anew', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.settle();
    const { ctx } = product;
    const gateway = { ...product.gateway(), provider: 'zoho' as const };
    const grant = await fetch(`${product.simulator.accounts}/sandbox/grants`, {
      method: 'POST',
      body: JSON.stringify({ scope: SCOPES.join(','), redirectUri: gateway.redirectUri }),
    });
    const { code } = (await grant.json()) as { code: string };
    await saveGrant({ ctx, gateway, input: { centre: gateway.startCentre(), code, userId: null } });
    const count = async (table: string) =>
      (await ctx.db.query(`select 1 from ${table} where organization_id = $1`, [ctx.organizationId])).length;
    for (const table of ['crm_contacts', 'crm_keys', 'placements', 'direct_links']) expect(await count(table)).toBe(0);
    expect(await product.meeting('m1')).toMatchObject({ state: 'waiting', inZoho: { eventId: null } });
    expect(await count('sync_operations')).toBeGreaterThan(0);
    expect(await findConnection(ctx.db, ctx.organizationId)).toMatchObject({ provider: 'zoho', isSafeMode: true });
    // The sandbox's side does not use the connection of the other one.
    await expect(openConnection(ctx, product.gateway())).rejects.toMatchObject({ code: 'not_connected' });
  });
});
