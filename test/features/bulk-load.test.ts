import { describe, expect, it, vi } from 'vitest';
import { readCard } from '../../src/features/connect/read-card.ts';
import { createTestDatabase } from '../harness/database.ts';
import { startTestProduct, type TestProduct } from '../harness/product.ts';
import { ID, type SeedWorld, smallWorld } from '../harness/small-world.ts';

vi.setConfig({ testTimeout: 120_000 });

const database = await createTestDatabase();

const MANY = 20_050;

/** More contacts than Zoho is asked for by queries; names that need quoting, an address each. */
function largeWorld(): SeedWorld {
  const known = smallWorld();
  const contacts = Array.from({ length: MANY }, (_, at) => ({
    id: String(50_000 + at),
    firstName: at % 3 === 0 ? 'Ana "Nita"' : 'Ana',
    lastName: `Pérez, ${at}`,
    email: `person${at}@many.example`,
    accountId: ID.acme,
  }));
  return { ...known, contacts: [...known.contacts, ...contacts] };
}

async function start(): Promise<TestProduct> {
  const product = await startTestProduct(database, { world: largeWorld() });
  await product.connect();
  return product;
}

async function countOf({ db, organizationId }: TestProduct): Promise<{ contacts: number; keys: number }> {
  const [row] = await db.query<{ contacts: number; keys: number }>(
    `select (select count(*)::int from crm_contacts where organization_id = $1) as contacts,
       (select count(*)::int from crm_keys where organization_id = $1 and module = 'contacts') as keys`,
    [organizationId],
  );
  return row ?? { contacts: 0, keys: 0 };
}

async function loadOf({ ctx }: TestProduct) {
  const { connection } = await readCard({ ctx });
  const step = connection?.firstLoad?.steps.find(({ module }) => module === 'contacts');
  return { state: connection?.firstLoad?.state, step };
}

const starts = (calls: { method: string; path: string }[]) =>
  calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/read'));

describe('a module with more than 20,000 records', () => {
  it('comes as a file, with the same rows that queries give', async () => {
    const product = await start();
    const calls = await product.crm.calls(() => product.settle());
    expect(starts(calls)).toHaveLength(1);
    expect(await loadOf(product)).toMatchObject({
      state: 'done',
      step: { loaded: MANY + 6, total: MANY + 6, isDone: true },
    });
    expect(await countOf(product)).toEqual({ contacts: MANY + 6, keys: MANY + 6 });
    const rows = await product.db.query(
      `select id, name, email, account_id as account, owner_id is not null as "isOwned", modified_at is not null as "isTimed"
       from crm_contacts where organization_id = $1 and id = any($2::text[]) order by id`,
      [product.organizationId, [ID.ana, '50000', '50001']],
    );
    const facts = { account: ID.acme, isOwned: true, isTimed: true };
    expect(rows).toEqual([
      { id: ID.ana, name: 'Ana Pérez', email: 'ana@acme.example', ...facts },
      { id: '50000', name: 'Ana "Nita" Pérez, 0', email: 'person0@many.example', ...facts },
      { id: '50001', name: 'Ana Pérez, 1', email: 'person1@many.example', ...facts },
    ]);
    const [spent] = await product.db.query<{ credits: number }>(
      `select sum(credits)::int as credits from crm_call_counts where organization_id = $1 and kind = 'load'`,
      [product.organizationId],
    );
    expect(spent?.credits).toBeGreaterThanOrEqual(50);
    expect(spent?.credits).toBeLessThan(90);
  });

  it('goes on with the same file after the process died, within it', async () => {
    const product = await start();
    await product.serve();
    expect((await loadOf(product)).step?.file?.jobId).toMatch(/^\d+$/);
    await product.restart();
    product.advance(60);
    // The file breaks off after some of its rows, and the process dies with it.
    product.intercept(async ({ url }, send) => {
      const response = await send();
      return url.pathname.endsWith('/result') ? cutInHalf(response) : response;
    });
    await product.serve();
    const half = await countOf(product);
    expect(half.contacts).toBeGreaterThan(2_000);
    expect(half.contacts).toBeLessThan(MANY);
    expect((await loadOf(product)).step?.loaded).toBe(half.contacts);
    await product.restart();
    product.advance(60);
    const calls = await product.crm.calls(() => product.settle());
    expect(starts(calls)).toHaveLength(0);
    expect(await countOf(product)).toEqual({ contacts: MANY + 6, keys: MANY + 6 });
    expect(await loadOf(product)).toMatchObject({ state: 'done', step: { loaded: MANY + 6 } });
  });

  it('is asked for again when its file was kept no longer', async () => {
    const product = await start();
    await product.serve();
    product.advance(2 * 86_400);
    const calls = await product.crm.calls(() => product.settle());
    expect(starts(calls)).toHaveLength(1);
    expect(await loadOf(product)).toMatchObject({ state: 'done', step: { loaded: MANY + 6 } });
  });

  it('is read by queries when Zoho gives no files', async () => {
    const product = await start();
    product.intercept(async ({ url, method }, send) =>
      method === 'POST' && url.pathname.endsWith('/read')
        ? Response.json(
            { code: 'NO_PERMISSION', message: 'permission denied', details: {}, status: 'error' },
            { status: 403 },
          )
        : send(),
    );
    await product.settle();
    expect(await countOf(product)).toEqual({ contacts: MANY + 6, keys: MANY + 6 });
    expect(await loadOf(product)).toMatchObject({ state: 'done', step: { loaded: MANY + 6 } });
  });
});

async function cutInHalf(response: Response): Promise<Response> {
  const whole = new Uint8Array(await response.arrayBuffer());
  return new Response(whole.subarray(0, Math.floor(whole.length / 2)), { status: 200 });
}
