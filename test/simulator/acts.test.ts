// Long on purpose: every act of people is tried on one running simulator.
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

const times = { Start_DateTime: '2026-02-01T10:00:00Z', End_DateTime: '2026-02-01T11:00:00Z' };
const act = (...acts: Body[]) => client.control('POST', 'acts', { acts });
const set = async (values: Record<string, unknown>) =>
  expect((await client.control('POST', 'switches', values)).status).toBe(200);
const addUser = (email: string, more: Body = {}) =>
  client.control('POST', 'people', { users: [{ email, name: 'Nora Kern', add: true, ...more }] });
const one = async (module: string, id: string) => (await client.get(`/${module}/${id}`)).body?.data?.[0];
const deletedIds = async (module: string) =>
  ((await client.get(`/${module}/deleted?type=all`)).body?.data ?? []).map((row: Body) => row.id);
const pass = (seconds: number) => client.control('POST', 'clock', { advanceSeconds: seconds });

async function listen(): Promise<{ url: string; heard: Body[]; count(wanted: number): Promise<Body[]> }> {
  const heard: Body[] = [];
  let wake = () => {};
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      heard.push(JSON.parse(text));
      response.end();
      wake();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const count = async (wanted: number) => {
    while (heard.length < wanted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return heard;
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, heard, count };
}

const watch = (url: string, ...events: string[]) =>
  client.call('POST', '/actions/watch', { watch: [{ channel_id: '1000', events, notify_url: url, token: 't' }] });

describe('acts of people', () => {
  test('are made by the user named, at the time of the clock, and cost no credits', async () => {
    await addUser('nora@sandbox.example');
    const id = await create(client, 'Accounts', { Account_Name: 'A' });
    await pass(60);
    const before = (await client.control('GET', 'ledger')).body.totals.calls;
    const done = await act(
      { as: 'nora@sandbox.example', do: 'update', module: 'Accounts', id, fields: { Account_Name: 'B' } },
      { do: 'create', module: 'Contacts', fields: { Last_Name: 'K', Account_Name: { id } } },
    );
    expect(done.status).toBe(200);
    expect((await client.control('GET', 'ledger')).body.totals.calls).toBe(before);
    const row = await one('Accounts', id);
    expect(row).toMatchObject({ Account_Name: 'B', Modified_By: { email: 'nora@sandbox.example' } });
    expect(Date.parse(row.Modified_Time) - Date.parse(row.Created_Time)).toBe(60_000);
    expect(await one('Contacts', done.body.acts[1].id)).toMatchObject({ Account_Name: { id } });
  });

  test('happen all or not at all, with the reason', async () => {
    const id = await create(client, 'Accounts', { Account_Name: 'A' });
    const hook = await listen();
    const channel = { channel_id: '1000', events: ['Accounts.all'], notify_url: hook.url };
    await client.call('POST', '/actions/watch', { watch: [{ ...channel, return_affected_field_values: true }] });
    const refused = await act(
      { do: 'update', module: 'Accounts', id, fields: { Account_Name: 'B' } },
      { do: 'update', module: 'Accounts', id: '1', fields: { Account_Name: 'C' } },
    );
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatch(/^acts\[1\] was refused: INVALID_DATA .* Nothing was done\.$/);
    expect(await one('Accounts', id)).toMatchObject({ Account_Name: 'A' });
    await act({ do: 'update', module: 'Accounts', id, fields: { Account_Name: 'D' } });
    await act({ do: 'delete', module: 'Accounts', id });
    // What was taken back is never told: an update and a deletion are all that comes.
    const heard = await hook.count(2);
    expect(heard.map((one) => one.operation).sort()).toEqual(['delete', 'update']);
    expect(simulator.world.changes).toEqual([]);
    const told = heard.find((one) => one.operation === 'update');
    expect(told.affected_values).toEqual([{ record_id: id, values: { Account_Name: 'D' } }]);
  });

  test.each([
    [{ do: 'sing' }, 'do is one of'],
    [{ do: 'update', module: 'Deals' }, 'update needs id.'],
    [{ do: 'delete', module: 'Deals', id: '1', as: 'who@x.example' }, 'no active user who@x.example'],
    ['x', 'it must be an object'],
  ])('%j is refused in words', async (wrong, words) => {
    const answer = await act(wrong);
    expect([answer.status, answer.body.error]).toEqual([400, expect.stringContaining(words)]);
  });

  test('reach channels as calls of a client do', async () => {
    const hook = await listen();
    await watch(hook.url, 'Contacts.all');
    await set({ ownWritesNotify: false });
    const [made] = (await act({ do: 'create', module: 'Contacts', fields: { Last_Name: 'K' } })).body.acts;
    await act({ do: 'update', module: 'Contacts', id: made.id, fields: { Last_Name: 'L' } });
    await act({ do: 'delete', module: 'Contacts', id: made.id });
    const heard = await hook.count(3);
    expect(heard.map((one) => [one.operation, one.ids[0]])).toEqual(
      ['insert', 'update', 'delete'].map((operation) => [operation, made.id]),
    );
    expect(await deletedIds('Contacts')).toEqual([made.id]);
  });

  test('give and take contact roles', async () => {
    const deal = await create(client, 'Deals', { Deal_Name: 'D', Stage: 'Qualification' });
    const contact = await create(client, 'Contacts', { Last_Name: 'K' });
    const roles = async () => (await client.control('GET', 'records?module=Contact_Roles')).body.data;
    await act({ do: 'setRole', deal, contact, role: 'Decision Maker' });
    expect(await roles()).toMatchObject([{ deal: { id: deal }, contact: { id: contact }, role: 'Decision Maker' }]);
    await act({ do: 'removeRole', deal, contact });
    expect(await roles()).toEqual([]);
  });

  test('a callback may come late, when the clock reaches its time', async () => {
    const hook = await listen();
    await watch(hook.url, 'Contacts.all');
    const rule = { match: {}, kind: 'delay-callback', count: 1, delayMs: 90_000 };
    await client.control('POST', 'faults', { rules: [rule] });
    await act({ do: 'create', module: 'Contacts', fields: { Last_Name: 'late' } });
    await act({ do: 'create', module: 'Contacts', fields: { Last_Name: 'early' } });
    await hook.count(1);
    await pass(90);
    const heard = await hook.count(2);
    const last = await one('Contacts', heard[1].ids[0]);
    expect(last.Last_Name).toBe('late');
  });
});

describe('merge', () => {
  const two = async () => {
    const [stays, ends] = [
      await create(client, 'Contacts', { Last_Name: 'Stays' }),
      await create(client, 'Contacts', { Last_Name: 'Ends' }),
    ];
    const note = await create(client, 'Notes', {
      Parent_Id: { module: { api_name: 'Contacts' }, id: ends },
      Note_Content: 'n',
    });
    const event = await create(client, 'Events', {
      Event_Title: 'E',
      ...times,
      Who_Id: { id: ends },
      Participants: [{ type: 'contact', participant: ends, invited: false }],
    });
    const deal = await create(client, 'Deals', { Deal_Name: 'D', Stage: 'Qualification', Contact_Name: { id: ends } });
    return { stays, ends, note, event, deal };
  };

  test('mergeMovesRelated: notes, events and participations go to the survivor, or are left behind', async () => {
    const moved = await two();
    expect((await act({ do: 'merge', module: 'Contacts', id: moved.ends, into: moved.stays })).status).toBe(200);
    expect(await one('Notes', moved.note)).toMatchObject({ Parent_Id: { id: moved.stays } });
    expect(await one('Events', moved.event)).toMatchObject({
      Who_Id: { id: moved.stays },
      Participants: [{ participant: moved.stays }],
    });
    await set({ mergeMovesRelated: false });
    const left = await two();
    expect((await act({ do: 'merge', module: 'Contacts', id: left.ends, into: left.stays })).status).toBe(200);
    expect((await client.get(`/Notes/${left.note}`)).status).toBe(204);
    expect(await one('Events', left.event)).toMatchObject({ Who_Id: null, Participants: [] });
    for (const { deal, stays, ends } of [moved, left]) {
      expect(await one('Deals', deal)).toMatchObject({ Contact_Name: { id: stays } });
      expect(await deletedIds('Contacts')).toContain(ends);
    }
  });

  test('of accounts leaves events without a subject where it moves nothing', async () => {
    const run = async () => {
      const [stays, ends] = [
        await create(client, 'Accounts', { Account_Name: 'Stays' }),
        await create(client, 'Accounts', { Account_Name: 'Ends' }),
      ];
      const event = await create(client, 'Events', {
        Event_Title: 'E',
        ...times,
        What_Id: { id: ends },
        $se_module: 'Accounts',
      });
      await act({ do: 'merge', module: 'Accounts', id: ends, into: stays });
      const { What_Id, $se_module } = await one('Events', event);
      return [What_Id?.id === stays, $se_module];
    };
    expect(await run()).toEqual([true, 'Accounts']);
    await set({ mergeMovesRelated: false });
    expect(await run()).toEqual([false, null]);
  });

  test('takes values of the record that ends, and cannot be undone from the bin', async () => {
    const { stays, ends } = await two();
    await act({ do: 'merge', module: 'Contacts', id: ends, into: stays, take: ['Last_Name'] });
    expect(await one('Contacts', stays)).toMatchObject({ Last_Name: 'Ends', Full_Name: 'Ends' });
    expect((await act({ do: 'restore', id: ends })).body.error).toContain('INVALID_DATA');
  });

  test('conversionMovesRelated: the same for a lead', async () => {
    const lead = async () => {
      const id = await create(client, 'Leads', { Last_Name: 'L', Company: 'Co' });
      const note = await create(client, 'Notes', {
        Parent_Id: { module: { api_name: 'Leads' }, id },
        Note_Content: 'n',
      });
      const event = await create(client, 'Events', {
        Event_Title: 'E',
        ...times,
        What_Id: { id },
        $se_module: 'Leads',
        Participants: [{ type: 'lead', participant: id, invited: false }],
      });
      const done = await act({ do: 'convert', id, fields: { Deals: { Deal_Name: 'D', Stage: 'Qualification' } } });
      const { details } = done.body.acts[0].answer.data[0];
      return { note, event, contact: details.Contacts.id, deal: details.Deals.id };
    };
    const moved = await lead();
    expect(await one('Notes', moved.note)).toMatchObject({ Parent_Id: { id: moved.contact } });
    expect(await one('Events', moved.event)).toMatchObject({
      What_Id: { id: moved.deal },
      Who_Id: { id: moved.contact },
      Participants: [{ type: 'contact', participant: moved.contact }],
    });
    await set({ conversionMovesRelated: false });
    const left = await lead();
    expect((await client.get(`/Notes/${left.note}`)).status).toBe(204);
    expect(await one('Events', left.event)).toMatchObject({ What_Id: null, Who_Id: null, Participants: [] });
  });
});

describe('recycle bin', () => {
  const whole = async () => {
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    const contact = await create(client, 'Contacts', { Last_Name: 'K', Account_Name: { id: account } });
    const note = await create(client, 'Notes', {
      Parent_Id: { module: { api_name: 'Accounts' }, id: account },
      Note_Content: 'n',
    });
    return { account, contact, note };
  };
  const restore = (id: string) => client.call('POST', `/settings/recycle_bin/${id}/actions/restore`);

  test('a record comes back under its id with its notes, and leaves the list of deleted records', async () => {
    const { account, note } = await whole();
    await act({ do: 'delete', module: 'Accounts', id: account });
    expect([await deletedIds('Accounts'), await deletedIds('Notes')]).toEqual([[account], [note]]);
    expect((await restore(account)).body.recycle_bin[0]).toMatchObject({ code: 'SUCCESS', details: { id: account } });
    expect([await deletedIds('Accounts'), await deletedIds('Notes')]).toEqual([[], []]);
    expect(await one('Accounts', account)).toMatchObject({ Account_Name: 'A' });
    expect(await one('Notes', note)).toMatchObject({ Parent_Id: { id: account } });
    expect((await restore(account)).body.code).toBe('INVALID_DATA');
  });

  test('restoreReconnects: lookups, participations and roles come back, or stay empty', async () => {
    const run = async () => {
      const { account, contact } = await whole();
      const deal = await create(client, 'Deals', {
        Deal_Name: 'D',
        Stage: 'Qualification',
        Account_Name: { id: account },
      });
      await act({ do: 'setRole', deal, contact });
      const event = await create(client, 'Events', {
        Event_Title: 'E',
        ...times,
        Who_Id: { id: contact },
        What_Id: { id: account },
        $se_module: 'Accounts',
        Participants: [{ type: 'contact', participant: contact, invited: false }],
      });
      for (const [module, id] of [
        ['Accounts', account],
        ['Contacts', contact],
      ] as const)
        await act({ do: 'delete', module, id });
      expect(await one('Events', event)).toMatchObject({ What_Id: null, Who_Id: null, Participants: [] });
      expect((await act({ do: 'restore', id: account }, { do: 'restore', id: contact })).status).toBe(200);
      const roles = (await client.get(`/Deals/${deal}/Contact_Roles?fields=id`)).status;
      const after = await one('Events', event);
      return {
        roles,
        what: after.What_Id?.id === account,
        who: after.Who_Id?.id === contact,
        people: after.Participants.length,
      };
    };
    expect(await run()).toEqual({ roles: 200, what: true, who: true, people: 1 });
    await set({ restoreReconnects: false });
    expect(await run()).toEqual({ roles: 204, what: false, who: false, people: 0 });
  });

  test('restoreMovesModifiedTime and restoreHeardAs', async () => {
    const hook = await listen();
    await watch(hook.url, 'Accounts.all');
    const run = async () => {
      const id = await create(client, 'Accounts', { Account_Name: 'A' });
      const before = (await one('Accounts', id)).Modified_Time;
      await pass(60);
      await act({ do: 'delete', module: 'Accounts', id });
      await act({ do: 'restore', id });
      return (await one('Accounts', id)).Modified_Time !== before;
    };
    expect(await run()).toBe(true);
    await set({ restoreMovesModifiedTime: false, restoreHeardAs: 'update' });
    expect(await run()).toBe(false);
    await set({ restoreHeardAs: 'nothing' });
    await run();
    const heard = await hook.count(8);
    const words = heard.map((one) => one.operation);
    expect(words.slice(0, 3).sort()).toEqual(['delete', 'insert', 'insert']);
    expect(words.slice(3, 6).sort()).toEqual(['delete', 'insert', 'update']);
    expect(words.slice(6).sort()).toEqual(['delete', 'insert']);
  });

  test('is refused when another record took the unique value, and after 60 days', async () => {
    await client.call('POST', '/settings/fields?module=Accounts', {
      fields: [{ field_label: 'Ext', data_type: 'text', external: { type: 'org', show: false } }],
    });
    const id = await create(client, 'Accounts', { Account_Name: 'A', Ext: 'x' });
    await act({ do: 'delete', module: 'Accounts', id });
    const other = await create(client, 'Accounts', { Account_Name: 'B', Ext: 'x' });
    expect((await restore(id)).body.recycle_bin[0].code).toBe('DUPLICATE_DATA');
    await act({ do: 'delete', module: 'Accounts', id: other });
    await pass(61 * 86_400);
    client = await connect(simulator);
    expect((await restore(id)).body.code).toBe('INVALID_DATA');
  });

  test('the page has a button that does it, as the person who looks', async () => {
    const { account } = await whole();
    await act({ do: 'delete', module: 'Accounts', id: account });
    const { zgid } = (await client.get('/org')).body.org[0];
    const bin = `${simulator.accounts}/crm/org${zgid}/recycle-bin`;
    expect((await send(bin)).body).toContain(`value="${account}"`);
    const answer = await send(bin, { method: 'POST', body: new URLSearchParams({ id: account }) });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, expect.stringContaining(account)]);
    expect(await one('Accounts', account)).toMatchObject({ Account_Name: 'A' });
    const again = await send(bin, { method: 'POST', body: new URLSearchParams({ id: account }) });
    expect([again.status, again.body]).toEqual([400, expect.stringContaining('Nothing was restored')]);
  });
});

