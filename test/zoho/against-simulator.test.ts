// As long as it is on purpose: every function of the wire once, against one running simulator.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readContactRoles, readRolesOfDeal } from '../../src/zoho/contact-roles.ts';
import { coqlPages, runCoql } from '../../src/zoho/coql.ts';
import { createFields, createTextField } from '../../src/zoho/create-fields.ts';
import { formatCrmTime, parseCrmTime } from '../../src/zoho/crm-time.ts';
import {
  listFields,
  listModules,
  listRelatedLists,
  listUsers,
  readCurrentUser,
  readOrganization,
} from '../../src/zoho/metadata.ts';
import { authorizeUrl, exchangeCode, refreshToken, revokeToken } from '../../src/zoho/oauth.ts';
import { getByIds, getRecord, listNotes, listRecords, relatedRecords } from '../../src/zoho/read-records.ts';
import { deleteRecords, insertRecords, updateRecords, type WriteOutcome } from '../../src/zoho/write-records.ts';
import { openSimulatedOrg, type SimulatedOrg } from './open-simulated-org.ts';

let org: SimulatedOrg;
let accountId: string;
let contactIds: string[];
let dealIds: string[];
let externalField: string;

const plain = { trigger: [] } as const;
const startsAt = Date.parse('2026-11-20T14:00:00Z');
const start = formatCrmTime(startsAt, 'Europe/Madrid');
const end = formatCrmTime(startsAt + 1_800_000, 'Europe/Madrid');
const X_EXTERNAL = () => `Events.${externalField}`;

beforeAll(async () => {
  org = await openSimulatedOrg();
  const { transport } = org;
  [accountId = ''] = idsOf(await insertRecords(transport, 'Accounts', [{ Account_Name: 'Acme' }], plain));
  const people = Array.from({ length: 10 }, (_, index) => ({
    Last_Name: `Pérez ${index}`,
    Email: `p${index}+x@acme.example`,
    Account_Name: { id: accountId },
  }));
  contactIds = [];
  for (let batch = 0; batch < 3; batch += 1) {
    const own = people.map((one, index) => ({ ...one, Email: `p${batch}-${index}@acme.example` }));
    contactIds.push(...idsOf(await insertRecords(transport, 'Contacts', own, plain)));
  }
  const deals = Array.from({ length: 6 }, (_, index) => ({
    Deal_Name: `O'Neil \\ deal ${index}`,
    Stage: 'Qualification',
    Account_Name: { id: accountId },
  }));
  dealIds = idsOf(await insertRecords(transport, 'Deals', deals, plain));
  const wanted = { label: 'Salescaling Meeting ID', length: 100, kind: 'external' } as const;
  const created = await createTextField(transport, 'Events', wanted);
  if (created.kind !== 'created') throw new Error(JSON.stringify(created));
  externalField = created.field.apiName;
  expect(created.field).toMatchObject({ label: wanted.label, dataType: 'text', length: 100, external: 'org' });
});

afterAll(() => org.stop());

beforeEach(async () => {
  await org.control('DELETE', '/faults');
});

function idsOf(outcomes: readonly WriteOutcome[]): string[] {
  return outcomes.map((outcome) => {
    if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
    return outcome.id;
  });
}

const event = (key: string, more: object = {}) => ({
  Event_Title: `Meeting ${key}`,
  Start_DateTime: start,
  End_DateTime: end,
  [externalField]: key,
  ...more,
});
const insertEvents = (...records: Record<string, unknown>[]) =>
  insertRecords(org.transport, 'Events', records, {
    ...plain,
    externalHeader: X_EXTERNAL(),
    idempotencyField: externalField,
  });
const fault = (kind: string, match: object = {}) =>
  org.control('POST', '/faults', { rules: [{ match, kind, count: 1 }] });

