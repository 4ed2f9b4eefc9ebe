import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/db/embedded-postgres.ts';
import { createThrowAwayDatabase } from '../tools/demo/throw-away-database.ts';

/** An empty database for one measurement: on the given server, or on one of our own with its usual safety (fsync). */
export async function openPlace(database: string | null): Promise<{ url: string; remove(): Promise<void> }> {
  if (database !== null) return createThrowAwayDatabase(database);
  const folder = await mkdtemp(join(tmpdir(), 'salescaling-bench-db-'));
  // As root the database server runs as somebody else, who has to get in.
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
  return {
    url: server.url,
    async remove() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
