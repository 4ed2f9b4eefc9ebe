import { removeHintsOfOwnCreations } from '../db/queries/hints.ts';
import { type Duties, readDuties } from '../db/queries/polls.ts';
import { isAppError } from '../errors.ts';
import { advanceCanary } from '../features/canary/advance-canary.ts';
import type { FeatureContext } from '../features/context.ts';
import type { CrmGateway } from '../features/crm-gateway.ts';
import { advanceLeave } from '../features/leave/advance-leave.ts';
import { keepChannels } from '../features/mirror/keep-channels.ts';
import { canReadRoles } from '../features/mirror/load-roles.ts';
import { lookAgainAtDeleted } from '../features/mirror/look-again-at-deleted.ts';
import {
  dailyDueAt,
  hintsDueAt,
  type MirrorBudget,
  notesDueAt,
  readMirrorBudget,
} from '../features/mirror/mirror-beat.ts';
import { pullHints } from '../features/mirror/pull-hints.ts';
import { pullNotes } from '../features/mirror/pull-notes.ts';
import { refreshRoles } from '../features/mirror/refresh-roles.ts';
import { refreshStages } from '../features/mirror/refresh-stages.ts';
import { refreshUsers } from '../features/mirror/refresh-users.ts';
import { runPoll } from '../features/mirror/run-poll.ts';
import type { OpenConnection } from '../features/open-connection.ts';
import { refreshPreflight } from '../features/preflight/refresh-preflight.ts';
import { retryObstacles } from '../features/preflight/retry-obstacles.ts';
import { runDueDrift } from '../features/publish/check-drift.ts';
import { runHistory } from './run-history.ts';
import type { JobLog } from './serve-connection.ts';
import { takeNews } from './take-news.ts';

/** What chores are given: the connection, open, within its lock. */
export type ChoreTurn = {
  ctx: FeatureContext;
  gateway: CrmGateway;
  open: OpenConnection;
  signal: AbortSignal;
  log: JobLog;
  /** False: credits are kept for others, and what can wait rests. */
  mayWorkInBackground: boolean;
};

type Situation = { duties: Duties; budget: MirrorBudget };

/**
 * Work of a connection that has a time of its own, besides owed meetings. `dueAt` gives that time by the product's clock: null
 * means at once, undefined that there is nothing to do.
 */
type Chore = {
  name: string;
  /** Under which kind its calls are counted. */
  counts: 'mirror' | 'drift';
  dueAt(turn: ChoreTurn, situation: Situation): Date | null | undefined;
  run(turn: ChoreTurn, situation: Situation): Promise<unknown>;
};

/** In the order in which they are done when several are due. */
const CHORES: readonly Chore[] = [
  {
    name: 'follow notifications',
    counts: 'mirror',
    // With its credits spent, mirroring goes by the slow poll alone.
    dueAt: (_turn, { duties, budget }) => (budget.isSpent ? undefined : hintsDueAt(duties)),
    run: (turn) => pullHints({ ctx: turn.ctx, input: { open: turn.open, takeNews: takeNews(turn) } }),
  },
  {
    name: 'poll',
    counts: 'mirror',
    dueAt: (_turn, { duties }) => duties.nextPollAt,
    run: (turn, situation) =>
      runPoll({ ctx: turn.ctx, input: { open: turn.open, takeNews: takeNews(turn), ...situation } }),
  },
  {
    name: 'read roles of changed deals',
    counts: 'mirror',
    dueAt: ({ open }, { duties, budget }) =>
      duties.hasStaleRoles && canReadRoles(open) && !budget.isSpent ? null : undefined,
    run: ({ ctx, open, signal }) => refreshRoles({ ctx, input: { open, shouldStop: () => signal.aborted } }),
  },
  {
    name: 'look for changed notes',
    counts: 'mirror',
    dueAt: ({ open }, { duties, budget }) =>
      open.connection.capabilities.canListNotes && !budget.isSpent ? notesDueAt(duties) : undefined,
    run: (turn) => pullNotes({ ctx: turn.ctx, input: { open: turn.open, takeNews: takeNews(turn) } }),
  },
  {
    name: 'read users',
    counts: 'mirror',
    dueAt: (_turn, { duties }) => dailyDueAt(duties.usersReadAt),
    run: ({ ctx, open }) => refreshUsers({ ctx, input: { open } }),
  },
  {
    // Once a day, by the clock of the stages, which are read next and say that the day was served.
    name: 'look again at what was deleted',
    counts: 'mirror',
    dueAt: (_turn, { duties, budget }) => (budget.isSpent ? undefined : dailyDueAt(duties.stagesReadAt)),
    run: ({ ctx, open }) => lookAgainAtDeleted({ ctx, input: { open } }),
  },
  {
    name: 'read stages',
    counts: 'mirror',
    dueAt: (_turn, { duties }) => dailyDueAt(duties.stagesReadAt),
    run: ({ ctx, open }) => refreshStages({ ctx, input: { open } }),
  },
  {
    name: 'go on with the canary',
    counts: 'mirror',
    dueAt: (_turn, { duties }) => duties.nextCanaryAt ?? undefined,
    run: ({ ctx, open }) => advanceCanary({ ctx, input: { open } }),
  },
  {
    name: 'compare the ledger with Zoho',
    counts: 'drift',
    dueAt: ({ mayWorkInBackground }, { duties }) => (mayWorkInBackground ? duties.nextDriftAt : undefined),
    run: ({ ctx, gateway, open }, { duties }) =>
      runDueDrift({ ctx, gateway, input: { open, nextDriftAt: duties.nextDriftAt } }),
  },
  {
    name: 'read layouts',
    counts: 'mirror',
    dueAt: (_turn, { duties }) => duties.nextLayoutsAt ?? undefined,
    run: ({ ctx, open }) => refreshPreflight({ ctx, input: { open } }),
  },
  {
    name: 'try again what was locked or hidden',
    counts: 'mirror',
    dueAt: (_turn, { duties }) => duties.nextRetryAt ?? undefined,
    run: ({ ctx }) => retryObstacles({ ctx }),
  },
  {
    name: 'simulate backfills and end their runs',
    counts: 'mirror',
    dueAt: (_turn, { duties }) => (duties.isHistoryDue ? null : undefined),
    run: runHistory,
  },
  {
    name: 'go on with leaving',
    counts: 'mirror',
    dueAt: (_turn, { duties }) => (duties.isLeaveDue ? null : undefined),
    run: ({ ctx, open }) => advanceLeave({ ctx, input: { open } }),
  },
  {
    name: 'look after the notification channel',
    counts: 'mirror',
    dueAt: ({ gateway }, { duties }) => (gateway.keepsChannels ? duties.nextChannelAt : undefined),
    run: ({ ctx, gateway, open }) => keepChannels({ ctx, gateway, input: { open } }),
  },
];

