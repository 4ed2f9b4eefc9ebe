import { evaluateMeetings } from '../features/associate/evaluate-meetings.ts';
import { gatherMeetings } from '../features/associate/gather-meetings.ts';
import {
  countLot,
  endFinishedRuns,
  findSimulationTurn,
  nextLot,
  saveTurn,
} from '../features/history/advance-history.ts';
import { LOT_SIZE } from '../features/history/price-lot.ts';
import { planMeetings } from '../features/publish/plan-meetings.ts';
import type { ChoreTurn } from './due-chores.ts';

/** A simulation lets others have the connection after so many lots, which is a second or two; it goes on where it stopped. */
const LOTS_A_TURN = 4;

/**
 * Works out the next part of a simulation that was asked for: exactly what the sender would gather, decide and plan, without saving
 * a plan and without a call to Zoho. Ends the runs of backfills of which nothing is left.
 */
export async function runHistory(turn: ChoreTurn): Promise<void> {
  const { ctx, signal } = turn;
  await endFinishedRuns(ctx);
  const simulation = await findSimulationTurn(ctx);
  if (simulation === null) return;
  for (let lots = 1; ; lots++) {
    const ids = await nextLot(ctx, simulation);
    countLot(simulation, ids, await planLot(turn, ids));
    const isLast = ids.length < LOT_SIZE;
    if (isLast || signal.aborted || lots === LOTS_A_TURN) return saveTurn(ctx, simulation, isLast);
  }
}

async function planLot({ ctx, gateway, open }: ChoreTurn, meetingIds: string[]) {
  if (meetingIds.length === 0) return [];
  const gathered = await gatherMeetings({ ctx, input: { meetingIds } });
  const meetings = evaluateMeetings(gathered);
  const { picture, policy } = gathered;
  return planMeetings({ ctx, gateway, input: { connection: open.connection, meetings, picture, policy } });
}
