import { describe, expect, it } from 'vitest';
import type { Row } from '../../simulator/store/table.ts';
import { readMirrorHealth } from '../../src/db/queries/mirror-health.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, startTestProduct, type TestProduct } from '../harness/product.ts';
import { ID, smallWorld } from '../harness/small-world.ts';

const database = await createTestDatabase();

const POLL = 300;
const DAY = 86_400;

async function poll(product: TestProduct, times = 1): Promise<void> {
  for (let at = 0; at < times; at++) {
    product.advance(POLL);
    await product.serve();
  }
}

const titlesOf = async ({ db, organizationId }: TestProduct): Promise<Record<string, string | null>> => {
  const rows = await db.query<{ id: string; title: string | null }>(
    'select id, title from crm_contacts where organization_id = $1 and deleted_at is null',
    [organizationId],
  );
  return Object.fromEntries(rows.map((row) => [row.id, row.title]));
};

/** Puts records into Zoho that were not there, `from` on. */
function insertContacts(product: TestProduct, count: number, from = 1_000_000): void {
  const table = product.crm.org().module('Contacts')?.records;
  const pattern = table?.get(ID.ana);
  const at = product.crm.world.clock.now();
  for (let index = 0; index < count; index++) {
    const row: Row = {
      ...pattern,
      id: String(from + index),
      Email: `p${index}@far.example`,
      Created_Time: at,
      Modified_Time: at,
    };
    table?.put(row);
  }
}

const countContacts = async (product: TestProduct): Promise<number> => Object.keys(await titlesOf(product)).length;

const creditsOf = (calls: readonly { credits: number }[]) => calls.reduce((sum, call) => sum + call.credits, 0);

