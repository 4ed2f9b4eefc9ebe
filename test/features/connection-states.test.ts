import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { moveConnection } from '../../src/db/queries/connection-state.ts';
import {
  CONNECTION_TRANSITIONS,
  type ConnectionEvent,
  type ConnectionState,
  nextConnectionState,
} from '../../src/domain/connection-states.ts';
import { createTestDatabase } from '../harness/database.ts';
import { startTestProduct, type TestProduct } from '../harness/product.ts';

const database = await createTestDatabase();

const STATES: ConnectionState[] = ['none', 'connected', 'needs_reauth', 'disconnected'];
const EVENTS: ConnectionEvent[] = ['granted', 'replaced', 'access_lost', 'access_found', 'disconnect'];

/** Written down here a second time, by hand: state, event, what comes of it (`-`: refused). */
const EXPECTED: Record<ConnectionState, Record<ConnectionEvent, string>> = {
  none: { granted: 'connected', replaced: '-', access_lost: '-', access_found: '-', disconnect: '-' },
  connected: {
    granted: 'connected',
    replaced: 'connected',
    access_lost: 'needs_reauth',
    access_found: '-',
    disconnect: 'disconnected',
  },
  needs_reauth: {
    granted: 'connected',
    replaced: 'connected',
    access_lost: '-',
    access_found: 'connected',
    disconnect: 'disconnected',
  },
  disconnected: {
    granted: 'connected',
    replaced: 'connected',
    access_lost: '-',
    access_found: '-',
    disconnect: 'disconnected',
  },
};

const cases = STATES.flatMap((from) => EVENTS.map((event) => ({ from, event, to: EXPECTED[from][event] })));

const stateOf = async ({ db, organizationId }: TestProduct) =>
  (await db.query<{ state: string }>('select state from connections where organization_id = $1', [organizationId]))[0]
    ?.state ?? 'none';

describe('the table of transitions', () => {
  it.each(cases)('$from, $event: $to', ({ from, event, to }) => {
    expect(nextConnectionState(from, event) ?? '-').toBe(to);
  });

  it('has one row an event', () => {
    expect(CONNECTION_TRANSITIONS.map((row) => row.event).sort()).toEqual([...EVENTS].sort());
  });
});

describe('the stored state', () => {
  it('follows the table row by row, and what is refused changes nothing', async () => {
    const product = await startTestProduct(database);
    const { db, organizationId } = product;
    const at = new Date('2026-11-20T15:00:00Z');
    await product.connect();
    for (const { from, event, to } of cases) {
      if (from === 'none') continue;
      await db.query(`update connections set state = $2, problem = 'before' where organization_id = $1`, [
        organizationId,
        from,
      ]);
      const move = await moveConnection(db, organizationId, { event, problem: 'after', at });
      const [row] = await db.query('select state, problem from connections where organization_id = $1', [
        organizationId,
      ]);
      if (to === '-') expect([move, row]).toEqual([{ kind: 'refused' }, { state: from, problem: 'before' }]);
      else
        expect([move, row]).toEqual([
          { kind: 'moved', from, to },
          { state: to, problem: 'after' },
        ]);
    }
  });

  it('is moved by one of several callers only', async () => {
    const product = await startTestProduct(database);
    await product.connect();
    const move = { event: 'access_lost' as const, problem: 'gone', at: product.ctx.now() };
    const moves = await Promise.all(
      Array.from({ length: 5 }, () => moveConnection(product.db, product.organizationId, move)),
    );
    expect(moves.filter(({ kind }) => kind === 'moved')).toHaveLength(1);
  });

  it('cannot begin by anything but a consent', async () => {
    const product = await startTestProduct(database);
    for (const event of EVENTS) {
      const move = { event, problem: null, at: product.ctx.now() };
      expect(await moveConnection(product.db, product.organizationId, move)).toEqual({ kind: 'refused' });
    }
    expect(await stateOf(product)).toBe('none');
  });

  it('is written by one statement of the whole product', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const writers = files.filter((name) =>
      /update connections\b[^`]*?\bset\b[^`]*?(?<![\w."'])state = /s.test(readFileSync(join('src', name), 'utf8')),
    );
    expect(writers).toEqual(['db/queries/connection-state.ts']);
  });
});
