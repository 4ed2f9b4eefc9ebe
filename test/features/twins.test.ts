import { describe, expect, it } from 'vitest';
import { listTwins } from '../../src/db/queries/candidates.ts';
import { resolveTwin } from '../../src/features/one-event/resolve-twin.ts';
import { calendarParts, openCalendar } from '../harness/calendar.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

/** A published meeting with an event of ours, before the calendar's comes. */
async function startPublished() {
  const product = await startConnectedProduct(database);
  await product.ingest('m1', meetingBody());
  await product.serve();
  const [own] = product.crm.events();
  if (own === undefined) throw new Error('There is no event.');
  product.advance(60);
  return { product, calendar: openCalendar(product), own: own.id };
}

async function poll(product: TestProduct): Promise<void> {
  product.advance(301);
  await product.serve();
}

async function openTwins(product: TestProduct): Promise<{ eventId: string; isCopy: boolean }[]> {
  const { id } = await product.meeting('m1');
  const twins = await listTwins(product.db, product.organizationId, [id]);
  return twins.map(({ eventId, isCopy }) => ({ eventId, isCopy }));
}

const take = (product: TestProduct, eventId: string, choice: 'take' | 'dismiss' = 'take') =>
  resolveTwin({ ctx: product.ctx, input: { externalId: 'm1', eventId, choice } });

describe('an event of the calendar that comes after ours', () => {
  it('is a question, and moves everything to the calendar’s when a person says so', async () => {
    const { product, calendar, own } = await startPublished();
    const [id = ''] = await calendar.put();
    const before = calendarParts(calendar.event(id));
    await poll(product);
    expect(await openTwins(product)).toEqual([{ eventId: id, isCopy: false }]);
    expect(product.crm.events()).toHaveLength(2);
    await take(product, id);
    await product.settle();
    const meeting = await product.meeting('m1');
    expect(meeting).toMatchObject({ state: 'published', stateReason: 'Published and verified.' });
    expect(meeting.inZoho.eventId).toBe(id);
    expect(product.crm.events().map((event) => event.id)).toEqual([id]);
    expect(product.crm.events().some((event) => event.id === own)).toBe(false);
    expect(calendarParts(calendar.event(id))).toEqual(before);
    expect(calendar.event(id)).toMatchObject({ Salescaling_Meeting_ID: meeting.id, What_Id: ID.renewal });
    expect(product.crm.notesOf(id)).toHaveLength(1);
    expect(product.crm.notesOf(ID.renewal)[0]?.Note_Content).toContain(`/tab/Events/${id}`);
    expect(product.crm.notes()).toHaveLength(3);
    expect(await openTwins(product)).toEqual([]);
    expect(product.crm.mails()).toEqual([]);
  });

  it('never loses our own before the new notes stand, whatever dies on the way', async () => {
    const { product, calendar, own } = await startPublished();
    const [id = ''] = await calendar.put();
    await poll(product);
    await take(product, id);
    for (let nth = 0; nth < 8; nth++) {
      let sent = 0;
      let die: () => void = () => undefined;
      const dead = new Promise<'dead'>((resolve) => {
        die = () => resolve('dead');
      });
      product.intercept(async ({ method, url }, send) => {
        const isWrite = method !== 'GET' && /\/(Events|Notes)$/.test(url.pathname);
        const response = await send();
        if (!isWrite || ++sent <= 1) return response;
        die();
        return new Promise<Response>(() => undefined);
      });
      const turn = await Promise.race([product.serve().then(() => 'done' as const), dead]);
      const ids = product.crm.events().map((event) => event.id);
      const isMoved = product.crm.notesOf(id).length === 1;
      expect(ids).toContain(id);
      expect(ids.includes(own) || isMoved).toBe(true);
      if (turn === 'done') break;
      await product.restart();
      product.advance(61);
    }
    product.intercept(null);
    await product.settle();
    expect(product.crm.events().map((event) => event.id)).toEqual([id]);
    expect(product.crm.notes()).toHaveLength(3);
    expect((await product.meeting('m1')).state).toBe('published');
  });

  it('comes in copies of colleagues too: the organizer’s is meant, the others are listed', async () => {
    const { product, calendar } = await startPublished();
    await product.ingest('m1', {
      ...meetingBody(),
      participants: [
        { name: 'Laura Host', email: 'host@us.example', role: 'organizer' },
        { name: 'Olga Admin', email: 'olga@us.example' },
        { name: 'Ana', email: 'ana@acme.example' },
      ],
    });
    await product.serve();
    const [mine = '', copy = ''] = await calendar.put({ copiesFor: ['olga@us.example'] });
    await poll(product);
    expect(await openTwins(product)).toEqual([
      { eventId: mine, isCopy: false },
      { eventId: copy, isCopy: true },
    ]);
    await take(product, mine);
    await product.settle();
    expect(
      product.crm
        .events()
        .map((event) => event.id)
        .sort(),
    ).toEqual([mine, copy].sort());
    expect(await openTwins(product)).toEqual([]);
  });

  it('is not asked about again once it was dismissed, even when it changes', async () => {
    const { product, calendar, own } = await startPublished();
    const [id = ''] = await calendar.put();
    await poll(product);
    await take(product, id, 'dismiss');
    product.advance(60);
    product.crm.edit('Events', id, { Event_Title: 'Renamed' });
    await poll(product);
    expect(await openTwins(product)).toEqual([]);
    expect((await product.meeting('m1')).inZoho.eventId).toBe(own);
  });

  it('is no question any more when it is moved away or deleted', async () => {
    const { product, calendar } = await startPublished();
    const [moved = ''] = await calendar.put();
    const [deleted = ''] = await calendar.put({ title: 'Another one' });
    await poll(product);
    expect(await openTwins(product)).toHaveLength(2);
    product.advance(60);
    await calendar.move(moved, '2026-11-25T13:00:00Z', '2026-11-25T13:45:00Z');
    await calendar.remove(deleted);
    await poll(product);
    expect(await openTwins(product)).toEqual([]);
  });

  it('is none when it has another time or belongs to somebody else', async () => {
    const { product, calendar } = await startPublished();
    await calendar.put({ startsAt: '2026-11-20T15:00:00Z', endsAt: '2026-11-20T16:00:00Z' });
    await calendar.put({ host: 'olga@us.example' });
    await calendar.put({ endsAt: '2026-11-20T18:00:00Z' });
    await poll(product);
    expect(await openTwins(product)).toEqual([]);
  });
});

describe('a question about the calendar’s events', () => {
  it('is asked anew when one of them goes', async () => {
    const product = await startConnectedProduct(database);
    const calendar = openCalendar(product);
    const [first = ''] = await calendar.put();
    const [second = ''] = await calendar.put({ title: 'Another one' });
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect((await product.meeting('m1')).state).toBe('held');
    product.advance(60);
    await calendar.remove(second);
    await poll(product);
    // The one that is left is beyond doubt: same title, same people, same time, the organizer's.
    expect((await product.meeting('m1')).inZoho.eventId).toBe(first);
  });
});
