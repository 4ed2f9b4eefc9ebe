import { describe, expect, it } from 'vitest';
import { connectSandbox } from '../../src/features/connect/connect-sandbox.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startTestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();
const GUEST = {
  id: '9001',
  type: 'email',
  participant: 'guest@customer.example',
  Email: 'guest@customer.example',
  name: 'Guest',
  invited: true,
};

describe('a guest whom a person has invited in Zoho to an event of ours', () => {
  it.each([true, false])('is not mailed because of us, while notes go on (safe mode: %s)', async (isSafeMode) => {
    const product = await startTestProduct(database);
    await connectSandbox({ ctx: product.ctx, gateway: product.gateway(), input: { isSafeMode } });
    await product.serve();
    await product.ingest('m1', meetingBody());
    await product.settle();
    product.advance(60);
    const id = String(product.crm.events()[0]?.id);
    const there = (product.crm.events()[0]?.Participants ?? []) as never[];
    product.crm.edit('Events', id, { Participants: [...there, GUEST] as never, Modified_By: ID.host });
    product.advance(400);
    await product.settle();
    const before = product.crm.mails().length;
    const more = { title: 'Renamed here', notes: [{ id: 'n1', text: 'Cheaper' }] };
    await product.ingest('m1', meetingBody(more, ['ana@acme.example', 'ben@acme.example']));
    await product.settle();
    expect(product.crm.mails().slice(before)).toEqual([]);
    expect(product.crm.events()).toMatchObject([{ Event_Title: 'Quarterly review' }]);
    expect(product.crm.notesOf(id)).toMatchObject([{ Note_Content: expect.stringContaining('Cheaper') }]);
    expect(await product.meeting('m1')).toMatchObject({
      state: 'published',
      stateReason: expect.stringContaining('because Zoho might mail the people'),
      inZoho: { differences: [] },
    });
  });
});
