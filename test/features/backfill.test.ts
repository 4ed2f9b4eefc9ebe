import { describe, expect, it } from 'vitest';
import { publishNow } from '../../src/features/publish/publish-now.ts';
import { createTestDatabase } from '../harness/database.ts';
import { openHistory, pastBody } from '../harness/history.ts';
import { startConnectedProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

async function start() {
  const product = await startConnectedProduct(database);
  return { product, history: openHistory(product) };
}

describe('a backfill', () => {
  it('writes nothing before it is started, and then exactly what was simulated', async () => {
    const { product, history } = await start();
    const id = await history.openWith(45);
    expect(await product.crm.calls(() => product.serve())).toEqual([]);
    await history.steer(id, 'simulate');
    expect(await product.crm.calls(() => product.serve())).toEqual([]);
    const ready = await history.read(id);
    expect(ready.row.state).toBe('ready');
    expect(ready.simulation).toMatchObject({
      meetings: 45,
      published: 27,
      held: { nobody_matched: 9, only_ambiguous: 9 },
      links: { email: 27, plusTag: 9, lead: 9 },
      ambiguous: 9,
      unmatched: 9,
      events: 27,
    });
    expect(ready.simulation?.samples).toHaveLength(10);
    expect(ready.simulation?.topRecords[0]).toMatchObject({ module: 'accounts', id: ID.acme });

    await history.steer(id, 'start');
    const calls = await product.crm.calls(() => product.settle());
    const { simulation } = ready;
    expect(product.crm.events()).toHaveLength(simulation?.events ?? -1);
    expect(product.crm.notes()).toHaveLength(simulation?.notes ?? -1);
    expect(product.crm.notesOf(ID.acme)).toHaveLength(simulation?.topRecords[0]?.notes ?? -1);
    expect(calls.reduce((sum, call) => sum + call.credits, 0)).toBe(simulation?.credits.total);
    const done = await history.read(id);
    expect(done.row.state).toBe('done');
    expect(done.progress).toMatchObject({ meetings: 45, done: 45, left: 0, published: 27, verified: 27, held: 18 });
    expect(product.crm.mails()).toEqual([]);
  });

  it('rests and goes on: nothing is begun while it is paused, and nothing twice', async () => {
    const { product, history } = await start();
    const id = await history.openWith(10);
    await history.start(id);
    await history.steer(id, 'pause');
    expect(await product.crm.calls(() => product.settle())).toEqual([]);
    expect(await history.read(id)).toMatchObject({ row: { state: 'paused' }, progress: { left: 10, done: 0 } });
    // Whatever else owes a meeting does not bring it to Zoho behind the pause.
    await product.db.query('update meetings set owed_at = now(), owed_seq = owed_seq + 1 where organization_id = $1', [
      product.organizationId,
    ]);
    expect(await product.crm.calls(() => product.settle())).toEqual([]);
    await history.steer(id, 'resume');
    await product.settle();
    expect(product.crm.events()).toHaveLength(6);
    expect((await history.read(id)).row.state).toBe('done');
  });

  it('lets what has begun come to its end when it is paused or cancelled under way', async () => {
    const { product, history } = await start();
    const id = await history.openWith(10);
    await history.start(id);
    let isFirst = true;
    product.intercept(async (_call, send) => {
      const answer = await send();
      if (isFirst) {
        isFirst = false;
        await history.steer(id, 'cancel');
      }
      return answer;
    });
    await product.settle();
    product.intercept(null);
    const { row, progress } = await history.read(id);
    expect(row.state).toBe('cancelled');
    expect(product.crm.events()).toHaveLength(progress.published);
    expect(progress.verified).toBe(progress.published);
    expect(progress.published + progress.held + progress.notPublished).toBe(10);
    expect(progress.left).toBe(0);
  });

  it('leaves what is cancelled here, until a person publishes it by itself', async () => {
    const { product, history } = await start();
    const id = await history.openWith(3);
    await history.start(id);
    await history.steer(id, 'cancel');
    expect(await product.crm.calls(() => product.settle())).toEqual([]);
    expect(await product.meeting('p0')).toMatchObject({
      state: 'notPublished',
      stateReason: expect.stringContaining('cancelled'),
    });
    await publishNow({ ctx: product.ctx, input: { externalId: 'p0', isAnyway: false } });
    await product.settle();
    expect(product.crm.events()).toHaveLength(1);
    expect(await product.meeting('p0')).toMatchObject({ state: 'published' });
  });

  it('lets live meetings go first', async () => {
    const { product, history } = await start();
    const id = await history.openWith(10);
    await history.start(id);
    await product.ingest('live', pastBody(200, { title: 'Live' }));
    const order: string[] = [];
    product.intercept(async (call, send) => {
      if (call.method === 'POST' && call.url.pathname.endsWith('/Events')) order.push(call.body);
      return send();
    });
    await product.settle();
    expect(order[0]).toContain('Live');
    expect(product.crm.events()).toHaveLength(7);
  });

  it('is left by a meeting that comes again live, and takes no meeting that is live', async () => {
    const { product, history } = await start();
    await product.ingest('live', pastBody(100));
    await product.settle();
    const id = await history.openWith(2);
    await history.stage(id, 'live', pastBody(100));
    await product.ingest('p0', pastBody(0));
    await product.settle();
    expect(product.crm.events()).toHaveLength(2);
    expect((await history.read(id)).progress).toMatchObject({ meetings: 1, left: 1 });
    await history.steer(id, 'cancel');
    expect(await product.meeting('live')).toMatchObject({ state: 'published' });
    expect(await product.meeting('p0')).toMatchObject({ state: 'published' });
  });

  it('has to be simulated again when meetings came since', async () => {
    const { product, history } = await start();
    const id = await history.openWith(2);
    await history.steer(id, 'simulate');
    await product.serve();
    await history.stage(id, 'late', pastBody(9));
    await expect(history.steer(id, 'start')).rejects.toThrow(/holds 3 meetings and 2 were simulated/);
    await history.start(id);
    await product.settle();
    expect((await history.read(id)).progress.meetings).toBe(3);
  });

  it.each([0, 1, 2, 3, 4])('goes on after its process was killed at its request %i', async (at) => {
    const { product, history } = await start();
    const id = await history.openWith(10);
    await history.start(id);
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
    product.advance(90);
    await product.settle();
    const { row, progress } = await history.read(id);
    expect(row.state).toBe('done');
    expect(progress).toMatchObject({ left: 0, published: 6, verified: 6 });
    expect(product.crm.events()).toHaveLength(6);
    expect(product.crm.notes()).toHaveLength(progress.notesWritten);
  });
});
