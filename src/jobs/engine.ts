import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { Logger, type Runner, run, runMigrations, type WorkerEvents } from 'graphile-worker';
import type { AdvisoryLock } from '../db/advisory-lock.ts';
import { type LastingLocks, openLastingLocks } from '../db/lasting-locks.ts';
import type { Database } from '../db/open-database.ts';
import type { Sql } from '../db/sql.ts';
import type { CrmGateway } from '../features/crm-gateway.ts';
import { type JobLog, type ServeDeps, serveConnection } from './serve-connection.ts';
import { openServings, type Servings } from './servings.ts';
import { BEAT_KEY, findForgottenConnections } from './wake-what-is-due.ts';

/** The only place that knows the engine. A job is a wake-up and nothing more: what is owed stands in tables. */

export type Engine = { stop(): Promise<void> };

export type EngineDeps = Omit<ServeDeps, 'locks' | 'wakeAfter'> & {
  db: Database;
  databaseUrl: string;
  log: JobLog;
  /** How long one connection may keep a worker from others; it is served on beside them then. */
  slotMs?: number;
};

const SERVE = 'serve-connection';
const WORKERS = 4;
const SWEEP_EVERY_MS = 5_000;
const FAILED_RETRY_MS = 10_000;
const SLOT_MS = 3_000;
const RESTART_MS = 1_000;

/** Creates or updates the engine's own schema. */
export async function migrateEngine(databaseUrl: string, log: JobLog): Promise<void> {
  await runMigrations({ connectionString: databaseUrl, logger: quietLogger(log) });
}

/**
 * Wakes a connection's sender in the caller's transaction. Wake-ups of one connection never run beside each other and collapse
 * into one.
 */
export async function wakeConnection(sql: Sql, organizationId: string): Promise<void> {
  await addJob(sql, organizationId, { key: `serve:${organizationId}`, delayMs: 0 });
}

/** Starts this process's workers and the sweeper that frees the jobs of processes that died. */
export async function startEngine(deps: EngineDeps): Promise<Engine> {
  const stopping = new AbortController();
  const locks = openLastingLocks({ url: deps.databaseUrl, applicationName: 'salescaling connections' });
  // A wake-up for later has a key of its own: it must not push back one that is due now.
  const wakeAfter: ServeDeps['wakeAfter'] = (organizationId, delayMs, why = 'retry') =>
    addJob(deps.db, organizationId, {
      key: delayMs === 0 ? `serve:${organizationId}` : `${why === 'beat' ? BEAT_KEY : 'serve-later:'}${organizationId}`,
      delayMs,
    });
  const workers = openWorkerLocks({ url: deps.databaseUrl, applicationName: 'salescaling workers' });
  const events = new EventEmitter() as WorkerEvents;
  // Jobs are locked in the name of the pool, whichever of its workers runs them.
  events.on('pool:create', ({ workerPool }) => workers.add(workerPool.id));
  const serve = async (organizationId: string) => {
    try {
      await serveConnection({ ...deps, locks, wakeAfter }, organizationId, stopping.signal);
    } catch (error) {
      // The engine would wait longer and longer, and give up in the end; what is owed must never be given up.
      deps.log.error(
        { organizationId, error: String(error) },
        'Serving a connection did not succeed; it is tried again.',
      );
      await wakeAfter(organizationId, FAILED_RETRY_MS);
    }
  };
  const servings = openServings({
    serve,
    slotMs: deps.slotMs ?? SLOT_MS,
    wakeAgain: (organizationId) => wakeAfter(organizationId, 0),
    onError: (error) => deps.log.error({ error: String(error) }, 'A wake-up was lost; what is owed is found again.'),
  });
  const startRunner = () =>
    run({
      connectionString: deps.databaseUrl,
      maxPoolSize: WORKERS + 2,
      concurrency: WORKERS,
      noHandleSignals: true,
      pollInterval: 1_000,
      events,
      logger: quietLogger(deps.log),
      // Otherwise a job that cannot be ended, because the database is away, would end the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      taskList: {
        [SERVE]: (payload) => servings.serve(organizationOf(payload)),
      },
    });
  const runner = await keepRunning({ startRunner, workers, log: deps.log, stop: stopping.signal });
  const sweeper = startSweeper(deps, workers);
  return { stop: () => stopEngine({ stopping, sweeper, runner, servings, sessions: [locks, workers] }) };
}

async function stopEngine(parts: {
  stopping: AbortController;
  sweeper: { stop(): Promise<void> };
  runner: { stop(): Promise<void> };
  servings: Servings;
  sessions: { close(): Promise<void> }[];
}): Promise<void> {
  parts.stopping.abort(new Error('The product is stopping.'));
  await parts.sweeper.stop();
  await parts.runner.stop();
  await parts.servings.ended();
  for (const session of parts.sessions) await session.close();
}

