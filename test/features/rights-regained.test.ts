import { describe, expect, it, vi } from 'vitest';
import { oweAllMeetings } from '../../src/db/queries/owed-meetings.ts';
import { renewPreflight } from '../../src/db/queries/preflight.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, startTestProduct, type TestProduct } from '../harness/product.ts';
import { bodyAt, check, connectAs, connectionOf, withdraw } from './connect-as.ts';
import { controlSandbox } from './control-sandbox.ts';

const database = await createTestDatabase();

/** The first request to create an event waits until somebody has given the rights back and looked at them. */
function giveBackWhileCreating(product: TestProduct): void {
  let isFirst = true;
  product.intercept(async ({ url, method }, send) => {
    if (isFirst && method === 'POST' && url.pathname.endsWith('/Events')) {
      isFirst = false;
      product.crm.heal();
      await check(product);
    }
    return send();
  });
}

async function countOwed(product: TestProduct): Promise<unknown> {
  const [row] = await product.db.query(
    'select count(*)::int as owed from meetings where organization_id = $1 and owed_at is not null',
    [product.organizationId],
  );
  return row?.owed;
}

/** A rule of the org's layout that refuses titles which do not begin with “Meeting”. */
const refuseOtherTitles = (product: TestProduct) =>
  controlSandbox(product, 'layout', {
    module: 'Events',
    rules: [{ field: 'Event_Title', matches: '^Meeting', message: 'Titles begin with Meeting' }],
  });

/**
 * The lot that settles waits for the connection, which another transaction holds, and has waited longer than the server waits before it
 * looks for a deadlock: the other transaction would be the one to be ended.
 */
