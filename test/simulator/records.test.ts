// As long as it is on purpose: every way to read and write records is tried on one running simulator.

import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Simulator } from '../../simulator/start-simulator.ts';
import {
  type Body,
  type Client,
  connect,
  create,
  grantCode,
  requestToken,
  send,
  startConnected,
} from './sandbox-client.ts';

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

const later = (seconds: number) => client.control('POST', 'clock', { advanceSeconds: seconds });
const names = (answer: { body: Body }, key: string) => (answer.body?.data ?? []).map((row: Body) => row[key]);

describe('paging', () => {
  test('page tokens go on where pages end, belong to their list and expire', async () => {
    for (let batch = 0; batch < 5; batch++) {
      await client.call('POST', '/Contacts', {
        data: Array.from({ length: 100 }, (_, i) => ({ Last_Name: `L${batch * 100 + i}` })),
      });
    }
    const seen: string[] = [];
    let token = '';
    for (let guard = 0; guard < 10; guard++) {
      const answer = await client.get(`/Contacts?fields=Last_Name&per_page=120${token ? `&page_token=${token}` : ''}`);
      seen.push(...names(answer, 'id'));
      token = answer.body.info.next_page_token;
      expect(answer.body.info.more_records).toBe(token !== null);
      if (token === null) break;
    }
    expect(new Set(seen).size).toBe(500);
    expect(seen).toEqual([...seen].sort().reverse());
    const first = (await client.get('/Contacts?fields=id&per_page=10')).body.info.next_page_token;
    expect((await client.get(`/Accounts?fields=id&page_token=${first}`)).body.code).toBe('TOKEN_BOUND_DATA_MISMATCH');
    expect((await client.get('/Contacts?fields=id&page_token=nonsense')).body.code).toBe('INVALID_DATA');
    await later(25 * 3600);
    client = await connect(simulator);
    expect((await client.get(`/Contacts?fields=id&page_token=${first}`)).body.code).toBe('EXPIRED_VALUE');
  });

  test('COQL pages by time and by id without gaps, while records change', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 30; i++) {
      if (i % 4 === 0) await later(1);
      ids.push(await create(client, 'Accounts', { Account_Name: `A${i}` }));
    }
    await later(1);
    for (const id of [ids[3], ids[17]]) await client.call('PUT', `/Accounts/${id}`, { data: [{ Phone: '1' }] });
    const byTime: Body[] = [];
    for (let offset = 0; offset < 40; offset += 7) {
      const answer = await client.coql(
        `select id, Modified_Time from Accounts where Modified_Time >= '2026-01-01T00:00:00Z' order by Modified_Time asc, id asc limit 7 offset ${offset}`,
      );
      byTime.push(...(answer.body?.data ?? []));
    }
    expect(byTime.map((row) => row.id).sort()).toEqual([...ids].sort());
    expect(byTime.slice(-2).map((row) => row.id)).toEqual([ids[3], ids[17]]);
    const byId: string[] = [];
    for (let after = '0'; ; ) {
      const answer = await client.coql(`select id from Accounts where id > ${after} order by id asc limit 7`);
      if (answer.status === 204) break;
      byId.push(...names(answer, 'id'));
      after = byId.at(-1) ?? '';
    }
    expect(byId).toEqual([...ids].sort());
  });
});

describe('deletions', () => {
  test('a deleted account is listed, its lookups are empty, its notes are gone', async () => {
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    const contact = await create(client, 'Contacts', { Last_Name: 'C', Account_Name: { id: account } });
    const note = await create(client, 'Notes', {
      Parent_Id: { module: { api_name: 'Accounts' }, id: account },
      Note_Content: 'n',
    });
    const before = (await client.get(`/Contacts/${contact}`)).body.data[0];
    await later(60);
    await client.call('DELETE', `/Accounts?ids=${account}`);
    expect((await client.get('/Accounts/deleted?type=recycle')).body.data).toMatchObject([
      { id: account, display_name: 'A', type: 'recycle' },
    ]);
    const after = (await client.get(`/Contacts/${contact}`)).body.data[0];
    expect(after.Account_Name).toBeNull();
    expect(after.Modified_Time).toBe(before.Modified_Time);
    expect((await client.get(`/Notes/${note}`)).status).toBe(204);
    const since = { 'If-Modified-Since': '2040-01-01T00:00:00Z' };
    expect((await client.get('/Accounts/deleted?type=all', since)).status).toBe(304);
  });

  test('an external value is free again once its event is deleted, unless the switch says otherwise', async () => {
    await client.call('POST', '/settings/fields?module=Events', {
      fields: [{ field_label: 'Our ID', data_type: 'text', external: { type: 'org' } }],
    });
    const event = {
      Event_Title: 'E',
      Start_DateTime: '2026-02-01T10:00:00Z',
      End_DateTime: '2026-02-01T11:00:00Z',
      Our_ID: 'x',
    };
    await client.call('DELETE', `/Events/${await create(client, 'Events', event)}`);
    const again = await create(client, 'Events', event);
    await client.call('DELETE', `/Events/${again}`);
    await client.control('POST', 'switches', { externalValueFreedOnDelete: false });
    expect((await client.call('POST', '/Events', { data: [event] })).body.data[0].code).toBe('DUPLICATE_DATA');
  });
});

