import { errorBody, noPermission, type Problem, type Reply, ZohoFailure } from '../http/failure.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { DataType, FieldShape } from '../metadata/field.ts';
import type { Module } from '../world/org.ts';
import { generalPermissions, hasPermission } from '../world/permissions.ts';
import { type Call, jsonBody, listOf, requireScope } from './call.ts';
import { createMultiLookup } from './create-multi-lookup.ts';
import { moduleParameter } from './settings.ts';

const creatableIn = ['Leads', 'Contacts', 'Accounts', 'Deals', 'Calls', 'Tasks', 'Events'];
const mostPerCall = 5;
const mostUnique = 2;

/** Types a created field may have, with the longest length. */
const creatableTypes: Partial<Record<DataType, number>> = {
  text: 255,
  textarea: 50000,
  email: 100,
  phone: 30,
  website: 450,
  picklist: 120,
  multiselectpicklist: 100,
  boolean: 5,
  integer: 9,
  bigint: 18,
  currency: 16,
  double: 16,
  percent: 5,
  date: 20,
  datetime: 20,
  lookup: 120,
};

/** `POST /settings/fields?module=`; the answer has ids only, the API name follows from the label. Source: Zoho CRM API v8, Create Custom Fields. */
export function createFields(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.fields.CREATE');
  if (!hasPermission(call.org, call.user, generalPermissions.customize)) {
    throw noPermission(generalPermissions.customize);
  }
  const module = moduleParameter(call);
  if (!creatableIn.includes(module.apiName) && module.generated !== 'custom') {
    throw new ZohoFailure(400, 'INVALID_MODULE', 'the module name given seems to be invalid', {
      resource_path_index: 0,
    });
  }
  const outcomes = listOf(jsonBody(call), 'fields', mostPerCall).map((input, index) =>
    createOne(call, module, input, `$.fields[${index}]`),
  );
  const failures = outcomes.filter((one) => one.status === 'error').length;
  const status = failures === 0 ? 201 : failures === outcomes.length ? 400 : 207;
  return { status, body: { fields: outcomes } };
}

function createOne(call: Call, module: Module, input: Json, path: string): JsonObject {
  if (isObject(input) && input.data_type === 'multiselectlookup') {
    const made = createMultiLookup(call, module, input, path);
    if ('code' in made) return errorBody(made);
    return { code: 'SUCCESS', details: { id: made.id }, message: 'field created', status: 'success' };
  }
  const shape = isObject(input) ? shapeOf(call, module, input, path) : notAnObject(path);
  if ('code' in shape) return errorBody(shape);
  const field = call.org.addField(module, shape);
  return { code: 'SUCCESS', details: { id: field.id }, message: 'field created', status: 'success' };
}

function shapeOf(call: Call, module: Module, input: JsonObject, path: string): FieldShape | Problem {
  const label = typeof input.field_label === 'string' ? input.field_label.trim() : '';
  if (label === '') return mandatory('field_label', path);
  const type = input.data_type;
  if (typeof type !== 'string') return mandatory('data_type', path);
  const isRichText = type === 'textarea' && isObject(input.textarea) && input.textarea.type === 'rich_text';
  const longest = creatableTypes[type as DataType];
  if (longest === undefined) return invalid('data_type', path, { supported_values: Object.keys(creatableTypes) });
  const length = input.length === undefined ? longest : Number(input.length);
  if (!Number.isInteger(length) || length < 0 || (longest > 0 && length > longest)) {
    return invalid('length', path, { maximum_length: longest });
  }
  const custom = call.org.fields(module).filter((field) => field.isCustom);
  const most = call.org.edition.isPaid
    ? call.org.edition.customFieldsPerModule
    : call.world.switches.number('freeCustomFields');
  if (custom.length >= most) return limitReached(most);
  if (isLabelRefused(call, module, label)) {
    return {
      code: 'DUPLICATE_DATA',
      message: 'duplicate data',
      details: { api_name: 'field_label', json_path: `${path}.field_label` },
    };
  }
  const target = type === 'lookup' ? lookupTarget(call, input, path) : undefined;
  if (typeof target === 'object') return target;
  const marks = marksOf(call, module, input, type, path);
  if ('code' in marks) return marks;
  const pickList = Array.isArray(input.pick_list_values)
    ? input.pick_list_values.flatMap((one: JsonObject) =>
        typeof one?.display_value === 'string' ? [one.display_value] : [],
      )
    : undefined;
  return {
    apiName: freeApiName(call, module, label),
    label,
    type: type as DataType,
    length,
    isMandatory: false,
    isReadOnly: false,
    isCustom: true,
    ...(pickList ? { pickList } : {}),
    ...(target ? { lookup: target } : {}),
    ...(isRichText ? { isRichText } : {}),
    ...tooltipOf(input),
    ...marks,
  };
}

