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

const set = async (values: Record<string, unknown>) => {
  expect((await client.control('POST', 'switches', values)).status).toBe(200);
};
const times = { Start_DateTime: '2026-02-01T10:00:00Z', End_DateTime: '2026-02-01T11:00:00Z' };
const firstCode = (answer: { body: Body }) => answer.body?.data?.[0]?.code;
const write = (module: string, record: Body) => client.call('POST', `/${module}`, { data: [record], trigger: [] });

describe('open questions, set the other way', () => {
  test('participantMails: always mails even the uninvited, never mails nobody', async () => {
    const mailed = async (invited: boolean) => {
      await write('Events', {
        Event_Title: 'E',
        ...times,
        Participants: [{ type: 'email', participant: 'a@x.example', invited }],
      });
      return (await client.control('GET', 'mails')).body.mails.length;
    };
    await set({ participantMails: 'always' });
    expect(await mailed(false)).toBe(1);
    await set({ participantMails: 'never' });
    expect(await mailed(true)).toBe(1);
  });

  test('participantsOnUpdate: merge keeps those who are not named', async () => {
    const person = (participant: string) => ({ type: 'email', participant, invited: false });
    const event = await create(client, 'Events', { Event_Title: 'E', ...times, Participants: [person('a@x.example')] });
    const put = () => client.call('PUT', `/Events/${event}`, { data: [{ Participants: [person('b@x.example')] }] });
    const people = async () =>
      (await client.get(`/Events/${event}`)).body.data[0].Participants.map((one: Body) => one.participant);
    await set({ participantsOnUpdate: 'merge' });
    await put();
    expect(await people()).toEqual(['a@x.example', 'b@x.example']);
    await set({ participantsOnUpdate: 'replace' });
    await put();
    expect(await people()).toEqual(['b@x.example']);
  });

  test('reminderMails and mentionMails', async () => {
    const user = (await client.get('/users?type=CurrentUser')).body.users[0];
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    const both = async () => {
      await write('Events', { Event_Title: 'E', ...times, Remind_At: [{ unit: 15, period: 'minutes' }] });
      await write('Notes', {
        Parent_Id: { module: { api_name: 'Accounts' }, id: account },
        Note_Content: `hello crm[user#${user.id}#x]crm`,
      });
      return (await client.control('GET', 'mails')).body.mails.map((mail: Body) => mail.cause);
    };
    await set({ reminderMails: false, mentionMails: false });
    expect(await both()).toEqual([]);
    await set({ reminderMails: true, mentionMails: true });
    expect(await both()).toEqual(['event with a reminder', 'mentioned in a note']);
  });

  test('lengths of descriptions and notes, in metadata too', async () => {
    await set({ eventDescriptionLength: 10, noteContentLength: 10 });
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    const note = (Note_Content: string) =>
      write('Notes', { Parent_Id: { module: { api_name: 'Accounts' }, id: account }, Note_Content });
    expect(firstCode(await write('Events', { Event_Title: 'E', ...times, Description: 'x'.repeat(11) }))).toBe(
      'INVALID_DATA',
    );
    expect(firstCode(await note('x'.repeat(11)))).toBe('INVALID_DATA');
    expect(firstCode(await note('🙂'.repeat(10)))).toBe('SUCCESS');
    const fields = (await client.get('/settings/fields?module=Events')).body.fields;
    expect(fields.find((field: Body) => field.api_name === 'Description').length).toBe(10);
  });

  test('Who_Id beside another account, beside a lead', async () => {
    const [a, b] = [
      await create(client, 'Accounts', { Account_Name: 'A' }),
      await create(client, 'Accounts', { Account_Name: 'B' }),
    ];
    const contact = await create(client, 'Contacts', { Last_Name: 'C', Account_Name: { id: a } });
    const lead = await create(client, 'Leads', { Last_Name: 'L' });
    const event = (id: string, module: string) =>
      write('Events', { Event_Title: 'E', ...times, Who_Id: { id: contact }, What_Id: { id }, $se_module: module });
    expect(firstCode(await event(b, 'Accounts'))).toBe('SUCCESS');
    expect(firstCode(await event(lead, 'Leads'))).toBe('INVALID_DATA');
    await set({ foreignWhoId: 'reject', whoIdWithLead: 'accept' });
    expect(firstCode(await event(b, 'Accounts'))).toBe('INVALID_DATA');
    expect(firstCode(await event(a, 'Accounts'))).toBe('SUCCESS');
    expect(firstCode(await event(lead, 'Leads'))).toBe('SUCCESS');
  });

  test('fields that an admin refuses', async () => {
    const field = (marks: Body) =>
      client.call('POST', '/settings/fields?module=Events', {
        fields: [{ field_label: 'F', data_type: 'text', ...marks }],
      });
    await set({ externalFields: false, uniqueOnEvents: false });
    expect((await field({ external: { type: 'org' } })).body.fields[0].code).toBe('FEATURE_NOT_SUPPORTED');
    expect((await field({ unique: { case_sensitive: false } })).body.fields[0].code).toBe('FEATURE_NOT_SUPPORTED');
    expect((await field({})).body.fields[0].code).toBe('SUCCESS');
  });

  test('a field can be deleted with what records hold in it, unless it is used elsewhere or is none of theirs', async () => {
    const fields = async () => (await client.get('/settings/fields?module=Events')).body.fields as Body[];
    const make = async (label: string) =>
      (
        await client.call('POST', '/settings/fields?module=Events', {
          fields: [
            { field_label: label, data_type: 'text', tooltip: { name: 'info_icon', value: `What ${label} is` } },
          ],
        })
      ).body.fields[0].details.id as string;
    const remove = (id: string) => client.call('DELETE', `/settings/fields/${id}?module=Events`);
    const [one, other] = [await make('One'), await make('Other')];
    expect((await fields()).find(({ id }) => id === one).tooltip).toEqual({ name: 'info_icon', value: 'What One is' });
    const event = await create(client, 'Events', { Event_Title: 'E', ...times, One: 'a', Other: 'b' });
    await set({ fieldsInUse: 'Events.Other' });
    expect((await remove(other)).body).toMatchObject({ code: 'NOT_ALLOWED', details: { resource_path_index: 2 } });
    const title = (await fields()).find((field) => field.api_name === 'Event_Title').id;
    expect((await remove(title)).body.code).toBe('NOT_ALLOWED');
    expect((await remove(one)).body.fields[0]).toMatchObject({ code: 'SUCCESS', details: { id: one } });
    expect((await remove(one)).body.code).toBe('INVALID_DATA');
    expect((await fields()).some(({ id }) => id === one)).toBe(false);
    await make('One');
    const read = (await client.get(`/Events/${event}`)).body.data[0];
    expect([read.One, read.Other]).toEqual([null, 'b']);
  });

  test('an external duplicate may name the record', async () => {
    await client.call('POST', '/settings/fields?module=Events', {
      fields: [{ field_label: 'Our ID', data_type: 'text', external: { type: 'org' } }],
    });
    const event = { Event_Title: 'E', ...times, Our_ID: 'x' };
    const id = await create(client, 'Events', event);
    await set({ externalDuplicateHasId: true });
    expect((await write('Events', event)).body.data[0]).toMatchObject({ code: 'DUPLICATE_DATA', details: { id } });
  });

  test('values: milliseconds, pick lists, closing date', async () => {
    await set({ millisecondsInTimes: 'accept', unknownPickListValue: 'reject', closingDateMandatory: true });
    expect(
      firstCode(await write('Events', { Event_Title: 'E', ...times, Start_DateTime: '2026-02-01T10:00:00.123Z' })),
    ).toBe('SUCCESS');
    expect(firstCode(await write('Contacts', { Last_Name: 'L', Lead_Source: 'Nonsense' }))).toBe('INVALID_DATA');
    expect(firstCode(await write('Deals', { Deal_Name: 'D', Stage: 'Qualification' }))).toBe('MANDATORY_NOT_FOUND');
  });

  test('answers of reads: unknown and malformed ids, errors of lists', async () => {
    await set({ unknownIdOnGet: '400', malformedId: '404', listErrorsInData: true });
    expect((await client.get('/Contacts/1234567890123456789')).status).toBe(400);
    expect((await client.get('/Contacts/abc')).status).toBe(404);
    expect(await client.get('/Contacts')).toMatchObject({
      status: 400,
      body: { data: [{ code: 'REQUIRED_PARAM_MISSING' }] },
    });
  });

  test('limits of COQL', async () => {
    await set({ coqlRows: 200, coqlInValues: 1, coqlColumns: 1 });
    for (const query of [
      'select id from Contacts where id is not null limit 201',
      "select id from Contacts where Last_Name in ('a', 'b')",
      'select id, Email from Contacts where id is not null',
    ]) {
      expect((await client.coql(query)).body.code, query).toBe('LIMIT_EXCEEDED');
    }
  });

  test('what was written just now may be missing from queries and external reads', async () => {
    await client.call('POST', '/settings/fields?module=Events', {
      fields: [{ field_label: 'Our ID', data_type: 'text', external: { type: 'org' } }],
    });
    await set({ coqlDelaySeconds: 5, externalDelaySeconds: 5 });
    await create(client, 'Events', { Event_Title: 'E', ...times, Our_ID: 'x' });
    const statuses = async () => [
      (await client.coql("select id from Events where Event_Title = 'E'")).status,
      (await client.get('/Events/x', { 'X-EXTERNAL': 'Events.Our_ID' })).status,
    ];
    expect(await statuses()).toEqual([204, 204]);
    await client.control('POST', 'clock', { advanceSeconds: 6 });
    expect(await statuses()).toEqual([200, 200]);
  });

  test('lists of meetings: names, invited ones, roll-up, participants', async () => {
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    const deal = await create(client, 'Deals', {
      Deal_Name: 'D',
      Stage: 'Qualification',
      Account_Name: { id: account },
    });
    const event = await create(client, 'Events', {
      Event_Title: 'E',
      ...times,
      What_Id: { id: deal },
      $se_module: 'Deals',
    });
    const contact = await create(client, 'Contacts', { Last_Name: 'C' });
    const onAccount = (list: string) => client.get(`/Accounts/${account}/${list}?fields=Event_Title`);
    expect((await onAccount('Events_History')).status).toBe(204);
    await set({
      accountRollUp: true,
      historyListName: 'Activities_History',
      invitedEventsListed: false,
      participantsInLists: true,
    });
    expect((await onAccount('Events_History')).body.code).toBe('INVALID_DATA');
    expect((await onAccount('Activities_History')).body.data).toMatchObject([{ id: event }]);
    expect((await onAccount('Events')).status).toBe(204);
    expect((await client.get(`/Contacts/${contact}/Invited_Events?fields=id`)).status).toBe(400);
    expect((await client.get('/Events?fields=Participants')).body.data[0]).toHaveProperty('Participants');
  });

  test('related changes may move Modified_Time', async () => {
    const contact = await create(client, 'Contacts', { Last_Name: 'C' });
    const deal = await create(client, 'Deals', { Deal_Name: 'D', Stage: 'Qualification' });
    const modified = async () => (await client.get(`/Deals/${deal}`)).body.data[0].Modified_Time;
    const before = await modified();
    await client.control('POST', 'clock', { advanceSeconds: 60 });
    const put = () => client.call('PUT', `/Deals/${deal}/Contact_Roles/${contact}`, { data: [{}] });
    await put();
    expect(await modified()).toBe(before);
    await set({ touchOnRelatedChange: true });
    await put();
    expect(await modified()).not.toBe(before);
  });

  test('GET /Notes without an administrator, search without delay', async () => {
    await set({ searchDelaySeconds: 0, notesListNeedsAdmin: false });
    const id = await create(client, 'Contacts', { Last_Name: 'Now' });
    expect((await client.get('/Contacts/search?word=now')).body.data).toMatchObject([{ id }]);
    expect((await client.get('/Notes?fields=Note_Title')).status).toBe(204);
  });

  test('429 without telling words, with Retry-After', async () => {
    await set({ distinct429: false, retryAfterSeconds: 7 });
    await client.control('POST', 'faults', { rules: [{ match: {}, kind: '429-day', count: 1 }] });
    const answer = await client.get('/org');
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(answer.body.message).not.toMatch(/concurrent|24 hours/);
  });

  test('accounts server: status of errors, refresh tokens, challenges, scopes by letter case', async () => {
    await set({ oauthErrorStatus: 400, refreshTokensPerMinute: 2, pkce: 'refused', scopeCaseSensitive: true });
    const refused = await requestToken(simulator, { grant_type: 'refresh_token', refresh_token: 'x' });
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_code' } });
    await connect(simulator, { scope: 'ZohoCRM.modules.Contacts.READ' });
    await expect(connect(simulator)).rejects.toThrow(/Access Denied/);
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: simulator.clientId,
      scope: 'ZohoCRM.users.READ',
      redirect_uri: simulator.redirectUri,
      code_challenge: 'x',
    });
    expect((await send(`${simulator.accounts}/oauth/v2/auth?${query}`)).status).toBe(400);
    await set({ refreshTokensPerMinute: 0 });
    const upper = await connect(simulator, { scope: 'ZohoCRM.modules.Contacts.READ' });
    const lower = await connect(simulator, { scope: 'ZohoCRM.modules.contacts.READ' });
    expect((await upper.get('/Contacts?fields=id')).status).toBe(204);
    expect((await lower.get('/Contacts?fields=id')).body.code).toBe('OAUTH_SCOPE_MISMATCH');
  });

  test('the 21st refresh token may be refused in place of the oldest ending', async () => {
    await set({ refreshTokenLimit: 'deny' });
    for (let i = 0; i < 19; i++) await connect(simulator);
    await expect(connect(simulator)).rejects.toThrow(/Access Denied/);
    expect((await client.get('/org')).status).toBe(200);
  });

  test('channels: how many, and whether they hear themselves', async () => {
    await set({ channelLimit: 1, ownWritesNotify: false });
    const channel = (id: string) =>
      client.call('POST', '/actions/watch', {
        watch: [{ channel_id: id, events: ['Contacts.all'], notify_url: 'http://127.0.0.1:9/' }],
      });
    expect((await channel('1')).status).toBe(201);
    expect((await channel('2')).body.watch[0].code).toBe('LIMIT_REACHED');
    expect((await channel('1')).status).toBe(201);
  });

  test('every call may take its time', async () => {
    await set({ latencyMs: 60 });
    const before = performance.now();
    await client.get('/org');
    expect(performance.now() - before).toBeGreaterThan(50);
  });
});
