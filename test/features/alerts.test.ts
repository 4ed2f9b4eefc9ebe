import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer as createSocketServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { changeAlertSettings, sendTestAlert } from '../../src/features/alerts/alert-settings.ts';
import { deliverAlerts } from '../../src/features/alerts/deliver-alerts.ts';
import { disconnect } from '../../src/features/connect/disconnect.ts';
import { raiseAlert } from '../../src/features/raise-alert.ts';
import { createOutgoing, isPublicAddress } from '../../src/host/outgoing.ts';
import { createTestDatabase } from '../harness/database.ts';
import { startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { startTestServer } from '../harness/server.ts';
import { bodyAt, connectAs, connectionOf } from './connect-as.ts';

const database = await createTestDatabase();

type Heard = { headers: IncomingMessage['headers']; body: string };

/** A receiver of webhooks on this machine; `answers` are its status codes in turn, then 200. */
async function startReceiver(...answers: number[]) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      heard.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
      const status = answers.shift() ?? 200;
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  return { heard, url: `http://127.0.0.1:${port}/hook` };
}

async function startListened(...answers: number[]) {
  const product = await startConnectedProduct(database);
  const receiver = await startReceiver(...answers);
  const { newSecret } = await changeAlertSettings({
    ctx: product.ctx,
    gateway: product.gateway(),
    input: { webhookUrl: receiver.url, emails: [], renewSecret: false },
  });
  return { product, ...receiver, secret: newSecret ?? '' };
}

const kinds = (heard: Heard[]) => heard.map(({ body }) => (JSON.parse(body) as { kind: string }).kind);

/** Ends the access at Zoho, as somebody there would. */
function revoke({ crm }: TestProduct): void {
  for (const name of ['oauth/refresh', 'oauth/access']) {
    const table = crm.world.store.table(name);
    for (const { id } of [...table.rows()]) table.remove(id);
  }
}

const raise = (product: TestProduct, onceKey: string) =>
  product.db.transaction((sql) =>
    raiseAlert({ ctx: product.ctx, sql, input: { kind: 'drift', message: 'Only 80 % is as it was.', onceKey } }),
  );

const deliver = (product: TestProduct) => deliverAlerts({ ctx: product.ctx, gateway: product.gateway() });

describe('an access that dies', () => {
  it('is told once, whoever notices it, and once again when it is back', async () => {
    const { product, heard, secret } = await startListened();
    revoke(product);
    for (let at = 0; at < 4; at++) {
      await product.ingest(`m${at}`, bodyAt(at));
      await product.serve();
      product.advance(600);
    }
    expect(kinds(heard)).toEqual(['connection_broken']);
    const [first] = heard;
    const body = JSON.parse(first?.body ?? '{}') as Record<string, unknown>;
    expect(body).toEqual({
      id: expect.any(String),
      kind: 'connection_broken',
      title: expect.any(String),
      message: expect.stringContaining('Everything that waits is kept'),
      raisedAt: expect.any(String),
      organization: { id: product.organizationId, name: 'Us' },
      page: 'http://product.test/settings/integrations',
    });
    const [, seconds = '', digest = ''] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(first?.headers['x-salescaling-signature'])) ?? [];
    expect(digest).toBe(createHmac('sha256', secret).update(`${seconds}.${first?.body}`).digest('hex'));
    expect(first?.headers['x-salescaling-delivery']).toBe(body.id);
    await connectAs(product);
    await product.settle();
    expect(kinds(heard)).toEqual(['connection_broken', 'connection_restored']);
    expect(product.crm.events()).toHaveLength(4);
    revoke(product);
    await product.ingest('m9', bodyAt(9));
    await product.serve();
    expect(kinds(heard)).toEqual(['connection_broken', 'connection_restored', 'connection_broken']);
  });

  it('is not told when a person ends it', async () => {
    const { product, heard } = await startListened();
    await disconnect({ ctx: product.ctx, gateway: product.gateway(), input: { sayGoodbye: async () => undefined } });
    await product.serve();
    expect(heard).toEqual([]);
  });
});

