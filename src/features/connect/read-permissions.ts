import type { Right, Rights } from '../../crm/rights.ts';
import { findConnection } from '../../db/queries/connections.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { probeConnection } from './probe-connection.ts';

/** The checklist as it was gone through last. */
export type Permissions = {
  checkedAt: string | null;
  userName: string | null;
  profileName: string | null;
  lines: Right[];
};

/** The last checklist; no call to Zoho. */
export async function readPermissions({ ctx }: { ctx: FeatureContext }): Promise<Permissions> {
  const connection = await findConnection<unknown, Rights>(ctx.db, ctx.organizationId);
  const rights = connection?.rights ?? null;
  return {
    checkedAt: connection?.rightsCheckedAt?.toISOString() ?? null,
    userName: rights?.userName ?? null,
    profileName: rights?.profileName ?? null,
    lines: rights?.lines ?? [],
  };
}

/**
 * Goes through the checklist now (at most 10 credits). Throws `not_connected`, `needs_reauth` (the access turned out to be dead)
 * or `crm_unavailable`.
 */
export async function checkPermissionsNow({
  ctx,
  gateway,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
}): Promise<Permissions> {
  const probe = await probeConnection({ ctx, gateway, input: { cause: 'failure', code: null } });
  switch (probe.kind) {
    case 'alive':
      return readPermissions({ ctx });
    case 'dead':
      throw new AppError('needs_reauth', probe.message);
    case 'unknown':
      throw new AppError('crm_unavailable', probe.message);
    case 'not_due':
      throw new AppError('not_connected', 'Zoho CRM is not connected. Connect it under Settings > Integrations.');
  }
}
