import { checkAlive } from '../../crm/check-rights.ts';
import { listRefused, type Rights } from '../../crm/rights.ts';
import { hasReadProblem, saveProbe } from '../../db/queries/connection-health.ts';
import { moveConnection } from '../../db/queries/connection-state.ts';
import { type ConnectionRow, findConnection } from '../../db/queries/connections.ts';
import { AppError, isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { openConnection } from '../open-connection.ts';
import { raiseAlert } from '../raise-alert.ts';
import { checkConnectionRights, PROBE_EVERY_MS } from './check-rights.ts';

export type Probe =
  | { kind: 'not_due' }
  /** `isChanged`: other rights than at the last check. */
  | { kind: 'alive'; isChanged: boolean }
  | { kind: 'dead'; message: string }
  /** Zoho could not be asked; nothing is known. */
  | { kind: 'unknown'; message: string };

type Row = ConnectionRow<unknown, Rights>;

const UNREACHABLE_RETRY_MS = 5 * 60_000;
const MISSING_SCOPE =
  'Zoho refused a call for want of a scope that the checklist did not miss. Reconnect and accept the whole consent page.';
const HEAL_EVERY_MS = 3_600_000;
const DOUBT_EVERY_MS = 3_600_000;

/**
 * Finds out whether the connection lives. `due`: only when its time has come, and without a call when Zoho answered something
 * lately; `failure`: at once, with all rights, after a refusal. A dead access makes the connection `needs_reauth` and tells the
 * administrators once; an access that lives again goes on by itself and tells them once. Cost: 0 to 10 credits.
 */
export async function probeConnection({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input: { cause: 'due' } | { cause: 'failure'; code: string | null };
}): Promise<Probe> {
  const connection = await findConnection<unknown, Rights>(ctx.db, ctx.organizationId);
  if (connection === null || connection.provider !== gateway.provider) return { kind: 'not_due' };
  if (connection.state === 'disconnected') return { kind: 'not_due' };
  const needsRights = input.cause === 'failure' || (await areRightsInDoubt(ctx, connection));
  if (input.cause === 'due' && !(await isDue(ctx, connection, needsRights))) return { kind: 'not_due' };
  try {
    const open = await openConnection(ctx, gateway, { evenBroken: true });
    const isFull = needsRights || connection.state === 'needs_reauth';
    const { isChanged } = isFull
      ? await checkConnectionRights({ ctx, gateway, input: { open } })
      : await askWhoIAm(ctx, open);
    if (connection.state === 'needs_reauth') await markFound(ctx, connection);
    if (input.cause === 'failure' && input.code === 'OAUTH_SCOPE_MISMATCH' && !isChanged) {
      throw new AppError('needs_reauth', MISSING_SCOPE);
    }
    return { kind: 'alive', isChanged };
  } catch (error) {
    if (isAppError(error, 'needs_reauth')) return markLost(ctx, connection, error);
    if (!isAppError(error)) throw error;
    await saveProbe(ctx.db, ctx.organizationId, {
      connectedAt: connection.connectedAt,
      probedAt: ctx.now(),
      nextProbeAt: new Date(ctx.now().getTime() + UNREACHABLE_RETRY_MS),
      canHeal: connection.canHeal,
    });
    return { kind: 'unknown', message: error.message };
  }
}

/** Never tested for this user, refused in part (they may be back), or a read has met a problem since. */
async function areRightsInDoubt(ctx: FeatureContext, { rights, rightsCheckedAt }: Row): Promise<boolean> {
  if (rightsCheckedAt === null || listRefused(rights).length > 0) return true;
  if (ctx.now().getTime() - rightsCheckedAt.getTime() < DOUBT_EVERY_MS) return false;
  return hasReadProblem(ctx.db, ctx.organizationId);
}

async function isDue(ctx: FeatureContext, connection: Row, needsRights: boolean): Promise<boolean> {
  const { nextProbeAt, parkedUntil, aliveAt, state } = connection;
  const now = ctx.now().getTime();
  if (nextProbeAt === null || nextProbeAt.getTime() > now) return false;
  if (parkedUntil !== null && parkedUntil.getTime() > now) return false;
  const nextByLife = (aliveAt?.getTime() ?? 0) + PROBE_EVERY_MS;
  if (state !== 'connected' || needsRights || nextByLife <= now) return true;
  // Zoho answered something lately: that was the probe.
  const { connectedAt } = connection;
  const next = { connectedAt, probedAt: null, nextProbeAt: new Date(nextByLife), canHeal: false };
  await saveProbe(ctx.db, ctx.organizationId, next);
  return false;
}

async function askWhoIAm(
  ctx: FeatureContext,
  open: Awaited<ReturnType<typeof openConnection>>,
): Promise<{ isChanged: boolean }> {
  await checkAlive(open.transport).finally(() => open.flushCallCounts());
  const nextProbeAt = new Date(ctx.now().getTime() + PROBE_EVERY_MS);
  const { connectedAt } = open.connection;
  await saveProbe(ctx.db, ctx.organizationId, { connectedAt, probedAt: ctx.now(), nextProbeAt, canHeal: false });
  return { isChanged: false };
}

async function markFound(ctx: FeatureContext, { brokenAt }: Row): Promise<void> {
  await ctx.db.transaction(async (sql) => {
    const move = { event: 'access_found' as const, problem: null, at: ctx.now() };
    if ((await moveConnection(sql, ctx.organizationId, move)).kind === 'refused') return;
    const message = 'Zoho CRM accepts the stored access again. What waited is being published now.';
    const onceKey = brokenAt?.toISOString() ?? ctx.now().toISOString();
    await raiseAlert({ ctx, sql, input: { kind: 'connection_restored', message, onceKey } });
    await ctx.wake(sql, ctx.organizationId);
  });
}

/** Codes of a user or an API that was switched off: both may be switched on again without a new consent. */
const MAY_HEAL = ['AUTHENTICATION_FAILURE', 'NO_PERMISSION'];

async function markLost(ctx: FeatureContext, connection: Row, error: AppError): Promise<Probe> {
  const { connectedAt } = connection;
  const canHeal = MAY_HEAL.includes(String(error.detail.code));
  const problem = canHeal
    ? `Zoho refuses ${connection.zohoUserName}: the user was deactivated, or the profile has no API access any more. Switch it on again in Zoho, or reconnect with another user.`
    : error.message;
  await ctx.db.transaction(async (sql) => {
    const at = ctx.now();
    const move = await moveConnection(sql, ctx.organizationId, { event: 'access_lost', problem, at, connectedAt });
    const nextProbeAt = canHeal ? new Date(at.getTime() + HEAL_EVERY_MS) : null;
    await saveProbe(sql, ctx.organizationId, { connectedAt, probedAt: at, nextProbeAt, canHeal });
    if (move.kind === 'refused') return;
    const message = `${problem} Everything that waits is kept and goes out after a reconnection: Settings > Integrations.`;
    await raiseAlert({ ctx, sql, input: { kind: 'connection_broken', message, onceKey: at.toISOString() } });
  });
  return { kind: 'dead', message: problem };
}
