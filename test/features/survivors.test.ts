import { describe, expect, it } from 'vitest';
import { decideLink } from '../../src/features/associate/decide-link.ts';
import { pullChanges } from '../../src/features/mirror/pull-changes.ts';
import { pullDeletions } from '../../src/features/mirror/pull-deletions.ts';
import { openConnection } from '../../src/features/open-connection.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody } from '../harness/product.ts';
import { ID, type SeedWorld, smallWorld } from '../harness/small-world.ts';
import { startMirrorJourney } from './mirror-journey.ts';

const database = await createTestDatabase();

/** Ana twice at Acme: the second one has another address, and no deal. */
const TWICE = '207';
const ACME_AGAIN = '104';
const DORA = '208';
/** Cleo's other record: nothing but the name says that it is hers. */
const CLEO_AGAIN = '209';

function world(): SeedWorld {
  const known = smallWorld();
  return {
    ...known,
    accounts: [...known.accounts, { id: ACME_AGAIN, name: 'Acme again', domains: [] }],
    contacts: [
      ...known.contacts,
      { id: TWICE, firstName: 'Ana', lastName: 'Perez', email: 'ana.perez@acme.example', accountId: ID.acme },
      {
        ...{ id: CLEO_AGAIN, firstName: 'Cleo', lastName: 'North', email: 'cleo.north@initech.example' },
        accountId: ID.initech,
      },
      { id: DORA, firstName: 'Dora', lastName: 'Deal', email: 'dora@again.example', accountId: ACME_AGAIN },
    ],
  };
}

async function start(people: string[], switches: Record<string, boolean> = {}) {
  const journey = await startMirrorJourney(database, { world: world() });
  journey.crm.set(switches);
  await journey.ingest('m1', meetingBody({}, people));
  await journey.settle();
  return journey;
}

type Journey = Awaited<ReturnType<typeof start>>;

async function reasonOf(journey: Journey, link: string): Promise<string> {
  const { associations } = await journey.meeting('m1');
  return associations.find(({ module, crmId }) => `${module}/${crmId}` === link)?.reason ?? 'no link';
}

/** How many records of ours the CRM holds: events, and notes of ours. */
const countOurs = ({ crm }: Journey) => [crm.events().length, crm.notes().length];

describe.each([true, false])('two contacts that are merged (Zoho moves our records: %s)', (mergeMovesRelated) => {
  it('leave one whom the meeting is linked with, also by the address that was dropped', async () => {
    const journey = await start(['ana@acme.example'], { mergeMovesRelated });
    await journey.act({ do: 'merge', module: 'Contacts', id: ID.ana, into: TWICE });
    await journey.follow();
    const links = await journey.linksOf('m1');
    expect(links).toContain(`contacts/${TWICE}`);
    expect(links).toContain(`deals/${ID.renewal}`);
    expect(links).not.toContain(`contacts/${ID.ana}`);
    expect(await reasonOf(journey, `contacts/${TWICE}`)).toBe(
      'ana@acme.example is an address of the contact Ana Pérez, which was merged into Ana Perez.',
    );
    expect(journey.crm.events()).toMatchObject([{ Who_Id: TWICE, What_Id: ID.renewal }]);
    await journey.expectAgreement('m1');
    expect(await journey.crm.calls(() => journey.serve())).toEqual([]);
  });

  it('leave no second note where both had one', async () => {
    const journey = await start(['solo@nowhere.example'], { mergeMovesRelated });
    for (const recordId of [ID.ana, TWICE]) {
      await decideLink({
        ctx: journey.ctx,
        input: { externalId: 'm1', module: 'contacts', recordId, decision: 'added' },
      });
    }
    await journey.settle();
    expect(journey.crm.notesOf(ID.ana)).toHaveLength(1);
    expect(journey.crm.notesOf(TWICE)).toHaveLength(1);
    await journey.act({ do: 'merge', module: 'Contacts', id: ID.ana, into: TWICE });
    await journey.follow();
    expect(journey.crm.notesOf(TWICE)).toHaveLength(1);
    expect(await journey.linksOf('m1')).toContain(`contacts/${TWICE}`);
    await journey.expectAgreement('m1');
  });

  it('keep what was decided about the one that ended, and its note', async () => {
    const journey = await start(['solo@nowhere.example'], { mergeMovesRelated });
    await decideLink({
      ctx: journey.ctx,
      input: { externalId: 'm1', module: 'contacts', recordId: ID.ana, decision: 'added' },
    });
    await journey.settle();
    const [before] = journey.crm.notesOf(ID.ana);
    await journey.act({ do: 'merge', module: 'Contacts', id: ID.ana, into: TWICE });
    await journey.follow();
    expect(await reasonOf(journey, `contacts/${TWICE}`)).toBe(
      'Salescaling added the link to Ana Pérez, which was merged into Ana Perez.',
    );
    const [after] = journey.crm.notesOf(TWICE);
    expect(after).toBeDefined();
    if (mergeMovesRelated) expect(after?.id).toBe(before?.id);
    await journey.expectAgreement('m1');
  });
});

