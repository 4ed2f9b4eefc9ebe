import { type AdvisoryLock, type LockSession, openLockSession } from './advisory-lock.ts';

/** Locks that outlive a lost connection: the next one that is asked for opens a new session. What was held is lost, and says so. */
export type LastingLocks = {
  tryLock(name: string): Promise<AdvisoryLock | null>;
  close(): Promise<void>;
};

/** Opens advisory locks at a database. Throws when the database cannot be reached at the moment of asking. */
export function openLastingLocks(options: { url: string; applicationName: string }): LastingLocks {
  let session: Promise<LockSession> | null = null;
  const alive = async (): Promise<LockSession> => {
    const known = await session?.catch(() => null);
    if (known && !known.lost.aborted) return known;
    session = openLockSession(options);
    return session;
  };
  let opening: Promise<LockSession> | null = null;
  const open = (): Promise<LockSession> => {
    opening ??= alive().finally(() => {
      opening = null;
    });
    return opening;
  };
  return {
    async tryLock(name) {
      return (await open()).tryLock(name);
    },
    async close() {
      const known = await session?.catch(() => null);
      await known?.close();
    },
  };
}