describe('tokens', () => {
  it('refreshes, revokes, and then needs a new login', async () => {
    const { ports, centre, client, redirectUri, apiDomain } = org;
    const code = await org.grantCode();
    const grant = await exchangeCode(ports, { centre, client, redirectUri, code });
    if (grant.kind !== 'granted') throw new Error(grant.message);
    expect(grant.apiDomain).toBe(apiDomain);
    expect(grant.expiresAt - Date.now()).toBeGreaterThan(3_500_000);
    expect(grant.scopes).toContain('ZohoCRM.coql.READ');
    expect(await exchangeCode(ports, { centre, client, redirectUri, code })).toMatchObject({
      kind: 'refused',
      reason: 'invalid_code',
    });
    const refresh = () => refreshToken(ports, { centre, client, apiDomain, refreshToken: grant.refreshToken });
    expect((await refresh()).accessToken.reveal()).not.toBe(grant.accessToken.reveal());
    expect(await revokeToken(ports, { centre, token: grant.refreshToken })).toEqual({ kind: 'revoked' });
    await expect(refresh()).rejects.toMatchObject({ code: 'needs_reauth' });
    expect(await revokeToken(ports, { centre, token: grant.refreshToken })).toEqual({ kind: 'already_gone' });
  });

  it('is throttled after ten tokens in ten minutes', async () => {
    const { ports, centre, client, redirectUri, apiDomain } = org;
    const grant = await exchangeCode(ports, { centre, client, redirectUri, code: await org.grantCode() });
    if (grant.kind !== 'granted') throw new Error(grant.message);
    let error: unknown = null;
    for (let turn = 0; turn < 11 && error === null; turn += 1) {
      error = await refreshToken(ports, { centre, client, apiDomain, refreshToken: grant.refreshToken }).then(
        () => null,
        (thrown: unknown) => thrown,
      );
    }
    expect(error).toMatchObject({ code: 'crm_throttled', detail: { retryAfterMs: 600_000 } });
  });

  it('sends people to a page that exists', async () => {
    const { centre, client, redirectUri } = org;
    const scopes = ['ZohoCRM.org.READ'];
    const response = await fetch(authorizeUrl({ centre, clientId: client.clientId, redirectUri, scopes, state: 's' }));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('ZohoCRM.org.READ');
  });

  it('gets over a token that is refused', async () => {
    await fault('401');
    expect(await readOrganization(org.transport)).toMatchObject({ kind: 'read' });
  });
});

describe('metadata', () => {
  it('org, users, modules, fields, related lists', async () => {
    const { transport } = org;
    expect(await readOrganization(transport)).toMatchObject({
      kind: 'read',
      value: {
        id: expect.stringMatching(/^\d+$/),
        zgid: expect.stringMatching(/^\d+$/),
        kind: 'production',
        edition: 'enterprise',
      },
    });
    const me = await readCurrentUser(transport);
    expect(me).toMatchObject({ kind: 'read', value: { isActive: true, isConfirmed: true } });
    const users = await listUsers(transport);
    if (me.kind !== 'read' || users.kind !== 'read') throw new Error('not read');
    expect(users.value).toContainEqual(me.value);
    const modules = await listModules(transport);
    if (modules.kind !== 'read') throw new Error(modules.message);
    for (const apiName of ['Events', 'Contacts', 'Accounts', 'Deals', 'Notes']) {
      expect(modules.value).toContainEqual(
        expect.objectContaining({
          apiName,
          isApiSupported: true,
          isViewable: true,
          isCreatable: true,
          isEditable: true,
          isDeletable: true,
        }),
      );
    }
    const fields = await listFields(transport, 'Events');
    if (fields.kind !== 'read') throw new Error(fields.message);
    expect(fields.value).toContainEqual(expect.objectContaining({ apiName: 'Description', length: 32_000 }));
    expect(fields.value).toContainEqual(
      expect.objectContaining({ apiName: 'Event_Title', isMandatory: true, external: null, isUnique: false }),
    );
    const lists = await listRelatedLists(transport, 'Contacts');
    if (lists.kind !== 'read') throw new Error(lists.message);
    expect(lists.value.map((list) => list.apiName)).toEqual(expect.arrayContaining(['Notes', 'Invited_Events']));
  });

  it('optional fields, with the names that Zoho gave them', async () => {
    const outcomes = await createFields(org.transport, 'Events', [
      { label: 'Activity Type', type: 'picklist', values: ['Demo', 'Review'], tooltip: 'Kind of meeting' },
      { label: 'AI Score', type: 'percent' },
      { label: 'Recording', type: 'website' },
      { label: 'Key', type: 'text', length: 20, isUnique: true },
    ]);
    expect(outcomes).toMatchObject([
      {
        kind: 'created',
        field: {
          apiName: 'Activity_Type',
          dataType: 'picklist',
          picklistValues: expect.arrayContaining(['Demo', 'Review']),
        },
      },
      { kind: 'created', field: { apiName: 'AI_Score', dataType: 'percent' } },
      { kind: 'created', field: { apiName: 'Recording', dataType: 'website' } },
      { kind: 'created', field: { apiName: 'Key', dataType: 'text', length: 20, isUnique: true } },
    ]);
  });
});

