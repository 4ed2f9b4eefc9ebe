import { expect, it } from 'vitest';
import { publishNow } from '../../src/features/publish/publish-now.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct } from '../harness/product.ts';

const database = await createTestDatabase();

it.each(['Events', 'Notes'])('what a person deleted there (%s) comes back only when somebody asks', async (module) => {
  const product = await startConnectedProduct(database);
  await product.ingest('m1', meetingBody());
  await product.settle();
  const before = { events: product.crm.events().length, notes: product.crm.notes().length };
  const gone = module === 'Events' ? product.crm.events() : product.crm.notes();
  for (const { id } of gone) product.crm.org().module(module)?.records.remove(String(id));
  await product.ingest('m1', meetingBody({ title: 'Renamed' }));
  await product.settle();
  expect(await product.meeting('m1')).toMatchObject({ state: module === 'Events' ? 'notPublished' : 'published' });
  expect(product.crm.records(module)).toEqual([]);
  await publishNow({ ctx: product.ctx, input: { externalId: 'm1', isAnyway: false } });
  await product.settle();
  expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
  expect(product.crm.events()).toMatchObject([{ Event_Title: 'Renamed' }]);
  expect(product.crm.events()).toHaveLength(before.events);
  expect(product.crm.notes().filter(({ Note_Title }) => String(Note_Title).includes('Renamed'))).toHaveLength(
    before.notes,
  );
});
