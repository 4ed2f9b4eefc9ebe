import { coversScope } from '../accounts/scopes.ts';
import { invalidData, invalidModule, mandatoryNotFound, noPermission, scopeMismatch } from '../http/failure.ts';
import { isList, isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import type { Row } from '../store/table.ts';
import { calendarClient, personClient } from '../world/actors.ts';
import type { Module, Org } from '../world/org.ts';
import { hasPermission } from '../world/permissions.ts';
import type { World } from '../world/world.ts';

/** One API call (or one part of a composite call), authenticated. */
export type Call = {
  world: World;
  org: Org;
  user: Row;
  /** Granted scopes. */
  scopes: readonly string[];
  client: string;
  /** 2 to 8. */
  version: number;
  method: string;
  path: string;
  /** Named parts of the path, decoded. */
  parts: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string | undefined>;
  bodyText: string;
  /** Epoch milliseconds, cut to the second: Zoho's times have no fractions. */
  now: number;
  isComposite: boolean;
};

export type Operation = 'READ' | 'CREATE' | 'UPDATE' | 'DELETE';

const permissionVerbs: Record<Operation, string> = { READ: 'View', CREATE: 'Create', UPDATE: 'Edit', DELETE: 'Delete' };

/** Refuses the call (401) unless each of the scopes is covered. */
export function requireScope(call: Call, ...needed: string[]): void {
  const isCaseSensitive = call.world.switches.isOn('scopeCaseSensitive');
  for (const scope of needed) if (!coversScope(call.scopes, scope, isCaseSensitive)) throw scopeMismatch();
}

/** The module of that name, if scope and permissions allow the operation; 400, 401 or 403 otherwise. */
export function requireModule(call: Call, name: string, operation: Operation): Module {
  const module = call.org.module(name);
  if (!module) throw invalidModule();
  requireScope(call, moduleScope(module, operation));
  if (!isAllowed(call, module, operation)) throw noPermission(permissionName(module, operation));
  return module;
}

/** The scope for an operation on a module; all modules that customers make share one name. Source: Zoho CRM API v8, Scopes. */
export function moduleScope(module: Module, operation: Operation): string {
  return `ZohoCRM.modules.${module.generated ? 'custom' : module.apiName}.${operation}`;
}

/** `Crm_Implied_View_Potentials` and its like. Source: Zoho CRM API v8, Profiles. */
export function permissionName(module: Module, operation: Operation): string {
  return `Crm_Implied_${permissionVerbs[operation]}_${module.internal}`;
}

const methodOf: Record<Operation, string> = { READ: 'GET', CREATE: 'POST', UPDATE: 'PUT', DELETE: 'DELETE' };

/** Whether the caller's profile allows it, and no fault takes it away. */
export function isAllowed(call: Call, module: Module, operation: Operation): boolean {
  const isGranted = hasPermission(call.org, call.user, permissionName(module, operation));
  return isGranted && !isTakenAway(call, module, operation);
}

/** True while a fault takes the right away from clients; people in Zoho keep it. A rule that names a method takes only what that method does. */
export function isTakenAway(call: Call, module: Module, operation: Operation): boolean {
  if (call.client === personClient || call.client === calendarClient) return false;
  return call.world.faults
    .standing('module-permission-removed')
    .some(
      ({ match }) =>
        match.module?.toLowerCase() === module.apiName.toLowerCase() &&
        (match.method === undefined || match.method.toUpperCase() === methodOf[operation]),
    );
}

/** The body as JSON; 400 when it is none. A body counts whatever its Content-Type says. */
export function jsonBody(call: Call): JsonObject {
  let parsed: Json;
  try {
    parsed = parseJson(call.bodyText);
  } catch {
    throw invalidData({ expected_data_type: 'jsonobject' }, 'body');
  }
  if (!isObject(parsed)) throw invalidData({ expected_data_type: 'jsonobject' }, 'body');
  return parsed;
}

/** A list of 1 to `most` objects under `key` of the body; top-level errors otherwise. Source: Zoho CRM API v8, Insert Records. */
export function listOf(body: JsonObject, key: string, most: number): readonly Json[] {
  const list = body[key];
  if (list === undefined || list === null) throw mandatoryNotFound(key, `$.${key}`);
  if (!isList(list)) throw invalidData({ expected_data_type: 'jsonarray', api_name: key, json_path: `$.${key}` });
  if (list.length > most) throw invalidData({ maximum_length: most, api_name: key, json_path: `$.${key}` });
  if (list.length === 0) throw invalidData({ minimum_length: 1, api_name: key, json_path: `$.${key}` });
  return list;
}

/** The user's zone, in which all times of answers are written. */
export function zoneOf(call: Call): string {
  return String(call.user.time_zone ?? 'UTC');
}
