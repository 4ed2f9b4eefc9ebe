import { findSimulating, listFinished, listStaged, saveBackfill } from '../../db/queries/backfills.ts';
import type { FeatureContext } from '../context.ts';
import type { StoredSimulation } from './backfill-view.ts';
import { lockBackfillRow, type StoredBackfill } from './find-backfill.ts';
import { LOT_SIZE } from './price-lot.ts';
import { addLot, endSimulation, type RunningSimulation, type SimulatedMeeting } from './simulation.ts';

/** A simulation under way: what was counted so far, and behind which meeting it goes on. */
export type SimulationTurn = {
  backfillId: string;
  startedAt: string;
  counted: RunningSimulation;
  afterId: string | null;
};

/** The simulation that is due; null: none is. */
export async function findSimulationTurn(ctx: FeatureContext): Promise<SimulationTurn | null> {
  const row = await findSimulating<RunningSimulation>(ctx.db, ctx.organizationId);
  if (row === null || row.simulation === null) return null;
  const { id: backfillId, simulation: counted, simulatedTo: afterId } = row;
  return { backfillId, startedAt: counted.startedAt, counted, afterId };
}

/** The meetings of the next lot, in the order in which the sender takes them. */
export async function nextLot(ctx: FeatureContext, { backfillId, afterId }: SimulationTurn): Promise<string[]> {
  return listStaged(ctx.db, ctx.organizationId, { backfillId, afterId, limit: LOT_SIZE });
}

/** Counts a lot; the turn is changed, nothing is saved. */
export function countLot(turn: SimulationTurn, ids: readonly string[], planned: readonly SimulatedMeeting[]): void {
  addLot(turn.counted, planned);
  turn.afterId = ids.at(-1) ?? turn.afterId;
}

/** Keeps how far the simulation is, unless it was begun anew or cancelled meanwhile. */
export async function saveTurn(ctx: FeatureContext, turn: SimulationTurn, isLast: boolean): Promise<void> {
  await ctx.db.transaction(async (sql) => {
    const row = await lockBackfillRow(ctx, sql, turn.backfillId);
    const stored = row.simulation as RunningSimulation | null;
    if (row.state !== 'simulating' || stored?.startedAt !== turn.startedAt) return;
    const simulation: StoredSimulation = isLast ? endSimulation(turn.counted, ctx.now()) : turn.counted;
    const state = isLast ? 'ready' : 'simulating';
    await saveBackfill(sql, ctx.organizationId, { ...row, state, simulation, simulatedTo: turn.afterId });
  });
}

/** Ends the runs of which nothing is left to do. */
export async function endFinishedRuns(ctx: FeatureContext): Promise<void> {
  for (const id of await listFinished(ctx.db, ctx.organizationId)) {
    await ctx.db.transaction(async (sql) => {
      const row = await lockBackfillRow(ctx, sql, id);
      const stillOver = await listFinished(sql, ctx.organizationId);
      if (stillOver.includes(id)) await saveBackfill(sql, ctx.organizationId, ended(row, ctx.now()));
    });
  }
}

function ended(row: StoredBackfill, at: Date): StoredBackfill {
  const ran = row.activeSince === null ? 0 : (at.getTime() - row.activeSince.getTime()) / 1000;
  const state = row.state === 'undoing' ? 'undone' : 'done';
  return { ...row, state, finishedAt: at, activeSeconds: row.activeSeconds + ran, activeSince: null };
}