describe('writing', () => {
  it('inserts, reads by id and by external value, updates, deletes', async () => {
    const { transport } = org;
    const participants = [{ type: 'contact', participant: contactIds[1], invited: false }];
    const [id = ''] = idsOf(
      await insertEvents(
        event('life', {
          What_Id: { id: dealIds[0] },
          $se_module: 'Deals',
          Who_Id: { id: contactIds[0] },
          Participants: participants,
        }),
      ),
    );
    const found = await getRecord(transport, 'Events', 'life', { external: X_EXTERNAL() });
    if (found.kind !== 'found') throw new Error(found.kind);
    expect(found.record).toMatchObject({
      id,
      What_Id: { id: dealIds[0] },
      Who_Id: { id: contactIds[0] },
      [externalField]: 'life',
    });
    expect(found.record.Participants).toMatchObject([{ type: 'contact', participant: contactIds[1] }]);
    expect(parseCrmTime(String(found.record.Start_DateTime))).toBe(startsAt);
    expect(await getRecord(transport, 'Events', id, { fields: ['Event_Title'] })).toMatchObject({
      kind: 'found',
      record: { id, Event_Title: 'Meeting life' },
    });
    expect(await updateRecords(transport, 'Events', [{ id, Event_Title: 'New' }], plain)).toMatchObject([
      { kind: 'done', id },
    ]);
    expect(await getRecord(transport, 'Events', id)).toMatchObject({ record: { Event_Title: 'New' } });
    expect(await deleteRecords(transport, 'Events', [id], plain)).toEqual([{ kind: 'done', id, modifiedTime: null }]);
    expect(await deleteRecords(transport, 'Events', [id], plain)).toEqual([{ kind: 'done', id, modifiedTime: null }]);
    expect(await getRecord(transport, 'Events', id)).toEqual({ kind: 'absent' });
    expect(await getRecord(transport, 'Events', 'life', { external: X_EXTERNAL() })).toEqual({ kind: 'absent' });
    expect(await updateRecords(transport, 'Events', [{ id, Event_Title: 'x' }], plain)).toMatchObject([
      { kind: 'failed', code: 'INVALID_DATA' },
    ]);
  });

  it.each([false, true])(
    'a second insert of one external value is a duplicate (id in the details: %s)',
    async (externalDuplicateHasId) => {
      await org.control('POST', '/switches', { externalDuplicateHasId });
      const key = `twice-${externalDuplicateHasId}`;
      const [id = ''] = idsOf(await insertEvents(event(key)));
      expect(await insertEvents(event(key), event(`${key}-other`))).toMatchObject([
        { kind: 'duplicate', field: externalField, existingId: externalDuplicateHasId ? id : null },
        { kind: 'done' },
      ]);
    },
  );

  it('a unique value is a duplicate that names its record', async () => {
    const created = await createTextField(org.transport, 'Events', { label: 'Unique Key', length: 30, kind: 'unique' });
    if (created.kind !== 'created') throw new Error(JSON.stringify(created));
    const field = created.field.apiName;
    const [id] = idsOf(await insertEvents(event('u1', { [field]: 'same' })));
    expect(await insertEvents(event('u2', { [field]: 'same' }))).toEqual([
      { kind: 'duplicate', field, existingId: id },
    ]);
  });

  it('tells a refused record from its neighbours', async () => {
    expect(
      await insertEvents(
        event('fine'),
        { Event_Title: 'no times' },
        event('link', { What_Id: { id: '1' }, $se_module: 'Deals' }),
      ),
    ).toMatchObject([
      { kind: 'done' },
      { kind: 'failed', class: 'permanent', code: 'MANDATORY_NOT_FOUND' },
      { kind: 'failed', class: 'permanent', code: 'INVALID_DATA' },
    ]);
  });

  it('leaves a record alone that was changed since', async () => {
    const [id = ''] = idsOf(await insertEvents(event('stale')));
    const past = { ...plain, ifUnmodifiedSince: '2020-01-01T00:00:00+00:00' };
    expect(await updateRecords(org.transport, 'Events', [{ id, Event_Title: 'x' }], past)).toMatchObject([
      { kind: 'failed', code: 'ALREADY_MODIFIED' },
    ]);
    const future = { ...plain, ifUnmodifiedSince: '2099-01-01T00:00:00+00:00' };
    expect(await updateRecords(org.transport, 'Events', [{ id, Event_Title: 'y' }], future)).toMatchObject([
      { kind: 'done' },
    ]);
  });

  it.each(['commit-then-cut', 'commit-then-500'])('%s is unknown, and a look tells that it is there', async (kind) => {
    await fault(kind, { method: 'POST', module: 'Events' });
    expect(await insertEvents(event(kind))).toMatchObject([{ kind: 'unknown' }]);
    expect(await getRecord(org.transport, 'Events', kind, { external: X_EXTERNAL() })).toMatchObject({ kind: 'found' });
  });

  it.each(['cut-before', '502-html', '503', '500'])(
    '%s is unknown, and a look tells that it is not there',
    async (kind) => {
      await fault(kind, { method: 'POST', module: 'Events' });
      expect(await insertEvents(event(kind))).toMatchObject([{ kind: 'unknown' }]);
      expect(await getRecord(org.transport, 'Events', kind, { external: X_EXTERNAL() })).toEqual({ kind: 'absent' });
    },
  );

  it.each([
    ['429-concurrency', 'concurrency'],
    ['429-day', 'day'],
  ])('%s is a throttle', async (kind, throttle) => {
    await fault(kind);
    expect(await insertEvents(event(kind))).toMatchObject([{ kind: 'failed', class: 'throttle', throttle }]);
  });

  it('tells a missing scope from a refused token', async () => {
    const narrow = await openSimulatedOrg(['ZohoCRM.org.READ']);
    expect(await readOrganization(narrow.transport)).toMatchObject({ kind: 'read' });
    expect(await listModules(narrow.transport)).toMatchObject({ class: 'auth', code: 'OAUTH_SCOPE_MISMATCH' });
    expect(await insertRecords(narrow.transport, 'Events', [event('scope')], plain)).toMatchObject([
      { kind: 'failed', class: 'auth', code: 'OAUTH_SCOPE_MISMATCH' },
    ]);
    expect(narrow.reports).toHaveLength(3);
    await narrow.stop();
  });

  it('mails nobody', async () => {
    expect(await org.control('GET', '/mails')).toEqual({ mails: [] });
  });
});

