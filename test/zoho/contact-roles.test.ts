import { describe, expect, it } from 'vitest';
import { readContactRoles, readRolesOfDeal } from '../../src/zoho/contact-roles.ts';
import { openOddTransport } from './odd-transport.ts';
import { type OddHandler, sendJson } from './start-odd-server.ts';

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: String(index + 1),
    Contact_Role: { id: '99', name: 'Decision Maker' },
  }));
const read = (count: number) =>
  rows(count).map((row) => ({ contactId: row.id, roleId: '99', roleName: 'Decision Maker' }));
const part = (statusCode: number, body: unknown) => ({
  code: 'SUCCESS',
  status: 'success',
  message: 'composite sub request executed successfully',
  details: { response: { status_code: statusCode, headers: {}, body } },
});
const list = (count: number) => part(200, { data: rows(count), info: { more_records: false } });

/** Answers the composite call with these parts, and single reads in pages of 200. */
const answering =
  (parts: unknown[], rowsOfOneDeal = 0, status = 200): OddHandler =>
  (request, response) => {
    if (request.method === 'POST') return sendJson(response, status, { __composite_requests: parts });
    const page = Number(request.query.get('page'));
    const data = rows(rowsOfOneDeal).slice((page - 1) * 200, page * 200);
    if (data.length === 0) return void response.writeHead(204).end();
    return sendJson(response, 200, { data, info: { more_records: page * 200 < rowsOfOneDeal } });
  };

describe('readContactRoles', () => {
  it('asks for five deals in one call and reads each on its own', async () => {
    const failed = part(400, {
      code: 'INVALID_DATA',
      details: {},
      message: 'the id given seems to be invalid',
      status: 'error',
    });
    const withoutRole = part(200, { data: [{ id: '5', Contact_Role: null }], info: { more_records: false } });
    const asText = part(200, JSON.stringify({ data: rows(1), info: {} }));
    const { transport, seen, reports } = await openOddTransport(
      answering([list(2), part(204, undefined), failed, withoutRole, asText], 0, 207),
    );
    const roles = await readContactRoles(transport, ['11', '12', '13', '14', '15']);
    expect([...roles.keys()]).toEqual(['11', '12', '13', '14', '15']);
    expect(roles.get('11')).toEqual({ kind: 'rows', rows: read(2) });
    expect(roles.get('12')).toEqual({ kind: 'rows', rows: [] });
    expect(roles.get('13')).toMatchObject({ kind: 'failed', class: 'permanent', code: 'INVALID_DATA' });
    expect(roles.get('14')).toEqual({ kind: 'rows', rows: [{ contactId: '5', roleId: null, roleName: null }] });
    expect(roles.get('15')).toEqual({ kind: 'rows', rows: read(1) });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.json).toMatchObject({
      rollback_on_fail: false,
      __composite_requests: [
        { method: 'GET', uri: '/crm/v8/Deals/11/Contact_Roles', params: { fields: 'Last_Name', per_page: 25 } },
        { uri: '/crm/v8/Deals/12/Contact_Roles' },
        {},
        {},
        {},
      ],
    });
    expect(reports).toMatchObject([{ kind: 'read', credits: 1 }]);
  });

  it('reads a deal alone and to the end when it fills its 25 rows', async () => {
    const { transport, seen } = await openOddTransport(answering([list(25), list(24)], 450));
    const roles = await readContactRoles(transport, ['11', '12']);
    expect(roles.get('11')).toEqual({ kind: 'rows', rows: read(450) });
    expect(roles.get('12')).toEqual({ kind: 'rows', rows: read(24) });
    expect(seen.map((one) => one.path)).toEqual([
      '/crm/v8/__composite_requests',
      ...Array.from({ length: 3 }, () => '/crm/v8/Deals/11/Contact_Roles'),
    ]);
  });

  it.each<[string, unknown]>([
    ['a broken server', part(500, { code: 'INTERNAL_ERROR', message: 'x', status: 'error' })],
    ['too much', part(429, { code: 'TOO_MANY_REQUESTS', message: 'x', status: 'error' })],
    ['an error of the composite itself', { code: 'REQUEST_TIMEOUT', status: 'error', message: 'x', details: {} }],
    ['a body that is no list', part(200, { data: 'response data' })],
    ['rows without contacts', part(200, { data: [{ Contact_Role: null }] })],
    ['a 200 without a body', part(200, undefined)],
    ['nothing at all', null],
  ])('one deal that failed is no deal without roles: %s', async (_name, bad) => {
    const { transport } = await openOddTransport(answering([bad, list(1)], 0, 207));
    const roles = await readContactRoles(transport, ['11', '12']);
    expect(roles.get('11')).toMatchObject({ kind: 'failed' });
    expect(roles.get('12')).toEqual({ kind: 'rows', rows: read(1) });
  });

  it.each<[string, OddHandler]>([
    ['502', (_, r) => r.writeHead(502).end('<html>')],
    ['204', (_, r) => r.writeHead(204).end()],
    ['a cut connection', (_, r) => r.destroy()],
    ['a missing scope', (_, r) => sendJson(r, 401, { code: 'OAUTH_SCOPE_MISMATCH', status: 'error' })],
    ['fewer parts than deals', answering([list(1)])],
  ])('%s fails every deal', async (_name, handle) => {
    const { transport } = await openOddTransport(handle);
    const roles = await readContactRoles(transport, ['11', '12']);
    expect([...roles.values()]).toMatchObject([{ kind: 'failed' }, { kind: 'failed' }]);
  });

  it.each([[[]], [['1', '2', '3', '4', '5', '6']]])('takes one to five deals', async (ids) => {
    const { transport } = await openOddTransport((_, response) => response.end());
    await expect(readContactRoles(transport, ids)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

it('readRolesOfDeal does not give half of a deal when a later page fails', async () => {
  const { transport } = await openOddTransport((request, response) => {
    if (request.query.get('page') === '2') response.writeHead(503).end();
    else sendJson(response, 200, { data: rows(200), info: { more_records: true } });
  });
  expect(await readRolesOfDeal(transport, '11')).toMatchObject({ kind: 'failed', class: 'transient' });
});
