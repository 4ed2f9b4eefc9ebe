import { insertBackfill } from '../../db/queries/backfills.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';
import type { BackfillView } from './backfill-view.ts';
import { countWhatLeaves } from './preview-undo.ts';
import { readBackfill } from './read-backfills.ts';

/** Opens a backfill. Meetings come with `PUT /meetings/{id}?backfill=` and wait until it is started. */
export async function createBackfill({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { name: string };
}): Promise<BackfillView> {
  const id = ctx.newId();
  const row = { id, kind: 'import' as const, name: input.name, undoesSince: null, simulation: null };
  await insertBackfill(ctx.db, ctx.organizationId, { ...row, createdBy: actorName(ctx.actor), createdAt: ctx.now() });
  return readBackfill({ ctx, input: { id } });
}

/**
 * Prepares to take everything out of Zoho that was brought there since a time: counts it and starts nothing. Meetings that were in Zoho
 * before that time stay, with what was changed of them since. Throws `invalid_input` for a time to come and `conflict` when there is nothing.
 */
export async function prepareUndo({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { since: Date };
}): Promise<BackfillView> {
  const { since } = input;
  const now = ctx.now();
  if (since > now) throw new AppError('invalid_input', 'Give a time that is past: nothing was written after it yet.');
  const preview = await countWhatLeaves(ctx.db, ctx.organizationId, { since });
  if (preview.meetings === 0) {
    throw new AppError('conflict', 'No meeting was brought to Zoho since then. Give an earlier time.');
  }
  const id = ctx.newId();
  await insertBackfill(ctx.db, ctx.organizationId, {
    id,
    kind: 'undo',
    name: `Undo of everything since ${since.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    undoesSince: since,
    createdBy: actorName(ctx.actor),
    createdAt: now,
    simulation: preview,
  });
  return readBackfill({ ctx, input: { id } });
}
