import { expect, it } from 'vitest';
import { parsePolicy } from '../../src/features/policy.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startTestProduct } from '../harness/product.ts';
import { startTestServer } from '../harness/server.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

const NUL = String.fromCharCode(0);

it.each([
  ['PUT', '/settings', { ...parsePolicy({}), organizationName: `a${NUL}` }],
  ['PUT', '/settings', { ...parsePolicy({}), organizationName: 'Us', smartCategoryOrder: [`a${NUL}`] }],
  ['POST', '/api-keys', { name: `a${NUL}` }],
  ['POST', '/meetings/m1/links', { module: 'deals', crmId: `${ID.pilot}${NUL}`, decision: 'added' }],
] as const)('a NUL in %s %s is the fault of the caller', async (method, path, payload) => {
  const product = await startTestProduct(database);
  await product.ingest('m1', meetingBody());
  const server = await startTestServer(product);
  const answer = await server.as('owner', { method, url: `/api/v1${path}`, payload });
  expect(answer.statusCode).toBe(422);
  expect(answer.json()).toMatchObject({ code: 'invalid_input', detail: expect.stringContaining('NUL') });
});

it.each([
  ['an id that is too long for any route', 'x'.repeat(1_500), 414],
  ['an id that is no UTF-8', '%ED%A0%80', 400],
  ['an id with half of an escape', '%', 400],
])('%s is answered with a problem', async (_what, id, status) => {
  const server = await startTestServer(await startTestProduct(database));
  const answer = await server.as('owner', { method: 'GET', url: `/api/v1/meetings/${id}` });
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.json()).toMatchObject({ status, code: 'invalid_input', errors: [] });
});

it.each(['/meetings?from=0000-01-01', '/meetings?to=9999-12-31', '/analytics?from=0001-01-01&to=9999-12-31'])(
  '%s names a year that no meeting is in',
  async (path) => {
    const server = await startTestServer(await startTestProduct(database));
    const answer = await server.as('owner', { method: 'GET', url: `/api/v1${path}` });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().detail).toContain('1970');
  },
);

it.each([
  ['left out', { organizationName: 'Us', publish: 'everything' }, 'internalDomains'],
  ['unknown', { ...parsePolicy({}), organizationName: 'Us', internalDomain: ['us.example'] }, 'internalDomain'],
])('a part of the settings that is %s changes nothing', async (_what, payload, name) => {
  const product = await startTestProduct(database);
  const server = await startTestServer(product);
  const before = (await server.as('owner', { method: 'GET', url: '/api/v1/settings' })).json();
  const answer = await server.as('owner', { method: 'PUT', url: '/api/v1/settings', payload });
  expect(answer.statusCode).toBe(422);
  expect(JSON.stringify(answer.json())).toContain(name);
  expect((await server.as('owner', { method: 'GET', url: '/api/v1/settings' })).json()).toEqual(before);
});
