import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';
import { startMirrorJourney } from './mirror-journey.ts';

const database = await createTestDatabase();

async function startPublished(people: string[] = ['ana@acme.example'], options = {}) {
  const journey = await startMirrorJourney(database, options);
  await journey.ingest('m1', meetingBody({}, people));
  await journey.settle();
  return journey;
}

describe('what changes in Zoho', () => {
  it('moves a meeting to the account to which its contact went, and leaves others alone', async () => {
    const journey = await startPublished();
    await journey.ingest('other', meetingBody({}, ['cleo@initech.example']));
    await journey.settle();
    await journey.act({ do: 'update', module: 'Contacts', id: ID.ana, fields: { Account_Name: { id: ID.globex } } });
    await journey.pull();
    expect(await journey.owed()).toEqual(['m1']);
    await journey.settle();
    expect(await journey.linksOf('m1')).toContain(`accounts/${ID.globex}`);
    expect(await journey.linksOf('m1')).not.toContain(`accounts/${ID.acme}`);
    await journey.expectAgreement('m1');
  });

  it('owes nothing and calls nobody when a job title changes', async () => {
    const journey = await startPublished();
    await journey.act({ do: 'update', module: 'Contacts', id: ID.ana, fields: { Title: 'Director' } });
    expect(await journey.pull()).toEqual({ changed: 1, gone: 0 });
    expect(await journey.owed()).toEqual([]);
    expect(await journey.crm.calls(() => journey.serve())).toEqual([]);
    expect(await journey.pull()).toEqual({ changed: 0, gone: 0 });
  });

  it('makes no call when an evaluation alters nothing', async () => {
    const journey = await startPublished();
    // A second address that nobody of the meeting has.
    await journey.act({
      do: 'update',
      module: 'Contacts',
      id: ID.ana,
      fields: { Secondary_Email: 'ana@home.example' },
    });
    await journey.pull();
    expect(await journey.owed()).toEqual(['m1']);
    expect(await journey.crm.calls(() => journey.serve())).toEqual([]);
    expect(await journey.owed()).toEqual([]);
  });

  it('follows an address from one contact to another', async () => {
    const journey = await startPublished(['ben@acme.example']);
    await journey.act(
      { do: 'update', module: 'Contacts', id: ID.ben, fields: { Email: 'ben@private.example' } },
      { do: 'update', module: 'Contacts', id: ID.cleo, fields: { Email: 'ben@acme.example' } },
    );
    await journey.follow();
    const links = await journey.linksOf('m1');
    expect(links).toContain(`contacts/${ID.cleo}`);
    expect(links).toContain(`accounts/${ID.initech}`);
    expect(links).not.toContain(`contacts/${ID.ben}`);
    expect(journey.crm.events()).toMatchObject([{ Who_Id: ID.cleo, What_Id: ID.initech }]);
    await journey.expectAgreement('m1');
  });

  it('sees a new role of a deal and keeps the known ones meanwhile', async () => {
    const journey = await startPublished(['ben@acme.example']);
    await journey.act(
      { do: 'setRole', deal: ID.upsell, contact: ID.ben, role: 'Decision Maker' },
      { do: 'update', module: 'Deals', id: ID.upsell, fields: { Amount: 12 } },
    );
    await journey.follow();
    expect(journey.crm.events()).toMatchObject([{ What_Id: ID.upsell, $se_module: 'Deals' }]);
    expect((await journey.meeting('m1')).rolesStillLoading).toBe(0);
    await journey.expectAgreement('m1');
  });

  it('drops a lost deal under focused, and takes a new one', async () => {
    const journey = await startPublished(undefined, { policy: { cascade: 'focused' } });
    expect(await journey.linksOf('m1')).toContain(`deals/${ID.renewal}`);
    const [made] = await journey
      .act(
        { do: 'update', module: 'Deals', id: ID.renewal, fields: { Stage: 'Closed Lost' } },
        {
          do: 'create',
          module: 'Deals',
          fields: { Deal_Name: 'Second try', Stage: 'Qualification', Account_Name: { id: ID.acme } },
        },
      )
      .then((acts) => acts.slice(1));
    await journey.follow();
    const links = await journey.linksOf('m1');
    expect(links).not.toContain(`deals/${ID.renewal}`);
    expect(links).toContain(`deals/${made?.id}`);
    expect(journey.crm.events()).toMatchObject([{ What_Id: ID.acme }]);
    await journey.expectAgreement('m1');
  });

  it('links a person who appears in Zoho a week later', async () => {
    const journey = await startPublished(['ana@acme.example', 'nora@acme.example']);
    journey.advance(7 * 86_400);
    const [nora] = await journey.act({
      do: 'create',
      module: 'Contacts',
      fields: { Last_Name: 'Nora', Email: 'nora@acme.example', Account_Name: { id: ID.acme } },
    });
    await journey.follow();
    expect(await journey.linksOf('m1')).toContain(`contacts/${nora?.id}`);
    const [event] = journey.crm.events();
    expect(JSON.stringify(event?.Participants)).toContain(String(nora?.id));
    await journey.expectAgreement('m1');
  });

  it('does not link a person who appears after the window', async () => {
    const journey = await startPublished(['ana@acme.example', 'nora@acme.example']);
    const before = await journey.linksOf('m1');
    journey.advance(91 * 86_400);
    await journey.act({
      do: 'create',
      module: 'Contacts',
      fields: { Last_Name: 'Nora', Email: 'nora@acme.example', Account_Name: { id: ID.acme } },
    });
    expect(await journey.writesWhile(() => journey.follow())).toEqual([]);
    expect(await journey.linksOf('m1')).toEqual(before);
    // Whoever comes to a meeting that is told later is known by then.
    await journey.ingest('m2', meetingBody({ title: 'Told late' }, ['nora@acme.example']));
    await journey.settle();
    expect((await journey.linksOf('m2')).filter((link) => link.startsWith('contacts/'))).toHaveLength(1);
  });

  it('unlinks a deleted account and links it again when it is restored, with the notes that came back', async () => {
    const journey = await startPublished();
    const notes = journey.crm.notes().length;
    await journey.act({ do: 'delete', module: 'Accounts', id: ID.acme });
    await journey.follow();
    expect(await journey.linksOf('m1')).not.toContain(`accounts/${ID.acme}`);
    await journey.expectAgreement('m1');
    await journey.act({ do: 'restore', id: ID.acme });
    await journey.follow();
    expect(await journey.linksOf('m1')).toContain(`accounts/${ID.acme}`);
    expect(journey.crm.notes()).toHaveLength(notes);
    await journey.expectAgreement('m1');
  });

  it('keeps decisions about a deleted record resting until it returns', async () => {
    const journey = await startPublished(['solo@nowhere.example']);
    const { decideLink } = await import('../../src/features/associate/decide-link.ts');
    await decideLink({
      ctx: journey.ctx,
      input: { externalId: 'm1', module: 'accounts', recordId: ID.globex, decision: 'added' },
    });
    await journey.settle();
    await journey.act({ do: 'delete', module: 'Accounts', id: ID.globex });
    await journey.follow();
    expect(await journey.linksOf('m1')).toEqual([`contacts/${ID.solo}`]);
    await journey.act({ do: 'restore', id: ID.globex });
    await journey.follow();
    expect(await journey.linksOf('m1')).toContain(`accounts/${ID.globex}`);
    await journey.expectAgreement('m1');
  });
});

