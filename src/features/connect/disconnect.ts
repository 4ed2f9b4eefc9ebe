import { revokeAccess } from '../../crm/authorize.ts';
import { findConnection, forgetTokens, readTokens } from '../../db/queries/connections.ts';
import { isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';

/**
 * Ends the access at Zoho and forgets the tokens; everything that was published and learned stays. When Zoho cannot be
 * reached the tokens are forgotten all the same, and the answer says that the grant still stands there.
 */
export async function disconnect({
  ctx,
  gateway,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
}): Promise<{ isRevoked: boolean }> {
  const connection = await findConnection(ctx.db, ctx.organizationId);
  const tokens = await readTokens(ctx.db, ctx.organizationId);
  if (connection === null || tokens?.refreshTokenSealed == null) return { isRevoked: true };
  const centre = gateway.findCentre(connection.dataCentre);
  let isRevoked = true;
  try {
    await revokeAccess(gateway.ports, { centre, refreshToken: gateway.sealer.open(tokens.refreshTokenSealed) });
  } catch (error) {
    if (!isAppError(error)) throw error;
    isRevoked = false;
  }
  await forgetTokens(ctx.db, ctx.organizationId);
  return { isRevoked };
}
