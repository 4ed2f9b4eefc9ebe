import { describe, expect, it } from 'vitest';
import { listNeedsYou } from '../../src/features/analytics/list-needs-you.ts';
import { undoMeeting } from '../../src/features/one-event/undo-meeting.ts';
import { openConnection } from '../../src/features/open-connection.ts';
import { refreshPreflight } from '../../src/features/preflight/refresh-preflight.ts';
import { saveConstants } from '../../src/features/preflight/save-constants.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { controlSandbox } from './control-sandbox.ts';

const database = await createTestDatabase();

async function demand(product: TestProduct, fields: object[], required: string[]): Promise<void> {
  await controlSandbox(product, 'layout', { module: 'Events', fields, required });
  const open = await openConnection(product.ctx, product.gateway());
  await refreshPreflight({ ctx: product.ctx, input: { open } });
}

const region = { label: 'Region', type: 'picklist', values: ['North', 'South'] };
const floor = { label: 'Floor', type: 'text', length: 20 };

const give = (product: TestProduct, field: string, otherwise: string) =>
  saveConstants({ ctx: product.ctx, input: { field, otherwise, byActivityType: [] } });

const needs = (product: TestProduct) => listNeedsYou({ ctx: product.ctx, input: { limit: 50 } });

async function startPublished(): Promise<TestProduct> {
  const product = await startConnectedProduct(database);
  await product.ingest('m1', meetingBody());
  await product.settle();
  expect(product.crm.events()).toHaveLength(1);
  return product;
}

describe('a field that became mandatory after a meeting was published', () => {
  it('is filled with its fixed value as soon as Zoho demands it of an update', async () => {
    const product = await startPublished();
    await demand(product, [region, floor], ['Region', 'Floor']);
    await give(product, 'Region', 'North');
    await give(product, 'Floor', '3rd');
    await product.ingest('m1', meetingBody({ title: 'Told again' }));
    await product.settle();
    expect(product.crm.events()).toMatchObject([{ Event_Title: 'Told again', Region: 'North', Floor: '3rd' }]);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', stateReason: 'Published and verified.' });
    expect((await needs(product)).causes).toEqual([]);
    // Once it is filled it is nobody's business any more: what a person chooses there stays, whatever is given later.
    const [event] = product.crm.events();
    product.crm.edit('Events', String(event?.id), { Region: 'South' });
    await give(product, 'Region', 'North');
    await product.ingest('m1', meetingBody({ title: 'Told thrice' }));
    await product.settle();
    expect(product.crm.events()).toMatchObject([{ Event_Title: 'Told thrice', Region: 'South' }]);
  });

  it('without a value is one question, and its value lets the update out', async () => {
    const product = await startPublished();
    await demand(product, [region], ['Region']);
    await product.ingest('m1', meetingBody({ title: 'Told again' }));
    await product.settle();
    expect(product.crm.events()).toMatchObject([{ Event_Title: 'Quarterly review' }]);
    expect((await needs(product)).data).toMatchObject([
      { cause: 'mandatory_field', obstacle: { meetings: 1, field: { field: 'Region' } } },
    ]);
    await give(product, 'Region', 'South');
    await product.settle();
    expect(product.crm.events()).toMatchObject([{ Event_Title: 'Told again', Region: 'South' }]);
    expect((await needs(product)).causes).toEqual([]);
  });

  it('stays as it is where Zoho does not mind', async () => {
    const product = await startPublished();
    product.crm.set({ mandatoryOnUpdate: 'when-sent' });
    await demand(product, [region], ['Region']);
    await give(product, 'Region', 'North');
    await product.ingest('m1', meetingBody({ title: 'Told again' }));
    await product.settle();
    const [event] = product.crm.events();
    expect(event).toMatchObject({ Event_Title: 'Told again' });
    expect(event?.Region ?? null).toBeNull();
  });

  it('does not keep a meeting from being taken back', async () => {
    const product = await startPublished();
    await demand(product, [region], ['Region']);
    await undoMeeting({ ctx: product.ctx, input: { externalId: 'm1' } });
    await product.settle();
    expect(product.crm.events()).toHaveLength(1);
    expect((await needs(product)).causes).toEqual([{ cause: 'mandatory_field', count: 1 }]);
    await give(product, 'Region', 'North');
    await product.settle();
    expect(product.crm.events()).toEqual([]);
    expect((await needs(product)).causes).toEqual([]);
  });
});

describe('an event that was created with a fixed value', () => {
  it('is taken back although somebody chose another one since, and without writing over it', async () => {
    const product = await startConnectedProduct(database);
    await demand(product, [region], ['Region']);
    await give(product, 'Region', 'North');
    await product.ingest('m1', meetingBody());
    await product.settle();
    const [event] = product.crm.events();
    product.crm.edit('Events', String(event?.id), { Region: 'South' });
    await undoMeeting({ ctx: product.ctx, input: { externalId: 'm1' } });
    const sent: string[] = [];
    product.intercept(async ({ method, body }, send) => {
      if (method === 'PUT') sent.push(String(body));
      return send();
    });
    await product.settle();
    expect(product.crm.events()).toEqual([]);
    expect(sent.length).toBe(1);
    expect(sent.join()).not.toContain('North');
  });
});

describe('a fixed value that is changed', () => {
  it('is for events that are written from then on', async () => {
    const product = await startConnectedProduct(database);
    await demand(product, [region], ['Region']);
    await give(product, 'Region', 'North');
    await product.ingest('m1', meetingBody());
    await product.settle();
    await give(product, 'Region', 'South');
    await product.ingest('m1', meetingBody({ title: 'Told again' }));
    const times = { startsAt: '2026-11-20T08:00:00+01:00', endsAt: '2026-11-20T08:30:00+01:00' };
    await product.ingest('m2', meetingBody({ title: 'Another', ...times }));
    await product.settle();
    const byTitle = Object.fromEntries(product.crm.events().map(({ Event_Title, Region }) => [Event_Title, Region]));
    expect(byTitle).toEqual({ 'Told again': 'North', Another: 'South' });
  });
});
