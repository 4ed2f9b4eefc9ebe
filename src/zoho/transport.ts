import { AppError, isAppError } from '../errors.ts';
import { findError } from './answer-schemas.ts';
import { type CallKind, classifyAnswer, type FailureClass, type ThrottleKind } from './classify-answer.ts';
import { type CallCost, costOf } from './cost.ts';
import type { Limiter, Priority } from './limiter.ts';
import type { Secret } from './secret.ts';

/**
 * One call of the CRM API; `path` is relative to `/crm/v8`, or with `family` to `/crm/bulk/v8`. A body is sent as JSON. `signal`
 * ends waiting and sending.
 */
export type ZohoCall = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | undefined>;
  headers?: Record<string, string | undefined>;
  body?: unknown;
  timeoutMs?: number;
  priority?: Priority;
  /** Within one priority: a lower one goes first. */
  turn?: number;
  signal?: AbortSignal;
  family?: 'bulk';
  /** The body of a success comes as it arrives, a `ReadableStream` of bytes that the caller reads to its end or cancels. */
  asStream?: true;
  /** Writes to Events and Notes are refused without this mark, which only `write-records.ts` sets. */
  via?: 'write-records';
};

/** A call that did not work. `isSent` is false only if it certainly never left; `body` is what came, parsed if it was JSON. */
export type ZohoFailure = {
  kind: 'failed';
  class: FailureClass;
  throttle: ThrottleKind | null;
  retryAfterMs: number | null;
  status: number | null;
  code: string | null;
  message: string;
  details: Record<string, unknown>;
  isSent: boolean;
  body: unknown;
};

/** Absence (`empty`, HTTP 204) and failure are different answers. `not_modified` is HTTP 304. */
export type ZohoAnswer =
  | { kind: 'ok'; status: number; body: unknown; headers: Headers }
  | { kind: 'empty' }
  | { kind: 'not_modified' }
  | ZohoFailure;

/** What is told about every request that was tried. Credits are our estimate; `creditsRemaining` is Zoho's own figure, rarely sent. */
export type CallReport = {
  method: string;
  path: string;
  status: number | null;
  credits: number;
  kind: CallKind;
  ms: number;
  outcome: ZohoAnswer['kind'];
  creditsRemaining: number | null;
};

