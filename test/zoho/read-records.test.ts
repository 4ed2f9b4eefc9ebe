import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { getByIds, getRecord, listNotes, listRecords, relatedRecords } from '../../src/zoho/read-records.ts';
import { openOddTransport } from './odd-transport.ts';
import { sendJson } from './start-odd-server.ts';

/** Only silence is ended by impatience: on a slow machine nothing else may be. */
const patience = (name: string) => ({ timeoutMs: name === 'silence' ? 150 : undefined });
const json = (status: number, body: unknown) => (response: ServerResponse) => sendJson(response, status, body);
const open = (handle: (response: ServerResponse) => void) => openOddTransport((_, response) => handle(response));
const invalidId = { code: 'INVALID_DATA', details: {}, message: 'the id given seems to be invalid', status: 'error' };

/** Answers that must never be read as "there is nothing". */
const failures: [string, (response: ServerResponse) => void][] = [
  ['502 in HTML', (r) => r.writeHead(502).end('<html>')],
  ['a cut connection', (r) => r.destroy()],
  ['silence', () => undefined],
  ['429', json(429, { code: 'TOO_MANY_REQUESTS', message: 'x', status: 'error' })],
  ['no permission', json(403, { code: 'NO_PERMISSION', status: 'error' })],
  ['a list error in data[]', json(400, { data: [{ code: 'EXPIRED_VALUE', status: 'error' }] })],
  ['an empty body', (r) => r.writeHead(200).end()],
  ['an object without data', json(200, {})],
  ['a record without an id', json(200, { data: [{ Last_Name: 'x' }] })],
  ['an id that lost its digits', json(200, { data: [{ id: 6001234000000127000 }] })],
];

describe('getRecord', () => {
  it('finds a record with everything in it', async () => {
    const record = { id: '12', Event_Title: 'x', Participants: [{ participant: '1' }], $extra: null };
    const { transport, seen } = await open(json(200, { data: [record] }));
    expect(await getRecord(transport, 'Events', '12', { fields: ['id', 'Participants'] })).toEqual({
      kind: 'found',
      record,
    });
    expect(seen[0]?.path).toBe('/crm/v8/Events/12');
    expect(seen[0]?.query.get('fields')).toBe('id,Participants');
  });

  it('addresses by an external value, which may hold anything', async () => {
    const { transport, seen } = await open(json(200, { data: [{ id: '12' }] }));
    expect(await getRecord(transport, 'Events', 'a/b?c', { external: 'Events.Ext' })).toMatchObject({ kind: 'found' });
    expect(seen[0]?.path).toBe('/crm/v8/Events/a%2Fb%3Fc');
    expect(seen[0]?.headers['x-external']).toBe('Events.Ext');
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['204', (r) => r.writeHead(204).end()],
    ['the id is invalid, at top level', json(400, invalidId)],
    ['the id is invalid, in data[]', json(400, { data: [invalidId] })],
  ])('is absent: %s', async (_name, handle) => {
    const { transport } = await open(handle);
    expect(await getRecord(transport, 'Events', '12')).toEqual({ kind: 'absent' });
  });

  it('does not take an invalid id for absence where the value is external: the field may be missing', async () => {
    const { transport } = await open(json(400, invalidId));
    expect(await getRecord(transport, 'Events', 'uuid', { external: 'Events.Ext' })).toMatchObject({
      kind: 'failed',
      class: 'permanent',
    });
  });

  it('does not take another record for the one that was asked', async () => {
    const { transport } = await open(json(200, { data: [{ id: '13' }] }));
    expect(await getRecord(transport, 'Events', '12')).toMatchObject({ kind: 'failed', code: 'UNREADABLE_ANSWER' });
  });

  it.each(failures)('failure is not absence: %s', async (name, handle) => {
    const { transport } = await open(handle);
    expect(await getRecord(transport, 'Events', '12', patience(name))).toMatchObject({ kind: 'failed' });
  });
});

