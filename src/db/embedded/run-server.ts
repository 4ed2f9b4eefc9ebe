import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../errors.ts';
import type { ServerLocation } from './choose-location.ts';
import { explainSpawnError, lastLines } from './create-cluster.ts';
import { clusterNameOf, isServerProcess, readPostmasterFile, removeReusedPostmasterFile } from './postmaster-file.ts';

const LOG_LIMIT_BYTES = 10_000_000;
const POLL_MS = 5;

/** `occupied`: another server holds the folder, or the dying rest of one. */
export type StartOutcome =
  | { kind: 'started'; pid: number; port: number }
  | { kind: 'occupied' }
  | { kind: 'port_taken' };

export type RunOptions = { binaries: string; port: number; isDurable: boolean };

/** Starts the server on 127.0.0.1:`port` and waits until it accepts connections; crash recovery may take its time. */
export async function runServer(location: ServerLocation, options: RunOptions): Promise<StartOutcome> {
  await removeReusedPostmasterFile(location.pgData);
  const logFile = join(location.home, 'pg18.log');
  const { child, logOffset } = spawnServer(location, options, logFile);
  let spawnError: Error | null = null;
  child.once('error', (error) => {
    spawnError = error;
  });
  for (;;) {
    if (spawnError !== null) throw explainSpawnError(join(options.binaries, 'bin/postgres'), spawnError);
    const { pid } = child;
    if (child.exitCode !== null || child.signalCode !== null) return explainExit(location, logFile, logOffset);
    const file = readPostmasterFile(location.pgData);
    if (pid !== undefined && file?.pid === pid && file.isReady) return { kind: 'started', pid, port: options.port };
    await wait(POLL_MS);
  }
}

/** Detached, so that Ctrl-C in a terminal reaches the app alone, which then stops the server in order. */
function spawnServer(
  location: ServerLocation,
  options: RunOptions,
  logFile: string,
): { child: ChildProcess; logOffset: number } {
  const log = openSync(logFile, 'a', 0o600);
  try {
    if (fstatSync(log).size > LOG_LIMIT_BYTES) truncateSync(logFile, 0);
    const logOffset = fstatSync(log).size;
    const child = spawn(join(options.binaries, 'bin/postgres'), serverArguments(location, options), {
      ...(location.serverUser ?? {}),
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', log, log],
      detached: true,
    });
    child.unref();
    return { child, logOffset };
  } finally {
    closeSync(log);
  }
}

/** Given on the command line, so that a newer app brings newer settings to an old folder. Sized for a small machine. */
function serverArguments(location: ServerLocation, options: RunOptions): string[] {
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    port: options.port,
    unix_socket_directories: '',
    cluster_name: clusterNameOf(location.pgData),
    max_connections: 100,
    shared_buffers: '128MB',
    effective_cache_size: '1GB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '512MB',
    random_page_cost: 1.1,
    jit: 'off',
    // Nobody replicates from this server.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    fsync: options.isDurable ? 'on' : 'off',
    synchronous_commit: options.isDurable ? 'on' : 'off',
    full_page_writes: options.isDurable ? 'on' : 'off',
  };
  return ['-D', location.pgData, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

function explainExit(location: ServerLocation, logFile: string, logOffset: number): StartOutcome {
  const output = readFileSync(logFile).subarray(logOffset).toString();
  // The remains of a killed server go away by themselves within moments.
  if (/lock file "postmaster.pid" already exists|pre-existing shared memory block/.test(output))
    return { kind: 'occupied' };
  if (/could not bind|Address already in use/.test(output)) return { kind: 'port_taken' };
  if (/No space left on device/.test(output)) {
    throw new AppError(
      'internal',
      `The disk is full: PostgreSQL cannot start in ${location.home}. Free some space and start again; nothing is lost.`,
      { detail: { output } },
    );
  }
  throw new AppError('internal', `PostgreSQL did not start: ${lastLines(output)}. Its whole log is ${logFile}.`, {
    detail: { output },
  });
}

/** A port of 127.0.0.1 that nobody listens on at this moment. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Stops the server and waits until it is gone. `fast` rolls back what runs and writes a checkpoint; `immediate` leaves that to the
 * recovery of the next start. A server that does not obey `fast` within 30 s is stopped at once.
 */
export async function stopServer(pid: number, pgData: string, mode: 'fast' | 'immediate'): Promise<void> {
  const deadline = performance.now() + 30_000;
  let hasEscalated = mode === 'immediate';
  sendSignal(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  while (isServerProcess(pid, pgData)) {
    if (!hasEscalated && performance.now() > deadline) {
      hasEscalated = true;
      sendSignal(pid, 'SIGQUIT');
    }
    await wait(POLL_MS);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
