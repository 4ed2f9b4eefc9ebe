import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '../src/host/find-free-port.ts';
import { type Browser, openBrowser } from '../tools/demo/browser.ts';
import { signIn } from '../tools/demo/connect-sandbox.ts';
import type { StatusAnswer } from '../tools/demo/read-answers.ts';
import { type Child, startChild } from '../tools/torture/child.ts';
import { type Sandbox, startSandbox } from '../tools/torture/sandbox.ts';
import { openPlace } from './place.ts';

/** A product as a process of its own, with a sandbox of the Professional edition, to be measured from outside. */
export type BenchProduct = {
  browser: Browser;
  sandbox: Sandbox;
  pid: number;
  status(): Promise<StatusAnswer>;
  connect(): Promise<void>;
  /** Runs `import` with these arguments; resolves when all meetings are in. */
  import(args: string[]): Promise<void>;
  /** Waits until nothing is owed and no role is missing. */
  waitUntilSettled(): Promise<StatusAnswer>;
  stop(): Promise<void>;
};

const LOOK_MS = 200;
const LIMIT_MS = 60 * 60_000;

/** `seed`: a folder with a CRM. `database`: a server whose user may create databases; null: one of our own, with its usual safety. */
export async function startBenchProduct(options: { seed: string; database: string | null }): Promise<BenchProduct> {
  const cleanUps: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const undo of cleanUps.splice(0).reverse()) await undo();
  };
  try {
    return await start(options, cleanUps, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: { seed: string; database: string | null },
  cleanUps: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<BenchProduct> {
  const folder = await mkdtemp(join(tmpdir(), 'salescaling-bench-'));
  await chmod(folder, 0o755);
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  const place = await openPlace(options.database);
  cleanUps.push(place.remove);
  const databaseUrl = place.url;
  const origin = `http://localhost:${await findFreePort()}`;
  const redirectUri = `${origin}/api/v1/integrations/zoho/callback`;
  const sandbox = await startSandbox({
    program: ['--import', 'tsx', 'simulator/main.ts'],
    folder,
    seed: options.seed,
    redirectUri,
  });
  cleanUps.push(() => sandbox.kill());
  const dataDir = join(folder, 'data');
  await mkdir(dataDir);
  const record = { ...sandbox.address, redirectUris: [redirectUri] };
  await writeFile(join(dataDir, 'sandbox.json'), JSON.stringify(record));
  const { port } = new URL(origin);
  const env = { DATA_DIR: dataDir, DATABASE_URL: databaseUrl, APP_MODE: 'test', PORT: port, PUBLIC_URL: origin };
  const app = startChild(['--import', 'tsx', 'src/cli.ts', 'serve'], env, (line) => line.includes('/sign-in?token='));
  let isOver = false;
  void app.ended.then(() => {
    if (!isOver) process.stderr.write(`The product ended by itself:\n${app.lastWords.join('\n')}\n`);
  });
  // Killed, because at a clean end it would end what it takes for its sandbox.
  cleanUps.push(() => {
    isOver = true;
    return app.kill();
  });
  const line = await app.ready;
  const browser = openBrowser(origin);
  await signIn(browser, line.slice(line.indexOf('http')));
  const status = () => browser.call<StatusAnswer>('GET', '/status');
  const runCommand = async (args: string[]) =>
    endOf(startChild(['--import', 'tsx', 'src/cli.ts', ...args], env, (said) => said !== ''));
  return {
    browser,
    sandbox,
    pid: app.pid,
    status,
    connect: () => runCommand(['connect', '--sandbox', '--json']),
    import: (args) => runCommand(['import', ...args, '--json']),
    waitUntilSettled: () => waitUntilSettled(status),
    stop,
  };
}

/** However long it takes: what a command has to say comes at its end. */
async function endOf(child: Child): Promise<void> {
  await child.ended;
  if (child.lines.length === 0) throw new Error(`A command failed:\n${child.lastWords.join('\n')}`);
}

async function waitUntilSettled(status: () => Promise<StatusAnswer>): Promise<StatusAnswer> {
  const limit = performance.now() + LIMIT_MS;
  for (;;) {
    const seen = await status();
    if (seen.owed === 0 && seen.rolesStillLoading === 0 && seen.firstLoad === 'done') return seen;
    if (performance.now() > limit) throw new Error(`Nothing settles: ${JSON.stringify(seen)}`);
    await wait(LOOK_MS);
  }
}