describe('listRecords', () => {
  it('follows page tokens to the end', async () => {
    const pages = new Map([
      [null, { data: [{ id: '1' }], info: { more_records: true, next_page_token: 't2' } }],
      ['t2', { data: [{ id: '2' }], info: { more_records: false, next_page_token: null } }],
    ]);
    const { transport, seen } = await openOddTransport((request, response) =>
      sendJson(response, 200, pages.get(request.query.get('page_token'))),
    );
    const fields = ['id', 'Last_Name'];
    const first = await listRecords(transport, 'Contacts', { fields, sortBy: 'Modified_Time' });
    expect(first).toEqual({ kind: 'page', records: [{ id: '1' }], nextPageToken: 't2' });
    expect(await listRecords(transport, 'Contacts', { fields, pageToken: 't2', perPage: 50 })).toEqual({
      kind: 'page',
      records: [{ id: '2' }],
      nextPageToken: null,
    });
    expect(Object.fromEntries(seen[0]?.query ?? [])).toEqual({
      fields: 'id,Last_Name',
      per_page: '200',
      sort_by: 'Modified_Time',
      sort_order: 'asc',
    });
    expect(Object.fromEntries(seen[1]?.query ?? [])).toEqual({
      fields: 'id,Last_Name',
      per_page: '50',
      page_token: 't2',
    });
  });

  it('tells an empty list, an unchanged one and a failure apart', async () => {
    const answers = [204, 304, 503];
    const { transport, seen } = await open((response) => response.writeHead(answers.shift() ?? 500).end());
    const options = { fields: ['id'], modifiedSince: '2026-11-20T15:00:00+01:00' };
    expect(await listRecords(transport, 'Deals', options)).toEqual({ kind: 'page', records: [], nextPageToken: null });
    expect(await listRecords(transport, 'Deals', options)).toEqual({ kind: 'not_modified' });
    expect(await listRecords(transport, 'Deals', options)).toMatchObject({ kind: 'failed', class: 'transient' });
    expect(seen[0]?.headers['if-modified-since']).toBe(options.modifiedSince);
  });

  it('counts the pages of a list that knows no tokens', async () => {
    const { transport, seen } = await openOddTransport((request, response) => {
      const page = Number(request.query.get('page') ?? 1);
      sendJson(response, 200, { data: [{ id: String(page) }], info: { page, more_records: page < 3 } });
    });
    const ids: string[] = [];
    for (let pageToken: string | undefined, next: string | null = ''; next !== null; pageToken = next ?? undefined) {
      const page = await relatedRecords(transport, 'Deals', '7', 'Notes', { fields: ['id'], pageToken });
      if (page.kind !== 'page') throw new Error(page.kind);
      ids.push(...page.records.map((record) => record.id));
      next = page.nextPageToken;
    }
    expect(ids).toEqual(['1', '2', '3']);
    expect(seen.map((one) => one.query.get('page_token'))).toEqual([null, null, null]);
  });

  it('does not call a page without its token the last one', async () => {
    const { transport } = await open(json(200, { data: [{ id: '1' }], info: { more_records: true } }));
    expect(await listRecords(transport, 'Deals', { fields: ['id'] })).toMatchObject({ kind: 'failed' });
  });

  it.each(failures)('failure is not an empty list: %s', async (name, handle) => {
    const { transport } = await open(handle);
    expect(await listRecords(transport, 'Contacts', { fields: ['id'], ...patience(name) })).toMatchObject({
      kind: 'failed',
    });
  });
});

describe('getByIds', () => {
  it('tells which of the asked are absent', async () => {
    const { transport, seen } = await open(json(200, { data: [{ id: '3' }, { id: '1' }] }));
    const result = await getByIds(transport, 'Events', ['1', '2', '3'], { fields: ['id'] });
    expect(result).toEqual({
      kind: 'read',
      found: new Map([
        ['3', { id: '3' }],
        ['1', { id: '1' }],
      ]),
      absent: ['2'],
    });
    expect(seen[0]?.query.get('ids')).toBe('1,2,3');
  });

  it('keys by the external value', async () => {
    const { transport, seen } = await open(json(200, { data: [{ id: '3', Ext: 'uuid-1' }] }));
    const result = await getByIds(transport, 'Events', ['uuid-1', 'uuid-2'], {
      fields: ['id'],
      external: 'Events.Ext',
    });
    expect(result).toEqual({
      kind: 'read',
      found: new Map([['uuid-1', { id: '3', Ext: 'uuid-1' }]]),
      absent: ['uuid-2'],
    });
    expect(seen[0]?.query.get('fields')).toBe('id,Ext');
  });

  it('does not call a record absent whose key is withheld', async () => {
    const { transport } = await open(json(200, { data: [{ id: '3', Ext: null }] }));
    const options = { fields: ['id'], external: 'Events.Ext' };
    expect(await getByIds(transport, 'Events', ['uuid-1'], options)).toMatchObject({ kind: 'failed' });
  });

  it('finds nothing in 204', async () => {
    const { transport } = await open((response) => response.writeHead(204).end());
    expect(await getByIds(transport, 'Events', ['1'], { fields: ['id'] })).toEqual({
      kind: 'read',
      found: new Map(),
      absent: ['1'],
    });
  });

  it.each(failures)('failure is not absence: %s', async (name, handle) => {
    const { transport } = await open(handle);
    expect(await getByIds(transport, 'Events', ['1'], { fields: ['id'], ...patience(name) })).toMatchObject({
      kind: 'failed',
    });
  });

  it('takes at most 100', async () => {
    const { transport } = await open((response) => response.end());
    const ids = Array.from({ length: 101 }, (_, index) => String(index));
    await expect(getByIds(transport, 'Events', ids, { fields: ['id'] })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

it('lists notes of the org, of one parent, and what else hangs on a record', async () => {
  const { transport, seen } = await open(json(200, { data: [{ id: '1' }], info: { more_records: false } }));
  const page = { kind: 'page', records: [{ id: '1' }], nextPageToken: null };
  const options = { fields: ['Note_Title', 'Parent_Id'] };
  expect(await listNotes(transport, null, { ...options, sortBy: 'Modified_Time', sortOrder: 'desc' })).toEqual(page);
  expect(await listNotes(transport, { module: 'Deals', id: '7' }, options)).toEqual(page);
  expect(await relatedRecords(transport, 'Contacts', '8', 'Invited_Events', options)).toEqual(page);
  expect(seen.map((one) => one.path)).toEqual([
    '/crm/v8/Notes',
    '/crm/v8/Deals/7/Notes',
    '/crm/v8/Contacts/8/Invited_Events',
  ]);
  expect(seen[0]?.query.get('sort_order')).toBe('desc');
});
