import { describe, expect, it } from 'vitest';
import { readPreflight } from '../../src/features/preflight/read-preflight.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, startTestProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

const WITHHELD = { withheldFields: 'Contacts.Email,Leads.Email' };

/** Lets the next poll come. */
async function poll(product: TestProduct): Promise<void> {
  product.advance(301);
  await product.serve();
}

const emailKeys = async (product: TestProduct) =>
  product.db.query<{ id: string }>(
    `select record_id as id from crm_keys where organization_id = $1 and module = 'contacts' and kind = 'email' order by id`,
    [product.organizationId],
  );

const matchOf = async (product: TestProduct, meeting: string, email: string) =>
  (await product.meeting(meeting)).participants.find((one) => one.email === email)?.match;

const linkedIds = async (product: TestProduct, meeting: string) =>
  (await product.meeting(meeting)).associations.map(({ crmId }) => crmId).sort();

describe.each(['absent', 'null'])('addresses that Zoho withholds (%s)', (withheldAs) => {
  it('from the first connection on make nobody absent', async () => {
    const product = await startTestProduct(database);
    product.crm.set({ ...WITHHELD, withheldAs });
    await product.connect();
    await product.serve();
    await product.ingest('m1', meetingBody());
    await product.settle();
    expect(await matchOf(product, 'm1', 'ana@acme.example')).toMatchObject({ kind: 'unknown' });
    expect(product.crm.events()).toEqual([]);
    const { withheld, notices } = await readPreflight({ ctx: product.ctx });
    expect(withheld.map(({ module }) => module)).toEqual(['contacts', 'leads']);
    expect(notices.join()).toContain('unknown, not absent');
    // Shown again: noticed within a day, and everybody is found.
    product.crm.set({ withheldFields: '' });
    product.advance(86_500);
    await product.settle();
    expect(await matchOf(product, 'm1', 'ana@acme.example')).toMatchObject({ kind: 'matched' });
    expect(product.crm.events()).toMatchObject([{ What_Id: ID.renewal }]);
  });

  it('from now on unlink nobody, and what happens to their records goes on being followed', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody({}, ['ana@acme.example', 'ben@acme.example']));
    await product.settle();
    const before = {
      keys: await emailKeys(product),
      links: await linkedIds(product, 'm1'),
      events: product.crm.events(),
    };
    product.crm.set({ ...WITHHELD, withheldAs });
    for (const id of [ID.ana, ID.ben, ID.solo]) product.crm.edit('Contacts', id, { Title: 'Director' });
    await poll(product);
    await poll(product);
    await product.settle();
    expect(await emailKeys(product)).toEqual(before.keys);
    expect(await linkedIds(product, 'm1')).toEqual(before.links);
    const titles = await product.db.query<{ title: string }>(
      'select title from crm_contacts where organization_id = $1 and id = any($2)',
      [product.organizationId, [ID.ana, ID.ben]],
    );
    expect(titles.map(({ title }) => title)).toEqual(['Director', 'Director']);
    await product.ingest('m1', meetingBody({ title: 'Told again' }, ['ana@acme.example', 'ben@acme.example']));
    await product.ingest(
      'm2',
      meetingBody({ startsAt: '2026-11-20T08:00:00Z', endsAt: '2026-11-20T08:30:00Z' }, ['new@acme.example']),
    );
    await product.settle();
    expect(product.crm.events()).toMatchObject([{ Event_Title: 'Told again', What_Id: before.events[0]?.What_Id }]);
    expect(await matchOf(product, 'm2', 'new@acme.example')).toMatchObject({ kind: 'unknown' });
    expect((await readPreflight({ ctx: product.ctx })).withheld).toHaveLength(2);
  });
});

describe('a contact whose address somebody cleared', () => {
  it('is known by it no more: one cleared field is not withheld data', async () => {
    const product = await startConnectedProduct(database);
    product.crm.edit('Contacts', ID.solo, { Email: null });
    await poll(product);
    expect((await emailKeys(product)).map(({ id }) => id)).not.toContain(ID.solo);
    expect((await readPreflight({ ctx: product.ctx })).withheld).toEqual([]);
  });
});
