import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { AppError } from '../errors.ts';
import { lockKeyOf } from './advisory-lock.ts';

/** One numbered file: `0001-organizations.sql` has id 1 and the name `organizations`. */
export type Migration = { id: number; name: string; file: string; sql: string; checksum: string };

export type MigrateOptions = {
  url: string;
  /** Default: the folder `migrations` beside this file. */
  directory?: string;
  log?: (message: string) => void;
};

export const MIGRATIONS_DIRECTORY = fileURLToPath(new URL('./migrations', import.meta.url));

type AppliedRow = { id: number; name: string; checksum: string };

/**
 * Brings the schema up to date, each file in a transaction of its own, one process at a time. Answers the names of the files applied
 * now. Nothing is applied when the database does not fit to this version.
 * @throws AppError `conflict` if the database is newer than the app or an applied file has been changed; `internal` if a file fails.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const migrations = readMigrations(options.directory ?? MIGRATIONS_DIRECTORY);
  const client = new pg.Client({ connectionString: options.url, application_name: 'salescaling migrate' });
  // The query in flight rejects as well; this listener only keeps a cut connection from ending the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await lockMigrations(client);
    await client.query(`create table if not exists schema_migrations (
      id integer primary key, name text not null, checksum text not null, applied_at timestamptz not null default now())`);
    const applied = await client.query<AppliedRow>('select id, name, checksum from schema_migrations order by id');
    const owed = planMigrations(migrations, applied.rows);
    for (const migration of owed) {
      await applyMigration(client, migration);
      options.log?.(`Database: applied ${migration.file}`);
    }
    return owed.map((migration) => migration.file);
  } finally {
    await client.end();
  }
}

/** Reads and checks the numbered files of a folder, in order. */
export function readMigrations(directory: string): Migration[] {
  const files = readdirSync(directory).filter((file) => file.endsWith('.sql'));
  const migrations = files.map((file) => {
    const [, digits, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
    if (!digits || !name) throw new Error(`Migration ${file} must be named like 0001-what-it-makes.sql.`);
    const sql = readFileSync(join(directory, file), 'utf8');
    // Line ends differ between checkouts of the same file.
    const checksum = createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
    return { id: Number(digits), name, file, sql, checksum };
  });
  migrations.sort((a, b) => a.id - b.id);
  migrations.forEach((migration, index) => {
    if (migration.id !== index + 1) {
      throw new Error(
        `Migration ${migration.file} should have the number ${index + 1}: numbers are without gaps and unique.`,
      );
    }
  });
  return migrations;
}

/** What is owed, after comparing the files with what the database says. */
function planMigrations(migrations: Migration[], applied: AppliedRow[]): Migration[] {
  const newest = applied.at(-1);
  if (newest && newest.id > migrations.length) {
    throw new AppError(
      'conflict',
      `The database is newer than this app: it has schema ${newest.id} (${newest.name}), this app knows ${migrations.length}. Start the newer version of the app, or use another database.`,
    );
  }
  const appliedIds = new Set(applied.map((row) => row.id));
  for (const row of applied) {
    const migration = migrations[row.id - 1];
    if (migration && migration.checksum === row.checksum && migration.name === row.name) continue;
    throw new AppError(
      'conflict',
      `Migration ${row.id} (${row.name}) was applied to this database in another form than the file ${migration?.file} has now. Applied files never change: restore the file, and put the change into a new one.`,
    );
  }
  return migrations.filter((migration) => !appliedIds.has(migration.id));
}

async function applyMigration(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    // The row first: its primary key stops whoever came past the lock.
    await client.query('insert into schema_migrations (id, name, checksum) values ($1, $2, $3)', [
      migration.id,
      migration.name,
      migration.checksum,
    ]);
    await client.query(migration.sql);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError(
      'internal',
      `Migration ${migration.file} failed, and nothing of it was kept: ${reason}${placeOf(cause, migration)}. The database stays at the migration before it.`,
      { cause },
    );
  }
}

function placeOf(cause: unknown, migration: Migration): string {
  if (!(cause instanceof pg.DatabaseError) || cause.position === undefined) return '';
  return ` (line ${migration.sql.slice(0, Number(cause.position)).split('\n').length})`;
}

/** Polls, because a session that waits inside PostgreSQL for a lock would block `create index concurrently` of others for ever. */
async function lockMigrations(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1::bigint) as taken', [
      lockKeyOf('migrate'),
    ]);
    if (rows[0]?.taken) return;
    await wait(50);
  }
}
