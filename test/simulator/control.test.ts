// As long as it is on purpose: every control call and fault is tried on one running simulator.

import { connect as connectTo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Simulator } from '../../simulator/start-simulator.ts';
import { type Body, type Client, connect, create, send, startConnected } from './sandbox-client.ts';

let simulator: Simulator;
let client: Client;

beforeAll(async () => {
  ({ simulator, client } = await startConnected({ edition: 'free' }));
});
afterAll(() => simulator.stop());

/** Every test starts from an empty org. */
beforeEach(async () => {
  await send(`${simulator.accounts}/sandbox/reset`, { method: 'POST', body: '{}' });
  client = await connect(simulator);
});

const ledger = async (): Promise<Body> => (await client.control('GET', 'ledger')).body;
const mails = async (): Promise<Body[]> => (await client.control('GET', 'mails')).body.mails;
const fault = (...rules: unknown[]) => client.control('POST', 'faults', { rules });
const times = { Start_DateTime: '2026-02-01T10:00:00Z', End_DateTime: '2026-02-01T11:00:00Z' };

describe('mails', () => {
  test('a participant is mailed unless invited is false', async () => {
    const contact = await create(client, 'Contacts', { Last_Name: 'K', Email: 'k@x.example' });
    const event = (participant: Record<string, unknown>) => ({
      Event_Title: 'E',
      ...times,
      Participants: [participant],
    });
    const quiet = await create(client, 'Events', event({ type: 'contact', participant: contact, invited: false }));
    expect(await mails()).toEqual([]);
    await client.call('PUT', `/Events/${quiet}`, { data: [{ Event_Title: 'Moved' }], trigger: [] });
    await client.call('DELETE', `/Events/${quiet}`);
    expect(await mails()).toEqual([]);
    const loud = await create(client, 'Events', event({ type: 'contact', participant: contact }));
    expect(await mails()).toMatchObject([{ to: 'k@x.example', cause: 'invited to an event', recordId: loud }]);
    await client.call('PUT', `/Events/${loud}`, { data: [{ Event_Title: 'Moved' }], trigger: [] });
    await client.call('DELETE', `/Events/${loud}`);
    expect((await mails()).map((mail) => mail.cause)).toEqual([
      'invited to an event',
      'invited to an event that was changed',
      'invited to an event that was deleted',
    ]);
  });

  test('with workflows every write that does not empty trigger mails', async () => {
    await client.control('POST', 'switches', { workflowMails: true });
    await client.call('POST', '/Contacts', { data: [{ Last_Name: 'A' }], trigger: [] });
    expect(await mails()).toEqual([]);
    await client.call('POST', '/Contacts', { data: [{ Last_Name: 'B' }] });
    await client.call('POST', '/Contacts', { data: [{ Last_Name: 'C' }], trigger: ['workflow'] });
    expect(await mails()).toHaveLength(2);
    const ids = (await client.get('/Contacts?fields=id')).body.data.map((row: Body) => row.id);
    await client.call('DELETE', `/Contacts?ids=${ids[0]}&wf_trigger=false`);
    expect(await mails()).toHaveLength(2);
    await client.call('DELETE', `/Contacts/${ids[1]}`);
    expect(await mails()).toHaveLength(3);
  });

  test('cancelling mails those invited, when asked to', async () => {
    const event = await create(client, 'Events', {
      Event_Title: 'E',
      Start_DateTime: '2026-05-01T10:00:00Z',
      End_DateTime: '2026-05-01T11:00:00Z',
      Participants: [{ type: 'email', participant: 'p@x.example' }],
    });
    const cancel = () =>
      client.call('POST', `/Events/${event}/actions/cancel`, { data: [{ send_cancelling_mail: true }] });
    expect((await cancel()).body.data[0].message).toBe('The event is successfully cancelled');
    expect((await mails()).at(-1)).toMatchObject({
      to: 'p@x.example',
      cause: 'invited to an event that was cancelled',
    });
    expect((await cancel()).body.data[0]).toMatchObject({
      code: 'NOT_ALLOWED',
      details: { reason: 'already_cancelled' },
    });
  });
});