describe('reading', () => {
  it('lists by token, only what changed, and many by id', async () => {
    const { transport } = org;
    const got: string[] = [];
    for (let pageToken: string | undefined, isLast = false; !isLast; ) {
      const page = await listRecords(transport, 'Contacts', {
        fields: ['Last_Name'],
        perPage: 7,
        sortBy: 'id',
        pageToken,
      });
      if (page.kind !== 'page') throw new Error(page.kind);
      got.push(...page.records.map((record) => record.id));
      pageToken = page.nextPageToken ?? undefined;
      isLast = page.nextPageToken === null;
    }
    expect(got).toEqual([...contactIds].sort());
    const modifiedSince = formatCrmTime(Date.now() + 86_400_000, 'UTC');
    expect(await listRecords(transport, 'Contacts', { fields: ['Last_Name'], modifiedSince })).toEqual({
      kind: 'not_modified',
    });
    const some = [contactIds[0] ?? '', '6001234000000999999'];
    const read = await getByIds(transport, 'Contacts', some, { fields: ['Last_Name'] });
    if (read.kind !== 'read') throw new Error(read.message);
    expect([...read.found.keys()]).toEqual([some[0]]);
    expect(read.absent).toEqual([some[1]]);
  });

  it('many by external value', async () => {
    const [id = ''] = idsOf(await insertEvents(event('ext-list')));
    const options = { fields: ['Event_Title'], external: X_EXTERNAL() };
    const read = await getByIds(org.transport, 'Events', ['ext-list', 'ext-none'], options);
    if (read.kind !== 'read') throw new Error(read.message);
    expect(read.found.get('ext-list')).toMatchObject({ id });
    expect(read.absent).toEqual(['ext-none']);
  });

  it('notes of the org and of one parent, and the meetings of a contact', async () => {
    const { transport } = org;
    const [parent = ''] = dealIds;
    const note = {
      Parent_Id: { module: { api_name: 'Deals' }, id: parent },
      Note_Title: 'T',
      Note_Content: 'line 1\nline 2',
    };
    const [noteId] = idsOf(await insertRecords(transport, 'Notes', [note], plain));
    const fields = ['Note_Title', 'Note_Content', 'Parent_Id', 'Modified_Time'];
    const expected = expect.objectContaining({
      id: noteId,
      Note_Content: 'line 1\nline 2',
      Parent_Id: expect.objectContaining({ id: parent }),
    });
    const own = await listNotes(transport, { module: 'Deals', id: parent }, { fields });
    const every = await listNotes(transport, null, {
      fields,
      sortBy: 'Modified_Time',
      sortOrder: 'desc',
      modifiedSince: '2020-01-01T00:00:00+00:00',
    });
    if (own.kind !== 'page' || every.kind !== 'page') throw new Error('no page');
    expect(own.records).toEqual([expected]);
    expect(every.records).toContainEqual(expected);
    const none = await listNotes(transport, { module: 'Accounts', id: accountId }, { fields });
    expect(none).toEqual({ kind: 'page', records: [], nextPageToken: null });
    const invited = [{ type: 'contact', participant: contactIds[5], invited: false }];
    const [eventId] = idsOf(await insertEvents(event('invited', { Participants: invited })));
    const list = await relatedRecords(transport, 'Contacts', contactIds[5] ?? '', 'Invited_Events', {
      fields: ['Event_Title'],
    });
    if (list.kind !== 'page') throw new Error(list.kind);
    expect(list.records.map((record) => record.id)).toEqual([eventId]);
    expect(await relatedRecords(transport, 'Contacts', '1', 'Notes', { fields })).toMatchObject({ kind: 'failed' });
  });
});

