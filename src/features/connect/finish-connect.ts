import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { authorizeOrg, type DataCentre } from '../../crm/authorize.ts';
import { findConnection, forgetSandbox, redeemOauthState, saveConnection } from '../../db/queries/connections.ts';
import { oweAllMeetings } from '../../db/queries/owed-meetings.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { hashNonce } from './begin-connect.ts';

export type RedirectQuery = {
  code?: string | undefined;
  state?: string | undefined;
  error?: string | undefined;
  location?: string | undefined;
  'accounts-server'?: string | undefined;
};

const statePayload = z.object({ o: z.string(), u: z.string(), n: z.string() });

/**
 * Ends an authorisation at the redirect. The state is checked before anything else of the query is looked at: signed by us, of
 * this organization and person, used up here. Throws `forbidden`, `invalid_input`, `crm_rejected`, `conflict` (another Zoho org).
 */
export async function finishConnect({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input: { query: RedirectQuery; userId: string };
}): Promise<void> {
  await checkState(ctx, gateway, input);
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
  await saveGrant({ ctx, gateway, input: { centre, code: query.code } });
}

/** Exchanges a code, learns about the org and stores the connection; everything that exists is owed from then on. */
export async function saveGrant({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input: { centre: DataCentre; code: string };
}): Promise<void> {
  const { centre } = input;
  const client = gateway.clientOf(centre);
  const { redirectUri } = gateway;
  const { grant, facts } = await authorizeOrg(gateway.ports, { centre, client, redirectUri, code: input.code });
  const existing = await findConnection(ctx.db, ctx.organizationId);
  const leavesSandbox = existing?.provider === 'sandbox' && gateway.provider === 'zoho';
  if (existing !== null && !leavesSandbox && existing.zohoOrgId !== facts.org.id) {
    throw new AppError(
      'conflict',
      `This organization belongs to the Zoho org “${existing.zohoOrgName}”, and you connected “${facts.org.name}”. Choose “${existing.zohoOrgName}” on Zoho's consent page.`,
    );
  }
  await ctx.db.transaction(async (sql) => {
    if (leavesSandbox) await forgetSandbox(sql, ctx.organizationId, ctx.now());
    await saveConnection(sql, {
      organizationId: ctx.organizationId,
      id: leavesSandbox ? ctx.newId() : (existing?.id ?? ctx.newId()),
      provider: gateway.provider,
      dataCentre: centre.location,
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
      isSafeMode: gateway.provider === 'zoho',
      capabilities: facts.capabilities,
      refreshTokenSealed: gateway.sealer.seal(grant.refreshToken),
      accessTokenSealed: gateway.sealer.seal(grant.accessToken),
      accessTokenExpiresAt: new Date(grant.expiresAt),
    });
    await oweAllMeetings(sql, ctx.organizationId, ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
}

async function checkState(
  ctx: FeatureContext,
  gateway: CrmGateway,
  input: { query: RedirectQuery; userId: string },
): Promise<void> {
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
