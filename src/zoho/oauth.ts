import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { checkApiDomain, type DataCentre } from './data-centres.ts';
import { type Secret, toSecret } from './secret.ts';

/** The client registered in Zoho's API console, for one data centre. */
export type OAuthClient = { clientId: string; clientSecret: Secret };

export type OAuthPorts = { fetch: typeof fetch; now: () => number; timeoutMs?: number };

/** A fresh access token. `expiresAt` is ms on the injected clock; `apiDomain` is checked against the data centre. */
export type AccessGrant = { accessToken: Secret; expiresAt: number; apiDomain: string; scopes: string[] };

/** What a code gave: both tokens, or Zoho's reason against it (start the connection again). */
export type CodeExchange =
  | ({ kind: 'granted'; refreshToken: Secret } & AccessGrant)
  | { kind: 'refused'; reason: string; message: string };

const DEFAULT_TIMEOUT_MS = 30_000;
const THROTTLE_MS = 600_000;

/**
 * Zoho's login and consent page. `offline` and `consent` together make sure that every consent yields a refresh token.
 * Source: Zoho Accounts, Web Apps > Authorization.
 */
export function authorizeUrl(request: {
  centre: DataCentre;
  clientId: string;
  redirectUri: string;
  scopes: readonly string[];
  state: string;
}): string {
  const url = new URL('/oauth/v2/auth', request.centre.accounts);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: request.clientId,
    scope: request.scopes.join(','),
    redirect_uri: request.redirectUri,
    access_type: 'offline',
    prompt: 'consent',
    state: request.state,
  }).toString();
  return url.toString();
}

/**
 * Exchanges a code (two minutes, single use) at the data centre that the redirect named. Throws `crm_throttled`,
 * `crm_unavailable`, or `crm_rejected` for a foreign `api_domain`. Source: Zoho Accounts, Web Apps > Access Token.
 */
export async function exchangeCode(
  ports: OAuthPorts,
  request: { centre: DataCentre; client: OAuthClient; redirectUri: string; code: string },
): Promise<CodeExchange> {
  const parameters = { code: request.code, redirect_uri: request.redirectUri };
  const body = await postToken(ports, request.centre, request.client, 'authorization_code', parameters);
  const answer = readTokenAnswer(body);
  if (answer.kind === 'refused') return answer;
  const { refresh_token: refreshToken, api_domain: apiDomain } = answer.token;
  if (refreshToken === undefined || apiDomain === undefined) {
    const message = 'Zoho gave no lasting access. Connect again and accept the whole consent page.';
    return { kind: 'refused', reason: 'no_refresh_token', message };
  }
  return {
    kind: 'granted',
    refreshToken: toSecret(refreshToken),
    ...grantOf(answer.token, checkApiDomain(request.centre, apiDomain), ports.now()),
  };
}

/**
 * A new access token. Zoho does not rotate the refresh token. Throws `needs_reauth` when it is dead (`invalid_code`) or the
 * client is not accepted, `crm_throttled` (`detail.retryAfterMs`) after too many refreshes, `crm_unavailable` otherwise.
 * The caller makes it single-flight: ten tokens in ten minutes are all that Zoho gives.
 */
export async function refreshToken(
  ports: OAuthPorts,
  request: { centre: DataCentre; client: OAuthClient; refreshToken: Secret; apiDomain: string },
): Promise<AccessGrant> {
  const parameters = { refresh_token: request.refreshToken.reveal() };
  const body = await postToken(ports, request.centre, request.client, 'refresh_token', parameters);
  const answer = readTokenAnswer(body);
  if (answer.kind === 'refused') {
    throw new AppError('needs_reauth', `${answer.message} Connect Zoho CRM again; nothing that waits is lost.`, {
      detail: { reason: answer.reason },
    });
  }
  const apiDomain = checkApiDomain(request.centre, answer.token.api_domain ?? request.apiDomain);
  return grantOf(answer.token, apiDomain, ports.now());
}

/** Ends a refresh token at Zoho; `already_gone` if Zoho does not know it (any more). Throws `crm_throttled` or `crm_unavailable`. */
export async function revokeToken(
  ports: OAuthPorts,
  request: { centre: DataCentre; token: Secret },
): Promise<{ kind: 'revoked' } | { kind: 'already_gone' }> {
  const url = new URL('/oauth/v2/token/revoke', request.centre.accounts);
  url.searchParams.set('token', request.token.reveal());
  const signal = AbortSignal.timeout(ports.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const body = await readJson(() => ports.fetch(url, { method: 'POST', redirect: 'manual', signal }));
  if (z.looseObject({ status: z.literal('success') }).safeParse(body).success) return { kind: 'revoked' };
  readTokenError(body);
  return { kind: 'already_gone' };
}

/** Only the keys that we rely on. Source: Zoho Accounts, Web Apps > Access Token. */
const tokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  api_domain: z.string().optional(),
  scope: z.string().optional(),
  expires_in: z.number().positive(),
  expires_in_sec: z.number().positive().optional(),
});
type TokenAnswer = z.infer<typeof tokenAnswer>;

