import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { toSecret } from '../../src/zoho/secret.ts';
import { createTransport, type ZohoCall } from '../../src/zoho/transport.ts';
import { openOddTransport } from './odd-transport.ts';
import { type OddHandler, sendJson } from './start-odd-server.ts';

const read: ZohoCall = { method: 'GET', path: '/Contacts/1' };
const write: ZohoCall = {
  method: 'POST',
  path: '/Events',
  body: { data: [{ Event_Title: 'x' }], trigger: [] },
  via: 'write-records',
};

const invalidToken = { code: 'INVALID_TOKEN', details: {}, message: 'invalid oauth token', status: 'error' };
const concurrency = {
  code: 'TOO_MANY_REQUESTS',
  details: {},
  message: 'Many requests fired in concurrent than the allowed limit.',
  status: 'error',
};

/** An address at which nobody listens: the port of a server that was just closed. */
async function closedOrigin(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

describe('what an answer becomes', () => {
  it('a body', async () => {
    const body = { data: [{ id: '1' }] };
    const { transport, seen, reports } = await openOddTransport((_, response) => sendJson(response, 200, body));
    expect(await transport.call({ ...read, query: { fields: 'a,b', none: undefined } })).toMatchObject({
      kind: 'ok',
      status: 200,
      body,
    });
    expect(seen[0]).toMatchObject({ method: 'GET', path: '/crm/v8/Contacts/1' });
    expect(seen[0]?.query.toString()).toBe('fields=a%2Cb');
    expect(seen[0]?.headers.authorization).toBe('Zoho-oauthtoken old-token');
    expect(reports).toEqual([
      {
        method: 'GET',
        path: '/Contacts/1',
        status: 200,
        credits: 1,
        kind: 'read',
        ms: expect.any(Number),
        outcome: 'ok',
        creditsRemaining: null,
      },
    ]);
  });

  it('absence, which is no failure', async () => {
    const { transport } = await openOddTransport((_, response) => response.writeHead(204).end());
    expect(await transport.call(read)).toEqual({ kind: 'empty' });
  });

  it('not modified', async () => {
    const { transport, seen } = await openOddTransport((_, response) => response.writeHead(304).end());
    expect(await transport.call({ ...read, headers: { 'if-modified-since': 'T', 'x-external': undefined } })).toEqual({
      kind: 'not_modified',
    });
    expect(seen[0]?.headers['if-modified-since']).toBe('T');
    expect(seen[0]?.headers).not.toHaveProperty('x-external');
  });

  it.each<[string, OddHandler, string, string]>([
    ['502 in HTML', (_, r) => r.writeHead(502).end('<html>'), 'transient', 'unknown'],
    ['a cut connection', (_, r) => r.destroy(), 'transient', 'unknown'],
    ['silence', () => undefined, 'transient', 'unknown'],
    ['a body that never ends', (_, r) => r.writeHead(200).write('{"data":['), 'transient', 'unknown'],
    ['a body cut in the middle', (_, r) => r.writeHead(201).write('{"da', () => r.destroy()), 'transient', 'unknown'],
    ['200 with garbage', (_, r) => r.writeHead(200).end('{"data":'), 'transient', 'unknown'],
    ['200 without a body', (_, r) => r.writeHead(200).end(), 'transient', 'unknown'],
    ['a redirect', (_, r) => r.writeHead(302, { location: '/crm/v8/elsewhere' }).end(), 'transient', 'unknown'],
    [
      '500',
      (_, r) => sendJson(r, 500, { code: 'INTERNAL_ERROR', message: 'x', status: 'error' }),
      'transient',
      'unknown',
    ],
    ['429', (_, r) => sendJson(r, 429, concurrency), 'throttle', 'throttle'],
    ['403', (_, r) => sendJson(r, 403, { code: 'NO_PERMISSION', status: 'error' }), 'permanent', 'permanent'],
    [
      '400 in data[]',
      (_, r) => sendJson(r, 400, { data: [{ code: 'INVALID_DATA', status: 'error' }] }),
      'permanent',
      'permanent',
    ],
    [
      '200 with a top-level error',
      (_, r) => sendJson(r, 200, { code: 'INVALID_MODULE', status: 'error' }),
      'permanent',
      'permanent',
    ],
  ])('%s', async (name, handle, asRead, asWrite) => {
    const { transport, seen, reports } = await openOddTransport(handle);
    // A short patience only where it is what ends the call: this machine may be slow.
    const timeoutMs = ['silence', 'a body that never ends'].includes(name) ? 500 : 20_000;
    expect(await transport.call({ ...read, timeoutMs })).toMatchObject({ kind: 'failed', class: asRead, isSent: true });
    expect(await transport.call({ ...write, timeoutMs })).toMatchObject({
      kind: 'failed',
      class: asWrite,
      isSent: true,
    });
    expect(seen).toHaveLength(2);
    expect(reports.map((report) => [report.kind, report.outcome])).toEqual([
      ['read', 'failed'],
      ['write', 'failed'],
    ]);
  });

  it('a server that is not there: the write certainly never left', async () => {
    const { limiter } = await openOddTransport(() => undefined);
    const getAccessToken = () => Promise.resolve(toSecret('t'));
    const apiDomain = await closedOrigin();
    const dead = { fetch, now: () => 0, apiDomain, getAccessToken, onUnauthorized: getAccessToken, limiter };
    const transport = createTransport(dead);
    expect(await transport.call(write)).toMatchObject({
      kind: 'failed',
      class: 'transient',
      isSent: false,
      status: null,
    });
  });

  it('a mixed 207 stays whole for whoever decodes its records', async () => {
    const body = {
      data: [
        { code: 'INVALID_DATA', status: 'error' },
        { code: 'SUCCESS', status: 'success' },
      ],
    };
    const { transport } = await openOddTransport((_, response) => sendJson(response, 207, body));
    expect(await transport.call(write)).toMatchObject({ kind: 'ok', status: 207, body });
  });
});

describe('tokens', () => {
  it('replays once with a newer token after INVALID_TOKEN, writes too', async () => {
    const refused: string[] = [];
    const { transport, seen } = await openOddTransport(
      (request, response) =>
        request.headers.authorization?.endsWith('new-token') === true
          ? sendJson(response, 201, { data: [{ code: 'SUCCESS' }] })
          : sendJson(response, 401, invalidToken),
      {
        renew: (token) => {
          refused.push(token.reveal());
          return Promise.resolve(toSecret('new-token'));
        },
      },
    );
    expect(await transport.call(write)).toMatchObject({ kind: 'ok', status: 201 });
    expect(refused).toEqual(['old-token']);
    expect(seen.map((one) => one.json)).toEqual([write.body, write.body]);
  });

  it('does not replay twice', async () => {
    const { transport, seen, reports } = await openOddTransport((_, response) => sendJson(response, 401, invalidToken));
    expect(await transport.call(write)).toMatchObject({ kind: 'failed', class: 'auth', code: 'INVALID_TOKEN' });
    expect(seen).toHaveLength(2);
    expect(reports.map((report) => report.credits)).toEqual([0, 0]);
  });

  it('does not refresh for a missing scope', async () => {
    const { transport, seen } = await openOddTransport((_, response) =>
      sendJson(response, 401, { code: 'OAUTH_SCOPE_MISMATCH', message: 'Unauthorized', status: 'error' }),
    );
    expect(await transport.call(read)).toMatchObject({ class: 'auth', code: 'OAUTH_SCOPE_MISMATCH' });
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['needs_reauth', 'auth', null],
    ['not_connected', 'auth', null],
    ['crm_throttled', 'throttle', 600_000],
    ['crm_unavailable', 'transient', null],
  ] as const)('%s while getting a token: nothing is sent', async (code, failureClass, retryAfterMs) => {
    const get = () => Promise.reject(new AppError(code, 'why', { detail: { retryAfterMs: 600_000 } }));
    const { transport, seen } = await openOddTransport((_, response) => response.end(), { get });
    expect(await transport.call(write)).toMatchObject({
      kind: 'failed',
      class: failureClass,
      retryAfterMs,
      isSent: false,
      message: 'why',
    });
    expect(seen).toHaveLength(0);
  });

  it('lets our own mistakes through', async () => {
    const get = () => Promise.reject(new TypeError('a bug'));
    const { transport } = await openOddTransport((_, response) => response.end(), { get });
    await expect(transport.call(read)).rejects.toThrow('a bug');
  });
});

describe('bounds', () => {
  it('stops before sending, and after it a write is unknown', async () => {
    const stop = new AbortController();
    const { transport, seen } = await openOddTransport(() => stop.abort());
    expect(await transport.call({ ...write, signal: stop.signal })).toMatchObject({ class: 'unknown', isSent: true });
    expect(await transport.call({ ...write, signal: stop.signal })).toMatchObject({
      class: 'transient',
      isSent: false,
      code: 'ABORTED',
    });
    expect(seen).toHaveLength(1);
  });

  it('does not take a body that cannot be written for a write that may have been done', async () => {
    const { transport, seen } = await openOddTransport((_, response) => response.end());
    await expect(transport.call({ ...write, body: { data: [{ count: 1n }] } })).rejects.toThrow(TypeError);
    expect(seen).toHaveLength(0);
  });

  it('does not hide a mistake of ours behind a signal', async () => {
    const stop = new AbortController();
    const get = () => {
      stop.abort();
      return Promise.reject(new TypeError('a bug'));
    };
    const { transport } = await openOddTransport((_, response) => response.end(), { get });
    await expect(transport.call({ ...write, signal: stop.signal })).rejects.toThrow('a bug');
  });

  it('pauses everybody after a concurrency refusal, not after the day budget', async () => {
    const messages = ['Many requests fired than the allowed limit for the past 24 hours.', concurrency.message];
    const sleep = () => new Promise<void>(() => undefined);
    const { transport, limiter } = await openOddTransport(
      (_, response) => sendJson(response, 429, { ...concurrency, message: messages.shift() }, { 'retry-after': '7' }),
      { sleep },
    );
    expect(await transport.call(read)).toMatchObject({ class: 'throttle', throttle: 'day', retryAfterMs: 7_000 });
    expect(limiter.state().isPaused).toBe(false);
    expect(await transport.call(read)).toMatchObject({
      class: 'throttle',
      throttle: 'concurrency',
      retryAfterMs: 7_000,
    });
    expect(limiter.state().isPaused).toBe(true);
  });

  it.each(['/../../oauth/v2/token', '/..', '/Events/../../x'])(
    'does not leave the CRM API by the path %s',
    async (path) => {
      const { transport, seen } = await openOddTransport((_, response) => response.end());
      await expect(transport.call({ ...read, path })).rejects.toMatchObject({ code: 'internal' });
      expect(seen).toHaveLength(0);
    },
  );

  it.each<[ZohoCall['method'], string]>([
    ['POST', '/Events'],
    ['PUT', '/events/1'],
    ['DELETE', '/Events'],
    ['POST', '/Events/1/actions/cancel'],
    ['POST', '/Notes'],
    ['POST', '/Deals/1/Notes'],
    ['POST', '/Events/upsert'],
  ])('refuses %s %s that does not come from write-records', async (method, path) => {
    const { transport, seen } = await openOddTransport((_, response) => response.end());
    await expect(transport.call({ method, path, body: { data: [{}] } })).rejects.toMatchObject({ code: 'internal' });
    expect(seen).toHaveLength(0);
  });

  it('refuses a composite call that writes', async () => {
    const { transport } = await openOddTransport((_, response) => response.end());
    const body = { __composite_requests: [{ method: 'POST', uri: '/crm/v8/Events' }] };
    await expect(transport.call({ method: 'POST', path: '/__composite_requests', body })).rejects.toMatchObject({
      code: 'internal',
    });
  });

  it.each<[string, OddHandler, number]>([
    ['a cut answer may have been charged', (_, r) => r.destroy(), 1],
    ['so may a broken server', (_, r) => r.writeHead(502).end(), 1],
    ['too many calls are not', (_, r) => sendJson(r, 429, concurrency), 0],
  ])('counts credits lest the budget be overrun: %s', async (_name, handle, credits) => {
    const { transport, reports } = await openOddTransport(handle);
    await transport.call(write);
    expect(reports.map((report) => report.credits)).toEqual([credits]);
  });

  it('tells the credits that Zoho says remain', async () => {
    const { transport, reports } = await openOddTransport((_, response) =>
      sendJson(response, 200, { data: [] }, { 'X-API-CREDITS-REMAINING': '1234' }),
    );
    await transport.call(read);
    expect(reports[0]?.creditsRemaining).toBe(1234);
  });
});
