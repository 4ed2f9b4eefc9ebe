import { describe, expect, it, onTestFinished } from 'vitest';
import { openLastingLocks } from '../../src/db/lasting-locks.ts';
import { type Engine, startEngine, wakeConnection } from '../../src/jobs/engine.ts';
import { serveConnection } from '../../src/jobs/serve-connection.ts';
import { findForgottenConnections } from '../../src/jobs/wake-what-is-due.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

async function startWorkers(product: TestProduct): Promise<void> {
  const engine = await startEngineFor(product);
  onTestFinished(() => engine.stop());
}

function startEngineFor(product: TestProduct): Promise<Engine> {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return startEngine({
    db: database.db,
    databaseUrl: database.url,
    gateway: product.gateway(),
    contextOf: (organizationId) => ({ ...product.ctx, organizationId }),
    log,
    // However slow the machine is, a connection keeps its worker.
    slotMs: 60_000,
  });
}

/** Stops the next write at the door until it is opened. */
function holdWrites(product: TestProduct): { reached: Promise<void>; open: () => void } {
  let reach: () => void = () => undefined;
  let open: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  product.intercept(async ({ method, url }, send) => {
    if (method === 'POST' && url.pathname.endsWith('/Events')) {
      reach();
      await opened;
    }
    return send();
  });
  onTestFinished(open);
  return { reached, open };
}

const publishedIn = async (product: TestProduct) => (await product.meeting('m1')).state;
const jobsOf = ({ db, organizationId }: TestProduct) =>
  db.query<{ key: string; locked_by: string | null; run_at: Date }>(
    `select key, locked_by, run_at from graphile_worker.jobs where queue_name = 'connection:' || $1 order by key`,
    [organizationId],
  );

describe('the engine', () => {
  it('publishes a meeting as soon as it is brought in', async () => {
    const product = await startConnectedProduct(database);
    await startWorkers(product);
    await product.ingest('m1', meetingBody());
    await expect.poll(() => publishedIn(product), { timeout: 15_000 }).toBe('published');
    expect(product.crm.events()).toHaveLength(1);
  });

  it('finds what is owed although every job was lost', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await database.db.query('delete from graphile_worker._private_jobs');
    await startWorkers(product);
    await expect.poll(() => publishedIn(product), { timeout: 15_000 }).toBe('published');
  });

  it('frees the job of a process that died, at once', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    for (const table of ['jobs', 'job_queues']) {
      await database.db.query(
        `update graphile_worker._private_${table} set locked_by = 'worker-of-the-dead', locked_at = now()`,
      );
    }
    await startWorkers(product);
    await expect.poll(() => publishedIn(product), { timeout: 15_000 }).toBe('published');
  });

  it('leaves alone what a living process holds', async () => {
    const product = await startConnectedProduct(database);
    await startWorkers(product);
    const gate = holdWrites(product);
    await product.ingest('m1', meetingBody());
    await gate.reached;
    const running = async () => (await jobsOf(product)).filter((job) => job.locked_by !== null);
    const before = await running();
    expect(before).toHaveLength(1);
    const other = await startEngineFor(product);
    // Stopping waits for its first look around.
    await other.stop();
    expect(await running()).toEqual(before);
    gate.open();
    await expect.poll(() => publishedIn(product), { timeout: 15_000 }).toBe('published');
    expect(product.crm.events()).toHaveLength(1);
    expect(product.crm.notes()).toHaveLength(3);
  });
});

