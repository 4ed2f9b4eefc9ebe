import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deleteRecords, insertRecords, updateRecords, type WriteOutcome } from '../../src/zoho/write-records.ts';
import { openOddTransport } from './odd-transport.ts';
import { sendJson } from './start-odd-server.ts';

const ID = '6001234000000127324';
const OTHER = '6001234000000127999';
const FIELD = 'Our_Meeting_ID';
const plain = { trigger: [] } as const;

const added = (id: string) => ({
  code: 'SUCCESS',
  details: { id, Modified_Time: '2026-11-20T15:00:00+01:00', Created_By: { id: '1', name: 'A' } },
  message: 'record added',
  status: 'success',
});
const error = (code: string, details: object = {}, message = 'no') => ({ code, details, message, status: 'error' });
const externalDuplicate = error(
  'DUPLICATE_DATA',
  { api_name: FIELD, json_path: `$.data[0].${FIELD}` },
  'The external field contains duplicate data.',
);
const uniqueDuplicate = error('DUPLICATE_DATA', {
  api_name: 'Unique_1',
  json_path: '$.data[0].Unique_1',
  id: OTHER,
  duplicate_record: { id: OTHER, Owner: { id: '1' }, module: { api_name: 'Events', id: '2' } },
  more_records: false,
});
const done: WriteOutcome = { kind: 'done', id: ID, modifiedTime: '2026-11-20T15:00:00+01:00' };

async function insertInto(
  handle: (response: ServerResponse) => void,
  count = 1,
  options: Partial<Parameters<typeof insertRecords>[3]> = {},
) {
  const { transport, seen } = await openOddTransport((_, response) => handle(response));
  const records = Array.from({ length: count }, (_, index) => ({ Event_Title: `m${index}` }));
  return { outcomes: await insertRecords(transport, 'Events', records, { ...plain, ...options }), seen };
}

const json = (status: number, body: unknown) => (response: ServerResponse) => sendJson(response, status, body);