describe('pages of people', () => {
  const post = (path: string, form: Record<string, string>) =>
    send(`${simulator.accounts}${path}`, { method: 'POST', body: new URLSearchParams(form) });
  const pathOf = async (tab: string, id: string) => {
    const { zgid } = (await client.get('/org')).body.org[0];
    return `/crm/org${zgid}/tab/${tab}/${id}`;
  };

  test('merge records of one kind, and say why not', async () => {
    const [stays, ends] = [
      await create(client, 'Contacts', { Last_Name: 'Stays' }),
      await create(client, 'Contacts', { Last_Name: 'Ends' }),
    ];
    const path = await pathOf('Contacts', ends);
    expect((await send(simulator.accounts + path)).body).toContain('Merge into');
    const wrong = await post(path, { do: 'merge', into: 'Nobody' });
    expect([wrong.status, wrong.body]).toEqual([400, expect.stringContaining('Nothing was merged: no contact')]);
    const self = await post(path, { do: 'merge', into: ends });
    expect([self.status, self.body]).toEqual([400, expect.stringContaining('INVALID_DATA')]);
    const done = await post(path, { do: 'merge', into: 'Stays' });
    expect([done.status, done.headers.get('location')]).toEqual([303, expect.stringContaining(stays)]);
    expect(await deletedIds('Contacts')).toEqual([ends]);
  });

  test('convert leads', async () => {
    const lead = await create(client, 'Leads', { Last_Name: 'L', Company: 'Co' });
    const done = await post(await pathOf('Leads', lead), { do: 'convert', deal: 'First deal' });
    const [deal] = (await client.get('/Deals?fields=Deal_Name,Contact_Name')).body.data;
    expect([done.status, done.headers.get('location')]).toEqual([303, expect.stringContaining(deal.Contact_Name.id)]);
    expect(deal.Deal_Name).toBe('First deal');
  });

  test('deactivate users and take them back', async () => {
    await addUser('nora@sandbox.example');
    const status = async () => (await client.control('GET', 'people')).body.users[1].status;
    const turn = (to: string) => post('/sandbox/ui/people', { email: 'nora@sandbox.example', status: to });
    expect((await turn('inactive')).status).toBe(303);
    expect(await status()).toBe('inactive');
    expect((await turn('active')).status).toBe(303);
    expect(await status()).toBe('active');
    const wrong = await turn('asleep');
    expect([wrong.status, wrong.body]).toEqual([400, expect.stringContaining('status is')]);
  });
});

