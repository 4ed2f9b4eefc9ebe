import type { Problem } from '../http/failure.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { type FieldShape, stockField } from '../metadata/field.ts';
import { systemFields } from '../metadata/stock-modules.ts';
import type { Module } from '../world/org.ts';
import type { Call } from './call.ts';
import { freeApiName, isLabelRefused } from './create-fields.ts';

/** Modules that a multi-select lookup may start from; the interface has never offered it on activities. */
const startsFrom = ['Leads', 'Contacts', 'Accounts', 'Deals', 'Products', 'Vendors', 'Campaigns'];

/**
 * Creates a multi-select lookup: a field on both sides, and the module that holds the links, each a record with two lookups.
 * Source: Zoho CRM API v8, Linking Modules.
 */
export function createMultiLookup(
  call: Call,
  module: Module,
  input: JsonObject,
  path: string,
): { id: string } | Problem {
  const label = typeof input.field_label === 'string' ? input.field_label.trim() : '';
  if (label === '') return problem('MANDATORY_NOT_FOUND', 'field_label', path);
  const isOnEvents = module.apiName === 'Events' && call.world.switches.isOn('multiLookupOnEvents');
  if (!startsFrom.includes(module.apiName) && module.generated !== 'custom' && !isOnEvents)
    return problem('INVALID_DATA', 'data_type', path);
  const details = isObject(input.multiselectlookup) ? input.multiselectlookup : {};
  const connected = connectedModule(call, details);
  if (!connected) return problem('INVALID_DATA', 'connected_details', `${path}.multiselectlookup`);
  if (isLabelRefused(call, module, label)) {
    return problem('DUPLICATE_DATA', 'field_label', path);
  }
  const names = lookupNames(module, connected);
  const linking = call.org.addModule(linkingShape(call, module, connected, names, details));
  const field = call.org.addField(
    module,
    multiField(freeApiName(call, module, label), label, {
      module: linking.apiName,
      own: names.own,
      other: names.other,
      connected: connected.apiName,
    }),
  );
  const reverse = reverseLabel(call, module, connected, details);
  call.org.addField(
    connected,
    multiField(freeApiName(call, connected, reverse), reverse, {
      module: linking.apiName,
      own: names.other,
      other: names.own,
      connected: module.apiName,
    }),
  );
  return { id: field.id };
}

function connectedModule(call: Call, details: JsonObject): Module | undefined {
  const named =
    isObject(details.connected_details) && isObject(details.connected_details.module)
      ? details.connected_details.module.api_name
      : undefined;
  return typeof named === 'string' ? call.org.module(named) : undefined;
}

/** The two lookups of a link are called after the modules they point to. */
function lookupNames(module: Module, connected: Module): { own: string; other: string } {
  const other = connected === module ? `${connected.apiName}_1` : connected.apiName;
  return { own: module.apiName, other };
}

function linkingShape(
  call: Call,
  module: Module,
  connected: Module,
  names: { own: string; other: string },
  details: JsonObject,
) {
  const wanted =
    isObject(details.linking_details) && isObject(details.linking_details.module)
      ? details.linking_details.module.plural_label
      : undefined;
  const plural =
    typeof wanted === 'string' && wanted.trim() !== '' ? wanted.trim() : `${module.plural} X ${connected.plural}`;
  const base = plural.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '') || 'Links';
  let apiName = base;
  for (let number = 1; call.org.module(apiName); number++) apiName = `${base}${number}`;
  return {
    apiName,
    singular: plural,
    plural,
    internal: `LinkingModule${call.org.modules.length}`,
    nameField: 'Name',
    generated: 'linking' as const,
    relatedLists: [],
    fields: [
      stockField('Name', 'text', { length: 120 }),
      stockField(names.own, 'lookup', { lookup: module.apiName, isMandatory: true }),
      stockField(names.other, 'lookup', { lookup: connected.apiName, isMandatory: true }),
      ...systemFields,
    ],
  };
}

function reverseLabel(call: Call, module: Module, connected: Module, details: JsonObject): string {
  const given =
    isObject(details.connected_details) && isObject(details.connected_details.field)
      ? details.connected_details.field.field_label
      : undefined;
  const label = typeof given === 'string' && given.trim() !== '' ? given.trim() : `Linked ${module.plural}`;
  const isTaken = call.org.fields(connected).some((field) => field.label.toLowerCase() === label.toLowerCase());
  return isTaken ? `${label} ${call.org.modules.length}` : label;
}

function multiField(apiName: string, label: string, linking: NonNullable<FieldShape['linking']>): FieldShape {
  return { ...stockField(apiName, 'multiselectlookup', { label }), isCustom: true, linking };
}

function problem(code: string, apiName: string, path: string): Problem {
  const details: Record<string, Json> = { api_name: apiName, json_path: `${path}.${apiName}` };
  return { code, message: code === 'MANDATORY_NOT_FOUND' ? 'required field not found' : 'invalid data', details };
}
