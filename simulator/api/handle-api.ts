import { splitScopes } from '../accounts/scopes.ts';
import { liveAccess } from '../accounts/tokens.ts';
import {
  authenticationFailure,
  errorBody,
  internalError,
  invalidMethod,
  invalidToken,
  invalidUrl,
  noPermission,
  type Reply,
  tooManyAtOnce,
  tooManyToday,
  ZohoFailure,
} from '../http/failure.ts';
import { isList, isObject } from '../json.ts';
import { subConcurrency } from '../metadata/editions.ts';
import type { Row } from '../store/table.ts';
import { formatDateTime } from '../world/date-times.ts';
import type { Org } from '../world/org.ts';
import { generalPermissions, hasPermission } from '../world/permissions.ts';
import { creditAllowance } from '../world/usage.ts';
import { type DataCentre, orgOf, type World } from '../world/world.ts';
import { zohoNow } from '../world/zoho-now.ts';
import type { Call } from './call.ts';
import { runComposite } from './composite.ts';
import { type Found, findRoute } from './routes.ts';

/** A request to an API origin whose headers have arrived. */
export type ApiRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
};

/** Who calls, as far as the token says. */
export type Caller = { token: Row; org: Org; user: Row };

/** Where a path leads: version and operation. */
export type Target = { version: number; segments: string[]; isComposite: boolean; found: Found };

const compositeUnits = 5;

/** Splits `/crm/v8/…` and `/crm/bulk/v8/…`; undefined for any other path. */
export function targetOf(method: string, path: string): Target | undefined {
  const parts = /^\/crm\/(bulk\/)?v(2|3|4|5|6|7|8)(?:\.\d)?\/(.+?)\/?$/.exec(path);
  if (!parts) return undefined;
  const segments = [...(parts[1] ? ['bulk'] : []), ...(parts[3] ?? '').split('/').map(decodePart)];
  const isComposite = segments.length === 1 && segments[0] === '__composite_requests';
  return {
    version: Number(parts[2]),
    segments,
    isComposite,
    found: isComposite ? undefined : findRoute(method, segments),
  };
}

/** Reads the token. Source: Zoho CRM API v8, Authorization. */
export function identify(world: World, dc: DataCentre, request: ApiRequest): Caller {
  const header = request.headers.authorization;
  if (header === undefined) throw authenticationFailure();
  const [scheme = '', given = ''] = header.trim().split(/\s+/);
  const isBearer = scheme.toLowerCase() === 'bearer';
  if (!isBearer && scheme.toLowerCase() !== 'zoho-oauthtoken') throw authenticationFailure();
  if (isBearer && !world.switches.isOn('bearerScheme')) throw authenticationFailure();
  const token = liveAccess(world, given);
  if (!token || token.dc !== dc.key) throw invalidToken();
  const home = orgOf(world, token);
  const known = home?.users.get(String(token.userId));
  const org = home && namedOrg(world, dc, home, request.headers['x-crm-org']);
  const user = org === home || !org ? known : org.users.find('email', String(known?.email).toLowerCase())[0];
  if (!org || !user) throw invalidToken();
  if (user.status !== 'active') throw authenticationFailure();
  // Source: Zoho CRM API v8, Profiles: without it there is no API at all for that profile.
  if (!hasPermission(org, user, generalPermissions.api)) throw noPermission(generalPermissions.api);
  return { token, org, user };
}

/** The org that `X-CRM-ORG` names, where tokens are not bound to one; undefined for an unknown one. */
function namedOrg(world: World, dc: DataCentre, home: Org, zgid: string | undefined): Org | undefined {
  if (zgid === undefined || world.switches.isOn('tokenBoundToOrg')) return home;
  return [...dc.orgs.values()].find((org) => org.zgid === zgid.trim());
}

