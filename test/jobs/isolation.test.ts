import { expect, it, onTestFinished } from 'vitest';
import { startSimulator } from '../../simulator/start-simulator.ts';
import { redirectUriOf } from '../../src/host/create-gateway.ts';
import { startEngine } from '../../src/jobs/engine.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, NOW, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { smallWorld, withSeedFolder } from '../harness/small-world.ts';

const database = await createTestDatabase();

/** As many as there are workers in a process. */
const HANGING = 4;

it('publishes for one organization while the Zoho of four others hangs', async () => {
  const simulator = await withSeedFolder(smallWorld(), (seed) =>
    startSimulator({ seed, frozenAt: NOW, redirectUris: [redirectUriOf('http://product.test')] }),
  );
  onTestFinished(() => simulator.stop());
  const products: TestProduct[] = [];
  for (let at = 0; at <= HANGING; at++) products.push(await startConnectedProduct(database, { simulator }));
  const [healthy, ...hanging] = products;
  if (healthy === undefined) throw new Error('There is no product.');
  for (const product of hanging) await product.ingest('m1', meetingBody({ title: 'Hanging' }));
  let reached = 0;
  healthy.intercept(({ body, signal }, send) => {
    if (!body.includes('Hanging')) return send();
    reached += 1;
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  });
  const engine = await startEngine({
    db: database.db,
    databaseUrl: database.url,
    gateway: healthy.gateway(),
    contextOf: (organizationId) => ({ ...healthy.ctx, organizationId }),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    slotMs: 500,
  });
  onTestFinished(() => engine.stop());
  await expect.poll(() => reached, { timeout: 20_000 }).toBeGreaterThanOrEqual(HANGING);
  await healthy.ingest('m2', meetingBody());
  await expect.poll(async () => (await healthy.meeting('m2')).state, { timeout: 15_000 }).toBe('published');
  for (const product of hanging) expect((await product.meeting('m1')).state).toBe('waiting');
}, 90_000);
