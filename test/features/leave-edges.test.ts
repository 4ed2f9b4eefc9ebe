import { describe, expect, it } from 'vitest';
import { FIELD_REMOVAL_SCOPES, SCOPES } from '../../src/crm/scopes.ts';
import type { LeaveChoices } from '../../src/domain/leave-choices.ts';
import { prepareUndo } from '../../src/features/history/create-backfill.ts';
import { steerBackfill } from '../../src/features/history/steer-backfill.ts';
import { readLeaveRun } from '../../src/features/leave/read-leave.ts';
import { startLeave } from '../../src/features/leave/start-leave.ts';
import { undoMeeting } from '../../src/features/one-event/undo-meeting.ts';
import { createTestDatabase } from '../harness/database.ts';
import { startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { startTestServer } from '../harness/server.ts';
import { bodyAt, connectAs, connectionOf } from './connect-as.ts';

const database = await createTestDatabase();
const ALL: LeaveChoices = { events: 'remove', notes: 'remove', ids: 'remove', fields: 'remove' };
const NO_FIELDS: LeaveChoices = { ...ALL, fields: 'keep' };
const ID = 'Salescaling_Meeting_ID';

async function start(meetings = 3): Promise<TestProduct> {
  const product = await startConnectedProduct(database);
  await connectAs(product, { scopes: [...SCOPES, ...FIELD_REMOVAL_SCOPES] });
  product.advance(60);
  await product.settle();
  for (let at = 0; at < meetings; at++) await product.ingest(`m${at}`, bodyAt(at));
  await product.settle();
  expect(product.crm.events()).toHaveLength(meetings);
  return product;
}

const begin = (product: TestProduct, choices: LeaveChoices) => startLeave({ ctx: product.ctx, input: { choices } });
async function steer(product: TestProduct, step: 'pause' | 'resume' | 'cancel') {
  const run = await readLeaveRun({ ctx: product.ctx });
  await steerBackfill({ ctx: product.ctx, input: { id: run?.id ?? '', step } });
}
const titled = (product: TestProduct, title: string) =>
  product.crm.events().filter((event) => event.Event_Title === title);

describe('leaving, and what was decided besides', () => {
  it('cancelled after our field is out of Zoho leaves a connection that still works', async () => {
    const product = await start();
    await begin(product, ALL);
    let isGone = false;
    product.intercept(async ({ url, method }, send) => {
      const isFields = url.pathname.includes('/settings/fields');
      if (isGone && isFields && method === 'GET') return new Response('{}', { status: 500 });
      const answer = await send();
      if (isFields && method === 'DELETE') isGone = true;
      return answer;
    });
    await product.serve();
    product.intercept(null);
    expect(isGone).toBe(true);
    await steer(product, 'cancel');
    await product.ingest('new', bodyAt(20));
    await product.settle();
    const meeting = await product.meeting('new');
    expect(titled(product, 'Meeting 20')).toHaveLength(1);
    expect([meeting.state, meeting.inZoho.differences]).toEqual(['published', []]);
    // Until somebody connects again there is no field, and the page says what that means.
    expect(titled(product, 'Meeting 20')[0]?.[ID]).toBeUndefined();
    const server = await startTestServer(product);
    const card = await server.as('admin', { method: 'GET', url: '/api/v1/integrations/zoho' });
    expect(card.json().externalField?.mode).toBe('marker');
  });

  it('does not keep a meeting in Zoho that is retracted after coming back', async () => {
    const product = await start();
    await begin(product, { events: 'keep', notes: 'remove', ids: 'remove', fields: 'keep' });
    await product.settle();
    expect(product.crm.events()).toHaveLength(3);
    await connectAs(product);
    await product.settle();
    await product.retract('m0');
    await product.settle();
    expect(titled(product, 'Meeting 0')).toEqual([]);
  });

  it('does not keep a meeting in Zoho that becomes private after coming back', async () => {
    const product = await start();
    await begin(product, { events: 'keep', notes: 'remove', ids: 'remove', fields: 'keep' });
    await product.settle();
    await connectAs(product);
    await product.settle();
    await product.ingest('m0', { ...(bodyAt(0) as object), visibility: 'private' });
    await product.settle();
    expect(titled(product, 'Meeting 0')).toEqual([]);
  });

  it.each(['cancel', 'keep'] as const)('leaves out what a person took out before (%s)', async (how) => {
    const product = await start();
    product.advance(120);
    product.crm.edit('Events', String(titled(product, 'Meeting 0')[0]?.id), { Venue: 'Mine now' });
    product.advance(600);
    await product.settle();
    await undoMeeting({ ctx: product.ctx, input: { externalId: 'm0' } });
    await product.settle();
    expect(await product.meeting('m0')).toMatchObject({ state: 'notPublished' });
    const notes = product.crm.notesOf(String(titled(product, 'Meeting 0')[0]?.id)).length;
    if (how === 'cancel') {
      await begin(product, NO_FIELDS);
      await steer(product, 'cancel');
    } else {
      await begin(product, { events: 'keep', notes: 'keep', ids: 'remove', fields: 'keep' });
      await product.settle();
      await connectAs(product);
    }
    await product.settle();
    expect(await product.meeting('m0')).toMatchObject({ state: 'notPublished' });
    expect(product.crm.notesOf(String(titled(product, 'Meeting 0')[0]?.id))).toHaveLength(notes);
  });

  it('cancelled lets a paused undo go on', async () => {
    const product = await start();
    product.advance(60);
    const { ctx } = product;
    const undo = await prepareUndo({ ctx, input: { since: new Date(ctx.now().getTime() - 86_400_000) } });
    const { id } = undo.row;
    await steerBackfill({ ctx, input: { id, step: 'start' } });
    await steerBackfill({ ctx, input: { id, step: 'pause' } });
    await begin(product, NO_FIELDS);
    await steer(product, 'cancel');
    await product.settle();
    const resumed = await steerBackfill({ ctx, input: { id, step: 'resume' } });
    expect(resumed.row.state).toBe('undoing');
    await product.settle();
    expect(product.crm.events()).toEqual([]);
  });

  it('stopped takes nothing out, also not for new content', async () => {
    const product = await start();
    await begin(product, NO_FIELDS);
    await steer(product, 'pause');
    await product.settle();
    expect(product.crm.events()).toHaveLength(3);
    await product.ingest('m0', { ...(bodyAt(0) as object), activityType: 'Demo' });
    await product.settle();
    expect(product.crm.events()).toHaveLength(3);
    await steer(product, 'cancel');
    await product.settle();
    expect(await product.meeting('m0')).toMatchObject({ state: 'published' });
  });

  it('stopped holds nothing back from another org that takes the place', async () => {
    const product = await start();
    await begin(product, NO_FIELDS);
    await steer(product, 'pause');
    const { forgetCrmOrg } = await import('../../src/db/queries/connections.ts');
    await product.db.transaction((sql) => forgetCrmOrg(sql, product.organizationId, product.ctx.now()));
    await connectAs(product);
    await product.settle();
    const rows = await product.db.query(
      'select external_id, state, held_back, owed_at, undone_at from meetings where organization_id = $1 order by 1',
      [product.organizationId],
    );
    expect(rows).toEqual(rows.map((row) => ({ ...row, state: 'published', held_back: false })));
  });
});

describe('leaving, disconnected on the way', () => {
  it.each([0, 1])('is not gone on with by the next connection (%i fields out)', async (out) => {
    const product = await start();
    const server = await startTestServer(product);
    await begin(product, ALL);
    let deleted = 0;
    product.intercept(async ({ url, method }, send) => {
      const isFields = url.pathname.includes('/settings/fields');
      if (isFields && method === 'DELETE' && deleted++ >= out) return new Response('{}', { status: 500 });
      if (isFields && method === 'GET' && deleted > 0) return new Response('{}', { status: 500 });
      return send();
    });
    await product.serve();
    product.intercept(null);
    expect(deleted).toBeGreaterThan(0);
    const answer = await server.as('admin', {
      method: 'POST',
      url: '/api/v1/integrations/zoho/disconnect',
      payload: {},
    });
    expect(answer.statusCode).toBe(200);
    product.advance(120);
    await connectAs(product, { scopes: [...SCOPES, ...FIELD_REMOVAL_SCOPES] });
    await product.settle();
    expect((await connectionOf(product)).state).toBe('connected');
  });
});

describe('a notification channel', () => {
  it('that announced the change is not suspected', async () => {
    const product = await startConnectedProduct(database);
    const { replaceChannel, markChannelHeard, suspectChannel } = await import('../../src/db/queries/channels.ts');
    const { db, organizationId } = product;
    const at = (seconds: number) => new Date(product.ctx.now().getTime() + seconds * 1000);
    const hash = Buffer.alloc(32, 1);
    await replaceChannel(db, organizationId, {
      channelId: '1',
      pathHash: hash,
      tokenHash: hash,
      notifyBase: 'https://x',
      expiresAt: at(9e5),
      renewedAt: at(-9e4),
      events: [],
    });
    await markChannelHeard(db, organizationId, '1', at(-1));
    // A poll runs at 0; the only change after it is announced three seconds later, and is found by the next poll.
    await markChannelHeard(db, organizationId, '1', at(3));
    expect(await suspectChannel(db, organizationId, at(0), at(300))).toBe(false);
  });
});