/** What failed for now is tried again after so long; the other work of the connection goes on. */
const AGAIN_MS = 60_000;

/**
 * Does the chores that are due now, each at most once. A chore that fails holds nothing else up. Gives
 * the time at which a chore is due next; null: none is. Throws what concerns the whole connection (throttled, access dead).
 */
export async function runDueChores(turn: ChoreTurn): Promise<Date | null> {
  const failed = new Set<Chore>();
  let situation = await readSituation(turn);
  for (const chore of CHORES) {
    if (situation === null || turn.signal.aborted) return null;
    if (!isDue(turn, chore, situation)) continue;
    if (!(await tryChore(turn, chore, situation))) failed.add(chore);
    situation = await readSituation(turn);
  }
  return situation === null ? null : findNextTime(turn, situation, failed);
}

/** Is there a chore that waits? None is done. That events of ours were created is no reason to hold publishing up. */
export async function areChoresDue(turn: ChoreTurn): Promise<boolean> {
  await removeHintsOfOwnCreations(turn.ctx.db, turn.ctx.organizationId);
  const situation = await readSituation(turn);
  return situation === null || CHORES.some((chore) => isDue(turn, chore, situation));
}

function isDue(turn: ChoreTurn, chore: Chore, situation: Situation): boolean {
  const dueAt = chore.dueAt(turn, situation);
  return dueAt === null || (dueAt !== undefined && dueAt <= turn.ctx.now());
}

function findNextTime(turn: ChoreTurn, situation: Situation, failed: ReadonlySet<Chore>): Date | null {
  const now = turn.ctx.now().getTime();
  const times = CHORES.flatMap((chore) => {
    const dueAt = chore.dueAt(turn, situation);
    if (dueAt === undefined) return [];
    const at = dueAt?.getTime() ?? now;
    return [failed.has(chore) ? Math.max(at, now + AGAIN_MS) : at];
  });
  return times.length === 0 ? null : new Date(Math.min(...times));
}

async function readSituation({ ctx, open }: ChoreTurn): Promise<Situation | null> {
  const duties = await readDuties(ctx.db, ctx.organizationId, ctx.now());
  return duties === null ? null : { duties, budget: await readMirrorBudget(ctx, open.connection) };
}

/** False: it has to be tried again. */
async function tryChore(turn: ChoreTurn, chore: Chore, situation: Situation): Promise<boolean> {
  const { ctx, open, log } = turn;
  await open.flushCallCounts();
  try {
    await chore.run(turn, situation);
    return true;
  } catch (error) {
    if (isAppError(error) && STOPPING.has(error.code)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    log.error({ organizationId: ctx.organizationId, chore: chore.name }, `It is tried again in a minute: ${message}`);
    return false;
  } finally {
    await open.flushCallCounts(chore.counts);
  }
}

/** Failures that concern the connection as a whole: Zoho is asked nothing more for now. */
const STOPPING: ReadonlySet<string> = new Set(['needs_reauth', 'not_connected', 'crm_throttled']);