describe('a poll', () => {
  it('brings a changed contact into the mirror, for one credit and one for deletions', async () => {
    const product = await startConnectedProduct(database);
    product.advance(60);
    product.crm.edit('Contacts', ID.ana, { Title: 'Director' });
    const calls = await product.crm.calls(() => poll(product));
    expect((await titlesOf(product))[ID.ana]).toBe('Director');
    expect(calls.map(({ path, credits }) => [path, credits])).toEqual([
      ['/crm/v8/__composite_requests', 1],
      ['/crm/v8/__composite_requests', 1],
    ]);
    const [card] = await product.db.query(
      'select last_change_seen_at as at from connections where organization_id = $1',
      [product.organizationId],
    );
    expect(card).toEqual({ at: product.ctx.now() });
  });

  it('sees what changes again within the second in which it was read', async () => {
    const product = await startConnectedProduct(database);
    product.advance(POLL);
    product.crm.edit('Contacts', ID.ana, { Title: 'first' });
    await product.serve();
    expect((await titlesOf(product))[ID.ana]).toBe('first');
    product.crm.edit('Contacts', ID.ana, { Title: 'second' });
    await poll(product);
    expect((await titlesOf(product))[ID.ana]).toBe('second');
  });

  it('finds a record that Zoho shows late, and stops looking back some minutes later', async () => {
    const product = await startConnectedProduct(database);
    product.advance(60);
    const late = product.crm.org().module('Contacts')?.records.get(ID.ben);
    if (late === undefined) throw new Error('No Ben.');
    product.advance(60);
    product.crm.edit('Contacts', ID.ana, { Title: 'newest' });
    const written = product.ctx.now().getTime() - 60_000;
    await poll(product);
    // Its time of change lies before that of a record that was seen already.
    product.crm
      .org()
      .module('Contacts')
      ?.records.put({ ...late, Title: 'late', Modified_Time: written });
    await poll(product);
    expect(await titlesOf(product)).toMatchObject({ [ID.ana]: 'newest', [ID.ben]: 'late' });
    const queries: string[] = [];
    product.intercept(({ body }, send) => {
      queries.push(
        ...(JSON.parse(body || '{}').__composite_requests ?? []).map(
          (one: { body?: { select_query: string } }) => one.body?.select_query ?? '',
        ),
      );
      return send();
    });
    await poll(product);
    expect(queries.find((query) => query.includes('from Contacts'))).toMatch(/Modified_Time > '/);
  });

  it('reads every one of more than 25 changes of one second, and not again for ever', async () => {
    const product = await startConnectedProduct(database);
    product.advance(60);
    const before = await countContacts(product);
    insertContacts(product, 130);
    const first = await product.crm.calls(() => poll(product));
    expect(await countContacts(product)).toBe(before + 130);
    // 25 with the composite, the others in one page of up to 200.
    expect(creditsOf(first)).toBe(3);
    await poll(product, 2);
    expect(creditsOf(await product.crm.calls(() => poll(product)))).toBe(2);
  });

  it('reads more than 2,000 changes of one second page by page, also when it is cut half-way', async () => {
    const product = await startConnectedProduct(database);
    product.advance(60);
    const before = await countContacts(product);
    insertContacts(product, 2_600);
    let pages = 0;
    product.intercept(async ({ url }, send) => {
      if (url.pathname.endsWith('/coql') && ++pages > 1) throw new Error('The cable was cut.');
      return send();
    });
    await poll(product);
    const half = await countContacts(product);
    expect(half).toBeGreaterThan(before);
    expect(half).toBeLessThan(before + 2_600);
    await product.restart();
    await poll(product);
    expect(await countContacts(product)).toBe(before + 2_600);
  });

  it('goes on where it stood after a restart, and gives nobody a second evaluation', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.serve();
    await poll(product, 3);
    const cursor = () =>
      product.db.query(
        'select module, cursor_at, deleted_cursor_at from crm_polls where organization_id = $1 order by 1',
        [product.organizationId],
      );
    const before = await cursor();
    await product.restart();
    const calls = await product.crm.calls(() => poll(product));
    expect(await cursor()).toEqual(before);
    expect(creditsOf(calls)).toBe(2);
    const owed = await product.db.query('select id from meetings where organization_id = $1 and owed_at is not null', [
      product.organizationId,
    ]);
    expect(owed).toEqual([]);
  });

  it('sees what changed between the first page of the first load and its last', async () => {
    const product = await startTestProduct(database);
    await product.connect();
    let isDone = false;
    product.intercept(async ({ url, body }, send) => {
      const answer = await send();
      if (!isDone && url.pathname.endsWith('/coql') && body.includes('from Contacts')) {
        isDone = true;
        product.crm.edit('Contacts', ID.ana, { Title: 'changed under way' });
        product.advance(30);
        product.crm.edit('Deals', ID.pilot, { Deal_Name: 'Later' });
      }
      return answer;
    });
    await product.serve();
    expect(isDone).toBe(true);
    await poll(product);
    expect((await titlesOf(product))[ID.ana]).toBe('changed under way');
  });

  it('publishes to the record that appears in Zoho after the meeting', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody({}, ['late@far.example']));
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    product.advance(3_600);
    insertContacts(product, 1);
    product.crm.edit('Contacts', '1000000', { Email: 'late@far.example' });
    await poll(product);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
    expect(product.crm.events()).toHaveLength(1);
  });

  it('takes deleted and restored records out and in again', async () => {
    const product = await startConnectedProduct(database);
    product.advance(60);
    const org = product.crm.org();
    const table = org.module('Contacts')?.records;
    const ben = table?.get(ID.ben);
    if (ben === undefined) throw new Error('No Ben.');
    table?.remove(ID.ben);
    const deleted = { module: 'Contacts', display_name: 'Ben Stone', type: 'recycle', deleted_by: ID.admin };
    org.deleted.put({ id: ID.ben, ...deleted, deleted_time: product.crm.world.clock.now() });
    await poll(product);
    expect(Object.keys(await titlesOf(product))).not.toContain(ID.ben);
    product.advance(60);
    org.deleted.remove(ID.ben);
    table?.put({ ...ben, Modified_Time: product.crm.world.clock.now() });
    await poll(product);
    expect(Object.keys(await titlesOf(product))).toContain(ID.ben);
  });

  it('lists more than 25 deletions of one module, each once', async () => {
    const product = await startConnectedProduct(database);
    product.advance(60);
    insertContacts(product, 240);
    await poll(product);
    const before = await countContacts(product);
    const org = product.crm.org();
    for (let id = 1_000_000; id < 1_000_240; id++) {
      org.module('Contacts')?.records.remove(String(id));
      org.deleted.put({
        id: String(id),
        module: 'Contacts',
        display_name: 'x',
        type: 'recycle',
        deleted_by: ID.admin,
        deleted_time: product.crm.world.clock.now(),
      });
    }
    await poll(product);
    expect(await countContacts(product)).toBe(before - 240);
    await poll(product, 2);
    expect(creditsOf(await product.crm.calls(() => poll(product)))).toBe(2);
  });

  it('reads each module alone where composite requests are refused', async () => {
    const product = await startConnectedProduct(database);
    product.advance(60);
    product.crm.edit('Contacts', ID.ana, { Title: 'Director' });
    for (const token of product.crm.world.store.table('oauth/access').rows()) {
      product.crm.world.store
        .table('oauth/access')
        .put({ ...token, scope: String(token.scope).replace(/,?ZohoCRM\.composite_requests\.CUSTOM/, '') });
    }
    const calls = await product.crm.calls(() => poll(product));
    expect((await titlesOf(product))[ID.ana]).toBe('Director');
    expect(calls.filter((call) => call.path.endsWith('/coql'))).toHaveLength(5);
    const [row] = await product.db.query('select state from connections where organization_id = $1', [
      product.organizationId,
    ]);
    expect(row).toEqual({ state: 'connected' });
  });

  it('keeps the place of a module that may not be read, says why, and catches up afterwards', async () => {
    const product = await startConnectedProduct(database);
    product.advance(60);
    product.crm.fault({ match: { module: 'Leads' }, kind: 'module-permission-removed' });
    product.crm.edit('Leads', ID.lea, { Company: 'Newer Ltd' });
    product.crm.edit('Contacts', ID.ana, { Title: 'Director' });
    await poll(product, 2);
    expect((await titlesOf(product))[ID.ana]).toBe('Director');
    const health = () => readMirrorHealth(product.db, product.organizationId, product.ctx.now());
    expect((await health())?.problem).toMatch(/Changes of leads could not be read from Zoho/);
    product.crm.heal();
    await poll(product);
    const [lead] = await product.db.query('select company from crm_leads where organization_id = $1', [
      product.organizationId,
    ]);
    expect(lead).toEqual({ company: 'Newer Ltd' });
    expect((await health())?.problem).toBeNull();
  });

  it('that Zoho does not answer holds no meeting up, and comes again', async () => {
    const product = await startConnectedProduct(database);
    product.crm.fault({ match: { path: '*__composite_requests' }, kind: '503' });
    product.advance(POLL);
    product.crm.edit('Contacts', ID.ana, { Title: 'Director' });
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
    expect((await titlesOf(product))[ID.ana]).toBeNull();
    product.crm.heal();
    product.advance(60);
    await product.serve();
    expect((await titlesOf(product))[ID.ana]).toBe('Director');
  });
});

