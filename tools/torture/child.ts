import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnvironment } from './environment.ts';

export type Child = {
  pid: number;
  /** Resolves with the first line of its standard output that `isReady` accepts; rejects when it ends before. */
  ready: Promise<string>;
  /** Everything that it has printed on standard output so far. */
  lines: string[];
  /** Its last lines on standard error. */
  lastWords: string[];
  ended: Promise<void>;
  isAlive(): boolean;
  /** `kill -9`; resolves once it is gone. */
  kill(): Promise<void>;
};

const ROOT = join(import.meta.dirname, '..', '..');
const START_LIMIT_MS = 120_000;
const KEPT_WORDS = 30;

/** Children that live, so that none outlives this command. */
const living = new Set<ChildProcess>();
let isOver = false;

/** Runs a program with Node.js as a process of its own, from the project's root. `args`: as on Node's command line. */
export function startChild(args: string[], env: Record<string, string>, isReady: (line: string) => boolean): Child {
  if (isOver) throw new Error('No process starts any more.');
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: childEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  living.add(child);
  const lines: string[] = [];
  const lastWords: string[] = [];
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      living.delete(child);
      resolve();
    });
  });
  const ready = new Promise<string>((resolve, reject) => {
    const fail = (why: string) =>
      reject(new Error(`${args.join(' ')} ${why}\n${[...lines, ...lastWords].slice(-KEPT_WORDS).join('\n')}`));
    const timer = setTimeout(() => fail(`says nothing after ${START_LIMIT_MS / 1000} s.`), START_LIMIT_MS);
    child.once('error', (error) => fail(`did not start: ${error.message}`));
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`ended with ${signal ?? `exit code ${code}`}.`);
    });
    if (child.stderr)
      createInterface({ input: child.stderr }).on('line', (line) => {
        lastWords.push(line);
        if (lastWords.length > KEPT_WORDS) lastWords.shift();
      });
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (!isReady(line)) return;
      clearTimeout(timer);
      resolve(line);
    });
  });
  ready.catch(() => undefined);
  const isAlive = () => child.exitCode === null && child.signalCode === null;
  return {
    pid: child.pid ?? 0,
    ready,
    lines,
    lastWords,
    ended,
    isAlive,
    async kill() {
      if (isAlive()) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Ends whatever still runs, for good; for the way out. */
export function killChildren(): void {
  isOver = true;
  for (const child of living) child.kill('SIGKILL');
}
