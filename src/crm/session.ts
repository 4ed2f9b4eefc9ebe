import { checkApiDomain, type DataCentre } from '../zoho/data-centres.ts';
import { createLimiter, type Limiter } from '../zoho/limiter.ts';
import { type AccessGrant, type OAuthClient, refreshToken } from '../zoho/oauth.ts';
import type { Secret } from '../zoho/secret.ts';
import { type CallReport, createTransport, type ZohoLog, type ZohoTransport } from '../zoho/transport.ts';
import { findEdition } from './editions.ts';

/**
 * Where a connection's tokens are kept, for all processes. `renew` is single-flight over all of them: it gives the stored
 * token if somebody else has just made a newer one than `refused`, else asks `refresh` once and stores its answer.
 */
export type TokenStore = {
  read(): Promise<{ accessToken: Secret; expiresAt: number } | null>;
  renew(
    refused: Secret | null,
    refresh: (refreshToken: Secret) => Promise<AccessGrant>,
  ): Promise<{ accessToken: Secret; expiresAt: number }>;
};

export type SessionPorts = {
  fetch: typeof fetch;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  log?: ZohoLog;
  onCall?: (report: CallReport) => void;
};

/** An open line to one Zoho org. */
export type CrmSession = { transport: ZohoTransport; limiter: Limiter };

/** Renewed this long before Zoho would refuse it. */
const RENEW_BEFORE_MS = 300_000;

const LEFT_TO_OTHERS = 2;
/** Of an edition that we do not know: as many as the smallest one allows. */
const SAFEST_CONCURRENCY = 5;
const SUB_CONCURRENCY = 8;

/** Opens a session: no call is made before the first one that is asked for. */
export function openCrmSession(
  ports: SessionPorts,
  connection: {
    centre: DataCentre;
    client: OAuthClient;
    apiDomain: string;
    edition: string | null;
    tokens: TokenStore;
  },
): CrmSession {
  const apiDomain = checkApiDomain(connection.centre, connection.apiDomain);
  const limiter = createLimiter({
    concurrency: ourConcurrency(connection.edition),
    subConcurrency: SUB_CONCURRENCY,
    now: ports.now,
    sleep: ports.sleep,
  });
  const refresh = (token: Secret) =>
    refreshToken(
      { fetch: ports.fetch, now: ports.now },
      { centre: connection.centre, client: connection.client, refreshToken: token, apiDomain },
    );
  const transport = createTransport({
    fetch: ports.fetch,
    now: ports.now,
    apiDomain,
    limiter,
    getAccessToken: async () => {
      const stored = await connection.tokens.read();
      if (stored !== null && stored.expiresAt - RENEW_BEFORE_MS > ports.now()) return stored.accessToken;
      return (await connection.tokens.renew(null, refresh)).accessToken;
    },
    onUnauthorized: async (refused) => (await connection.tokens.renew(refused, refresh)).accessToken,
    ...(ports.log === undefined ? {} : { log: ports.log }),
    ...(ports.onCall === undefined ? {} : { onCall: ports.onCall }),
  });
  return { transport, limiter };
}

/** Calls that we may have in flight: the edition's number less two for the customer's other integrations, at least three. */
export function ourConcurrency(edition: string | null): number {
  return Math.max(3, (findEdition(edition)?.concurrency ?? SAFEST_CONCURRENCY) - LEFT_TO_OTHERS);
}
