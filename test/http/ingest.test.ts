import { describe, expect, it } from 'vitest';
import { createApiKey } from '../../src/features/people/create-api-key.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, startTestProduct, type TestProduct } from '../harness/product.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';

const database = await createTestDatabase();

async function start(): Promise<{ product: TestProduct; server: TestServer; key: string }> {
  const product = await startTestProduct(database);
  const server = await startTestServer(product);
  return { product, server, key: await makeKey(product) };
}

async function makeKey(product: TestProduct, scopes: 'meetings:write'[] = ['meetings:write']): Promise<string> {
  const input = { name: 'importer', scopes, randomToken: () => product.ctx.newId() };
  return (await createApiKey({ ctx: product.ctx, input })).key;
}

/** Number of rows in everything that a delivery may touch. */
async function rowCounts({ db }: TestProduct): Promise<unknown> {
  const [row] = await db.query(
    `select (select count(*)::int from meetings) as meetings, (select count(*)::int from participants) as participants,
       (select count(*)::int from meeting_notes) as notes, (select count(*)::int from clips) as clips,
       (select count(*)::int from transcripts) as transcripts, (select count(*)::int from graphile_worker._private_jobs) as jobs`,
  );
  return row;
}

type Request = {
  body?: unknown;
  payload?: string;
  contentType?: string;
  key?: string | null;
  externalId?: string;
  method?: 'PUT' | 'DELETE';
};

function put({ server, key }: { server: TestServer; key: string }, request: Request) {
  const headers: Record<string, string> = { 'content-type': request.contentType ?? 'application/json' };
  const given = request.key === undefined ? key : request.key;
  if (given !== null) headers.authorization = `Bearer ${given}`;
  const payload = request.payload ?? JSON.stringify(request.body ?? meetingBody());
  return server.inject({
    method: request.method ?? 'PUT',
    url: `/api/v1/meetings/${request.externalId ?? 'm1'}`,
    headers,
    payload,
  });
}

describe('a meeting that is accepted', () => {
  it('answers 202 with its id, version and state, and the same content again changes nothing', async () => {
    const all = await start();
    const first = await put(all, {});
    expect(first.statusCode).toBe(202);
    const answer = first.json();
    expect(answer).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      externalId: 'm1',
      version: 1,
      state: 'waiting',
    });
    const counts = await rowCounts(all.product);
    const reordered = Object.fromEntries(Object.entries({ ...meetingBody(), language: null }).reverse());
    expect((await put(all, { body: reordered })).json()).toEqual(answer);
    expect(await rowCounts(all.product)).toEqual(counts);
    expect((await put(all, { body: meetingBody({ title: 'Renamed' }) })).json()).toEqual({ ...answer, version: 2 });
  });

  it('takes an id with any characters, and gives the meeting back under it', async () => {
    const all = await start();
    const externalId = 'rec/2026 ü?#%';
    const stored = await put(all, { externalId: encodeURIComponent(externalId) });
    expect(stored.json()).toMatchObject({ externalId });
    const read = await all.server.inject({
      url: `/api/v1/meetings/${encodeURIComponent(externalId)}`,
      headers: { authorization: `Bearer ${all.key}` },
    });
    expect(read.json()).toMatchObject({ externalId, title: 'Quarterly review', associations: [] });
  });

  it('takes nine megabytes of transcript', async () => {
    const all = await start();
    const transcript = Array.from({ length: 90 }, (_, at) => ({
      speaker: 'Ana',
      text: 'x'.repeat(99_000),
      startSeconds: at,
    }));
    expect((await put(all, { body: meetingBody({ transcript }) })).statusCode).toBe(202);
    const page = await all.server.inject({
      url: '/api/v1/meetings/m1/transcript?limit=2',
      headers: { authorization: `Bearer ${all.key}` },
    });
    expect(page.json().data).toHaveLength(2);
    expect(page.json().nextCursor).not.toBeNull();
  });

  it('is taken back by DELETE', async () => {
    const product = await startConnectedProduct(database);
    const all = { product, server: await startTestServer(product), key: await makeKey(product) };
    await put(all, {});
    await product.serve();
    const answer = await all.server.inject({
      method: 'DELETE',
      url: '/api/v1/meetings/m1',
      headers: { authorization: `Bearer ${all.key}` },
    });
    expect(answer.statusCode).toBe(202);
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    const missing = await all.server.inject({
      method: 'DELETE',
      url: '/api/v1/meetings/other',
      headers: { authorization: `Bearer ${all.key}` },
    });
    expect(missing.json()).toMatchObject({ status: 404, code: 'not_found', detail: expect.stringContaining('other') });
  });
});

