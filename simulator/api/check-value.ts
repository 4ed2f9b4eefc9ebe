import type { Problem } from '../http/failure.ts';
import { idText, isList, isObject, type Json } from '../json.ts';
import type { Field } from '../metadata/field.ts';
import { isDate, parseDateTime } from '../world/date-times.ts';
import type { Module } from '../world/org.ts';
import type { Call } from './call.ts';
import { type Externals, findByExternal } from './externals.ts';
import { canSee, hiddenFailure } from './visibility.ts';

/** A value in the form in which it is stored, or what is wrong with it. */
export type Checked = { value: Json } | { problem: Problem };

export type CheckContext = { call: Call; module: Module; externals: Externals };

/** `INVALID_DATA` about one field. Source: Zoho CRM API v8, Insert Records, possible errors. */
export function invalidField(
  field: string,
  path: string,
  details: Record<string, Json>,
  message = 'invalid data',
): Problem {
  return { code: 'INVALID_DATA', message, details: { ...details, api_name: field, json_path: path } };
}

/** Checks one value against its field: type, length, pick list, target of a lookup. null is always allowed here. */
export function checkValue(context: CheckContext, field: Field, value: Json, path: string): Checked {
  if (value === null) return { value: null };
  const wrongType = (expected: string): Checked => ({
    problem: invalidField(field.apiName, path, { expected_data_type: expected }),
  });
  switch (field.type) {
    case 'text':
    case 'textarea':
    case 'phone':
    case 'website':
      return typeof value === 'string' ? checkLength(context, field, value, path) : wrongType('text');
    case 'email':
      if (typeof value !== 'string' || !isEmail(value)) return wrongType('email');
      return checkLength(context, field, value.trim(), path);
    case 'picklist':
      return typeof value === 'string' ? checkPick(context, field, value, path) : wrongType('text');
    case 'multiselectpicklist':
      return isList(value) ? { value } : wrongType('jsonarray');
    case 'boolean':
      return typeof value === 'boolean' ? { value } : wrongType('boolean');
    case 'integer':
    case 'bigint':
      return typeof value === 'number' && Number.isInteger(value) ? { value } : wrongType(field.type);
    case 'currency':
    case 'double':
    case 'percent':
      return typeof value === 'number' ? { value } : wrongType('double');
    case 'date':
      return typeof value === 'string' && isDate(value) ? { value } : wrongType('date');
    case 'datetime':
      return checkDateTime(context, value, wrongType);
    case 'ownerlookup':
      return checkUser(context, field, value, path);
    case 'lookup':
      return checkLookup(context, field, value, path);
    default:
      return { value };
  }
}

/** Longest value of a field, switches considered. */
export function lengthOf(call: Call, module: Module, field: Field): number {
  if (module.apiName === 'Events' && field.apiName === 'Description') {
    return call.world.switches.number('eventDescriptionLength');
  }
  if (module.apiName === 'Notes' && field.apiName === 'Note_Content')
    return call.world.switches.number('noteContentLength');
  return field.length;
}

function checkLength(context: CheckContext, field: Field, value: string, path: string): Checked {
  const most = lengthOf(context.call, context.module, field);
  if (most > 0 && value.length > most && [...value].length > most) {
    return { problem: invalidField(field.apiName, path, { maximum_length: most }) };
  }
  return { value };
}

function isEmail(text: string): boolean {
  return /^[^\s@,;<>()"]+@[^\s@,;<>()"]+\.[^\s@,;<>()".]{2,}$/u.test(text.trim());
}

function checkPick(context: CheckContext, field: Field, value: string, path: string): Checked {
  const { call } = context;
  if (field.apiName === 'Stage' && context.module.apiName === 'Deals') {
    const names = [...call.org.stages.rows()].map((stage) => String(stage.name));
    if (names.includes(value)) return { value };
    return { problem: invalidField(field.apiName, path, { supported_values: names }) };
  }
  const isStrict = call.world.switches.text('unknownPickListValue') === 'reject' || field.apiName === 'Currency';
  if (isStrict && field.pickList && !field.pickList.includes(value)) {
    return { problem: invalidField(field.apiName, path, { supported_values: field.pickList }) };
  }
  return checkLength(context, field, value, path);
}

function checkDateTime(context: CheckContext, value: Json, wrongType: (expected: string) => Checked): Checked {
  if (typeof value !== 'string') return wrongType('datetime');
  const instant = parseDateTime(value, context.call.world.switches.text('millisecondsInTimes') === 'accept');
  return instant === undefined ? wrongType('datetime') : { value: instant };
}

/** The id in `{"id": …}`, or a bare id; both are in use. */
export function lookupId(value: Json): string | undefined {
  return isObject(value) ? idText(value.id) : idText(value);
}

function checkUser(context: CheckContext, field: Field, value: Json, path: string): Checked {
  const id = lookupId(value);
  if (id === undefined) return { problem: invalidField(field.apiName, path, { expected_data_type: 'jsonobject' }) };
  const user = context.call.org.users.get(id);
  if (user?.status === 'active') return { value: id };
  return { problem: invalidField(field.apiName, path, { id }, 'the id given seems to be invalid') };
}

function checkLookup(context: CheckContext, field: Field, value: Json, path: string): Checked {
  const id = lookupId(value);
  if (id === undefined) return { problem: invalidField(field.apiName, path, { expected_data_type: 'jsonobject' }) };
  const external = context.externals.lookups.get(field.apiName);
  const target = context.call.org.module(field.lookup ?? '');
  const found = external ? findByExternal(context.call, external.module, external.field, id) : target?.records.get(id);
  const module = external?.module ?? target;
  const hidden = module && hiddenFailure(context.call, module, found);
  if (hidden) return { problem: hidden.problem };
  if (module && found && canSee(context.call, module, found)) return { value: found.id };
  return { problem: invalidField(field.apiName, path, { id }, 'the related id given seems to be invalid') };
}
