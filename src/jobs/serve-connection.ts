import type { LastingLocks } from '../db/lasting-locks.ts';
import { findConnection, parkConnection, setConnectionState } from '../db/queries/connections.ts';
import { listDealsWithUnreadRoles } from '../db/queries/mirror.ts';
import { nextOwedRun, pickOwedMeetings } from '../db/queries/owed-meetings.ts';
import type { FeatureContext } from '../features/context.ts';
import type { CrmGateway } from '../features/crm-gateway.ts';
import { loadMirror } from '../features/mirror/load-mirror.ts';
import { sweepRoles } from '../features/mirror/load-roles.ts';
import { type OpenConnection, openConnection } from '../features/open-connection.ts';
import { publishApart } from './publish-apart.ts';
import { type Interruption, interruptionOf } from './publish-batch.ts';

export type JobLog = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

export type ServeDeps = {
  contextOf(organizationId: string): FeatureContext;
  gateway: CrmGateway;
  /** A session of its own for the lock of each connection: losing it ends the sends. */
  locks: LastingLocks;
  /** Wakes this connection again after so long. */
  wakeAfter(organizationId: string, delayMs: number): Promise<void>;
  log: JobLog;
};

/** Meetings that travel together: their events fill one call. */
const BATCH_SIZE = 10;
/** The longest that one job serves a connection before it lets others have the worker. */
const TURN_MS = 120_000;
const BUSY_RETRY_MS = 1_000;
const CONCURRENCY_PAUSE_MS = 5_000;
const DAILY_LIMIT_PAUSE_MS = 15 * 60_000;

/**
 * Does what one connection owes: finishes its first load, publishes owed meetings (live before history), reads contact roles
 * when nothing else waits. One process serves a connection at a time: the lock is the fence, and losing it stops the sends.
 */
export async function serveConnection(deps: ServeDeps, organizationId: string, stop: AbortSignal): Promise<void> {
  const lock = await deps.locks.tryLock(`connection:${organizationId}`);
  if (lock === null) return deps.wakeAfter(organizationId, BUSY_RETRY_MS);
  try {
    await serveLocked(deps, organizationId, { signal: AbortSignal.any([stop, lock.lost]), fence: lock.lost });
  } finally {
    await lock.release();
  }
}

/** `signal` ends the work between two calls, `fence` also cuts the calls under way. */
type Ends = { signal: AbortSignal; fence: AbortSignal };

async function serveLocked(deps: ServeDeps, organizationId: string, ends: Ends): Promise<void> {
  const ctx = deps.contextOf(organizationId);
  const connection = await findConnection(ctx.db, organizationId);
  if (connection?.state !== 'connected' || connection.provider !== deps.gateway.provider) return;
  if (connection.parkedUntil !== null && connection.parkedUntil > ctx.now()) {
    return deps.wakeAfter(organizationId, connection.parkedUntil.getTime() - ctx.now().getTime());
  }
  let open: OpenConnection | null = null;
  try {
    open = await openConnection(ctx, deps.gateway);
    const interruption = await serveTurn(deps, ctx, open, ends);
    if (interruption !== null) await interrupt(deps, ctx, interruption);
    else if (connection.parkedUntil !== null)
      await parkConnection(ctx.db, organizationId, { until: null, problem: null });
  } catch (error) {
    const interruption = interruptionOf(error);
    if (interruption === null) throw error;
    await interrupt(deps, ctx, interruption);
  } finally {
    await open?.flushCallCounts();
  }
}

async function serveTurn(
  deps: ServeDeps,
  ctx: FeatureContext,
  open: OpenConnection,
  ends: Ends,
): Promise<Interruption | null> {
  const { signal } = ends;
  const endsAt = ctx.now().getTime() + TURN_MS;
  if (open.connection.firstLoad?.state !== 'done') await loadMirror({ ctx, input: { open } });
  for (;;) {
    if (signal.aborted) return null;
    if (ctx.now().getTime() >= endsAt) {
      await deps.wakeAfter(ctx.organizationId, 0);
      return null;
    }
    const meetings = await pickBatch(ctx);
    if (meetings.length > 0) {
      const priority = meetings.some((meeting) => !meeting.isBackfill) ? 'live' : 'history';
      const interruption = await publishApart(ctx, deps, { open, meetings, priority, ...ends });
      await open.flushCallCounts();
      if (interruption !== null) return interruption;
      continue;
    }
    if ((await listDealsWithUnreadRoles(ctx.db, ctx.organizationId, 1)).length === 0) break;
    await sweepUntilOwed(ctx, open, signal);
  }
  const next = await nextOwedRun(ctx.db, ctx.organizationId);
  if (next !== null) await deps.wakeAfter(ctx.organizationId, Math.max(0, next.getTime() - ctx.now().getTime()));
  return null;
}

async function pickBatch(ctx: FeatureContext) {
  return pickOwedMeetings(ctx.db, ctx.organizationId, { at: ctx.now(), limit: BATCH_SIZE });
}

/** Roles are read while no meeting waits: a live meeting goes first, after the calls that are under way. */
async function sweepUntilOwed(ctx: FeatureContext, open: OpenConnection, signal: AbortSignal): Promise<void> {
  let rounds = 0;
  await sweepRoles({ ctx, input: { open, shouldStop: () => signal.aborted || rounds++ > 0 } });
}

async function interrupt(deps: ServeDeps, ctx: FeatureContext, interruption: Interruption): Promise<void> {
  const { organizationId } = ctx;
  if (interruption.kind === 'auth') {
    deps.log.warn({ organizationId }, `The access to Zoho is dead: ${interruption.message}`);
    await setConnectionState(ctx.db, organizationId, { state: 'needs_reauth', problem: interruption.message });
    return;
  }
  const pauseMs =
    interruption.retryAfterMs ?? (interruption.isDailyLimit ? DAILY_LIMIT_PAUSE_MS : CONCURRENCY_PAUSE_MS);
  deps.log.warn({ organizationId, pauseMs }, `Zoho rests: ${interruption.reason}`);
  const until = new Date(ctx.now().getTime() + pauseMs);
  await parkConnection(ctx.db, organizationId, { until, problem: interruption.reason });
  await deps.wakeAfter(organizationId, pauseMs);
}
