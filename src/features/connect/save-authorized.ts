import type { AuthorizedOrg } from '../../crm/authorize.ts';
import { type ConnectionRow, findConnection, forgetCrmOrg, saveConnection } from '../../db/queries/connections.ts';
import { oweAllMeetings } from '../../db/queries/owed-meetings.ts';
import { renewPreflight } from '../../db/queries/preflight.ts';
import type { Sql } from '../../db/sql.ts';
import { nextConnectionState } from '../../domain/connection-states.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { raiseAlert } from '../raise-alert.ts';

/** A consent with what was learned about its org, and the data centre that gave it. */
export type Authorized = AuthorizedOrg & { location: string };

/** The connection that a consent would take the place of, if it is one of another Zoho org. */
export function isOtherOrg(existing: ConnectionRow | null, gateway: CrmGateway, { facts }: Authorized): boolean {
  if (existing === null || leavesSandbox(existing, gateway)) return false;
  return existing.zohoOrgId !== facts.org.id;
}

/**
 * Stores the connection of a consent; everything that exists is owed from then on. `replaces`: another org's mirror and placements
 * are forgotten first. `isSafeMode` left out: a real org begins in safe mode, the sandbox does not. While that happens nobody sends: the connection's lock is held.
 */
export async function saveAuthorized(
  ctx: FeatureContext,
  gateway: CrmGateway,
  input: { authorized: Authorized; replaces: boolean; isSafeMode?: boolean },
): Promise<void> {
  const existing = await findConnection(ctx.db, ctx.organizationId);
  const isNew = input.replaces || (existing !== null && leavesSandbox(existing, gateway));
  const save = () =>
    ctx.db.transaction(async (sql) => {
      if (isNew) await forgetOld(ctx, sql, existing);
      await saveRow(ctx, sql, gateway, { ...input, id: isNew ? null : (existing?.id ?? null) });
      if (existing?.state === 'needs_reauth') await tellRestored(ctx, sql, existing);
      await renewPreflight(sql, ctx.organizationId, ctx.now());
      await oweAllMeetings(sql, ctx.organizationId, ctx.now());
      await ctx.wake(sql, ctx.organizationId);
    });
  await (isNew ? gateway.withLock(`connection:${ctx.organizationId}`, save) : save());
}

/** A real org takes the place of the sandbox without a question: what only the sandbox knew is worth nothing then. */
function leavesSandbox(existing: ConnectionRow, gateway: CrmGateway): boolean {
  return existing.provider === 'sandbox' && gateway.provider === 'zoho';
}

async function forgetOld(ctx: FeatureContext, sql: Sql, existing: ConnectionRow | null): Promise<void> {
  if (existing !== null && nextConnectionState(existing.state, 'replaced') === null) {
    throw new AppError('conflict', 'This connection cannot be replaced now. Disconnect it first.');
  }
  await forgetCrmOrg(sql, ctx.organizationId, ctx.now());
}

async function tellRestored(ctx: FeatureContext, sql: Sql, existing: ConnectionRow): Promise<void> {
  const message = `${actorName(ctx.actor)} connected Zoho CRM again. What waited is being published now.`;
  const onceKey = existing.brokenAt?.toISOString() ?? ctx.now().toISOString();
  await raiseAlert({ ctx, sql, input: { kind: 'connection_restored', message, onceKey } });
}

async function saveRow(
  ctx: FeatureContext,
  sql: Sql,
  gateway: CrmGateway,
  { authorized, id, isSafeMode }: { authorized: Authorized; id: string | null; isSafeMode?: boolean },
): Promise<void> {
  const { grant, facts, location } = authorized;
  await saveConnection(sql, {
    organizationId: ctx.organizationId,
    id: id ?? ctx.newId(),
    provider: gateway.provider,
    dataCentre: location,
    environment: facts.environment,
    apiDomain: grant.apiDomain,
    zohoOrgId: facts.org.id,
    zohoOrgName: facts.org.name,
    zohoZgid: facts.org.zgid,
    edition: facts.org.edition,
    timeZone: facts.org.timeZone,
    currency: null,
    zohoUserId: facts.user.id,
    zohoUserName: facts.user.name,
    zohoUserEmail: facts.user.email,
    connectedBy: actorName(ctx.actor),
    connectedAt: ctx.now(),
    scopes: grant.scopes,
    // Whether Zoho mails participants is not documented: a real org starts without them. The sandbox logs every mail.
    isSafeMode: isSafeMode ?? gateway.provider === 'zoho',
    capabilities: facts.capabilities,
    refreshTokenSealed: gateway.sealer.seal(grant.refreshToken),
    accessTokenSealed: gateway.sealer.seal(grant.accessToken),
    accessTokenExpiresAt: new Date(grant.expiresAt),
  });
}
