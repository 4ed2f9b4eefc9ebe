import { isList, isObject, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import type { Call } from './call.ts';
import { lookupsTo } from './lookups-to.ts';
import { mailOfDelete } from './mails.ts';
import { hear } from './record-effects.ts';
import { nameOf } from './render-record.ts';

/** What pointed to a record when it was deleted, so that a restore can bring it back. */
export type Dropped = {
  lookups: [module: string, field: string, id: string][];
  /** Records of linking modules, whole. */
  links: [module: string, row: Row][];
  roles: Row[];
  participants: [event: string, person: JsonObject][];
};

/**
 * Removes a record and all that hangs on it; it stays in the list of deleted records, and as it was in the recycle bin.
 * `deletedWith` names the record that takes it along. Source: Zoho CRM API v8, Delete Records, wf_trigger.
 */
export function deleteRecord(call: Call, module: Module, row: Row, deletedWith: string | null = null): void {
  const { org } = call;
  mailOfDelete(call, module, row);
  hear(call, module, 'delete', row.id, {});
  const held = org.fields(module).filter((field) => (field.unique || field.external) && row[field.apiName]);
  module.records.remove(row.id);
  const notes = org.module('Notes');
  if (notes && module !== notes) {
    for (const note of notes.records.find('Parent_Id', row.id)) deleteRecord(call, notes, note, row.id);
  }
  const dropped = dropReferences(call, module, row.id);
  org.deleted.put({
    id: row.id,
    module: module.apiName,
    display_name: nameOf(module, row),
    type: 'recycle',
    deleted_time: call.now,
    deleted_by: call.user.id,
    created_by: row.Created_By ?? null,
    held: JSON.stringify(Object.fromEntries(held.map((field) => [field.apiName, String(row[field.apiName])]))),
    record: JSON.stringify(row),
    dropped: JSON.stringify(dropped),
    deletedWith,
  });
}

/** Lookups to a deleted record become empty. Whether that moves Modified_Time is a switch. */
function dropReferences(call: Call, module: Module, id: string): Dropped {
  const stamp = call.world.switches.isOn('touchOnRelatedChange') ? { Modified_Time: call.now } : {};
  const dropped: Dropped = { lookups: [], links: [], roles: [], participants: [] };
  for (const [from, field] of lookupsTo(call, module)) {
    const source = call.org.module(from);
    for (const row of source?.records.find(field, id) ?? []) {
      if (source?.generated === 'linking') {
        dropped.links.push([from, row]);
        source.records.remove(row.id);
      } else {
        dropped.lookups.push([from, field, row.id]);
        source?.records.put({ ...row, [field]: null, ...stamp });
      }
    }
  }
  dropRoles(call, module, id, dropped);
  if (module.apiName === 'Contacts' || module.apiName === 'Leads') dropParticipant(call, id, dropped);
  return dropped;
}

function dropRoles(call: Call, module: Module, id: string, dropped: Dropped): void {
  const roleKey = module.apiName === 'Deals' ? 'dealId' : module.apiName === 'Contacts' ? 'contactId' : undefined;
  if (!roleKey) return;
  for (const role of call.org.dealRoles.find(roleKey, id)) {
    dropped.roles.push(role);
    call.org.dealRoles.remove(role.id);
  }
}

function dropParticipant(call: Call, id: string, dropped: Dropped): void {
  const events = call.org.module('Events')?.records;
  for (const event of events?.find('participant', id) ?? []) {
    const people = isList(event.Participants) ? event.Participants.filter(isObject) : [];
    for (const one of people) if (one.participant === id) dropped.participants.push([event.id, one]);
    events?.put({ ...event, Participants: people.filter((one) => one.participant !== id) });
  }
}