export type ZohoLog = {
  debug(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
};

export type TransportPorts = {
  fetch: typeof fetch;
  now: () => number;
  /** An origin that `checkApiDomain` has passed. */
  apiDomain: string;
  getAccessToken: () => Promise<Secret>;
  /** Called once a call when Zoho says INVALID_TOKEN, with the refused token; gives a newer one. */
  onUnauthorized: (refused: Secret) => Promise<Secret>;
  limiter: Limiter;
  log?: ZohoLog;
  onCall?: (report: CallReport) => void;
};

export type ZohoTransport = { call(call: ZohoCall): Promise<ZohoAnswer> };

const DEFAULT_TIMEOUT_MS = 30_000;
const CONCURRENCY_PAUSE_MS = 2_000;

/**
 * The only way to the CRM API: fixed host, no redirects, bounded by the limiter, one replay after INVALID_TOKEN (safe for
 * writes too, as nothing was done). Everything expected is returned; only our own mistakes throw.
 */
export function createTransport(ports: TransportPorts): ZohoTransport {
  return { call: (call) => runCall(ports, call) };
}

async function runCall(ports: TransportPorts, call: ZohoCall): Promise<ZohoAnswer> {
  const cost = costOf(call);
  refuseStrayWrite(call, cost);
  try {
    return await ports.limiter.run(
      { units: cost.units, sub: cost.sub },
      { priority: call.priority ?? 'live', turn: call.turn },
      () => sendWithToken(ports, call, cost),
      call.signal,
    );
  } catch (error) {
    // The limiter rejects with the signal's own reason, and only while the call still waits in its queue.
    if (call.signal?.aborted && error === call.signal.reason)
      return notSent('Stopped before the request was sent.', 'ABORTED');
    throw error;
  }
}

async function sendWithToken(ports: TransportPorts, call: ZohoCall, cost: CallCost): Promise<ZohoAnswer> {
  try {
    const token = await ports.getAccessToken();
    const answer = await send(ports, call, cost, token);
    if (answer.kind !== 'failed' || answer.code !== 'INVALID_TOKEN') return answer;
    const newer = await ports.onUnauthorized(token);
    return await send(ports, call, cost, newer);
  } catch (error) {
    return tokenFailure(error);
  }
}

async function send(ports: TransportPorts, call: ZohoCall, cost: CallCost, token: Secret): Promise<ZohoAnswer> {
  const startedMs = ports.now();
  const { answer, headers } = await exchange(ports, call, cost, token);
  const status = answer.kind === 'ok' || answer.kind === 'failed' ? answer.status : answer.kind === 'empty' ? 204 : 304;
  const report: CallReport = {
    method: call.method,
    path: call.path,
    status,
    credits: isCharged(answer) ? cost.credits : 0,
    kind: cost.kind,
    ms: ports.now() - startedMs,
    outcome: answer.kind,
    creditsRemaining: readNumber(headers?.get('x-api-credits-remaining')),
  };
  ports.onCall?.(report);
  if (answer.kind === 'failed')
    ports.log?.warn({ ...report, class: answer.class, code: answer.code }, 'zoho call failed');
  else ports.log?.debug(report, 'zoho call');
  if (answer.kind === 'failed' && answer.throttle !== null && answer.throttle !== 'day') {
    ports.limiter.pause(ports.now() + CONCURRENCY_PAUSE_MS);
  }
  return answer;
}

async function exchange(
  ports: TransportPorts,
  call: ZohoCall,
  cost: CallCost,
  token: Secret,
): Promise<{ answer: ZohoAnswer; headers: Headers | null }> {
  const timeoutMs = call.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const deadline = new AbortController();
  // Built before the try: a mistake of ours in it must not look like a request that may have been done.
  const url = addressOf(ports.apiDomain, call);
  const request = requestOf(call, token, deadline.signal);
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  const stop = (): void => deadline.abort();
  call.signal?.addEventListener('abort', stop, { once: true });
  if (call.signal?.aborted) stop();
  try {
    if (deadline.signal.aborted)
      return { answer: notSent('Stopped before the request was sent.', 'ABORTED'), headers: null };
    const response = await ports.fetch(url, request);
    if (call.asStream && response.status === 200 && response.body !== null) {
      return {
        answer: { kind: 'ok', status: 200, body: response.body, headers: response.headers },
        headers: response.headers,
      };
    }
    const text = await response.text();
    return { answer: decode(response, text, cost.kind), headers: response.headers };
  } catch (error) {
    const why =
      deadline.signal.aborted && !call.signal?.aborted
        ? `Zoho did not answer within ${timeoutMs} ms.`
        : reasonOf(error);
    return { answer: lost(error, why, cost.kind), headers: null };
  } finally {
    clearTimeout(timer);
    call.signal?.removeEventListener('abort', stop);
  }
}

function addressOf(apiDomain: string, call: ZohoCall): URL {
  const root = call.family === 'bulk' ? '/crm/bulk/v8' : '/crm/v8';
  const url = new URL(`${root}${call.path}`, apiDomain);
  for (const [name, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  if (url.origin !== new URL(apiDomain).origin || !url.pathname.startsWith(`${root}/`)) {
    throw new AppError('internal', `The path "${call.path}" leaves the CRM API. Nothing was sent.`, {
      detail: { path: call.path },
    });
  }
  return url;
}

function requestOf(call: ZohoCall, token: Secret, signal: AbortSignal): RequestInit {
  const headers = new Headers();
  for (const [name, value] of Object.entries(call.headers ?? {})) {
    if (value !== undefined) headers.set(name, value);
  }
  headers.set('authorization', `Zoho-oauthtoken ${token.reveal()}`);
  if (call.body === undefined) return { method: call.method, headers, signal, redirect: 'manual' };
  headers.set('content-type', 'application/json');
  return { method: call.method, headers, signal, redirect: 'manual', body: JSON.stringify(call.body) };
}

function decode(response: Response, text: string, kind: CallKind): ZohoAnswer {
  const { status, headers } = response;
  if (status === 204) return { kind: 'empty' };
  if (status === 304) return { kind: 'not_modified' };
  const body = parseJson(text);
  const error = findError(body);
  const isSuccess = status >= 200 && status < 300;
  // Within data[] of a 2xx answer every element has its own outcome; only a top-level error fails the whole call.
  const isWholeError = error !== null && typeof body === 'object' && body !== null && 'code' in body;
  if (isSuccess && body !== undefined && !isWholeError) return { kind: 'ok', status, body, headers };
  const code = error?.code ?? null;
  const message =
    error?.message || `Zoho answered ${status} ${text === '' ? 'without a body' : 'with a body that cannot be read'}.`;
  return {
    kind: 'failed',
    ...classifyAnswer({ status, code, message, kind, isSent: true }),
    retryAfterMs: secondsToMs(readNumber(headers.get('retry-after'))),
    status,
    code,
    message,
    details: error?.details ?? {},
    isSent: true,
    body,
  };
}

/** Connection errors that come before a single byte of the request has left. */
const NEVER_LEFT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function lost(error: unknown, why: string, kind: CallKind): ZohoFailure {
  if (isAppError(error)) throw error;
  const isSent = !NEVER_LEFT.has(causeCode(error) ?? '');
  const verdict = classifyAnswer({ status: null, code: null, message: why, kind, isSent });
  return { ...notSent(why, null), ...verdict, isSent };
}

function notSent(message: string, code: string | null): ZohoFailure {
  return {
    kind: 'failed',
    class: 'transient',
    throttle: null,
    retryAfterMs: null,
    status: null,
    code,
    message,
    details: {},
    isSent: false,
    body: undefined,
  };
}

/** A token that could not be had is an expected alternative: the CRM call was never sent. Everything else is thrown on. */
function tokenFailure(error: unknown): ZohoFailure {
  if (!isAppError(error)) throw error;
  const base = { ...notSent(error.message, error.code.toUpperCase()), details: error.detail };
  if (error.code === 'needs_reauth' || error.code === 'not_connected') return { ...base, class: 'auth' };
  if (error.code === 'crm_unavailable') return base;
  if (error.code !== 'crm_throttled') throw error;
  const retryAfterMs = typeof error.detail.retryAfterMs === 'number' ? error.detail.retryAfterMs : null;
  return { ...base, class: 'throttle', throttle: 'unclear', retryAfterMs };
}

/** Keeps the promise that one file owns every write to meetings and their notes. */
function refuseStrayWrite(call: ZohoCall, cost: CallCost): void {
  if (cost.kind === 'read' || call.via === 'write-records') return;
  if (call.path !== '/__composite_requests' && !/(?:^|\/)(?:events|notes)(?:\/|$)/i.test(call.path)) return;
  throw new AppError('internal', `A write to ${call.path} did not come from write-records. Nothing was sent.`, {
    detail: { method: call.method, path: call.path },
  });
}

/** What may have been charged is counted, lest the day's budget be overrun; a refused token or too many calls cost nothing. */
function isCharged(answer: ZohoAnswer): boolean {
  return answer.kind !== 'failed' || (answer.isSent && answer.class !== 'auth' && answer.class !== 'throttle');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function causeCode(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}

function reasonOf(error: unknown): string {
  return `The connection to Zoho was lost (${causeCode(error) ?? (error instanceof Error ? error.message : 'unknown reason')}).`;
}

function readNumber(text: string | null | undefined): number | null {
  return text === null || text === undefined || !/^\d+$/.test(text) ? null : Number(text);
}

function secondsToMs(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}