describe('insertRecords', () => {
  it('sends the records with an empty trigger and reads the id where Zoho puts it', async () => {
    const { outcomes, seen } = await insertInto(json(201, { data: [added(ID)] }), 1, { externalHeader: 'Events.Ext' });
    expect(outcomes).toEqual([done]);
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/crm/v8/Events' });
    expect(seen[0]?.json).toEqual({ data: [{ Event_Title: 'm0' }], trigger: [] });
    expect(seen[0]?.headers['x-external']).toBe('Events.Ext');
  });

  it.each([200, 201, 202, 207, 400])('decides by the body, whatever the status (%i)', async (status) => {
    const { outcomes } = await insertInto(
      json(status, { data: [added(ID), error('INVALID_DATA', { api_name: 'x' })] }),
      2,
    );
    expect(outcomes).toEqual([
      done,
      {
        kind: 'failed',
        class: 'permanent',
        throttle: null,
        retryAfterMs: null,
        code: 'INVALID_DATA',
        message: 'no',
        details: { api_name: 'x' },
      },
    ]);
  });

  it.each<[string, object, string | undefined, WriteOutcome]>([
    ['external, no id', externalDuplicate, FIELD, { kind: 'duplicate', field: FIELD, existingId: null }],
    [
      'external with id',
      error('DUPLICATE_DATA', { api_name: FIELD, id: ID }),
      FIELD,
      { kind: 'duplicate', field: FIELD, existingId: ID },
    ],
    ['unique', uniqueDuplicate, undefined, { kind: 'duplicate', field: 'Unique_1', existingId: OTHER }],
    ['bare', error('DUPLICATE_DATA'), undefined, { kind: 'duplicate', field: null, existingId: null }],
    [
      'several: ours is preferred',
      error('MULTIPLE_OR_MULTI_ERRORS', {
        errors: [uniqueDuplicate, error('DUPLICATE_DATA', { api_name: FIELD, id: ID })],
      }),
      FIELD,
      { kind: 'duplicate', field: FIELD, existingId: ID },
    ],
    [
      'several: ours without an id is preferred to a stranger with one',
      error('MULTIPLE_OR_MULTI_ERRORS', {
        errors: [uniqueDuplicate, error('DUPLICATE_DATA', { api_name: FIELD })],
      }),
      FIELD,
      { kind: 'duplicate', field: FIELD, existingId: null },
    ],
    [
      'several: one with an id is preferred',
      error('MULTIPLE_OR_MULTI_ERRORS', { errors: [externalDuplicate, uniqueDuplicate] }),
      undefined,
      { kind: 'duplicate', field: 'Unique_1', existingId: OTHER },
    ],
  ])('reads a duplicate: %s', async (_name, element, idempotencyField, expected) => {
    const { outcomes } = await insertInto(json(400, { data: [element] }), 1, { idempotencyField });
    expect(outcomes).toEqual([expected]);
  });

  it('does not call it a duplicate when something else is wrong as well', async () => {
    const element = error('MULTIPLE_OR_MULTI_ERRORS', { errors: [uniqueDuplicate, error('INVALID_DATA')] });
    const { outcomes } = await insertInto(json(400, { data: [element] }));
    expect(outcomes).toMatchObject([{ kind: 'failed', code: 'MULTIPLE_OR_MULTI_ERRORS' }]);
  });

  it.each<[string, object, object]>([
    ['a lock is for later', error('RECORD_LOCKED'), { kind: 'failed', class: 'transient' }],
    ['too much is a throttle', error('TOO_MANY_REQUESTS'), { kind: 'failed', class: 'throttle' }],
    ['a broken server is unknown', error('INTERNAL_ERROR'), { kind: 'unknown' }],
    ['success without an id is unknown', { code: 'SUCCESS', details: {}, status: 'success' }, { kind: 'unknown' }],
    [
      'success with a number as id is unknown',
      { code: 'SUCCESS', details: { id: 6001234000000127 } },
      { kind: 'unknown' },
    ],
    ['no code is unknown', { status: 'success', details: { id: ID } }, { kind: 'unknown' }],
  ])('%s', async (_name, element, expected) => {
    const { outcomes } = await insertInto(json(207, { data: [element, added(ID)] }), 2);
    expect(outcomes).toMatchObject([expected, done]);
  });

  it.each<[string, (response: ServerResponse) => void, object]>([
    ['502 in HTML', (r) => r.writeHead(502).end('<html>'), { kind: 'unknown' }],
    ['a cut connection', (r) => r.destroy(), { kind: 'unknown' }],
    ['silence', () => undefined, { kind: 'unknown' }],
    ['half an answer', (r) => r.writeHead(201).end('{"data":[{"code":"SUC'), { kind: 'unknown' }],
    ['204', (r) => r.writeHead(204).end(), { kind: 'unknown' }],
    ['an answer for fewer records', json(201, { data: [added(ID)] }), { kind: 'unknown' }],
    ['one duplicate for several records', json(400, { data: [externalDuplicate] }), { kind: 'unknown' }],
    ['500', json(500, error('INTERNAL_ERROR')), { kind: 'unknown' }],
    [
      '429',
      json(429, error('TOO_MANY_REQUESTS', {}, 'past 24 hours')),
      { kind: 'failed', class: 'throttle', throttle: 'day' },
    ],
    [
      'no permission, at top level',
      json(403, error('NO_PERMISSION', { permissions: ['x'] })),
      { kind: 'failed', class: 'permanent', code: 'NO_PERMISSION' },
    ],
    [
      'no permission, in data[]',
      json(403, { data: [error('NO_PERMISSION')] }),
      { kind: 'failed', class: 'permanent', code: 'NO_PERMISSION' },
    ],
    [
      'a missing scope',
      json(401, error('OAUTH_SCOPE_MISMATCH')),
      { kind: 'failed', class: 'auth', code: 'OAUTH_SCOPE_MISMATCH' },
    ],
  ])('maps %s to every record', async (name, handle, expected) => {
    const { outcomes } = await insertInto(handle, 3, { timeoutMs: name === 'silence' ? 150 : undefined });
    expect(outcomes).toMatchObject([expected, expected, expected]);
  });

  it('keeps the order and the number of records, whatever each became', async () => {
    const elements = [added(ID), externalDuplicate, error('INVALID_DATA'), error('INTERNAL_ERROR')];
    const kinds = ['done', 'duplicate', 'failed', 'unknown'];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { minLength: 1, maxLength: 10 }), async (picks) => {
        const { transport } = await openOddTransport((_, r) =>
          sendJson(r, 207, { data: picks.map((pick) => elements[pick]) }),
        );
        const outcomes = await insertRecords(
          transport,
          'Notes',
          picks.map(() => ({})),
          plain,
        );
        expect(outcomes.map((outcome) => outcome.kind)).toEqual(picks.map((pick) => kinds[pick]));
      }),
      { numRuns: 30 },
    );
  });

  it.each([0, 11])('refuses %i records before anything is sent', async (count) => {
    const { transport, seen } = await openOddTransport((_, response) => response.end());
    const records = Array.from({ length: count }, () => ({}));
    await expect(insertRecords(transport, 'Events', records, plain)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(seen).toHaveLength(0);
  });
});

