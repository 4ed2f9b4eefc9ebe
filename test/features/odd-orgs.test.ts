import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/crm/scopes.ts';
import { listNeedsYou } from '../../src/features/analytics/list-needs-you.ts';
import { openConnection } from '../../src/features/open-connection.ts';
import { readPreflight } from '../../src/features/preflight/read-preflight.ts';
import { refreshPreflight } from '../../src/features/preflight/refresh-preflight.ts';
import { saveConstants } from '../../src/features/preflight/save-constants.ts';
import { stateEventsSharing } from '../../src/features/preflight/state-sharing.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, startTestProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';
import { connectAs } from './connect-as.ts';
import { controlSandbox } from './control-sandbox.ts';

const database = await createTestDatabase();

/** A meeting of its own: nothing that it could be taken for another recording by. */
const meetingAt = (hour: number, more: object = {}) =>
  meetingBody({ startsAt: `2026-11-20T0${hour}:00:00+01:00`, endsAt: `2026-11-20T0${hour}:30:00+01:00`, ...more });

const people = (...emails: string[]) => [
  { name: 'Laura Host', email: 'host@us.example', role: 'organizer' },
  ...emails.map((email) => ({ name: email, email })),
];

const needs = (product: TestProduct) => listNeedsYou({ ctx: product.ctx, input: { limit: 50 } });

async function refresh(product: TestProduct): Promise<void> {
  const open = await openConnection(product.ctx, product.gateway());
  await refreshPreflight({ ctx: product.ctx, input: { open } });
}

const region = { label: 'Region', type: 'picklist', values: ['North', 'South'] };

async function demandRegion(product: TestProduct): Promise<void> {
  await controlSandbox(product, 'layout', { module: 'Events', fields: [region], required: ['Region'] });
}

describe('a field that every event must have', () => {
  it('is one question for all meetings; its value lets them all out, by activity type', async () => {
    const product = await startConnectedProduct(database);
    await demandRegion(product);
    await product.ingest('m1', meetingBody());
    await product.ingest('m2', meetingAt(8, { activityType: 'Review' }));
    await product.ingest('m3', meetingAt(9, { activityType: null }));
    await product.settle();
    expect(product.crm.events()).toEqual([]);
    const { data, causes } = await needs(product);
    expect(causes).toEqual([{ cause: 'mandatory_field', count: 1 }]);
    expect(data).toMatchObject([
      {
        cause: 'mandatory_field',
        obstacle: { meetings: 3, field: { field: 'Region', label: 'Region', values: ['North', 'South'] } },
      },
    ]);
    expect((await product.meeting('m2')).state).toBe('held');
    expect((await product.meeting('m2')).stateReason).toContain('“Region”');

    await saveConstants({
      ctx: product.ctx,
      input: { field: 'Region', otherwise: 'North', byActivityType: [{ activityType: 'Review', value: 'South' }] },
    });
    await product.settle();
    const regions = product.crm.events().map((event) => event.Region);
    expect(regions.sort()).toEqual(['North', 'North', 'South']);
    for (const id of ['m1', 'm2', 'm3']) expect((await product.meeting(id)).state).toBe('published');
    expect((await needs(product)).causes).toEqual([]);
    // Later versions of a meeting leave the field as it is.
    await product.ingest('m2', meetingAt(8, { activityType: 'Review', title: 'Told again' }));
    await product.settle();
    expect(product.crm.events().find((event) => event.Event_Title === 'Told again')).toMatchObject({ Region: 'South' });
  });

  it('that is optional again lets the meetings go once the layouts are read', async () => {
    const product = await startConnectedProduct(database);
    await demandRegion(product);
    await product.ingest('m1', meetingBody());
    await product.settle();
    expect((await product.meeting('m1')).state).toBe('held');
    await controlSandbox(product, 'layout', { module: 'Events', required: [] });
    await refresh(product);
    await product.settle();
    expect((await product.meeting('m1')).state).toBe('published');
    expect(product.crm.events()).toHaveLength(1);
  });

  it('takes no value that Zoho would refuse', async () => {
    const product = await startConnectedProduct(database);
    await demandRegion(product);
    await refresh(product);
    const give = (otherwise: string) =>
      saveConstants({ ctx: product.ctx, input: { field: 'Region', otherwise, byActivityType: [] } });
    await expect(give('West')).rejects.toThrow(/North, South/);
    await expect(
      saveConstants({ ctx: product.ctx, input: { field: 'Nowhere', otherwise: 'x', byActivityType: [] } }),
    ).rejects.toThrow(/no field/i);
  });
});

