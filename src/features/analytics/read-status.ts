import { type CallKind, sumCallCounts } from '../../db/queries/connections.ts';
import { countStatus } from '../../db/queries/status.ts';
import type { FeatureContext } from '../context.ts';

export type Status = {
  meetings: Record<'waiting' | 'published' | 'held' | 'notPublished' | 'failed' | 'retracted', number>;
  verified: number;
  owed: number;
  rolesStillLoading: number;
  firstLoad: 'none' | 'running' | 'done' | 'failed';
  calls: {
    writeCalls: number;
    writeCredits: number;
    readCalls: number;
    readCredits: number;
    loadCalls: number;
    loadCredits: number;
  };
};

/** Where everything stands: meetings by state, what is owed, and the calls to Zoho since the product began to count. */
export async function readStatus({ ctx }: { ctx: FeatureContext }): Promise<Status> {
  const [counts, calls] = await Promise.all([
    countStatus(ctx.db, ctx.organizationId),
    sumCallCounts(ctx.db, ctx.organizationId, null),
  ]);
  const { verified, owed, rolesStillLoading, firstLoad, ...meetings } = counts;
  const of = (kind: CallKind) => calls.find((sum) => sum.kind === kind) ?? { calls: 0, credits: 0 };
  return {
    meetings,
    verified,
    owed,
    rolesStillLoading,
    firstLoad: firstLoad ?? 'none',
    calls: {
      writeCalls: of('write').calls,
      writeCredits: of('write').credits,
      readCalls: of('read').calls,
      readCredits: of('read').credits,
      loadCalls: of('load').calls,
      loadCredits: of('load').credits,
    },
  };
}
