// As long as it is on purpose: every switch is shown in both positions.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/start-simulator.ts';
import {
  type Body,
  type Client,
  connect,
  create,
  frozenAt,
  grantCode,
  requestToken,
  send,
  startConnected,
} from './sandbox-client.ts';

let simulator: Simulator;
let client: Client;

beforeAll(async () => {
  ({ simulator, client } = await startConnected({ dcs: ['us', 'cn', 'uk'] }));
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  await send(`${simulator.accounts}/sandbox/reset`, { method: 'POST', body: '{}' });
  client = await connect(simulator);
});

const set = async (values: Record<string, unknown>) => {
  expect((await client.control('POST', 'switches', values)).status).toBe(200);
};
const advance = (seconds: number) => client.control('POST', 'clock', { advanceSeconds: seconds });
const times = { Start_DateTime: '2026-02-01T10:00:00Z', End_DateTime: '2026-02-01T11:00:00Z' };
const write = (module: string, record: Body) => client.call('POST', `/${module}`, { data: [record], trigger: [] });
const firstCode = (answer: { body: Body }) => answer.body?.data?.[0]?.code;
const mails = async () => (await client.control('GET', 'mails')).body.mails.map((mail: Body) => mail.cause);
const lastCredits = async () => (await client.control('GET', 'ledger')).body.rows.at(-1).credits;
const exchange = (code: string, more: Record<string, string> = {}) =>
  requestToken(simulator, { grant_type: 'authorization_code', code, redirect_uri: simulator.redirectUri, ...more });