describe('values that an org refuses', () => {
  it('by a rule: one question, with the rule’s own words', async () => {
    const product = await startConnectedProduct(database);
    const rule = { field: 'Event_Title', matches: '^OK', message: 'Titles begin with OK' };
    await controlSandbox(product, 'layout', { module: 'Events', rules: [rule] });
    await product.ingest('m1', meetingBody());
    await product.ingest('m2', meetingAt(8));
    await product.ingest('m3', meetingAt(9, { title: 'OK then' }));
    await product.settle();
    expect(product.crm.events().map((event) => event.Event_Title)).toEqual(['OK then']);
    const { data } = await needs(product);
    expect(data).toMatchObject([{ cause: 'validation_rule', obstacle: { meetings: 2 } }]);
    expect(data[0]?.question).toContain('Titles begin with OK.');
  });

  it('because they are not unique: one question', async () => {
    const product = await startConnectedProduct(database);
    const code = { label: 'Code', type: 'text', length: 20, unique: true };
    await controlSandbox(product, 'layout', { module: 'Events', fields: [code], required: ['Code'] });
    await refresh(product);
    await saveConstants({ ctx: product.ctx, input: { field: 'Code', otherwise: 'same', byActivityType: [] } });
    await product.ingest('m1', meetingBody());
    await product.settle();
    await product.ingest('m2', meetingAt(8));
    await product.ingest('m3', meetingAt(9));
    await product.settle();
    expect(product.crm.events()).toHaveLength(1);
    expect((await needs(product)).data).toMatchObject([
      { cause: 'unique_value', obstacle: { meetings: 2, field: { field: 'Code' } } },
    ]);
  });
});

describe('a record that takes nothing for now', () => {
  it('locked: the rest of the meeting goes on, and its note follows by itself', async () => {
    const product = await startConnectedProduct(database);
    await controlSandbox(product, 'records', { records: [{ module: 'Accounts', id: ID.acme, state: 'locked' }] });
    await product.ingest('m1', meetingBody());
    await product.settle();
    expect(product.crm.events()).toHaveLength(1);
    expect(product.crm.notesOf(ID.renewal)).toHaveLength(1);
    expect(product.crm.notesOf(ID.acme)).toEqual([]);
    const meeting = await product.meeting('m1');
    expect(meeting).toMatchObject({ state: 'published' });
    expect(meeting.stateReason).toContain('Acme is locked in Zoho');
    expect((await needs(product)).data).toMatchObject([
      {
        cause: 'record_blocked',
        obstacle: { meetings: 1, record: { module: 'accounts', crmId: ID.acme, name: 'Acme' } },
      },
    ]);
    // Not tried before its time, whatever else happens.
    await product.ingest('m1', meetingBody({ title: 'Told again' }));
    const calls = await product.crm.calls(() => product.settle());
    expect(calls.filter(({ method, path }) => method === 'POST' && path.endsWith('/Notes'))).toEqual([]);
    expect((await product.meeting('m1')).stateReason).toContain('Acme is locked in Zoho');
    await controlSandbox(product, 'records', { records: [{ module: 'Accounts', id: ID.acme, state: null }] });
    product.advance(3_700);
    await product.settle();
    expect(product.crm.notesOf(ID.acme)).toHaveLength(1);
    expect((await needs(product)).causes).toEqual([]);
    expect((await product.meeting('m1')).stateReason).toBe('Published and verified.');
  });

  it.each(['invalid-id', 'no-permission'])(
    'hidden (%s): the meeting goes out without it, and with it once it is shared',
    async (as) => {
      const product = await startConnectedProduct(database);
      product.crm.set({ invisibleRecord: as });
      const connected = (
        await product.db.query<{ email: string }>(
          'select zoho_user_email as email from connections where organization_id = $1',
          [product.organizationId],
        )
      )[0]?.email;
      const hide = (invisibleTo: (string | undefined)[]) =>
        controlSandbox(product, 'records', { records: [{ module: 'Deals', id: ID.renewal, invisibleTo }] });
      await hide([connected]);
      await product.ingest('m1', meetingBody());
      await product.settle();
      const [event] = product.crm.events();
      expect(event?.What_Id).not.toBe(ID.renewal);
      expect((await product.meeting('m1')).state).toBe('published');
      expect((await needs(product)).data).toMatchObject([
        { cause: 'record_hidden', obstacle: { record: { crmId: ID.renewal } } },
      ]);
      await hide([]);
      product.advance(3_700);
      await product.settle();
      expect(product.crm.events()).toMatchObject([{ What_Id: ID.renewal }]);
      expect((await needs(product)).causes).toEqual([]);
    },
  );
});

