import { errorBody, invalidData, invalidModule, type Problem, type Reply } from '../http/failure.ts';
import { idText, isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { type Call, jsonBody, listOf, requireModule } from './call.ts';
import { leaveActivitiesBehind } from './leave-behind.ts';
import { hear } from './record-effects.ts';
import { nameOf } from './render-record.ts';

const mergeable = ['Leads', 'Contacts', 'Accounts', 'Vendors', 'Deals'];
const mostChildren = 2;
const credits = 50;

/** `POST /{module}/{master}/actions/merge`: children disappear as deletions, what hung on them hangs on the master. Source: Zoho CRM API v8, Find and Merge. */
export function mergeRecords(call: Call): Reply {
  const { module, master } = masterOf(call);
  const [input] = listOf(jsonBody(call), 'merge', 1);
  const children = childrenOf(module, master, input);
  if ('code' in children) return { status: 400, body: { merge: [errorBody(children)] }, credits };
  const values = adoptedValues(call, module, children.rows, input);
  for (const child of children.rows) absorb(call, module, master, child);
  const now = module.records.get(master.id) ?? master;
  module.records.put({ ...now, ...values, Modified_Time: call.now, Modified_By: call.user.id });
  hear(call, module, 'update', master.id, {});
  const details = { id: master.id };
  return {
    status: 200,
    body: { merge: [{ code: 'SUCCESS', details, message: 'merged successfully', status: 'success' }] },
    credits,
  };
}

/** `GET /{module}/{master}/actions/merge?job_id=`: merges here are done at once, so no job is ever open. */
export function mergeState(call: Call): Reply {
  masterOf(call);
  return { status: 204 };
}

function masterOf(call: Call): { module: Module; master: Row } {
  const module = requireModule(call, call.parts.module ?? '', 'UPDATE');
  requireModule(call, module.apiName, 'DELETE');
  if (!mergeable.includes(module.apiName)) throw invalidModule();
  const master = module.records.get(call.parts.id ?? '');
  if (!master) throw invalidData({ resource_path_index: 1 }, 'the id given seems to be invalid');
  return { module, master };
}

function childrenOf(module: Module, master: Row, input: Json | undefined): { rows: Row[] } | Problem {
  const path = '$.merge[0].data';
  const data = isObject(input) && isList(input.data) ? input.data : undefined;
  if (!data)
    return {
      code: 'MANDATORY_NOT_FOUND',
      message: 'required field not found',
      details: { api_name: 'data', json_path: path },
    };
  if (data.length === 0 || data.length > mostChildren) {
    return {
      code: 'INVALID_DATA',
      message: 'invalid data',
      details: { api_name: 'data', json_path: path, minimum_length: 1, maximum_length: mostChildren },
    };
  }
  const rows: Row[] = [];
  for (const [index, one] of data.entries()) {
    const id = isObject(one) ? idText(one.id) : undefined;
    const row = id === undefined || id === master.id ? undefined : module.records.get(id);
    if (!row || rows.includes(row)) {
      const code = row ? 'DUPLICATE_DATA' : 'INVALID_DATA';
      return {
        code,
        message: 'the id given seems to be invalid',
        details: { api_name: 'id', json_path: `${path}[${index}].id` },
      };
    }
    rows.push(row);
  }
  return { rows };
}

/** Values that the caller takes from a child: its `_fields`. */
function adoptedValues(call: Call, module: Module, children: readonly Row[], input: Json | undefined): JsonObject {
  const data = isObject(input) && isList(input.data) ? input.data.filter(isObject) : [];
  const values: Record<string, Json> = {};
  for (const one of data) {
    const child = children.find((row) => row.id === idText(one.id));
    for (const field of isList(one._fields) ? one._fields.filter(isObject) : []) {
      const known = call.org.field(module, String(field.api_name));
      if (child && known && !known.isReadOnly) values[known.apiName] = child[known.apiName] ?? null;
    }
  }
  const first = values.First_Name;
  if (
    (module.apiName === 'Contacts' || module.apiName === 'Leads') &&
    (first !== undefined || values.Last_Name !== undefined)
  ) {
    const master = module.records.get(call.parts.id ?? '');
    values.Full_Name = `${first ?? master?.First_Name ?? ''} ${values.Last_Name ?? master?.Last_Name ?? ''}`.trim();
  }
  return values;
}

function absorb(call: Call, module: Module, master: Row, child: Row): void {
  const stamp = call.world.switches.isOn('touchOnRelatedChange') ? { Modified_Time: call.now } : {};
  if (!call.world.switches.isOn('mergeMovesRelated')) leaveActivitiesBehind(call, child);
  for (const source of call.org.modules) {
    for (const field of call.org.fields(source)) {
      const points =
        (field.type === 'lookup' && field.lookup === module.apiName) || field.type === 'multi_module_lookup';
      if (!points) continue;
      for (const row of source.records.find(field.apiName, child.id))
        source.records.put({ ...row, [field.apiName]: master.id, ...stamp });
    }
  }
  moveParticipants(call, master, child);
  moveRoles(call, master, child);
  module.records.remove(child.id);
  hear(call, module, 'delete', child.id, {});
  call.org.deleted.put({
    id: child.id,
    module: module.apiName,
    display_name: nameOf(module, child),
    type: 'permanent',
    deleted_time: call.now,
    deleted_by: call.user.id,
    created_by: child.Created_By ?? null,
    mergedInto: master.id,
  });
}

function moveParticipants(call: Call, master: Row, child: Row): void {
  const events = call.org.module('Events')?.records;
  for (const event of events?.find('participant', child.id) ?? []) {
    const people = (isList(event.Participants) ? event.Participants : []).filter(isObject);
    const hasMaster = people.some((one) => one.participant === master.id);
    const moved = people
      .filter((one) => one.participant !== child.id || !hasMaster)
      .map((one) => (one.participant === child.id ? { ...one, participant: master.id } : one));
    events?.put({ ...event, Participants: moved });
  }
}

function moveRoles(call: Call, master: Row, child: Row): void {
  const { dealRoles } = call.org;
  for (const role of dealRoles.find('contactId', child.id)) {
    dealRoles.remove(role.id);
    const id = `${role.dealId}:${master.id}`;
    if (!dealRoles.get(id)) dealRoles.put({ ...role, id, contactId: master.id });
  }
  for (const role of dealRoles.find('dealId', child.id)) {
    dealRoles.remove(role.id);
    const id = `${master.id}:${role.contactId}`;
    if (!dealRoles.get(id)) dealRoles.put({ ...role, id, dealId: master.id });
  }
}