/** Keeps the engine's runner alive: when the database goes away it ends, and another one begins as soon as it is back. */
async function keepRunning(parts: {
  startRunner(): Promise<Runner>;
  workers: WorkerLocks;
  log: JobLog;
  stop: AbortSignal;
}): Promise<{ stop(): Promise<void> }> {
  const begin = async (): Promise<Runner> => {
    const runner = await parts.startRunner();
    await parts.workers.keep();
    return runner;
  };
  let runner: Runner | null = await begin();
  const supervise = async (): Promise<void> => {
    for (;;) {
      await runner?.promise.catch((error: unknown) => {
        parts.log.warn({ error: String(error) }, 'The workers ended; they start again when the database answers.');
      });
      if (parts.stop.aborted) return;
      runner = null;
      // What they had locked belongs to nobody any more.
      await parts.workers.forget();
      await wait(RESTART_MS, undefined, { signal: parts.stop }).catch(() => undefined);
      if (parts.stop.aborted) return;
      runner = await begin().catch(() => null);
    }
  };
  const supervision = supervise();
  return {
    async stop() {
      await runner?.stop().catch(() => undefined);
      await supervision;
    },
  };
}

/**
 * Every process holds a lock named after its pool of workers. Jobs locked by a pool whose lock nobody holds belong to the dead:
 * they are freed at once instead of after the engine's hours. What is owed without a job gets one.
 */
function startSweeper(deps: EngineDeps, workers: WorkerLocks): { stop(): Promise<void> } {
  let isStopped = false;
  let turn: Promise<void> = Promise.resolve();
  const sweep = async () => {
    try {
      await workers.keep();
      await freeJobsOfTheDead(deps.db, workers);
      await wakeWhatIsDue(deps.db, deps.gateway);
    } catch (error) {
      if (!isStopped)
        deps.log.warn({ error: String(error) }, 'Looking for forgotten work did not succeed; it is tried again.');
    }
  };
  const schedule = () => {
    turn = turn.then(sweep);
  };
  schedule();
  const timer = setInterval(schedule, SWEEP_EVERY_MS);
  return {
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await turn;
    },
  };
}

async function freeJobsOfTheDead(db: Database, workers: WorkerLocks): Promise<void> {
  const held = await db.query<{ poolId: string }>(
    `select distinct locked_by as "poolId" from graphile_worker.jobs where locked_by is not null`,
  );
  const dead: string[] = [];
  for (const { poolId } of held) {
    if (await workers.isDead(poolId)) dead.push(poolId);
  }
  if (dead.length > 0) await db.query('select graphile_worker.force_unlock_workers($1::text[])', [dead]);
}

async function wakeWhatIsDue(db: Database, { ports, provider, keepsChannels }: CrmGateway): Promise<void> {
  const forgotten = await findForgottenConnections(db, { at: new Date(ports.now()), provider, keepsChannels });
  for (const organizationId of forgotten) await wakeConnection(db, organizationId);
}

async function addJob(sql: Sql, organizationId: string, job: { key: string; delayMs: number }): Promise<void> {
  await sql.query(
    `select graphile_worker.add_job('${SERVE}', json_build_object('organizationId', $1::text),
       queue_name => 'connection:' || $1::text, job_key => $2, run_at => now() + $3 * interval '1 millisecond')`,
    [organizationId, job.key, job.delayMs],
  );
}

type WorkerLocks = {
  add(poolId: string): void;
  /** Takes the locks of our pools that are not held (any more). */
  keep(): Promise<void>;
  isDead(poolId: string): Promise<boolean>;
  /** Gives the locks of our pools back: they are no more. */
  forget(): Promise<void>;
  close(): Promise<void>;
};

function openWorkerLocks(options: { url: string; applicationName: string }): WorkerLocks {
  const locks: LastingLocks = openLastingLocks(options);
  const own = new Map<string, AdvisoryLock | null>();
  const nameOf = (poolId: string) => `workers:${poolId}`;
  return {
    add: (poolId) => own.set(poolId, null),
    async keep() {
      for (const [poolId, lock] of own) {
        if (lock === null || lock.lost.aborted) own.set(poolId, await locks.tryLock(nameOf(poolId)));
      }
    },
    async isDead(poolId) {
      if (own.has(poolId)) return false;
      const lock = await locks.tryLock(nameOf(poolId));
      await lock?.release();
      return lock !== null;
    },
    async forget() {
      const held = [...own.values()];
      own.clear();
      for (const lock of held) await lock?.release().catch(() => undefined);
    },
    close: () => locks.close(),
  };
}

function organizationOf(payload: unknown): string {
  if (typeof payload === 'object' && payload !== null && 'organizationId' in payload)
    return String(payload.organizationId);
  throw new Error('A wake-up names no organization.');
}

/** The engine's own lines are for us; only its errors are for the log. */
function quietLogger(log: JobLog): Logger {
  return new Logger(() => (level, message, meta) => {
    if (level === 'error') log.error({ ...meta }, message);
  });
}
