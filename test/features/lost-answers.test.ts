import { describe, expect, it } from 'vitest';
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
