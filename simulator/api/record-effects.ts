import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import type { RecordChange } from '../world/world.ts';
import type { Call } from './call.ts';
import { lookupsTo } from './lookups-to.ts';
import { nameOf, participantOf, renderValue } from './render-record.ts';

/** What a write does besides the write: mails that Zoho might send, and the last activity of related records. */
export function afterWrite(call: Call, module: Module, row: Row, before: Row | undefined, trigger: unknown): void {
  hear(call, module, before ? 'update' : 'insert', row.id, changedValues(call, module, row, before));
  if (call.world.switches.isOn('workflowMails') && !(isList(trigger) && trigger.length === 0)) {
    call.world.mails.add({
      at: call.now,
      to: 'workflow recipients',
      cause: `workflow on ${module.apiName}: trigger is not empty`,
      recordId: row.id,
    });
  }
  if (before && nameOf(module, before) !== nameOf(module, row)) touchReferring(call, module, row.id);
  if (module.apiName === 'Events') {
    logEventMails(call, row, before);
    touch(call, String(row.$se_module ?? ''), row.What_Id);
    touch(call, 'Contacts', row.Who_Id);
  }
  if (module.apiName === 'Notes') {
    logMentions(call, row);
    touch(call, String(row.$se_module ?? ''), row.Parent_Id);
  }
}

/** Notes down a change for the notification channels. */
export function hear(
  call: Call,
  module: Module,
  operation: RecordChange['operation'],
  id: string,
  values: Record<string, Json>,
  isRelated = false,
): void {
  call.world.changes.push({
    org: call.org,
    module: module.apiName,
    operation,
    id,
    values,
    isRelated,
    client: call.client,
  });
}

function changedValues(call: Call, module: Module, row: Row, before: Row | undefined): Record<string, Json> {
  if (!before) return {};
  const changed = call.org
    .fields(module)
    .filter((field) => !field.isReadOnly && row[field.apiName] !== before[field.apiName]);
  return Object.fromEntries(changed.map((field) => [field.apiName, renderValue(call, field, row)]));
}

/** Mails that deleting a record might send. Source: Zoho CRM API v8, Delete Records, wf_trigger. */
export function mailOfDelete(call: Call, module: Module, row: Row): void {
  if (call.world.switches.isOn('workflowMails') && call.query.get('wf_trigger') !== 'false') {
    const cause = `workflow on ${module.apiName}: wf_trigger is not false`;
    call.world.mails.add({ at: call.now, to: 'workflow recipients', cause, recordId: row.id });
  }
  if (module.apiName !== 'Events' || !call.world.switches.isOn('deleteMails')) return;
  for (const to of invited(call, row)) {
    call.world.mails.add({ at: call.now, to, cause: 'invited to an event that was deleted', recordId: row.id });
  }
}

/** Whether a new name of a lookup's target moves Modified_Time of what points to it is an open question, and a switch. */
function touchReferring(call: Call, module: Module, id: string): void {
  if (!call.world.switches.isOn('touchOnRelatedChange')) return;
  for (const [from, field] of lookupsTo(call, module)) {
    const source = call.org.module(from);
    for (const row of source?.records.find(field, id) ?? []) source?.records.put({ ...row, Modified_Time: call.now });
  }
}

/** User mentions are stored as such tokens; whoever is mentioned is told. */
function logMentions(call: Call, note: Row): void {
  if (!call.world.switches.isOn('mentionMails')) return;
  for (const [, id = ''] of String(note.Note_Content ?? '').matchAll(/crm\[user#(\d+)#/g)) {
    const user = call.org.users.get(id);
    if (!user) continue;
    call.world.mails.add({ at: call.now, to: String(user.email), cause: 'mentioned in a note', recordId: note.id });
  }
}

function logEventMails(call: Call, row: Row, before: Row | undefined): void {
  const { mails, switches } = call.world;
  if (switches.isOn('reminderMails') && isList(row.Remind_At) && row.Remind_At.length > 0) {
    mails.add({ at: call.now, to: String(row.Owner), cause: 'event with a reminder', recordId: row.id });
  }
  const policy = switches.text('participantMails');
  if (policy === 'never' || (policy === 'future-only' && Number(row.End_DateTime) < call.now)) return;
  const already = new Set(before ? invited(call, before) : []);
  const isMoved =
    switches.isOn('updateMails') &&
    !!before &&
    (before.Start_DateTime !== row.Start_DateTime ||
      before.End_DateTime !== row.End_DateTime ||
      before.Event_Title !== row.Event_Title);
  for (const to of invited(call, row)) {
    if (!already.has(to)) mails.add({ at: call.now, to, cause: 'invited to an event', recordId: row.id });
    else if (isMoved) mails.add({ at: call.now, to, cause: 'invited to an event that was changed', recordId: row.id });
  }
}

/** Addresses (or ids, where there is no address) of the participants that count as invited. */
function invited(call: Call, row: Row): string[] {
  if (!isList(row.Participants)) return [];
  return row.Participants.filter(isObject)
    .filter((one) => one.invited === true)
    .map((one) => addressOf(call, one));
}

function addressOf(call: Call, one: JsonObject): string {
  const person = participantOf(call.org, String(one.type), String(one.participant));
  return person?.email ?? String(one.Email ?? one.participant);
}

function touch(call: Call, moduleName: string, id: unknown): void {
  const module = call.org.module(moduleName);
  const row = typeof id === 'string' ? module?.records.get(id) : undefined;
  if (module && row) module.records.put({ ...row, Last_Activity_Time: call.now });
}
