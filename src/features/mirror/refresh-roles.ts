import { listDealsWithStaleRoles } from '../../db/queries/mirror.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';
import { loadRolesOfDeals } from './load-roles.ts';

/** Deals whose roles are read and saved together: a transaction each, so that progress is kept. */
const DEALS_AT_ONCE = 100;

/**
 * Reads again the contact roles of deals that changed since their roles were read, open ones first: 1 credit per five deals,
 * counted as mirroring. Until then the known roles stand. Meetings of contacts that gained or lost a role are owed an evaluation.
 * Throws what Zoho throws; what was read until then is saved.
 */
export async function refreshRoles({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; shouldStop: () => boolean };
}): Promise<{ isComplete: boolean }> {
  try {
    while (!input.shouldStop()) {
      const dealIds = await listDealsWithStaleRoles(ctx.db, ctx.organizationId, DEALS_AT_ONCE);
      if (dealIds.length === 0) return { isComplete: true };
      await loadRolesOfDeals({ ctx, input: { open: input.open, dealIds, priority: 'live' } });
    }
    return { isComplete: false };
  } finally {
    await input.open.flushCallCounts('mirror');
  }
}