describe('what has a time of its own', () => {
  it('is found by the product’s clock although a wake-up for much later is planned', async () => {
    const product = await startConnectedProduct(database);
    const { db, organizationId } = product;
    const find = async () =>
      (
        await findForgottenConnections(db, { at: product.ctx.now(), provider: 'sandbox', keepsChannels: false })
      ).includes(organizationId);
    await db.query('delete from graphile_worker._private_jobs');
    expect(await find()).toBe(false);
    product.advance(300);
    expect(await find()).toBe(true);
    await db.query(
      `select graphile_worker.add_job('serve-connection', '{}', queue_name => 'connection:' || $1::text,
         job_key => 'serve-later:' || $1::text, run_at => now() + interval '1 hour')`,
      [organizationId],
    );
    expect(await find()).toBe(true);
    await wakeConnection(db, organizationId);
    expect(await find()).toBe(false);
    await db.query('delete from graphile_worker._private_jobs');
    await product.serve();
    expect(await find()).toBe(false);
  });

  it('does not wake a connection for what notifications named while polls are slowed down', async () => {
    const product = await startConnectedProduct(database);
    const { db, organizationId } = product;
    const find = async () =>
      (
        await findForgottenConnections(db, { at: product.ctx.now(), provider: 'sandbox', keepsChannels: false })
      ).includes(organizationId);
    const name = () =>
      db.query(
        `insert into crm_hints (organization_id, module, record_id, is_deletion, is_creation, heard_at)
         values ($1, 'contacts', '201', false, false, $2)`,
        [organizationId, product.ctx.now()],
      );
    await name();
    await db.query('delete from graphile_worker._private_jobs');
    expect(await find()).toBe(true);
    await product.serve();
    expect(await find()).toBe(false);
    await db.query(
      `insert into crm_call_counts (organization_id, hour, kind, calls, credits) values ($1, $2, 'mirror', 1, 20000)
       on conflict (organization_id, hour, kind) do update set credits = 20000`,
      [organizationId, product.ctx.now()],
    );
    product.advance(300);
    await product.serve();
    await name();
    await db.query('delete from graphile_worker._private_jobs');
    expect(await find()).toBe(false);
    product.advance(3_600);
    expect(await find()).toBe(true);
  });

  it('does not wake a connection that waits on purpose', async () => {
    const product = await startConnectedProduct(database);
    const { db, organizationId } = product;
    const find = async () =>
      (
        await findForgottenConnections(db, { at: product.ctx.now(), provider: 'sandbox', keepsChannels: false })
      ).includes(organizationId);
    product.advance(300);
    await db.query('delete from graphile_worker._private_jobs');
    await db.query(`update connections set parked_until = $2 where organization_id = $1`, [
      organizationId,
      new Date(product.ctx.now().getTime() + 60_000),
    ]);
    expect(await find()).toBe(false);
    product.advance(60);
    expect(await find()).toBe(true);
  });

  it('is a poll that runs by itself: a contact changed in Zoho arrives while nobody asks', async () => {
    const product = await startConnectedProduct(database);
    await startWorkers(product);
    product.crm.edit('Contacts', ID.ana, { Title: 'Director' });
    product.advance(300);
    const title = async () =>
      (
        await product.db.query<{ title: string | null }>(
          'select title from crm_contacts where organization_id = $1 and id = $2',
          [product.organizationId, ID.ana],
        )
      )[0]?.title;
    await expect.poll(title, { timeout: 20_000 }).toBe('Director');
  }, 40_000);
});

describe('a wake-up', () => {
  it('collapses with the others of its connection, and is gone when its transaction is', async () => {
    const product = await startConnectedProduct(database);
    for (let at = 0; at < 20; at++) await wakeConnection(database.db, product.organizationId);
    expect(await jobsOf(product)).toHaveLength(1);
    const other = await startConnectedProduct(database);
    await database.db.query('delete from graphile_worker._private_jobs');
    const lost = database.db.transaction(async (sql) => {
      await wakeConnection(sql, other.organizationId);
      throw new Error('rolled back');
    });
    await expect(lost).rejects.toThrow('rolled back');
    expect(await jobsOf(other)).toEqual([]);
  });

  it('comes with every change of a meeting, in its transaction', async () => {
    const product = await startConnectedProduct(database);
    await database.db.query('delete from graphile_worker._private_jobs');
    await product.ingest('m1', meetingBody());
    expect(await jobsOf(product)).toHaveLength(1);
    await database.db.query('delete from graphile_worker._private_jobs');
    expect(await product.ingest('m1', meetingBody())).toMatchObject({ version: 1 });
    expect(await jobsOf(product)).toEqual([]);
    await product.retract('m1');
    expect(await jobsOf(product)).toHaveLength(1);
  });
});

describe('one sender a connection', () => {
  it('waits for its turn while another process serves', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    const gate = holdWrites(product);
    const first = product.serve();
    await gate.reached;
    // A second process asks for the same connection meanwhile.
    await expect(serveOnce(product)).resolves.toEqual([1000]);
    gate.open();
    await first;
    expect(product.crm.events()).toHaveLength(1);
    expect(product.crm.notes()).toHaveLength(3);
  });
});

describe('a sender that loses its lock', () => {
  it('sends nothing more, and what is left is done by whoever comes next', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    const sent: string[] = [];
    product.intercept(async ({ method, url, signal }, send) => {
      const isWrite = method === 'POST' && /\/(Events|Notes)$/.test(url.pathname);
      if (isWrite) sent.push(url.pathname);
      const response = await send();
      if (isWrite && sent.length === 1) await cutLocks(signal);
      return response;
    });
    await product.serve();
    expect(sent).toEqual(['/crm/v8/Events']);
    expect(product.crm.notes()).toEqual([]);
    product.intercept(null);
    await product.settle();
    expect(await publishedIn(product)).toBe('published');
    expect(product.crm.events()).toHaveLength(1);
    expect(product.crm.notes()).toHaveLength(3);
  });
});

/** Ends the database session that holds the locks of test products, and waits until the sender knows. */
async function cutLocks(signal: AbortSignal | null): Promise<void> {
  const known = new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
  await database.db.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'salescaling test locks' and datname = current_database()`,
  );
  await known;
}

/** One turn of another process; the delays of the wake-ups that it asked for. */
async function serveOnce(product: TestProduct): Promise<number[]> {
  const locks = openLastingLocks({ url: database.url, applicationName: 'another process' });
  const delays: number[] = [];
  const silent = () => undefined;
  await serveConnection(
    {
      contextOf: () => product.ctx,
      gateway: product.gateway(),
      locks,
      wakeAfter: async (_organizationId, delayMs) => void delays.push(delayMs),
      log: { info: silent, warn: silent, error: silent },
    },
    product.organizationId,
    new AbortController().signal,
  );
  await locks.close();
  return delays;
}
