import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import { baseCurrency, currencyFields, symbolOf } from '../metadata/currencies.ts';
import type { Field } from '../metadata/field.ts';
import type { Row } from '../store/table.ts';
import { personClient } from '../world/actors.ts';
import { formatDateTime } from '../world/date-times.ts';
import type { Module, Org } from '../world/org.ts';
import { blockOf } from '../world/record-states.ts';
import { type Call, zoneOf } from './call.ts';
import { cutRichText, isRichText } from './rich-text.ts';
import { isAbsent, isRestricted, isWithheld } from './withheld.ts';

/** A record as `GET /{module}/{id}` gives it: every field, and the system's own keys. */
export function renderWhole(call: Call, module: Module, row: Row): JsonObject {
  const values: Record<string, Json | undefined> = { id: row.id };
  for (const field of visibleFields(call, module)) {
    const isBlank = isRestricted(call, module.apiName, field.apiName);
    values[field.apiName] = isBlank ? null : renderValue(call, field, row);
  }
  return { ...values, ...systemKeys(call, module, row) };
}

/** The named fields that exist, and always the id: as lists give a record, or (`isSingle`) as a read of that one does. */
export function renderNamed(
  call: Call,
  module: Module,
  row: Row,
  names: readonly string[],
  isSingle = false,
): JsonObject {
  return namedRenderer(call, module, names, isSingle)(row);
}

type NamedColumn = { name: string; field: Field | undefined; isCut: boolean; isBlank?: boolean };

/** What renders one record after another by those names; finding the fields is done once for all of them. */
export function namedRenderer(
  call: Call,
  module: Module,
  names: readonly string[],
  isSingle = false,
): (row: Row) => JsonObject {
  const withParticipants = isSingle || call.world.switches.isOn('participantsInLists');
  const columns = names.flatMap((name): NamedColumn[] => {
    if (name === '$se_module' || name === '$event_cancelled') return [{ name, field: undefined, isCut: false }];
    const field = call.org.field(module, name);
    if (!field || isRemoved(call, module, name)) return [];
    if ((field.linking && !isSingle) || (field.type === 'participants' && !withParticipants)) return [];
    if (isRestricted(call, module.apiName, name)) return [{ name, field, isCut: false, isBlank: true }];
    return [{ name, field, isCut: !isSingle && isRichText(call, module, field) }];
  });
  return (row) => {
    const values: Record<string, Json | undefined> = {};
    for (const { name, field, isCut, isBlank } of columns) {
      if (isBlank) {
        values[name] = null;
        continue;
      }
      const value = field ? renderValue(call, field, row) : (row[name] ?? (name === '$se_module' ? null : false));
      values[name] = isCut ? cutRichText(value) : value;
      if (name === 'What_Id') values.$se_module = row.$se_module ?? null;
    }
    values.id = row.id;
    return values;
  };
}

/** Fields of the module, without those that a fault took away or that this caller may not see. */
export function visibleFields(call: Call, module: Module): readonly Field[] {
  const all = call.org.fields(module);
  return all.filter((field) => !isRemoved(call, module, field.apiName));
}

/** An org with one currency has no such fields, unless it made one itself. */
function isUnusedCurrencyField(call: Call, module: Module, apiName: string): boolean {
  if (!currencyFields.includes(apiName) || call.world.switches.isOn('multiCurrency')) return false;
  return call.org.field(module, apiName)?.isCustom === false;
}

/** All fields that the org has, as its own pages show them. */
export function existingFields(call: Call, module: Module): readonly Field[] {
  return call.org.fields(module).filter((field) => !isUnusedCurrencyField(call, module, field.apiName));
}

/** True for a field that does not exist for this caller: a fault took it, its profile hides it, or the org has no use for it. */
export function isRemoved(call: Call, module: Module, apiName: string): boolean {
  if (isUnusedCurrencyField(call, module, apiName)) return true;
  if (call.client === personClient) return false;
  if (isAbsent(call, module.apiName, apiName)) return true;
  return call.world.faults
    .standing('field-removed')
    .some(
      (rule) =>
        rule.field === apiName && (rule.match.module ?? module.apiName).toLowerCase() === module.apiName.toLowerCase(),
    );
}

