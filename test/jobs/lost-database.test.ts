import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startEmbeddedPostgres } from '../../src/db/embedded-postgres.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { migrateEngine, startEngine } from '../../src/jobs/engine.ts';
import { meetingBody, startConnectedProduct } from '../harness/product.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const MEETINGS = 12;

/** A database server of its own, with its usual safety, which can be killed. */
async function startOwnServer() {
  const folder = mkdtempSync(join(tmpdir(), 'salescaling-lost-'));
  const server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
  onTestFinished(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  await migrate({ url: server.url });
  await migrateEngine(server.url, silent);
  const db = openDatabase({ url: server.url });
  onTestFinished(() => db.close());
  const pid = Number(readFileSync(join(server.location.pgData, 'postmaster.pid'), 'utf8').split('\n')[0]);
  return { db, url: server.url, pid, whenRunning: () => server.whenRunning() };
}

it('goes on by itself when the database was killed while it published, and writes nothing twice', async () => {
  const own = await startOwnServer();
  const product = await startConnectedProduct({ db: own.db, url: own.url });
  for (let at = 0; at < MEETINGS; at++) {
    const startsAt = new Date(Date.UTC(2026, 10, 10, at)).toISOString();
    const endsAt = new Date(Date.UTC(2026, 10, 10, at, 30)).toISOString();
    await product.ingest(`m${at}`, meetingBody({ title: `Review ${at}`, startsAt, endsAt }));
  }
  let killed: Promise<void> | null = null;
  product.intercept(async ({ method, url }, send) => {
    const response = await send();
    if (method === 'POST' && url.pathname.endsWith('/Notes') && killed === null) {
      process.kill(own.pid, 'SIGKILL');
      killed = own.whenRunning();
    }
    return response;
  });
  const engine = await startEngine({
    db: own.db,
    databaseUrl: own.url,
    gateway: product.gateway(),
    contextOf: (organizationId) => ({ ...product.ctx, organizationId }),
    log: silent,
  });
  onTestFinished(() => engine.stop());
  await expect.poll(() => killed !== null, { timeout: 30_000 }).toBe(true);
  const states = async () => {
    // What the answer was lost of is looked for after its quarantine, by the product's clock.
    product.advance(10);
    const rows = await own.db.query<{ state: string }>('select state from meetings').catch(() => []);
    return rows.filter(({ state }) => state === 'published').length;
  };
  await expect.poll(states, { timeout: 60_000, interval: 500 }).toBe(MEETINGS);
  expect(product.crm.events()).toHaveLength(MEETINGS);
  const places = product.crm.notes().map((note) => `${note.Parent_Id}:${note.Note_Title}:${note.Note_Content}`);
  expect(new Set(places).size).toBe(places.length);
}, 150_000);
