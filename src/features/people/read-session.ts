import { type ConnectionState, findConnection } from '../../db/queries/connections.ts';
import { countNeeds } from '../../db/queries/needs-you.ts';
import { findOrganization } from '../../db/queries/organizations.ts';
import type { FeatureContext } from '../context.ts';

export type SessionFacts = {
  organization: { id: string; name: string };
  connectionState: ConnectionState | 'not_connected';
  needsYou: number;
};

/** What every page shows about the organization. */
export async function readSession({ ctx }: { ctx: FeatureContext }): Promise<SessionFacts> {
  const [organization, connection, needs] = await Promise.all([
    findOrganization(ctx.db, ctx.organizationId),
    findConnection(ctx.db, ctx.organizationId),
    countNeeds(ctx.db, ctx.organizationId),
  ]);
  return {
    organization: { id: ctx.organizationId, name: organization?.name ?? '' },
    connectionState: connection?.state ?? 'not_connected',
    needsYou: needs.reduce((sum, { count }) => sum + count, 0),
  };
}
