import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '../../src/host/find-free-port.ts';
import { applySettings } from '../demo/connect-sandbox.ts';
import { readWorld, type World } from '../demo/naive/read-world.ts';
import { startChild } from './child.ts';
import { type Client, openClient } from './client.ts';
import type { Findings } from './compare.ts';
import { examine } from './examine.ts';
import { heal } from './heal.ts';
import { type Killer, openKiller } from './killer.ts';
import type { Programs } from './pack-programs.ts';
import { type Processes, prepareProcesses, redirectUriOf } from './processes.ts';
import { createRandom } from './random.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';
import { writeSeedWorld } from './seed-world.ts';
import { torment } from './torment.ts';
import { POLICY, planMeetings, type Wanted } from './wanted.ts';

export type RunOptions = {
  seed: number;
  processes: number;
  meetings: number;
  kills: number;
  isMarkerMode: boolean;
  folder: string;
  databaseUrl: string;
  programs: Programs;
  say: (line: string) => void;
};

export type RunResult = {
  seed: number;
  kills: number;
  /** Deaths by the step they were timed to. */
  steps: Record<string, number>;
  faults: Record<string, number>;
  findings: Findings;
  mails: number;
  overCap: number;
  /** Ends of processes that nobody killed, and other things that must not happen. */
  troubles: string[];
  seconds: number;
};

/** Everything of one run, as its parts share it. */
export type Stage = {
  options: RunOptions;
  sandbox: Sandbox;
  processes: Processes;
  killer: Killer;
  client: Client;
  world: World;
  emails: string[];
  meetings: Wanted[];
  troubles: string[];
  /** Connects to the sandbox, as the command does. */
  connect(): Promise<void>;
};

/** One run with a sandbox and processes of its own, from the connection to the comparison. */
export async function run(options: RunOptions): Promise<RunResult> {
  const startedAt = performance.now();
  const cleanUps: (() => Promise<unknown>)[] = [];
  let ended: () => string[] = () => [];
  try {
    const stage = await setUp(options, cleanUps);
    ended = () => stage.processes.ownEnds;
    options.say(`run ${options.seed}: connected, ${options.meetings} meetings, ${options.kills} kills`);
    await torment(stage);
    await heal(stage);
    const { findings, mails } = await examine(stage);
    await stage.sandbox.readLedger();
    const { overCap, faults } = stage.sandbox.figures();
    const { kills, steps } = stage.killer.figures();
    const troubles = [...stage.troubles, ...stage.processes.ownEnds];
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    return { seed: options.seed, kills, steps, faults, findings, mails, overCap, troubles, seconds };
  } catch (error) {
    for (const end of ended()) options.say(`a process ended by itself: ${end}`);
    throw error;
  } finally {
    for (const undo of cleanUps.reverse()) await undo().catch((error: unknown) => options.say(`clean-up: ${error}`));
  }
}

async function setUp(options: RunOptions, cleanUps: (() => Promise<unknown>)[]): Promise<Stage> {
  const { folder, databaseUrl, programs } = options;
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  const seedFolder = join(folder, 'seed');
  const { emails } = await writeSeedWorld(seedFolder, createRandom(options.seed).fork('world'));
  const origin = `http://localhost:${await findFreePort()}`;
  const sandbox = await startSandbox({
    program: programs.sandbox,
    folder,
    seed: seedFolder,
    redirectUri: redirectUriOf(origin),
  });
  cleanUps.push(() => sandbox.kill());
  // Whatever might mail does.
  await sandbox.control('POST', '/sandbox/switches', {
    workflowMails: true,
    ...(options.isMarkerMode && { externalFields: false, uniqueOnEvents: false }),
  });
  const killer = openKiller();
  const processes = await prepareProcesses({
    folder,
    program: programs.product,
    count: options.processes,
    databaseUrl,
    origin,
    sandbox,
    judge: killer.judge,
  });
  cleanUps.push(() => processes.stop());
  killer.use(processes);
  await processes.start(0);
  const client = await openClient(origin, processes.signInLink());
  const settings = { internalDomains: ['us.example'], freeMailDomains: null, smartCategoryOrder: null };
  await applySettings(client.browser, { ...POLICY, data: '', database: null, isJson: false }, settings);
  const connect = () => connectOnce(options, origin);
  await connect();
  await waitUntilLoaded(client);
  await checkMode(client, options.isMarkerMode);
  for (let at = 1; at < options.processes; at++) await processes.start(at);
  return {
    options,
    sandbox,
    processes,
    killer,
    client,
    world: readWorld(seedFolder),
    emails,
    meetings: planMeetings(options.meetings),
    troubles: [],
    connect,
  };
}

async function connectOnce({ folder, databaseUrl, programs }: RunOptions, origin: string): Promise<void> {
  const env = {
    DATA_DIR: join(folder, 'process-0'),
    DATABASE_URL: databaseUrl,
    APP_MODE: 'test',
    PORT: new URL(origin).port,
    PUBLIC_URL: origin,
  };
  const child = startChild([...programs.product, 'connect', '--sandbox', '--json'], env, (line) =>
    line.startsWith('{'),
  );
  await child.ready;
  await child.ended;
}

async function waitUntilLoaded(client: Client): Promise<void> {
  const limit = performance.now() + 60_000;
  for (;;) {
    const { firstLoad, rolesStillLoading } = await client.call<{ firstLoad: string; rolesStillLoading: number }>(
      'GET',
      '/status',
    );
    if (firstLoad === 'done' && rolesStillLoading === 0) return;
    if (performance.now() > limit) throw new Error(`The first load stays ${firstLoad}.`);
    await wait(100);
  }
}

/** Marker mode is what it says, or the run would prove something else. */
async function checkMode(client: Client, isMarkerMode: boolean): Promise<void> {
  const { externalField } = await client.call<{ externalField: { mode: string } | null }>('GET', '/integrations/zoho');
  if ((externalField?.mode === 'marker') !== isMarkerMode) {
    throw new Error(isMarkerMode ? 'The product is not in marker mode.' : 'The product is in marker mode.');
  }
}
