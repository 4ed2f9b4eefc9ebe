import { revokeAccess } from '../../crm/authorize.ts';
import { findConnection, forgetTokens, readTokens } from '../../db/queries/connections.ts';
import { isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { type OpenConnection, openConnection } from '../open-connection.ts';

/**
 * Ends the access at Zoho and forgets the tokens; everything that was published and learned stays. `sayGoodbye` is called while
 * the access still works (it ends the notification channels); should it not succeed, the channels die with their access. When
 * Zoho cannot be reached the tokens are forgotten all the same, and the answer says that the grant still stands there.
 */
export async function disconnect({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input: { sayGoodbye: (open: OpenConnection) => Promise<unknown> };
}): Promise<{ isRevoked: boolean }> {
  const connection = await findConnection(ctx.db, ctx.organizationId);
  const tokens = await readTokens(ctx.db, ctx.organizationId);
  if (connection === null || tokens?.refreshTokenSealed == null) return { isRevoked: true };
  if (connection.state === 'connected') await quietly(async () => input.sayGoodbye(await openConnection(ctx, gateway)));
  const centre = gateway.findCentre(connection.dataCentre);
  const sealed = tokens.refreshTokenSealed;
  const isRevoked = await quietly(() =>
    revokeAccess(gateway.ports, { centre, refreshToken: gateway.sealer.open(sealed) }),
  );
  await ctx.db.transaction((sql) => forgetTokens(sql, ctx.organizationId, ctx.now()));
  return { isRevoked };
}

/** False when it did not work for a reason that is Zoho's; the disconnection goes on. */
async function quietly(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return false;
  }
}
