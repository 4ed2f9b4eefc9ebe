import type { Config } from '../config.ts';
import { type AppLock, takeAppLock } from '../db/app-lock.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../db/embedded-postgres.ts';
import { migrate } from '../db/migrate.ts';
import { type Database, openDatabase } from '../db/open-database.ts';
import { AppError, isAppError } from '../errors.ts';

/** The database of this installation, up to date and open. */
export type Storage = { db: Database; url: string; close(): Promise<void> };

export type StorageOptions = {
  /** The app is the only one of its data folder; commands join it. */
  role: 'app' | 'command';
  log: (message: string) => void;
  /** The database, or the right to the folder, is lost for good: the process should end. */
  onLost: (error: Error) => void;
};

/**
 * Opens the configured database, or brings up the embedded one of the data folder, and migrates it. Throws `conflict` when
 * another app runs on the folder.
 */
export async function openStorage(config: Config, options: StorageOptions): Promise<Storage> {
  if (config.databaseUrl !== null) return openGiven(config.databaseUrl, options);
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir, log: options.log, onLost: options.onLost });
  let lock: AppLock | null = null;
  try {
    lock = options.role === 'app' ? await takeAppLock(server, { onLost: options.onLost }) : null;
    return await open(server.url, options, () => leave(server, lock));
  } catch (error) {
    await leave(server, lock);
    throw error;
  }
}

async function openGiven(url: string, options: StorageOptions): Promise<Storage> {
  try {
    return await open(url, options, async () => undefined);
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    const { host } = new URL(url);
    const why = cause instanceof Error ? cause.message || String(cause) : String(cause);
    throw new AppError(
      'internal',
      `The database at ${host} (DATABASE_URL) cannot be used: ${why}. Check address, name and password.`,
      { cause },
    );
  }
}

async function open(url: string, options: StorageOptions, afterwards: () => Promise<void>): Promise<Storage> {
  await migrate({ url });
  const db = openDatabase({
    url,
    onConnectionError: (error) => options.log(`A connection to the database broke: ${error.message}`),
  });
  return {
    db,
    url,
    async close() {
      await db.close();
      await afterwards();
    },
  };
}

async function leave(server: EmbeddedPostgres, lock: AppLock | null): Promise<void> {
  await lock?.release();
  await server.stop();
}
