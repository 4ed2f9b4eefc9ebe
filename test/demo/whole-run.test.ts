import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'whole-demo-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Runs the demo as a person would; its temporary folders come into one of ours. */
async function runDemo(...args: string[]): Promise<{ code: number | null; lastLine: string; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'tools/demo/main.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: folder },
  });
  let out = '';
  let said = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, lastLine: out.trimEnd().split('\n').at(-1) ?? '', said };
}

describe('the demo on the sample', () => {
  it('publishes, holds and keeps what it must, proves it, and leaves nothing behind', async () => {
    const { code, lastLine, said } = await runDemo('--json');
    expect(code, said).toBe(0);
    expect(JSON.parse(lastLine)).toMatchObject({
      ...{ meetings: 11, published: 8, held: 1, notPublished: 2, verified: 8, events: 8 },
      ...{ associations: { contacts: 18, accounts: 8, deals: 54, leads: 2 }, ambiguous: 1, unmatched: 4 },
      ...{ missingLinks: 0, extraLinks: 0, duplicates: 0, mails: 0 },
    });
    expect((await readdir(folder)).filter((name) => name.startsWith('salescaling-demo-'))).toEqual([]);
  }, 240_000);

  it('says what is wrong with its options, and does nothing', async () => {
    const { code, said } = await runDemo('--cap', 'many');
    expect(code).toBe(2);
    expect(said).toContain('--cap many: use a whole number or none.');
  }, 60_000);
});
