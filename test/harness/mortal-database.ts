import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '../../src/db/open-database.ts';
import type { Sql } from '../../src/db/sql.ts';

/** A life that ends at its point number `diesAt`, counted over statements and requests together. */
export type Life = {
  /** Points passed so far, each with what it was. */
  points: string[];
  diesAt: number;
  isDead: boolean;
  /** Resolves when it dies. */
  died: Promise<void>;
  die(): void;
};

const lives = new AsyncLocalStorage<Life>();

/** A life that lasts until the point `diesAt` (infinity: for ever). */
export function beginLife(diesAt: number): Life {
  let tell: () => void = () => undefined;
  const died = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const life: Life = {
    points: [],
    diesAt,
    isDead: false,
    died,
    die() {
      life.isDead = true;
      tell();
    },
  };
  return life;
}

/** Runs `work` in a life; what it starts belongs to the same one. */
export function live<T>(life: Life, work: () => Promise<T>): Promise<T> {
  return lives.run(life, work);
}

/** Something that a process may die right after. Comes back only to those who live. */
export async function passPoint(what: string): Promise<void> {
  const life = lives.getStore();
  if (life === undefined) return;
  if (!life.isDead) {
    if (life.points.length === life.diesAt) life.die();
    life.points.push(what);
  }
  if (life.isDead) await never();
}

/** The dead do nothing any more. */
async function stayDead(): Promise<void> {
  if (lives.getStore()?.isDead) await never();
}

/** A database whose users can die after any statement, a commit included: what they had not committed is rolled back. */
export function openMortalDatabase(db: Database): Database {
  return {
    ...mortal(db, ''),
    pool: db.pool,
    close: db.close,
    async transaction(work, options) {
      await stayDead();
      const life = lives.getStore();
      const inTime = life === undefined ? null : life.died.then(() => Promise.reject(new Error('It died.')));
      inTime?.catch(() => undefined);
      try {
        const result = await db.transaction(
          (tx) =>
            inTime === null
              ? work(mortal(tx, IN_TRANSACTION))
              : Promise.race([work(mortal(tx, IN_TRANSACTION)), inTime]),
          options,
        );
        await passPoint('commit');
        return result;
      } catch (error) {
        await stayDead();
        throw error;
      }
    },
  };
}

const IN_TRANSACTION = 'in a transaction: ';

function mortal(sql: Sql, where: string): Sql {
  return {
    async query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]> {
      await stayDead();
      const rows = await sql.query<Row>(text, values);
      await passPoint(where + text.trim().replace(/\s+/g, ' ').slice(0, 60));
      return rows;
    },
  };
}

function never(): Promise<never> {
  return new Promise<never>(() => undefined);
}
