import { z } from 'zod';
import { revokeAccess } from '../../crm/authorize.ts';
import { toSecret } from '../../crm/sealer.ts';
import {
  type PendingGrant,
  savePendingGrant,
  takeExpiredGrant,
  takePendingGrant,
} from '../../db/queries/pending-grants.ts';
import { AppError, isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { hashNonce } from './begin-connect.ts';
import { type Authorized, saveAuthorized } from './save-authorized.ts';

const DECISION_LIFE_MS = 15 * 60_000;

/** Another Zoho org than the one before was connected: a person says whether it takes its place. */
export type OtherOrg = { kind: 'other_org'; nonce: string; oldOrgName: string; newOrgName: string };

/** Keeps the consent, sealed, for fifteen minutes and one decision of this person. */
export async function keepForDecision(
  ctx: FeatureContext,
  gateway: CrmGateway,
  input: { authorized: Authorized; oldOrgName: string; userId: string },
): Promise<OtherOrg> {
  const { authorized, oldOrgName, userId } = input;
  const nonce = gateway.randomToken();
  const newOrgName = authorized.facts.org.name;
  await savePendingGrant(ctx.db, ctx.organizationId, {
    nonceHash: hashNonce(nonce),
    userId,
    grantSealed: gateway.sealer.seal(toSecret(JSON.stringify(toStored(authorized)))),
    oldOrgName,
    newOrgName,
    expiresAt: new Date(ctx.now().getTime() + DECISION_LIFE_MS),
  });
  return { kind: 'other_org', nonce, oldOrgName, newOrgName };
}

/**
 * Ends the choice. `replace`: the old org's mirror, placements and decisions about its records are forgotten, the ledger stays,
 * every meeting begins anew in the new org (what was written in the old one stays there). `cancel`: the new access is ended.
 * Throws `not_found` when the choice was made already, took too long or belongs to somebody else.
 */
export async function decideReplacement({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input: { nonce: string; decision: 'replace' | 'cancel'; userId: string };
}): Promise<void> {
  const taken = { nonceHash: hashNonce(input.nonce), userId: input.userId, at: ctx.now() };
  const pending = await takePendingGrant(ctx.db, ctx.organizationId, taken);
  if (pending === null) {
    throw new AppError(
      'not_found',
      'This choice was made already, or it took longer than 15 minutes. Nothing was changed; press Connect again.',
    );
  }
  const authorized = open(gateway, pending);
  if (input.decision === 'cancel') return endAccess(gateway, authorized);
  await saveAuthorized(ctx, gateway, { authorized, replaces: true });
}

/** Ends the access of a consent about which nobody decided in time; its tokens are kept no longer than that. */
export async function forgetExpiredGrant({
  ctx,
  gateway,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
}): Promise<void> {
  const expired = await takeExpiredGrant(ctx.db, ctx.organizationId, ctx.now());
  if (expired !== null) await endAccess(gateway, open(gateway, expired));
}

/** When Zoho cannot be reached the access stands there unused: nobody here holds its tokens any more. */
async function endAccess(gateway: CrmGateway, { location, grant }: Authorized): Promise<void> {
  try {
    await revokeAccess(gateway.ports, { centre: gateway.findCentre(location), refreshToken: grant.refreshToken });
  } catch (error) {
    if (!isAppError(error)) throw error;
  }
}

const storedGrant = z.object({
  location: z.string(),
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.number(),
  apiDomain: z.string(),
  scopes: z.array(z.string()),
  facts: z.custom<Authorized['facts']>((facts) => typeof facts === 'object' && facts !== null),
});

function toStored({ location, grant, facts }: Authorized): z.input<typeof storedGrant> {
  const { expiresAt, apiDomain, scopes } = grant;
  const tokens = { accessToken: grant.accessToken.reveal(), refreshToken: grant.refreshToken.reveal() };
  return { location, ...tokens, expiresAt, apiDomain, scopes, facts };
}

function open(gateway: CrmGateway, { grantSealed }: PendingGrant): Authorized {
  const stored = storedGrant.parse(JSON.parse(gateway.sealer.open(grantSealed).reveal()));
  const { location, facts, accessToken, refreshToken, ...rest } = stored;
  const grant = { ...rest, accessToken: toSecret(accessToken), refreshToken: toSecret(refreshToken) };
  return { location, facts, grant };
}