describe('faults that are meant for clients', () => {
  test('leave people and judges alone', async () => {
    const id = await create(client, 'Accounts', { Account_Name: 'A', Phone: '1' });
    await client.control('POST', 'faults', {
      rules: [
        { match: { module: 'Accounts' }, kind: 'module-permission-removed' },
        { match: { module: 'Accounts' }, kind: 'field-removed', field: 'Phone' },
      ],
    });
    expect((await client.get(`/Accounts/${id}`)).body.code).toBe('NO_PERMISSION');
    expect((await act({ do: 'update', module: 'Accounts', id, fields: { Phone: '2' } })).status).toBe(200);
    expect((await client.control('GET', 'records?module=Accounts')).body.data[0].Phone).toBe('2');
  });
});

describe('If-Unmodified-Since', () => {
  test('is judged for each event and note of a call', async () => {
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    const event = () => create(client, 'Events', { Event_Title: 'E', ...times });
    const note = () =>
      create(client, 'Notes', { Parent_Id: { module: { api_name: 'Accounts' }, id: account }, Note_Content: 'n' });
    for (const [module, make, field] of [
      ['Events', event, 'Description'],
      ['Notes', note, 'Note_Content'],
    ] as const) {
      const [a, b] = [await make(), await make()];
      const since = (await one(module, a)).Modified_Time;
      await pass(60);
      await act({ do: 'update', module, id: b, fields: { [field]: 'by a person' } });
      const answer = await client.call(
        'PUT',
        `/${module}`,
        { data: [a, b].map((id) => ({ id, [field]: 'ours' })), trigger: [] },
        { 'If-Unmodified-Since': since },
      );
      expect(answer.status).toBe(207);
      expect(answer.body.data).toMatchObject([{ code: 'SUCCESS' }, { code: 'ALREADY_MODIFIED', details: { id: b } }]);
      expect([(await one(module, a))[field], (await one(module, b))[field]]).toEqual(['ours', 'by a person']);
    }
  });
});

