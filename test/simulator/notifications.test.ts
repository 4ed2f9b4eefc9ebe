// As long as it is on purpose: every control call and fault is tried on one running simulator.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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

const fault = (...rules: unknown[]) => client.control('POST', 'faults', { rules });

describe('notifications', () => {
  /** A listener that remembers what it heard and can wait for more. */
  async function listener() {
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
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
      heard,
      async count(wanted: number) {
        while (heard.length < wanted) await new Promise<void>((resolve) => (wake = resolve));
        return heard;
      },
      close: () => server.close(),
    };
  }

  const subscribe = (url: string, more: Record<string, unknown> = {}) =>
    client.call('POST', '/actions/watch', {
      watch: [{ channel_id: '1000', events: ['Contacts.all'], notify_url: url, token: 'secret', ...more }],
    });

  test('tell of inserts, updates and deletes in the words of callbacks', async () => {
    const hook = await listener();
    await subscribe(hook.url, { return_affected_field_values: true });
    const id = await create(client, 'Contacts', { Last_Name: 'A' });
    await hook.count(1);
    await client.call('PUT', `/Contacts/${id}`, { data: [{ Last_Name: 'B' }] });
    await hook.count(2);
    await client.call('DELETE', `/Contacts/${id}`);
    await create(client, 'Accounts', { Account_Name: 'unheard' });
    const heard = await hook.count(3);
    expect(heard.map((one) => one.operation)).toEqual(['insert', 'update', 'delete']);
    expect(heard[1]).toMatchObject({
      module: 'Contacts',
      ids: [id],
      channel_id: '1000',
      token: 'secret',
      affected_fields: [{ [id]: ['Last_Name'] }],
      affected_values: [{ record_id: id, values: { Last_Name: 'B' } }],
    });
    hook.close();
  });

  test('a channel lives an hour unless it asks for up to seven days', async () => {
    const url = 'http://127.0.0.1:9/';
    const granted = async (channel_expiry?: string) => {
      const answer = await subscribe(url, channel_expiry ? { channel_expiry } : {});
      return Date.parse(answer.body.watch[0].details.events[0].channel_expiry) - simulator.world.clock.now();
    };
    const inDays = (days: number) =>
      new Date(simulator.world.clock.now() + days * 86_400_000).toISOString().replace('.000', '');
    expect(await granted()).toBe(3_600_000);
    expect(await granted(inDays(8))).toBe(3_600_000);
    expect(await granted(inDays(7))).toBe(7 * 86_400_000);
    await client.control('POST', 'clock', { advanceSeconds: 7 * 86_400 });
    client = await connect(simulator);
    expect((await client.get('/actions/watch')).status).toBe(204);
  });

  test('callbacks can be lost, doubled and reordered', async () => {
    const hook = await listener();
    await subscribe(hook.url);
    await fault(
      { match: {}, kind: 'lose-callback', count: 1 },
      { match: {}, kind: 'duplicate-callback', count: 1 },
      { match: {}, kind: 'reorder-callback', count: 1 },
    );
    const ids: string[] = [];
    for (const name of ['lost', 'twice', 'late', 'early'])
      ids.push(await create(client, 'Contacts', { Last_Name: name }));
    const heard = await hook.count(4);
    const seen = heard.map((one) => one.ids[0]);
    expect(seen).not.toContain(ids[0]);
    expect(seen.filter((id) => id === ids[1])).toHaveLength(2);
    expect(seen).toContain(ids[2]);
    hook.close();
  });
});
