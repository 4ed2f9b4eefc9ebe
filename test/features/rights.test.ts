import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/crm/scopes.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, startTestProduct, type TestProduct } from '../harness/product.ts';
import { startTestServer } from '../harness/server.ts';
import { ID } from '../harness/small-world.ts';
import { bodyAt, check, connectAs, connectionOf, resultsOf, withdraw } from './connect-as.ts';

const database = await createTestDatabase();
const HOUR = 3600;

const refusedOf = (results: Record<string, string>, result: string) =>
  Object.entries(results).flatMap(([key, value]) => (value === result ? [key] : []));

/** Nothing is owed, nobody failed, every event and note is there once. */
async function expectQuiet(product: TestProduct): Promise<void> {
  const [row] = await product.db.query(
    `select count(*) filter (where owed_at is not null)::int as owed, count(*) filter (where state = 'failed')::int as failed
     from meetings where organization_id = $1`,
    [product.organizationId],
  );
  expect(row).toEqual({ owed: 0, failed: 0 });
  const markers = product.crm.notes().map((note) => String(note.Note_Content).trimEnd().split('\n').at(-1));
  expect(new Set(markers).size).toBe(markers.length);
}

describe('the checklist of rights', () => {
  it('is gone through at a connection: an administrator with every scope may do all, for at most 12 credits', async () => {
    const product = await startConnectedProduct(database);
    const results = await resultsOf(product);
    expect(refusedOf(results, 'ok').length).toBeGreaterThan(20);
    expect(refusedOf(results, 'not_needed')).toEqual(['contacts_write', 'accounts_write', 'deals_write']);
    expect(new Set(Object.values(results))).toEqual(new Set(['ok', 'not_needed']));
    const calls = await product.crm.calls(() => check(product));
    expect(calls.reduce((sum, { credits }) => sum + credits, 0)).toBeLessThanOrEqual(12);
    expect(calls.every(({ method, path }) => method === 'GET' || /coql|composite/.test(path))).toBe(true);
  });

  it.each([
    ['Events', undefined, ['events_read', 'events_create', 'events_edit', 'events_delete']],
    ['Events', 'POST', ['events_create']],
    ['Events', 'PUT', ['events_edit']],
    ['Events', 'DELETE', ['events_delete']],
    ['Notes', 'GET', ['notes_list']],
    ['Notes', 'POST', ['notes_create']],
    ['Notes', 'PUT', ['notes_edit']],
    ['Notes', 'DELETE', ['notes_delete']],
    ['Contacts', 'GET', ['contacts_read', 'contact_roles']],
    ['Accounts', 'GET', ['accounts_read']],
    ['Deals', 'GET', ['deals_read', 'contact_roles']],
    ['Leads', 'GET', ['leads_read']],
  ])('names what the profile lacks: %s %s', async (module, method, keys) => {
    const product = await startConnectedProduct(database);
    withdraw(product, module, method);
    const { rights } = await check(product);
    const lines = rights.lines.filter(({ result }) => result === 'missing_profile_permission');
    expect(lines.map(({ key }) => key)).toEqual(keys);
    for (const { cure } of lines) expect(cure).toMatch(/Profiles > Administrator/);
    product.crm.heal();
    expect((await check(product)).rights.lines.filter(({ result }) => result === 'missing_profile_permission')).toEqual(
      [],
    );
  });

  it.each([
    ['a right that was given back meanwhile', true],
    ['a right that was withdrawn meanwhile', false],
  ])('keeps what the later of two tests said: %s', async (_name, isGivenBack) => {
    const product = await startConnectedProduct(database);
    if (isGivenBack) {
      withdraw(product, 'Notes', 'POST');
      await check(product);
      await product.ingest('m1', meetingBody({}, ['ana@acme.example']));
      await product.settle();
    }
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let isFirst = true;
    let asked: () => void = () => undefined;
    const wasAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    product.intercept(async ({ url }, send) => {
      const answer = await send();
      if (!isFirst || !url.pathname.includes('/settings/profiles')) return answer;
      isFirst = false;
      asked();
      await held;
      return answer;
    });
    const earlier = check(product);
    await wasAsked;
    if (isGivenBack) product.crm.heal();
    else withdraw(product, 'Notes', 'POST');
    product.advance(1);
    await check(product);
    goOn();
    await earlier;
    product.intercept(null);
    expect((await resultsOf(product)).notes_create).toBe(isGivenBack ? 'ok' : 'missing_profile_permission');
    if (!isGivenBack) return;
    await product.settle();
    await expectQuiet(product);
    expect(product.crm.notes().length).toBeGreaterThan(0);
  });

  it.each([
    ['ZohoCRM.modules.notes.ALL', ['notes_list', 'notes_create', 'notes_edit', 'notes_delete']],
    ['ZohoCRM.modules.deals.READ', ['deals_read', 'contact_roles']],
    ['ZohoCRM.modules.leads.READ', ['leads_read']],
    ['ZohoCRM.notifications.ALL', ['notifications']],
    ['ZohoCRM.composite_requests.CUSTOM', ['composite']],
    ['ZohoCRM.bulk.READ', ['bulk']],
    ['ZohoCRM.coql.READ', ['coql']],
    ['ZohoCRM.settings.related_lists.READ', ['related_lists']],
    ['ZohoCRM.settings.fields.CREATE', ['fields_create']],
    ['ZohoCRM.settings.layouts.READ', ['metadata']],
    ['ZohoCRM.settings.profiles.READ', ['profiles']],
  ])('tells a missing scope apart: %s', async (scope, keys) => {
    const product = await startTestProduct(database);
    await connectAs(product, { scopes: SCOPES.filter((one) => one !== scope) });
    const calls = await product.crm.calls(() => check(product));
    expect(calls.reduce((sum, { credits }) => sum + credits, 0)).toBeLessThanOrEqual(12);
    const { rights } = await connectionOf(product);
    const lines = rights?.lines.filter(({ result }) => result === 'missing_scope') ?? [];
    expect(lines.map(({ key }) => key)).toEqual(keys);
    for (const { cure } of lines) expect(cure).toMatch(/Reconnect/);
    expect(rights?.lines.filter(({ result }) => result === 'missing_profile_permission')).toEqual([]);
  });

  it('says what an edition does not have', async () => {
    const product = await startTestProduct(database, { edition: 'free' });
    await product.connect();
    await check(product);
    expect(refusedOf(await resultsOf(product), 'not_available_in_edition')).toEqual(['fields_create']);
  });

  it('never takes what it could not test for allowed, nor for refused', async () => {
    const product = await startConnectedProduct(database);
    product.crm.fault(
      { kind: '500', match: { path: '/settings/' } },
      { kind: '500', match: { path: '/actions/watch' } },
    );
    await check(product);
    const results = await resultsOf(product);
    const unknown = refusedOf(results, 'unknown');
    expect(unknown).toEqual(
      expect.arrayContaining([
        'contacts_read',
        'events_create',
        'notes_create',
        'event_participants',
        'notifications',
        'metadata',
      ]),
    );
    expect(refusedOf(results, 'missing_profile_permission')).toEqual([]);
    product.crm.heal();
    await product.ingest('m1', meetingBody());
    await product.settle();
    expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
    await expectQuiet(product);
  });

  it('changes nothing that is stored when Zoho cannot be asked at all', async () => {
    const product = await startConnectedProduct(database);
    const before = await connectionOf(product);
    product.intercept(() => Promise.reject(new TypeError('fetch failed')));
    await expect(check(product)).rejects.toMatchObject({ code: 'crm_unavailable' });
    expect(await connectionOf(product)).toMatchObject({ rights: before.rights, state: 'connected' });
  });
});

