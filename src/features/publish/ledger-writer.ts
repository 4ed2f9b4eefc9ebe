import {
  deletePlacements,
  markSending,
  type NewOperation,
  type NewPlacement,
  type OperationOutcome,
  recordOutcomes,
  savePlacements,
} from '../../db/queries/ledger.ts';
import type { FeatureContext } from '../context.ts';

/** What one call left behind. */
export type CallOutcome = {
  rows: OperationOutcome[];
  placed: NewPlacement[];
  removed: Pick<NewOperation, 'meetingId' | 'slot' | 'action'>[];
};

/**
 * Writes the ledger for calls that run side by side: whatever is asked for while a statement runs goes together in the next one. Each
 * caller still waits until its own rows are safe.
 */
export type LedgerWriter = {
  /** Says of these rows that their request is about to leave; returns those that may go. */
  markSending(ids: string[]): Promise<Set<string>>;
  /** Saves what a call left, all or nothing. */
  save(outcome: CallOutcome): Promise<void>;
};

export function openLedgerWriter(ctx: FeatureContext): LedgerWriter {
  return {
    markSending: together((asked: string[][]) => markSending(ctx.db, ctx.organizationId, asked.flat(), ctx.now())),
    save: together((outcomes: CallOutcome[]) => saveTogether(ctx, outcomes)),
  };
}

async function saveTogether(ctx: FeatureContext, outcomes: CallOutcome[]): Promise<void> {
  await ctx.db.transaction(async (sql) => {
    await recordOutcomes(
      sql,
      ctx.organizationId,
      outcomes.flatMap(({ rows }) => rows),
      ctx.now(),
    );
    await savePlacements(
      sql,
      ctx.organizationId,
      outcomes.flatMap(({ placed }) => placed),
      ctx.now(),
    );
    await deletePlacements(
      sql,
      ctx.organizationId,
      outcomes.flatMap(({ removed }) =>
        removed.map(({ meetingId, slot, action }) => ({ meetingId, slot, takesNotes: action === 'delete_event' })),
      ),
    );
  });
}

type Asked<In, Out> = { input: In; resolve: (result: Out) => void; reject: (error: unknown) => void };

/** One run at a time, for all who asked while the last one was under way; when it fails, each is tried alone. */
function together<In, Out>(run: (inputs: In[]) => Promise<Out>): (input: In) => Promise<Out> {
  let asked: Asked<In, Out>[] = [];
  let isRunning = false;
  const work = async () => {
    isRunning = true;
    while (asked.length > 0) {
      const lot = asked;
      asked = [];
      await runLot(run, lot);
    }
    isRunning = false;
  };
  return (input) =>
    new Promise((resolve, reject) => {
      asked.push({ input, resolve, reject });
      // Those who ask in the same breath go together.
      if (!isRunning && asked.length === 1) setImmediate(() => void work());
    });
}

async function runLot<In, Out>(run: (inputs: In[]) => Promise<Out>, lot: Asked<In, Out>[]): Promise<void> {
  try {
    const result = await run(lot.map(({ input }) => input));
    for (const { resolve } of lot) resolve(result);
  } catch (error) {
    if (lot.length === 1) for (const { reject } of lot) reject(error);
    else for (const one of lot) await runLot(run, [one]);
  }
}
