import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Simulator } from '../../simulator/start-simulator.ts';
import { type Body, type Client, connect, create, requestToken, send, startConnected } from './sandbox-client.ts';

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
const people = (body: Body) => client.control('POST', 'people', body);
const asNora = () => connect(simulator, { user: nora });

describe('users', () => {
  test('are added, deactivated, deleted and taken back', async () => {
    await people({ users: [{ email: nora, name: 'Nora Kern', add: true, profile: 'Standard' }] });
    const own = await asNora();
    expect((await own.get('/users?type=CurrentUser')).body.users[0]).toMatchObject({
      email: nora,
      profile: { name: 'Standard' },
    });
    await people({ users: [{ email: nora, status: 'inactive' }] });
    expect((await own.get('/org')).body.code).toBe('AUTHENTICATION_FAILURE');
    const emails = async (type: string) =>
      ((await client.get(`/users?type=${type}`)).body?.users ?? []).map((one: Body) => one.email);
    expect(await emails('DeactiveUsers')).toEqual([nora]);
    await people({ users: [{ email: nora, status: 'deleted' }] });
    expect([await emails('AllUsers'), await emails('DeletedUsers')]).toEqual([['admin@sandbox.example'], [nora]]);
    await people({ users: [{ email: nora, status: 'active', profile: 'Administrator' }] });
    expect((await own.get('/users?type=CurrentUser')).body.users[0].profile.name).toBe('Administrator');
  });

  test('refresh tokens end, and are counted', async () => {
    const count = async () => (await client.control('GET', 'people')).body.users[0].refreshTokens;
    expect(await count()).toBe(1);
    await people({ revoke: ['admin@sandbox.example'] });
    expect(await count()).toBe(0);
    expect((await client.get('/org')).body.code).toBe('INVALID_TOKEN');
    const again = await requestToken(simulator, { grant_type: 'refresh_token', refresh_token: client.refreshToken });
    expect(again.body).toEqual({ error: 'invalid_code' });
  });

  test('what is wrong is refused in words, and nothing is changed', async () => {
    for (const [body, words] of [
      [{ users: [{ email: 'who@x.example' }] }, 'no user who@x.example'],
      [{ users: [{ email: 'admin@sandbox.example', status: 'asleep' }] }, 'status is'],
      [{ profiles: [{ name: 'Boss' }] }, 'Administrator or Standard'],
      [{ profiles: [{ name: 'Standard', withdraw: ['everything'] }] }, 'is no permission'],
      [{ revoke: ['who@x.example'] }, 'no user who@x.example'],
      [{ nonsense: [] }, 'nonsense'],
    ] as const) {
      const answer = await people({
        users: [{ email: nora, add: true }, ...('users' in body ? body.users : [])],
        ...('users' in body ? {} : body),
      });
      expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(words)]);
    }
    expect((await client.control('GET', 'people')).body.users).toHaveLength(1);
  });
});

describe('permissions of a profile', () => {
  beforeEach(async () => {
    await people({ users: [{ email: nora, name: 'Nora Kern', add: true }] });
  });

  test('a module right that is withdrawn is refused by name, shown by metadata, and can be given back', async () => {
    const own = await asNora();
    await people({
      profiles: [{ name: 'Standard', withdraw: ['Crm_Implied_Create_Events', 'Crm_Implied_View_Potentials'] }],
    });
    const made = await own.call('POST', '/Events', { data: [{ Event_Title: 'E' }] });
    expect([made.status, made.body]).toEqual([
      403,
      expect.objectContaining({ code: 'NO_PERMISSION', details: { permissions: ['Crm_Implied_Create_Events'] } }),
    ]);
    expect((await own.coql('select id from Deals where id is not null')).status).toBe(403);
    expect((await own.coql('select What_Id->Deals.Stage from Events where id is not null')).status).toBe(403);
    const module = async (one: Client) => (await one.get('/settings/modules/Events')).body.modules[0];
    expect(await module(own)).toMatchObject({ viewable: true, creatable: false, editable: true });
    expect(await module(client)).toMatchObject({ creatable: true });
    const { profile } = (await own.get('/users?type=CurrentUser')).body.users[0];
    const details = (await client.get(`/settings/profiles/${profile.id}`)).body.profiles[0].permissions_details;
    expect(details).toContainEqual(expect.objectContaining({ name: 'Crm_Implied_Create_Events', enabled: false }));
    const back = await people({ profiles: [{ name: 'Standard', give: ['Crm_Implied_Create_Events'] }] });
    expect(back.body.profiles).toContainEqual({
      name: 'Standard',
      given: ['Crm_Implied_Create_Events'],
      withdrawn: ['Crm_Implied_View_Potentials'],
    });
    expect(await module(own)).toMatchObject({ creatable: true });
  });

  test('without API access there is no API at all; without the list of users only oneself', async () => {
    const own = await asNora();
    await people({ profiles: [{ name: 'Standard', withdraw: ['Crm_Implied_View_Users'] }] });
    expect((await own.get('/users?type=ActiveUsers')).status).toBe(403);
    expect((await own.get('/users?type=CurrentUser')).status).toBe(200);
    await people({ profiles: [{ name: 'Standard', withdraw: ['Crm_Implied_Api_Access'] }] });
    expect((await own.get('/users?type=CurrentUser')).body).toMatchObject({
      code: 'NO_PERMISSION',
      details: { permissions: ['Crm_Implied_Api_Access'] },
    });
  });

  test("customizing is the administrators' unless it is given, and may be taken from them", async () => {
    const own = await asNora();
    const field = (one: Client, label: string) =>
      one.call('POST', '/settings/fields?module=Events', { fields: [{ field_label: label, data_type: 'text' }] });
    expect([(await field(own, 'A')).status, (await field(client, 'B')).status]).toEqual([403, 201]);
    const name = 'Crm_Implied_Customize_Zoho_CRM';
    await people({
      profiles: [
        { name: 'Standard', give: [name] },
        { name: 'Administrator', withdraw: [name] },
      ],
    });
    expect([(await field(own, 'C')).status, (await field(client, 'D')).status]).toEqual([201, 403]);
  });

  test('bind people in Zoho as they bind clients', async () => {
    const id = await create(client, 'Accounts', { Account_Name: 'A' });
    await people({ profiles: [{ name: 'Standard', withdraw: ['Crm_Implied_Edit_Accounts'] }] });
    const update = (as: string) =>
      client.control('POST', 'acts', { acts: [{ as, do: 'update', module: 'Accounts', id, fields: { Phone: '1' } }] });
    expect((await update(nora)).body.error).toContain('NO_PERMISSION');
    expect((await update('admin@sandbox.example')).status).toBe(200);
  });
});
