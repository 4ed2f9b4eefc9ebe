import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct } from '../harness/product.ts';
import { startTestServer } from '../harness/server.ts';

const database = await createTestDatabase();

async function start() {
  const product = await startConnectedProduct(database);
  const server = await startTestServer(product);
  const call = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => {
    const answer = await server.as('admin', { method, url: `/api/v1${url}`, ...(payload ? { payload } : {}) });
    return { status: answer.statusCode, body: answer.json() };
  };
  const put = (id: string, query: string, title = id) => call('PUT', `/meetings/${id}${query}`, meetingBody({ title }));
  return { product, server, call, put };
}

describe('backfills over HTTP', () => {
  it('go from staging over a simulation and a run to an undo', async () => {
    const { product, call, put } = await start();
    const created = await call('POST', '/backfills', { name: 'Spring' });
    expect(created.status).toBe(201);
    const { id } = created.body;
    expect(created.body).toMatchObject({
      kind: 'import',
      state: 'ready',
      simulation: null,
      steps: ['simulate', 'cancel'],
    });
    expect((await put('m1', `?backfill=${id}`)).body).toMatchObject({ externalId: 'm1', state: 'waiting' });
    await product.settle();
    expect(product.crm.events()).toEqual([]);
    expect((await call('GET', '/meetings/m1')).body.stateReason).toBe(
      'This meeting waits for its backfill to be started.',
    );

    expect((await call('POST', `/backfills/${id}/start`)).status).toBe(409);
    expect((await call('POST', `/backfills/${id}/simulate`)).body.state).toBe('simulating');
    await product.serve();
    const simulated = (await call('GET', `/backfills/${id}`)).body;
    expect(simulated).toMatchObject({ state: 'ready', steps: ['simulate', 'start', 'cancel'] });
    expect(simulated.simulation).toMatchObject({ meetings: 1, published: 1, events: 1, links: { email: 1 } });
    expect(simulated.simulation.samples[0].plan).toEqual((await call('GET', '/meetings/m1/plan')).body);

    expect((await call('POST', `/backfills/${id}/start`)).body.state).toBe('running');
    await product.settle();
    const done = (await call('GET', `/backfills/${id}`)).body;
    expect(done).toMatchObject({ state: 'done', steps: ['undo'], progress: { meetings: 1, published: 1, left: 0 } });
    expect(product.crm.events()).toHaveLength(1);

    const preview = (await call('GET', `/backfills/${id}/undo`)).body;
    expect(preview).toMatchObject({ meetings: 1, eventsDeleted: 1, eventsLeft: 0, left: [] });
    expect((await call('POST', `/backfills/${id}/undo`)).body.state).toBe('undoing');
    await product.settle();
    expect((await call('GET', `/backfills/${id}`)).body).toMatchObject({ state: 'undone', progress: { undone: 1 } });
    expect(product.crm.events()).toEqual([]);
    expect((await call('GET', '/backfills')).body.data.map((one: { id: string }) => one.id)).toEqual([id]);
  });

  it('refuse what cannot be, and say what can', async () => {
    const { server, call, put } = await start();
    const unknown = '11111111-1111-4111-8111-111111111111';
    expect((await put('m1', `?backfill=${unknown}`)).status).toBe(404);
    expect((await put('m1', '?backfill=a&backfill=b')).status).toBe(422);
    expect((await call('GET', `/backfills/${unknown}`)).status).toBe(404);
    expect((await call('POST', '/backfills', { name: ' ' })).status).toBe(422);
    const { id } = (await call('POST', '/backfills', { name: 'Empty' })).body;
    expect((await call('POST', `/backfills/${id}/simulate`)).body.detail).toMatch(/no meetings yet/);
    expect((await call('POST', `/backfills/${id}/pause`)).status).toBe(409);
    const regular = await server.as('regular', { method: 'POST', url: `/api/v1/backfills/${id}/cancel` });
    expect(regular.statusCode).toBe(403);
    expect((await call('POST', `/backfills/${id}/cancel`)).body.state).toBe('cancelled');
    expect((await put('m1', `?backfill=${id}`)).status).toBe(409);
  });

  it('undo what was brought to Zoho since a time, counted first', async () => {
    const { product, call, put } = await start();
    await put('before', '', 'Before');
    await product.settle();
    product.advance(3_600);
    const since = new Date(product.ctx.now()).toISOString();
    expect((await call('POST', '/undo', { since })).status).toBe(409);
    product.advance(60);
    await call(
      'PUT',
      '/meetings/after',
      meetingBody({ title: 'After', startsAt: '2026-11-19T10:00:00Z', endsAt: '2026-11-19T11:00:00Z' }),
    );
    await product.settle();
    const asked = await call('POST', '/undo', { since });
    expect(asked.status).toBe(201);
    expect(asked.body).toMatchObject({ kind: 'undo', state: 'ready', since, undo: { meetings: 1, eventsDeleted: 1 } });
    await product.settle();
    expect(product.crm.events()).toHaveLength(2);
    await call('POST', `/backfills/${asked.body.id}/start`);
    await product.settle();
    expect(product.crm.events().map((event) => event.Event_Title)).toEqual(['Before']);
    expect((await call('GET', '/meetings/after')).body).toMatchObject({ state: 'notPublished' });
  });
});
