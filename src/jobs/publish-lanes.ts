import { setTimeout as wait } from 'node:timers/promises';
import { type PickedMeeting, pickOwedMeetings } from '../db/queries/owed-meetings.ts';
import type { FeatureContext } from '../features/context.ts';
import { type OpenConnection, withPlace } from '../features/open-connection.ts';
import type { Interruption } from './interruption.ts';
import { publishApart } from './publish-apart.ts';
import type { BatchInput } from './publish-batch.ts';
import type { ServeDeps } from './serve-connection.ts';
import { takeTurns } from './take-turns.ts';

type Lane = BatchInput['priority'];

/**
 * How many meetings travel together, and how many such lots at once. Live ones: their events fill one call. Past ones: their events
 * and notes fill calls, but for the last one of each kind; while the calls of one lot are in flight, others are gathered and planned.
 */
const LANES: Record<Lane, { size: number; lots: number }> = {
  live: { size: 10, lots: 1 },
  history: { size: 200, lots: 4 },
};
/** How often a live meeting is looked for while history is under way. */
const LOOK_MS = 200;
/** History that is still being brought in gets so long to fill its calls. */
const FILLING_MS = 300;
/** So often it is asked whether something else wants the connection to be quiet. */
const ASK_MS = 15_000;

export type LanesInput = Pick<BatchInput, 'denied' | 'signal' | 'fence'> & {
  open: OpenConnection;
  /** False: past meetings rest for now. */
  mayPublishHistory: boolean;
  /** False: polls and the like are due, or others want the worker. */
  mayGoOn(): Promise<boolean>;
};

/** `hasWorked`: more may be owed by now. */
export type LanesResult = { hasWorked: boolean; interruption: Interruption | null };

type Run = {
  ctx: FeatureContext;
  deps: ServeDeps;
  input: LanesInput;
  /** Lots under way, with the meetings in them. */
  lots: Record<Lane, Map<Promise<void>, PickedMeeting[]>>;
  /** How many lots have begun. */
  begun: number;
  filling: { count: number; isOver: boolean } | null;
  hasWorked: boolean;
  interruption: Interruption | null;
  errors: unknown[];
  decideAlone: BatchInput['decideAlone'];
};

/**
 * Publishes what is owed: live meetings by tens, past ones in large lots beside them, no meeting in two lots. Returns when nothing is
 * owed, when something stops the connection, after live meetings that were alone, or when polls and the like are due.
 * Nothing is under way any more then.
 */
export async function publishLanes(ctx: FeatureContext, deps: ServeDeps, input: LanesInput): Promise<LanesResult> {
  const run: Run = {
    ctx,
    deps,
    input,
    lots: { live: new Map(), history: new Map() },
    begun: 0,
    filling: null,
    hasWorked: false,
    interruption: null,
    errors: [],
    decideAlone: takeTurns(),
  };
  await runLanes(run);
  if (run.errors.length > 0) throw run.errors[0];
  return { hasWorked: run.hasWorked, interruption: run.interruption };
}

async function runLanes(run: Run): Promise<void> {
  const { input } = run;
  let isAskDue = false;
  let isOver = false;
  const asking = setInterval(() => {
    isAskDue = true;
  }, ASK_MS);
  try {
    for (;;) {
      if (!isOver && isAskDue) {
        isOver = !(await input.mayGoOn());
        isAskDue = false;
      }
      if (!isOver && mayBegin(run)) await beginLive(run);
      if (!isOver && mayBegin(run) && input.mayPublishHistory) await beginHistory(run);
      else run.filling = null;
      const underWay = [...run.lots.live.keys(), ...run.lots.history.keys()];
      if (underWay.length === 0 && run.filling === null) break;
      const isLiveAlone = run.lots.history.size === 0 && run.filling === null;
      if (isLiveAlone) {
        await Promise.all(underWay);
        break;
      }
      await lookAgain(underWay);
    }
  } finally {
    clearInterval(asking);
  }
}

function mayBegin({ input, interruption, errors }: Run): boolean {
  return !input.signal.aborted && interruption === null && errors.length === 0;
}

async function lookAgain(underWay: Promise<void>[]): Promise<void> {
  const ending = new AbortController();
  const look = wait(LOOK_MS, undefined, { signal: ending.signal }).catch(() => undefined);
  await Promise.race([...underWay, look]);
  ending.abort();
}

async function beginLive(run: Run): Promise<void> {
  if (run.lots.live.size >= LANES.live.lots) return;
  const meetings = await pick(run, 'live');
  if (meetings.length > 0) begin(run, 'live', meetings);
}

/** A lot that is not full goes only when no other is under way and nothing more comes in. */
async function beginHistory(run: Run): Promise<void> {
  while (run.lots.history.size < LANES.history.lots) {
    const meetings = await pick(run, 'history');
    const isFull = meetings.length === LANES.history.size;
    const isWaiting = meetings.length > 0 && !isFull && run.lots.history.size === 0;
    if (isWaiting && isFilling(run, meetings.length)) return;
    run.filling = null;
    if (!isFull && !isWaiting) return;
    begin(run, 'history', meetings);
  }
}

function isFilling(run: Run, count: number): boolean {
  if (run.filling?.count === count) return !run.filling.isOver;
  const filling = { count, isOver: false };
  run.filling = filling;
  setTimeout(() => {
    filling.isOver = true;
  }, FILLING_MS);
  return true;
}

async function pick({ ctx, lots }: Run, lane: Lane): Promise<PickedMeeting[]> {
  const except = [...lots.live.values(), ...lots.history.values()].flat().map(({ id }) => id);
  const isBackfill = lane === 'history';
  return pickOwedMeetings(ctx.db, ctx.organizationId, { at: ctx.now(), limit: LANES[lane].size, isBackfill, except });
}

function begin(run: Run, lane: Lane, meetings: PickedMeeting[]): void {
  run.hasWorked = true;
  const lot: Promise<void> = publishLot(run, lane, meetings).then(() => {
    run.lots[lane].delete(lot);
  });
  run.lots[lane].set(lot, meetings);
}

async function publishLot(run: Run, priority: Lane, meetings: PickedMeeting[]): Promise<void> {
  const { ctx, deps, input, decideAlone } = run;
  const { denied, signal, fence } = input;
  // Whichever began first goes first: lots that share the calls evenly would all end, and then all be planned, at the same time.
  const open = withPlace(input.open, { priority, turn: ++run.begun });
  try {
    const batch = { open, meetings, priority, denied, signal, fence, decideAlone };
    const interruption = await publishApart(ctx, deps, batch);
    run.interruption ??= interruption;
  } catch (error) {
    run.errors.push(error);
  }
}
