import { realpath } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { AppError } from '../../errors.ts';
import { lockKeyOf } from '../advisory-lock.ts';
import type { ServerLocation } from './choose-location.ts';
import { readPassword, SERVER_ROLE } from './create-cluster.ts';
import { isServerProcess } from './postmaster-file.ts';

/** The database that the product uses on the embedded server. */
const DATABASE_NAME = 'salescaling';

const USE_LOCK = lockKeyOf('server in use');

/** How often a long wait is explained. */
const STILL_WAITING_MS = 10_000;

/** PostgreSQL error codes of a server that starts, stops or was told to: SQLSTATE class 57P. */
const PASSING_CODES = ['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET'];

/** The address of a database on the embedded server, superuser and password included. */
export async function serverUrl(pgData: string, port: number, database = DATABASE_NAME): Promise<string> {
  return `postgres://${SERVER_ROLE}:${await readPassword(pgData)}@127.0.0.1:${port}/${database}`;
}

/**
 * Logs in, checks that the server runs on our folder, and registers as one of its users with a shared lock that lasts as long as this
 * connection. Null if the server went away meanwhile or is about to; waits while it starts.
 */
export async function loginAsUser(
  location: ServerLocation,
  { pid, port }: { pid: number; port: number },
  log: (message: string) => void,
): Promise<pg.Client | null> {
  let nextWordAt = performance.now() + STILL_WAITING_MS;
  for (;;) {
    const client = new pg.Client({
      connectionString: await serverUrl(location.pgData, port, 'postgres'),
      application_name: 'salescaling server use',
      keepAlive: true,
    });
    // Without a listener a cut connection would end the process; who holds the client listens as well.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await checkFolder(client, location);
      if (await registerUse(client)) {
        await createDatabase(client);
        return client;
      }
      await client.end();
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!isPassing(error)) throw explainLoginError(error, location);
    }
    if (!isServerProcess(pid, location.pgData)) return null;
    if (performance.now() > nextWordAt) {
      nextWordAt += STILL_WAITING_MS;
      log(
        `Still waiting for the database server of ${location.pgData} to accept connections (after a crash it repairs itself first) …`,
      );
    }
    await wait(20);
  }
}

async function checkFolder(client: pg.Client, location: ServerLocation): Promise<void> {
  const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
  const folder = rows[0]?.folder ?? '';
  if ((await realpath(folder)) === (await realpath(location.pgData))) return;
  throw new AppError(
    'internal',
    `The server found by ${location.pgData}/postmaster.pid serves another folder (${folder}).`,
  );
}

/** False while the last user is stopping the server. */
async function registerUse(client: pg.Client): Promise<boolean> {
  const sql = 'select pg_try_advisory_lock_shared($1::bigint) as taken';
  const { rows } = await client.query<{ taken: boolean }>(sql, [USE_LOCK]);
  return rows[0]?.taken === true;
}

/** Gives the use back; true if nobody else uses the server, who then also cannot come in any more on this run of it. */
export async function releaseUse(client: pg.Client): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1::bigint)', [USE_LOCK]);
  const sql = 'select pg_try_advisory_lock($1::bigint) as taken';
  const { rows } = await client.query<{ taken: boolean }>(sql, [USE_LOCK]);
  return rows[0]?.taken === true;
}

async function createDatabase(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE_NAME]);
  if (rowCount) return;
  try {
    await client.query(`create database ${DATABASE_NAME}`);
  } catch (error) {
    // Somebody else was quicker: duplicate_database, or its unique index.
    if (!(error instanceof pg.DatabaseError && (error.code === '42P04' || error.code === '23505'))) throw error;
  }
}

function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') return PASSING_CODES.includes(error.code);
  return /Connection terminated/.test(error.message);
}

function explainLoginError(error: unknown, location: ServerLocation): unknown {
  if (!(error instanceof pg.DatabaseError) || error.code !== '28P01') return error;
  return new AppError(
    'internal',
    `The database server of ${location.pgData} refuses the password kept in that folder. Bring the folder's own superuser-password file back.`,
    { cause: error },
  );
}
