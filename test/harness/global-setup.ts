import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isAlive } from '../../src/db/embedded/is-alive.ts';
import { startEmbeddedPostgres } from '../../src/db/embedded-postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the run's database server, shared by all test files; unused while TEST_DATABASE_URL is set. */
    databaseFolder: string;
  }
}

const PREFIX = 'salescaling-test-';

/** Names the folder of this run's server; the first test file that needs it starts it there, and the end of the run removes it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeKilledRuns();
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  // The server does not run as root, and has to come through here.
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'run.pid'), String(process.pid));
  project.provide('databaseFolder', folder);
  return () => removeRun(folder);
}

async function removeRun(folder: string): Promise<void> {
  const isUsed = ['pg18', 'pg18.location'].some((name) => existsSync(join(folder, name)));
  const log = (): void => undefined;
  if (isUsed) await (await startEmbeddedPostgres({ dataDir: folder, log, isThrowAway: true })).stop();
  rmSync(folder, { recursive: true, force: true });
}

/** A run that was killed leaves its server behind. */
async function removeKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const pidFile = join(tmpdir(), name, 'run.pid');
    if (existsSync(pidFile) && !isAlive(Number(readFileSync(pidFile, 'utf8')))) await removeRun(join(tmpdir(), name));
  }
}
