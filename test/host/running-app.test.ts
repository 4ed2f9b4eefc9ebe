import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  const app = { pid: process.pid, baseUrl: 'http://localhost:4700' };
  const withdraw = await announceApp(folder, app);
  expect(await findRunningApp(folder)).toEqual(app);
  await withdraw();
  expect(await findRunningApp(folder)).toBeNull();
});

it.each(['', '{"pid":', '[]', '{"pid":"x"}'])('takes a file that says %j for no app', async (text) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'app.json'), text);
  expect(await findRunningApp(folder)).toBeNull();
});
