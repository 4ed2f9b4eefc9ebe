import { describe, expect, it } from 'vitest';
import { decideLink } from '../../src/features/associate/decide-link.ts';
import { decidePerson } from '../../src/features/associate/decide-person.ts';
import { saveSettings } from '../../src/features/people/save-settings.ts';
import { parsePolicy } from '../../src/features/policy.ts';
import { createTestDatabase } from '../harness/database.ts';
import {
  meetingBody,
  type ProductOptions,
  startConnectedProduct,
  type TestProduct,
  writesOf,
} from '../harness/product.ts';
import { ID, smallWorld } from '../harness/small-world.ts';

const database = await createTestDatabase();

const startConnected = (options: ProductOptions = {}) => startConnectedProduct(database, options);

const TWIN = 'twin@globex.example';

type Choice = Parameters<typeof decideLink>[0]['input'];
const decide = (product: TestProduct, choice: Omit<Choice, 'externalId'>) =>
  decideLink({
    ctx: product.contextOf({ kind: 'person', id: 'p1', name: 'Eva' }),
    input: { externalId: 'm1', ...choice },
  });

/** Makes the product look at the meeting anew, with new content. */
async function reevaluate(product: TestProduct, title: string): Promise<void> {
  await product.ingest('m1', meetingBody({ title }));
  await product.serve();
}

async function linked(product: TestProduct): Promise<string[]> {
  const { associations } = await product.meeting('m1');
  return associations.map((link) => link.crmId).sort();
}

const save = (product: TestProduct, policy: object) =>
  saveSettings({ ctx: product.ctx, input: { organizationName: 'Us', policy: parsePolicy({ ...policy }) } });

describe('an ambiguous person', () => {
  it('is shown with the candidates, links nothing, and holds the meeting', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody({}, [TWIN]));
    await product.serve();
    const meeting = await product.meeting('m1');
    expect(meeting).toMatchObject({ state: 'held', needsYou: true, associations: [] });
    const twin = meeting.participants.find((person) => person.email === TWIN);
    expect(twin?.match.kind).toBe('ambiguous');
    expect(twin?.match.candidates.map(({ crmId }) => crmId).sort()).toEqual([ID.twinA, ID.twinB]);
    expect(product.crm.events()).toEqual([]);
  });

  it('is linked as soon as a person chooses, and that outlives new content', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody({}, [TWIN]));
    await product.serve();
    const choice = { externalId: 'm1', participantKey: `email:${TWIN}` };
    await decidePerson({
      ctx: product.ctx,
      input: { ...choice, kind: 'chosen', module: 'contacts', recordId: ID.twinB },
    });
    await product.serve();
    expect(product.crm.events()).toMatchObject([{ Who_Id: ID.twinB }]);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', needsYou: false });
    await product.ingest('m1', meetingBody({ title: 'Renamed' }, [TWIN]));
    await product.serve();
    expect(product.crm.events()).toMatchObject([{ Who_Id: ID.twinB, Event_Title: 'Renamed' }]);
    await decidePerson({ ctx: product.ctx, input: { ...choice, kind: 'reset' } });
    await product.serve();
    expect(await product.meeting('m1')).toMatchObject({ state: 'held', associations: [] });
    expect([...product.crm.events(), ...product.crm.notes()]).toEqual([]);
  });

  it('does not keep the others of the meeting from being linked', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody({}, ['ana@acme.example', TWIN]));
    await product.serve();
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', needsYou: true });
    const ids = await linked(product);
    expect(ids).toContain(ID.ana);
    for (const id of [ID.twinA, ID.twinB, ID.globex, ID.pilot]) expect(ids).not.toContain(id);
  });

  it('cannot be somebody who is not in the CRM, or in another meeting', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody({}, [TWIN]));
    const pick = (participantKey: string, recordId: string) =>
      decidePerson({
        ctx: product.ctx,
        input: { externalId: 'm1', participantKey, kind: 'chosen', module: 'contacts', recordId },
      });
    await expect(pick(`email:${TWIN}`, '999')).rejects.toMatchObject({ code: 'not_found' });
    await expect(pick('email:else@far.example', ID.twinA)).rejects.toMatchObject({ code: 'not_found' });
    expect(
      await product.db.query('select * from person_decisions where organization_id = $1', [product.organizationId]),
    ).toEqual([]);
  });
});

