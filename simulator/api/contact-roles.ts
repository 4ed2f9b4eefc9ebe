import { errorBody, invalidData, type Reply } from '../http/failure.ts';
import { idText, isObject, type Json } from '../json.ts';
import type { Row } from '../store/table.ts';
import { type Call, jsonBody, listOf, requireModule } from './call.ts';
import { pageInfo, readPage } from './page-of.ts';
import { fieldNames, readSort, sortRows, takePage } from './read-records.ts';
import { hear } from './record-effects.ts';
import { renderNamed } from './render-record.ts';
import { visibleRecord } from './visibility.ts';
import { failed, type Outcome, reply, splitIds, success, unknownId } from './write-records.ts';

const mostPerCall = 100;

/** `GET /Contacts/roles`: the catalogue. Source: Zoho CRM API v8, Contact Roles. */
export function listRoles(call: Call): Reply {
  requireModule(call, 'Contacts', 'READ');
  const roles = [...call.org.roleCatalogue.rows()].map((row) => ({
    name: row.name,
    id: row.id,
    sequence_number: row.sequence,
  }));
  return roles.length === 0 ? { status: 204 } : { status: 200, body: { contact_roles: roles } };
}

/** `GET /Deals/{id}/Contact_Roles` and `…/{contactId}`: rows are contacts. Source: Zoho CRM API v8, Contact Roles of a Deal. */
export function getContactRoles(call: Call): Reply {
  const deal = dealOf(call);
  const contacts = requireModule(call, 'Contacts', 'READ');
  const names = fieldNames(call, contacts);
  const place = `Deals/${deal.id}/Contact_Roles`;
  const page = readPage(call, place);
  const sort = readSort(call);
  const wanted = call.parts.contactId ?? call.query.get('ids');
  const chosen =
    wanted === null || wanted === undefined ? undefined : new Set(wanted.split(',').map((one) => one.trim()));
  const roles = call.org.dealRoles.find('dealId', deal.id);
  const rolesByContact = new Map(roles.map((role) => [String(role.contactId), role]));
  const rows = [...rolesByContact.keys()]
    .filter((id) => chosen === undefined || chosen.has(id))
    .flatMap((id) => contacts.records.get(id) ?? []);
  const taken = takePage(sortRows(rows, sort), page);
  if (taken.rows.length === 0) return { status: 204 };
  const data = taken.rows.map((contact) => ({
    ...renderNamed(call, contacts, contact, names),
    Contact_Role: renderRole(call, rolesByContact.get(contact.id)),
  }));
  return { status: 200, body: { data, info: pageInfo(call, place, page, data.length, taken.hasMore, sort) } };
}

/** `PUT /Deals/{id}/Contact_Roles` and `…/{contactId}`. */
export function putContactRoles(call: Call): Reply {
  const deal = dealOf(call, 'UPDATE');
  const inputs = listOf(jsonBody(call), 'data', call.parts.contactId === undefined ? mostPerCall : 1);
  const outcomes = inputs.map((input, index) => putOne(call, deal, input, index));
  if (outcomes.some((one) => one.isOk)) touchDeal(call, deal);
  return reply(outcomes, 200, 1);
}

/** `DELETE /Deals/{id}/Contact_Roles?ids=` and `…/{contactId}`. */
export function deleteContactRoles(call: Call): Reply {
  const deal = dealOf(call, 'UPDATE');
  const ids = call.parts.contactId === undefined ? splitIds(call) : [call.parts.contactId];
  const outcomes = ids.map((id): Outcome => {
    const role = call.org.dealRoles.get(`${deal.id}:${id}`);
    if (!role) return failed(unknownId(id));
    call.org.dealRoles.remove(role.id);
    return { isOk: true, status: 200, body: success({ id }, 'relation removed') };
  });
  if (outcomes.some((one) => one.isOk)) touchDeal(call, deal);
  return reply(outcomes, 200, 1);
}

function dealOf(call: Call, operation: 'READ' | 'UPDATE' = 'READ'): Row {
  const deals = requireModule(call, 'Deals', operation);
  requireModule(call, 'Contacts', 'READ');
  const deal = visibleRecord(call, deals, call.parts.id ?? '');
  if (!deal) throw invalidData({ resource_path_index: 1 }, 'the related id given seems to be invalid');
  return deal;
}

function putOne(call: Call, deal: Row, input: Json, index: number): Outcome {
  const path = `$.data[${index}]`;
  if (!isObject(input)) return refused({ expected_data_type: 'jsonobject', json_path: path });
  const contactId = call.parts.contactId ?? idText(input.id) ?? '';
  if (!call.org.module('Contacts')?.records.get(contactId)) {
    return failed(unknownId(contactId, path));
  }
  const given = input.Contact_Role;
  const roleId = isObject(given) ? (idText(given.id) ?? roleNamed(call, given.name)) : idText(given);
  if (given !== undefined && given !== null && !call.org.roleCatalogue.get(roleId ?? '')) {
    return refused({ api_name: 'Contact_Role', json_path: `${path}.Contact_Role` });
  }
  const id = `${deal.id}:${contactId}`;
  const known = call.org.dealRoles.get(id);
  call.org.dealRoles.put({ id, dealId: deal.id, contactId, roleId: roleId ?? null });
  return { isOk: true, status: 200, body: success({ id: contactId }, known ? 'relation updated' : 'relation added') };
}

function refused(details: Record<string, Json>): Outcome {
  return { isOk: false, status: 400, body: errorBody({ code: 'INVALID_DATA', message: 'invalid data', details }) };
}

function roleNamed(call: Call, name: unknown): string | undefined {
  for (const role of call.org.roleCatalogue.rows()) if (role.name === name) return role.id;
  return undefined;
}

function renderRole(call: Call, role: Row | undefined): Json {
  const known = role && call.org.roleCatalogue.get(String(role.roleId));
  return known ? { name: String(known.name), id: known.id } : null;
}

/** Whether role edits move the deal's Modified_Time is an open question, and a switch. */
function touchDeal(call: Call, deal: Row): void {
  const deals = call.org.module('Deals');
  if (deals) hear(call, deals, 'update', deal.id, {}, true);
  if (!call.world.switches.isOn('touchOnRelatedChange')) return;
  deals?.records.put({ ...deal, Modified_Time: call.now, Modified_By: call.user.id });
}
