// Long on purpose: every way in which an org may be odd is tried on one running simulator.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Simulator } from '../../simulator/start-simulator.ts';
import { type Body, type Client, connect, create, send, startConnected } from './sandbox-client.ts';

let simulator: Simulator;
let client: Client;

beforeAll(async () => {
  ({ simulator, client } = await startConnected());
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  await send(`${simulator.accounts}/sandbox/reset`, { method: 'POST', body: '{}' });
  client = await connect(simulator);
});

const nora = 'nora@sandbox.example';
const set = async (values: Record<string, unknown>) =>
  expect((await client.control('POST', 'switches', values)).status).toBe(200);
const asNora = async () => {
  await client.control('POST', 'people', { users: [{ email: nora, name: 'Nora Kern', add: true }] });
  return connect(simulator, { user: nora });
};
const times = { Start_DateTime: '2026-02-01T10:00:00Z', End_DateTime: '2026-02-01T11:00:00Z' };
const first = (answer: { body: Body }) => answer.body?.data?.[0];
const write = (one: Client, module: string, record: Body) =>
  one.call('POST', `/${module}`, { data: [record], trigger: [] });
const noteOn = (module: string, id: string) => ({ Parent_Id: { module: { api_name: module }, id }, Note_Content: 'n' });

describe('who sees what', () => {
  test('eventsSharing: private shows an event to its owner and administrators only', async () => {
    const own = await asNora();
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    const event = (title: string) => ({
      Event_Title: title,
      ...times,
      What_Id: { id: account },
      $se_module: 'Accounts',
    });
    const mine = await create(own, 'Events', event('mine'));
    const theirs = await create(client, 'Events', event('theirs'));
    const note = await create(client, 'Notes', noteOn('Events', theirs));
    const bulkCount = async (one: Client) => {
      const query = { module: { api_name: 'Events' }, fields: ['Event_Title'] };
      const job = (await one.call('POST', '/crm/bulk/v8/read', { query })).body.data[0].details.id;
      await client.control('POST', 'clock', { advanceSeconds: 5 });
      return (await one.get(`/crm/bulk/v8/read/${job}`)).body.data[0].result.count;
    };
    const sees = async (one: Client) => {
      const titles = (answer: Body) => (answer.body?.data ?? []).map((row: Body) => row.Event_Title).sort();
      return {
        list: titles(await one.get('/Events?fields=Event_Title')),
        related: titles(await one.get(`/Accounts/${account}/Events_History?fields=Event_Title`)),
        coql: titles(await one.coql('select Event_Title from Events where id is not null')),
        byIds: titles(await one.get(`/Events?fields=Event_Title&ids=${mine},${theirs}`)),
        single: (await one.get(`/Events/${theirs}`)).status,
        note: (await one.get(`/Notes/${note}`)).status,
        count: (await one.get('/Events/actions/count')).body.count,
        search: titles(await one.get('/Events/search?word=theirs&fields=Event_Title')),
        bulk: await bulkCount(one),
      };
    };
    await client.control('POST', 'clock', { advanceSeconds: 60 });
    const both = ['mine', 'theirs'];
    const all = {
      list: both,
      related: both,
      coql: both,
      byIds: both,
      single: 200,
      note: 200,
      count: 2,
      search: ['theirs'],
      bulk: 2,
    };
    expect(await sees(own)).toEqual(all);
    await set({ eventsSharing: 'private' });
    expect(await sees(client)).toEqual(all);
    const few = {
      list: ['mine'],
      related: ['mine'],
      coql: ['mine'],
      byIds: ['mine'],
      single: 204,
      note: 204,
      count: 1,
      search: [],
      bulk: 1,
    };
    expect(await sees(own)).toEqual(few);
    const put = await own.call('PUT', '/Events', { data: [mine, theirs].map((id) => ({ id, Venue: 'V' })) });
    expect(put.body.data).toMatchObject([{ code: 'SUCCESS' }, { code: 'INVALID_DATA', details: { id: theirs } }]);
    expect(first(await own.call('DELETE', `/Events?ids=${theirs}`)).code).toBe('INVALID_DATA');
    expect(first(await write(own, 'Notes', noteOn('Events', theirs)))).toMatchObject({
      code: 'INVALID_DATA',
      message: 'the related id given seems to be invalid',
    });
  });

  test('eventsSharing: others may read, or change but not delete; data sharing settings say so', async () => {
    const own = await asNora();
    const event = () => create(client, 'Events', { Event_Title: 'E', ...times });
    const share = async (one: Client) => {
      const answer = await one.get('/settings/data_sharing');
      return (
        answer.body.data_sharing?.find((row: Body) => row.module.api_name === 'Events').share_type ?? answer.body.code
      );
    };
    const tries = async (one: Client) => {
      const id = await event();
      const put = await one.call('PUT', `/Events/${id}`, { data: [{ Venue: 'V' }] });
      return [put.status, first(put).code, (await one.call('DELETE', `/Events/${id}`)).status, await share(client)];
    };
    expect(await tries(own)).toEqual([200, 'SUCCESS', 200, 'public']);
    await set({ eventsSharing: 'public_read_write' });
    expect(await tries(own)).toEqual([200, 'SUCCESS', 403, 'public_read_write']);
    await set({ eventsSharing: 'public_read_only' });
    expect(await tries(own)).toEqual([403, 'NO_PERMISSION', 403, 'public_read_only']);
    expect(await tries(client)).toEqual([200, 'SUCCESS', 200, 'public_read_only']);
    expect(await share(own)).toBe('NO_PERMISSION');
  });

  test('invisibleRecord: a hidden record is an invalid id, or lacks permission', async () => {
    const deal = await create(client, 'Deals', { Deal_Name: 'D', Stage: 'Qualification' });
    const contact = await create(client, 'Contacts', { Last_Name: 'K' });
    const own = await asNora();
    const hide = (id: string, module: string, ...invisibleTo: string[]) =>
      client.control('POST', 'records', { records: [{ module, id, invisibleTo }] });
    await hide(deal, 'Deals', nora);
    await hide(contact, 'Contacts', '*');
    const event = { Event_Title: 'E', ...times, What_Id: { id: deal }, $se_module: 'Deals' };
    const guest = { type: 'contact', participant: contact, invited: false };
    const tries = async () => ({
      get: (await own.get(`/Deals/${deal}`)).status,
      put: first(await own.call('PUT', `/Deals/${deal}`, { data: [{ Amount: 1 }] })).code,
      what: first(await write(own, 'Events', event)).code,
      who: first(await write(own, 'Events', { Event_Title: 'E', ...times, Who_Id: { id: contact } })).code,
      note: first(await write(own, 'Notes', noteOn('Deals', deal))).code,
      roles: (await own.get(`/Deals/${deal}/Contact_Roles?fields=id`)).status,
      person: first(await write(own, 'Events', { Event_Title: 'E', ...times, Participants: [guest] })).code,
    });
    const code = 'INVALID_DATA';
    expect(await tries()).toEqual({ get: 204, put: code, what: code, who: code, note: code, roles: 400, person: code });
    await set({ invisibleRecord: 'no-permission' });
    const refused = 'NO_PERMISSION';
    expect(await tries()).toEqual({
      get: 403,
      put: refused,
      what: refused,
      who: refused,
      note: refused,
      roles: 400,
      person: code,
    });
    expect((await client.get(`/Contacts/${contact}`)).status).toBe(200);
    expect((await write(own, 'Events', event)).status).toBe(403);
    expect((await client.get(`/Deals/${deal}`)).status).toBe(200);
    await hide(deal, 'Deals');
    expect((await write(own, 'Events', event)).status).toBe(201);
  });
});

