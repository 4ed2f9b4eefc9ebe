import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTogether } from '../../src/zoho/composite-reads.ts';
import { deletedSubRead, listDeleted, readDeletedAnswer } from '../../src/zoho/deleted-records.ts';
import { disableChannels, enableChannel, listChannels, renewChannel } from '../../src/zoho/watch.ts';
import { openSimulatedOrg, type SimulatedOrg } from './open-simulated-org.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let org: SimulatedOrg;

beforeAll(async () => {
  org = await openSimulatedOrg([
    'ZohoCRM.modules.ALL',
    'ZohoCRM.coql.READ',
    'ZohoCRM.notifications.ALL',
    'ZohoCRM.composite_requests.CUSTOM',
  ]);
});
afterAll(() => org.stop());

const channel = (days: number, more: Partial<Parameters<typeof enableChannel>[1]> = {}) => ({
  channelId: '1000000068001',
  events: ['Contacts.all'],
  notifyUrl: 'http://127.0.0.1:9/hook',
  token: 'x'.repeat(43),
  expiresAt: Date.now() + days * DAY_MS,
  ...more,
});

describe('a notification channel', () => {
  it('tells the life that was granted: what is more than seven days becomes an hour', async () => {
    const near = async (days: number) => {
      const granted = await enableChannel(org.transport, channel(days));
      if (granted.kind === 'failed') throw new Error(granted.message);
      return (granted.expiresAt - Date.now()) / HOUR_MS;
    };
    expect(await near(6)).toBeCloseTo(6 * 24, 1);
    expect(await near(8)).toBeCloseTo(1, 1);
  });

  it('is listed, renewed without its secrets, and closed', async () => {
    await enableChannel(org.transport, channel(1));
    const listed = async () => {
      const read = await listChannels(org.transport);
      if (read.kind === 'failed') throw new Error(read.message);
      return [...read.channels].map(([id, at]) => [id, Math.round((at - Date.now()) / DAY_MS)]);
    };
    expect(await listed()).toEqual([['1000000068001', 1]]);
    await renewChannel(org.transport, channel(5));
    expect(await listed()).toEqual([['1000000068001', 5]]);
    expect(await disableChannels(org.transport, ['1000000068001'])).toEqual({ kind: 'done' });
    expect(await listed()).toEqual([]);
    // What is closed already is closed.
    expect(await disableChannels(org.transport, ['1000000068001'])).toEqual({ kind: 'done' });
  });

  it('that Zoho has forgotten cannot be renewed, and what Zoho refuses has its code', async () => {
    expect(await renewChannel(org.transport, channel(1, { channelId: '77' }))).toMatchObject({
      kind: 'failed',
      class: 'permanent',
      code: 'NOT_SUBSCRIBED',
    });
    const long = channel(1, { token: 'x'.repeat(51) });
    expect(await enableChannel(org.transport, long)).toMatchObject({ kind: 'failed', code: 'INVALID_DATA' });
  });
});

describe('deleted records', () => {
  const create = async (count: number): Promise<string[]> => {
    const ids: string[] = [];
    for (let at = 0; at < count; at += 100) {
      const data = Array.from({ length: Math.min(100, count - at) }, (_, index) => ({ Last_Name: `P${at + index}` }));
      const answer = await org.transport.call({
        method: 'POST',
        path: '/Leads',
        body: { data: data.map((row) => ({ ...row, Company: 'C' })) },
      });
      if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
      const body = answer.body as { data: { details: { id: string } }[] };
      ids.push(...body.data.map((row) => row.details.id));
    }
    return ids;
  };
  const remove = async (ids: string[]) => {
    for (let at = 0; at < ids.length; at += 100) {
      const query = { ids: ids.slice(at, at + 100).join(',') };
      await org.transport.call({ method: 'DELETE', path: '/Leads', query });
    }
  };

  it('are listed page by page with who deleted them; nothing is an empty page, not a failure', async () => {
    expect(await listDeleted(org.transport, 'Leads', { since: null })).toEqual({ kind: 'page', rows: [], next: null });
    const ids = await create(205);
    await remove(ids);
    const first = await listDeleted(org.transport, 'Leads', { since: '2026-01-01T00:00:00+00:00' });
    if (first.kind === 'failed' || first.next === null) throw new Error('One page.');
    const second = await listDeleted(org.transport, 'Leads', { since: null, page: first.next });
    if (second.kind === 'failed') throw new Error(second.message);
    expect(first.rows).toHaveLength(200);
    expect(second).toMatchObject({ next: null });
    expect(new Set([...first.rows, ...second.rows].map((row) => row.id))).toEqual(new Set(ids));
    expect(first.rows[0]).toEqual({
      id: expect.any(String),
      name: expect.any(String),
      deletedAt: expect.any(Number),
      deletedBy: expect.any(String),
      isPermanent: false,
    });
    const later = new Date(Date.now() + HOUR_MS).toISOString().replace(/\.\d+Z/, '+00:00');
    expect(await listDeleted(org.transport, 'Leads', { since: later })).toMatchObject({ rows: [] });
  });

  it('come with others in one call for one credit; a part that fails is a failure of its own', async () => {
    const before = org.reports.length;
    const read = await readTogether(org.transport, [
      deletedSubRead('Leads', null),
      deletedSubRead('Nonsense', null),
      { coql: { select: ['id'], from: 'Accounts', where: { field: 'id', op: 'is not null' }, limit: 25 } },
    ]);
    if (read.kind === 'failed') throw new Error(read.message);
    const [leads, nonsense, accounts] = read.answers;
    expect(leads && readDeletedAnswer(leads)).toMatchObject({ kind: 'page', next: expect.any(String) });
    expect(nonsense).toMatchObject({ kind: 'failed', class: 'permanent', code: 'INVALID_MODULE' });
    expect(accounts).toEqual({ kind: 'empty' });
    expect(org.reports.slice(before).map(({ credits, kind }) => [credits, kind])).toEqual([[1, 'read']]);
  });
});