describe("a person's word on a link", () => {
  it('keeps an excluded record out, and takes its note away', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody());
    await product.serve();
    await decide(product, { module: 'accounts', recordId: ID.acme, decision: 'excluded' });
    await product.serve();
    expect(product.crm.notesOf(ID.acme)).toEqual([]);
    await reevaluate(product, 'Looked at again');
    const meeting = await product.meeting('m1');
    expect(meeting.associations.map(({ crmId }) => crmId)).not.toContain(ID.acme);
    expect(meeting.notLinked).toContainEqual(expect.objectContaining({ crmId: ID.acme, cause: 'excluded' }));
    expect(product.crm.notesOf(ID.acme)).toEqual([]);
  });

  it('adds a record that nothing leads to, and gives it the note', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody());
    await product.serve();
    await decide(product, { module: 'deals', recordId: ID.pilot, decision: 'added' });
    await product.serve();
    expect(product.crm.notesOf(ID.pilot)).toHaveLength(1);
    await reevaluate(product, 'Looked at again');
    const { associations } = await product.meeting('m1');
    expect(associations).toContainEqual(
      expect.objectContaining({ crmId: ID.pilot, origin: 'manual', decision: 'added', published: true }),
    );
  });

  it('pins a link that would go with the person who led to it', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody({}, ['ana@acme.example', 'cleo@initech.example']));
    await product.serve();
    await decide(product, { module: 'accounts', recordId: ID.initech, decision: 'pinned' });
    await product.ingest('m1', meetingBody({}, ['ana@acme.example']));
    await product.serve();
    expect(await linked(product)).toContain(ID.initech);
    expect(product.crm.notesOf(ID.initech)).toHaveLength(1);
  });

  it('is forgotten by a reset: the machine decides again', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody());
    await product.serve();
    const before = await linked(product);
    await decide(product, { module: 'accounts', recordId: ID.acme, decision: 'excluded' });
    await decide(product, { module: 'deals', recordId: ID.pilot, decision: 'added' });
    await product.serve();
    expect(await linked(product)).not.toEqual(before);
    await decide(product, { module: 'accounts', recordId: ID.acme, decision: 'reset' });
    await decide(product, { module: 'deals', recordId: ID.pilot, decision: 'reset' });
    await product.serve();
    expect(await linked(product)).toEqual(before);
    expect(product.crm.notesOf(ID.acme)).toHaveLength(1);
    expect(product.crm.notesOf(ID.pilot)).toEqual([]);
  });

  it('tells who decided, and refuses records that the CRM does not have', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody());
    await expect(decide(product, { module: 'deals', recordId: '999', decision: 'added' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await decide(product, { module: 'deals', recordId: ID.pilot, decision: 'added' });
    const rows = await product.db.query('select record_id, decided_by from link_decisions where organization_id = $1', [
      product.organizationId,
    ]);
    expect(rows).toEqual([{ record_id: ID.pilot, decided_by: 'Eva' }]);
  });
});

describe('a change of policy', () => {
  it('evaluates and publishes every meeting anew, and costs nothing where nothing changes', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody());
    await product.ingest('m2', meetingBody({}, ['cleo@initech.example']));
    await product.serve();
    await save(product, { publish: 'everything' });
    const writes = writesOf(await product.crm.calls(() => product.serve()));
    // Two deals gain a note, and the event's note does not name them as left out any more.
    expect(writes).toHaveLength(2);
    for (const deal of [ID.upsell, ID.old]) expect(product.crm.notesOf(deal)).toHaveLength(1);
    await save(product, { publish: 'relevant' });
    await product.serve();
    const idle = await product.crm.calls(async () => {
      await save(product, { publish: 'relevant' });
      await product.serve();
    });
    expect(idle).toEqual([]);
  });

  it('publishes what was held or internal once the organization wants it', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody({}, ['stranger@far.example']));
    await product.ingest('m2', meetingBody({}, ['olga@us.example']));
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    await save(product, { publishUnmatched: true, publishInternal: true });
    await product.serve();
    expect(product.crm.events()).toHaveLength(2);
  });

  it('finds an account by the company domain only when it is switched on', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody({}, ['newcomer@initech.example']));
    await product.serve();
    expect(await product.meeting('m1')).toMatchObject({ state: 'held' });
    await save(product, { matchByDomain: true });
    await product.serve();
    expect(await linked(product)).toEqual([ID.initech]);
    expect(product.crm.events()).toMatchObject([{ What_Id: ID.initech, $se_module: 'Accounts' }]);
  });

  it('links fewer deals in focus, never others', async () => {
    const world = smallWorld();
    for (let at = 0; at < 4; at++) {
      world.deals.push({
        id: `46${at}`,
        name: `More ${at}`,
        accountId: ID.acme,
        stage: 'Qualification',
        engageDate: '2026-09-01',
        closeDate: '2027-01-31',
      });
    }
    const product = await startConnected({ world });
    await product.ingest('m1', meetingBody());
    await product.serve();
    const everything = await linked(product);
    await save(product, { cascade: 'focused', focused: { maxDeals: 2 } });
    await product.serve();
    const focused = await linked(product);
    expect(focused.filter((id) => id.startsWith('4'))).toHaveLength(2);
    expect(everything).toEqual(expect.arrayContaining(focused));
  });
});

describe('leads', () => {
  it('carry a meeting of leads only', async () => {
    const product = await startConnected();
    await product.ingest('m1', meetingBody({}, ['lea@new.example']));
    await product.serve();
    const [event] = product.crm.events();
    expect(event).toMatchObject({ What_Id: ID.lea, $se_module: 'Leads' });
    expect(event?.Who_Id ?? null).toBeNull();
    expect(product.crm.notesOf(ID.lea)).toHaveLength(1);
  });
});
