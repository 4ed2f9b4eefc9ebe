import { defaultUser, isRegistered, userIn } from '../accounts/authorize.ts';
import type { AccountsRequest } from '../accounts/handle-accounts.ts';
import { isKnownScope, splitScopes } from '../accounts/scopes.ts';
import { issueCode } from '../accounts/tokens.ts';
import type { Reply } from '../http/failure.ts';
import { namesForeignOrigin } from '../http/is-foreign.ts';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { faultKinds } from '../world/faults.ts';
import { environments } from '../world/org.ts';
import type { DataCentre, World } from '../world/world.ts';
import { runCalendar } from './calendar.ts';
import { changeLayout } from './change-layout.ts';
import { changeStates } from './change-states.ts';
import { changePeople, showPeople } from './people.ts';
import { runActs } from './run-acts.ts';
import { showRecords } from './show-records.ts';

/** Answers the control calls under `/sandbox`; undefined for any other path. They are no part of Zoho. */
export function handleControl(world: World, dc: DataCentre, request: AccountsRequest): Reply | undefined {
  const { method, path } = request;
  if (!path.startsWith('/sandbox/')) return undefined;
  const key = `${method} ${path}`;
  if (namesForeignOrigin(dc.accounts, request.headers)) return foreign();
  if (method === 'GET' || method === 'DELETE') return read(world, dc, key, request.query);
  const body = bodyOf(request);
  if (typeof body === 'string') return refuse(body);
  switch (key) {
    case 'POST /sandbox/grants':
      return grant(world, dc, body);
    case 'POST /sandbox/acts':
      return runActs(world, dc, body);
    case 'POST /sandbox/calendar':
      return runCalendar(world, dc, body);
    case 'POST /sandbox/records':
      return changeStates(world, dc, body);
    case 'POST /sandbox/layout':
      return changeLayout(world, dc, body);
    case 'POST /sandbox/people':
      return changePeople(world, dc, body);
    case 'POST /sandbox/faults':
      return addFaults(world, body);
    case 'POST /sandbox/switches':
      return setSwitches(world, body);
    case 'POST /sandbox/clock':
      return setClock(world, body);
    case 'POST /sandbox/reset':
      world.reset();
      return { status: 200, body: {} };
    case 'POST /sandbox/snapshot':
      return { status: 200, body: { id: world.store.snapshot() } };
    case 'POST /sandbox/restore':
      return restore(world, body);
    default:
      return unknownCall(key);
  }
}

function read(world: World, dc: DataCentre, key: string, query: URLSearchParams): Reply | undefined {
  switch (key) {
    case 'GET /sandbox/ledger': {
      const rows = world.ledger.since(query.get('since'));
      return { status: 200, body: { rows, totals: world.ledger.totals(rows) } };
    }
    case 'GET /sandbox/people':
      return showPeople(world, dc);
    case 'GET /sandbox/records':
      return showRecords(world, dc, query);
    case 'GET /sandbox/mails':
      return { status: 200, body: { mails: world.mails.all() } };
    case 'GET /sandbox/faults': {
      const kinds = Object.entries(faultKinds).map(([kind, meaning]) => ({ kind, meaning }));
      const rules = world.faults.all().map(({ state: _state, ...rule }) => rule as unknown as JsonObject);
      return { status: 200, body: { kinds, rules } };
    }
    case 'DELETE /sandbox/faults':
      world.faults.clear();
      return { status: 200, body: {} };
    case 'GET /sandbox/switches':
      return {
        status: 200,
        body: { switches: world.switches.all().map((one) => ({ ...one, values: one.values ?? null })) },
      };
    case 'GET /sandbox/clock':
      return { status: 200, body: { now: new Date(world.clock.now()).toISOString() } };
    default:
      return unknownCall(key);
  }
}

function foreign(): Reply {
  return {
    status: 403,
    body: {
      error: 'This call came from a page of another site. Nothing was changed. Send it without an Origin header.',
    },
  };
}