describe('upsert', () => {
  test('updates by the default field, else inserts', async () => {
    const send = (record: Body) => client.call('POST', '/Contacts/upsert', { data: [record] });
    const first = await send({ Last_Name: 'A', Email: 'a@x.example' });
    expect(first.body.data[0]).toMatchObject({ action: 'insert', duplicate_field: null, message: 'record added' });
    const second = await send({ Last_Name: 'B', Email: 'A@x.example' });
    expect(second.body.data[0]).toMatchObject({
      action: 'update',
      duplicate_field: 'Email',
      details: { id: first.body.data[0].details.id },
    });
    expect(names(await client.get('/Contacts?fields=Last_Name'), 'Last_Name')).toEqual(['B']);
  });
});

describe('search', () => {
  test('finds a record once the index has caught up, and equals means contains', async () => {
    const id = await create(client, 'Contacts', { Last_Name: 'Burns, B (x)', Email: 'burns@x.example' });
    const found = async (query: string) => names(await client.get(`/Contacts/search?${query}`), 'id');
    expect(await found('email=burns@x.example')).toEqual([]);
    expect(names(await client.coql("select id from Contacts where Email = 'burns@x.example'"), 'id')).toEqual([id]);
    await later(31);
    expect(await found('email=burns@x.example')).toEqual([id]);
    expect(await found('word=burns')).toEqual([id]);
    expect(await found('criteria=(Last_Name:equals:Burns)')).toEqual([id]);
    expect(
      await found(
        `criteria=${encodeURIComponent('((Last_Name:equals:Burns\\, B \\(x\\))and(Email:starts_with:burns))')}`,
      ),
    ).toEqual([id]);
    expect(await found('criteria=(Last_Name:starts_with:Xurns)')).toEqual([]);
  });

  test('needs a scope of its own', async () => {
    const reader = await connect(simulator, { scope: 'ZohoCRM.modules.contacts.READ' });
    expect((await reader.get('/Contacts/search?word=abc')).body.code).toBe('OAUTH_SCOPE_MISMATCH');
    expect((await reader.get('/Contacts?fields=id')).status).toBe(204);
    expect((await reader.call('POST', '/Contacts', { data: [{ Last_Name: 'x' }] })).body.code).toBe(
      'OAUTH_SCOPE_MISMATCH',
    );
    expect((await reader.get('/Deals?fields=id')).body.code).toBe('OAUTH_SCOPE_MISMATCH');
  });
});

describe('composite', () => {
  const part = (id: string, method: string, uri: string, body?: unknown) => ({
    sub_request_id: id,
    method,
    uri: `/crm/v8${uri}`,
    ...(body ? { body } : {}),
  });

  test('with rollback nothing stays when one part fails, and nobody hears of it', async () => {
    const answer = await client.call('POST', '/__composite_requests', {
      rollback_on_fail: true,
      __composite_requests: [
        part('1', 'POST', '/Accounts', { data: [{ Account_Name: 'A' }] }),
        part('2', 'POST', '/Contacts', { data: [{ First_Name: 'no last name' }] }),
        part('3', 'POST', '/Accounts', { data: [{ Account_Name: 'B' }] }),
      ],
    });
    expect(answer.status).toBe(207);
    expect(answer.body.__composite_requests.map((one: Body) => one.code)).toEqual([
      'ROLLBACK_PERFORMED',
      'SUCCESS',
      'PROCESSING_STOPPED',
    ]);
    expect(answer.body.__composite_requests[0].details.rollbacked_by_sub_request_index).toBe(1);
    expect((await client.get('/Accounts?fields=id')).status).toBe(204);
    expect((await client.control('GET', 'ledger')).body.rows.at(-2)).toMatchObject({ credits: 1, units: 5 });
  });

  test('a read of more than 25 rows is refused, references need an order', async () => {
    await client.call('POST', '/Contacts', { data: Array.from({ length: 26 }, (_, i) => ({ Last_Name: `L${i}` })) });
    const answer = await client.call('POST', '/__composite_requests', {
      parallel_execution: true,
      __composite_requests: [
        part('1', 'GET', '/Contacts?fields=id'),
        part('2', 'GET', '/Contacts?fields=id&per_page=25'),
        part('3', 'GET', '/Contacts/@{2:$.data[0].id}'),
        part('4', 'GET', '/Accounts?fields=id&per_page=26'),
      ],
    });
    expect(answer.body.__composite_requests.map((one: Body) => one.code)).toEqual([
      'LIMIT_EXCEEDED',
      'SUCCESS',
      'AMBIGUITY_DURING_PROCESSING',
      'LIMIT_EXCEEDED',
    ]);
    expect(answer.body.__composite_requests[1].details.response.body.data).toHaveLength(25);
  });
});

