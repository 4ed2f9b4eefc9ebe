import { describe, expect, it } from 'vitest';
import type { ThrottleState } from '../../src/jobs/next-rest.ts';
import { findForgottenConnections } from '../../src/jobs/wake-what-is-due.ts';
import { createTestDatabase } from '../harness/database.ts';
import { type Intercept, meetingBody, startConnectedProduct, type TestProduct, writesOf } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

const throttleOf = async ({ db, organizationId }: TestProduct): Promise<ThrottleState | null> =>
  (
    await db.query<{ throttle: ThrottleState | null }>('select throttle from connections where organization_id = $1', [
      organizationId,
    ])
  )[0]?.throttle ?? null;

/** Past meetings, an hour apart. */
async function ingestHistory(product: TestProduct, count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    const startsAt = new Date(Date.UTC(2026, 0, 5) + at * 3_600_000);
    const endsAt = new Date(startsAt.getTime() + 1_800_000);
    const body = meetingBody({ title: `Old ${at}`, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() });
    await product.ingest(`old-${at}`, body, true);
  }
}

describe('a throttled connection', () => {
  it('rests longer each time, also after a restart, and forgets it after a success', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    const waits: number[] = [];
    for (let time = 0; time < 4; time++) {
      product.crm.heal();
      product.crm.fault({ match: { method: 'POST', module: 'Events' }, kind: '429-concurrency', count: 1 });
      await product.serve();
      const [wait] = product.wakesIn();
      waits.push(wait ?? 0);
      await product.restart();
      product.advance(Math.ceil(wait ?? 0));
    }
    expect(waits.map((wait) => Math.ceil(Math.log2(wait)) + 0)).toEqual([0, 1, 2, 3]);
    expect(await throttleOf(product)).toMatchObject({ kind: 'concurrency', failures: 4, share: 1 / 16 });
    product.crm.heal();
    await product.settle();
    expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
    expect((await throttleOf(product))?.failures ?? 0).toBe(0);
    expect(product.crm.events()).toHaveLength(1);
  });

  it('owes what a pause in the middle has left unsent', async () => {
    const product = await startConnectedProduct(database);
    const bring = async (title: string, people: string[]) => {
      for (let at = 0; at < 9; at++) {
        const startsAt = `2026-11-${10 + at}T10:00:00Z`;
        const times = { startsAt, endsAt: startsAt.replace('T10', 'T11') };
        await product.ingest(`m${at}`, meetingBody({ title: `${title} ${at}`, ...times }, people));
      }
    };
    await bring('Before', ['cleo@initech.example']);
    await product.settle();
    await bring('After', ['ana@acme.example']);
    // One of two calls with new notes meets the limit: no note is deleted any more, also not of meetings in the other call.
    product.crm.fault({ match: { method: 'POST', module: 'Notes' }, kind: '429-concurrency', count: 1 });
    await product.settle();
    for (let at = 0; at < 9; at++) {
      const { id, inZoho } = await product.meeting(`m${at}`);
      const there = product.crm.notes().filter(({ Note_Content }) => String(Note_Content).includes(id));
      expect(there.map((note) => note.id).sort()).toEqual(inZoho.notes.map(({ crmId }) => crmId).sort());
      expect(there.map(({ Parent_Id }) => Parent_Id)).not.toContain(ID.initech);
      for (const { Note_Title } of there) expect(Note_Title).toContain(`After ${at}`);
    }
  });

  it('takes words that do not tell which limit for too many calls first, and for a day after minutes of them', async () => {
    const product = await startConnectedProduct(database);
    product.crm.set({ distinct429: false });
    await product.ingest('m1', meetingBody());
    product.crm.fault({ match: { method: 'POST', module: 'Events' }, kind: '429-day' });
    await product.serve();
    expect(product.wakesIn()[0]).toBeLessThanOrEqual(60);
    for (let time = 0; time < 30 && (await throttleOf(product))?.kind !== 'day'; time++) {
      product.advance(product.wakesIn()[0] ?? 0);
      await product.serve();
    }
    expect(await throttleOf(product)).toMatchObject({ kind: 'day' });
    expect(product.wakesIn()[0]).toBeGreaterThanOrEqual(15 * 60);
  });
});

describe('past meetings', () => {
  it('fill their calls: one credit for ten events and one for ten notes', async () => {
    const product = await startConnectedProduct(database);
    await ingestHistory(product, 60);
    const writes = writesOf(await product.crm.calls(() => product.settle()));
    const notes = product.crm.notes().length;
    expect(product.crm.events()).toHaveLength(60);
    expect(writes.filter(({ path }) => path.endsWith('/Events'))).toHaveLength(6);
    expect(writes.filter(({ path }) => path.endsWith('/Notes'))).toHaveLength(Math.ceil(notes / 10));
  });

  it('do not let a live meeting wait for their end', async () => {
    const product = await startConnectedProduct(database);
    await ingestHistory(product, 30);
    const gate = holdHistory();
    product.intercept(gate.intercept);
    const serving = product.serve();
    await gate.reached;
    await product.ingest('new', meetingBody({ title: 'New' }));
    await expect.poll(async () => (await product.meeting('new')).state, { timeout: 15_000 }).toBe('published');
    expect((await product.meeting('old-0')).state).toBe('waiting');
    gate.open();
    await serving;
    await product.settle();
    expect(product.crm.events()).toHaveLength(31);
    expect(new Set(product.crm.events().map((event) => event.Event_Title)).size).toBe(31);
  });
});

/** Stops the writes of past meetings at the door until it is opened. */
function holdHistory(): { intercept: Intercept; reached: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    reached,
    open,
    async intercept({ method, body }, send) {
      if (method === 'POST' && body.includes('"Old ')) {
        reach();
        await opened;
      }
      return send();
    },
  };
}

it('a connection that may not read contact roles is not woken for them', async () => {
  const product = await startConnectedProduct(database);
  const { db, organizationId } = product;
  const find = async () =>
    (await findForgottenConnections(db, { at: product.ctx.now(), provider: 'sandbox', keepsChannels: false })).includes(
      organizationId,
    );
  await db.query('update crm_deals set roles_loaded_at = null where organization_id = $1', [organizationId]);
  await db.query('delete from graphile_worker._private_jobs');
  expect(await find()).toBe(true);
  await db.query('update connections set rights = $2 where organization_id = $1', [
    organizationId,
    JSON.stringify({ lines: [{ key: 'contact_roles', result: 'missing_scope' }] }),
  ]);
  expect(await find()).toBe(false);
});
