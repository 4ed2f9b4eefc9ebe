import { describe, expect, it } from 'vitest';
import { isInTransaction } from '../../src/db/open-database.ts';
import { createTestDatabase } from '../harness/database.ts';

const { db } = await createTestDatabase();

describe('types of columns', () => {
  it('come as decided', async () => {
    const [row] = await db.query(`select
      '2026-03-29T02:30:00+02:00'::timestamptz as moment, '2026-03-29'::date as day, '2026-03-29 02:30'::timestamp as wall,
      9007199254740991::int8 as safe, 9007199254740993::int8 as unsafe, 12.50::numeric as amount, '{"a":1}'::jsonb as json`);
    expect(row).toEqual({
      moment: new Date('2026-03-29T00:30:00Z'),
      day: '2026-03-29',
      wall: '2026-03-29 02:30:00',
      safe: Number.MAX_SAFE_INTEGER,
      unsafe: '9007199254740993',
      amount: 12.5,
      json: { a: 1 },
    });
  });

  it('are cut into days in UTC, whatever the zone of the machine', async () => {
    expect(await db.query(`select '2026-03-29T23:30:00Z'::timestamptz::date as day`)).toEqual([{ day: '2026-03-29' }]);
  });
});

describe('a transaction', () => {
  it('keeps everything or nothing', async () => {
    await db.query('create table kept (n int)');
    await db.transaction(async (tx) => void (await tx.query('insert into kept values (1)')));
    const failing = db.transaction(async (tx) => {
      await tx.query('insert into kept values (2)');
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect(await db.query('select n from kept')).toEqual([{ n: 1 }]);
  });

  it('says that the disk is full, and keeps nothing of what was begun', async () => {
    await db.query('create table half (id int)');
    const full = db.transaction(async (sql) => {
      await sql.query('insert into half values (1)');
      await sql.query(
        `do $$ begin raise exception using errcode = '53100', message = 'could not extend file "base/1/2": No space left on device'; end $$`,
      );
    });
    await expect(full).rejects.toThrow(/disk of the database is full.*Free some space/);
    expect(await db.query('select id from half')).toEqual([]);
  });

  it('is known to whoever wants to use the network inside it', async () => {
    expect(isInTransaction()).toBe(false);
    expect(await db.transaction(async () => isInTransaction())).toBe(true);
    expect(isInTransaction()).toBe(false);
  });

  it('is repeated after a deadlock when that is asked for', async () => {
    await db.query('create table pair (id int primary key, n int)');
    await db.query('insert into pair values (1, 0), (2, 0)');
    let waiting = 0;
    let openGate = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      openGate = resolve;
    });
    const crossing = (first: number, second: number): Promise<void> =>
      db.transaction(
        async (tx) => {
          await tx.query('update pair set n = n + 1 where id = $1', [first]);
          waiting += 1;
          if (waiting === 2) openGate();
          await gate;
          await tx.query('update pair set n = n + 1 where id = $1', [second]);
        },
        { retries: 3 },
      );
    await Promise.all([crossing(1, 2), crossing(2, 1)]);
    expect(await db.query('select n from pair order by id')).toEqual([{ n: 2 }, { n: 2 }]);
    expect(waiting).toBeGreaterThan(2);
  });
});
