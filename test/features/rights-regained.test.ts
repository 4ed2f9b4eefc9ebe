import { describe, expect, it } from 'vitest';
import { checkConnectionRights } from '../../src/features/connect/check-rights.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { bodyAt, connectAs } from './connect-as.ts';

const database = await createTestDatabase();

const check = (product: TestProduct) =>
  checkConnectionRights({ ctx: product.ctx, gateway: product.gateway(), input: {} });

const withdraw = (product: TestProduct, module: string, method?: string) =>
  product.crm.fault({ kind: 'module-permission-removed', match: { module, ...(method ? { method } : {}) } });

/** The first request to create an event waits until somebody has given the rights back and looked at them. */
function giveBackWhileCreating(product: TestProduct): void {
  let isFirst = true;
  product.intercept(async ({ url, method }, send) => {
    if (isFirst && method === 'POST' && url.pathname.endsWith('/Events')) {
      isFirst = false;
      product.crm.heal();
      await check(product);
    }
    return send();
  });
}

async function countOwed(product: TestProduct): Promise<unknown> {
  const [row] = await product.db.query(
    'select count(*)::int as owed from meetings where organization_id = $1 and owed_at is not null',
    [product.organizationId],
  );
  return row?.owed;
}

describe('a right that comes back while meetings are being published', () => {
  it('is used for the meeting that was planned without it', async () => {
    const product = await startConnectedProduct(database);
    withdraw(product, 'Notes');
    await check(product);
    await product.ingest('m1', meetingBody());
    giveBackWhileCreating(product);
    await product.serve();
    await product.serve();
    expect(product.crm.events()).toHaveLength(1);
    expect(product.crm.notes()).toHaveLength(3);
    expect((await product.meeting('m1')).stateReason).toBe('Published and verified.');
    expect(await countOwed(product)).toBe(0);
  });

  it('is used for what it owes in the same turn', async () => {
    const product = await startConnectedProduct(database);
    withdraw(product, 'Notes');
    await check(product);
    await product.ingest('m1', bodyAt(1));
    await product.serve();
    expect((await product.meeting('m1')).stateReason).toMatch(/create notes/);
    await product.ingest('m2', bodyAt(2));
    giveBackWhileCreating(product);
    await product.serve();
    expect(product.crm.notes()).toHaveLength(6);
    for (const id of ['m1', 'm2']) expect((await product.meeting(id)).stateReason).toBe('Published and verified.');
    expect(await countOwed(product)).toBe(0);
  });

  it('ends the waiting of a change that had to wait for it', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', bodyAt(1));
    await product.serve();
    withdraw(product, 'Events', 'PUT');
    await check(product);
    await product.ingest('m1', { ...bodyAt(1), title: 'A new title' });
    await product.ingest('m2', bodyAt(2));
    giveBackWhileCreating(product);
    await product.serve();
    expect(product.crm.events().map(({ Event_Title }) => Event_Title)).toContain('A new title');
    expect(await countOwed(product)).toBe(0);
  });
});

describe('notes of a retracted meeting that could not be deleted', () => {
  type Way = { name: string; alsoLacks: string[]; giveBack(product: TestProduct): Promise<unknown> };

  it.each<Way>([
    { name: 'another user connects who may', alsoLacks: [], giveBack: (product) => connectAs(product) },
    { name: 'that right comes back', alsoLacks: [], giveBack: check },
    { name: 'it comes back with one that concerns every meeting', alsoLacks: ['Leads'], giveBack: check },
  ])('are deleted once $name', async ({ alsoLacks, giveBack }) => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.settle();
    withdraw(product, 'Notes', 'DELETE');
    for (const module of alsoLacks) withdraw(product, module, 'GET');
    await check(product);
    await product.retract('m1');
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    expect((await product.meeting('m1')).stateReason).toMatch(/delete notes/);
    expect(product.crm.notes().length).toBeGreaterThan(0);
    product.crm.heal();
    await giveBack(product);
    await product.settle();
    expect(product.crm.notes()).toEqual([]);
    expect((await product.meeting('m1')).inZoho.notes).toEqual([]);
    expect(await countOwed(product)).toBe(0);
  });
});
