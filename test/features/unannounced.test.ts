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

  it.each([[['accounts']], [['accounts', 'contacts', 'deals']]])(
    'keeps its one note when %s are loaded anew',
    async (modules) => {
      const journey = await startWithoutAcme();
      await journey.act({ do: 'restore', id: ID.acme });
      await reloadModules(journey.db, journey.organizationId, modules);
      await pass(journey, 400);
      await pass(journey, 400);
      expect(await journey.linksOf('m1')).toContain(ACME);
      expect(journey.crm.notesOf(ID.acme)).toHaveLength(1);
    },
  );
});

describe('a contact that went without standing in the list of deletions', () => {
  /** Ben is gone, and 130 days or a list that is full hide it. */
  async function startWithoutBen(): Promise<MirrorJourney> {
    const journey = await startMirrorJourney(database);
    await journey.ingest('m1', meetingBody({}, ['ana@acme.example', 'ben@acme.example']));
    await journey.settle();
    await pass(journey, 400);
    await pass(journey, 400);
    expect(await journey.linksOf('m1')).toContain(`contacts/${ID.ben}`);
    journey.crm.org().module('Contacts')?.records.remove(ID.ben);
    return journey;
  }
  const livingOf = async ({ db, organizationId }: MirrorJourney): Promise<string[]> => {
    const rows = await db.query<{ id: string }>(
      'select id from crm_contacts where organization_id = $1 and deleted_at is null order by id',
      [organizationId],
    );
    return rows.map(({ id }) => id);
  };
  const others = [ID.ana, ID.twinA, ID.twinB, ID.cleo, ID.solo];

  it('is seen when Zoho was not asked for longer than it lists deletions', async () => {
    const journey = await startWithoutBen();
    await pass(journey, 30 * DAY);
    expect(await livingOf(journey)).toContain(ID.ben);
    await pass(journey, 61 * DAY);
    await pass(journey, 400);
    expect(await livingOf(journey)).toEqual(others);
    expect(await journey.linksOf('m1')).not.toContain(`contacts/${ID.ben}`);
  });

  it('is seen when more was deleted at once than Zoho lists, and what is still there stays', async () => {
    const journey = await startWithoutBen();
    const { deleted } = journey.crm.org();
    const now = journey.crm.world.clock.now();
    for (let index = 0; index < 2_000; index++) {
      deleted.put({
        id: String(2_000_000 + index),
        module: 'Contacts',
        display_name: '',
        type: 'recycle',
        deleted_time: now,
        deleted_by: ID.host,
        created_by: ID.admin,
        held: '{}',
      });
    }
    await pass(journey, 400);
    expect(await livingOf(journey)).toEqual(others);
  });

  it('does not count as gone while Zoho still shows it by its id', async () => {
    const journey = await startWithoutBen();
    const table = journey.crm.org().module('Contacts')?.records;
    const ana = table?.get(ID.ana);
    // A record that a page of ids does not show, as one that is made while pages are read.
    let hidden = 0;
    journey.intercept(async (call, send) => {
      const answer = await send();
      if (!call.url.pathname.endsWith('/coql') || !/select id from Contacts/i.test(call.body)) return answer;
      hidden += 1;
      const body = (await answer.json()) as { data: { id: string }[] };
      return Response.json({ ...body, data: body.data.filter(({ id }) => id !== ana?.id) });
    });
    await pass(journey, 61 * DAY);
    expect(hidden).toBe(1);
    expect(await livingOf(journey)).toEqual(others);
  });
});