const person = { email: 'ana@acme.example' };
const bad: { what: string; request: Request; status: number; path?: string; says: RegExp }[] = [
  { what: 'an unknown key', request: { body: meetingBody({ titel: 'x' }) }, status: 422, path: 'titel', says: /titel/ },
  {
    what: 'an unknown key deep inside',
    request: { body: meetingBody({ participants: [{ ...person, mail: 'x' }] }) },
    status: 422,
    path: 'participants[0].mail',
    says: /mail/,
  },
  { what: 'no title', request: { body: meetingBody({ title: undefined }) }, status: 422, path: 'title', says: /title/ },
  {
    what: 'a time without an offset',
    request: { body: meetingBody({ startsAt: '2026-11-20T14:00:00' }) },
    status: 422,
    path: 'startsAt',
    says: /offset/i,
  },
  {
    what: 'a day that does not exist',
    request: { body: meetingBody({ startsAt: '2026-02-30T14:00:00Z' }) },
    status: 422,
    path: 'startsAt',
    says: /startsAt/,
  },
  {
    what: 'an unknown time zone',
    request: { body: meetingBody({ timeZone: 'Mars/Olympus' }) },
    status: 422,
    path: 'timeZone',
    says: /timeZone/,
  },
  {
    what: 'an end before the start',
    request: { body: meetingBody({ endsAt: '2026-11-20T13:00:00+01:00' }) },
    status: 422,
    path: 'endsAt',
    says: /ends later than it starts/,
  },
  {
    what: 'nobody',
    request: { body: meetingBody({ participants: [] }) },
    status: 422,
    path: 'participants',
    says: /participants/,
  },
  {
    what: 'two organizers',
    request: {
      body: meetingBody({
        participants: [
          { ...person, role: 'organizer' },
          { name: 'B', role: 'organizer' },
        ],
      }),
    },
    status: 422,
    path: 'participants[1].role',
    says: /organizer/,
  },
  {
    what: 'a score above one',
    request: { body: meetingBody({ summary: { aiScore: 87 } }) },
    status: 422,
    path: 'summary.aiScore',
    says: /1/,
  },
  {
    what: 'a clip of no note',
    request: { body: meetingBody({ clips: [{ id: 'c', noteId: 'zz', url: 'https://clip.example' }] }) },
    status: 422,
    path: 'clips[0].noteId',
    says: /note/,
  },
  {
    what: 'an address that is no web address',
    request: { body: meetingBody({ recordingUrl: 'javascript:alert(1)' }) },
    status: 422,
    path: 'recordingUrl',
    says: /recordingUrl/,
  },
  {
    what: 'a NUL in a text',
    request: { body: meetingBody({ title: 'a\0b' }) },
    status: 422,
    path: 'title',
    says: /title/,
  },
  {
    what: 'half a surrogate in a text',
    request: { body: meetingBody({ title: 'a\ud800b' }) },
    status: 422,
    path: 'title',
    says: /title/,
  },
  { what: 'a list', request: { payload: '[]' }, status: 422, says: /object/i },
  { what: 'no JSON', request: { payload: '{"title":' }, status: 400, says: /JSON/ },
  { what: 'an empty body', request: { payload: '' }, status: 400, says: /body/i },
  {
    what: '10 MB of text',
    request: { body: meetingBody({ summary: { text: 'x'.repeat(10_000_000) } }) },
    status: 422,
    path: 'summary.text',
    says: /summary.text/,
  },
  {
    what: 'more than anybody says',
    request: { payload: JSON.stringify(meetingBody({ summary: { text: 'x'.repeat(12_000_001) } })) },
    status: 413,
    says: /MB/,
  },
  { what: 'another content type', request: { contentType: 'text/plain' }, status: 415, says: /application\/json/ },
  {
    what: 'no content type that is known',
    request: { contentType: 'application/xml' },
    status: 415,
    says: /application\/json/,
  },
  { what: 'no key', request: { key: null }, status: 401, says: /API key/ },
  { what: 'a wrong key', request: { key: 'sk_wrong' }, status: 401, says: /API key/ },
  {
    what: 'an id with a control character',
    request: { externalId: 'a%00b' },
    status: 422,
    path: 'externalId',
    says: /id/,
  },
  {
    what: 'an id that is too long',
    request: { externalId: 'x'.repeat(201) },
    status: 422,
    path: 'externalId',
    says: /200/,
  },
];

