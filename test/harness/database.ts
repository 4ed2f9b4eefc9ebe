import { createHash, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { afterAll, inject, onTestFinished } from 'vitest';
import { lockKeyOf } from '../../src/db/advisory-lock.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/db/embedded-postgres.ts';
import { MIGRATIONS_DIRECTORY, migrate, readMigrations } from '../../src/db/migrate.ts';
import { type Database, openDatabase } from '../../src/db/open-database.ts';

export type TestDatabase = { url: string; db: Database };

const ENGINE_VERSION: string = createRequire(import.meta.url)('graphile-worker/package.json').version;

let server: Promise<EmbeddedPostgres> | undefined;

/**
 * A fresh, migrated database for this test file, dropped when the file is done. Call it at the top of the file:
 * `const { db } = await createTestDatabase();`
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = await findTestServer();
  const template = await ensureTemplate(serverUrl);
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await withClient(serverUrl, (client) => client.query(`create database ${name} template ${template}`));
  const url = databaseUrl(serverUrl, name);
  const db = openDatabase({ url, poolSize: 8, applicationName: 'salescaling test' });
  afterAll(async () => {
    await db.close();
    await withClient(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    await leaveServer();
  });
  return { url, db };
}

/** A fresh database without any schema, dropped when the test that asks for it is done. */
export async function createEmptyDatabase(): Promise<string> {
  const serverUrl = await findTestServer();
  const name = `test_${process.pid}_${randomBytes(6).toString('hex')}`;
  await withClient(serverUrl, (client) => client.query(`create database ${name} template template0`));
  onTestFinished(async () => {
    await withClient(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    await leaveServer();
  });
  return databaseUrl(serverUrl, name);
}

/** `TEST_DATABASE_URL` (its user must be allowed to create databases), or the server of this run, started by whoever comes first. */
async function findTestServer(): Promise<string> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return given;
  server ??= startEmbeddedPostgres({ dataDir: inject('databaseFolder'), log: () => undefined, isThrowAway: true });
  return (await server).url;
}

/** The end of the run stops the server, since other files may still need it. */
async function leaveServer(): Promise<void> {
  const used = server;
  server = undefined;
  if (used) await (await used).stop({ leaveRunning: true });
}

/** One migrated database, with the schema of the job engine, for every state of the migrations; cloning it takes a fraction of running them. */
async function ensureTemplate(serverUrl: string): Promise<string> {
  const parts = readMigrations(MIGRATIONS_DIRECTORY).map((migration) => migration.checksum);
  const name = `test_template_${createHash('sha256')
    .update([...parts, ENGINE_VERSION].join())
    .digest('hex')
    .slice(0, 12)}`;
  await withClient(serverUrl, async (client) => {
    // Held while cloning is not needed: a template is complete as soon as it has its final name.
    await lockTemplates(client);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    const draft = `${name}_draft`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft} template template0`);
    await migrate({ url: databaseUrl(serverUrl, draft) });
    await runMigrations({ connectionString: databaseUrl(serverUrl, draft), logger: new Logger(() => () => undefined) });
    await client.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

async function lockTemplates(client: pg.Client): Promise<void> {
  const sql = 'select pg_try_advisory_lock($1::bigint) as taken';
  while (!(await client.query<{ taken: boolean }>(sql, [lockKeyOf('test templates')])).rows[0]?.taken) await wait(20);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