describe('whole tables for judges', () => {
  test('come in pages, with participants and what was deleted, without a call in the ledger', async () => {
    const ids = [];
    for (let i = 0; i < 5; i++) {
      const Participants = [{ type: 'email', participant: `p${i}@x.example`, invited: false }];
      ids.push(await create(client, 'Events', { Event_Title: `E${i}`, ...times, Participants }));
    }
    await act({ do: 'delete', module: 'Events', id: ids[4] });
    const before = (await client.control('GET', 'ledger')).body.totals.calls;
    const read = async (query: string) => (await client.control('GET', `records?${query}`)).body;
    const first = await read('module=Events&perPage=3');
    expect(first).toMatchObject({
      total: 4,
      more: true,
      data: [{ id: ids[0], Participants: [{ Email: 'p0@x.example' }] }, {}, {}],
    });
    const second = await read('module=events&perPage=3&page=2');
    expect([second.more, second.data.map((row: Body) => row.id)]).toEqual([false, [ids[3]]]);
    expect((await read(`module=Events&ids=${ids[1]},9`)).data).toMatchObject([{ Event_Title: 'E1' }]);
    expect((await read('module=Events&deleted=true')).data).toMatchObject([{ id: ids[4], type: 'recycle' }]);
    expect((await client.control('GET', 'ledger')).body.totals.calls).toBe(before);
    for (const wrong of [
      'module=Nonsense',
      'module=Events&page=0',
      'module=Events&perPage=9999',
      'module=Events&environment=x',
    ])
      expect((await client.control('GET', `records?${wrong}`)).status, wrong).toBe(400);
  });
});
