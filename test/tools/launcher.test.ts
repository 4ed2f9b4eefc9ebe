import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const launcher = fileURLToPath(new URL('../../tools/run.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'salescaling-launcher-'));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

// It tells its number and arguments, counts signals, and ends with the exit code that its first argument asks for.
writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
writeFileSync(
  join(folder, 'program.ts'),
  `const [ending, ...args]: string[] = process.argv.slice(2);
   let signals = 0;
   for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => { signals += 1; });
   process.on('SIGWINCH', () => console.log(JSON.stringify({ signals })));
   process.on('SIGHUP', () => process.exit(Number(ending)));
   console.log(JSON.stringify({ pid: process.pid, args }));
   setInterval(() => undefined, 1000);`,
);

function start(command: string, args: string[], env: Record<string, string> = {}) {
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, nextLine: async () => JSON.parse((await lines.next()).value ?? 'null') };
}

describe('the launcher', () => {
  it('becomes the program: same process, its arguments, its exit code, nothing else on standard output', async () => {
    const { child, nextLine } = start(process.execPath, [launcher, join(folder, 'program.ts'), '7', '--a', 'b c']);
    expect(await nextLine()).toEqual({ pid: child.pid, args: ['--a', 'b c'] });
    child.kill('SIGHUP');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('passes a signal once that comes twice, from the terminal and from npm', async () => {
    const { child, nextLine } = start(process.execPath, [launcher, join(folder, 'program.ts'), '0']);
    await nextLine();
    // Asked for many times, because signals of different kinds may arrive out of order.
    const countAfter = async (signal: NodeJS.Signals): Promise<unknown> => {
      child.kill(signal);
      let answer: unknown;
      for (let asked = 0; asked < 20; asked += 1) {
        child.kill('SIGWINCH');
        answer = await nextLine();
      }
      return answer;
    };
    expect(await countAfter('SIGINT')).toEqual({ signals: 1 });
    expect(await countAfter('SIGINT')).toEqual({ signals: 1 });
    expect(await countAfter('SIGTERM')).toEqual({ signals: 2 });
  });

  it('ends the program when npm is killed', async () => {
    const npm = `const { spawn } = require('node:child_process');
      spawn(process.execPath, ${JSON.stringify([launcher, join(folder, 'program.ts'), '0'])}, { stdio: 'inherit' });`;
    const { child, nextLine } = start(process.execPath, ['-e', npm], { npm_lifecycle_event: 'start' });
    const { pid } = await nextLine();
    child.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });

  it('asks what to run', async () => {
    const child = spawn(process.execPath, [launcher], { stdio: 'ignore' });
    expect(await once(child, 'exit')).toEqual([2, null]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
