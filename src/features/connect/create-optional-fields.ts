import { ensureOptionalFields } from '../../crm/optional-fields.ts';
import type { OptionalField } from '../../crm/own-fields.ts';
import { saveCapabilities } from '../../db/queries/connections.ts';
import { oweAllMeetings } from '../../db/queries/owed-meetings.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { openConnection } from '../open-connection.ts';

/** Finds or creates the wanted fields on Events (Activity Type, AI Score, Recording) and owes every meeting its values. */
export async function createOptionalFields({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input: { keys: OptionalField[] };
}): Promise<void> {
  const { transport, connection, flushCallCounts } = await openConnection(ctx, gateway);
  const names = await ensureOptionalFields(transport, input.keys).finally(() => flushCallCounts());
  await ctx.db.transaction(async (sql) => {
    await saveCapabilities(sql, ctx.organizationId, { ...connection.capabilities, ...names });
    await oweAllMeetings(sql, ctx.organizationId, ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
}
