import type { LastingLocks } from '../db/lasting-locks.ts';
import { findConnection, parkConnection } from '../db/queries/connections.ts';
import { readLimits, saveBackgroundRest, saveThrottle } from '../db/queries/limits.ts';
import { listDealsWithUnreadRoles } from '../db/queries/mirror.ts';
import { nextOwedRun } from '../db/queries/owed-meetings.ts';
import { isAppError } from '../errors.ts';
import { deliverAlerts } from '../features/alerts/deliver-alerts.ts';
import { checkConnectionRights } from '../features/connect/check-rights.ts';
import { probeConnection } from '../features/connect/probe-connection.ts';
import { forgetExpiredGrant } from '../features/connect/replace-org.ts';
import type { FeatureContext } from '../features/context.ts';
import { type CreditBudget, readCreditBudget } from '../features/credit-budget.ts';
import type { CrmGateway } from '../features/crm-gateway.ts';
import { isClosing } from '../features/leave/end-leave.ts';
import { beginBehindLoad, beginPolls } from '../features/mirror/begin-polls.ts';
import { loadMirror } from '../features/mirror/load-mirror.ts';
import { canReadRoles, sweepRoles } from '../features/mirror/load-roles.ts';
import { beginBeat } from '../features/mirror/run-poll.ts';
import { type OpenConnection, openConnection, reloadConnection } from '../features/open-connection.ts';
import { ensurePreflight } from '../features/preflight/refresh-preflight.ts';
import { closeLeave } from './close-leave.ts';
import { areChoresDue, runDueChores } from './due-chores.ts';
import { type Interruption, interruptionOf } from './interruption.ts';
import { afterSuccess, nextRest, type ThrottleState } from './next-rest.ts';
import { publishLanes } from './publish-lanes.ts';

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
  /**
   * Wakes this connection again after so long: `retry` for work that is owed, `beat` for what comes again and again (polls and
   * the like), which never keeps a connection busy.
   */
  wakeAfter(organizationId: string, delayMs: number, why?: 'retry' | 'beat'): Promise<void>;
  log: JobLog;
};

/** The longest that one job serves a connection before it lets others have the worker. */
const TURN_MS = 120_000;
const BUSY_RETRY_MS = 1_000;
/** Zoho refuses a call and accepts the access: something passing, or something that only a person can find out. */
const REFUSED_PAUSE_MS = 60_000;

/**
 * Does what one connection owes: finishes its first load, then the chores that are due (notifications, polls and the like, also
 * between two batches), owed meetings (live before history), contact roles when nothing else waits; then tells what there is to tell. One process serves a connection at a time: the lock is the fence, and losing it stops the sends.
 */
export async function serveConnection(deps: ServeDeps, organizationId: string, stop: AbortSignal): Promise<void> {
  const lock = await deps.locks.tryLock(`connection:${organizationId}`);
  if (lock === null) return deps.wakeAfter(organizationId, BUSY_RETRY_MS);
  try {
    await serveLocked(deps, organizationId, { signal: AbortSignal.any([stop, lock.lost]), fence: lock.lost });
  } finally {
    await lock.release();
    // Last and without the lock: a receiver that hangs holds no meeting up.
    if (!stop.aborted) await deliverAlerts({ ctx: deps.contextOf(organizationId), gateway: deps.gateway });
  }
}

/** `signal` ends the work between two calls, `fence` also cuts the calls under way. */
type Ends = { signal: AbortSignal; fence: AbortSignal };

async function serveLocked(deps: ServeDeps, organizationId: string, ends: Ends): Promise<void> {
  const ctx = deps.contextOf(organizationId);
  const { gateway } = deps;
  await forgetExpiredGrant({ ctx, gateway });
  await closeLeave(ctx, gateway);
  await probeConnection({ ctx, gateway, input: { cause: 'due' } });
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
    else {
      await recover(ctx, open);
      if (connection.parkedUntil !== null) await parkConnection(ctx.db, organizationId, { until: null, problem: null });
    }
  } catch (error) {
    const interruption = interruptionOf(error) ?? refusalOf(error);
    if (interruption === null) throw error;
    await interrupt(deps, ctx, interruption);
  } finally {
    await open?.flushCallCounts();
  }
  await closeLeave(ctx, gateway);
}