describe('states of records', () => {
  test.each([
    ['locked', 'RECORD_LOCKED', { $locked_for_me: true, $approved: true }],
    ['blueprint', 'RECORD_IN_BLUEPRINT', { $locked_for_me: false }],
    ['approval', 'NOT_APPROVED', { $approved: false }],
    ['review', 'NOT_REVIEWED', { $approved: true }],
  ])('%s refuses changes and deletion with %s, of that record alone', async (state, code, keys) => {
    const [held, free] = [
      await create(client, 'Accounts', { Account_Name: 'A' }),
      await create(client, 'Accounts', { Account_Name: 'B' }),
    ];
    const setState = (value: string | null) =>
      client.control('POST', 'records', { records: [{ module: 'Accounts', id: held, state: value }] });
    await setState(state);
    const put = () => client.call('PUT', '/Accounts', { data: [held, free].map((id) => ({ id, Phone: '1' })) });
    expect((await put()).body.data).toMatchObject([{ code, details: { id: held } }, { code: 'SUCCESS' }]);
    expect(first(await client.call('DELETE', `/Accounts/${held}`))).toMatchObject({ code });
    expect(first(await client.get(`/Accounts/${held}`))).toMatchObject(keys);
    await setState(null);
    expect((await put()).status).toBe(200);
  });

  test('lockedRefusesNotes: a locked record takes no notes, or does', async () => {
    const id = await create(client, 'Accounts', { Account_Name: 'A' });
    await client.control('POST', 'records', { records: [{ module: 'Accounts', id, state: 'locked' }] });
    expect(first(await write(client, 'Notes', noteOn('Accounts', id))).code).toBe('RECORD_LOCKED');
    await set({ lockedRefusesNotes: false });
    expect(first(await write(client, 'Notes', noteOn('Accounts', id))).code).toBe('SUCCESS');
  });

  test('what is wrong is refused in words', async () => {
    const id = await create(client, 'Accounts', { Account_Name: 'A' });
    for (const [records, words] of [
      [[{ module: 'Accounts', id: '1', state: 'locked' }], 'no record 1'],
      [[{ module: 'Accounts', id, state: 'asleep' }], 'state is'],
      [[], 'records is a list'],
    ] as const)
      expect((await client.control('POST', 'records', { records })).body.error).toContain(words);
  });
});

