import { createHash } from 'node:crypto';
import pg from 'pg';

/** How often a lock session proves that it lives, and how long the answer may take. */
const HEARTBEAT_MS = 5_000;

/** A held lock. `lost` is aborted as soon as its session is gone: whoever relies on the lock must stop at once. */
export type AdvisoryLock = { readonly lost: AbortSignal; release(): Promise<void> };

/** One database session that holds any number of locks; when it dies, PostgreSQL frees them all. */
export type LockSession = {
  /** Aborted when the connection is lost (never by `close`). */
  readonly lost: AbortSignal;
  /** Takes the lock if nobody else, in this process or another, holds it; null otherwise. */
  tryLock(name: string): Promise<AdvisoryLock | null>;
  /** Gives all locks back. */
  close(): Promise<void>;
};

export type LockSessionOptions = { url: string; applicationName?: string; onLost?: (error: Error) => void };

/** The 64-bit key of a lock's name, as decimal text. */
export function lockKeyOf(name: string): string {
  return createHash('sha256').update(`salescaling:${name}`).digest().readBigInt64BE(0).toString();
}

/**
 * Opens a session for advisory locks on a connection of its own. A lost connection is noticed at once when it is cut, and within
 * ten seconds when the other side is silent; the server gives the locks of a silent client free after 25 s at the earliest.
 */
export async function openLockSession(options: LockSessionOptions): Promise<LockSession> {
  const client = new pg.Client({
    connectionString: options.url,
    application_name: options.applicationName ?? 'salescaling locks',
    keepAlive: true,
    query_timeout: HEARTBEAT_MS,
  });
  const lost = new AbortController();
  const held = new Set<string>();
  let isClosing = false;
  const lose = (error: Error): void => {
    clearInterval(heartbeat);
    if (isClosing || lost.signal.aborted) return;
    held.clear();
    lost.abort(error);
    void client.end().catch(() => undefined);
    options.onLost?.(error);
  };
  client.on('error', lose);
  client.on('end', () => lose(new Error('The database closed the session of the locks.')));
  const heartbeat = setInterval(() => void client.query('select 1').catch(lose), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    await client.connect();
    await client.query(
      'set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 2; set idle_session_timeout = 0',
    );
  } catch (error) {
    isClosing = true;
    clearInterval(heartbeat);
    await client.end().catch(() => undefined);
    throw error;
  }
  const release = async (name: string): Promise<void> => {
    if (!held.delete(name)) return;
    await client.query('select pg_advisory_unlock($1::bigint)', [lockKeyOf(name)]).catch(lose);
  };
  return {
    lost: lost.signal,
    async tryLock(name) {
      lost.signal.throwIfAborted();
      // A session may take its own lock twice, so the database alone would not keep two takers of this process apart.
      if (held.has(name)) return null;
      held.add(name);
      const isTaken = await tryLockIn(client, name).catch((error: unknown) => {
        held.delete(name);
        throw error;
      });
      if (isTaken) return { lost: lost.signal, release: () => release(name) };
      held.delete(name);
      return null;
    },
    async close() {
      isClosing = true;
      clearInterval(heartbeat);
      held.clear();
      await client.end().catch(() => undefined);
    },
  };
}

async function tryLockIn(client: pg.Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1::bigint) as taken', [
    lockKeyOf(name),
  ]);
  return rows[0]?.taken === true;
}
