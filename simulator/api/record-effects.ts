import type { Json } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import type { RecordChange } from '../world/world.ts';
import type { Call } from './call.ts';
import { lookupsTo } from './lookups-to.ts';
import { mailOfWrite } from './mails.ts';
import { nameOf, renderValue } from './render-record.ts';
import { isWithheld } from './withheld.ts';

/** What a write does besides the write: mails that Zoho might send, and the last activity of related records. */
export function afterWrite(call: Call, module: Module, row: Row, before: Row | undefined, trigger: unknown): void {
  hear(call, module, before ? 'update' : 'insert', row.id, changedValues(call, module, row, before));
  mailOfWrite(call, module, row, before, trigger);
  if (before && nameOf(module, before) !== nameOf(module, row)) touchReferring(call, module, row.id);
  if (module.apiName === 'Events') {
    touch(call, String(row.$se_module ?? ''), row.What_Id);
    touch(call, 'Contacts', row.Who_Id);
  }
  if (module.apiName === 'Notes') {
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
    .filter((field) => !field.isReadOnly && row[field.apiName] !== before[field.apiName])
    .filter((field) => !isWithheld({ ...call, client: '' }, module.apiName, field.apiName));
  return Object.fromEntries(changed.map((field) => [field.apiName, renderValue(call, field, row)]));
}

/** Whether a new name of a lookup's target moves Modified_Time of what points to it is an open question, and a switch. */
function touchReferring(call: Call, module: Module, id: string): void {
  if (!call.world.switches.isOn('touchOnRelatedChange')) return;
  for (const [from, field] of lookupsTo(call, module)) {
    const source = call.org.module(from);
    for (const row of source?.records.find(field, id) ?? []) source?.records.put({ ...row, Modified_Time: call.now });
  }
}

function touch(call: Call, moduleName: string, id: unknown): void {
  const module = call.org.module(moduleName);
  const row = typeof id === 'string' ? module?.records.get(id) : undefined;
  if (module && row) module.records.put({ ...row, Last_Activity_Time: call.now });
}
