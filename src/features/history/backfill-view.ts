import type { BackfillCounts, BackfillRow } from '../../db/queries/backfills.ts';
import type { UndoPreview } from './preview-undo.ts';
import type { RunningSimulation, Simulation } from './simulation.ts';

/** A backfill or an undo as pages and the command line show it. */
export type BackfillView = {
  row: BackfillRow<StoredSimulation>;
  /** Of an import: the last complete simulation. */
  simulation: Simulation | null;
  /** How long the run takes under the day's budget of credits, or what is left of it; null: not known. */
  hours: number | null;
  /** Of an undo: what it takes out, counted when it was asked for. */
  undo: UndoPreview | null;
  progress: Progress;
};

/** Leaving keeps what an undo does, and more. */
export type StoredSimulation = Simulation | RunningSimulation | UndoPreview;

export type Progress = BackfillCounts & {
  /** Meetings of the simulation that are worked out; null: none is under way. */
  simulated: number | null;
  done: number;
  /** Meetings a minute since it runs, without its pauses; null: too early to say. */
  ratePerMinute: number | null;
  secondsLeft: number | null;
  /** Worked out from the ledger: full calls, and reading back. */
  creditsUsed: number;
  creditsNeeded: number;
};

const EARLIEST_RATE_SECONDS = 5;

/** Where it stands, from its row and its counts; `hoursFor` says how long credits take. Pure. */
export function toBackfillView(
  row: BackfillRow<StoredSimulation>,
  counts: BackfillCounts,
  { now, hoursFor }: { now: Date; hoursFor: (credits: number) => number | null },
): BackfillView {
  const stored = row.simulation;
  const undo = row.kind !== 'import' ? (stored as UndoPreview | null) : null;
  const simulated = row.kind === 'import' ? (stored as Simulation | RunningSimulation | null) : null;
  const simulation = simulated?.isDone === true ? simulated : null;
  const isUndoing = row.kind !== 'import' || row.state === 'undoing' || row.resumesAs === 'undoing';
  const isBegun = row.startedAt !== null;
  // Of leaving some were retracted before, and what is over stays over whatever is owed since.
  const isOver = row.kind === 'leave' && row.finishedAt !== null && row.state === 'undone';
  const left = isOver ? 0 : counts.left;
  const isCountedOut = isUndoing && row.kind !== 'leave';
  const done = isBegun ? (isCountedOut ? counts.undone : counts.meetings - left) : 0;
  const seconds =
    row.activeSeconds + (row.activeSince === null ? 0 : (now.getTime() - row.activeSince.getTime()) / 1000);
  const isMoving = row.state === 'running' || row.state === 'undoing';
  const rate = isMoving && seconds >= EARLIEST_RATE_SECONDS && done > 0 ? done / seconds : null;
  const credits = creditsOf(row, counts, { total: undo?.credits.total ?? simulation?.credits.total ?? 0, done });
  return {
    row,
    simulation,
    hours: undo === null && simulation === null ? null : hoursFor(credits.creditsNeeded),
    undo,
    progress: {
      ...counts,
      left,
      simulated: row.state === 'simulating' ? (simulated?.meetings ?? 0) : null,
      done,
      ratePerMinute: rate === null ? null : Math.round(rate * 600) / 10,
      secondsLeft: rate === null ? null : Math.ceil(left / rate),
      ...credits,
    },
  };
}

/** The share of the forecast that the meetings which are done stand for: calls are shared, so nothing else is each one's own. */
function creditsOf(
  { state }: BackfillRow,
  { meetings }: BackfillCounts,
  { total, done }: { total: number; done: number },
): { creditsUsed: number; creditsNeeded: number } {
  const used = meetings === 0 ? 0 : Math.min(total, Math.round((total * done) / meetings));
  const isOver = state === 'done' || state === 'cancelled' || state === 'undone';
  return { creditsUsed: used, creditsNeeded: isOver ? 0 : total - used };
}
