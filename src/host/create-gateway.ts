import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { createSealer } from '../crm/sealer.ts';
import type { LastingLocks } from '../db/lasting-locks.ts';
import { isInTransaction } from '../db/open-database.ts';
import { AppError } from '../errors.ts';
import type { CrmGateway } from '../features/crm-gateway.ts';
import type { Outgoing } from '../features/outgoing.ts';
import { type DataCentre, findDataCentre, resolveDataCentre } from '../zoho/data-centres.ts';
import { toSecret } from '../zoho/secret.ts';
import { createOutgoing } from './outgoing.ts';
import type { RunningSandbox } from './sandbox-process.ts';

export const SANDBOX_LOCATION = 'us';
const LOCK_RETRY_MS = 25;

export type GatewayOptions = {
  config: Config;
  /** Null when a real Zoho client is configured. */
  sandbox: (() => RunningSandbox) | null;
  key: Buffer;
  baseUrl: string;
  /** Where notifications can be sent to; null: Zoho cannot reach us. Undefined: this process does not answer there. */
  hooksBaseUrl?: string | null;
  fetch: typeof fetch;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
  locks: LastingLocks;
};

/** Everything about the way to Zoho in one place: the closed table of hosts, or the sandbox's own origin. */
export function createGateway(options: GatewayOptions): CrmGateway {
  const { config, sandbox, baseUrl } = options;
  // While the sandbox serves, it is the only data centre: no call can leave this machine.
  const extra = () => {
    if (sandbox === null) return [];
    const { accounts, api } = sandbox();
    return [{ location: SANDBOX_LOCATION, accounts, api }];
  };
  const sealingKey = deriveKey(options.key, 'seal');
  const signingKey = deriveKey(options.key, 'sign');
  return {
    ports: { fetch: outsideTransactions(options.fetch), now: options.now, sleep: options.sleep },
    provider: config.zohoClient === null ? 'sandbox' : 'zoho',
    startCentre: () => findDataCentre(config.zohoClient?.dataCentre ?? SANDBOX_LOCATION, extra()),
    findCentre: (location) => findDataCentre(location, extra()),
    resolveCentre: (location, accountsServer) => resolveDataCentre(location, accountsServer, extra()),
    clientOf: (centre) => clientOf(config, sandbox, centre),
    redirectUri: redirectUriOf(baseUrl),
    pagesOf: (location) => (sandbox === null ? crmPages(findDataCentre(location)) : sandbox().accounts),
    sealer: createSealer([{ id: 'k1', key: sealingKey }], randomBytes),
    sign: (text) => createHmac('sha256', signingKey).update(text).digest('base64url'),
    randomToken: () => randomBytes(32).toString('base64url'),
    meetingUrl: `${baseUrl}/meetings/`,
    settingsUrl: `${baseUrl}/settings/integrations`,
    outgoing: guardedOutgoing(config),
    hooksUrl: options.hooksBaseUrl == null ? null : `${options.hooksBaseUrl}/hooks/zoho`,
    keepsChannels: options.hooksBaseUrl !== undefined,
    withLock: (name, work) => withLock(options.locks, name, work),
  };
}

/** Where Zoho sends browsers back to; registered with the client. */
export function redirectUriOf(baseUrl: string): string {
  return `${baseUrl}/api/v1/integrations/zoho/callback`;
}

/** One key for one purpose, from the installation's key. */
export function deriveKey(key: Buffer, purpose: string): Buffer {
  return createHmac('sha256', key).update(`salescaling:${purpose}`).digest();
}

function clientOf(config: Config, sandbox: (() => RunningSandbox) | null, centre: DataCentre) {
  if (sandbox !== null) {
    const { clientId, clientSecret } = sandbox();
    return { clientId, clientSecret: toSecret(clientSecret) };
  }
  if (config.zohoClient === null) {
    throw new AppError('not_connected', 'No Zoho client is configured. Set ZOHO_CLIENT_ID and ZOHO_CLIENT_SECRET.');
  }
  const secret = config.zohoSecrets[centre.location] ?? config.zohoClient.secret;
  return { clientId: config.zohoClient.id, clientSecret: toSecret(secret) };
}

/** The CRM's own pages of a data centre: `accounts.zoho.eu` and `crm.zoho.eu` go together. */
function crmPages(centre: DataCentre): string {
  return centre.accounts.replace('//accounts.', '//crm.');
}

/** No network call inside a database transaction: held here, for every call that leaves the house. */
function outsideTransactions(send: typeof fetch): typeof fetch {
  return (input, init) => {
    if (isInTransaction()) throw new AppError('internal', 'A network call was tried inside a database transaction.');
    return send(input, init);
  };
}

/** The same holds for what administrators are told. */
function guardedOutgoing({ alertPrivateHosts, smtp }: Config): Outgoing {
  const outgoing = createOutgoing({ privateHosts: alertPrivateHosts, smtp });
  return {
    ...outgoing,
    postWebhook: async (request) => {
      if (isInTransaction()) throw new AppError('internal', 'A webhook was tried inside a database transaction.');
      return outgoing.postWebhook(request);
    },
  };
}

async function withLock<T>(locks: LastingLocks, name: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const lock = await locks.tryLock(name);
    if (lock === null) {
      await wait(LOCK_RETRY_MS);
      continue;
    }
    try {
      return await work();
    } finally {
      await lock.release();
    }
  }
}
