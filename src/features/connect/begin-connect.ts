import { createHash } from 'node:crypto';
import { consentPage } from '../../crm/authorize.ts';
import { CANARY_SCOPES, FIELD_REMOVAL_SCOPES } from '../../crm/scopes.ts';
import { insertOauthState } from '../../db/queries/connections.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';

const STATE_LIFE_MS = 15 * 60_000;
const FURTHER_SCOPES = { canary: CANARY_SCOPES, leaving: FIELD_REMOVAL_SCOPES } as const;

/**
 * Starts an authorisation for the person who asks: the address of Zoho's login and consent page, with a state that is signed,
 * bound to organization and person, good for 15 minutes and for one use. `alsoFor` asks for
 * more: creating and deleting contacts for a canary, deleting fields for leaving. `isSafeMode` lets a new sandbox connection begin as one to a real org does.
 */
export async function beginConnect({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input: { userId: string; alsoFor?: keyof typeof FURTHER_SCOPES; isSafeMode?: boolean };
}): Promise<{ authorizeUrl: string }> {
  const centre = gateway.startCentre();
  const { clientId } = gateway.clientOf(centre);
  const nonce = gateway.randomToken();
  const expiresAt = new Date(ctx.now().getTime() + STATE_LIFE_MS);
  await insertOauthState(ctx.db, {
    organizationId: ctx.organizationId,
    nonceHash: hashNonce(nonce),
    userId: input.userId,
    expiresAt,
  });
  const { alsoFor, isSafeMode = false } = input;
  const facts = { o: ctx.organizationId, u: input.userId, n: nonce, ...(isSafeMode ? { s: true } : {}) };
  const payload = Buffer.from(JSON.stringify(facts)).toString('base64url');
  const state = `${payload}.${gateway.sign(payload)}`;
  const extraScopes = alsoFor === undefined ? [] : FURTHER_SCOPES[alsoFor];
  return { authorizeUrl: consentPage({ centre, clientId, redirectUri: gateway.redirectUri, state, extraScopes }) };
}

/** Only the hash of a nonce is stored. */
export function hashNonce(nonce: string): Buffer {
  return createHash('sha256').update(nonce).digest();
}
