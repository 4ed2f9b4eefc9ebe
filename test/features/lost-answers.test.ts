import { describe, expect, it } from 'vitest';
import { undoMeeting } from '../../src/features/one-event/undo-meeting.ts';
import { publishNow } from '../../src/features/publish/publish-now.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();
const PEOPLE = ['ana@acme.example'];

function theEvent({ crm }: TestProduct) {
  const [event, ...more] = crm.events();
  expect(more).toEqual([]);
  if (event === undefined) throw new Error('There is no event.');
  return event;
}

async function poll(product: TestProduct): Promise<void> {
  product.advance(400);
  await product.settle();
  product.advance(60);
}

/** The first write to this module arrives, and its answer does not. */
async function startWithLostAnswer(module: string, count: number): Promise<TestProduct> {
  const product = await startConnectedProduct(database);
  await product.ingest('m1', meetingBody({}, PEOPLE));
  product.crm.fault({ match: { method: 'POST', module }, kind: 'commit-then-cut', count });
  await product.serve();
  product.advance(30);
  return product;
}

describe('what a person edits while we do not know that our write arrived', () => {
  it('stays, when it is the title of an event', async () => {
    const product = await startWithLostAnswer('Events', 1);
    product.crm.edit('Events', theEvent(product).id, { Event_Title: 'Their title', Modified_By: ID.host });
    await product.settle();
    expect(theEvent(product).Event_Title).toBe('Their title');
    await poll(product);
    expect(theEvent(product).Event_Title).toBe('Their title');
    const told = await product.meeting('m1');
    expect(told.stateReason).toContain('edited in Zoho by Laura Host and keeps its title');
    await product.ingest(
      'm1',
      meetingBody({ title: 'Renamed here', startsAt: '2026-11-20T15:00:00Z', endsAt: '2026-11-20T16:00:00Z' }, PEOPLE),
    );
    await product.settle();
    expect(theEvent(product)).toMatchObject({ Event_Title: 'Their title', Start_DateTime: Date.UTC(2026, 10, 20, 15) });
  });

  it('stays, when it is the text of a note, and the summary is rewritten here', async () => {
    const product = await startWithLostAnswer('Notes', 5);
    const [note] = product.crm.notesOf(ID.acme);
    const text = `Their own words.\n${String(note?.Note_Content)}`;
    product.crm.edit('Notes', String(note?.id), { Note_Content: text, Modified_By: ID.host });
    await product.settle();
    await product.ingest('m1', meetingBody({ summary: { text: 'Rewritten' } }, PEOPLE));
    await product.settle();
    expect(product.crm.notesOf(ID.acme)).toMatchObject([{ Note_Content: text }]);
  });

  it('is told apart from a newer wish of ours that was never sent', async () => {
    const product = await startWithLostAnswer('Events', 1);
    await product.ingest('m1', meetingBody({ title: 'Renamed here' }, PEOPLE));
    await product.settle();
    expect(theEvent(product).Event_Title).toBe('Renamed here');
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
  });
});

describe('a write of ours that was lost once', () => {
  it('makes nobody’s edit ours after Zoho has confirmed a later one', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody({}, PEOPLE));
    await product.settle();
    product.advance(60);
    await product.ingest('m1', meetingBody({ title: 'Lost once' }, PEOPLE));
    product.crm.fault({ match: { method: 'PUT', path: '/crm/' }, kind: 'commit-then-cut', count: 1 });
    await product.settle();
    await poll(product);
    await product.ingest('m1', meetingBody({ title: 'Said later' }, PEOPLE));
    await product.settle();
    product.advance(5 * 86_400);
    await poll(product);
    product.crm.edit('Events', theEvent(product).id, { Event_Title: 'Lost once', Modified_By: ID.host });
    await poll(product);
    await poll(product);
    expect(theEvent(product).Event_Title).toBe('Lost once');
  });
});

/** Undone here while deletions do not come through, or do and go unanswered; then published again. */
async function undoAndPublishAgain(isArriving: boolean): Promise<TestProduct> {
  const product = await startConnectedProduct(database);
  await product.ingest('m1', meetingBody({}, PEOPLE));
  await product.settle();
  await poll(product);
  product.intercept(async (call, send) => {
    if (call.method !== 'DELETE' || !call.url.pathname.includes('/Events')) return send();
    if (isArriving) await send();
    throw new TypeError('fetch failed');
  });
  await undoMeeting({ ctx: product.ctx, input: { externalId: 'm1' } });
  await product.serve();
  product.intercept(null);
  expect(product.crm.events()).toHaveLength(isArriving ? 0 : 1);
  await publishNow({ ctx: product.ctx, input: { externalId: 'm1', isAnyway: false } });
  await product.settle();
  await poll(product);
  return product;
}

describe('a deletion of ours that was lost once', () => {
  it('does not excuse a person’s deletion of the same event', async () => {
    const product = await undoAndPublishAgain(false);
    deleteAsPerson(product, theEvent(product).id);
    await poll(product);
    expect(await product.meeting('m1')).toMatchObject({
      stateReason: expect.stringContaining('The event was deleted in Zoho by Laura Host'),
    });
    await product.ingest('m1', meetingBody({ title: 'Renamed' }, PEOPLE));
    const calls = await product.crm.calls(() => product.settle(6 * 3600));
    expect(calls.filter((call) => call.method === 'PUT')).toEqual([]);
    expect(product.crm.events()).toEqual([]);
  });

  it('lets the event be written again, where it had arrived after all', async () => {
    const product = await undoAndPublishAgain(true);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    expect(theEvent(product).Event_Title).toBe('Quarterly review');
    expect(product.crm.notesOf(theEvent(product).id)).toHaveLength(1);
  });
});

function deleteAsPerson({ crm }: TestProduct, id: string): void {
  const org = crm.org();
  org.module('Events')?.records.remove(id);
  const row = { id, module: 'Events', display_name: '', type: 'recycle', deleted_by: ID.host, created_by: ID.admin };
  org.deleted.put({ ...row, deleted_time: crm.world.clock.now(), held: '{}' });
}
