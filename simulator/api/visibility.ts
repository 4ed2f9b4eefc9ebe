import { noPermission, type ZohoFailure } from '../http/failure.ts';
import { isList } from '../json.ts';
import type { Row } from '../store/table.ts';
import { isAdministrator, type Module } from '../world/org.ts';
import { hasStates, stateOfRecord } from '../world/record-states.ts';
import { type Call, permissionName } from './call.ts';

/**
 * Whether the caller sees a record. Owners see theirs, administrators all that is not hidden from them by name; with private
 * events nobody else sees an event, and nobody sees a note of a record that he does not see. Source: Zoho CRM, Data Sharing.
 */
export function canSee(call: Call, module: Module, row: Row): boolean {
  if (!isLimited(call)) return true;
  const invisibleTo = stateOfRecord(call.org, module, row.id)?.invisibleTo;
  const names = isList(invisibleTo) ? invisibleTo : [];
  if (names.includes('*') && row.Owner !== call.user.id) return false;
  if (names.includes(String(call.user.email).toLowerCase())) return false;
  if (module.apiName === 'Events' && arePrivate(call)) {
    return row.Owner === call.user.id || isAdministrator(call.org, call.user);
  }
  if (module.apiName !== 'Notes') return true;
  const parentModule = call.org.module(String(row.$se_module ?? ''));
  const parent = parentModule?.records.get(String(row.Parent_Id));
  return !parentModule || !parent || canSee(call, parentModule, parent);
}

/** The rows that the caller sees, in their order. */
export function seen(call: Call, module: Module, rows: Iterable<Row>): Iterable<Row> {
  return isLimited(call) ? filtered(call, module, rows) : rows;
}

function* filtered(call: Call, module: Module, rows: Iterable<Row>): Iterable<Row> {
  for (const row of rows) if (canSee(call, module, row)) yield row;
}

/** A record by its id if the caller sees it. */
export function visibleRecord(call: Call, module: Module, id: string): Row | undefined {
  const row = module.records.get(id);
  return row && canSee(call, module, row) ? row : undefined;
}

/** How Zoho refuses a record that is there but hidden: for lack of permission, or (undefined) as an unknown id; a switch. */
export function hiddenFailure(call: Call, module: Module, row: Row | undefined): ZohoFailure | undefined {
  if (!row || call.world.switches.text('invisibleRecord') !== 'no-permission' || canSee(call, module, row)) {
    return undefined;
  }
  return noPermission(permissionName(module, 'READ'));
}

/** True where the org-wide sharing of events keeps the caller from changing (or deleting) an event that he sees. */
export function isReadOnly(call: Call, module: Module, row: Row, operation: 'UPDATE' | 'DELETE'): boolean {
  if (module.apiName !== 'Events') return false;
  const sharing = call.world.switches.text('eventsSharing');
  const isBound = sharing === 'public_read_only' || (sharing === 'public_read_write' && operation === 'DELETE');
  return isBound && row.Owner !== call.user.id && !isAdministrator(call.org, call.user);
}

const arePrivate = (call: Call) => call.world.switches.text('eventsSharing') === 'private';

/** False in most orgs: everybody sees everything. */
export const isLimited = (call: Call): boolean => arePrivate(call) || hasStates(call.org);
