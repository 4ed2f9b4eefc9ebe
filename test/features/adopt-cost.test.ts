import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '../../simulator/world/ledger.ts';
import { openCalendar } from '../harness/calendar.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, writesOf } from '../harness/product.ts';

const database = await createTestDatabase();
const start = () => startConnectedProduct(database);

/** Reads that looked for the calendar's events: queries over Events. */
const lookUps = (rows: LedgerRow[]) => rows.filter((row) => row.path.endsWith('/coql'));
const sum = (rows: LedgerRow[]) => rows.reduce((total, row) => total + row.credits, 0);

describe('what looking for the calendar’s events costs', () => {
  it('one credit for a live meeting without any, and its two writes', async () => {
    const product = await start();
    await product.ingest('m1', meetingBody());
    const calls = await product.crm.calls(() => product.serve());
    expect(sum(lookUps(calls))).toBe(1);
    expect(writesOf(calls)).toHaveLength(2);
    expect(sum(writesOf(calls))).toBe(2);
  });

  it('one credit for ten meetings of history', async () => {
    const product = await start();
    for (let at = 0; at < 10; at++) {
      const day = String(at + 1).padStart(2, '0');
      const times = { startsAt: `2026-10-${day}T13:00:00Z`, endsAt: `2026-10-${day}T13:45:00Z` };
      await product.ingest(`h${at}`, meetingBody(times), true);
    }
    const calls = await product.crm.calls(() => product.serve());
    expect(sum(lookUps(calls))).toBe(1);
    expect(product.crm.events()).toHaveLength(10);
  });

  const at = (day: number, hour: number, minute = 0) => {
    const text = (more: number) => new Date(Date.UTC(2026, 9, day, hour, minute + more)).toISOString();
    return { startsAt: text(0), endsAt: text(45) };
  };
  const readsOf = (ids: string[], rows: LedgerRow[]) =>
    rows.filter(({ method, path }) => method === 'GET' && ids.some((id) => path.endsWith(`/Events/${id}`)));
  /** Two that owner and start leave over, and three that they do not. */
  const crowd = async (calendar: ReturnType<typeof openCalendar>, day: number) => [
    ...(await calendar.put({ ...at(day, 13, 5), title: 'Something else' })),
    ...(await calendar.put({ ...at(day, 12, 50), title: 'And something else' })),
    ...(await calendar.put({ ...at(day, 13), title: 'Of somebody else', host: 'olga@us.example' })),
    ...(await calendar.put({ ...at(day, 16), title: 'Later' })),
    ...(await calendar.put({ ...at(day, 9), title: 'Earlier' })),
  ];

  it('at most one credit for each live meeting, and one GET for each event that owner and start leave over', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    for (const day of [5, 6, 7]) {
      const ids = await crowd(calendar, day);
      product.advance(60);
      await product.serve();
      await product.ingest(`m${day}`, meetingBody({ title: `Call ${day}`, ...at(day, 13) }));
      const calls = await product.crm.calls(() => product.serve());
      expect(sum(lookUps(calls))).toBeLessThanOrEqual(1);
      expect(sum(readsOf(ids, calls))).toBe(2);
    }
  });

  it('at most a tenth of a credit for each meeting of history, and the same GETs', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const days = Array.from({ length: 30 }, (_, index) => index + 1);
    const crowded = [3, 9, 20];
    const ids = [];
    for (const day of crowded) ids.push(...(await crowd(calendar, day)));
    product.advance(60);
    await product.serve();
    for (const day of days)
      await product.ingest(`h${day}`, meetingBody({ title: `Call ${day}`, ...at(day, 13) }), true);
    const calls = await product.crm.calls(() => product.serve());
    expect(sum(lookUps(calls))).toBeLessThanOrEqual(0.1 * days.length);
    expect(sum(readsOf(ids, calls))).toBe(2 * crowded.length);
  });
});
