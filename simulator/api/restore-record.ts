import { errorBody, invalidData, noPermission, type Problem, type Reply } from '../http/failure.ts';
import { isList } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { type Call, isAllowed, permissionName, requireScope } from './call.ts';
import type { Dropped } from './delete-record.ts';
import { findDuplicates } from './find-duplicates.ts';
import { deletedType } from './read-records.ts';
import { hear } from './record-effects.ts';
import { success } from './write-records.ts';

/**
 * `POST /settings/recycle_bin/{id}/actions/restore`: the record comes back under its id, with what was deleted with it.
 * Source: Zoho CRM API v8, Restore Recycle Bin Records. Merged and converted records are not in the bin.
 */
export function restoreFromBin(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.recycle_bin.UPDATE');
  const gone = call.org.deleted.get(call.parts.id ?? '');
  const module = gone && call.org.module(String(gone.module));
  if (!gone || !module || !isInBin(call, gone)) {
    throw invalidData({ resource_path_index: 2 }, 'the id given seems to be invalid');
  }
  if (!isAllowed(call, module, 'CREATE')) throw noPermission(permissionName(module, 'CREATE'));
  const problem = restore(call, module, gone);
  if (problem) return { status: 400, body: { recycle_bin: [errorBody(problem)] } };
  return { status: 200, body: { recycle_bin: [success({ id: gone.id }, 'record restored')] } };
}

/** True for a record that is still in the bin, whole: states of older simulators kept only its name. */
export function isInBin(call: Call, gone: Row): boolean {
  return deletedType(call, gone) === 'recycle' && typeof gone.record === 'string';
}

/** Brings one record back, then the notes that went with it; says what forbids it. */
function restore(call: Call, module: Module, gone: Row): Problem | undefined {
  const held = JSON.parse(String(gone.record)) as Row;
  const taken = findDuplicates(call, module, held, undefined, '$.recycle_bin[0]');
  if (taken) return taken;
  if (module.apiName === 'Notes' && !isThere(call, held.$se_module, held.Parent_Id)) {
    return {
      code: 'INVALID_DATA',
      message: 'the related id given seems to be invalid',
      details: { id: held.Parent_Id ?? null, api_name: 'Parent_Id', json_path: '$.recycle_bin[0].Parent_Id' },
    };
  }
  const moves = call.world.switches.isOn('restoreMovesModifiedTime');
  const row = { ...held, ...(moves ? { Modified_Time: call.now, Modified_By: call.user.id } : {}) };
  module.records.put(withoutDeadLookups(call, module, row));
  call.org.deleted.remove(gone.id);
  const heardAs = call.world.switches.text('restoreHeardAs');
  if (heardAs === 'insert' || heardAs === 'update') hear(call, module, heardAs, row.id, {});
  if (call.world.switches.isOn('restoreReconnects'))
    reconnect(call, row.id, JSON.parse(String(gone.dropped)) as Dropped);
  for (const inner of call.org.deleted.find('deletedWith', gone.id)) {
    const innerModule = call.org.module(String(inner.module));
    if (innerModule) restore(call, innerModule, inner);
  }
  return undefined;
}

function isThere(call: Call, moduleName: unknown, id: unknown): boolean {
  return call.org.module(String(moduleName ?? ''))?.records.get(String(id)) !== undefined;
}

/** What the record pointed to may have gone meanwhile. */
function withoutDeadLookups(call: Call, module: Module, row: Row): Row {
  const dead = call.org.fields(module).filter((field) => {
    const target =
      field.type === 'lookup' ? field.lookup : field.type === 'multi_module_lookup' ? row.$se_module : null;
    return target !== null && typeof row[field.apiName] === 'string' && !isThere(call, target, row[field.apiName]);
  });
  return { ...row, ...Object.fromEntries(dead.map((field) => [field.apiName, null])) };
}

/** Whatever pointed to the record points to it again, unless it points elsewhere by now. */
function reconnect(call: Call, id: string, dropped: Dropped): void {
  const stamp = call.world.switches.isOn('touchOnRelatedChange') ? { Modified_Time: call.now } : {};
  for (const [moduleName, field, from] of dropped.lookups) {
    const records = call.org.module(moduleName)?.records;
    const row = records?.get(from);
    if (row && (row[field] ?? null) === null) records?.put({ ...row, [field]: id, ...stamp });
  }
  for (const [moduleName, row] of dropped.links) call.org.module(moduleName)?.records.put(row);
  for (const role of dropped.roles) {
    const isWhole = isThere(call, 'Deals', role.dealId) && isThere(call, 'Contacts', role.contactId);
    if (isWhole && !call.org.dealRoles.get(role.id)) call.org.dealRoles.put(role);
  }
  const events = call.org.module('Events')?.records;
  for (const [eventId, person] of dropped.participants) {
    const event = events?.get(eventId);
    if (!event) continue;
    const people = isList(event.Participants) ? event.Participants : [];
    events?.put({ ...event, Participants: [...people, person] });
  }
}
