import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../harness/database.ts';
import { startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

const POLL_SECONDS = 300;

async function poll(product: TestProduct): Promise<void> {
  product.advance(POLL_SECONDS);
  await product.serve();
}

const titleOf = async (product: TestProduct, id: string): Promise<string | null> => {
  const [row] = await product.db.query<{ title: string | null }>(
    'select title from crm_contacts where organization_id = $1 and id = $2',
    [product.organizationId, id],
  );
  return row?.title ?? null;
};

describe('a poll', () => {
  it('brings a changed contact into the mirror, for one credit and one for deletions', async () => {
    const product = await startConnectedProduct(database);
    product.advance(60);
    product.crm.edit('Contacts', ID.ana, { Title: 'Director' });
    const calls = await product.crm.calls(() => poll(product));
    expect(await titleOf(product, ID.ana)).toBe('Director');
    expect(calls.map(({ path, credits }) => [path, credits])).toEqual([
      ['/crm/v8/__composite_requests', 1],
      ['/crm/v8/__composite_requests', 1],
    ]);
  });
});
