import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { AppError } from '../errors.ts';
import type { Sql } from './sql.ts';

export type Database = Sql & {
  /** For libraries that bring their own queries. */
  readonly pool: pg.Pool;
  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>, options?: TransactionOptions): Promise<T>;
  close(): Promise<void>;
};

export type TransactionOptions = {
  /** Repeat `work` up to this often after a deadlock or a serialization failure; it must then have no effect but its queries. Default 0. */
  retries?: number;
  isolation?: 'read committed' | 'repeatable read' | 'serializable';
};

export type OpenOptions = {
  url: string;
  poolSize?: number;
  applicationName?: string;
  /** A pooled connection broke while idle; the pool replaces it by itself. */
  onConnectionError?: (error: Error) => void;
};

const POOL_SIZE = 10;

const insideTransaction = new AsyncLocalStorage<true>();

/** True while the caller runs inside `transaction`: whoever wants to use the network asks this first, because it must not happen there. */
export function isInTransaction(): boolean {
  return insideTransaction.getStore() === true;
}

/**
 * Opens a pool of connections; connects at the first query. Every session has the time zone UTC. Columns arrive as: timestamptz → Date;
 * date and timestamp → text as stored; int8 → number, or text where a number would lose digits; numeric → number (cast to text in SQL
 * where every digit counts); json → parsed.
 */
export function openDatabase(options: OpenOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? POOL_SIZE,
    application_name: options.applicationName ?? 'salescaling',
    connectionTimeoutMillis: 30_000,
    keepAlive: true,
    types: { getTypeParser: typeParserOf },
    onConnect: async (client) => {
      await client.query("set time zone 'UTC'");
    },
  });
  pool.on('error', (error) => options.onConnectionError?.(error));
  // A connection that breaks between two statements of a transaction: the next one rejects, and that is enough.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    pool,
    ...queriesOf(pool),
    transaction: (work, transactionOptions = {}) => runTransaction(pool, work, transactionOptions),
    close: () => pool.end(),
  };
}

function queriesOf(client: pg.Pool | pg.PoolClient): Sql {
  return {
    async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
      return (await client.query(text, [...values]).catch(explain)).rows;
    },
  };
}

/** PostgreSQL error code disk_full: nobody can cure it who reads of files that cannot be extended. */
function explain(error: unknown): never {
  if (!(error instanceof pg.DatabaseError) || error.code !== '53100') throw error;
  throw new AppError(
    'internal',
    `The disk of the database is full, so nothing can be saved: ${error.message}. Free some space; the work goes on by itself, and nothing that was saved is lost.`,
    { cause: error },
  );
}

async function runTransaction<T>(
  pool: pg.Pool,
  work: (tx: Sql) => Promise<T>,
  { retries = 0, isolation = 'read committed' }: TransactionOptions,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await attemptTransaction(pool, work, isolation);
    } catch (error) {
      if (attempt >= retries || !isConflictOfTransactions(error)) throw error;
    }
  }
}

async function attemptTransaction<T>(pool: pg.Pool, work: (tx: Sql) => Promise<T>, isolation: string): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(`begin isolation level ${isolation}`);
    const result = await insideTransaction.run(true, () => work(queriesOf(client)));
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that cannot even roll back is thrown away; the first error is the one that matters.
    await client.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** PostgreSQL error codes: serialization_failure and deadlock_detected; both say "try again". */
function isConflictOfTransactions(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01');
}

const { builtins } = pg.types;

function parseInt8(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

const PARSERS = new Map<number, (text: string) => unknown>([
  [builtins.INT8, parseInt8],
  [builtins.NUMERIC, Number],
  // The driver's own parsers read these two in the time zone of the machine.
  [builtins.DATE, (text) => text],
  [builtins.TIMESTAMP, (text) => text],
]);

function typeParserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  const own = format === 'binary' ? undefined : PARSERS.get(oid);
  return own ?? pg.types.getTypeParser(oid, 'text');
}