describe('accounts', () => {
  test('stateEchoed: the redirect carries the state, or not', async () => {
    const redirected = async () => {
      const body = new URLSearchParams({
        response_type: 'code',
        client_id: simulator.clientId,
        scope: 'ZohoCRM.users.READ',
        redirect_uri: simulator.redirectUri,
        state: 's-1',
        decision: 'allow',
        user: 'admin@sandbox.example',
      });
      const answer = await send(`${simulator.accounts}/oauth/v2/auth`, { method: 'POST', body });
      return new URL(answer.headers.get('location') ?? '').searchParams.get('state');
    };
    expect(await redirected()).toBe('s-1');
    await set({ stateEchoed: false });
    expect(await redirected()).toBeNull();
  });

  test('deniedError: what a refused consent says', async () => {
    const error = async () => {
      const body = new URLSearchParams({
        response_type: 'code',
        client_id: simulator.clientId,
        scope: 'ZohoCRM.users.READ',
        redirect_uri: simulator.redirectUri,
        decision: 'deny',
      });
      const answer = await send(`${simulator.accounts}/oauth/v2/auth`, { method: 'POST', body });
      return new URL(answer.headers.get('location') ?? '').searchParams.get('error');
    };
    expect(await error()).toBe('access_denied');
    await set({ deniedError: 'consent_denied' });
    expect(await error()).toBe('consent_denied');
  });

  test('grantCodeSeconds: how long a code lives', async () => {
    const answerAfter = async (seconds: number) => {
      const code = await grantCode(simulator);
      await advance(seconds);
      return (await exchange(code)).body;
    };
    expect(await answerAfter(121)).toEqual({ error: 'invalid_code' });
    await set({ grantCodeSeconds: 600 });
    expect(await answerAfter(121)).toHaveProperty('access_token');
  });

  test('wrongSecretError, wrongRedirectError: words of the token endpoint', async () => {
    const errors = async () => {
      const code = await grantCode(simulator);
      const wrongSecret = await exchange(code, { client_secret: 'wrong' });
      const wrongRedirect = await exchange(code, { redirect_uri: 'http://127.0.0.1:1/x' });
      return [wrongSecret.body.error, wrongRedirect.body.error];
    };
    expect(await errors()).toEqual(['invalid_client_secret', 'invalid_redirect_uri']);
    await set({ wrongSecretError: 'invalid_client', wrongRedirectError: 'invalid_code' });
    expect(await errors()).toEqual(['invalid_client', 'invalid_code']);
  });

  test('accessDeniedStatusKey: the throttle answers with or without status', async () => {
    const refresh = () => requestToken(simulator, { grant_type: 'refresh_token', refresh_token: client.refreshToken });
    for (let i = 0; i < 9; i++) expect((await refresh()).status).toBe(200);
    expect(await refresh()).toMatchObject({ status: 400, body: { error: 'Access Denied', status: 'failure' } });
    await set({ accessDeniedStatusKey: false });
    expect((await refresh()).body).not.toHaveProperty('status');
  });

  test('refreshTokensPerUser, refreshTokensCountedBy: which refresh token ends, and when', async () => {
    const isAlive = async (refresh_token: string) =>
      'access_token' in (await requestToken(simulator, { grant_type: 'refresh_token', refresh_token })).body;
    const second = await connect(simulator);
    expect(await isAlive(client.refreshToken)).toBe(true);
    await set({ refreshTokensPerUser: 2 });
    await connect(simulator);
    expect([await isAlive(client.refreshToken), await isAlive(second.refreshToken)]).toEqual([false, true]);
    const tokens = simulator.world.store.table('oauth/refresh');
    for (const row of [...tokens.rows()]) tokens.put({ ...row, client: 'another client' });
    await connect(simulator);
    expect(await isAlive(second.refreshToken)).toBe(true);
    await set({ refreshTokensCountedBy: 'user' });
    await connect(simulator);
    expect(await isAlive(second.refreshToken)).toBe(false);
  });

  test('accessTokensPerRefreshToken: one more ends the oldest', async () => {
    const refresh = () => requestToken(simulator, { grant_type: 'refresh_token', refresh_token: client.refreshToken });
    await refresh();
    expect((await client.get('/org')).status).toBe(200);
    await set({ accessTokensPerRefreshToken: 2 });
    await refresh();
    expect((await client.get('/org')).body.code).toBe('INVALID_TOKEN');
  });

  test('foreignDcClient: whether other data centres know the client', async () => {
    const known = async (dc: string) => {
      const place = { ...simulator, ...simulator.dcs[dc] };
      const answer = await requestToken(place, { grant_type: 'refresh_token', refresh_token: 'x' });
      return answer.body.error !== 'invalid_client';
    };
    const all = async () => [await known('us'), await known('cn'), await known('uk')];
    expect(await all()).toEqual([true, true, true]);
    await set({ foreignDcClient: 'unknown-in-cn' });
    expect(await all()).toEqual([true, false, true]);
    await set({ foreignDcClient: 'unknown' });
    expect(await all()).toEqual([true, false, false]);
  });

  test('ukDataCentre: serverinfo names it, or not', async () => {
    const names = async () => Object.keys((await send(`${simulator.accounts}/oauth/serverinfo`)).body.locations);
    expect(await names()).toEqual(['us', 'cn', 'uk']);
    await set({ ukDataCentre: false });
    expect(await names()).toEqual(['us', 'cn']);
  });

  test('tokenBoundToOrg: X-CRM-ORG is ignored, or names another org', async () => {
    await connect(simulator, { environment: 'sandbox' });
    const orgs = simulator.world.dcs[0]?.orgs;
    const [home, other] = [orgs?.get('production')?.zgid ?? '', orgs?.get('sandbox')?.zgid ?? ''];
    const answering = async (zgid: string) => (await client.get('/org', { 'X-CRM-ORG': zgid })).body.org?.[0].zgid;
    expect(await answering(other)).toBe(home);
    await set({ tokenBoundToOrg: false });
    expect(await answering(other)).toBe(other);
    expect(await answering('1')).toBeUndefined();
  });

  test('bearerScheme: Bearer is taken, or refused', async () => {
    const status = async () => (await client.get('/org', { authorization: `Bearer ${client.token}` })).status;
    expect(await status()).toBe(200);
    await set({ bearerScheme: false });
    expect(await status()).toBe(401);
  });
});

