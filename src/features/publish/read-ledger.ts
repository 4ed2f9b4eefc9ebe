import { listOperations, type OperationRow } from '../../db/queries/ledger.ts';
import type { FeatureContext } from '../context.ts';

/** Rows of a meeting's ledger from a position on, newest plan first, one more than `limit` if there are more. */
export async function readLedger({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { meetingId: string; offset: number; limit: number };
}): Promise<OperationRow[]> {
  return listOperations(ctx.db, ctx.organizationId, input.meetingId, { offset: input.offset, limit: input.limit + 1 });
}
