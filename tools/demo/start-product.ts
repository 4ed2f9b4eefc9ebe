import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from '../../src/host/find-free-port.ts';
import { productEnvironment } from './environment.ts';

/** A running product of our own: `origin` answers, `signInLink` makes the first browser the owner. */
export type Product = {
  origin: string;
  signInLink: string;
  dataDir: string;
  /** `kill -9`, and a start on the same data at the same address; the sandbox is a process of its own and goes on. */
  killAndStart(): Promise<void>;
  stop(): Promise<void>;
};

const START_LIMIT_MS = 180_000;
const STOP_LIMIT_MS = 30_000;
const ROOT = join(import.meta.dirname, '..', '..');
const SYSTEM_FOLDER = '/var/lib/salescaling-zoho/';

/**
 * Starts the product as a process of its own on a new data folder, its sandbox seeded from `seed`. `database` null: the embedded one.
 * `stop` ends it and removes the folder; it is safe to call while the start is still under way.
 */
export function startProduct(options: { seed: string; database: string | null }): {
  ready: Promise<Product>;
  stop(): Promise<void>;
} {
  let child: ChildProcess | null = null;
  let dataDir: string | null = null;
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= (async () => {
      if (child !== null) await end(child);
      if (dataDir !== null) await removeData(dataDir);
    })();
    return stopping;
  };
  const ready = (async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'salescaling-demo-'));
    // As root the database server runs as somebody else, who has to get in.
    await chmod(dataDir, 0o755);
    const port = await findFreePort();
    const env = productEnvironment({
      DATA_DIR: dataDir,
      PORT: String(port),
      APP_MODE: 'test',
      SANDBOX_SEED: options.seed,
      ...(options.database !== null && { DATABASE_URL: options.database }),
    });
    const begin = (isFirst: boolean) => {
      child = spawn(process.execPath, ['--import', 'tsx', 'src/cli.ts', 'serve'], {
        cwd: ROOT,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      return waitForAddress(child, isFirst);
    };
    const address = await begin(true);
    const killAndStart = async () => {
      if (child !== null) await kill(child);
      await begin(false);
    };
    return { ...address, dataDir, killAndStart, stop };
  })();
  return { ready, stop };
}

/** Where the sandbox is and with which client. */
export type SandboxAddress = { accounts: string; api: string; clientId: string; clientSecret: string };

/** Reads where the product's sandbox is from its data folder. */
export async function readSandboxAddress(dataDir: string): Promise<SandboxAddress> {
  return JSON.parse(await readFile(join(dataDir, 'sandbox.json'), 'utf8'));
}

/** A first start also prints the link; a later one does not. */
async function waitForAddress(child: ChildProcess, isFirst: boolean): Promise<{ origin: string; signInLink: string }> {
  const lastWords: string[] = [];
  const remember = (line: string) => {
    lastWords.push(line);
    if (lastWords.length > 20) lastWords.shift();
  };
  let origin: string | null = null;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail(`no address after ${START_LIMIT_MS / 1000} s.`), START_LIMIT_MS);
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`The product did not start: ${why}\n${lastWords.join('\n')}`));
    };
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`it ended with ${signal ?? `exit code ${code}`}.`));
    if (child.stderr) createInterface({ input: child.stderr }).on('line', remember);
    if (!child.stdout) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      remember(line);
      const address = /https?:\/\/[^\s]+/.exec(line)?.[0];
      if (address === undefined) return;
      origin ??= new URL(address).origin;
      if (isFirst && !address.includes('/sign-in?token=')) return;
      clearTimeout(timer);
      resolve({ origin, signInLink: address });
    });
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGKILL');
  await ended;
}

/** SIGTERM lets the product stop its database and its sandbox; whoever does not listen is killed. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(timer);
}

async function removeData(dataDir: string): Promise<void> {
  const location = await readFile(join(dataDir, 'pg18.location'), 'utf8').catch(() => '');
  const elsewhere = location.split('\n')[0]?.trim() ?? '';
  if (elsewhere.startsWith(SYSTEM_FOLDER)) await rm(elsewhere, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}