describe('COQL', () => {
  it('takes values with quotes and backslashes, lists, times, dot paths and pages', async () => {
    const { transport } = org;
    const name = "O'Neil \\ deal 3";
    const select = ['id', 'Deal_Name', 'Account_Name.Account_Name'];
    const one = await runCoql(transport, {
      select,
      from: 'Deals',
      where: { field: 'Deal_Name', op: '=', value: name },
      limit: 200,
    });
    expect(one).toMatchObject({
      kind: 'rows',
      rows: [{ id: dealIds[3], Deal_Name: name, 'Account_Name.Account_Name': 'Acme' }],
      hasMore: false,
    });
    const ids = [...contactIds, ...Array.from({ length: 90 }, (_, index) => String(9_000_000_000 + index))];
    const got: string[] = [];
    const pages = coqlPages(transport, {
      select: ['Last_Name'],
      from: 'Contacts',
      where: {
        and: [
          { field: 'id', op: 'in', values: ids },
          { field: 'Modified_Time', op: '>=', value: '2020-01-01T00:00:00+00:00' },
          { field: 'Email', op: 'is not null' },
        ],
      },
      limit: 7,
      pageBy: 'Modified_Time',
    });
    for await (const page of pages) {
      if (page.kind === 'failed') throw new Error(page.message);
      got.push(...page.rows.map((row) => row.id));
    }
    expect([...got].sort()).toEqual([...contactIds].sort());
    expect(new Set(got).size).toBe(got.length);
    expect(
      await runCoql(transport, {
        select,
        from: 'Deals',
        where: { field: 'Deal_Name', op: '=', value: 'nobody' },
        limit: 2000,
      }),
    ).toMatchObject({ kind: 'rows', rows: [] });
    expect(
      await runCoql(transport, {
        select: ['id', 'Nonsense'],
        from: 'Deals',
        where: { field: 'id', op: 'is not null' },
        limit: 1,
      }),
    ).toMatchObject({ kind: 'failed', class: 'permanent' });
  });

  it('finds an event by start and owner, as marker mode does', async () => {
    const [id] = idsOf(
      await insertEvents(event('marker', { Start_DateTime: formatCrmTime(startsAt + 60_000, 'America/New_York') })),
    );
    const me = await readCurrentUser(org.transport);
    if (me.kind !== 'read') throw new Error(me.message);
    const where = {
      and: [
        { field: 'Start_DateTime', op: '=', value: formatCrmTime(startsAt + 60_000, 'UTC') },
        { field: 'Owner', op: '=', value: me.value.id },
      ],
    } as const;
    expect(
      await runCoql(org.transport, { select: ['id', 'Event_Title'], from: 'Events', where, limit: 200 }),
    ).toMatchObject({ rows: [{ id }] });
  });
});

