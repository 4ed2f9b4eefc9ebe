import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import { type LockSession, openLockSession } from './advisory-lock.ts';
import type { EmbeddedPostgres } from './embedded-postgres.ts';

const LOCK_NAME = 'app';

/** How long a new app waits for the lock of one that has just died: its connection may outlive it by a moment. */
const PATIENCE_MS = 3_000;

/** How long a server that was killed may take to come back, crash recovery included. */
const RESTART_LIMIT_MS = 60_000;

export type AppLock = { release(): Promise<void> };

export type AppLockOptions = {
  /** Called when another app has taken the folder over while the server was down: this one must end. */
  onLost: (error: Error) => void;
  patienceMs?: number;
};

/**
 * Makes this process the one app of a data folder, as long as it lives: the lock is a session in the embedded server, so that a kill
 * frees it. A restart of the server takes it again.
 * @throws AppError `conflict` if another app runs on the folder.
 */
export async function takeAppLock(server: EmbeddedPostgres, options: AppLockOptions): Promise<AppLock> {
  let isReleased = false;
  const retake = async (): Promise<void> => {
    try {
      const retaken = await takeAfterRestart(server, options, onLost);
      if (isReleased) await retaken.close();
      session = retaken;
    } catch (error) {
      if (!isReleased) options.onLost(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const onLost = (): void => {
    if (!isReleased) void retake();
  };
  let session = await take(server, options, onLost);
  return {
    async release() {
      isReleased = true;
      await session.close();
    },
  };
}

/** The lock's connection may learn of the server's death before its supervisor does, so refused connections are tried again. */
async function takeAfterRestart(
  server: EmbeddedPostgres,
  options: AppLockOptions,
  onLost: () => void,
): Promise<LockSession> {
  const deadline = performance.now() + RESTART_LIMIT_MS;
  for (;;) {
    await server.whenRunning();
    try {
      return await take(server, options, onLost);
    } catch (error) {
      if (error instanceof AppError || performance.now() > deadline) throw error;
      await wait(50);
    }
  }
}

async function take(server: EmbeddedPostgres, options: AppLockOptions, onLost: () => void): Promise<LockSession> {
  const session = await openLockSession({ url: server.url, applicationName: 'salescaling app lock', onLost });
  const deadline = performance.now() + (options.patienceMs ?? PATIENCE_MS);
  while ((await session.tryLock(LOCK_NAME)) === null) {
    if (performance.now() > deadline) {
      await session.close();
      throw new AppError(
        'conflict',
        `Another Salescaling app already runs on the data folder ${server.location.dataDir}. Use that one, stop it, or set DATA_DIR to another folder.`,
      );
    }
    await wait(50);
  }
  return session;
}