async function waitForAWaiter(product: TestProduct): Promise<void> {
  await vi.waitUntil(async () => {
    const waiting = await product.db.query(
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
         and query like 'select rights, mail_modes%'
         and clock_timestamp() - query_start > 1.2 * current_setting('deadlock_timeout')::interval`,
    );
    return waiting.length > 0;
  }, 20_000);
}

describe('a right that comes back while meetings are being published', () => {
  it('is used for the meeting that was planned without it', async () => {
    const product = await startConnectedProduct(database);
    withdraw(product, 'Notes');
    await check(product);
    await product.ingest('m1', meetingBody());
    giveBackWhileCreating(product);
    await product.serve();
    await product.serve();
    expect(product.crm.events()).toHaveLength(1);
    expect(product.crm.notes()).toHaveLength(3);
    expect((await product.meeting('m1')).stateReason).toBe('Published and verified.');
    expect(await countOwed(product)).toBe(0);
  });

  it('is used for what it owes in the same turn', async () => {
    const product = await startConnectedProduct(database);
    withdraw(product, 'Notes');
    await check(product);
    await product.ingest('m1', bodyAt(1));
    await product.serve();
    expect((await product.meeting('m1')).stateReason).toMatch(/create notes/);
    await product.ingest('m2', bodyAt(2));
    giveBackWhileCreating(product);
    await product.serve();
    expect(product.crm.notes()).toHaveLength(6);
    for (const id of ['m1', 'm2']) expect((await product.meeting(id)).stateReason).toBe('Published and verified.');
    expect(await countOwed(product)).toBe(0);
  });

  it('ends the waiting of a change that had to wait for it', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', bodyAt(1));
    await product.serve();
    withdraw(product, 'Events', 'PUT');
    await check(product);
    await product.ingest('m1', { ...bodyAt(1), title: 'A new title' });
    await product.ingest('m2', bodyAt(2));
    giveBackWhileCreating(product);
    await product.serve();
    expect(product.crm.events().map(({ Event_Title }) => Event_Title)).toContain('A new title');
    expect(await countOwed(product)).toBe(0);
  });
});

describe('a right that comes back', () => {
  it('brings notes up to date although something else of the meeting is refused', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', bodyAt(1));
    await product.settle();
    await refuseOtherTitles(product);
    withdraw(product, 'Notes', 'PUT');
    await check(product);
    const summary = { text: 'Changed text.', topics: [], nextSteps: [] };
    await product.ingest('m1', { ...bodyAt(1), title: 'Another', summary });
    await product.serve();
    product.crm.heal();
    await check(product);
    await product.settle();
    expect(
      product.crm
        .notes()
        .map(({ Note_Content }) => String(Note_Content))
        .join(),
    ).toContain('Changed text');
    expect(await countOwed(product)).toBe(0);
  });

  it.each([
    ['Events', 'PUT'],
    ['Notes', 'DELETE'],
  ])('is tried for what Zoho refused twice in one turn: %s %s', async (module, method) => {
    const product = await startConnectedProduct(database);
    for (const at of [1, 2]) await product.ingest(`m${at}`, bodyAt(at));
    await product.settle();
    const change = (at: number) =>
      method === 'DELETE'
        ? product.retract(`m${at}`)
        : product.ingest(`m${at}`, { ...bodyAt(at), title: `Another ${at}` });
    withdraw(product, module, method);
    await change(1);
    let tries = 0;
    product.intercept(async ({ url, method: used }, send) => {
      if (url.pathname.endsWith('/users') && tries === 1) product.crm.heal();
      if (used === method && url.pathname.includes(`/${module}`)) {
        tries++;
        if (tries === 2) withdraw(product, module, method);
      }
      return send();
    });
    await product.serve();
    product.intercept(null);
    // The second meeting makes the loss known.
    await change(2);
    await product.serve();
    product.crm.heal();
    await check(product);
    await product.settle();
    const states = await Promise.all(['m1', 'm2'].map(async (id) => (await product.meeting(id)).state));
    expect(states).toEqual(method === 'DELETE' ? ['retracted', 'retracted'] : ['published', 'published']);
    expect(product.crm.notes()).toHaveLength(method === 'DELETE' ? 0 : 6);
  });

  it('during the first load loads what could not be read when it began', async () => {
    const product = await startTestProduct(database);
    await product.connect();
    withdraw(product, 'Leads');
    await check(product);
    let isFirst = true;
    product.intercept(async ({ url, body }, send) => {
      if (isFirst && url.pathname.endsWith('/coql') && /from Contacts/i.test(body) && !body.includes('count(')) {
        isFirst = false;
        product.crm.heal();
        await check(product);
      }
      return send();
    });
    await product.settle();
    expect(isFirst).toBe(false);
    const [leads] = await product.db.query('select count(*)::int as count from crm_leads where organization_id = $1', [
      product.organizationId,
    ]);
    expect(product.crm.records('Leads').length).toBeGreaterThan(0);
    expect(leads?.count).toBe(product.crm.records('Leads').length);
    expect((await connectionOf(product)).firstLoad).toMatchObject({ state: 'done' });
  });
});

describe('a lot that settles while somebody reconnects', () => {
  it('locks in the same order, so that both come to their end', async () => {
    const product = await startConnectedProduct(database);
    const { db, organizationId } = product;
    await refuseOtherTitles(product);
    withdraw(product, 'Notes', 'POST');
    await check(product);
    await product.ingest('m1', { ...bodyAt(1), title: 'Another' });
    await product.ingest('m2', bodyAt(2));
    let reconnection: Promise<unknown> | null = null;
    // What saving a consent does, held open until the lot waits for it.
    const reconnect = (isHeld: () => void) =>
      db.transaction(async (sql) => {
        await sql.query('update connections set problem = problem where organization_id = $1', [organizationId]);
        isHeld();
        await waitForAWaiter(product);
        await renewPreflight(sql, organizationId, product.ctx.now());
        await oweAllMeetings(sql, organizationId, product.ctx.now());
      });
    product.intercept(async ({ url, method }, send) => {
      if (reconnection === null && method === 'POST' && url.pathname.endsWith('/Events')) {
        await new Promise<void>((isHeld) => {
          reconnection = reconnect(isHeld).then(
            () => 'saved',
            (error) => String(error),
          );
        });
      }
      return send();
    });
    await product.serve();
    product.intercept(null);
    expect(await reconnection).toBe('saved');
    await product.settle();
    expect(await countOwed(product)).toBe(0);
  });
});

describe('notes of a retracted meeting that could not be deleted', () => {
  type Way = { name: string; alsoLacks: string[]; giveBack(product: TestProduct): Promise<unknown> };

  it.each<Way>([
    { name: 'another user connects who may', alsoLacks: [], giveBack: (product) => connectAs(product) },
    { name: 'that right comes back', alsoLacks: [], giveBack: check },
    { name: 'it comes back with one that concerns every meeting', alsoLacks: ['Leads'], giveBack: check },
  ])('are deleted once $name', async ({ alsoLacks, giveBack }) => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.settle();
    withdraw(product, 'Notes', 'DELETE');
    for (const module of alsoLacks) withdraw(product, module, 'GET');
    await check(product);
    await product.retract('m1');
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    expect((await product.meeting('m1')).stateReason).toMatch(/delete notes/);
    expect(product.crm.notes().length).toBeGreaterThan(0);
    product.crm.heal();
    await giveBack(product);
    await product.settle();
    expect(product.crm.notes()).toEqual([]);
    expect((await product.meeting('m1')).inZoho.notes).toEqual([]);
    expect(await countOwed(product)).toBe(0);
  });
});