describe('updateRecords', () => {
  it('puts ids into the records and the time into the header', async () => {
    const { transport, seen } = await openOddTransport((_, response) => sendJson(response, 200, { data: [added(ID)] }));
    const since = '2026-11-20T15:00:00+01:00';
    expect(
      await updateRecords(transport, 'Events', [{ id: ID, Venue: 'x' }], { ...plain, ifUnmodifiedSince: since }),
    ).toEqual([done]);
    expect(seen[0]).toMatchObject({
      method: 'PUT',
      path: '/crm/v8/Events',
      json: { data: [{ id: ID, Venue: 'x' }], trigger: [] },
    });
    expect(seen[0]?.headers['if-unmodified-since']).toBe(since);
  });

  it('tells that a person was faster', async () => {
    const element = error('ALREADY_MODIFIED', { id: ID, Modified_Time: 'T' });
    const { transport } = await openOddTransport((_, response) => sendJson(response, 412, { data: [element] }));
    expect(await updateRecords(transport, 'Events', [{ id: ID }], plain)).toMatchObject([
      { kind: 'failed', class: 'permanent', code: 'ALREADY_MODIFIED', details: { id: ID } },
    ]);
  });

  it('does not take a record that is gone for done', async () => {
    const element = error('INVALID_DATA', { id: ID }, 'the id given seems to be invalid');
    const { transport } = await openOddTransport((_, response) => sendJson(response, 400, { data: [element] }));
    expect(await updateRecords(transport, 'Events', [{ id: ID }], plain)).toMatchObject([
      { kind: 'failed', code: 'INVALID_DATA' },
    ]);
  });
});

describe('deleteRecords', () => {
  it('deletes without workflows; what is gone already is done', async () => {
    const gone = error('INVALID_DATA', { id: OTHER }, 'the id given seems to be invalid');
    const refused = error('NO_PERMISSION');
    const deleted = { code: 'SUCCESS', details: { id: ID }, message: 'record deleted', status: 'success' };
    const { transport, seen } = await openOddTransport((_, r) => sendJson(r, 207, { data: [deleted, gone, refused] }));
    expect(await deleteRecords(transport, 'Events', [ID, OTHER, '3'], plain)).toMatchObject([
      { kind: 'done', id: ID },
      { kind: 'done', id: OTHER },
      { kind: 'failed', class: 'permanent', code: 'NO_PERMISSION' },
    ]);
    expect(seen[0]).toMatchObject({ method: 'DELETE', path: '/crm/v8/Events', text: '' });
    expect(Object.fromEntries(seen[0]?.query ?? [])).toEqual({ ids: `${ID},${OTHER},3`, wf_trigger: 'false' });
  });

  it('does not take another INVALID_DATA for gone', async () => {
    const element = error('INVALID_DATA', {}, 'invalid data');
    const { transport } = await openOddTransport((_, response) => sendJson(response, 400, { data: [element] }));
    expect(await deleteRecords(transport, 'Notes', [ID], plain)).toMatchObject([{ kind: 'failed' }]);
  });

  it('is unknown after a cut', async () => {
    const { transport } = await openOddTransport((_, response) => response.destroy());
    expect(await deleteRecords(transport, 'Notes', [ID, OTHER], plain)).toMatchObject([
      { kind: 'unknown' },
      { kind: 'unknown' },
    ]);
  });

  it('takes 1 to 100 ids', async () => {
    const { transport } = await openOddTransport((_, response) => response.end());
    const ids = Array.from({ length: 101 }, (_, index) => String(index));
    await expect(deleteRecords(transport, 'Notes', ids, plain)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(deleteRecords(transport, 'Notes', [], plain)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

it('is the only file of the product that may write to Events and Notes', async () => {
  const root = new URL('../../src/', import.meta.url);
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const marked: string[] = [];
  for (const file of files) {
    if (/\bvia\s*:\s*['"`]write-records/.test(await readFile(new URL(file, root), 'utf8'))) marked.push(file);
  }
  expect(files.length).toBeGreaterThan(10);
  expect(marked).toEqual(['zoho/write-records.ts']);
});