describe('a meeting that is not accepted', () => {
  it('changes nothing, whatever is wrong, and says where and how to mend it', async () => {
    const all = await start();
    const before = await rowCounts(all.product);
    for (const { what, request, status, path, says } of bad) {
      const answer = await put(all, request);
      expect({ what, status: answer.statusCode }).toEqual({ what, status });
      expect(answer.headers['content-type'], what).toMatch(/^application\/problem\+json/);
      const problem = answer.json();
      expect(problem, what).toMatchObject({
        type: expect.any(String),
        title: expect.any(String),
        status,
        code: expect.any(String),
      });
      expect(problem.detail, what).toMatch(says);
      if (path !== undefined) {
        expect(
          problem.errors.map((error: { path: string }) => error.path),
          what,
        ).toContain(path);
        expect(problem.errors.find((error: { path: string }) => error.path === path)?.message, what).toMatch(/\w+/);
      }
      expect(await rowCounts(all.product), what).toEqual(before);
    }
  });

  it('names every place at once', async () => {
    const all = await start();
    const answer = await put(all, { body: meetingBody({ title: '', timeZone: 'x', notes: [{ id: 'n' }] }) });
    const paths = answer.json().errors.map((error: { path: string }) => error.path);
    expect(paths).toEqual(expect.arrayContaining(['title', 'timeZone', 'notes[0].text']));
  });

  it('leaves the stored meeting as it was', async () => {
    const all = await start();
    await put(all, {});
    await put(all, { body: meetingBody({ title: 'Broken', endsAt: 'never' }) });
    const read = await all.server.inject({
      url: '/api/v1/meetings/m1',
      headers: { authorization: `Bearer ${all.key}` },
    });
    expect(read.json()).toMatchObject({ title: 'Quarterly review', version: 1 });
  });
});

describe('an API key', () => {
  it('that was ended, or belongs to another organization, opens nothing', async () => {
    const ours = await start();
    const theirs = await start();
    await put(ours, {});
    const read = await ours.server.inject({
      url: '/api/v1/meetings/m1',
      headers: { authorization: `Bearer ${theirs.key}` },
    });
    expect(read.statusCode).toBe(404);
    await database.db.query('update api_keys set revoked_at = now() where organization_id = $1', [
      ours.product.organizationId,
    ]);
    expect((await put(ours, {})).statusCode).toBe(401);
    const [row] = await database.db.query<{ text: string }>(
      'select k::text as text from api_keys k where organization_id = $1',
      [ours.product.organizationId],
    );
    expect(row?.text).not.toContain(ours.key.slice(12));
  });

  it('does what its scope says and nothing that is for people', async () => {
    const all = await start();
    const asKey = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
      all.server.inject({
        method,
        url: `/api/v1${url}`,
        headers: { authorization: `Bearer ${all.key}` },
        ...(payload ? { payload } : {}),
      });
    await put(all, {});
    expect((await asKey('GET', '/meetings/m1')).statusCode).toBe(200);
    for (const [method, url, payload] of [
      ['POST', '/meetings/m1/publish', {}],
      ['GET', '/settings', undefined],
      ['POST', '/integrations/zoho/connect', {}],
      ['POST', '/integrations/zoho/disconnect', {}],
      ['POST', '/api-keys', { name: 'more' }],
    ] as const) {
      expect({ url, status: (await asKey(method, url, payload)).statusCode }).toEqual({ url, status: 403 });
    }
  });
});
