import { describe, expect, it } from 'vitest';
import { prepareUndo } from '../../src/features/history/create-backfill.ts';
import { previewBackfillUndo } from '../../src/features/history/read-backfills.ts';
import { publishNow } from '../../src/features/publish/publish-now.ts';
import { openCalendar } from '../harness/calendar.ts';
import { createTestDatabase } from '../harness/database.ts';
import { openHistory, pastBody } from '../harness/history.ts';
import { DELETION_MAILS, MAILS, tables } from '../harness/org-tables.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';

const database = await createTestDatabase();

async function start() {
  const product = await startConnectedProduct(database);
  return { product, history: openHistory(product) };
}

const eventOf = ({ crm }: TestProduct, title: string) => {
  const found = crm.events().find((event) => event.Event_Title === title);
  if (found === undefined) throw new Error(`There is no event “${title}”.`);
  return String(found.id);
};

const credits = (calls: { credits: number }[]) => calls.reduce((sum, call) => sum + call.credits, 0);

describe('the undo of a backfill', () => {
  it('leaves Zoho as it was before, and mails nobody', async () => {
    const { product, history } = await start();
    await openCalendar(product).put({
      title: 'Past 0',
      startsAt: '2026-03-01T09:00:00Z',
      endsAt: '2026-03-01T09:30:00Z',
    });
    product.advance(60);
    await product.settle();
    product.crm.set(MAILS);
    const before = tables(product);
    const id = await history.openWith(20);
    await history.start(id);
    await product.settle();
    expect(product.crm.events()).toHaveLength(12);
    expect(tables(product)).not.toEqual(before);

    const preview = await previewBackfillUndo({ ctx: product.ctx, input: { id } });
    expect(preview).toMatchObject({ meetings: 12, eventsDeleted: 11, eventsReleased: 1, eventsLeft: 0, notesLeft: 0 });
    expect(preview.notesDeleted).toBe(product.crm.notes().length);
    product.crm.set(DELETION_MAILS);
    await history.steer(id, 'undo');
    const calls = await product.crm.calls(() => product.settle());
    expect(tables(product)).toEqual(before);
    expect(credits(calls)).toBe(preview.credits.total);
    expect(product.crm.mails()).toEqual([]);
    const { row, progress } = await history.read(id);
    expect(row.state).toBe('undone');
    expect(progress).toMatchObject({ undone: 12, left: 0, eventsWritten: 0, notesWritten: 0 });
    expect(await product.meeting('p0')).toMatchObject({
      state: 'notPublished',
      stateReason: expect.stringContaining('Olga Admin took this meeting out of Zoho'),
    });

    await publishNow({ ctx: product.ctx, input: { externalId: 'p1', isAnyway: false } });
    await product.settle();
    expect(await product.meeting('p1')).toMatchObject({ state: 'published' });
  });

  it('stops at what people edited since, told before and after', async () => {
    const { product, history } = await start();
    const id = await history.openWith(10);
    await history.start(id);
    await product.settle();
    product.advance(120);
    product.crm.edit('Events', eventOf(product, 'Past 0'), { Event_Title: 'Mine now' });
    product.advance(600);
    await product.settle();
    const preview = await previewBackfillUndo({ ctx: product.ctx, input: { id } });
    expect(preview).toMatchObject({ meetings: 6, eventsDeleted: 5, eventsLeft: 1 });
    expect(preview.left).toEqual([{ externalId: 'p0', title: 'Past 0', detail: expect.stringContaining('title') }]);
    // One more is edited after the preview: it is looked at before it goes.
    const [note] = product.crm.notesOf(eventOf(product, 'Past 1'));
    product.crm.edit('Notes', String(note?.id), { Note_Content: 'Call them on Monday.' });
    await history.steer(id, 'undo');
    await product.settle();
    expect(
      product.crm
        .events()
        .map((event) => event.Event_Title)
        .sort(),
    ).toEqual(['Mine now', 'Past 1']);
    expect(product.crm.notes().map((one) => one.Note_Content)).toEqual(['Call them on Monday.']);
    expect(await product.meeting('p0')).toMatchObject({ stateReason: expect.stringContaining('Left in Zoho') });
    expect((await history.read(id)).row.state).toBe('undone');
  });

  it('takes back what is published while it is under way, and cancels the rest', async () => {
    const { product, history } = await start();
    const before = tables(product);
    const id = await history.openWith(10);
    await history.start(id);
    let request = 0;
    product.intercept(async (_call, send) => {
      const answer = await send();
      if (request++ === 1) await history.steer(id, 'undo');
      return answer;
    });
    await product.settle();
    product.intercept(null);
    await product.settle();
    product.advance(120);
    await product.settle();
    expect((await history.read(id)).row.state).toBe('undone');
    expect(tables(product)).toEqual(before);
  });

  it.each([0, 1, 2, 3, 4])('goes on after a pause, and after its process was killed at its request %i', async (at) => {
    const { product, history } = await start();
    const before = tables(product);
    const id = await history.openWith(10);
    await history.start(id);
    await product.settle();
    await history.steer(id, 'undo');
    await history.steer(id, 'pause');
    expect(await product.crm.calls(() => product.settle())).toEqual([]);
    expect(product.crm.events()).toHaveLength(6);
    await history.steer(id, 'resume');
    let request = 0;
    let kill: () => void = () => undefined;
    const killed = new Promise<void>((resolve) => {
      kill = resolve;
    });
    product.intercept(async (_call, send) => {
      const answer = await send();
      if (request++ !== at) return answer;
      kill();
      return new Promise<never>(() => undefined);
    });
    await Promise.race([product.serve(), killed]);
    await product.restart();
    await product.settle();
    expect(tables(product)).toEqual(before);
    expect((await history.read(id)).row.state).toBe('undone');
  });
});

describe('the undo of everything since a time', () => {
  it('takes out what came since, leaves what was there before, and can be cancelled', async () => {
    const { product, history } = await start();
    await product.ingest('before', pastBody(100, { title: 'Before' }));
    await product.settle();
    product.advance(3_600);
    const since = product.ctx.now();
    const id = await history.openWith(5);
    await history.start(id);
    await product.ingest('live', meetingBody({ title: 'Live' }));
    await product.ingest('before', pastBody(100, { title: 'Before, told better' }));
    await product.settle();
    expect(product.crm.events()).toHaveLength(5);

    const undo = await prepareUndo({ ctx: product.ctx, input: { since } });
    expect(undo.undo).toMatchObject({ meetings: 4, eventsDeleted: 4 });
    await product.settle();
    expect(product.crm.events()).toHaveLength(5);
    await history.steer(undo.row.id, 'start');
    await history.steer(undo.row.id, 'cancel');
    await product.settle();
    expect(product.crm.events()).toHaveLength(5);

    const again = await prepareUndo({ ctx: product.ctx, input: { since } });
    await history.steer(again.row.id, 'start');
    await product.settle();
    expect(product.crm.events().map((event) => event.Event_Title)).toEqual(['Before, told better']);
    expect(await history.read(again.row.id)).toMatchObject({
      row: { state: 'undone' },
      progress: { undone: 4, left: 0 },
    });
  });
});