describe('notes that may not be written', () => {
  it('never hold their event up, are said to be missing, and are written when they may be', async () => {
    const product = await startConnectedProduct(database);
    withdraw(product, 'Notes');
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect(product.crm.events()).toHaveLength(1);
    expect(product.crm.notes()).toEqual([]);
    const meeting = await product.meeting('m1');
    expect(meeting).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    expect(meeting.stateReason).toMatch(/create notes/);
    await expectQuiet(product);
    product.crm.heal();
    product.advance(HOUR + 1);
    await product.serve();
    expect(product.crm.notes()).toHaveLength(3);
    expect(product.crm.events()).toHaveLength(1);
    expect((await product.meeting('m1')).stateReason).toBe('Published and verified.');
    await expectQuiet(product);
  });

  it('withdrawn between event and notes: what was refused is looked at, nothing fails', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    product.intercept(async ({ url, method }, send) => {
      if (method === 'POST' && url.pathname.endsWith('/Events')) withdraw(product, 'Notes', 'POST');
      return send();
    });
    await product.serve();
    expect(product.crm.events()).toHaveLength(1);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
    await expectQuiet(product);
  });

  it('while an event is taken back and written anew: the new one gets its own notes', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.settle();
    withdraw(product, 'Notes');
    await check(product);
    await product.retract('m1');
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    await product.ingest('m1', meetingBody({ title: 'Here again' }));
    await product.serve();
    expect(product.crm.events()).toHaveLength(1);
    product.crm.heal();
    product.advance(HOUR + 1);
    await product.settle();
    const [event] = product.crm.events();
    const notes = product.crm.notes();
    expect(notes.filter(({ Parent_Id }) => Parent_Id === event?.id)).toHaveLength(1);
    expect(notes).toHaveLength(3);
    for (const { Note_Title } of notes) expect(String(Note_Title)).toContain('Here again');
    expect((await product.meeting('m1')).inZoho.notes.map(({ gone }) => gone)).toEqual([null, null, null]);
    await expectQuiet(product);
  });

  it('without their scope: the connection lives, events are written', async () => {
    const product = await startTestProduct(database);
    await connectAs(product, { scopes: SCOPES.filter((scope) => scope !== 'ZohoCRM.modules.notes.ALL') });
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect(await connectionOf(product)).toMatchObject({ state: 'connected' });
    expect(product.crm.events()).toHaveLength(1);
    expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
    await connectAs(product);
    await product.serve();
    expect(product.crm.notes()).toHaveLength(3);
    await expectQuiet(product);
  });
});