describe('meetings and notes', () => {
  const person = (more: Body = {}) => ({ type: 'email', participant: 'a@x.example', ...more });

  test('participantMails: future-only mails nobody about a meeting that is over', async () => {
    await set({ participantMails: 'future-only' });
    await write('Events', { Event_Title: 'Past', ...times, Participants: [person()] });
    expect(await mails()).toEqual([]);
    const later = { Start_DateTime: '2026-05-01T10:00:00Z', End_DateTime: '2026-05-01T11:00:00Z' };
    await write('Events', { Event_Title: 'Future', ...later, Participants: [person()] });
    expect(await mails()).toEqual(['invited to an event']);
    await set({ participantMails: null });
    await write('Events', { Event_Title: 'Past', ...times, Participants: [person()] });
    expect(await mails()).toHaveLength(2);
  });

  test('updateMails: moving a meeting mails the invited, or not', async () => {
    const id = await create(client, 'Events', { Event_Title: 'E', ...times, Participants: [person()] });
    const rename = (Event_Title: string) => client.call('PUT', `/Events/${id}`, { data: [{ Event_Title }] });
    await set({ updateMails: false });
    await rename('One');
    expect(await mails()).toHaveLength(1);
    await set({ updateMails: true });
    await rename('Two');
    expect(await mails()).toEqual(['invited to an event', 'invited to an event that was changed']);
  });

  test('deleteMails: deleting a meeting mails the invited, or not', async () => {
    const gone = async () => {
      const id = await create(client, 'Events', { Event_Title: 'E', ...times, Participants: [person()] });
      await client.call('DELETE', `/Events/${id}`);
      return (await mails()).filter((cause: string) => cause.includes('deleted')).length;
    };
    expect(await gone()).toBe(1);
    await set({ deleteMails: false });
    expect(await gone()).toBe(1);
  });

  test('workflowMails: automation mails unless trigger is empty', async () => {
    const save = () => client.call('POST', '/Accounts', { data: [{ Account_Name: 'A' }] });
    await save();
    expect(await mails()).toEqual([]);
    await set({ workflowMails: true });
    await save();
    await write('Accounts', { Account_Name: 'quiet' });
    expect(await mails()).toHaveLength(1);
  });

  test('participantStatus: what nobody has answered reads as', async () => {
    const id = await create(client, 'Events', { Event_Title: 'E', ...times, Participants: [person()] });
    const status = async () =>
      (await client.get(`/Events/${id}?fields=Participants`)).body.data[0].Participants[0].status;
    expect(await status()).toBe('not_known');
    await set({ participantStatus: 'tentative' });
    expect(await status()).toBe('tentative');
  });

  test('multiContactActivities: a list in Who_Id is wrong, or spreads over the participants', async () => {
    const [a, b] = [
      await create(client, 'Contacts', { Last_Name: 'A' }),
      await create(client, 'Contacts', { Last_Name: 'B' }),
    ];
    const event = { Event_Title: 'E', ...times, Who_Id: [{ id: a }, { id: b }] };
    expect(firstCode(await write('Events', event))).toBe('INVALID_DATA');
    await set({ multiContactActivities: true });
    const id = await create(client, 'Events', event);
    expect((await client.get(`/Events/${id}`)).body.data[0]).toMatchObject({
      Who_Id: { id: a },
      Participants: [{ type: 'contact', participant: b, invited: false }],
    });
    expect(await mails()).toEqual([]);
  });

  test('multiLookupOnEvents: the field is refused, or made with its linking module', async () => {
    const make = async () => {
      const field = {
        field_label: 'Further deals',
        data_type: 'multiselectlookup',
        multiselectlookup: { connected_details: { module: { api_name: 'Deals' } } },
      };
      const answer = await client.call('POST', '/settings/fields?module=Events', { fields: [field] });
      return answer.body.fields[0].code;
    };
    expect(await make()).toBe('INVALID_DATA');
    await set({ multiLookupOnEvents: true });
    expect(await make()).toBe('SUCCESS');
    expect((await client.get('/settings/modules')).body.modules.map((one: Body) => one.api_name)).toContain(
      'Meetings_X_Deals',
    );
  });

  test('noteRichText: lists give the whole note, or its first 500 characters; the rest can be fetched', async () => {
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    const text = `<b>bold</b>${'x'.repeat(600)}`;
    const note = await create(client, 'Notes', {
      Parent_Id: { module: { api_name: 'Accounts' }, id: account },
      Note_Content: text,
    });
    const read = async (path: string) => (await client.get(path)).body?.data[0].Note_Content;
    const list = '/Notes?fields=Note_Content';
    const page = async () =>
      (await send(`${simulator.accounts}/crm/tab/Notes/${note}`)).body.replaceAll(/\s+/g, ' ') as string;
    expect(await read(list)).toBe(text);
    expect(await page()).toContain('<p dir="auto">&#60;b&#62;bold');
    await set({ noteRichText: true });
    expect(await read(list)).toBe(text.slice(0, 500));
    expect(await read(`/Notes/${note}`)).toBe(text);
    expect(await read(`/Notes/actions/fetch_full_data?ids=${note}`)).toBe(text);
    expect(await read(`/Notes/${note}/actions/fetch_full_data`)).toBe(text);
    expect(await page()).toContain('<p dir="auto">boldxxx');
  });

  test('a rich text field of a customer is cut in lists, a plain one is not', async () => {
    const field = (field_label: string, textarea: Body) => ({ field_label, data_type: 'textarea', textarea });
    await client.call('POST', '/settings/fields?module=Deals', {
      fields: [field('Rich', { type: 'rich_text' }), field('Plain', { type: 'large' })],
    });
    const text = '🙂'.repeat(600);
    const id = await create(client, 'Deals', { Deal_Name: 'D', Stage: 'Qualification', Rich: text, Plain: text });
    const row = (await client.get('/Deals?fields=Rich,Plain')).body.data[0];
    expect(row).toMatchObject({ id, Rich: '🙂'.repeat(500), Plain: text });
    expect((await client.get(`/Deals/${id}`)).body.data[0].Rich).toBe(text);
    expect((await client.get(`/Deals/${id}/actions/fetch_full_data`)).body.data).toEqual([{ id, Rich: text }]);
  });
});