const errorAnswer = z.looseObject({ error: z.string(), error_description: z.string().optional() });

type Refusal = { kind: 'refused'; reason: string; message: string };

const REFUSALS: Record<string, string> = {
  invalid_code: 'Zoho does not accept this authorisation any more (used, expired or revoked).',
  invalid_client:
    'Zoho does not know this client id in this data centre. Check ZOHO_CLIENT_ID and multi-DC in the API console.',
  invalid_client_secret: 'Zoho does not accept the client secret of this data centre. Check ZOHO_CLIENT_SECRET.',
  invalid_redirect_uri: 'The redirect address is not registered for this client. Add it in the API console.',
};

/** The HTTP status is not reliable here: an answer is a success only if it holds an access token. */
function readTokenAnswer(body: unknown): { kind: 'token'; token: TokenAnswer } | Refusal {
  const token = tokenAnswer.safeParse(body);
  return token.success ? { kind: 'token', token: token.data } : readTokenError(body);
}

function readTokenError(body: unknown): Refusal {
  const parsed = errorAnswer.safeParse(body);
  if (!parsed.success) throw unavailable('an answer that is neither a token nor an error');
  const { error, error_description: description } = parsed.data;
  if (/access denied/i.test(error) || /too many requests/i.test(`${error} ${description ?? ''}`)) {
    throw throttled();
  }
  if (/^(general|server)_?error|temporarily_unavailable/i.test(error)) throw unavailable(error);
  return { kind: 'refused', reason: error, message: REFUSALS[error] ?? `Zoho refused the authorisation: ${error}.` };
}

/** The only place where a life becomes a time. Seconds today; older servers sent milliseconds beside `expires_in_sec`. */
function grantOf(token: TokenAnswer, apiDomain: string, nowMs: number): AccessGrant {
  const lifeSeconds = token.expires_in_sec ?? (token.expires_in > 100_000 ? token.expires_in / 1000 : token.expires_in);
  return {
    accessToken: toSecret(token.access_token),
    expiresAt: nowMs + lifeSeconds * 1000,
    apiDomain,
    scopes: (token.scope ?? '').split(/[\s,]+/).filter((scope) => scope !== ''),
  };
}

function postToken(
  ports: OAuthPorts,
  centre: DataCentre,
  client: OAuthClient,
  grantType: string,
  parameters: Record<string, string>,
): Promise<unknown> {
  const server = { issuer: centre.accounts, token_endpoint: `${centre.accounts}/oauth/v2/token` };
  return readJson(() =>
    oauth.genericTokenEndpointRequest(
      server,
      { client_id: client.clientId },
      oauth.ClientSecretPost(client.clientSecret.reveal()),
      grantType,
      parameters,
      {
        [oauth.customFetch]: (url, options) => ports.fetch(url, options),
        // Every Zoho entry of the table is https; only the sandbox on this machine is not.
        [oauth.allowInsecureRequests]: centre.accounts.startsWith('http://'),
        signal: () => AbortSignal.timeout(ports.timeoutMs ?? DEFAULT_TIMEOUT_MS),
      },
    ),
  );
}

async function readJson(request: () => Promise<Response>): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await request();
    text = await response.text();
  } catch (cause) {
    throw unavailable('no answer', cause);
  }
  if (response.status === 429) throw throttled();
  if (response.status >= 500) throw unavailable(`HTTP ${response.status}`);
  try {
    return JSON.parse(text);
  } catch {
    // Without its cause: the parser's message quotes the text, which may hold a token.
    throw unavailable(`HTTP ${response.status} without JSON`);
  }
}

function throttled(): AppError {
  const message =
    'Zoho has refused new tokens for a while because too many were asked for. It goes on by itself in ten minutes.';
  return new AppError('crm_throttled', message, { detail: { retryAfterMs: THROTTLE_MS } });
}

function unavailable(what: string, cause?: unknown): AppError {
  return new AppError(
    'crm_unavailable',
    `Zoho's login server could not be used (${what}). It is tried again by itself.`,
    { cause },
  );
}