describe('withheldFields', () => {
  const prepare = async () => {
    const contact = await create(client, 'Contacts', { Last_Name: 'K', Email: 'k@x.example' });
    const event = await create(client, 'Events', {
      Event_Title: 'E',
      ...times,
      Participants: [{ type: 'contact', participant: contact, invited: false }],
    });
    return async (one: Client) => {
      const row = first(await one.get(`/Contacts/${contact}`));
      const meta = (await one.get('/settings/fields?module=Contacts')).body.fields.find(
        (field: Body) => field.api_name === 'Email',
      );
      const query = await one.coql("select id, Email from Contacts where Last_Name = 'K'");
      const byEmail = await one.coql("select id from Contacts where Email = 'k@x.example'");
      return {
        single: row.Email,
        list: first(await one.get('/Contacts?fields=Last_Name,Email')).Email,
        metadata: meta === undefined ? 'absent' : meta.private,
        coql: query.status === 400 ? query.body.code : first(query).Email,
        byEmail: byEmail.status,
        participant: first(await one.get(`/Events/${event}`)).Participants[0].Email,
      };
    };
  };
  const shown = {
    single: 'k@x.example',
    list: 'k@x.example',
    metadata: null,
    coql: 'k@x.example',
    byEmail: 200,
    participant: 'k@x.example',
  };

  test('withheldAs: absent as if it were not there, or null as restricted personal data', async () => {
    const look = await prepare();
    expect(await look(client)).toEqual(shown);
    await set({ withheldFields: 'Leads.Email, Contacts.Email' });
    expect(await look(client)).toEqual({
      single: undefined,
      list: undefined,
      metadata: 'absent',
      coql: 'INVALID_QUERY',
      byEmail: 400,
      participant: null,
    });
    await set({ withheldAs: 'null' });
    expect(await look(client)).toEqual({
      single: null,
      list: null,
      metadata: { restricted: true, type: 'High', export: false },
      coql: null,
      byEmail: 204,
      participant: null,
    });
    const judged = await client.control('GET', 'records?module=Contacts');
    expect(judged.body.data[0].Email).toBe('k@x.example');
    await client.control('POST', 'clock', { advanceSeconds: 60 });
    expect((await client.get('/Contacts/search?email=k@x.example')).status).toBe(204);
    await set({ withheldFields: '' });
    expect((await client.get('/Contacts/search?email=k@x.example')).status).toBe(200);
  });

  test('withheldFrom: standard leaves administrators alone', async () => {
    const look = await prepare();
    const own = await asNora();
    await set({ withheldFields: 'Contacts.Email', withheldFrom: 'standard' });
    expect(await look(client)).toEqual(shown);
    expect((await look(own)).single).toBeUndefined();
    await set({ withheldFrom: 'everybody' });
    expect((await look(client)).single).toBeUndefined();
  });
});

describe('withheld values', () => {
  test('are not told by channels either', async () => {
    const told: Body[] = [];
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        told.push(JSON.parse(text));
        response.end();
        server.emit('told');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const notify_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const channel = { channel_id: '1', events: ['Contacts.edit'], notify_url, return_affected_field_values: true };
    await client.call('POST', '/actions/watch', { watch: [channel] });
    const id = await create(client, 'Contacts', { Last_Name: 'K', Email: 'k@x.example' });
    const values = async (fields: Body) => {
      const next = once(server, 'told');
      await client.control('POST', 'acts', { acts: [{ do: 'update', module: 'Contacts', id, fields }] });
      await next;
      return told.at(-1).affected_values[0].values;
    };
    expect(await values({ Email: 'l@x.example', Phone: '1' })).toEqual({ Email: 'l@x.example', Phone: '1' });
    await set({ withheldFields: 'Contacts.Email' });
    expect(await values({ Email: 'm@x.example', Phone: '2' })).toEqual({ Phone: '2' });
  });
});

