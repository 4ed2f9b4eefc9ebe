import type { OrgCapabilities } from '../crm/capabilities.ts';
import type { Rights } from '../crm/rights.ts';
import { type CrmSession, openCrmSession, type TokenStore } from '../crm/session.ts';
import { markAlive } from '../db/queries/connection-health.ts';
import {
  addCallCounts,
  type CallKind,
  type ConnectionRow,
  findConnection,
  readTokens,
  saveAccessToken,
} from '../db/queries/connections.ts';
import { saveCreditsLeft } from '../db/queries/limits.ts';
import { AppError } from '../errors.ts';
import type { FeatureContext } from './context.ts';
import type { CrmGateway } from './crm-gateway.ts';

export type Connection = ConnectionRow<OrgCapabilities, Rights>;

/** A connection that can be used, its session, and the counters of what it costs. */
export type OpenConnection = CrmSession & {
  connection: Connection;
  /** Adds the calls since the last time to the figures of this hour. `as` counts them as first load, mirroring or drift check instead of daily work. */
  flushCallCounts(as?: 'load' | 'mirror' | 'drift'): Promise<void>;
};

const HOUR_MS = 3_600_000;

/**
 * Opens the organization's connection. Throws `not_connected` or `needs_reauth`, each with what to do; `evenBroken` opens one
 * whose access was found dead, to see whether it lives again.
 */
export async function openConnection(
  ctx: FeatureContext,
  gateway: CrmGateway,
  options: { evenBroken: boolean } = { evenBroken: false },
): Promise<OpenConnection> {
  const connection = await findConnection<OrgCapabilities, Rights>(ctx.db, ctx.organizationId);
  if (connection === null || connection.state === 'disconnected') {
    throw new AppError('not_connected', 'Zoho CRM is not connected. Connect it under Settings > Integrations.');
  }
  if (connection.provider !== gateway.provider) {
    throw new AppError(
      'not_connected',
      connection.provider === 'zoho'
        ? 'This organization is connected to Zoho, but no Zoho client is configured. Set ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET and start again.'
        : 'This organization was connected to the sandbox. Connect Zoho CRM under Settings > Integrations.',
    );
  }
  if (connection.state === 'needs_reauth' && !options.evenBroken) {
    throw new AppError(
      'needs_reauth',
      'Zoho does not accept the stored access any more. Press Reconnect under Settings > Integrations; nothing that waits is lost.',
    );
  }
  const counted: Record<'read' | 'write', { calls: number; credits: number }> = {
    read: { calls: 0, credits: 0 },
    write: { calls: 0, credits: 0 },
  };
  let isAnswered = false;
  let creditsLeft: number | null = null;
  const centre = gateway.findCentre(connection.dataCentre);
  const session = openCrmSession(
    {
      ...gateway.ports,
      onCall: (report) => {
        counted[report.kind].calls += 1;
        counted[report.kind].credits += report.credits;
        creditsLeft = report.creditsRemaining ?? creditsLeft;
        isAnswered ||= report.outcome !== 'failed';
        gateway.ports.onCall?.(report);
      },
    },
    {
      centre,
      client: gateway.clientOf(centre),
      // The sandbox may come back at another port than the one it was connected at.
      apiDomain: centre.apiOrigins.includes(connection.apiDomain) ? connection.apiDomain : (centre.apiOrigins[0] ?? ''),
      edition: connection.edition,
      tokens: createTokenStore(ctx, gateway),
    },
  );
  return {
    ...session,
    connection,
    async flushCallCounts(as) {
      if (isAnswered) await markAlive(ctx.db, ctx.organizationId, ctx.now());
      isAnswered = false;
      if (creditsLeft !== null) await saveCreditsLeft(ctx.db, ctx.organizationId, creditsLeft, ctx.now());
      creditsLeft = null;
      const counts = (['read', 'write'] as const)
        .map((kind): { kind: CallKind; calls: number; credits: number } => ({ ...counted[kind], kind: as ?? kind }))
        .filter((count) => count.calls > 0);
      counted.read = { calls: 0, credits: 0 };
      counted.write = { calls: 0, credits: 0 };
      if (counts.length === 0) return;
      const hour = new Date(Math.floor(ctx.now().getTime() / HOUR_MS) * HOUR_MS);
      await addCallCounts(ctx.db, ctx.organizationId, hour, mergeKinds(counts));
    },
  };
}

/**
 * The same connection whose calls go before or after those of others, unless they say so themselves: by priority, within one by
 * turn, the lowest first.
 */
export function withPlace(
  open: OpenConnection,
  { priority, turn }: { priority: 'live' | 'history'; turn: number },
): OpenConnection {
  return {
    ...open,
    // Rights may become known while it is used.
    get connection() {
      return open.connection;
    },
    set connection(connection) {
      open.connection = connection;
    },
    transport: { call: (call) => open.transport.call({ turn, ...call, priority: call.priority ?? priority }) },
  };
}

/** Takes over what became known of the connection since it was opened, such as its rights. */
export async function reloadConnection(ctx: FeatureContext, open: OpenConnection): Promise<void> {
  open.connection = (await findConnection<OrgCapabilities, Rights>(ctx.db, ctx.organizationId)) ?? open.connection;
}

/** One row a kind: `load` may come from reads and writes alike, and one statement may not touch a row twice. */
function mergeKinds(counts: { kind: CallKind; calls: number; credits: number }[]): typeof counts {
  const byKind = new Map<CallKind, (typeof counts)[number]>();
  for (const count of counts) {
    const known = byKind.get(count.kind);
    if (known === undefined) byKind.set(count.kind, { ...count });
    else {
      known.calls += count.calls;
      known.credits += count.credits;
    }
  }
  return [...byKind.values()];
}

/** Tokens in the database, sealed. One renewal at a time over all processes, and one for all callers of this process. */
function createTokenStore(ctx: FeatureContext, gateway: CrmGateway): TokenStore {
  let renewal: ReturnType<TokenStore['renew']> | null = null;
  const read = async () => {
    const stored = await readTokens(ctx.db, ctx.organizationId);
    if (stored?.accessTokenSealed == null || stored.accessTokenExpiresAt === null) return null;
    return {
      accessToken: gateway.sealer.open(stored.accessTokenSealed),
      expiresAt: stored.accessTokenExpiresAt.getTime(),
    };
  };
  const renewOnce: TokenStore['renew'] = (refused, refresh) =>
    gateway.withLock(`token:${ctx.organizationId}`, async () => {
      const current = await read();
      const isNewer = current !== null && current.expiresAt > ctx.now().getTime() + HOUR_MS / 12;
      if (isNewer && (refused === null || refused.reveal() !== current.accessToken.reveal())) return current;
      const stored = await readTokens(ctx.db, ctx.organizationId);
      if (stored?.refreshTokenSealed == null) {
        throw new AppError('needs_reauth', 'There is no access to Zoho any more. Connect Zoho CRM again.');
      }
      const grant = await refresh(gateway.sealer.open(stored.refreshTokenSealed));
      const isKept = await saveAccessToken(ctx.db, ctx.organizationId, {
        sealed: gateway.sealer.seal(grant.accessToken),
        expiresAt: new Date(grant.expiresAt),
        refreshTokenSealed: stored.refreshTokenSealed,
      });
      // Somebody reconnected meanwhile: from now on their access is used.
      if (!isKept) return (await read()) ?? grant;
      return { accessToken: grant.accessToken, expiresAt: grant.expiresAt };
    });
  return {
    read,
    renew(refused, refresh) {
      renewal ??= renewOnce(refused, refresh).finally(() => {
        renewal = null;
      });
      return renewal;
    },
  };
}