describe('reading', () => {
  test('coqlContactRoles: no query reaches the links of deals, or one of two names does', async () => {
    const contact = await create(client, 'Contacts', { Last_Name: 'C' });
    const deal = await create(client, 'Deals', { Deal_Name: 'D', Stage: 'Qualification' });
    const role = (await client.get('/Contacts/roles')).body.contact_roles[0];
    await client.call('PUT', `/Deals/${deal}/Contact_Roles/${contact}`, { data: [{ Contact_Role: { id: role.id } }] });
    const query = (name: string) =>
      client.coql(`select Deals.Deal_Name, Contacts, Contact_Role from ${name} where Deals = '${deal}'`);
    const names = ['Contact_Roles', '!Deals_X_Contacts'];
    for (const name of names) expect((await query(name)).body.code, name).toBe('INVALID_QUERY');
    for (const name of names) {
      await set({ coqlContactRoles: name });
      expect((await query(name)).body.data, name).toMatchObject([
        { 'Deals.Deal_Name': 'D', Contacts: { id: contact }, Contact_Role: role.name },
      ]);
    }
  });

  test('coqlCreditTiers, cvidCredits, recordsPerDeleteCredit: what calls cost', async () => {
    const costs = async () => {
      const made = await client.call('POST', '/Accounts', { data: [{ Account_Name: 'A' }, { Account_Name: 'B' }] });
      const ids = made.body.data.map((one: Body) => one.details.id);
      await client.coql('select id from Accounts where id is not null limit 1001');
      const query = await lastCredits();
      await client.get('/Accounts?fields=id&cvid=1');
      const view = await lastCredits();
      await client.call('DELETE', `/Accounts?ids=${ids}`);
      return [query, view, await lastCredits()];
    };
    expect(await costs()).toEqual([3, 3, 1]);
    await set({ coqlCreditTiers: false, cvidCredits: 1, recordsPerDeleteCredit: 1 });
    expect(await costs()).toEqual([1, 1, 2]);
  });

  test('bulkReadResultHours, bulkReadSeconds: when a result is there, and how long', async () => {
    const body = { query: { module: { api_name: 'Accounts' }, fields: ['Account_Name'] } };
    const resultAfter = async (seconds: number) => {
      const id = (await client.call('POST', '/crm/bulk/v8/read', body)).body.data[0].details.id;
      await advance(seconds);
      client = await connect(simulator);
      return (await client.get(`/crm/bulk/v8/read/${id}/result`)).status;
    };
    expect(await resultAfter(3)).toBe(200);
    expect(await resultAfter(23 * 3600)).toBe(200);
    await set({ bulkReadResultHours: 1, bulkReadSeconds: 60 });
    expect(await resultAfter(3)).toBe(404);
    expect(await resultAfter(61)).toBe(200);
    expect(await resultAfter(3700)).toBe(404);
  });

  test('touchOnRelatedChange: a new name of an account moves its contacts, or not', async () => {
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    const contact = await create(client, 'Contacts', { Last_Name: 'C', Account_Name: { id: account } });
    const modified = async () => (await client.get(`/Contacts/${contact}`)).body.data[0].Modified_Time;
    const before = await modified();
    await advance(60);
    const rename = (name: string) => client.call('PUT', `/Accounts/${account}`, { data: [{ Account_Name: name }] });
    await rename('B');
    expect(await modified()).toBe(before);
    await set({ touchOnRelatedChange: true });
    await rename('C');
    expect(await modified()).not.toBe(before);
  });
});

