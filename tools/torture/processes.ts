import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { type Gate, type GateOptions, openGate } from './gate.ts';
import type { Sandbox } from './sandbox.ts';

/** The processes of one product: number 0 has HTTP, the others are workers alone. All reach the sandbox through gates. */
export type Processes = {
  count: number;
  isUp(at: number): boolean;
  /** Starts one that is down; resolves when it works. While the sandbox is down, this waits. */
  start(at: number): Promise<void>;
  /** `kill -9`. False when there is nothing to kill. */
  kill(at: number): boolean;
  /** Resolves when no request is under way at the sandbox. */
  waitForQuiet(): Promise<void>;
  /** Runs while no process may start, because the sandbox is not there. */
  withoutStarts<T>(work: () => Promise<T>): Promise<T>;
  /** Lines that processes left which ended without being killed. */
  ownEnds: string[];
  /** The first process's link that signs a person in. */
  signInLink(): string;
  stop(): Promise<void>;
};

export type ProcessesOptions = {
  /** The product, as Node.js is to run it. */
  program: string[];
  folder: string;
  count: number;
  databaseUrl: string;
  origin: string;
  sandbox: Sandbox;
  judge: GateOptions['judge'];
};

type Slot = { at: number; dataDir: string; child: Child | null; isReady: boolean };

const QUIET_LIMIT_MS = 30_000;
const OWN_ENDS_MAX = 5;

/** Prepares the processes; none runs yet. */
export async function prepareProcesses(options: ProcessesOptions): Promise<Processes> {
  const slots: Slot[] = [];
  let flight = 0;
  let gate: Promise<unknown> = Promise.resolve();
  const ownEnds: string[] = [];
  const gates = await openGates(options, (change) => {
    flight += change;
  });
  // Stands for the sandbox's process: it is this command that keeps the sandbox up, and a product that fails to start ends it.
  let keeper: Child | null = null;
  const writeRecord = async ({ dataDir }: Slot): Promise<string> => {
    if (keeper === null || !keeper.isAlive())
      keeper = startChild(['-e', 'setInterval(() => {}, 1e6)'], {}, () => false);
    const record = recordOf(options, gates, keeper.pid);
    await writeFile(join(dataDir, 'sandbox.json'), record);
    return record;
  };
  for (let at = 0; at < options.count; at++) slots.push(await prepareSlot(options.folder, at));
  const slotAt = (at: number): Slot => {
    const slot = slots[at];
    if (slot === undefined) throw new Error(`There is no process ${at}.`);
    return slot;
  };
  let link = '';
  const endedItself = async (at: number, why: string): Promise<void> => {
    ownEnds.push(why);
    if (ownEnds.length < OWN_ENDS_MAX) await start(at);
  };
  const start = async (at: number): Promise<void> => {
    await gate;
    const slot = slotAt(at);
    if (slot.child !== null) return;
    const record = await writeRecord(slot);
    if (slot.child !== null) return;
    const isFirst = at === 0 && link === '';
    const child = launch(options, slot, isFirst);
    slot.child = child;
    try {
      const line = await child.ready;
      if (isFirst) link = line.slice(line.indexOf('http'));
      await refuseOtherSandbox(slot, record);
      slot.isReady = slot.child === child;
      void child.ended.then(async () => {
        if (slot.child !== child) return;
        slot.child = null;
        slot.isReady = false;
        await endedItself(at, `process ${at} ended while it worked: ${child.lastWords.join('\n')}`);
      });
    } catch (error) {
      await child.kill();
      // Killed while it started: that is what this is about. Whoever gave up by itself is started again, and it is told.
      if (slot.child !== child) return;
      slot.child = null;
      await endedItself(at, error instanceof Error ? error.message : String(error));
    }
  };
  return {
    count: options.count,
    ownEnds,
    isUp: (at) => slotAt(at).isReady,
    signInLink: () => link,
    start,
    kill(at) {
      const slot = slotAt(at);
      const { child } = slot;
      if (child === null || !child.isAlive()) return false;
      slot.child = null;
      slot.isReady = false;
      child.kill().catch(() => undefined);
      return true;
    },
    async waitForQuiet() {
      const limit = performance.now() + QUIET_LIMIT_MS;
      while (flight > 0 && performance.now() < limit) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    withoutStarts(work) {
      const result = gate.then(work);
      gate = result.catch(() => undefined);
      return result;
    },
    async stop() {
      const children = slots.map((slot) => slot.child);
      for (const slot of slots) slot.child = null;
      await Promise.all(children.map((child) => child?.kill()));
      await Promise.all(gates.map((one) => one.close()));
    },
  };
}

async function openGates(options: ProcessesOptions, onFlight: GateOptions['onFlight']): Promise<[Gate, Gate]> {
  const { accounts, api } = options.sandbox.address;
  const { judge } = options;
  const toApi = await openGate({ judge, onFlight, target: () => api, rewrite: (text) => text });
  const rewrite = (text: string) => text.replaceAll(api, toApi.origin);
  return [await openGate({ judge, onFlight, target: () => accounts, rewrite }), toApi];
}

/** What the product reads about its sandbox: the gates stand for it. */
function recordOf(options: ProcessesOptions, [accounts, api]: [Gate, Gate], pid: number): string {
  const { clientId, clientSecret } = options.sandbox.address;
  return JSON.stringify({
    accounts: accounts.origin,
    api: api.origin,
    clientId,
    clientSecret,
    pid,
    redirectUris: [redirectUriOf(options.origin)],
  });
}

/** Folders of their own, and one installation key: all of them open the same tokens. */
async function prepareSlot(folder: string, at: number): Promise<Slot> {
  const dataDir = join(folder, `process-${at}`);
  await mkdir(dataDir, { recursive: true });
  await writeFile(join(dataDir, 'secret.key'), `${Buffer.alloc(32, 9).toString('base64')}\n`, { mode: 0o600 });
  return { at, dataDir, child: null, isReady: false };
}

export function redirectUriOf(origin: string): string {
  return `${origin}/api/v1/integrations/zoho/callback`;
}

function launch({ program, databaseUrl, origin }: ProcessesOptions, slot: Slot, isFirst: boolean): Child {
  const named = new URL(databaseUrl);
  // So that a waiting statement tells whose it is.
  named.searchParams.set('application_name', nameOf(slot.at));
  const env = {
    DATA_DIR: slot.dataDir,
    DATABASE_URL: named.href,
    APP_MODE: 'test',
    PORT: new URL(origin).port,
    PUBLIC_URL: origin,
    TORTURE_PROCESS: String(slot.at),
  };
  const isReady = (line: string) =>
    slot.at > 0 ? line.startsWith('Working') : isFirst ? line.includes('/sign-in?token=') : line.startsWith('http');
  return startChild(
    ['--import', './tools/torture/name-process.mjs', ...program, slot.at === 0 ? 'serve' : 'work'],
    env,
    isReady,
  );
}

/** What the process number `at` calls itself at the database. */
export function nameOf(at: number): string {
  return `torture ${at}`;
}

/** A product that finds its sandbox silent for seconds starts one of its own: it would talk to nobody we look at. */
async function refuseOtherSandbox(slot: Slot, expected: string): Promise<void> {
  const record = await readFile(join(slot.dataDir, 'sandbox.json'), 'utf8');
  if (record === expected) return;
  process.kill((JSON.parse(record) as { pid: number }).pid, 'SIGKILL');
  throw new Error(`Process ${slot.at} started a sandbox of its own.`);
}
