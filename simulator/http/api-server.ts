import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { revokeToken } from '../accounts/tokens.ts';
import {
  type ApiRequest,
  type Caller,
  guarded,
  identify,
  isLargeWrite,
  limitHeaders,
  refuseOverLimit,
  runCall,
  type Target,
  targetOf,
  weightOf,
} from '../api/handle-api.ts';
import { deliverNotifications } from '../world/deliver-notifications.ts';
import { callFaults, type FaultKind, type FaultRule } from '../world/faults.ts';
import type { LedgerRow } from '../world/ledger.ts';
import type { DataCentre, World } from '../world/world.ts';
import { zohoNow } from '../world/zoho-now.ts';
import {
  authenticationFailure,
  errorBody,
  internalError,
  invalidMethod,
  invalidToken,
  invalidUrl,
  type Reply,
  tooManyAtOnce,
  tooManyRequests,
  tooManyToday,
  ZohoFailure,
} from './failure.ts';
import { readBody } from './read-body.ts';
import { addressOf, headersOf } from './serve.ts';
import { writeReply } from './write-reply.ts';

/** Serves one data centre's API origin. */
export function apiHandler(world: World, dc: DataCentre) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { path, query } = addressOf(request);
    const api: ApiRequest = { method: request.method ?? 'GET', path, query, headers: headersOf(request) };
    const admitted = admit(world, dc, api);
    const leave = () => admitted.leave();
    response.once('close', leave);
    try {
      const body = await readBody(request);
      const reply = await answer(world, api, admitted, body.isTooLarge ? undefined : body.bytes.toString('utf8'));
      world.store.commit();
      deliverNotifications(world);
      leave();
      const struck = admitted.fault?.kind;
      if (struck === 'cut-before' || struck === 'commit-then-cut') request.socket.destroy();
      else {
        response.setHeader('Date', new Date(zohoNow(world)).toUTCString());
        writeReply(response, reply);
      }
    } finally {
      leave();
    }
  };
}

type Admitted = {
  caller?: Caller;
  target?: Target;
  failure?: ZohoFailure;
  refused?: LedgerRow['refused'];
  fault?: FaultRule;
  units: number;
  inFlight: number;
  enterSub(): boolean;
  leave(): void;
};

/** Before the body: who calls, where to, and whether there is room. */
function admit(world: World, dc: DataCentre, api: ApiRequest): Admitted {
  const target = targetOf(api.method, api.path);
  const nothing: Admitted = { units: 0, inFlight: 0, enterSub: () => true, leave: () => {} };
  const moduleName = target?.segments.find((one) => one !== 'bulk') ?? '';
  const fault = world.faults.strike({ method: api.method, path: api.path, module: moduleName }, isCallFault);
  const withFault = fault ? { fault } : {};
  if (!target) return { ...nothing, ...withFault, failure: invalidUrl() };
  try {
    const caller = identify(world, dc, api);
    const weight = weightOf(target);
    const client = String(caller.token.client);
    const flight = world.usage.enter(caller.org.key, client, weight.units, weight.isSub);
    const refusal = refuseOverLimit(world, caller, flight);
    const leavers = [flight.leave];
    return {
      ...withFault,
      caller,
      target,
      ...(refusal ? { failure: refusal.failure, refused: refusal.refused } : {}),
      units: weight.units,
      inFlight: flight.units,
      enterSub() {
        const sub = world.usage.enter(caller.org.key, client, 0, true);
        leavers.push(sub.leave);
        return refuseOverLimit(world, caller, { units: 0, sub: sub.sub }) === undefined;
      },
      leave: () => {
        for (const one of leavers) one();
      },
    };
  } catch (error) {
    if (!(error instanceof ZohoFailure)) throw error;
    return { ...nothing, ...withFault, target, failure: error };
  }
}