describe('an org whose events are private', () => {
  it('has the notes on the primary record too, and says why', async () => {
    const product = await startTestProduct(database);
    product.crm.set({ eventsSharing: 'private' });
    await product.connect();
    await product.serve();
    await product.ingest('m1', meetingBody());
    await product.settle();
    const [event] = product.crm.events();
    const onEvent = product.crm.notesOf(String(event?.id));
    const onDeal = product.crm.notesOf(ID.renewal).map((note) => String(note.Note_Content));
    expect(onEvent).toHaveLength(1);
    expect(onDeal).toHaveLength(2);
    const copy = onDeal.find((text) => text.includes('Too expensive'));
    expect(copy).toContain('Events are private in this Zoho org');
    expect(
      product.crm
        .notesOf(ID.acme)
        .map((note) => String(note.Note_Content))
        .join(),
    ).not.toContain('Too expensive');
    // Public again: the copy goes.
    product.crm.set({ eventsSharing: 'public' });
    await refresh(product);
    await product.settle();
    expect(product.crm.notesOf(ID.renewal)).toHaveLength(1);
    expect((await product.meeting('m1')).state).toBe('published');
  });
});

describe('an org that does not tell how events are shared', () => {
  it('because its consent is without that scope: everything else works, and the page asks for it', async () => {
    const product = await startTestProduct(database);
    product.crm.set({ eventsSharing: 'private' });
    await connectAs(product, { scopes: SCOPES.filter((scope) => !scope.includes('data_sharing')) });
    await product.serve();
    await product.ingest('m1', meetingBody());
    await product.settle();
    expect((await product.meeting('m1')).state).toBe('published');
    const told = await readPreflight({ ctx: product.ctx });
    expect(told.eventsSharing).toMatchObject({ isPrivate: false, knownFrom: null });
    expect(told.eventsSharing.sentence).toContain('does not tell');
    expect(product.crm.notesOf(ID.renewal)).toHaveLength(1);
    await stateEventsSharing({ ctx: product.ctx, input: { sharing: 'private' } });
    await product.settle();
    expect(product.crm.notesOf(ID.renewal)).toHaveLength(2);
  });
});

describe('contacts that do not show invitations', () => {
  it('get notes although they are participants', async () => {
    const product = await startTestProduct(database);
    product.crm.set({ hiddenRelatedLists: 'Contacts.Invited_Events' });
    await product.connect();
    await product.serve();
    await product.ingest('m1', meetingBody({}, ['ana@acme.example', 'ben@acme.example']));
    await product.settle();
    expect(product.crm.notesOf(ID.ben)).toHaveLength(1);
    expect((await product.meeting('m1')).state).toBe('published');
  });
});

describe('other odd orgs', () => {
  it('Bigin is refused by its name', async () => {
    const product = await startTestProduct(database);
    product.crm.set({ orgType: 'bigin' });
    await expect(product.connect()).rejects.toThrow(/Bigin/);
  });

  it('whose contacts must be of the related account: the others are left blank there, and nothing is refused', async () => {
    const product = await startConnectedProduct(database);
    product.crm.set({ foreignWhoId: 'reject' });
    await product.ingest('m1', meetingBody({}, ['solo@nowhere.example', 'ana@acme.example']));
    await product.ingest('m2', meetingAt(8, { participants: [...people('cleo@initech.example', 'ben@acme.example')] }));
    await product.settle();
    for (const id of ['m1', 'm2']) expect((await product.meeting(id)).state).toBe('published');
    const accountOf = new Map(product.crm.records('Contacts').map(({ id, Account_Name }) => [id, Account_Name]));
    const dealAccount = new Map(product.crm.records('Deals').map(({ id, Account_Name }) => [id, Account_Name]));
    for (const { What_Id, Who_Id } of product.crm.events()) {
      if (Who_Id == null) continue;
      expect(accountOf.get(String(Who_Id))).toBe(dealAccount.get(String(What_Id)) ?? What_Id);
    }
  });

  it('with several currencies: each deal has its own beside its amount', async () => {
    const product = await startTestProduct(database);
    product.crm.set({ multiCurrency: true });
    product.crm.edit('Deals', ID.renewal, { Amount: 100, Currency: 'USD' });
    product.crm.edit('Deals', ID.upsell, { Amount: 50, Currency: 'EUR' });
    await product.connect();
    await product.serve();
    const rows = await product.db.query(
      'select id, amount, currency from crm_deals where organization_id = $1 and id = any($2) order by id',
      [product.organizationId, [ID.renewal, ID.upsell]],
    );
    expect(rows).toEqual([
      { id: ID.renewal, amount: 100, currency: 'USD' },
      { id: ID.upsell, amount: 50, currency: 'EUR' },
    ]);
  });
});
