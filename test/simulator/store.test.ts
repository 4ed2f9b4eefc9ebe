import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareIds } from '../../simulator/json.ts';
import { openStore } from '../../simulator/store/store.ts';
import type { Row } from '../../simulator/store/table.ts';

type Step = { kind: 'put' | 'remove'; id: number; group: string | null; at: number };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('put', 'put', 'put', 'remove'),
  id: fc.integer({ min: 1, max: 12 }),
  group: fc.constantFrom('a', 'B', 'b', null),
  at: fc.integer({ min: 0, max: 4 }),
});

const byTime = (rows: Row[]) =>
  [...rows].sort((a, b) => Number(a.Modified_Time) - Number(b.Modified_Time) || compareIds(a.id, b.id));
const byId = (rows: Row[]) => [...rows].sort((a, b) => compareIds(a.id, b.id));

describe('table', () => {
  test('indexes and orders agree with a plain map, whenever they are first asked for', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 0, max: 60 }), (steps, askedAt) => {
        const table = openStore().table('t');
        const model = new Map<string, Row>();
        const agree = () => {
          const rows = [...model.values()];
          expect([...table.byId()]).toEqual(byId(rows));
          expect([...table.byIdDescending()]).toEqual(byId(rows).reverse());
          expect([...table.byId('5')]).toEqual(byId(rows).filter((row) => compareIds(row.id, '5') > 0));
          expect([...table.byModified()]).toEqual(byTime(rows));
          expect([...table.byTime('Modified_Time', true)]).toEqual(byTime(rows).reverse());
          expect([...table.byModified(2)]).toEqual(byTime(rows).filter((row) => Number(row.Modified_Time) >= 2));
          for (const key of ['a', 'B', 'b']) {
            expect(byId(table.find('group', key))).toEqual(byId(rows.filter((row) => row.group === key)));
          }
          const folded = rows.filter((row) => String(row.group).toLowerCase() === 'b');
          expect(byId(table.find('lower:group', 'b'))).toEqual(byId(folded));
        };
        steps.forEach((one, index) => {
          if (index === askedAt) agree();
          const id = String(one.id);
          if (one.kind === 'put') {
            const row = { id, group: one.group, Modified_Time: one.at };
            table.put(row);
            model.set(id, row);
          } else {
            table.remove(id);
            model.delete(id);
          }
        });
        agree();
      }),
      { numRuns: 300 },
    );
  });

  test('an attempt that is undone leaves everything as it was, nested ones too', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.array(step, { maxLength: 20 }), (before, attempted) => {
        const store = openStore();
        const table = store.table('t');
        const apply = (one: Step) => {
          if (one.kind === 'put') table.put({ id: String(one.id), group: one.group, Modified_Time: one.at });
          else table.remove(String(one.id));
        };
        before.forEach(apply);
        const kept = byId([...table.rows()]);
        store.attempt(() => {
          attempted.forEach(apply);
          store.attempt(() => {
            attempted.forEach(apply);
            return { result: null, undo: false };
          });
          return { result: null, undo: true };
        });
        expect([...table.byId()]).toEqual(kept);
        expect([...table.byModified()]).toEqual(byTime(kept));
        for (const key of ['a', 'B', 'b']) {
          expect(byId(table.find('group', key))).toEqual(kept.filter((row) => row.group === key));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('restoring a snapshot forgets what came later', () => {
    const store = openStore();
    const table = store.table('t');
    table.put({ id: '1', group: 'a' });
    expect(table.find('group', 'a')).toHaveLength(1);
    const id = store.snapshot();
    table.put({ id: '1', group: 'b' });
    table.put({ id: '2', group: 'a' });
    store.table('later').put({ id: '9' });
    expect(store.restore(id)).toBe(true);
    expect(table.find('group', 'a')).toEqual([{ id: '1', group: 'a' }]);
    expect(store.table('later').size).toBe(0);
    table.put({ id: '3', group: 'a' });
    expect(store.restore(id)).toBe(true);
    expect(table.size).toBe(1);
    expect(store.restore('unknown')).toBe(false);
  });
});