/** Weight of a call for the concurrency limits. */
export function weightOf(target: Target): { units: number; isSub: boolean } {
  if (target.isComposite) return { units: compositeUnits, isSub: true };
  const isSub = typeof target.found === 'object' && target.found.route.isSub === true;
  return { units: 1, isSub };
}

/** Refuses a call that comes on top of a full house or a spent day. */
export function refuseOverLimit(
  world: World,
  caller: Caller,
  flight: { units: number; sub: number },
): { failure: ZohoFailure; refused: 'concurrency' | 'sub-concurrency' | 'credits' } | undefined {
  if (flight.units > caller.org.edition.concurrency) return { failure: tooManyAtOnce(), refused: 'concurrency' };
  if (flight.sub > subConcurrency) return { failure: tooManyAtOnce(), refused: 'sub-concurrency' };
  if (remainingCredits(world, caller.org) <= 0) return { failure: tooManyToday(), refused: 'credits' };
  return undefined;
}

/** True for insert, update and upsert of more than ten records, which count against sub-concurrency. */
export function isLargeWrite(method: string, bodyText: string): boolean {
  if (method !== 'POST' && method !== 'PUT') return false;
  if (bodyText.length < 100) return false;
  try {
    const parsed: unknown = JSON.parse(bodyText);
    return isObject(parsed) && isList(parsed.data) && parsed.data.length > 10;
  } catch {
    return false;
  }
}

/** Runs an authenticated call to its reply. Failures become Zoho's error objects; nothing escapes. */
export function runCall(world: World, caller: Caller, target: Target, request: ApiRequest, bodyText: string): Reply {
  const call: Call = {
    world,
    org: caller.org,
    user: caller.user,
    scopes: splitScopes(String(caller.token.scope)),
    client: String(caller.token.client),
    version: target.version,
    method: request.method,
    path: request.path,
    parts: {},
    query: request.query,
    headers: request.headers,
    bodyText,
    now: Math.floor(zohoNow(world) / 1000) * 1000,
    isComposite: false,
  };
  return guarded(() => {
    if (!target.isComposite) return runFound(call, target.found);
    if (request.method !== 'POST') throw invalidMethod();
    return runComposite(call, (sub, path) =>
      guarded(() => {
        const inner = targetOf(sub.method, path);
        if (!inner) throw invalidUrl();
        return runFound(sub, inner.found);
      }),
    );
  });
}

/** Headers that ordinary replies carry: when the token ends, and what is left of a half-spent day. */
export function limitHeaders(world: World, caller: Caller): Record<string, string> {
  const allowance = allowanceOf(caller.org);
  const left = remainingCredits(world, caller.org);
  const isHalfSpent = left <= allowance / 2;
  return {
    'X-ACCESSTOKEN-RESET': formatDateTime(Number(caller.token.expiresAt), String(caller.user.time_zone ?? 'UTC')),
    ...(isHalfSpent && Number.isFinite(left) ? { 'X-API-CREDITS-REMAINING': String(Math.max(0, left)) } : {}),
  };
}

/** Turns a thrown failure into its answer; anything unforeseen is Zoho's INTERNAL_ERROR and a line on standard error. */
export function guarded(work: () => Reply): Reply {
  try {
    return work();
  } catch (error) {
    if (error instanceof ZohoFailure) return { status: error.status, body: errorBody(error.problem) };
    process.stderr.write(`simulator: ${error instanceof Error ? error.stack : String(error)}\n`);
    return { status: 500, body: errorBody(internalError().problem) };
  }
}

function runFound(call: Call, found: Found): Reply {
  if (found === undefined) throw invalidUrl();
  if (found === 'no-such-method') throw invalidMethod();
  return found.route.handle({ ...call, parts: found.parts });
}

function remainingCredits(world: World, org: Org): number {
  return allowanceOf(org) - world.usage.usedCredits(org.key, world.clock.now());
}

function allowanceOf(org: Org): number {
  return creditAllowance(org.edition, org.users.find('status', 'active').length);
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