describe('events that may not be written', () => {
  it('wait with a sentence and flow out when a probe sees that they may be', async () => {
    const product = await startConnectedProduct(database);
    withdraw(product, 'Events', 'POST');
    for (const at of [1, 2, 3]) await product.ingest(`m${at}`, bodyAt(at));
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    expect(product.crm.notes()).toEqual([]);
    const waiting = await product.meeting('m2');
    expect(waiting).toMatchObject({ state: 'waiting' });
    expect(waiting.stateReason).toMatch(/create this meeting/);
    const [row] = await product.db.query(
      `select state_cause as cause from meetings where organization_id = $1 limit 1`,
      [product.organizationId],
    );
    expect(row).toEqual({ cause: 'no_permission' });
    const quiet = await product.crm.calls(async () => {
      product.advance(60);
      await product.serve();
    });
    expect(quiet.filter(({ path }) => path.endsWith('/Events'))).toEqual([]);
    product.crm.heal();
    product.advance(HOUR + 1);
    await product.settle();
    expect(product.crm.events()).toHaveLength(3);
    expect(product.crm.notes()).toHaveLength(9);
    await expectQuiet(product);
  });

  it('changed: what is published stays published, and the change follows', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.serve();
    withdraw(product, 'Events', 'PUT');
    await product.ingest('m1', meetingBody({ title: 'A new title' }));
    await product.serve();
    expect(product.crm.events().map(({ Event_Title }) => Event_Title)).toEqual(['Quarterly review']);
    expect((await product.meeting('m1')).stateReason).toMatch(/change this meeting/);
    product.crm.heal();
    product.advance(HOUR + 1);
    await product.settle();
    expect(product.crm.events().map(({ Event_Title }) => Event_Title)).toEqual(['A new title']);
    await expectQuiet(product);
  });
});

describe('records that may not be read', () => {
  it('deals: nothing is unlinked, and the meetings go on', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.settle();
    const before = (await product.meeting('m1')).associations.map(({ crmId }) => crmId).sort();
    expect(before).toContain(ID.renewal);
    withdraw(product, 'Deals', 'GET');
    await check(product);
    product.advance(2 * HOUR);
    await product.serve();
    await product.ingest('m2', bodyAt(2));
    await product.serve();
    expect((await product.meeting('m1')).associations.map(({ crmId }) => crmId).sort()).toEqual(before);
    expect(await connectionOf(product)).toMatchObject({ state: 'connected' });
    const server = await startTestServer(product);
    const preview = await server.as('admin', { method: 'GET', url: '/api/v1/meetings/m1/plan' });
    expect(preview.body).toContain('Deals are unknown');
    product.crm.heal();
    product.advance(2 * HOUR);
    await product.settle();
    await expectQuiet(product);
  });

  it('deals from the beginning: everything else is loaded, and deals follow when they may be read', async () => {
    const product = await startTestProduct(database);
    withdraw(product, 'Deals', 'GET');
    await product.connect();
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect(await connectionOf(product)).toMatchObject({ state: 'connected', firstLoad: { state: 'done' } });
    expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
    expect((await product.meeting('m1')).associations.map(({ module }) => module)).not.toContain('deals');
    product.crm.heal();
    product.advance(HOUR + 1);
    await product.settle();
    expect((await product.meeting('m1')).associations.map(({ crmId }) => crmId)).toContain(ID.renewal);
    await expectQuiet(product);
  });

  it('are named by the checklist once a poll was refused, without anybody asking', async () => {
    const product = await startConnectedProduct(database);
    withdraw(product, 'Leads', 'GET');
    for (const seconds of [HOUR, 20 * 60, 20 * 60]) {
      product.advance(seconds);
      await product.serve();
    }
    expect(await resultsOf(product)).toMatchObject({ leads_read: 'missing_profile_permission', contacts_read: 'ok' });
  });

  it('several in one call: roles are read one by one', async () => {
    const product = await startTestProduct(database);
    await connectAs(product, { scopes: SCOPES.filter((scope) => !scope.includes('composite')) });
    await product.ingest('m1', meetingBody());
    await product.settle();
    expect(await connectionOf(product)).toMatchObject({ state: 'connected' });
    expect(await product.meeting('m1')).toMatchObject({ state: 'published', rolesStillLoading: 0 });
    expect((await product.meeting('m1')).associations.map(({ crmId }) => crmId)).toContain(ID.renewal);
    await expectQuiet(product);
  });
});