describe('ledger and limits', () => {
  test('credits by cost table', async () => {
    const account = await create(client, 'Accounts', { Account_Name: 'A' });
    const costs: [string, string, unknown, number][] = [
      ['GET', `/Accounts/${account}`, undefined, 1],
      ['POST', '/Contacts', { data: Array.from({ length: 11 }, (_, i) => ({ Last_Name: `L${i}` })) }, 2],
      ['GET', '/Contacts/deleted', undefined, 2],
      ['POST', '/coql', { select_query: 'select id from Contacts where id is not null limit 200' }, 1],
      ['POST', '/coql', { select_query: 'select id from Contacts where id is not null limit 201' }, 2],
      ['POST', '/coql', { select_query: 'select id from Contacts where id is not null limit 1001' }, 3],
      [
        'POST',
        '/Notes',
        {
          data: Array.from({ length: 10 }, () => ({
            Parent_Id: { module: { api_name: 'Accounts' }, id: account },
            Note_Content: 'n',
          })),
        },
        1,
      ],
      [
        'POST',
        '/__composite_requests',
        { __composite_requests: [{ sub_request_id: '1', method: 'GET', uri: '/crm/v8/org' }] },
        1,
      ],
      [
        'POST',
        '/__composite_requests',
        { rollback_on_fail: true, __composite_requests: [{ sub_request_id: '1', method: 'GET', uri: '/crm/v8/org' }] },
        2,
      ],
      ['POST', '/crm/bulk/v8/read', { query: { module: { api_name: 'Contacts' }, fields: ['Last_Name'] } }, 50],
    ];
    for (const [method, path, body, credits] of costs) {
      const before = (await ledger()).rows.length;
      await client.call(method, path, body);
      const rows = (await ledger()).rows.slice(before);
      expect(rows, `${method} ${path}`).toMatchObject([{ method, credits, client: simulator.clientId }]);
    }
  });

  test('since takes a number or a time', async () => {
    await client.get('/org');
    const { rows } = await ledger();
    await client.get('/users');
    const later = (await client.control('GET', `ledger?since=${rows.at(-1).seq}`)).body;
    expect(later.rows.map((row: Body) => row.path)).toEqual(['/crm/v8/users']);
    expect(later.totals).toMatchObject({ calls: 1, credits: 1 });
    expect((await client.control('GET', 'ledger?since=2040-01-01T00:00:00Z')).body.rows).toEqual([]);
  });

  test('more calls in flight than the edition allows are refused, and counted', async () => {
    await fault({ match: { path: '/crm/v8/org' }, kind: 'slow', delayMs: 300 });
    const answers = await Promise.all(Array.from({ length: 7 }, () => client.get('/org')));
    expect(answers.filter((one) => one.status === 429)).toHaveLength(2);
    expect(answers.find((one) => one.status === 429)?.body).toEqual({
      code: 'TOO_MANY_REQUESTS',
      details: {},
      message: 'Many requests fired in concurrent than the allowed limit.',
      status: 'error',
    });
    expect((await ledger()).totals).toMatchObject({ refusedForConcurrency: 2, peakInFlight: 7, credits: 5 });
    expect((await client.get('/org')).status).toBe(200);
  });

  test('a composite call fills the free edition alone', async () => {
    await fault({ match: { path: '__composite' }, kind: 'slow', delayMs: 300 });
    const body = { __composite_requests: [{ sub_request_id: '1', method: 'GET', uri: '/crm/v8/org' }] };
    const slow = client.call('POST', '/__composite_requests', body);
    while ((await client.get('/users')).status !== 429) {
      // Until the composite call has arrived.
    }
    expect((await slow).status).toBe(200);
    expect((await client.get('/users')).status).toBe(200);
  });

  test('the header tells what is left of a half-spent day, and a spent day refuses until it has passed', async () => {
    const left = async () => (await client.get('/org')).headers.get('x-api-credits-remaining');
    expect(await left()).toBeNull();
    const job = { query: { module: { api_name: 'Contacts' }, fields: ['Last_Name'] } };
    await client.control('POST', 'switches', { bulkReadCredits: 2500 });
    await client.call('POST', '/crm/bulk/v8/read', job);
    expect(await left()).toBe('2498');
    await client.control('POST', 'switches', { bulkReadCredits: 2498 });
    await client.call('POST', '/crm/bulk/v8/read', job);
    const refused = await client.get('/org');
    expect(refused.status).toBe(429);
    expect(refused.body.message).toContain('past 24 hours');
    await client.control('POST', 'clock', { advanceSeconds: 24 * 3600 + 61 });
    client = await connect(simulator);
    expect((await client.get('/org')).status).toBe(200);
  });
});