describe('layouts', () => {
  const layout = (body: Body) => client.control('POST', 'layout', { module: 'Events', ...body });
  const event = (more: Body = {}) => write(client, 'Events', { Event_Title: 'E', ...times, ...more });

  test('layoutMandatoryByApi: a mandatory custom field, shown by the layout alone', async () => {
    const made = await layout({
      fields: [{ label: 'Meeting type', type: 'picklist', values: ['A', 'B'] }],
      required: ['Meeting_type', 'Venue'],
    });
    expect(made.body).toMatchObject({ fields: [{ apiName: 'Meeting_type' }], required: ['Meeting_type', 'Venue'] });
    expect(first(await event())).toMatchObject({ code: 'MANDATORY_NOT_FOUND', details: { api_name: 'Venue' } });
    expect(first(await event({ Venue: 'V' }))).toMatchObject({
      code: 'MANDATORY_NOT_FOUND',
      details: { api_name: 'Meeting_type', json_path: '$.data[0].Meeting_type' },
    });
    const good = await event({ Venue: 'V', Meeting_type: 'A' });
    expect(good.status).toBe(201);
    const { id } = first(good).details;
    const put = (fields: Body) => client.call('PUT', `/Events/${id}`, { data: [fields] });
    expect((await put({ Description: 'd' })).status).toBe(200);
    expect(first(await put({ Venue: null })).code).toBe('MANDATORY_NOT_FOUND');
    const fields = (await client.get('/settings/fields?module=Events')).body.fields;
    const inLayout = (await client.get('/settings/layouts?module=Events')).body.layouts[0].sections[0].fields;
    const named = (list: Body[]) => list.find((field) => field.api_name === 'Meeting_type');
    expect([named(fields).system_mandatory, named(inLayout).required]).toEqual([false, true]);
    await set({ unknownPickListValue: 'reject' });
    expect(first(await event({ Venue: 'V', Meeting_type: 'C' }))).toMatchObject({
      code: 'INVALID_DATA',
      details: { supported_values: ['A', 'B'] },
    });
    await set({ layoutMandatoryByApi: false });
    expect((await event()).status).toBe(201);
  });

  test('mandatoryOnUpdate: what was written before a field became mandatory', async () => {
    const { id } = first(await event()).details;
    const put = (fields: Body) => client.call('PUT', `/Events/${id}`, { data: [fields] });
    await layout({ fields: [{ label: 'Region', type: 'picklist', values: ['North'] }], required: ['Region'] });
    expect(first(await put({ Description: 'd' }))).toMatchObject({
      code: 'MANDATORY_NOT_FOUND',
      details: { api_name: 'Region', json_path: '$.data[0].Region' },
    });
    await set({ mandatoryOnUpdate: 'when-sent' });
    expect((await put({ Description: 'd' })).status).toBe(200);
    expect(first(await put({ Region: null })).code).toBe('MANDATORY_NOT_FOUND');
    await set({ mandatoryOnUpdate: 'when-empty' });
    expect((await put({ Description: 'e', Region: 'North' })).status).toBe(200);
    expect((await put({ Description: 'f' })).status).toBe(200);
    await set({ layoutMandatoryByApi: false });
    expect((await put({ Region: null })).status).toBe(200);
    expect((await put({ Description: 'g' })).status).toBe(200);
  });

  test('validationRulesByApi: a rule refuses with its message, also on update', async () => {
    await layout({
      fields: [{ label: 'Score', type: 'integer' }],
      rules: [
        { field: 'Event_Title', matches: '^[A-Z]', message: 'Titles begin with a capital.' },
        { field: 'Score', minimum: 1, maximum: 5, message: 'Scores are 1 to 5.' },
      ],
    });
    expect(first(await event({ Event_Title: 'small' }))).toMatchObject({
      code: 'INVALID_DATA',
      message: 'Titles begin with a capital.',
      details: { api_name: 'Event_Title' },
    });
    expect(first(await event({ Score: 6 })).message).toBe('Scores are 1 to 5.');
    const good = await event({ Score: 5 });
    expect(good.status).toBe(201);
    const { id } = first(good).details;
    expect(first(await client.call('PUT', `/Events/${id}`, { data: [{ Score: 0 }] })).code).toBe('INVALID_DATA');
    await set({ validationRulesByApi: false });
    expect((await event({ Event_Title: 'small' })).status).toBe(201);
  });

  test('a unique field refuses what another record holds', async () => {
    await layout({ fields: [{ label: 'Number', unique: true }] });
    expect([(await event({ Number: '1' })).status, first(await event({ Number: '1' })).code]).toEqual([
      201,
      'DUPLICATE_DATA',
    ]);
  });

  test('what is wrong is refused in words, and nothing is changed', async () => {
    for (const [body, words] of [
      [{ module: 'Nonsense' }, 'no module'],
      [{ required: ['Nope'] }, 'no field Nope'],
      [{ rules: [{ field: 'Venue' }] }, 'A rule is'],
      [{ rules: [{ field: 'Venue', matches: '(', message: 'm' }] }, 'A rule is'],
      [{ fields: [{ label: 'X', type: 'sound' }] }, 'was refused'],
    ] as const)
      expect((await layout(body)).body.error).toContain(words);
    expect((await layout({})).body).toEqual({ module: 'Events', fields: [], required: [], rules: [] });
  });

  test('hiddenRelatedLists: not in metadata, and not to be read', async () => {
    const contact = await create(client, 'Contacts', { Last_Name: 'K' });
    const look = async () => {
      const lists = (await client.get('/settings/related_lists?module=Contacts')).body.related_lists;
      const names = lists.map((list: Body) => list.api_name);
      const read = (name: string) => client.get(`/Contacts/${contact}/${name}?fields=id`);
      return [names.includes('Invited_Events'), (await read('Invited_Events')).status, (await read('Notes')).status];
    };
    expect(await look()).toEqual([true, 204, 204]);
    await set({ hiddenRelatedLists: 'Contacts.Invited_Events, Deals.Notes' });
    expect(await look()).toEqual([false, 400, 204]);
    await set({ hiddenRelatedLists: '' });
    expect(await look()).toEqual([true, 204, 204]);
  });
});

