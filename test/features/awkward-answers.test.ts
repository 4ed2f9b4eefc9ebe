import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

/** What the network says when the connection is cut after a request left. */
function cut(): never {
  throw Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error('cut'), { code: 'ECONNRESET' }),
  });
}

/** Cuts the first call of this kind before the CRM hears it. */
function cutFirst(product: TestProduct, method: string, module: string): void {
  let isCut = false;
  product.intercept(async (call, send) => {
    if (isCut || call.method !== method || !call.url.pathname.endsWith(`/${module}`)) return send();
    isCut = true;
    cut();
  });
}

describe('a note with an unknown outcome', () => {
  it('on a record that was deleted meanwhile holds nobody up', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    cutFirst(product, 'POST', 'Notes');
    await product.serve();
    product.crm.org().module('Deals')?.records.remove(ID.renewal);
    await product.ingest('m2', meetingBody({ title: 'Another' }, ['cleo@initech.example']));
    await product.settle();
    expect(await product.meeting('m2')).toMatchObject({ state: 'published' });
    expect((await product.operations('m1')).filter(({ state }) => state === 'unknown')).toEqual([]);
  });

  it('that Zoho refuses to tell lets its own meeting wait, and no other', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    cutFirst(product, 'POST', 'Notes');
    await product.serve();
    product.intercept(async ({ url, method }, send) => {
      if (method !== 'GET' || !url.pathname.endsWith(`/Deals/${ID.renewal}/Notes`)) return send();
      return Response.json(
        { code: 'NO_PERMISSION', message: 'no permission', status: 'error', details: {} },
        { status: 403 },
      );
    });
    product.advance(61);
    await product.ingest('m2', meetingBody({ title: 'Another' }, ['cleo@initech.example']));
    await product.serve();
    expect(await product.meeting('m2')).toMatchObject({ state: 'published' });
    product.intercept(null);
    await product.settle();
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    expect(product.crm.notesOf(ID.renewal)).toHaveLength(1);
  });

  it('is looked for, even if another note of its meeting was refused', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    let isFirst = true;
    product.intercept(async ({ url, method }, send) => {
      const isHit = isFirst && method === 'POST' && url.pathname.endsWith('/Notes');
      if (!isHit) return send();
      isFirst = false;
      const refused = (code: string) => ({ code, status: 'error', message: code, details: {} });
      return Response.json({ data: ['INTERNAL_ERROR', 'INVALID_DATA', 'INVALID_DATA'].map(refused) }, { status: 207 });
    });
    await product.settle();
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    expect(product.crm.notes()).toHaveLength(3);
  });
});

describe('an event that is not ours', () => {
  it('is left alone when it only has the same value in another unique field', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('theirs', meetingBody({ title: 'Theirs' }));
    await product.serve();
    const id = String(product.crm.events()[0]?.id);
    await product.ingest('ours', meetingBody({ title: 'Ours' }));
    product.intercept(async ({ url, method }, send) => {
      if (method !== 'POST' || !url.pathname.endsWith('/Events')) return send();
      const details = { api_name: 'Recording', duplicate_record: { id } };
      return Response.json({ data: [{ code: 'DUPLICATE_DATA', status: 'error', message: 'duplicate', details }] });
    });
    await product.settle();
    expect(product.crm.events()).toMatchObject([{ id, Event_Title: 'Theirs' }]);
    const ours = await product.meeting('ours');
    expect(ours).toMatchObject({ state: 'held', needsYou: true });
    expect(ours.stateReason).toMatch(/“Recording” has to be unique/);
  });

  it('is not recognised by an id that begins like ours, in marker mode', async () => {
    const product = await startConnectedProduct(database);
    await product.db.query(
      `update connections set capabilities = capabilities || '{"externalField": null}' where organization_id = $1`,
      [product.organizationId],
    );
    await product.ingest('m10', meetingBody({ title: 'Theirs' }));
    await product.serve();
    await product.ingest('m1', meetingBody({ title: 'Ours' }));
    cutFirst(product, 'POST', 'Events');
    await product.settle();
    expect(product.crm.events().map(({ Event_Title }) => Event_Title)).toEqual(['Theirs', 'Ours']);
  });
});

describe('content that changes while it is sent', () => {
  it('is not called published before it is', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    let isChanged = false;
    const states: string[] = [];
    product.intercept(async ({ url, method }, send) => {
      if (isChanged && method === 'DELETE') states.push((await product.meeting('m1')).state);
      if (isChanged || method !== 'POST' || !url.pathname.endsWith('/Notes')) return send();
      isChanged = true;
      const answer = await send();
      await product.ingest('m1', meetingBody({ visibility: 'private' }));
      return answer;
    });
    await product.settle();
    expect(states).toEqual(['waiting', 'waiting']);
    expect(await product.meeting('m1')).toMatchObject({ state: 'notPublished' });
    expect(product.crm.events()).toEqual([]);
  });
});

describe('an event that arrives late', () => {
  it.each(['private', 'retracted'])('is taken away from a meeting that is %s by then', async (what) => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    const late: { send: (() => Promise<Response>) | null } = { send: null };
    product.intercept(async ({ url, method }, send) => {
      if (late.send !== null || method !== 'POST' || !url.pathname.endsWith('/Events')) return send();
      late.send = send;
      return cut();
    });
    await product.serve();
    if (what === 'private') await product.ingest('m1', meetingBody({ visibility: 'private' }));
    else await product.retract('m1');
    await product.serve();
    product.advance(30);
    await late.send?.();
    expect(product.crm.events()).toHaveLength(1);
    await product.settle();
    expect(product.crm.events()).toEqual([]);
    expect(await product.meeting('m1')).toMatchObject({ state: what === 'private' ? 'notPublished' : 'retracted' });
  });
});
