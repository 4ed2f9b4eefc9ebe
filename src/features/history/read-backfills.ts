import { type BackfillCounts, countBackfills, listBackfills } from '../../db/queries/backfills.ts';
import { findConnection } from '../../db/queries/connections.ts';
import type { FeatureContext } from '../context.ts';
import { readCreditBudget, timeForCredits } from '../credit-budget.ts';
import { cutPage, readCursor } from '../page-cursor.ts';
import { type BackfillView, type StoredSimulation, toBackfillView } from './backfill-view.ts';
import { readBackfillRow, type StoredBackfill } from './find-backfill.ts';
import { countWhatLeaves, type UndoPreview } from './preview-undo.ts';

const NO_COUNTS: BackfillCounts = {
  meetings: 0,
  left: 0,
  published: 0,
  verified: 0,
  held: 0,
  notPublished: 0,
  failed: 0,
  undone: 0,
  eventsWritten: 0,
  notesWritten: 0,
};

/** One backfill with its simulation and how far it is. Throws `not_found`. */
export async function readBackfill({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { id: string };
}): Promise<BackfillView> {
  const [view] = await present(ctx, [await readBackfillRow(ctx, input.id)]);
  if (view === undefined) throw new Error('A backfill gave no view.');
  return view;
}

/** Backfills and undos, newest first. */
export async function readBackfills({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { cursor?: string | undefined; limit: number };
}): Promise<{ data: BackfillView[]; nextCursor: string | null }> {
  const after = readCursor(input.cursor, ['moment', 'uuid']);
  const rows = await listBackfills<StoredSimulation>(ctx.db, ctx.organizationId, {
    after: after === null ? null : { createdAt: after[0], id: after[1] },
    limit: input.limit + 1,
  });
  const { data, nextCursor } = cutPage(rows, input.limit, (row) => [row.createdAt.toISOString(), row.id]);
  return { data: await present(ctx, data), nextCursor };
}

/** What undoing a backfill would take out of Zoho, and what stays because a person edited it. Throws `not_found`. */
export async function previewBackfillUndo({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { id: string };
}): Promise<UndoPreview> {
  const row = await readBackfillRow(ctx, input.id);
  const scope = row.undoesSince === null ? { backfillId: row.id } : { since: row.undoesSince };
  return countWhatLeaves(ctx.db, ctx.organizationId, scope);
}

async function present(ctx: FeatureContext, rows: StoredBackfill[]): Promise<BackfillView[]> {
  if (rows.length === 0) return [];
  const counts = await countBackfills(
    ctx.db,
    ctx.organizationId,
    rows.map((row) => row.id),
  );
  const hoursFor = await openForecast(ctx);
  return rows.map((row) => toBackfillView(row, counts.get(row.id) ?? NO_COUNTS, { now: ctx.now(), hoursFor }));
}

/** Hours for a number of credits, with what may be spent now; one decimal, up. */
async function openForecast(ctx: FeatureContext): Promise<(credits: number) => number | null> {
  const connection = await findConnection(ctx.db, ctx.organizationId);
  if (connection === null) return () => null;
  const budget = await readCreditBudget(ctx, connection);
  return (credits) => {
    const takesMs = timeForCredits(credits, connection.edition, budget);
    return takesMs === null ? null : Math.ceil((takesMs / HOUR_MS) * 10) / 10;
  };
}

const HOUR_MS = 3_600_000;
