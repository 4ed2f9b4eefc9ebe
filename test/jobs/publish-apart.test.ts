import { expect, it } from 'vitest';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct } from '../harness/product.ts';

const database = await createTestDatabase();

it('lets one meeting that cannot be worked out hold nobody else up, and tells a person in the end', async () => {
  const product = await startConnectedProduct(database);
  for (const id of ['m1', 'm2', 'm3']) await product.ingest(id, meetingBody({ title: `Review ${id}` }));
  // A row that no version of the product writes.
  await database.db.query(`update meetings set summary = '{}' where external_id = 'm2' and organization_id = $1`, [
    product.organizationId,
  ]);
  await product.settle(5_000);
  expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
  expect(await product.meeting('m3')).toMatchObject({ state: 'published' });
  const rows = await database.db.query(
    `select state, state_cause as cause, state_reason as reason, owed_at as "owedAt" from meetings
     where external_id = 'm2' and organization_id = $1`,
    [product.organizationId],
  );
  expect(rows).toEqual([
    { state: 'failed', cause: 'internal', owedAt: null, reason: expect.stringContaining('could not be worked out') },
  ]);
  expect(product.crm.events()).toHaveLength(2);
});
