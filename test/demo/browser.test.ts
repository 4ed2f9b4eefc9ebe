import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../tools/demo/browser.ts';
import { connectSandbox } from '../../tools/demo/connect-sandbox.ts';

/** A product and an accounts server in one: it signs in by link, sends to a consent page, and takes its form. */
let server: Server;
let origin: string;
let consented: URLSearchParams | null = null;
let outcome = 'connected=1';

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', origin);
  const cookie = request.headers.cookie ?? '';
  const redirect = (to: string, cookies: string[] = []) =>
    response.writeHead(302, { location: to, 'set-cookie': cookies }).end();
  const json = (status: number, body: unknown) => response.writeHead(status).end(JSON.stringify(body));
  if (url.pathname === '/sign-in')
    return void redirect('/', ['session=s1=; Path=/; HttpOnly', 'old=1; Path=/; Max-Age=0']);
  if (url.pathname === '/api/v1/whoami') {
    if (request.headers.authorization === 'Bearer key') return void json(200, { who: 'machine', cookie });
    return void (cookie === 'session=s1=' ? json(200, { who: 'owner' }) : json(401, { detail: 'Sign in first.' }));
  }
  if (url.pathname === '/api/v1/integrations/zoho/connect') {
    return void json(200, { authorizeUrl: `${origin}/oauth?state=a%26b` });
  }
  if (url.pathname === '/oauth' && request.method === 'GET') {
    return void response.end(`<form method="post" action="/oauth?x=1&amp;y=2">
      <input type="hidden" name="state" value="${url.searchParams.get('state')?.replace('&', '&amp;')}">
      <select name="user"><option value="us:first@x.example">First &#60;x&#62;</option><option value="second">2</option></select>
      <input type="radio" name="environment" value="production" checked><input type="radio" name="environment" value="sandbox">
      <button name="decision" value="allow">Accept</button></form>`);
  }
  if (url.pathname === '/oauth') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    consented = new URLSearchParams(Buffer.concat(chunks).toString());
    return void redirect(`${origin}/settings/integrations?${outcome}`);
  }
  response.end('page');
}

describe('the browser of the demo', () => {
  it('keeps the cookies that it is given on its way, and only those', async () => {
    const browser = openBrowser(origin);
    await expect(browser.call('GET', '/whoami')).rejects.toThrow('GET /whoami answered 401: Sign in first.');
    expect(await browser.open(`${origin}/sign-in`)).toEqual({ url: `${origin}/`, status: 200, text: 'page' });
    expect(await browser.call('GET', '/whoami')).toEqual({ who: 'owner' });
  });

  it('can be a machine with a key', async () => {
    expect(await openBrowser(origin, 'Bearer key').call('GET', '/whoami')).toEqual({ who: 'machine', cookie: '' });
  });

  it('connects by the consent page, as a person who touches nothing but the button', async () => {
    outcome = 'connected=1';
    await connectSandbox(openBrowser(origin));
    expect(Object.fromEntries(consented ?? [])).toEqual({
      state: 'a&b',
      user: 'us:first@x.example',
      environment: 'production',
      decision: 'allow',
    });
  });

  it('says why connecting failed', async () => {
    outcome = 'connect_error=The%20state%20is%20old.';
    await expect(connectSandbox(openBrowser(origin))).rejects.toThrow('Connecting failed: The state is old.');
  });
});