function unknownCall(key: string): Reply {
  return {
    status: 404,
    body: { error: `${key} is no control call. They are listed in the simulator's documentation.` },
  };
}

function bodyOf(request: AccountsRequest): JsonObject | string {
  if (request.body.length === 0) return {};
  try {
    const parsed = parseJson(request.body.toString('utf8'));
    return isObject(parsed) ? parsed : 'The body must be a JSON object.';
  } catch {
    return 'The body is not JSON.';
  }
}

function refuse(...reasons: string[]): Reply {
  return { status: 400, body: { error: reasons.join(' ') } };
}

/** A code without a browser: what the consent page would give for that user. */
function grant(world: World, here: DataCentre, body: JsonObject): Reply {
  const dc = body.dc === undefined ? here : world.dcs.find((one) => one.key === body.dc);
  if (!dc)
    return refuse(`There is no data centre "${body.dc}". There are ${world.dcs.map((one) => one.key).join(', ')}.`);
  const scopes = typeof body.scope === 'string' ? splitScopes(body.scope) : [];
  if (scopes.length === 0) return refuse('scope is missing: give a comma separated list.');
  const unknown = scopes.filter((scope) => !isKnownScope(scope));
  if (unknown.length > 0) return refuse(`Zoho knows no scope ${unknown.join(', ')}.`);
  const redirectUri =
    body.redirectUri === undefined ? `${world.dcs[0]?.accounts}/sandbox/callback` : String(body.redirectUri);
  if (!isRegistered(world, redirectUri))
    return refuse(`The address ${redirectUri} is not registered. Start with --redirect-uri.`);
  const environment = environments.find((one) => one === (body.environment ?? 'production'));
  const org = environment && dc.orgs.get(environment);
  const production = dc.orgs.get('production');
  if (!environment || !org || !production) return refuse(`environment is one of ${environments.join(', ')}.`);
  const user =
    body.user === undefined
      ? defaultUser(production)
      : production.users.find('email', String(body.user).toLowerCase())[0];
  if (!user) return refuse(`There is no user ${String(body.user)} in ${dc.key}.`);
  if (user.status !== 'active') return refuse(`The user ${String(user.email)} is not active.`);
  const code = issueCode(world, {
    dc: dc.key,
    environment,
    userId: userIn(org, String(user.email), dc),
    scope: scopes.join(','),
    redirectUri,
    isOffline: true,
    isConsentForced: true,
  });
  return { status: 200, body: { code } };
}

function addFaults(world: World, body: JsonObject): Reply {
  const { reasons } = world.faults.add(body.rules);
  return reasons.length > 0 ? refuse(...reasons) : { status: 200, body: { rules: world.faults.all().length } };
}

function setSwitches(world: World, body: JsonObject): Reply {
  const reasons = world.switches.set(body);
  if (reasons.length > 0) return refuse(...reasons);
  return { status: 200, body: Object.fromEntries(world.switches.all().map((one) => [one.name, one.value])) };
}

function setClock(world: World, body: JsonObject): Reply {
  const next = nextInstant(world, body);
  if (next === undefined) return refuse('Give now (ISO 8601 or epoch milliseconds) or advanceSeconds (a number).');
  world.clock.set(next);
  world.timers.runDue();
  world.store.table('meta').put({ id: 'clock', shiftMs: world.clock.shiftMs() });
  return { status: 200, body: { now: new Date(world.clock.now()).toISOString() } };
}

function nextInstant(world: World, body: JsonObject): number | undefined {
  if (typeof body.advanceSeconds === 'number') return world.clock.now() + body.advanceSeconds * 1000;
  const given =
    typeof body.now === 'number' ? body.now : typeof body.now === 'string' ? Date.parse(body.now) : Number.NaN;
  return Number.isNaN(given) || Math.abs(given) > 8e15 ? undefined : given;
}

function restore(world: World, body: JsonObject): Reply {
  if (typeof body.id === 'string' && world.store.restore(body.id)) return { status: 200, body: { id: body.id } };
  return refuse(`There is no snapshot ${String(body.id)}.`);
}