/** The module that a lookup points to. */
function lookupTarget(call: Call, input: JsonObject, path: string): string | Problem {
  const named = isObject(input.lookup) && isObject(input.lookup.module) ? input.lookup.module.api_name : undefined;
  if (typeof named !== 'string') return mandatory('module', `${path}.lookup`);
  return call.org.module(named)?.apiName ?? invalid('api_name', `${path}.lookup.module`, {});
}

/** Unique and external marks: text only, two unique fields a module, no external field on Calls. */
function marksOf(
  call: Call,
  module: Module,
  input: JsonObject,
  type: string,
  path: string,
): Pick<FieldShape, 'unique' | 'external'> | Problem {
  const marks: Pick<FieldShape, 'unique' | 'external'> = {};
  if (isObject(input.external)) {
    const kind = input.external.type;
    if (kind !== 'org' && kind !== 'user')
      return invalid('type', `${path}.external`, { supported_values: ['org', 'user'] });
    if (type !== 'text' || module.apiName === 'Calls') return invalid('external', path, {});
    if (!call.world.switches.isOn('externalFields')) {
      return {
        code: 'FEATURE_NOT_SUPPORTED',
        message: 'external fields are not supported here',
        details: { api_name: 'external' },
      };
    }
    marks.external = kind;
  }
  if (isObject(input.unique) && Object.keys(input.unique).length > 0) {
    const uniques = call.org.fields(module).filter((field) => field.unique).length;
    if (uniques >= mostUnique) return limitReached(mostUnique);
    if (module.apiName === 'Events' && !call.world.switches.isOn('uniqueOnEvents')) {
      return {
        code: 'FEATURE_NOT_SUPPORTED',
        message: 'unique fields are not supported here',
        details: { api_name: 'unique' },
      };
    }
    marks.unique = { isCaseSensitive: input.unique.case_sensitive === true || input.unique.casesensitive === true };
  }
  return marks;
}

function tooltipOf({ tooltip }: JsonObject): Pick<FieldShape, 'tooltip'> {
  if (!isObject(tooltip) || typeof tooltip.name !== 'string' || typeof tooltip.value !== 'string') return {};
  return { tooltip: { name: tooltip.name, value: tooltip.value } };
}

/** True when another field has the label and the org does not take it twice. */
export function isLabelRefused(call: Call, module: Module, label: string): boolean {
  if (call.world.switches.text('repeatedFieldLabel') === 'suffix') return false;
  return call.org.fields(module).some((field) => field.label.toLowerCase() === label.toLowerCase());
}

/** The API name follows from the label, with a number on a clash. */
export function freeApiName(call: Call, module: Module, label: string): string {
  const base = label.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '') || 'Field';
  const ascii = base.replace(/[^A-Za-z0-9_]/g, '') || 'Field';
  let name = ascii;
  for (let number = 1; call.org.field(module, name); number++) name = `${ascii}${number}`;
  return name;
}

function mandatory(apiName: string, path: string): Problem {
  return {
    code: 'MANDATORY_NOT_FOUND',
    message: 'required field not found',
    details: { api_name: apiName, json_path: `${path}.${apiName}` },
  };
}

function invalid(apiName: string, path: string, details: Record<string, Json>): Problem {
  return {
    code: 'INVALID_DATA',
    message: 'invalid data',
    details: { ...details, api_name: apiName, json_path: `${path}.${apiName}` },
  };
}

function limitReached(limit: number): Problem {
  return { code: 'LIMIT_EXCEEDED', message: 'the limit of fields is reached', details: { limit } };
}

function notAnObject(path: string): Problem {
  return {
    code: 'INVALID_DATA',
    message: 'invalid data',
    details: { expected_data_type: 'jsonobject', json_path: path },
  };
}
