import { expect, it } from 'vitest';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct } from '../harness/product.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

type Call = { method: 'GET' | 'POST'; url: string; payload?: object };

/** Requests of somebody who may write. */
const openAsker = (server: TestServer) => (call: Call) => server.as('regular', { ...call, url: `/api/v1${call.url}` });

it('tells what differs from Zoho and what it costs, and repairs it', async () => {
  const product = await startConnectedProduct(database);
  const ask = openAsker(await startTestServer(product));
  await product.ingest('m1', meetingBody());
  await product.settle();
  product.advance(60);
  expect((await ask({ method: 'GET', url: '/drift' })).json()).toMatchObject({
    check: null,
    estimate: { meetings: 1 },
    findings: [],
  });
  const [event] = product.crm.events();
  product.crm.edit('Events', String(event?.id), { Event_Title: 'Theirs', Modified_By: '12' });
  const started = await ask({ method: 'POST', url: '/drift', payload: {} });
  expect(started.statusCode).toBe(202);
  await product.settle();
  const told = (await ask({ method: 'GET', url: '/drift?kind=edited' })).json();
  expect(told).toMatchObject({
    check: { state: 'done', truePercent: 0, counts: { true: 0, edited: 1, missing: 0, extra: 0 } },
    findings: [{ externalId: 'm1', slot: 'event', kind: 'edited', choices: ['take_theirs', 'write_ours'] }],
    nextCursor: null,
  });
  expect((await ask({ method: 'GET', url: '/meetings/m1' })).json()).toMatchObject({
    inZoho: { eventEdited: { by: 'Laura Host', parts: ['title'], isBlockEdited: false }, eventGone: null },
  });
  const settled = await ask({
    method: 'POST',
    url: '/meetings/m1/edits',
    payload: { slot: 'event', choice: 'write_ours' },
  });
  expect(settled.statusCode).toBe(200);
  await product.settle();
  expect(product.crm.events()).toMatchObject([{ Event_Title: 'Quarterly review' }]);
  const again = {
    method: 'POST',
    url: '/meetings/m1/edits',
    payload: { slot: 'event', choice: 'keep_theirs' },
  } as const;
  expect((await ask(again)).statusCode).toBe(409);
  const nothing = { method: 'POST', url: '/drift/repair', payload: { choice: 'remove_extra' } } as const;
  expect((await ask(nothing)).json()).toEqual({ repaired: 0, remaining: false });
});

it('asks about a deleted event and about our edited text, each under its own cause', async () => {
  const product = await startConnectedProduct(database);
  const ask = openAsker(await startTestServer(product));
  await product.ingest('m1', meetingBody());
  await product.ingest(
    'm2',
    meetingBody({ title: 'Second', startsAt: '2026-11-19T10:00:00Z', endsAt: '2026-11-19T11:00:00Z' }),
  );
  await product.settle();
  product.advance(60);
  const eventOf = (title: string) => product.crm.events().find((event) => event.Event_Title === title);
  const [first, second] = [eventOf('Quarterly review'), eventOf('Second')];
  product.crm.edit('Events', String(first?.id), {
    Description: String(first?.Description).replace('Duration', 'Length'),
  });
  const org = product.crm.org();
  org.module('Events')?.records.remove(String(second?.id));
  org.deleted.put({
    id: String(second?.id),
    module: 'Events',
    display_name: 'Second',
    type: 'recycle',
    deleted_time: product.ctx.now().getTime(),
    deleted_by: ID.host,
    created_by: ID.admin,
    held: '{}',
  });
  await ask({ method: 'POST', url: '/drift', payload: {} });
  product.advance(301);
  await product.settle();
  const { causes, data } = (await ask({ method: 'GET', url: '/needs-you' })).json();
  expect(causes).toEqual([
    { cause: 'deleted_in_crm', count: 1 },
    { cause: 'edited_block', count: 1 },
  ]);
  expect(
    data.map((item: { cause: string; meeting: { externalId: string } }) => [item.meeting.externalId, item.cause]),
  ).toEqual([
    ['m1', 'edited_block'],
    ['m2', 'deleted_in_crm'],
  ]);
});
