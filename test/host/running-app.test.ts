import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { announceApp, findRunningApp } from '../../src/host/running-app.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'salescaling-running-app-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('tells the app that runs, until it takes its word back', async () => {
  const folder = temporaryFolder();
  expect(await findRunningApp(folder)).toBeNull();
  const server = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const app = { pid: process.pid, baseUrl: 'https://public.example', localUrl: `http://127.0.0.1:${port}` };
  const withdraw = await announceApp(folder, app);
  expect(await findRunningApp(folder)).toEqual(app);
  server.close();
  await once(server, 'close');
  // The process lives, but nobody answers: another program has the number of one that was killed.
  expect(await findRunningApp(folder)).toBeNull();
  await withdraw();
  expect(await findRunningApp(folder)).toBeNull();
});

it.each(['', '{"pid":', '[]', '{"pid":"x"}'])('takes a file that says %j for no app', async (text) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'app.json'), text);
  expect(await findRunningApp(folder)).toBeNull();
});
