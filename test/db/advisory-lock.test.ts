import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { type LockSession, openLockSession } from '../../src/db/advisory-lock.ts';
import { createTestDatabase } from '../harness/database.ts';

const { db, url } = await createTestDatabase();
const sessions: LockSession[] = [];

async function open(onLost?: (error: Error) => void): Promise<LockSession> {
  const session = await openLockSession({ url, applicationName: 'lock under test', ...(onLost ? { onLost } : {}) });
  sessions.push(session);
  return session;
}

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.close();
});

describe('an advisory lock', () => {
  it('is held by one at a time, within a session and between sessions', async () => {
    const [here, there] = [await open(), await open()];
    const lock = await here.tryLock('connection 1');
    expect(lock).not.toBeNull();
    expect(await here.tryLock('connection 1')).toBeNull();
    expect(await there.tryLock('connection 1')).toBeNull();
    expect(await there.tryLock('connection 2')).not.toBeNull();
    await lock?.release();
    expect(await there.tryLock('connection 1')).not.toBeNull();
    expect(await here.tryLock('connection 1')).toBeNull();
  });

  it('given back twice does not take it from its next holder', async () => {
    const [here, there] = [await open(), await open()];
    const lock = await here.tryLock('once');
    await lock?.release();
    await there.tryLock('once');
    await lock?.release();
    expect(await here.tryLock('once')).toBeNull();
  });

  it('is free again when its session closes, without a word of loss', async () => {
    const [here, there] = [await open(), await open()];
    const lock = await here.tryLock('closing');
    await here.close();
    expect(lock?.lost.aborted).toBe(false);
    expect(await there.tryLock('closing')).not.toBeNull();
  });

  it('tells its holder when the session is cut, and cannot be used after that', async () => {
    const losses: Error[] = [];
    const session = await open((error) => losses.push(error));
    const lock = await session.tryLock('fence');
    if (!lock) throw new Error('the lock was free');
    const aborted = once(lock.lost, 'abort');
    await db.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'lock under test'`);
    await aborted;
    expect(losses).toHaveLength(1);
    await expect(session.tryLock('fence')).rejects.toThrow();
    expect(await (await open()).tryLock('fence')).not.toBeNull();
  });
});