async function answer(world: World, api: ApiRequest, admitted: Admitted, bodyText: string | undefined): Promise<Reply> {
  const delayMs = Math.max(world.switches.number('latencyMs'), admitted.fault?.delayMs ?? 0);
  if (delayMs > 0) await wait(delayMs);
  const decided = decide(world, api, admitted, bodyText);
  const { refused } = decided;
  const isVague = decided.reply.status === 429 && !world.switches.isOn('distinct429');
  const reply = isVague ? failureReply(tooManyRequests()) : decided.reply;
  const credits = admitted.caller && !refused && !isUncounted(admitted) ? (reply.credits ?? 1) : 0;
  if (admitted.caller) world.usage.spend(admitted.caller.org.key, credits, world.clock.now());
  world.ledger.add({
    at: new Date(world.clock.now()).toISOString(),
    method: api.method,
    path: api.path,
    ...(api.query.size > 0 ? { query: api.query.toString() } : {}),
    status: reply.status,
    credits,
    units: admitted.units,
    inFlight: admitted.inFlight,
    client: admitted.caller ? String(admitted.caller.token.client) : null,
    ...(admitted.fault ? { fault: admitted.fault.kind } : {}),
    ...(refused ? { refused } : {}),
  });
  const retryAfter = world.switches.number('retryAfterSeconds');
  const wait429: Record<string, string> =
    reply.status === 429 && retryAfter > 0 ? { 'Retry-After': String(retryAfter) } : {};
  if (!admitted.caller || reply.status === 401) return reply;
  return { ...reply, headers: { ...limitHeaders(world, admitted.caller), ...wait429, ...reply.headers } };
}

function decide(
  world: World,
  api: ApiRequest,
  admitted: Admitted,
  bodyText: string | undefined,
): { reply: Reply; refused?: LedgerRow['refused'] } {
  const { caller, target, failure, refused } = admitted;
  const injected = admitted.fault && injectedReply(world, admitted.fault.kind, caller);
  if (injected) return { reply: injected };
  if (failure)
    return { reply: { status: failure.status, body: errorBody(failure.problem) }, ...(refused ? { refused } : {}) };
  if (!caller || !target)
    return {
      reply: guarded(() => {
        throw invalidUrl();
      }),
    };
  if (bodyText === undefined) {
    const problem = {
      code: 'INVALID_DATA',
      message: 'the request body is too large',
      details: { maximum_length: 32 * 1024 * 1024 },
    };
    return { reply: { status: 413, body: errorBody(problem) } };
  }
  if (target.found === 'no-such-method')
    return {
      reply: guarded(() => {
        throw invalidMethod();
      }),
    };
  if (isLargeWrite(api.method, bodyText) && !admitted.enterSub()) {
    return {
      reply: guarded(() => {
        throw tooManyAtOnce();
      }),
      refused: 'sub-concurrency',
    };
  }
  const reply = runCall(world, caller, target, api, bodyText);
  if (admitted.fault?.kind === 'commit-then-500') return { reply: failureReply(internalError()) };
  return { reply };
}

const isCallFault = (kind: FaultKind) => callFaults.includes(kind);

/** Faults after which nothing has been done and nothing is charged. */
function isUncounted(admitted: Admitted): boolean {
  const kind = admitted.fault?.kind;
  return kind !== undefined && !['slow', 'commit-then-cut', 'commit-then-500'].includes(kind);
}

const failureReply = (failure: ZohoFailure): Reply => ({ status: failure.status, body: errorBody(failure.problem) });

/** The answer that a fault puts in place of the real one; undefined for faults that let the call run. */
function injectedReply(world: World, kind: FaultKind, caller: Caller | undefined): Reply | undefined {
  switch (kind) {
    case '401':
      return failureReply(invalidToken());
    case '429-concurrency':
      return failureReply(tooManyAtOnce());
    case '429-day':
      return failureReply(tooManyToday());
    case '500':
      return failureReply(internalError());
    case '502-html':
      return { status: 502, html: '<html><body><h1>502 Bad Gateway</h1></body></html>' };
    case '503':
      return { status: 503 };
    case 'cut-before':
      return { status: 0 };
    case 'token-revoked':
      if (caller) revokeToken(world, String(caller.token.refresh ?? caller.token.id));
      return failureReply(invalidToken());
    case 'user-deactivated':
      if (caller) caller.org.users.put({ ...caller.user, status: 'inactive' });
      return failureReply(authenticationFailure());
    default:
      return undefined;
  }
}
