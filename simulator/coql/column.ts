import { type Call, requireModule } from '../api/call.ts';
import { isRemoved, renderValue } from '../api/render-record.ts';
import { isRestricted } from '../api/withheld.ts';
import type { Json } from '../json.ts';
import type { Field } from '../metadata/field.ts';
import { stockField } from '../metadata/field.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { coqlError } from './parse.ts';

/** A column of a query, resolved: how to read it from a row of the base module. */
export type Column = {
  name: string;
  field: Field;
  /** True when it is a field of the base module itself. */
  isOwn: boolean;
  /** The stored value. */
  read(row: Row): Json;
  /** The value as the answer carries it. */
  show(row: Row): Json;
};

const idField: Field = { ...stockField('id', 'bigint'), id: 'id' };
const userFields = ['id', 'full_name', 'first_name', 'last_name', 'email', 'status'];
const mostHops = 2;

/** Resolves `Stage`, `Account_Name.Account_Name`, `What_Id->Accounts.Industry`, `Owner.email`. Source: Zoho CRM API v8, COQL joins. */
export function resolveColumn(call: Call, module: Module, name: string): Column {
  const steps = name.split('.');
  if (steps.length - 1 > mostHops)
    throw coqlError('LIMIT_EXCEEDED', 'too many relations in a column', { limit: mostHops, column_name: name });
  return walk(call, module, name, steps, (row) => row, true);
}

function walk(
  call: Call,
  module: Module,
  name: string,
  steps: readonly string[],
  reach: (row: Row) => Row | undefined,
  isOwn: boolean,
): Column {
  const [step = '', ...rest] = steps;
  const [apiName = '', castTo] = step.split('->');
  if (apiName === 'id' && rest.length === 0) return column(call, name, idField, reach, isOwn);
  const field = call.org.field(module, apiName);
  if (
    !field ||
    isRemoved(call, module, apiName) ||
    field.type === 'participants' ||
    field.type === 'tags' ||
    field.type === 'multiselectlookup' ||
    field.type === 'multireminder' ||
    field.type === 'RRULE'
  ) {
    throw unknownColumn(name, module);
  }
  if (rest.length === 0 && castTo === undefined) {
    return column(call, name, field, reach, isOwn, isRestricted(call, module.apiName, apiName));
  }
  if (field.type === 'ownerlookup') return userColumn(call, name, field, rest, reach);
  if (field.type === 'multi_module_lookup' && castTo === undefined && rest.join('.') === 'module.api_name') {
    return {
      name,
      field,
      isOwn: false,
      read: (row) => reach(row)?.$se_module ?? null,
      show: (row) => reach(row)?.$se_module ?? null,
    };
  }
  const target = call.org.module(castTo ?? field.lookup ?? '');
  if (!target || (field.type !== 'lookup' && field.type !== 'multi_module_lookup')) throw unknownColumn(name, module);
  requireModule(call, target.apiName, 'READ');
  const next = (row: Row): Row | undefined => {
    const id = reach(row)?.[field.apiName];
    return typeof id === 'string' ? target.records.get(id) : undefined;
  };
  return walk(call, target, name, rest.length === 0 ? ['id'] : rest, next, false);
}

function column(
  call: Call,
  name: string,
  field: Field,
  reach: (row: Row) => Row | undefined,
  isOwn: boolean,
  isBlank = false,
): Column {
  return {
    name,
    field,
    isOwn,
    read: (row) => (isBlank ? null : (reach(row)?.[field.apiName] ?? null)),
    show(row) {
      const source = reach(row);
      if (!source || isBlank) return null;
      const value = source[field.apiName] ?? null;
      if (field.type === 'lookup' || field.type === 'ownerlookup' || field.type === 'multi_module_lookup') {
        return value === null ? null : { id: value };
      }
      return field.apiName === 'id' ? source.id : renderValue(call, field, source);
    },
  };
}

function userColumn(
  call: Call,
  name: string,
  field: Field,
  rest: readonly string[],
  reach: (row: Row) => Row | undefined,
): Column {
  const [property = ''] = rest;
  if (rest.length !== 1 || !userFields.includes(property))
    throw coqlError('INVALID_QUERY', 'column given seems to be invalid', { column_name: name });
  const read = (row: Row): Json => call.org.users.get(String(reach(row)?.[field.apiName]))?.[property] ?? null;
  return { name, field: { ...stockField(property, 'text'), id: field.id }, isOwn: false, read, show: read };
}

function unknownColumn(name: string, module: Module) {
  return coqlError('INVALID_QUERY', 'column given seems to be invalid', { column_name: name, module: module.apiName });
}
