import { AppError } from '../errors.ts';
import type { DataCentre } from '../zoho/data-centres.ts';
import { type AccessGrant, authorizeUrl, exchangeCode, type OAuthClient, revokeToken } from '../zoho/oauth.ts';
import type { Secret } from '../zoho/secret.ts';
import { type OrgFacts, readOrgFacts } from './read-org.ts';
import { SCOPES } from './scopes.ts';
import { openCrmSession, type SessionPorts } from './session.ts';

export type { DataCentre, OAuthClient };

/** Zoho's login and consent page with everything that this product asks for, and `extraScopes` besides. */
export function consentPage(request: {
  centre: DataCentre;
  clientId: string;
  redirectUri: string;
  state: string;
  extraScopes?: readonly string[];
}): string {
  const { extraScopes = [], ...rest } = request;
  return authorizeUrl({ ...rest, scopes: [...SCOPES, ...extraScopes] });
}

export type AuthorizedOrg = { grant: AccessGrant & { refreshToken: Secret }; facts: OrgFacts };

/**
 * Exchanges the code of a consent and learns about the org it belongs to: seven calls at most. Throws `crm_rejected` with what
 * to do when Zoho refuses, `crm_throttled` or `crm_unavailable` when it cannot be asked now.
 */
export async function authorizeOrg(
  ports: SessionPorts,
  request: { centre: DataCentre; client: OAuthClient; redirectUri: string; code: string },
): Promise<AuthorizedOrg> {
  const grant = await exchangeCode(ports, request);
  if (grant.kind === 'refused') throw new AppError('crm_rejected', `${grant.message} Press Connect again.`);
  const session = openCrmSession(ports, {
    centre: request.centre,
    client: request.client,
    apiDomain: grant.apiDomain,
    edition: null,
    tokens: {
      read: async () => grant,
      renew: async () => {
        throw new AppError('crm_rejected', 'Zoho refused the access that it had just given. Press Connect again.');
      },
    },
  });
  return { grant, facts: await readOrgFacts(session.transport) };
}

/** Ends an access at Zoho. Throws `crm_throttled` or `crm_unavailable` when Zoho cannot be asked now. */
export async function revokeAccess(
  ports: SessionPorts,
  request: { centre: DataCentre; refreshToken: Secret },
): Promise<void> {
  await revokeToken(ports, { centre: request.centre, token: request.refreshToken });
}