async function serveTurn(
  deps: ServeDeps,
  ctx: FeatureContext,
  open: OpenConnection,
  ends: Ends,
): Promise<Interruption | null> {
  const { signal } = ends;
  const endsAt = ctx.now().getTime() + TURN_MS;
  await learnLayouts(ctx, open);
  if (open.connection.firstLoad?.state !== 'done') await loadFirst(ctx, open);
  const turn = { ctx, gateway: deps.gateway, open, signal, log: deps.log };
  let nextChoreAt: Date | null = null;
  const denied = new Set<string>();
  open.limiter.narrow((await readThrottle(ctx))?.share ?? 1);
  const isWithin = async ({ mayWorkInBackground }: CreditBudget): Promise<boolean> => {
    await open.flushCallCounts();
    const now = await readCreditBudget(ctx, open.connection);
    return now.mayPublish && now.mayWorkInBackground === mayWorkInBackground;
  };
  for (;;) {
    if (signal.aborted) return null;
    if (ctx.now().getTime() >= endsAt) {
      await deps.wakeAfter(ctx.organizationId, 0);
      return null;
    }
    const budget = await restByBudget(ctx, open);
    if (!budget.mayPublish) return { kind: 'spent', reason: budget.says ?? '', until: budget.restsUntil ?? ctx.now() };
    const choreTurn = { ...turn, mayWorkInBackground: budget.mayWorkInBackground };
    nextChoreAt = await runDueChores(choreTurn);
    if (await isClosing({ ctx })) return null;
    const { hasWorked, interruption } = await publishLanes(ctx, deps, {
      open,
      denied,
      mayPublishHistory: budget.mayWorkInBackground,
      mayGoOn: async () => ctx.now().getTime() < endsAt && (await isWithin(budget)) && !(await areChoresDue(choreTurn)),
      ...ends,
    });
    await open.flushCallCounts();
    if (interruption?.kind === 'refused') {
      for (const id of interruption.meetingIds) denied.add(id);
      await checkConnectionRights({ ctx, gateway: deps.gateway, input: { open } });
      await reloadConnection(ctx, open);
      continue;
    }
    if (interruption !== null) return interruption;
    if (hasWorked) {
      await recover(ctx, open);
      continue;
    }
    if (!budget.mayWorkInBackground) break;
    if (!canReadRoles(open)) break;
    if ((await listDealsWithUnreadRoles(ctx.db, ctx.organizationId, 1)).length === 0) break;
    await sweepUntilOwed(ctx, open, signal);
  }
  const rest = await readBackgroundRest(ctx);
  const next = await nextOwedRun(ctx.db, ctx.organizationId, rest);
  if (next !== null) await deps.wakeAfter(ctx.organizationId, Math.max(0, next.getTime() - ctx.now().getTime()));
  if (nextChoreAt !== null) {
    await deps.wakeAfter(ctx.organizationId, Math.max(0, nextChoreAt.getTime() - ctx.now().getTime()), 'beat');
  }
  return null;
}

/** What Zoho hides from us must not be asked for, so that is known before anything is loaded. */
async function learnLayouts(ctx: FeatureContext, open: OpenConnection): Promise<void> {
  await open.flushCallCounts();
  if (!(await ensurePreflight({ ctx, input: { open } }))) return;
  await open.flushCallCounts('load');
  await reloadConnection(ctx, open);
}

/** What changes in Zoho while pages are loaded is seen by the first poll. */
async function loadFirst(ctx: FeatureContext, open: OpenConnection): Promise<void> {
  await beginPolls({ ctx, input: { open } });
  await loadMirror({ ctx, input: { open } });
  await beginBehindLoad(ctx);
  await beginBeat(ctx, ctx.db);
}

/** Roles are read while no meeting waits: a live meeting goes first, after the calls that are under way. */
async function sweepUntilOwed(ctx: FeatureContext, open: OpenConnection, signal: AbortSignal): Promise<void> {
  let rounds = 0;
  await sweepRoles({ ctx, input: { open, shouldStop: () => signal.aborted || rounds++ > 0 } });
}

