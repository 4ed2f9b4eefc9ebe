import { guarded } from '../api/handle-api.ts';
import { findRoute } from '../api/routes.ts';
import type { Reply } from '../http/failure.ts';
import { idText, isList, isObject, type Json, type JsonObject } from '../json.ts';
import { noteSource } from '../pages/source-of-change.ts';
import type { Org } from '../world/org.ts';
import type { DataCentre, World } from '../world/world.ts';
import { orgNamed, personCall, personNamed } from './person-call.ts';

const mostActs = 1000;

/** One act as the operation of the API that does the same, which is how it is run. */
type Operation = { method: string; path: string; body?: JsonObject };

type Read = Operation | { reason: string };

type Done = { results: JsonObject[] } | { reason: string };

/** What people do in Zoho, by name: each takes its own keys. */
const readers: Record<string, (act: JsonObject) => Read> = {
  create: (act) => withKeys(act, ['module'], ({ module }) => write('POST', `/${module}`, act)),
  update: (act) => withKeys(act, ['module', 'id'], ({ module, id }) => write('PUT', `/${module}/${id}`, act)),
  delete: (act) =>
    withKeys(act, ['module', 'id'], ({ module, id }) => ({ method: 'DELETE', path: `/${module}/${id}` })),
  restore: (act) =>
    withKeys(act, ['id'], ({ id }) => ({ method: 'POST', path: `/settings/recycle_bin/${id}/actions/restore` })),
  merge: (act) =>
    withKeys(act, ['module', 'id', 'into'], ({ module, id, into }) => {
      const taken = isList(act.take) ? act.take.map((name) => ({ api_name: name })) : [];
      const data = [{ id: id ?? '', ...(taken.length > 0 ? { _fields: taken } : {}) }];
      return { method: 'POST', path: `/${module}/${into}/actions/merge`, body: { merge: [{ data }] } };
    }),
  convert: (act) =>
    withKeys(act, ['id'], ({ id }) => ({
      method: 'POST',
      path: `/Leads/${id}/actions/convert`,
      body: { data: [isObject(act.fields) ? act.fields : {}] },
    })),
  setRole: (act) =>
    withKeys(act, ['deal', 'contact'], ({ deal, contact }) => ({
      method: 'PUT',
      path: `/Deals/${deal}/Contact_Roles/${contact}`,
      body: { data: [act.role === undefined ? {} : { Contact_Role: { name: act.role } }] },
    })),
  removeRole: (act) =>
    withKeys(act, ['deal', 'contact'], ({ deal, contact }) => ({
      method: 'DELETE',
      path: `/Deals/${deal}/Contact_Roles/${contact}`,
    })),
};

/**
 * `POST /sandbox/acts {acts: [{do, as?, …}]}`: what people do in Zoho itself, through the handlers of the API, so that
 * times, notifications, deleted lists and mails are the same. All of them happen, or none.
 */
export function runActs(world: World, dc: DataCentre, body: JsonObject): Reply {
  const org = orgNamed(dc, body.environment);
  if (!org) return refuse('environment is production, sandbox or developer.');
  if (!isList(body.acts) || body.acts.length === 0 || body.acts.length > mostActs) {
    return refuse(`acts is a list of 1 to ${mostActs} things to do, each {do, as?, …}.`);
  }
  const { acts } = body;
  const heard = world.changes.length;
  const done = world.store.attempt((): { result: Done; undo: boolean } => {
    const results: JsonObject[] = [];
    for (const [index, act] of acts.entries()) {
      const one = runAct(world, dc, org, act);
      if ('reason' in one) return { result: { reason: `acts[${index}] was refused: ${one.reason}` }, undo: true };
      results.push(one.result);
    }
    return { result: { results }, undo: false };
  });
  if ('results' in done) return { status: 200, body: { acts: done.results } };
  world.changes.length = heard;
  return refuse(`${done.reason} Nothing was done.`);
}

function runAct(world: World, dc: DataCentre, org: Org, act: Json): { result: JsonObject } | { reason: string } {
  if (!isObject(act)) return { reason: 'it must be an object.' };
  const reader = readers[String(act.do)];
  if (!reader) return { reason: `do is one of ${Object.keys(readers).join(', ')}.` };
  const operation = reader(act);
  if ('reason' in operation) return operation;
  const user = personNamed(dc, org, act.as);
  if (!user) return { reason: `there is no active user ${String(act.as ?? '')}.` };
  const found = findRoute(operation.method, operation.path.slice(1).split('/'));
  if (found === undefined || found === 'no-such-method') return { reason: `no operation is called ${operation.path}.` };
  const bodyText = operation.body === undefined ? '' : JSON.stringify(operation.body);
  const more = { method: operation.method, path: `/crm/v8${operation.path}`, parts: found.parts, bodyText };
  const reply = guarded(() => found.route.handle(personCall(world, org, user, more)));
  if (reply.status >= 300) return { reason: reasonOf(reply) };
  const id = idOf(reply) ?? idText(act.id) ?? idText(act.deal) ?? null;
  if (act.do === 'create' || act.do === 'update') remember(world, org, String(act.module), id, act.do === 'create');
  return { result: { do: act.do ?? null, id, status: reply.status, answer: reply.body ?? null } };
}

/** The pages say who made a record: a person here, not a client. */
function remember(world: World, org: Org, moduleName: string, id: string | null, isNew: boolean): void {
  const module = org.module(moduleName);
  const row = id === null ? undefined : module?.records.get(id);
  if (module && row) noteSource(world, org, module, row, isNew);
}

function withKeys(
  act: JsonObject,
  names: readonly string[],
  make: (keys: Record<string, string | undefined>) => Operation,
): Read {
  const missing = names.filter((name) => idText(act[name]) === undefined);
  if (missing.length > 0) return { reason: `${String(act.do)} needs ${missing.join(', ')}.` };
  return make(Object.fromEntries(names.map((name) => [name, encodeURIComponent(idText(act[name]) ?? '')])));
}

function write(method: string, path: string, act: JsonObject): Operation {
  const fields = isObject(act.fields) ? act.fields : {};
  return { method, path, body: { data: [fields], ...(act.trigger === undefined ? {} : { trigger: act.trigger }) } };
}

/** The first row of an answer, whatever its list is called. */
function firstRow(reply: Reply): JsonObject | undefined {
  if (!isObject(reply.body)) return undefined;
  for (const value of Object.values(reply.body)) {
    if (isList(value) && isObject(value[0])) return value[0];
  }
  return reply.body;
}

function idOf(reply: Reply): string | undefined {
  const details = firstRow(reply)?.details;
  return isObject(details) ? idText(details.id) : undefined;
}

function reasonOf(reply: Reply): string {
  const row = firstRow(reply);
  return `${String(row?.code ?? reply.status)} ${String(row?.message ?? '')} ${JSON.stringify(row?.details ?? {})}.`;
}

function refuse(error: string): Reply {
  return { status: 400, body: { error } };
}
