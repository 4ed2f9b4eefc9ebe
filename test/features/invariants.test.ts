import { describe, expect, it } from 'vitest';
import { decideLink } from '../../src/features/associate/decide-link.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, startTestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

describe('no network call inside a database transaction', () => {
  it('is refused before anything leaves, and only there', async () => {
    const product = await startTestProduct(database);
    const seen: string[] = [];
    product.intercept(({ url }, send) => {
      seen.push(url.pathname);
      return send();
    });
    const { fetch } = product.gateway().ports;
    const address = new URL('/sandbox/clock', product.simulator.accounts);
    await expect(product.ctx.db.transaction(async () => fetch(address))).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('inside a database transaction'),
    });
    expect(seen).toEqual([]);
    expect((await fetch(address)).status).toBe(200);
  });

  it('never happens in the life of a meeting', async () => {
    // The guard throws: a life that comes to its end did without.
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.serve();
    await decideLink({
      ctx: product.ctx,
      input: { externalId: 'm1', module: 'accounts', recordId: ID.acme, decision: 'excluded' },
    });
    await product.serve();
    await product.retract('m1');
    await product.serve();
    expect(await product.meeting('m1')).toMatchObject({ state: 'retracted' });
  });
});

describe('every write is a row before it is a request', () => {
  it('and the row says that it is being sent, what is sent, and later what became of it', async () => {
    const product = await startConnectedProduct(database);
    const atRequest: { request: string; rows: { action: string; state: string; slot: string | null }[] }[] = [];
    product.intercept(async ({ url, method, body }, send) => {
      if (method !== 'GET' && /\/(Events|Notes)/.test(url.pathname)) {
        const rows = await product.db.query<{ action: string; state: string; slot: string | null }>(
          `select action, state, slot from sync_operations where organization_id = $1 and state = 'sending' order by position`,
          [product.organizationId],
        );
        const size =
          method === 'DELETE' ? url.searchParams.get('ids')?.split(',').length : JSON.parse(body).data.length;
        atRequest.push({ request: `${method} ${url.pathname.split('/').at(-1)} ${size}`, rows });
      }
      return send();
    });
    const actions = () =>
      atRequest.splice(0).map(({ request, rows }) => [request, ...rows.map(({ action }) => action)]);
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect(actions()).toEqual([
      ['POST Events 1', 'create_event'],
      ['POST Notes 3', 'create_note', 'create_note', 'create_note'],
    ]);
    await product.ingest('m1', meetingBody({ title: 'Renamed' }));
    await product.serve();
    expect(actions()).toEqual([
      ['PUT Events 1', 'update_event'],
      ['PUT Notes 3', 'update_note', 'update_note', 'update_note'],
    ]);
    await product.retract('m1');
    await product.serve();
    expect(actions()).toEqual([
      ['PUT Events 1', 'disown_event'],
      ['DELETE Notes 3', 'delete_note', 'delete_note', 'delete_note'],
      ['DELETE Events 1', 'delete_event'],
    ]);
    const operations = await product.operations('m1');
    expect(operations.map(({ state }) => state)).toEqual(operations.map(() => 'done'));
    expect(operations).toHaveLength(4 + 4 + 5);
  });
});

describe('failure is never absence', () => {
  it('keeps every link and note while Zoho cannot be read', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.serve();
    const notes = product.crm.notes().length;
    await product.ingest('m1', meetingBody({ title: 'Renamed' }));
    product.crm.fault({ match: { method: 'GET' }, kind: '500' }, { match: { path: '/coql' }, kind: '502-html' });
    await product.serve();
    product.advance(3600);
    await product.serve();
    const meeting = await product.meeting('m1');
    expect(meeting.associations.length).toBeGreaterThan(3);
    expect(product.crm.notes()).toHaveLength(notes);
    expect(meeting.stateReason).toMatch(/not verified yet/);
    product.crm.heal();
    await product.settle();
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', stateReason: 'Published and verified.' });
  });
});

describe('desired state lives in tables', () => {
  it('is served after every job was lost', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    const jobs = () =>
      product.db.query(`select id from graphile_worker.jobs where queue_name = 'connection:' || $1`, [
        product.organizationId,
      ]);
    expect(await jobs()).toHaveLength(1);
    await product.db.query('delete from graphile_worker._private_jobs');
    await product.serve();
    expect(product.crm.events()).toHaveLength(1);
  });
});

describe('nobody is mailed', () => {
  it('although the CRM mails whoever is invited, and has workflows that mail', async () => {
    const product = await startConnectedProduct(database);
    product.crm.set({ workflowMails: true, reminderMails: true, deleteMails: true });
    const people = ['ana@acme.example', 'ben@acme.example', 'lea@new.example', 'stranger@far.example'];
    await product.ingest('m1', meetingBody({}, people));
    await product.serve();
    await product.ingest('m1', meetingBody({ title: 'Moved', endsAt: '2026-11-20T15:00:00+01:00' }, people));
    await product.serve();
    await product.retract('m1');
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    expect(product.crm.mails()).toEqual([]);
  });
});