describe('fields', () => {
  const make = async (on: Client, label: string) => {
    const fields = [{ field_label: label, data_type: 'text' }];
    return (await on.call('POST', '/settings/fields?module=Deals', { fields })).body.fields[0];
  };

  test('repeatedFieldLabel: the API name gets a number, or the field is refused', async () => {
    await make(client, 'Our ID');
    const again = await make(client, 'Our ID');
    expect(again.code).toBe('SUCCESS');
    const fields = (await client.get('/settings/fields?module=Deals')).body.fields;
    expect(fields.find((one: Body) => one.id === again.details.id).api_name).toBe('Our_ID1');
    await set({ repeatedFieldLabel: 'reject' });
    expect((await make(client, 'our id')).code).toBe('DUPLICATE_DATA');
  });

  test('freeCustomFields: none in the Free edition, or as many as it says', async () => {
    const free = await startSimulator({ frozenAt, edition: 'free' });
    const on = await connect(free);
    expect((await make(on, 'A')).code).toBe('LIMIT_EXCEEDED');
    await on.control('POST', 'switches', { freeCustomFields: 1 });
    expect((await make(on, 'A')).code).toBe('SUCCESS');
    expect((await make(on, 'B')).code).toBe('LIMIT_EXCEEDED');
    await free.stop();
  });

  test('externalValueFreedOnDelete: the value of a deleted record can be used again, or not', async () => {
    await client.call('POST', '/settings/fields?module=Events', {
      fields: [{ field_label: 'Our ID', data_type: 'text', external: { type: 'org' } }],
    });
    const event = { Event_Title: 'E', ...times, Our_ID: 'x' };
    const first = await create(client, 'Events', event);
    await client.call('DELETE', `/Events/${first}`);
    const second = await create(client, 'Events', event);
    await set({ externalValueFreedOnDelete: false });
    await client.call('DELETE', `/Events/${second}`);
    expect(firstCode(await write('Events', event))).toBe('DUPLICATE_DATA');
  });
});