async function interrupt(deps: ServeDeps, ctx: FeatureContext, interruption: Interruption): Promise<void> {
  if (interruption.kind === 'throttled') return restAsZohoSays(deps, ctx, interruption);
  if (interruption.kind === 'spent') return rest(deps, ctx, interruption);
  return lookAgain(deps, ctx, interruption);
}

/** Zoho takes no more for now: the pause grows with each time in a row, and fewer calls at once are tried after it. */
async function restAsZohoSays(
  deps: ServeDeps,
  ctx: FeatureContext,
  { rest: kind, retryAfterMs, reason }: Extract<Interruption, { kind: 'throttled' }>,
): Promise<void> {
  const before = await readThrottle(ctx);
  const { state, pauseMs } = nextRest(before, { kind, retryAfterMs }, ctx.now(), jitterOf(ctx.newId()));
  await saveThrottle(ctx.db, ctx.organizationId, state);
  await rest(deps, ctx, { reason, until: new Date(ctx.now().getTime() + pauseMs) });
}

/** 0–1 from the random beginning of an id. */
function jitterOf(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) / 2 ** 32;
}

async function rest(deps: ServeDeps, ctx: FeatureContext, { reason, until }: { reason: string; until: Date }) {
  const { organizationId } = ctx;
  const pauseMs = Math.max(0, until.getTime() - ctx.now().getTime());
  deps.log.warn({ organizationId, pauseMs }, `Zoho rests: ${reason}`);
  await parkConnection(ctx.db, organizationId, { until, problem: reason });
  await deps.wakeAfter(organizationId, pauseMs);
}

async function readThrottle(ctx: FeatureContext): Promise<ThrottleState | null> {
  return (await readLimits<ThrottleState>(ctx.db, ctx.organizationId, ctx.now()))?.throttle ?? null;
}

/** Zoho took calls again. */
async function recover(ctx: FeatureContext, open: OpenConnection): Promise<void> {
  const before = await readThrottle(ctx);
  if (before === null) return;
  const after = afterSuccess(before);
  open.limiter.narrow(after?.share ?? 1);
  await saveThrottle(ctx.db, ctx.organizationId, after);
}

/** Looks at what may be spent, and remembers for everybody until when work that can wait rests. */
async function restByBudget(ctx: FeatureContext, open: OpenConnection): Promise<CreditBudget> {
  const budget = await readCreditBudget(ctx, open.connection);
  await saveBackgroundRest(ctx.db, ctx.organizationId, budget.restsUntil);
  return budget;
}

async function readBackgroundRest(ctx: FeatureContext): Promise<Date | null> {
  return (await readLimits(ctx.db, ctx.organizationId, ctx.now()))?.backgroundRestsUntil ?? null;
}

/** A read that Zoho refuses for want of a right: what may be done is looked at again. */
function refusalOf(error: unknown): Interruption | null {
  if (!isAppError(error, 'crm_rejected') || error.detail.code !== 'NO_PERMISSION') return null;
  return { kind: 'refused', message: error.message, meetingIds: [] };
}

/** Zoho refused the access: is it dead, or is it one right that is missing? What is left of it goes on. */
async function lookAgain(
  deps: ServeDeps,
  ctx: FeatureContext,
  { kind, message, ...rest }: Exclude<Interruption, { kind: 'throttled' | 'spent' }>,
): Promise<void> {
  const { organizationId } = ctx;
  const code = 'code' in rest ? rest.code : null;
  const probe = await probeConnection({ ctx, gateway: deps.gateway, input: { cause: 'failure', code } });
  deps.log.warn({ organizationId, kind, probe: probe.kind }, `Zoho refused a call: ${message}`);
  if (probe.kind === 'dead' || probe.kind === 'not_due') return;
  if (probe.kind === 'alive' && probe.isChanged) return deps.wakeAfter(organizationId, 0);
  const until = new Date(ctx.now().getTime() + REFUSED_PAUSE_MS);
  await parkConnection(ctx.db, organizationId, { until, problem: message });
  await deps.wakeAfter(organizationId, REFUSED_PAUSE_MS);
}