/** One value as Zoho writes it: lookups as {name, id}, times in the caller's zone, null for nothing. */
export function renderValue(call: Call, field: Field, row: Row): Json {
  const value = row[field.apiName];
  if (field.linking) return renderLinks(call.org, field.linking, row.id);
  if (field.type === 'boolean') return value ?? false;
  if (field.apiName === 'Currency' && !field.isCustom) return value ?? baseCurrency;
  if (field.apiName === 'Exchange_Rate' && !field.isCustom) return value ?? 1;
  if (value === undefined || value === null) return field.type === 'tags' || field.type === 'participants' ? [] : null;
  switch (field.type) {
    case 'datetime':
      return formatDateTime(Number(value), zoneOf(call));
    case 'ownerlookup':
      return renderUser(call.org, String(value));
    case 'lookup':
      return renderLookup(call.org, field.lookup ?? '', String(value));
    case 'multi_module_lookup':
      return field.apiName === 'Parent_Id'
        ? renderParent(call.org, String(row.$se_module ?? ''), String(value))
        : renderLookup(call.org, String(row.$se_module ?? ''), String(value));
    case 'tags':
      return isList(value)
        ? value.filter(isObject).map((tag) => ({ name: tag.name, id: tag.id, color_code: null }))
        : [];
    case 'participants':
      return renderParticipants(call, value);
    default:
      return value;
  }
}

/** The links of a record through a multi-select lookup: each with its own id and the record at its other end. */
function renderLinks(org: Org, linking: NonNullable<Field['linking']>, id: string): Json {
  const links = org.module(linking.module)?.records.find(linking.own, id) ?? [];
  return links.map((link) => ({
    id: link.id,
    [linking.other]: renderLookup(org, linking.connected, String(link[linking.other])),
  }));
}

/** `{name, id, email}` of a user. */
export function renderUser(org: Org, id: string): Json {
  const user = org.users.get(id);
  return user ? { name: String(user.full_name), id, email: String(user.email) } : null;
}

/** `{name, id}` of a user, as write answers give it. */
export function userStub(org: Org, id: string): Json {
  return { name: String(org.users.get(id)?.full_name ?? ''), id };
}

/** `{name, id}` of a record, null when it is gone. */
export function renderLookup(org: Org, moduleName: string, id: string): Json {
  const module = org.module(moduleName);
  const target = module?.records.get(id);
  return module && target ? { name: nameOf(module, target), id } : null;
}

/** What a record is called in lookups and lists. */
export function nameOf(module: Module, row: Row): string {
  const name = row[module.nameField];
  return typeof name === 'string' ? name : '';
}

function renderParent(org: Org, moduleName: string, id: string): Json {
  const module = org.module(moduleName);
  const target = module?.records.get(id);
  if (!module || !target) return null;
  return { module: { api_name: module.apiName, id: module.id }, name: nameOf(module, target), id };
}

const moduleOfType: Record<string, string> = { contact: 'Contacts', lead: 'Leads' };

function renderParticipants(call: Call, value: Json): Json {
  if (!Array.isArray(value)) return [];
  const unanswered = call.world.switches.text('participantStatus');
  return value.map((one: JsonObject) => {
    const person = participantOf(call.org, String(one.type), String(one.participant));
    return {
      name: person?.name ?? one.name ?? null,
      Email: isWithheld(call, moduleOfType[String(one.type)] ?? '', 'Email')
        ? null
        : (person?.email ?? one.Email ?? null),
      invited: one.invited ?? false,
      id: one.id,
      type: one.type,
      participant: one.participant,
      status: one.status ?? unanswered,
    };
  });
}

/** Name and address of a participant that is a record or a user; undefined for a bare address. */
export function participantOf(org: Org, type: string, id: string): { name: string; email: string | null } | undefined {
  if (type === 'user') {
    const user = org.users.get(id);
    return user && { name: String(user.full_name), email: String(user.email) };
  }
  const module = type === 'contact' ? org.module('Contacts') : type === 'lead' ? org.module('Leads') : undefined;
  const person = module?.records.get(id);
  if (!module || !person) return undefined;
  return { name: nameOf(module, person), email: typeof person.Email === 'string' ? person.Email : null };
}

/** Keys that every whole record carries. Source: Zoho CRM API v8, Get Records (sample replies). */
function systemKeys(call: Call, module: Module, row: Row): JsonObject {
  const block = blockOf(call.org, module, row.id);
  const isApproved = block !== 'approval';
  const activity =
    row.What_Id !== undefined || module.apiName === 'Events' ? { $se_module: row.$se_module ?? null } : {};
  const event = module.apiName === 'Events' ? { $event_cancelled: row.$event_cancelled === true } : {};
  const note =
    module.apiName === 'Notes'
      ? { $se_module: row.$se_module ?? null, $size: null, $voice_note: false, $attachments: null }
      : {};
  return {
    $editable: true,
    $approved: isApproved,
    $approval_state: isApproved ? 'approved' : 'approval_process_pending',
    $approval: { delegate: false, approve: false, reject: false, resubmit: false },
    $review_process: { approve: false, reject: false, resubmit: false },
    $in_merge: false,
    $field_states: null,
    $state: 'save',
    $orchestration: null,
    $currency_symbol: symbolOf(String(row.Currency ?? baseCurrency)),
    $locked_for_me: block === 'locked',
    ...activity,
    ...event,
    ...note,
  };
}
