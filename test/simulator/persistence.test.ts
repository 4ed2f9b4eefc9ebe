import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, create, type Place, requestToken, send } from './sandbox-client.ts';

let state: string;
const children: ChildProcess[] = [];

beforeEach(() => {
  state = fs.mkdtempSync(path.join(os.tmpdir(), 'simulator-state-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  fs.rmSync(state, { recursive: true, force: true });
});

/** Starts the command and reads its first line. */
async function start(...more: string[]): Promise<{ place: Place; child: ChildProcess }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts', '--state', state, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  if (!child.stdout) throw new Error('no standard output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { place: JSON.parse(line) as Place, child };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const onlyFile = (prefix: string): string => {
  const name = fs.readdirSync(state).find((one) => one.startsWith(prefix));
  if (!name) throw new Error(`no ${prefix} in ${fs.readdirSync(state)}`);
  return path.join(state, name);
};

describe('state folder', () => {
  test('everything that was answered is there after kill -9', async () => {
    const first = await start();
    const before = await connect(first.place);
    const field = { field_label: 'Our ID', data_type: 'text', length: 100, external: { type: 'org', show: false } };
    expect((await before.call('POST', '/settings/fields?module=Events', { fields: [field] })).status).toBe(201);
    await before.call('POST', '/settings/modules', { modules: [{ plural_label: 'Things', singular_label: 'Thing' }] });
    const thing = await create(before, 'Things', { Name: 'T' });
    const contact = await create(before, 'Contacts', { Last_Name: 'Keller' });
    const gone = await create(before, 'Contacts', { Last_Name: 'Gone' });
    await before.call('DELETE', `/Contacts/${gone}`);
    await before.control('POST', 'switches', { deleteMails: false });
    const { now } = (await before.control('POST', 'clock', { advanceSeconds: 30 * 86_400 })).body;
    const renewed = await requestToken(first.place, {
      grant_type: 'refresh_token',
      refresh_token: before.refreshToken,
    });
    const mailed = {
      Event_Title: 'E',
      Start_DateTime: '2026-01-01T10:00:00Z',
      End_DateTime: '2026-01-01T11:00:00Z',
      Our_ID: 'x-1',
      Participants: [{ type: 'contact', participant: contact }],
    };
    const headers = { authorization: `Zoho-oauthtoken ${renewed.body.access_token}` };
    const written = await send(`${first.place.api}/crm/v8/Events`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ data: [mailed] }),
    });
    expect(written.status).toBe(201);
    await kill(first.child);

    const second = await start();
    expect(second.place.clientId).toBe(first.place.clientId);
    expect(second.place.clientSecret).toBe(first.place.clientSecret);
    const get = (where: string, more: Record<string, string> = {}) =>
      send(`${second.place.api}/crm/v8${where}`, { headers: { ...headers, ...more } });
    expect((await get(`/Contacts/${contact}`)).body.data[0].Last_Name).toBe('Keller');
    expect((await get(`/Contacts/${gone}`)).status).toBe(204);
    expect((await get(`/Things/${thing}`)).body.data[0].Name).toBe('T');
    expect((await get('/Contacts/deleted?type=all')).body.data).toMatchObject([{ id: gone, display_name: 'Gone' }]);
    const event = await get('/Events/x-1', { 'X-EXTERNAL': 'Events.Our_ID' });
    expect(event.body.data[0]).toMatchObject({
      id: written.body.data[0].details.id,
      Participants: [{ participant: contact }],
    });
    const { switches } = (await send(`${second.place.accounts}/sandbox/switches`)).body;
    expect(switches.find((one: { name: string }) => one.name === 'deleteMails').value).toBe(false);
    const clock = Date.parse((await send(`${second.place.accounts}/sandbox/clock`)).body.now);
    expect(clock).toBeGreaterThanOrEqual(Date.parse(now));
    expect(clock).toBeLessThan(Date.parse(now) + 600_000);
    expect((await send(`${second.place.accounts}/sandbox/mails`)).body.mails).toHaveLength(1);
    const again = await requestToken(second.place, { grant_type: 'refresh_token', refresh_token: before.refreshToken });
    expect(again.body.access_token).toBeTruthy();
  });

  test('ids never come twice', async () => {
    const first = await start();
    const before = await connect(first.place);
    const one = await create(before, 'Accounts', { Account_Name: 'A' });
    await before.call('DELETE', `/Accounts/${one}`);
    await kill(first.child);
    const second = await start();
    const after = await connect(second.place);
    expect(await create(after, 'Accounts', { Account_Name: 'A' })).not.toBe(one);
  });

  test('a torn last line is cut off and all before it stays', async () => {
    const first = await start();
    const id = await create(await connect(first.place), 'Contacts', { Last_Name: 'Whole' });
    await kill(first.child);
    const journal = onlyFile('journal-');
    const intact = fs.statSync(journal).size;
    fs.appendFileSync(journal, '[["us/production/Contacts","123",{"id":"123","Last_Na');
    const second = await start();
    const client = await connect(second.place);
    expect((await client.get(`/Contacts/${id}`)).body.data[0].Last_Name).toBe('Whole');
    expect((await client.get('/Contacts/123')).status).toBe(204);
    await create(client, 'Contacts', { Last_Name: 'Later' });
    const lines = fs.readFileSync(journal, 'utf8').slice(intact).trimEnd().split('\n');
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });

  test('a second process on the folder is refused with a reason, a dead one is not in the way', async () => {
    const first = await start();
    const second = spawn(process.execPath, ['--import', 'tsx', 'simulator/main.ts', '--state', state], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    children.push(second);
    let said = '';
    second.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(second, 'exit');
    expect(code).toBe(1);
    expect(said).toContain('is used by process');
    expect((await send(`${first.place.accounts}/oauth/serverinfo`)).status).toBe(200);
    await kill(first.child);
    const third = await start();
    expect((await send(`${third.place.accounts}/oauth/serverinfo`)).status).toBe(200);
  });

  test('SIGTERM ends it, and the port is given again on wish', async () => {
    const first = await start();
    const port = new URL(first.place.accounts).port;
    first.child.kill('SIGTERM');
    const [code] = await once(first.child, 'exit');
    expect(code).toBe(0);
    const second = await start('--port', port, '--api-port', '0');
    expect(new URL(second.place.accounts).port).toBe(port);
  });
});