describe('a webhook', () => {
  it('is tried again, later and later, with the same id', async () => {
    const { product, heard } = await startListened(500, 302);
    await raise(product, 'today');
    await deliver(product);
    await deliver(product);
    expect(heard).toHaveLength(1);
    product.advance(31);
    await deliver(product);
    expect(heard).toHaveLength(2);
    product.advance(31);
    await deliver(product);
    expect(heard).toHaveLength(2);
    product.advance(30);
    await deliver(product);
    await deliver(product);
    expect(heard).toHaveLength(3);
    expect(new Set(heard.map(({ headers }) => headers['x-salescaling-delivery'])).size).toBe(1);
  });

  it('survives a crash between writing down and sending, and between sending and writing down', async () => {
    const { product, heard } = await startListened();
    await raise(product, 'today');
    await raise(product, 'today');
    const gateway = product.gateway();
    const dying = {
      ...gateway,
      outgoing: {
        ...gateway.outgoing,
        postWebhook: async (request: Parameters<typeof gateway.outgoing.postWebhook>[0]) => {
          await gateway.outgoing.postWebhook(request);
          return new Promise<never>(() => undefined);
        },
      },
    };
    deliverAlerts({ ctx: product.ctx, gateway: dying }).catch(() => undefined);
    await expect.poll(() => heard.length).toBe(1);
    await deliver(product);
    expect(heard).toHaveLength(1);
    product.advance(31);
    await deliver(product);
    await deliver(product);
    expect(heard).toHaveLength(2);
    const [one, two] = heard.map(({ body }) => (JSON.parse(body) as { id: string }).id);
    expect(one).toBe(two);
  });

  it('is given up after three days, and says why', async () => {
    const { product, heard } = await startListened(...Array.from({ length: 200 }, () => 500));
    await raise(product, 'today');
    for (let hour = 0; hour < 80; hour++) {
      await deliver(product);
      product.advance(3600);
    }
    const [row] = await product.db.query(
      `select next_at as "nextAt", delivered_at as "deliveredAt", problem from alert_deliveries where organization_id = $1`,
      [product.organizationId],
    );
    expect(row).toMatchObject({ nextAt: null, deliveredAt: null, problem: expect.stringContaining('500') });
    expect(heard.length).toBeLessThan(80);
  });

  it.each([
    ['10.1.2.3', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['172.20.0.1', false],
    ['192.168.1.1', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['::1', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:10.0.0.1', false],
    ['64:ff9b::a00:1', false],
    ['not an address', false],
    ['93.184.216.34', true],
    ['2606:2800:220:1::1', true],
  ])('may go to %s: %s', (address, isAllowed) => {
    expect(isPublicAddress(address)).toBe(isAllowed);
  });

  it.each(['http://hooks.example/x', 'https://10.0.0.1/x', 'https://[fd00::1]/x', 'https://169.254.169.254/latest'])(
    'is never sent to %s',
    async (url) => {
      const { postWebhook } = createOutgoing({ privateHosts: [], smtp: null });
      await expect(postWebhook({ url, body: '{}', headers: {} })).rejects.toMatchObject({ code: 'invalid_input' });
    },
  );

  it('goes to a host of a private network that the environment names, and follows no redirect', async () => {
    const receiver = await startReceiver(302, 200);
    const { postWebhook } = createOutgoing({ privateHosts: [], smtp: null });
    expect(await postWebhook({ url: receiver.url, body: '{}', headers: {} })).toEqual({ status: 302 });
    const config = readConfig({ ALERT_PRIVATE_HOSTS: '10.0.0.1, Hooks.Internal' }, '/');
    expect(config.alertPrivateHosts).toEqual(['10.0.0.1', 'hooks.internal']);
  });
});

describe('a receiver that hangs', () => {
  it('holds no meeting up, and the alerts to all others go out', async () => {
    const { product, heard } = await startListened();
    await product.db.query('update alert_settings set emails = $2 where organization_id = $1', [
      product.organizationId,
      ['a@us.example', 'b@us.example'],
    ]);
    await raise(product, 'today');
    const { outgoing } = product.gateway();
    Object.assign(outgoing, { sendMail: () => new Promise(() => undefined) });
    await product.ingest('m1', bodyAt(0));
    const serving = product.serve();
    await expect.poll(() => [product.crm.events().length, heard.length], { timeout: 8_000 }).toEqual([1, 1]);
    const began = Date.now();
    await serving;
    expect(Date.now() - began).toBeLessThan(12_000);
    const rows = await product.db.query<{ problem: string }>(
      `select problem from alert_deliveries where organization_id = $1 and target <> 'webhook' and next_at is not null`,
      [product.organizationId],
    );
    expect(rows.map(({ problem }) => problem)).toEqual(Array(2).fill(expect.stringContaining('10 seconds')));
  });

  it('is left alone by mail after ten seconds of silence', async () => {
    const server = createSocketServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const smtp = { url: `smtp://127.0.0.1:${port}`, from: 'us@us.example' };
    const { sendMail } = createOutgoing({ privateHosts: [], smtp });
    const began = Date.now();
    await expect(sendMail?.({ to: 'a@us.example', subject: 's', text: 't' })).rejects.toThrow();
    expect(Date.now() - began).toBeLessThan(14_000);
  });
});

describe('settings of alerts', () => {
  it('tell the secret once, are for administrators, and refuse addresses that would never be called', async () => {
    const product = await startConnectedProduct(database);
    const receiver = await startReceiver();
    const server = await startTestServer(product);
    const url = '/api/v1/settings/alerts';
    const put = (payload: Record<string, unknown>, role: 'admin' | 'regular' = 'admin') =>
      server.as(role, { method: 'PUT', url, payload: { emails: [], ...payload } });
    expect((await put({ webhookUrl: receiver.url }, 'regular')).statusCode).toBe(403);
    for (const webhookUrl of [
      'http://hooks.example/x',
      'ftp://hooks.example',
      'nonsense',
      'https://a:b@hooks.example',
    ]) {
      expect((await put({ webhookUrl })).statusCode).toBe(422);
    }
    const made = (await put({ webhookUrl: receiver.url })).json();
    expect(made).toMatchObject({ webhookUrl: receiver.url, canMail: false, newSecret: expect.any(String) });
    expect((await put({ webhookUrl: receiver.url })).json()).toMatchObject({ newSecret: null });
    const shown = (await server.as('admin', { method: 'GET', url })).body;
    expect(shown).not.toContain(made.newSecret);
    const renewed = (await put({ webhookUrl: receiver.url, renewSecret: true })).json();
    expect(renewed.newSecret).not.toBe(made.newSecret);
    const test = await server.as('admin', { method: 'POST', url: `${url}/test` });
    expect(test.json()).toEqual({ results: [{ target: 'webhook', problem: null }] });
    expect(kinds(receiver.heard)).toEqual(['test']);
    await raise(product, 'x');
    await deliver(product);
    const { recent } = (await server.as('admin', { method: 'GET', url })).json();
    expect(recent).toMatchObject([{ kind: 'drift', deliveries: [{ target: 'webhook', problem: null }] }]);
    expect(recent[0].deliveries[0].deliveredAt).toMatch(/^2026-11-20T\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('say why an e-mail did not go out where no mail server is set', async () => {
    const product = await startConnectedProduct(database);
    const gateway = product.gateway();
    const input = { webhookUrl: null, emails: ['Admin@us.example', 'admin@us.example'], renewSecret: false };
    await changeAlertSettings({ ctx: product.ctx, gateway, input });
    expect(await sendTestAlert({ ctx: product.ctx, gateway })).toEqual([
      { target: 'admin@us.example', problem: expect.stringContaining('SMTP_URL') },
    ]);
  });

  it('send e-mails through the mail server of the environment', async () => {
    const { mails, url } = await startMailServer();
    const { sendMail } = createOutgoing({ privateHosts: [], smtp: { url, from: 'alerts@us.example' } });
    await sendMail?.({ to: 'admin@us.example', subject: 'Zoho', text: 'Connect it again.' });
    expect(mails).toEqual([expect.stringContaining('Connect it again.')]);
    expect(mails[0]).toContain('To: admin@us.example');
    expect(() => readConfig({ SMTP_URL: 'smtp://mail.example' }, '/')).toThrow(/SMTP_FROM/);
  });
});

describe('the card', () => {
  it('shows rights, life and alerts', async () => {
    const product = await startConnectedProduct(database);
    const server = await startTestServer(product);
    const card = (await server.as('admin', { method: 'GET', url: '/api/v1/integrations/zoho' })).json();
    expect(card).toMatchObject({
      state: 'connected',
      environment: 'production',
      rights: { refused: [], unknown: 0, isChecking: false, checkedAt: expect.any(String) },
      probe: { brokenAt: null, aliveAt: expect.any(String) },
      mirrorHealth: { channel: null },
      alerts: { webhookUrl: null, emails: [] },
    });
    product.crm.fault({ kind: 'module-permission-removed', match: { module: 'Notes', method: 'POST' } });
    const url = '/api/v1/integrations/zoho/permissions';
    expect((await server.as('regular', { method: 'POST', url })).statusCode).toBe(403);
    const checked = (await server.as('admin', { method: 'POST', url })).json();
    expect(checked.lines.find(({ key }: { key: string }) => key === 'notes_create')).toMatchObject({
      result: 'missing_profile_permission',
      cure: expect.stringContaining('Profiles'),
    });
    expect((await server.as('regular', { method: 'GET', url })).json()).toEqual(checked);
    revoke(product);
    expect((await server.as('admin', { method: 'POST', url })).json()).toMatchObject({ code: 'needs_reauth' });
    expect(await connectionOf(product)).toMatchObject({ state: 'needs_reauth' });
    const later = (await server.as('admin', { method: 'GET', url: '/api/v1/integrations/zoho' })).json();
    expect(later).toMatchObject({ state: 'needs_reauth', probe: { brokenAt: expect.any(String) } });
  });
});

/** The least of an SMTP server: takes one mail after the other and keeps its text. */
async function startMailServer() {
  const { createServer: createSocketServer } = await import('node:net');
  const mails: string[] = [];
  const server = createSocketServer((socket) => {
    let isData = false;
    let mail = '';
    socket.write('220 ready\r\n');
    socket.on('data', (part) => {
      for (const line of part.toString('utf8').split('\r\n')) {
        if (isData) {
          if (line === '.') {
            isData = false;
            mails.push(mail);
            socket.write('250 ok\r\n');
          } else mail += `${line}\n`;
        } else if (/^DATA/i.test(line)) {
          isData = true;
          mail = '';
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else if (line !== '') socket.write('250 ok\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { mails, url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
