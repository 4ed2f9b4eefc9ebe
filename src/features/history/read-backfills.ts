import { type BackfillCounts, countBackfills, listBackfills } from '../../db/queries/backfills.ts';
import type { FeatureContext } from '../context.ts';
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
  return rows.map((row) => toBackfillView(row, counts.get(row.id) ?? NO_COUNTS, ctx.now()));
}
