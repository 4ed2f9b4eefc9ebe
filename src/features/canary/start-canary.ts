import { CANARY_SCOPES, listMissingScopes } from '../../crm/scopes.ts';
import { findCanaryHost, insertCanary, listCanaryHosts } from '../../db/queries/canary.ts';
import { findConnection } from '../../db/queries/connections.ts';
import type { CanaryCalendars } from '../../domain/canary.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';

/**
 * Begins a trial, or repeats it, with an outside mailbox that the administrator reads. `hostUserId`: whose events they are; null: a
 * colleague of the connected user, or that user where there is none. The answers of the one before count until it is finished.
 * Throws `not_connected`, `invalid_input`, `conflict` with the cure.
 */
export async function startCanary({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { mailbox: string; hostUserId: string | null; calendars: CanaryCalendars };
}): Promise<void> {
  const { organizationId } = ctx;
  const connection = await findConnection(ctx.db, organizationId);
  if (connection?.state !== 'connected') {
    throw new AppError('not_connected', 'Zoho CRM is not connected. Connect it under Settings > Integrations.');
  }
  if (listMissingScopes(connection.scopes, CANARY_SCOPES).length > 0) {
    throw new AppError(
      'conflict',
      'Zoho has not allowed creating and deleting contacts, which the canary needs. Allow it in Zoho first, and start again.',
    );
  }
  const [colleague] = await listCanaryHosts(ctx.db, organizationId, { exceptId: connection.zohoUserId, limit: 1 });
  const hostUserId = input.hostUserId ?? colleague?.id ?? connection.zohoUserId;
  const host = await findCanaryHost(ctx.db, organizationId, hostUserId);
  if (host === null) {
    throw new AppError('invalid_input', 'This user is not active in Zoho. Choose another host.');
  }
  const mailbox = input.mailbox.trim().toLowerCase();
  if (mailbox === host.email?.toLowerCase() || mailbox === connection.zohoUserEmail?.toLowerCase()) {
    throw new AppError('invalid_input', 'Use a mailbox outside of Zoho: users of Zoho are not treated as guests.');
  }
  await ctx.db.transaction(async (sql) => {
    const isNew = await insertCanary(sql, organizationId, {
      id: ctx.newId(),
      mailbox,
      hostUserId,
      hostName: host.name,
      calendars: input.calendars,
      startedBy: actorName(ctx.actor),
      startedAt: ctx.now(),
    });
    if (!isNew) {
      throw new AppError('conflict', 'A canary is under way, or being cleaned up. Cancel it or wait for its end.');
    }
    await ctx.wake(sql, organizationId);
  });
}
