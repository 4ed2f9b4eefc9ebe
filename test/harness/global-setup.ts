import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/db/embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the run's database server, shared by all test files; unused while TEST_DATABASE_URL is set. */
    databaseFolder: string;
  }
}

/** Names the folder of this run's server; the first test file that needs it starts it there, and the end of the run removes it. */
export default function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'salescaling-test-'));
  // The server does not run as root, and has to come through here.
  chmodSync(folder, 0o755);
  project.provide('databaseFolder', folder);
  return async () => {
    const log = (): void => undefined;
    const isUsed = ['pg18', 'pg18.location'].some((name) => existsSync(join(folder, name)));
    if (isUsed) await (await startEmbeddedPostgres({ dataDir: folder, log, isThrowAway: true })).stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