describe('faults', () => {
  test('are listed with their meaning, and wrong ones are refused whole', async () => {
    const { kinds } = (await client.control('GET', 'faults')).body;
    expect(kinds.map((one: Body) => one.kind)).toEqual(
      expect.arrayContaining(['401', '429-day', 'cut-before', 'commit-then-cut']),
    );
    const answer = await fault({ match: {}, kind: '500' }, { match: {}, kind: 'nonsense' });
    expect(answer.status).toBe(400);
    expect((await client.get('/org')).status).toBe(200);
  });

  test('answers in place of the real one, as often as asked', async () => {
    for (const [kind, status] of [
      ['401', 401],
      ['429-concurrency', 429],
      ['429-day', 429],
      ['500', 500],
      ['502-html', 502],
      ['503', 503],
    ] as const) {
      await fault({ match: { method: 'GET', path: '/org' }, kind, count: 1 });
      expect((await client.get('/org')).status, kind).toBe(status);
      expect((await client.get('/org')).status, kind).toBe(200);
    }
    expect((await ledger()).totals.refusedForConcurrency).toBe(0);
  });

  test('commit-then-cut has written, cut-before has not', async () => {
    const write = (name: string) => client.call('POST', '/Accounts', { data: [{ Account_Name: name }] });
    await fault({ match: { module: 'accounts' }, kind: 'commit-then-cut', count: 1 });
    await expect(write('Written')).rejects.toThrow();
    await fault({ match: { module: 'Accounts' }, kind: 'cut-before', count: 1 });
    await expect(write('Lost')).rejects.toThrow();
    const { data } = (await client.get('/Accounts?fields=Account_Name')).body;
    expect(data.map((row: Body) => row.Account_Name)).toEqual(['Written']);
  });

  test('probability follows a seed', async () => {
    const statuses = async () => {
      await client.control('DELETE', 'faults');
      await fault({ match: {}, kind: '500', probability: 0.5, seed: 7 });
      const seen: number[] = [];
      for (let i = 0; i < 20; i++) seen.push((await client.get('/org')).status);
      return seen;
    };
    const first = await statuses();
    expect(await statuses()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 500]));
  });

  test('a removed field and a removed permission stand until cleared', async () => {
    const contact = await create(client, 'Contacts', { Last_Name: 'K', Email: 'k@x.example' });
    await fault(
      { match: { module: 'Contacts' }, kind: 'field-removed', field: 'Email' },
      { match: { module: 'Deals' }, kind: 'module-permission-removed' },
    );
    expect((await client.get(`/Contacts/${contact}`)).body.data[0]).not.toHaveProperty('Email');
    const asked = await client.coql('select Email from Contacts where id is not null');
    expect(asked.body).toMatchObject({ code: 'INVALID_QUERY', details: { column_name: 'Email' } });
    expect(await client.get('/Deals?fields=id')).toMatchObject({
      status: 403,
      body: { code: 'NO_PERMISSION', details: { permissions: ['Crm_Implied_View_Potentials'] } },
    });
    expect((await client.get('/settings/modules/Deals')).body.modules[0]).toMatchObject({
      viewable: false,
      creatable: false,
    });
    await client.control('DELETE', 'faults');
    expect((await client.get(`/Contacts/${contact}`)).body.data[0].Email).toBe('k@x.example');
    expect((await client.get('/Deals?fields=id')).status).toBe(204);
  });

  test('a revoked token and a deactivated user stay so', async () => {
    await fault({ match: { path: '/org' }, kind: 'token-revoked', count: 1 });
    expect((await client.get('/org')).body.code).toBe('INVALID_TOKEN');
    expect((await client.get('/users')).body.code).toBe('INVALID_TOKEN');
    client = await connect(simulator);
    await fault({ match: { path: '/org' }, kind: 'user-deactivated', count: 1 });
    expect((await client.get('/org')).body.code).toBe('AUTHENTICATION_FAILURE');
    expect((await client.get('/users')).body.code).toBe('AUTHENTICATION_FAILURE');
  });
});