describe('a note that names records without a note of their own', () => {
  const newDeal = (name: string) => ({
    do: 'create',
    module: 'Deals',
    fields: { Deal_Name: name, Stage: 'Qualification', Account_Name: { id: ID.acme } },
  });
  const consolidated = (journey: Awaited<ReturnType<typeof startPublished>>) =>
    String(journey.crm.notesOf(String(journey.crm.events()[0]?.id))[0]?.Note_Content);

  it('is not written again because there is one more of them, and names it when it is written for a reason', async () => {
    const journey = await startPublished();
    expect(consolidated(journey)).toContain('- Old business');
    await journey.act(newDeal('Brand new'));
    expect(await journey.writesWhile(() => journey.follow())).toEqual([]);
    expect((await journey.meeting('m1')).associations.map(({ name }) => name)).toContain('Brand new');
    expect(consolidated(journey)).not.toContain('Brand new');
    await journey.ingest('m1', meetingBody({ notes: [{ id: 'n1', text: 'Another word' }] }));
    await journey.settle();
    expect(consolidated(journey)).toContain('- Brand new');
    await journey.expectAgreement('m1');
  });

  it('is written again when a name in it is wrong', async () => {
    const journey = await startPublished();
    await journey.act({ do: 'update', module: 'Deals', id: ID.old, fields: { Deal_Name: 'Old and renamed' } });
    await journey.follow();
    expect(consolidated(journey)).toContain('- Old and renamed');
    await journey.act({ do: 'delete', module: 'Deals', id: ID.old });
    await journey.follow();
    expect(consolidated(journey)).not.toContain('renamed');
    await journey.expectAgreement('m1');
  });
});
