import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { authorizeOrg, type DataCentre } from '../../crm/authorize.ts';
import { findConnection, redeemOauthState } from '../../db/queries/connections.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { hashNonce } from './begin-connect.ts';
import { keepForDecision, type OtherOrg } from './replace-org.ts';
import { isOtherOrg, saveAuthorized } from './save-authorized.ts';

/** What became of a consent. */
export type ConnectOutcome = { kind: 'connected' } | OtherOrg;

export type RedirectQuery = {
  code?: string | undefined;
  state?: string | undefined;
  error?: string | undefined;
  location?: string | undefined;
  'accounts-server'?: string | undefined;
};

const statePayload = z.object({ o: z.string(), u: z.string(), n: z.string(), s: z.boolean().optional() });

/**
 * Ends an authorisation at the redirect. The state is checked before anything else of the query is looked at: signed by us, of
 * this organization and person, used up here. Another Zoho org than before is a choice for the person. Throws `forbidden`,
 * `invalid_input`, `crm_rejected`.
 */
export async function finishConnect({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input: { query: RedirectQuery; userId: string };
}): Promise<ConnectOutcome> {
  const { s: isSafeMode } = await checkState(ctx, gateway, input);
  const { query } = input;
  if (query.error !== undefined) {
    throw new AppError(
      'crm_rejected',
      'The access was not allowed in Zoho. Press Connect again when you want to allow it.',
    );
  }
  if (query.code === undefined) throw startAgain('Zoho sent no code.');
  const centre =
    query.location === undefined || query['accounts-server'] === undefined
      ? gateway.startCentre()
      : gateway.resolveCentre(query.location, query['accounts-server']);
  return saveGrant({
    ctx,
    gateway,
    input: { centre, code: query.code, userId: input.userId, ...(isSafeMode === true ? { isSafeMode } : {}) },
  });
}

/**
 * Exchanges a code, learns about the org and stores the connection. Reconnecting the same Zoho org, by whomever, keeps everything;
 * another one is kept aside until a person (`userId`) has chosen. Without a person it is refused with `conflict`.
 */
export async function saveGrant({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input: { centre: DataCentre; code: string; userId: string | null; isSafeMode?: boolean };
}): Promise<ConnectOutcome> {
  const { centre, code, userId, isSafeMode } = input;
  const request = { centre, client: gateway.clientOf(centre), redirectUri: gateway.redirectUri, code };
  const authorized = { ...(await authorizeOrg(gateway.ports, request)), location: centre.location };
  const existing = await findConnection(ctx.db, ctx.organizationId);
  if (existing === null || !isOtherOrg(existing, gateway, authorized)) {
    await saveAuthorized(ctx, gateway, {
      authorized,
      replaces: false,
      ...(isSafeMode === undefined ? {} : { isSafeMode }),
    });
    return { kind: 'connected' };
  }
  const oldOrgName = existing.zohoOrgName;
  if (userId !== null) return keepForDecision(ctx, gateway, { authorized, oldOrgName, userId });
  throw new AppError(
    'conflict',
    `This organization belongs to the Zoho org “${oldOrgName}”, and you connected “${authorized.facts.org.name}”. Choose “${oldOrgName}” on Zoho's consent page.`,
  );
}

async function checkState(
  ctx: FeatureContext,
  gateway: CrmGateway,
  input: { query: RedirectQuery; userId: string },
): Promise<z.infer<typeof statePayload>> {
  const [payload = '', signature = ''] = (input.query.state ?? '').split('.');
  if (!isEqual(signature, gateway.sign(payload))) throw foreignState();
  const state = statePayload.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!state.success || state.data.o !== ctx.organizationId || state.data.u !== input.userId) throw foreignState();
  const isFresh = await redeemOauthState(ctx.db, {
    organizationId: ctx.organizationId,
    nonceHash: hashNonce(state.data.n),
    userId: input.userId,
    at: ctx.now(),
  });
  if (!isFresh) throw startAgain('This authorisation was used already, or it took longer than 15 minutes.');
  return state.data;
}

function isEqual(given: string, expected: string): boolean {
  const one = Buffer.from(given);
  const two = Buffer.from(expected);
  return one.length === two.length && timingSafeEqual(one, two);
}

function foreignState(): AppError {
  return new AppError(
    'forbidden',
    'This authorisation was not started by you here, so nothing was connected. Press Connect under Settings > Integrations.',
  );
}

function startAgain(why: string): AppError {
  return new AppError('crm_rejected', `${why} Press Connect again.`);
}