describe('what goes by the day', () => {
  it('a user who left, and a stage that was closed, are seen the next day', async () => {
    const product = await startConnectedProduct(database);
    const org = product.crm.org();
    const host = org.users.get(ID.host);
    if (host === undefined) throw new Error('No host.');
    org.users.put({ ...host, status: 'inactive' });
    await product.db.query(
      `update crm_stages set is_open = false where organization_id = $1 and stage = 'Qualification'`,
      [product.organizationId],
    );
    await product.db.query(`update crm_deals set is_open = false where organization_id = $1 and id = $2`, [
      product.organizationId,
      ID.renewal,
    ]);
    product.advance(DAY);
    await product.serve();
    const users = await product.db.query('select is_active from crm_users where organization_id = $1 and id = $2', [
      product.organizationId,
      ID.host,
    ]);
    expect(users).toEqual([{ is_active: false }]);
    const deals = await product.db.query('select is_open from crm_deals where organization_id = $1 and id = $2', [
      product.organizationId,
      ID.renewal,
    ]);
    expect(deals).toEqual([{ is_open: true }]);
  });

  it('a quiet org costs at most 600 credits, counted by Zoho and by us as mirroring', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.serve();
    const counted = async (kind: 'mirror' | 'drift') => {
      const [row] = await product.db.query<{ credits: number }>(
        `select coalesce(sum(credits), 0)::int as credits from crm_call_counts where organization_id = $1 and kind = $2`,
        [product.organizationId, kind],
      );
      return row?.credits ?? 0;
    };
    const before = await counted('mirror');
    const calls = await product.crm.calls(async () => {
      for (let at = 0; at < 288; at++) {
        product.advance(POLL);
        await product.serve();
      }
    });
    expect(calls.length).toBeGreaterThan(2 * 280);
    const mirrored = (await counted('mirror')) - before;
    expect(mirrored).toBeLessThanOrEqual(600);
    // Nothing escapes the count; the nightly comparison of the ledger is counted apart.
    expect(mirrored + (await counted('drift'))).toBe(creditsOf(calls));
  }, 180_000);

  it('an org that was filled just before it was connected is not read again by the first polls', async () => {
    const world = smallWorld();
    for (let at = 0; at < 2_100; at++) {
      const email = `person${at}@crowd.example`;
      world.contacts.push({ id: String(900_000 + at), firstName: 'Person', lastName: String(at), email });
    }
    const product = await startConnectedProduct(database, { world });
    const calls = await product.crm.calls(() => poll(product));
    expect(calls.filter((call) => call.path.endsWith('/coql'))).toEqual([]);
    // What changes now, in the second after, is seen all the same.
    product.advance(1);
    product.crm.edit('Contacts', '900001', { Title: 'Director' });
    await poll(product);
    expect((await titlesOf(product))['900001']).toBe('Director');
  });

  it('an org that changes more than its share is looked at once an hour, and the page says so', async () => {
    const product = await startConnectedProduct(database);
    await poll(product);
    await product.db.query(
      `insert into crm_call_counts (organization_id, hour, kind, calls, credits) values ($1, $2, 'mirror', 1, 20000)
       on conflict (organization_id, hour, kind) do update set credits = 20000`,
      [product.organizationId, product.ctx.now()],
    );
    await poll(product);
    const quiet = await product.crm.calls(() => poll(product, 11));
    expect(quiet.filter((call) => call.path.endsWith('__composite_requests'))).toEqual([]);
    const health = await readMirrorHealth(product.db, product.organizationId, product.ctx.now());
    expect(health?.problem).toMatch(/looked at once an hour/);
    const hourly = await product.crm.calls(() => poll(product));
    expect(hourly.filter((call) => call.path.endsWith('__composite_requests'))).toHaveLength(2);
  });
});

describe('two organizations', () => {
  it('poll their own cursors, and one’s trouble is not the other’s', async () => {
    const one = await startConnectedProduct(database);
    const two = await startConnectedProduct(database);
    one.crm.edit('Contacts', ID.ana, { Title: 'One' });
    two.crm.edit('Contacts', ID.ana, { Title: 'Two' });
    await poll(one);
    expect((await titlesOf(one))[ID.ana]).toBe('One');
    expect((await titlesOf(two))[ID.ana]).toBeNull();
    await poll(two);
    expect((await titlesOf(two))[ID.ana]).toBe('Two');
  });
});
