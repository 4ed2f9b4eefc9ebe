import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll } from 'vitest';
import { readPostmasterFile } from '../../src/db/embedded/postmaster-file.ts';

const PROGRAM = fileURLToPath(new URL('./hold-server.ts', import.meta.url));
const PROJECT = dirname(dirname(dirname(PROGRAM)));

/** What a holder reports first, see `hold-server.ts`. */
export type Report = { adopted: boolean; url: string; home: string; isElsewhere: boolean; pid: number; error?: string };

export type Holder = Report & {
  /** `kill -9`, returns when it is dead. */
  kill(): Promise<void>;
  /** Leaves in order; tells what became of the server. */
  leave(): Promise<'stopped' | 'left running'>;
};

const children: ChildProcess[] = [];
const folders: string[] = [];

/** Ends every process that the tests of this file started, and removes their folders. */
export function cleanUpHolders(): void {
  afterAll(async () => {
    await endHolders();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
}

/** Ends the processes and their servers, so that the next test finds its folder at rest. */
export async function endHolders(): Promise<void> {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders) await stopServerIn(folder);
}

async function stopServerIn(folder: string): Promise<void> {
  for (const pgData of [join(folder, 'pg18'), join(folder, 'var/pg18')]) {
    const pid = readPostmasterFile(pgData)?.pid;
    if (pid === undefined) continue;
    signalServer(pid, 'SIGQUIT');
    await gone(pid);
  }
}

/** A folder of its own below the temporary folder, that every user can pass through. */
export function makeFolder(owner?: { uid: number; gid: number }): string {
  const folder = mkdtempSync(join(tmpdir(), 'salescaling-server-'));
  chmodSync(folder, 0o755);
  if (owner) chownSync(folder, owner.uid, owner.gid);
  folders.push(folder);
  return folder;
}

export function removeLater(folder: string): void {
  folders.push(folder);
}

/** Starts a process that uses the server of a folder, and waits for its report. */
export async function hold(
  folder: string,
  options: { role?: 'app'; user?: { uid: number; gid: number } } = {},
): Promise<Holder> {
  const args = ['--import', 'tsx', PROGRAM, folder, ...(options.role ? [options.role] : [])];
  const child = spawn(process.execPath, args, {
    ...options.user,
    cwd: PROJECT,
    env: { PATH: process.env.PATH ?? '', TMPDIR: tmpdir() },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async <T>(): Promise<T> => JSON.parse((await lines.next()).value ?? '{"error":"said nothing"}');
  const report = await nextLine<Report>();
  return {
    ...report,
    async kill() {
      child.kill('SIGKILL');
      if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
    },
    async leave() {
      child.kill('SIGTERM');
      return (await nextLine<{ left: 'stopped' | 'left running' }>()).left;
    },
  };
}

/** One query on a connection of its own, tried again until the server answers. */
export async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  for (let attempt = 0; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Row>(sql)).rows;
    } catch (error) {
      if (attempt === 200) throw error;
      await wait(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

/** `kill -9` of the server's main process; its other processes follow by themselves. */
export async function killServer(pid: number): Promise<void> {
  signalServer(pid, 'SIGKILL');
  await gone(pid);
}

async function gone(pid: number): Promise<void> {
  while (isServer(pid)) await wait(10);
}

function signalServer(pid: number, signal: NodeJS.Signals): void {
  if (isServer(pid)) process.kill(pid, signal);
}

/** A number may belong to another process meanwhile; zombies have no command line. */
function isServer(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('bin/postgres');
  } catch {
    return false;
  }
}

/** The user under which tests play "started by an ordinary person", or why that cannot be played here. */
export function findOrdinaryUser(): { user: { uid: number; gid: number } } | { whyNot: string } {
  const { uid = -1, gid = -1 } = { uid: process.getuid?.(), gid: process.getgid?.() };
  if (uid !== 0) return { user: { uid, gid } };
  // Another account than root and than the one that the server takes for itself; initdb wants one that is listed.
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':').slice(2, 4).map(Number));
  const [ordinaryUid, ordinaryGid] = accounts.find(([id = 0]) => id > 0 && id < 65534) ?? [];
  if (ordinaryUid === undefined || ordinaryGid === undefined) return { whyNot: 'no account but root is listed here' };
  const user = { uid: ordinaryUid, gid: ordinaryGid };
  const probe = spawnSync(process.execPath, ['--import', 'tsx', '-e', '0'], { ...user, cwd: PROJECT, env: {} });
  return probe.status === 0 ? { user } : { whyNot: 'an ordinary user cannot read Node or this project here' };
}