describe('values that follow from others', () => {
  test('another stage brings its own probability and revenue, unless one is given beside it', async () => {
    const deal = await create(client, 'Deals', {
      Deal_Name: 'D',
      Stage: 'Qualification',
      Amount: 1000,
      Probability: 33,
    });
    const put = async (record: Record<string, unknown>) => {
      await client.call('PUT', `/Deals/${deal}`, { data: [record] });
      const { Probability, Expected_Revenue } = (await client.get(`/Deals/${deal}`)).body.data[0];
      return [Probability, Expected_Revenue];
    };
    expect(await put({ Next_Step: 'call' })).toEqual([33, 330]);
    expect(await put({ Stage: 'Closed Won' })).toEqual([100, 1000]);
    expect(await put({ Stage: 'Closed Won', Amount: 500 })).toEqual([100, 500]);
    expect(await put({ Stage: 'Closed Lost' })).toEqual([0, 0]);
    expect(await put({ Stage: 'Qualification', Probability: 42 })).toEqual([42, 210]);
  });

  test('fields with a trailing __s have labels without it, and one record named by fields has its participants', async () => {
    const labels = async (module: string) =>
      (await client.get(`/settings/fields?module=${module}`)).body.fields.map(
        (field: { field_label: string }) => field.field_label,
      );
    expect(await labels('Events')).toContain('Meeting Venue');
    expect(await labels('Deals')).toContain('Reason For Loss');
    const event = await create(client, 'Events', {
      Event_Title: 'E',
      Start_DateTime: '2026-02-01T10:00:00Z',
      End_DateTime: '2026-02-01T11:00:00Z',
      Participants: [{ type: 'email', participant: 'a@x.example', invited: false }],
    });
    expect((await client.get(`/Events/${event}?fields=Participants`)).body.data[0].Participants).toHaveLength(1);
    expect((await client.get('/Events?fields=Participants')).body.data[0]).not.toHaveProperty('Participants');
  });
});

describe('search by body', () => {
  test('finds what the address finds, and says what is missing', async () => {
    const id = await create(client, 'Accounts', { Account_Name: 'Searched by body' });
    await later(60);
    const criteria = '(Account_Name:starts_with:Searched by)';
    const byBody = await client.call('POST', '/Accounts/search', { criteria, fields: 'Account_Name' });
    expect(byBody.body.data).toEqual([{ Account_Name: 'Searched by body', id }]);
    const byAddress = await client.get(`/Accounts/search?criteria=${encodeURIComponent(criteria)}&fields=Account_Name`);
    expect(byAddress.body.data).toEqual(byBody.body.data);
    expect((await client.call('POST', '/Accounts/search', {})).body.code).toBe('REQUIRED_PARAM_MISSING');
    expect((await client.call('POST', '/Accounts/search', 'x')).body.code).toBe('INVALID_DATA');
  });
});