describe('records that end in another one', () => {
  it('lead on through a chain of merges', async () => {
    const journey = await start(['ana@acme.example']);
    await journey.act({ do: 'merge', module: 'Contacts', id: ID.ana, into: TWICE });
    await journey.follow();
    await journey.act({ do: 'merge', module: 'Contacts', id: TWICE, into: ID.ben });
    await journey.follow();
    expect(await journey.linksOf('m1')).toContain(`contacts/${ID.ben}`);
    expect(journey.crm.events()).toMatchObject([{ Who_Id: ID.ben }]);
    await journey.expectAgreement('m1');
  });

  it('lead on through a chain that is seen in one poll', async () => {
    const journey = await start(['ana@acme.example']);
    await journey.act({ do: 'merge', module: 'Contacts', id: ID.ana, into: TWICE });
    await journey.act({ do: 'merge', module: 'Contacts', id: TWICE, into: ID.ben });
    await journey.follow();
    expect(await journey.linksOf('m1')).toContain(`contacts/${ID.ben}`);
    await journey.expectAgreement('m1');
  });

  it.each([true, false])('take the account of a merged account along (moves our records: %s)', async (moves) => {
    const journey = await start(['dora@again.example'], { mergeMovesRelated: moves });
    expect(journey.crm.events()).toMatchObject([{ What_Id: ACME_AGAIN }]);
    await journey.act({ do: 'merge', module: 'Accounts', id: ACME_AGAIN, into: ID.acme });
    await journey.follow();
    const links = await journey.linksOf('m1');
    expect(links).toContain(`accounts/${ID.acme}`);
    expect(links).toContain(`deals/${ID.upsell}`);
    expect(links).not.toContain(`accounts/${ACME_AGAIN}`);
    expect(journey.crm.events()).toMatchObject([{ What_Id: ID.acme, Who_Id: DORA }]);
    await journey.expectAgreement('m1');
  });

  it.each([true, false])('make the contact of a lead, with its account and deal (moves: %s)', async (moves) => {
    const journey = await start(['lea@new.example'], { conversionMovesRelated: moves });
    expect(journey.crm.events()).toMatchObject([{ What_Id: ID.lea }]);
    const [converted] = await journey.act({
      do: 'convert',
      id: ID.lea,
      fields: { Deals: { Deal_Name: 'First order', Stage: 'Qualification' } },
    });
    expect(converted).toBeDefined();
    await journey.follow();
    const links = await journey.linksOf('m1');
    expect(links.map((link) => link.split('/')[0])).toEqual(['accounts', 'contacts', 'deals']);
    const contact = links.find((link) => link.startsWith('contacts/')) ?? '';
    const deal = links.find((link) => link.startsWith('deals/')) ?? '';
    expect(journey.crm.events()).toMatchObject([{ Who_Id: contact.split('/')[1], What_Id: deal.split('/')[1] }]);
    const [lead] = await journey.db.query<{ to: string }>(
      'select converted_to as "to" from crm_leads where organization_id = $1 and id = $2',
      [journey.organizationId, ID.lea],
    );
    expect(lead?.to).toBe(contact.split('/')[1]);
    await journey.expectAgreement('m1');
  });

  it('have no survivor when nothing proves one', async () => {
    const journey = await start(['solo@nowhere.example']);
    const before = countOurs(journey);
    // Somebody deletes Ben for good, and in the same second somebody else changes Cleo.
    await journey.act(
      { do: 'delete', module: 'Contacts', id: ID.ben },
      { do: 'update', module: 'Contacts', id: ID.cleo, fields: { Title: 'CEO' } },
    );
    const gone = journey.crm.org().deleted.get(ID.ben);
    if (gone !== undefined) journey.crm.org().deleted.put({ ...gone, type: 'permanent' });
    await journey.follow();
    const [ben] = await journey.db.query<{ gone: boolean; into: string | null }>(
      'select deleted_at is not null as gone, merged_into as into from crm_contacts where organization_id = $1 and id = $2',
      [journey.organizationId, ID.ben],
    );
    expect(ben).toEqual({ gone: true, into: null });
    expect(countOurs(journey)).toEqual(before);
  });

  it.each([true, false])('are found though the merge came behind the changes of a poll (moves: %s)', async (moves) => {
    const journey = await start(['cleo@initech.example'], { mergeMovesRelated: moves });
    const open = await openConnection(journey.ctx, journey.gateway());
    const input = { open, takeNews: async () => undefined };
    await pullChanges({ ctx: journey.ctx, input });
    await journey.act({ do: 'merge', module: 'Contacts', id: ID.cleo, into: CLEO_AGAIN });
    await pullDeletions({ ctx: journey.ctx, input });
    await journey.settle();
    expect(await journey.linksOf('m1')).toContain(`contacts/${CLEO_AGAIN}`);
    expect(journey.crm.events()).toMatchObject([{ Who_Id: CLEO_AGAIN }]);
    await journey.follow();
    await journey.expectAgreement('m1');
  });

  it('wait while Zoho cannot be asked, and are decided then', async () => {
    const journey = await start(['ana@acme.example']);
    await journey.act({ do: 'merge', module: 'Contacts', id: ID.ana, into: TWICE });
    journey.intercept(async ({ url }, send) =>
      /\/Events\/\d+$/.test(url.pathname) ? new Response('{}', { status: 500 }) : send(),
    );
    await expect(journey.pull()).rejects.toThrow();
    expect(await journey.linksOf('m1')).toContain(`contacts/${ID.ana}`);
    journey.intercept(null);
    await journey.follow();
    expect(await journey.linksOf('m1')).toContain(`contacts/${TWICE}`);
    await journey.expectAgreement('m1');
  });
});