describe('contact roles', () => {
  it('of five deals in one call, and of a deal with many', async () => {
    const { transport } = org;
    const catalogue = await transport.call({ method: 'GET', path: '/Contacts/roles' });
    const roleId = /"id":"(\d+)"/.exec(JSON.stringify(catalogue.kind === 'ok' ? catalogue.body : {}))?.[1];
    const give = (dealId: string, people: string[]) =>
      transport.call({
        method: 'PUT',
        path: `/Deals/${dealId}/Contact_Roles`,
        body: { data: people.map((id) => ({ id, Contact_Role: { id: roleId } })) },
      });
    const [small = '', big = '', none = ''] = dealIds;
    expect(await give(small, contactIds.slice(0, 2))).toMatchObject({ kind: 'ok' });
    expect(await give(big, contactIds)).toMatchObject({ kind: 'ok' });
    const roles = await readContactRoles(transport, [small, big, none, '6001234000000999999']);
    const contactsOf = (dealId: string) => {
      const own = roles.get(dealId);
      return own?.kind === 'rows' ? own.rows.map((row) => row.contactId).sort() : own?.kind;
    };
    expect(contactsOf(small)).toEqual(contactIds.slice(0, 2).sort());
    expect(contactsOf(big)).toEqual([...contactIds].sort());
    expect(contactsOf(none)).toEqual([]);
    expect(contactsOf('6001234000000999999')).toBe('failed');
    expect(await readRolesOfDeal(transport, small)).toMatchObject({ kind: 'rows', rows: [{ roleId }, { roleId }] });
  });
});

it('estimates the credits that the simulator charges, call by call', async () => {
  const { transport, reports, control } = org;
  const before = ledgerRows(await control('GET', '/ledger')).length;
  const first = reports.length;
  const many = Array.from({ length: 10 }, (_, index) => ({ Last_Name: `Credit ${index}` }));
  const ids = idsOf(await insertRecords(transport, 'Contacts', many, plain));
  await updateRecords(transport, 'Contacts', [{ id: ids[0] ?? '', Last_Name: 'x' }], plain);
  await getByIds(transport, 'Contacts', ids, { fields: ['Last_Name'] });
  await listRecords(transport, 'Contacts', { fields: ['Last_Name'], sortBy: 'id' });
  await deleteRecords(transport, 'Contacts', ids, plain);
  for (const limit of [1, 200, 201, 1000, 1001, 2000]) {
    await runCoql(transport, { select: ['id'], from: 'Deals', where: { field: 'id', op: 'is not null' }, limit });
  }
  await readContactRoles(transport, dealIds.slice(2, 6));
  await readOrganization(transport);
  await listFields(transport, 'Events');
  await getRecord(transport, 'Contacts', ids[0] ?? '');
  const charged = ledgerRows(await control('GET', '/ledger')).slice(before);
  const estimated = reports.slice(first).map(({ method, path, credits }) => `${method} ${path} ${credits}`);
  expect(charged).toEqual(estimated);
  expect(estimated).toHaveLength(15);
});

function ledgerRows(answer: unknown): string[] {
  const ledger = z
    .object({ rows: z.array(z.object({ method: z.string(), path: z.string(), credits: z.number() })) })
    .parse(answer);
  return ledger.rows.map(
    ({ method, path, credits }) => `${method} ${path.replace('/crm/v8', '').split('?')[0]} ${credits}`,
  );
}
