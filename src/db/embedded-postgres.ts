import { rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { AppError } from '../errors.ts';
import { chooseLocation, type ServerLocation } from './embedded/choose-location.ts';
import { copyBinaries, removeOldBinaries } from './embedded/copy-binaries.ts';
import { createCluster } from './embedded/create-cluster.ts';
import { findBinaries } from './embedded/find-binaries.ts';
import { isServerProcess, readPostmasterFile } from './embedded/postmaster-file.ts';
import { findFreePort, runServer, stopServer } from './embedded/run-server.ts';
import { loginAsUser, releaseUse, serverUrl } from './embedded/server-login.ts';

/** How long a folder may stay occupied by something that is neither our server nor goes away. */
const OCCUPIED_LIMIT_MS = 20_000;

export type EmbeddedLog = (message: string) => void;

export type EmbeddedOptions = {
  dataDir: string;
  log: EmbeddedLog;
  /** For tests and demos: no fsync, and `stop` deletes the data. */
  isThrowAway?: boolean;
  /** The server died and could not be started again on its port; without a listener this is logged only. */
  onLost?: (error: Error) => void;
};

export type EmbeddedPostgres = {
  /** The product's database, with superuser and password: a secret. Stays the same when the server has to be started again. */
  readonly url: string;
  /** True if the server ran already: left over from a killed app, or used by another process now. */
  readonly adopted: boolean;
  readonly location: ServerLocation;
  /** Resolves when the server runs (at once, unless it has just died and is being started again). */
  whenRunning(): Promise<void>;
  /**
   * Gives the server back, and stops it unless another process uses it or `leaveRunning` is set. Close your own connections first.
   */
  stop(options?: { leaveRunning?: boolean }): Promise<'stopped' | 'left running'>;
};

type Attached = { pid: number; port: number; use: pg.Client; adopted: boolean };

/**
 * Brings up the PostgreSQL 18 of a data folder and keeps it up: starts it, or joins the one that runs there already, creating folder
 * and database at the first start. Any number of processes may share it; who leaves last stops it.
 * @throws AppError `internal` with what to do if it cannot run here.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const location = await chooseLocation(options.dataDir);
  let attached = await attach(location, options);
  const { port, adopted } = attached;
  let isStopping = false;
  let running = Promise.resolve();

  const keepUp = (): void => {
    attached.use.once('end', () => {
      if (isStopping) return;
      running = restart();
      running.catch((error: Error) => {
        options.log(error.message);
        options.onLost?.(error);
      });
    });
  };
  const restart = async (): Promise<void> => {
    options.log('The database server is gone; starting it again.');
    attached = await attach(location, options, port);
    keepUp();
    options.log('The database server runs again.');
  };
  keepUp();

  return {
    url: await serverUrl(location.pgData, port),
    adopted,
    location,
    whenRunning: () => running,
    async stop({ leaveRunning = false } = {}) {
      isStopping = true;
      await running.catch(() => undefined);
      if (leaveRunning) {
        await attached.use.end().catch(() => undefined);
        return 'left running';
      }
      return leave(location, attached, options.isThrowAway === true);
    },
  };
}

async function attach(location: ServerLocation, options: EmbeddedOptions, wantedPort?: number): Promise<Attached> {
  const deadline = performance.now() + OCCUPIED_LIMIT_MS;
  for (;;) {
    const joined = await joinRunningServer(location, options.log);
    const server = joined ?? (await startServer(location, options, wantedPort));
    if (server !== null && wantedPort !== undefined && server.port !== wantedPort) {
      await server.use.end();
      throw new AppError('internal', 'The database server was started again on another port. Start the app again.');
    }
    if (server !== null) return server;
    if (performance.now() > deadline) throw new AppError('internal', explainOccupied(location, wantedPort));
    await wait(50);
  }
}

function explainOccupied(location: ServerLocation, wantedPort: number | undefined): string {
  return wantedPort === undefined
    ? `${location.pgData} stays occupied by a process that is not its database server. See ${location.pgData}/postmaster.pid and end that process, then start again.`
    : `The database server cannot be started again on its port ${wantedPort}, which another program has taken. Start the app again.`;
}

/** Joins what `postmaster.pid` names, once it is certain that this is the server of our folder; null if there is none. */
async function joinRunningServer(location: ServerLocation, log: EmbeddedLog): Promise<Attached | null> {
  const file = readPostmasterFile(location.pgData);
  if (file === null || !isServerProcess(file.pid, location.pgData)) return null;
  if (file.port === null) return null;
  const server = { pid: file.pid, port: file.port };
  const use = await loginAsUser(location, server, log);
  return use && { ...server, use, adopted: true };
}

/** Null if the attempt has to be repeated: the folder or the port is taken at this moment. */
async function startServer(
  location: ServerLocation,
  options: EmbeddedOptions,
  wantedPort?: number,
): Promise<Attached | null> {
  const isDurable = options.isThrowAway !== true;
  const binaries = await copyBinaries(findBinaries(), location.home);
  await createCluster(location, binaries, isDurable);
  const port = wantedPort ?? (await findFreePort());
  const outcome = await runServer(location, { binaries, port, isDurable });
  if (outcome.kind !== 'started') return null;
  await removeOldBinaries(binaries);
  const use = await loginAsUser(location, outcome, options.log);
  return use && { pid: outcome.pid, port: outcome.port, use, adopted: false };
}

async function leave(
  location: ServerLocation,
  attached: Attached,
  isThrowAway: boolean,
): Promise<'stopped' | 'left running'> {
  // A server that is dead already has nobody left in it.
  const isLast = await releaseUse(attached.use).catch(() => true);
  if (isLast) await stopServer(attached.pid, location.pgData, isThrowAway ? 'immediate' : 'fast');
  await attached.use.end().catch(() => undefined);
  if (isLast && isThrowAway) await removeEmbeddedData(location);
  return isLast ? 'stopped' : 'left running';
}

/** Deletes the data, programs and log of a stopped server, wherever they lie. */
async function removeEmbeddedData(location: ServerLocation): Promise<void> {
  const paths = ['pg18', 'pg18-binaries', 'pg18.log'].map((name) => `${location.home}/${name}`);
  if (location.isElsewhere) paths.push(location.home, `${location.dataDir}/pg18.location`);
  for (const path of paths) await rm(path, { recursive: true, force: true });
}