describe('callbacks', () => {
  /** A listener that answers with `statuses` in turn, then 200, and remembers what came. */
  async function listener(statuses: number[] = []) {
    const heard: Body[] = [];
    let wake = () => {};
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += chunk;
      });
      request.on('end', () => {
        response.statusCode = statuses.shift() ?? 200;
        response.end();
        heard.push(JSON.parse(text));
        wake();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
      heard,
      async count(wanted: number) {
        while (heard.length < wanted) await new Promise<void>((resolve) => (wake = resolve));
        return heard;
      },
      close: () => server.close(),
    };
  }
  const watch = (notify_url: string, more: Body = {}) =>
    client.call('POST', '/actions/watch', {
      watch: [{ channel_id: '1000', events: ['Contacts.all'], notify_url, ...more }],
    });
  /** Moves the clock in steps until the listener has heard enough: an answer travels in real time. */
  const advanceUntil = async (isThere: () => boolean, seconds: number) => {
    for (let i = 0; i < 500 && !isThere(); i++) await advance(seconds);
  };

  test('callbackRetries, callbackRetrySeconds: a failed callback is lost, or comes again by the clock', async () => {
    const hook = await listener([500, 500, 503]);
    await watch(hook.url);
    const lost = await create(client, 'Contacts', { Last_Name: 'lost' });
    await hook.count(1);
    await advance(3600);
    client = await connect(simulator);
    await set({ callbackRetries: 2, callbackRetrySeconds: 10 });
    await watch(hook.url);
    const again = await create(client, 'Contacts', { Last_Name: 'again' });
    await advanceUntil(() => hook.heard.length >= 4, 10);
    expect(hook.heard.map((one) => one.ids[0])).toEqual([lost, again, again, again]);
    hook.close();
  });

  test('callbackCredits: callbacks are free, or cost', async () => {
    const hook = await listener();
    await watch(hook.url);
    const used = () => simulator.world.usage.usedCredits('us/production', simulator.world.clock.now());
    const cost = async (heard: number) => {
      const before = used();
      await create(client, 'Contacts', { Last_Name: 'C' });
      await hook.count(heard);
      return used() - before;
    };
    expect(await cost(1)).toBe(1);
    await set({ callbackCredits: 2 });
    expect(await cost(2)).toBe(3);
    hook.close();
  });

  test('ownWritesNotify: a channel hears what its own client did, or only what others did', async () => {
    const hook = await listener();
    await watch(hook.url);
    const own = await create(client, 'Contacts', { Last_Name: 'own' });
    await hook.count(1);
    await set({ ownWritesNotify: false });
    await create(client, 'Contacts', { Last_Name: 'unheard' });
    const form = new URLSearchParams({ Last_Name: 'by a person' });
    const page = await send(`${simulator.accounts}/crm/tab/Contacts/new`, { method: 'POST', body: form });
    const byPerson = /Contacts\/(\d+)/.exec(page.headers.get('location') ?? '')?.[1];
    expect((await hook.count(2)).map((one) => one.ids[0])).toEqual([own, byPerson]);
    hook.close();
  });

  test('channelTokenLength: how long a token may be', async () => {
    const url = 'http://127.0.0.1:9/';
    const long = { token: 'x'.repeat(51) };
    expect((await watch(url, long)).body.watch[0].code).toBe('INVALID_DATA');
    await set({ channelTokenLength: 256 });
    expect((await watch(url, long)).body.watch[0].code).toBe('SUCCESS');
  });

  test('a bulk read tells its address when the clock says that it is done', async () => {
    const hook = await listener();
    const start = async () => {
      const answer = await client.call('POST', '/crm/bulk/v8/read', {
        callback: { url: hook.url, method: 'post' },
        query: { module: { api_name: 'Accounts' }, fields: ['Account_Name'] },
      });
      return answer.body.data[0].details.id;
    };
    const first = await start();
    await advance(2);
    await set({ bulkReadSeconds: 1 });
    const second = await start();
    await advance(1);
    const heard = await hook.count(2);
    expect(heard.map((one) => one.job_id).sort()).toEqual([first, second].sort());
    expect(heard[0]).toMatchObject({ operation: 'read', state: 'COMPLETED' });
    hook.close();
  });
});

describe('control calls', () => {
  test('a page of another site may not make them, a client without Origin may', async () => {
    const reset = (headers: Record<string, string>) =>
      send(`${simulator.accounts}/sandbox/switches`, { method: 'POST', body: '{"latencyMs":1}', headers });
    for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1:1']) {
      expect((await reset({ origin })).status, origin).toBe(403);
    }
    expect(simulator.world.switches.number('latencyMs')).toBe(0);
    expect((await reset({ origin: simulator.accounts })).status).toBe(200);
    expect((await reset({})).status).toBe(200);
  });
});