describe('kinds of orgs', () => {
  test('orgType: bigin is what GET /org says', async () => {
    const type = async () => (await client.get('/org')).body.org[0].type;
    expect(await type()).toBe('production');
    await set({ orgType: 'bigin' });
    expect(await type()).toBe('bigin');
    await set({ orgType: 'crm' });
    expect(await type()).toBe('production');
  });

  test('multiCurrency: records have a currency and its rate, and the org lists several', async () => {
    const deal = (more: Body = {}) =>
      write(client, 'Deals', { Deal_Name: 'D', Stage: 'Qualification', Amount: 100, ...more });
    const plain = first(await deal({ Currency: 'USD' })).details.id;
    const whole = async (id: string) => first(await client.get(`/Deals/${id}`));
    const codes = async () => (await client.get('/org/currencies')).body.currencies.map((one: Body) => one.iso_code);
    const fields = async () =>
      (await client.get('/settings/fields?module=Deals')).body.fields.some((one: Body) => one.api_name === 'Currency');
    expect([(await whole(plain)).Currency, await codes(), await fields()]).toEqual([undefined, ['EUR'], false]);
    expect((await client.coql('select Currency from Deals where id is not null')).body.code).toBe('INVALID_QUERY');
    await set({ multiCurrency: true });
    expect([await codes(), await fields()]).toEqual([['EUR', 'USD', 'GBP'], true]);
    expect(await whole(plain)).toMatchObject({ Currency: 'EUR', Exchange_Rate: 1, $currency_symbol: '€' });
    const foreign = first(await deal({ Currency: 'USD' })).details.id;
    expect(await whole(foreign)).toMatchObject({ Currency: 'USD', Exchange_Rate: 1.1, $currency_symbol: '$' });
    await client.call('PUT', `/Deals/${foreign}`, { data: [{ Currency: 'GBP' }] });
    expect(await whole(foreign)).toMatchObject({ Currency: 'GBP', Exchange_Rate: 0.85 });
    expect(first(await deal({ Currency: 'XYZ' })).code).toBe('INVALID_DATA');
    const rows = (await client.coql('select Currency, Exchange_Rate from Deals where Amount = 100 order by id asc'))
      .body.data;
    expect(rows.map((row: Body) => row.Currency)).toEqual(['EUR', 'GBP']);
  });
});
