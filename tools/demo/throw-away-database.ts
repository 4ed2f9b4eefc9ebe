import { randomBytes } from 'node:crypto';
import pg from 'pg';

export type ThrowAwayDatabase = { url: string; remove(): Promise<void> };

/** A new database on the server of `url`, which `remove` drops. The user of `url` must be allowed to create databases. */
export async function createThrowAwayDatabase(url: string): Promise<ThrowAwayDatabase> {
  const name = `salescaling_demo_${randomBytes(6).toString('hex')}`;
  await onServer(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, remove: () => onServer(url, `drop database if exists ${name} with (force)`) };
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(statement);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `--database: “${statement.split(' ').slice(0, 2).join(' ')}” failed (${why}). The demo needs a database of its own there.`,
      { cause },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}