describe('bulk read', () => {
  test('a job goes through its states to a ZIP with one CSV', async () => {
    const account = await create(client, 'Accounts', { Account_Name: 'Quoted "Inc", Ltd' });
    await create(client, 'Contacts', { Last_Name: 'A', Account_Name: { id: account } });
    const body = {
      query: {
        module: { api_name: 'Accounts' },
        fields: ['Account_Name', 'Owner'],
        criteria: {
          group_operator: 'and',
          group: [{ field: { api_name: 'Account_Name' }, comparator: 'contains', value: 'quoted' }],
        },
      },
      file_type: 'csv',
    };
    const job = (await client.call('POST', '/crm/bulk/v8/read', body)).body.data[0];
    expect(job).toMatchObject({ code: 'ADDED_SUCCESSFULLY', details: { operation: 'read', state: 'ADDED' } });
    const at = `/crm/bulk/v8/read/${job.details.id}`;
    expect((await client.get(at)).body.data[0].state).toBe('ADDED');
    expect((await client.get(`${at}/result`)).status).toBe(404);
    await later(2);
    expect((await client.get(at)).body.data[0].state).toBe('IN PROGRESS');
    await later(2);
    expect((await client.get(at)).body.data[0]).toMatchObject({
      state: 'COMPLETED',
      result: { count: 1, more_records: false, download_url: `${at}/result` },
    });
    const file = await fetch(simulator.api + at.concat('/result'), {
      headers: { authorization: `Zoho-oauthtoken ${client.token}` },
    });
    const zip = Buffer.from(await file.arrayBuffer());
    const start = 30 + zip.readUInt16LE(26);
    const csv = inflateRawSync(zip.subarray(start, start + zip.readUInt32LE(18))).toString('utf8');
    const owner = (await client.get('/users?type=CurrentUser')).body.users[0].id;
    expect(csv).toBe(`Id,Account_Name,Owner\n${account},"Quoted ""Inc"", Ltd",${owner}\n`);
  });

  test('errors have names of their own', async () => {
    const start = (query: unknown) => client.call('POST', '/crm/bulk/v8/read', { query });
    expect((await start({ module: { api_name: 'Nonsense' } })).body.code).toBe('MODULE_NOT_AVAILABLE');
    expect((await start({ module: { api_name: 'Contacts' }, fields: ['Nonsense'] })).body.code).toBe(
      'FIELD_NOT_AVAILABLE',
    );
    expect((await client.get('/crm/bulk/v8/read/123')).body.code).toBe('RESOURCE_NOT_FOUND');
  });
});

describe('tags', () => {
  test('are added and removed, by body or by query', async () => {
    const id = await create(client, 'Contacts', { Last_Name: 'T', Tag: [{ name: 'one' }] });
    await client.call('POST', `/Contacts/${id}/actions/add_tags`, { tags: [{ name: 'two' }] });
    await client.call('POST', `/Contacts/actions/add_tags?ids=${id}&tag_names=three`);
    const tags = async () => (await client.get(`/Contacts/${id}`)).body.data[0].Tag.map((tag: Body) => tag.name);
    expect(await tags()).toEqual(['one', 'two', 'three']);
    await client.call('POST', `/Contacts/${id}/actions/remove_tags`, { tags: [{ name: 'two' }] });
    expect(await tags()).toEqual(['one', 'three']);
    expect((await client.get('/settings/tags?module=Contacts')).body.tags).toHaveLength(3);
  });
});

describe('what third-party clients send', () => {
  test('a bearer header, unless the switch refuses it', async () => {
    const headers = { authorization: `Bearer ${client.token}` };
    expect((await send(`${simulator.api}/crm/v8/org`, { headers })).status).toBe(200);
    await client.control('POST', 'switches', { bearerScheme: false });
    expect((await send(`${simulator.api}/crm/v8/org`, { headers })).body.code).toBe('AUTHENTICATION_FAILURE');
  });

  test('user info, with the scope for it', async () => {
    const info = async (scope: string) => {
      const code = await grantCode(simulator, { scope });
      const answer = await requestToken(simulator, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: simulator.redirectUri,
      });
      return send(`${simulator.accounts}/oauth/user/info`, {
        headers: { authorization: `Zoho-oauthtoken ${answer.body.access_token}` },
      });
    };
    expect((await info('AaaServer.profile.READ')).body).toMatchObject({
      Email: 'admin@sandbox.example',
      ZUID: expect.any(String),
    });
    expect((await info('ZohoCRM.users.READ')).status).toBe(401);
  });

  test('fields of a module lead to all modules they point to', async () => {
    const seen = new Set<string>();
    const visit = async (module: string): Promise<void> => {
      if (seen.has(module)) return;
      seen.add(module);
      const answer = await client.get(`/settings/fields?module=${module}`);
      expect(answer.status, module).toBe(200);
      for (const field of answer.body.fields) {
        expect(field).toMatchObject({
          id: expect.stringMatching(/^\d+$/),
          api_name: expect.any(String),
          data_type: expect.any(String),
          json_type: expect.any(String),
        });
        if (field.lookup.module) await visit(field.lookup.module.api_name);
      }
    };
    await visit('Events');
    await visit('Deals');
    expect([...seen]).toEqual(expect.arrayContaining(['Contacts', 'Accounts', 'Deals', 'Campaigns', 'Vendors']));
    const ids = (await client.get('/settings/modules')).body.modules.map((one: Body) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
