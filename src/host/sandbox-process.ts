import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { isAlive } from '../db/embedded/is-alive.ts';
import { AppError } from '../errors.ts';

/** What the sandbox prints first, with the addresses that it accepts redirects to. */
const runningSandbox = z.object({
  accounts: z.url(),
  api: z.url(),
  clientId: z.string(),
  clientSecret: z.string(),
  pid: z.number().int(),
  redirectUris: z.array(z.string()).default([]),
});
export type RunningSandbox = z.infer<typeof runningSandbox>;

export type SandboxProcess = {
  /** Where it is now: its ports stay the same over restarts unless somebody else took them. */
  current(): RunningSandbox;
  /** Ends it, unless it was running before and belongs to the app. */
  stop(): Promise<void>;
};

export type SandboxOptions = {
  dataDir: string;
  /** Loaded when the sandbox has no state yet. */
  seed: string | null;
  redirectUri: string;
  /** The app keeps the sandbox up and ends it; a command only uses the one that runs. */
  role: 'app' | 'command';
  log: (message: string) => void;
};

const MAIN = fileURLToPath(new URL('../../simulator/main.ts', import.meta.url));
const START_LIMIT_MS = 120_000;
const WATCH_EVERY_MS = 500;
const STOP_LIMIT_MS = 10_000;

/**
 * Brings up the sandbox of a data folder, as a process of its own whose state outlives it: joins the one that runs (left over from
 * a killed app, or the app's own), else starts one. The app's is started again whenever it dies.
 */
export async function startSandbox(options: SandboxOptions): Promise<SandboxProcess> {
  const joined = await findRunning(options);
  let child: ChildProcess | null = null;
  let current = joined;
  let isStopping = false;
  if (current === null) ({ child, current } = await launch(options));
  let sandbox: RunningSandbox = current;
  const keepsUp = options.role === 'app' || joined === null;
  let restarting: Promise<void> | null = null;
  const timer = setInterval(() => {
    if (isStopping || restarting !== null || isAlive(sandbox.pid)) return;
    options.log('The sandbox is gone and is started again.');
    restarting = launch(options)
      .then((launched) => {
        child = launched.child;
        sandbox = launched.current;
      })
      .catch((error: unknown) => options.log(`The sandbox could not be started again: ${String(error)}`))
      .finally(() => {
        restarting = null;
      });
  }, WATCH_EVERY_MS);
  if (!keepsUp) clearInterval(timer);
  return {
    current: () => sandbox,
    async stop() {
      isStopping = true;
      clearInterval(timer);
      await restarting;
      if (!keepsUp) return;
      await end(sandbox.pid, child);
    },
  };
}

function stateFile(dataDir: string): string {
  return join(dataDir, 'sandbox.json');
}

async function readRecord(dataDir: string): Promise<RunningSandbox | null> {
  try {
    return runningSandbox.parse(JSON.parse(await readFile(stateFile(dataDir), 'utf8')));
  } catch {
    // No file yet, or one that was cut: the sandbox's own state folder knows everything that matters.
    return null;
  }
}

/** The sandbox that runs on this folder and accepts our redirects. One that does not accept them is ended, to be started anew. */
async function findRunning(options: SandboxOptions): Promise<RunningSandbox | null> {
  const record = await readRecord(options.dataDir);
  if (record === null || !isAlive(record.pid) || !(await answers(record))) return null;
  if (record.redirectUris.includes(options.redirectUri) || options.role === 'command') return record;
  await end(record.pid, null);
  return null;
}

async function answers(record: RunningSandbox): Promise<boolean> {
  try {
    const response = await fetch(new URL('/sandbox/switches', record.accounts), { signal: AbortSignal.timeout(2_000) });
    return response.ok;
  } catch {
    return false;
  }
}

async function launch(options: SandboxOptions): Promise<{ child: ChildProcess; current: RunningSandbox }> {
  const before = await readRecord(options.dataDir);
  const state = join(options.dataDir, 'sandbox');
  await mkdir(state, { recursive: true });
  const ports =
    before === null ? [] : ['--port', new URL(before.accounts).port, '--api-port', new URL(before.api).port];
  const seed = options.seed === null ? [] : ['--seed', options.seed];
  const rest = ['--state', state, '--redirect-uri', options.redirectUri, ...seed];
  // Somebody else may have taken the ports meanwhile: then any others do.
  const started = await tryLaunch([...ports, ...rest], options).catch((error: unknown) => {
    if (ports.length === 0) throw error;
    options.log(`The sandbox did not start at its ports (${String(error)}); others are taken.`);
    return tryLaunch(rest, options);
  });
  const current = { ...started.current, redirectUris: [options.redirectUri] };
  await save(options.dataDir, current);
  return { child: started.child, current };
}

async function tryLaunch(
  args: string[],
  options: SandboxOptions,
): Promise<{ child: ChildProcess; current: RunningSandbox }> {
  // In a group of its own, so that Ctrl-C in a terminal ends the app, and the app ends the sandbox.
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
  });
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line);
    options.log(`sandbox: ${line}`);
  });
  const lines = createInterface({ input: child.stdout });
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  const first = await Promise.race([
    once(lines, 'line', { signal: limit }).then(([line]) => String(line)),
    once(child, 'exit').then(() => null),
  ]);
  if (first === null) {
    throw new AppError(
      'internal',
      `The sandbox did not start: ${said.slice(-3).join(' ') || 'it ended without a word'}.`,
    );
  }
  return { child, current: runningSandbox.parse(JSON.parse(first)) };
}

async function save(dataDir: string, record: RunningSandbox): Promise<void> {
  const file = stateFile(dataDir);
  await writeFile(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

async function end(pid: number, child: ChildProcess | null): Promise<void> {
  if (!isAlive(pid)) return;
  process.kill(pid, 'SIGTERM');
  const deadline = performance.now() + STOP_LIMIT_MS;
  while (isAlive(pid) && child?.exitCode == null) {
    if (performance.now() > deadline) {
      process.kill(pid, 'SIGKILL');
      return;
    }
    await wait(20);
  }
}
