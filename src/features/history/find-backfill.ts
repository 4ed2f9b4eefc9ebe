import { type BackfillRow, findBackfill, lockBackfill } from '../../db/queries/backfills.ts';
import type { Sql } from '../../db/sql.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { StoredSimulation } from './backfill-view.ts';

export type StoredBackfill = BackfillRow<StoredSimulation>;

/** Throws `not_found`. */
export async function readBackfillRow(ctx: FeatureContext, id: string): Promise<StoredBackfill> {
  return known(await findBackfill<StoredSimulation>(ctx.db, ctx.organizationId, id), id);
}

/** The same, locked in the caller's transaction. Throws `not_found`. */
export async function lockBackfillRow(ctx: FeatureContext, sql: Sql, id: string): Promise<StoredBackfill> {
  return known(await lockBackfill<StoredSimulation>(sql, ctx.organizationId, id), id);
}

function known(row: StoredBackfill | null, id: string): StoredBackfill {
  if (row === null) throw new AppError('not_found', `There is no backfill ${id}. Look at the list of backfills.`);
  return row;
}