describe('store', () => {
  test('a snapshot replaces the journal and holds the same rows', async () => {
    const { openStore } = await import('../../simulator/store/store.ts');
    const store = openStore(state);
    store.table('a').put({ id: '1', value: 'one' });
    store.commit();
    store.table('a').put({ id: '2', value: 'two' });
    store.table('a').remove('1');
    store.commit();
    store.compact();
    store.table('a').put({ id: '3', value: 'three' });
    store.commit();
    store.close();
    expect(fs.readdirSync(state).sort()).toEqual(['journal-1.ndjson', 'snapshot-1.ndjson']);
    const again = openStore(state);
    expect([...again.table('a').rows()]).toEqual([
      { id: '2', value: 'two' },
      { id: '3', value: 'three' },
    ]);
    again.close();
  });

  test('a damaged file is told by its name', async () => {
    const { openStore } = await import('../../simulator/store/store.ts');
    fs.writeFileSync(path.join(state, 'journal-0.ndjson'), '[["a","1",{"id":"1"}]]\n{half\n[["a","2",{"id":"2"}]]\n');
    expect(() => openStore(state)).toThrow(/journal-0\.ndjson is damaged/);
  });

  test('what was not committed is not there', async () => {
    const { openStore } = await import('../../simulator/store/store.ts');
    const store = openStore(state);
    store.table('a').put({ id: '1' });
    store.close();
    const again = openStore(state);
    expect(again.table('a').size).toBe(0);
    again.close();
  });
});
