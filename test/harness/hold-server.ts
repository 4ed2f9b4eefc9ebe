/**
 * A process that uses the embedded server of a folder, for tests that kill it: `node --import tsx hold-server.ts FOLDER [app]`.
 * Writes one line of JSON when it runs, `{adopted, url, home, isElsewhere, pid}` or `{error}`, and leaves in order at SIGTERM.
 */
import { type AppLock, takeAppLock } from '../../src/db/app-lock.ts';
import { readPostmasterFile } from '../../src/db/embedded/postmaster-file.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/db/embedded-postgres.ts';

const [folder = '', role] = process.argv.slice(2);
let lock: AppLock | null = null;
let server: EmbeddedPostgres | null = null;
try {
  const started = await startEmbeddedPostgres({ dataDir: folder, log: (message) => console.error(message) });
  server = started;
  process.once('SIGTERM', async () => {
    await lock?.release();
    console.log(JSON.stringify({ left: await started.stop() }));
    process.exit(0);
  });
  if (role === 'app')
    lock = await takeAppLock(started, { onLost: (error) => console.error(error.message), patienceMs: 500 });
  const { home, pgData, isElsewhere } = started.location;
  const { adopted, url } = started;
  console.log(JSON.stringify({ adopted, url, home, isElsewhere, pid: readPostmasterFile(pgData)?.pid }));
} catch (error) {
  await server?.stop();
  console.log(JSON.stringify({ error: error instanceof Error ? error.message : String(error) }));
  process.exit(1);
}
