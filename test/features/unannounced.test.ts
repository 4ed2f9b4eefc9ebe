import { describe, expect, it } from 'vitest';
import { reloadModules } from '../../src/db/queries/preflight.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';
import { type MirrorJourney, startMirrorJourney } from './mirror-journey.ts';

const database = await createTestDatabase();

const DAY = 86_400;
const ACME = `accounts/${ID.acme}`;

async function pass(product: Pick<TestProduct, 'advance' | 'settle'>, seconds: number): Promise<void> {
  product.advance(seconds);
  await product.settle();
}

/** A meeting with Acme, whose account then went into the recycle bin. */
async function startWithoutAcme(): Promise<MirrorJourney> {
  const journey = await startMirrorJourney(database);
  journey.crm.set({ restoreMovesModifiedTime: false });
  await journey.ingest('m1', meetingBody({}, ['ana@acme.example']));
  await journey.settle();
  expect(journey.crm.notesOf(ID.acme)).toHaveLength(1);
  await journey.act({ do: 'delete', module: 'Accounts', id: ID.acme });
  await pass(journey, 400);
  expect(await journey.linksOf('m1')).not.toContain(ACME);
  return journey;
}

describe('a restored account that carries its old time of change', () => {
  it('is linked again within a day, with the note that came back', async () => {
    const journey = await startWithoutAcme();
    await journey.act({ do: 'restore', id: ID.acme });
    await pass(journey, DAY);
    await pass(journey, 400);
    expect(await journey.linksOf('m1')).toContain(ACME);
    expect(journey.crm.notesOf(ID.acme)).toHaveLength(1);
    await journey.expectAgreement('m1');
  });

  it('is looked for no longer than Zoho can restore it', async () => {
    const journey = await startWithoutAcme();
    const asked = async (): Promise<number> => {
      const calls = await journey.crm.calls(() => pass(journey, DAY));
      return calls.filter(({ method, path }) => method === 'GET' && path.endsWith('/Accounts')).length;
    };
    expect(await asked()).toBe(1);
    journey.advance(60 * DAY);
    await journey.settle();
    expect(await asked()).toBe(0);
  });

  it('gets no second note when its module is loaded anew', async () => {
    const journey = await startWithoutAcme();
    await journey.act({ do: 'restore', id: ID.acme });
    await reloadModules(journey.db, journey.organizationId, ['accounts', 'contacts', 'deals']);
    await pass(journey, 400);
    await pass(journey, 400);
    expect(await journey.linksOf('m1')).toContain(ACME);
    expect(journey.crm.notesOf(ID.acme)).toHaveLength(1);
  });
});