describe('switches, clock, snapshot', () => {
  test('unknown switches and wrong values are refused whole', async () => {
    const answer = await client.control('POST', 'switches', { deleteMails: false, nonsense: 1 });
    expect(answer).toMatchObject({ status: 400 });
    expect(answer.body.error).toContain('nonsense');
    expect((await client.control('POST', 'switches', { participantMails: 'sometimes' })).status).toBe(400);
    const { switches } = (await client.control('GET', 'switches')).body;
    expect(switches.every((one: Body) => one.value === one.default && one.meaning && one.section)).toBe(true);
  });

  test('the clock dates what is written', async () => {
    await client.control('POST', 'clock', { now: '2027-07-01T12:00:00Z' });
    client = await connect(simulator);
    const id = await create(client, 'Accounts', { Account_Name: 'A' });
    expect((await client.get(`/Accounts/${id}`)).body.data[0].Created_Time).toBe('2027-07-01T14:00:00+02:00');
    expect((await client.control('POST', 'clock', { now: 'nonsense' })).status).toBe(400);
  });

  test('a snapshot can be gone back to', async () => {
    const kept = await create(client, 'Accounts', { Account_Name: 'Kept' });
    const { id } = (await client.control('POST', 'snapshot', {})).body;
    await client.call('PUT', `/Accounts/${kept}`, { data: [{ Account_Name: 'Changed' }] });
    const later = await create(client, 'Accounts', { Account_Name: 'Later' });
    expect((await client.control('POST', 'restore', { id })).status).toBe(200);
    expect((await client.get(`/Accounts/${kept}`)).body.data[0].Account_Name).toBe('Kept');
    expect((await client.get(`/Accounts/${later}`)).status).toBe(204);
    expect(await create(client, 'Accounts', { Account_Name: 'Again' })).not.toBe(later);
    expect((await client.control('POST', 'restore', { id: 'nonsense' })).status).toBe(400);
  });
});

describe('garbage', () => {
  /** What comes back on a connection that is sent `text`, until it is closed. */
  const sendRaw = (origin: string, text: string) =>
    new Promise<string>((resolve, reject) => {
      let heard = '';
      const socket = connectTo(Number(new URL(origin).port), '127.0.0.1', () => socket.write(text));
      socket.on('data', (piece) => {
        heard += piece;
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(heard));
    });

  test('what is no HTTP, and an address without measure, get an answer and not silence', async () => {
    for (const origin of [simulator.api, simulator.accounts]) {
      expect(await sendRaw(origin, 'garbage\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 .*"code":"INVALID_REQUEST"/s);
      const broken = 'POST /crm/v8/Contacts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n';
      expect(await sendRaw(origin, broken)).toMatch(/^HTTP\/1\.1 400 /);
      const long = `GET /crm/v8/Contacts?fields=${'x,'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`;
      expect(await sendRaw(origin, long)).toMatch(/^HTTP\/1\.1 431 .*too long/s);
    }
    expect((await client.get('/org')).status).toBe(200);
  });

  test('500 connections that are cut in the middle of a body, or never finish one, end nothing', async () => {
    const port = Number(new URL(simulator.api).port);
    const cut = () =>
      new Promise<void>((resolve) => {
        const socket = connectTo(port, '127.0.0.1', () => {
          socket.write('POST /crm/v8/Contacts HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n{', () =>
            socket.destroy(),
          );
        });
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
      });
    await Promise.all(Array.from({ length: 500 }, cut));
    expect((await client.get('/org')).status).toBe(200);
  });

  test('nothing that is sent ends the process', async () => {
    const big = JSON.stringify({ data: [{ Last_Name: 'x'.repeat(5_000_000) }] });
    expect((await client.call('POST', '/Contacts', big)).status).toBe(400);
    expect((await client.call('POST', '/Contacts', 'x'.repeat(40_000_000))).status).toBe(413);
    for (const body of [
      '',
      'null',
      '[]',
      '"x"',
      '{"data":null}',
      '{"data":[null,1,"x",[]]}',
      '\u0000',
      '{'.repeat(100_000),
    ]) {
      const answer = await client.call('POST', '/Events', body);
      expect(answer.status, body.slice(0, 30)).toBe(400);
    }
    for (const path of [
      '/%E0%A4%A',
      '/Contacts/%00',
      '/Contacts?fields=%ZZ',
      '//',
      '/Contacts/search?criteria=((((',
      '/__proto__',
      '/constructor?fields=id',
      '/Contacts?fields=__proto__,constructor',
    ]) {
      expect((await client.get(path)).status, path).toBeLessThan(500);
    }
    for (const path of ['grants', 'faults', 'switches', 'clock', 'restore', 'nonsense']) {
      const answer = await send(`${simulator.accounts}/sandbox/${path}`, { method: 'POST', body: '{"data":' });
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
      expect(answer.status, path).toBeLessThan(500);
    }
    expect((await client.get('/org')).status).toBe(200);
  });
});
