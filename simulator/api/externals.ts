import { invalidData } from '../http/failure.ts';
import type { Field } from '../metadata/field.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import type { Call } from './call.ts';

/** What the X-EXTERNAL header says: the record itself and lookups are addressed by external values. */
export type Externals = {
  /** External field of the record's own module. */
  own?: Field;
  /** Per path such as `What_Id` or `Participants.participant`: module and field of the target. */
  lookups: Map<string, { module: Module; field: Field }>;
};

/** Reads `X-EXTERNAL: Events.Our_ID, Events.What_Id->Accounts.Ext`. Source: Zoho CRM API v8, External IDs. */
export function readExternals(call: Call, module: Module): Externals {
  const externals: Externals = { lookups: new Map() };
  for (const part of (call.headers['x-external'] ?? '').split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [left = '', right] = part.split('->');
    const [moduleName = '', ...path] = left.split('.');
    if (call.org.module(moduleName) !== module) throw badHeader(part);
    if (right === undefined) {
      externals.own = externalField(call, module, path.join('.'), part);
      continue;
    }
    const [targetName = '', targetField = ''] = right.split('.');
    const target = call.org.module(targetName);
    if (!target) throw badHeader(part);
    externals.lookups.set(path.join('.'), { module: target, field: externalField(call, target, targetField, part) });
  }
  return externals;
}

/** The record that an address of the URL means: an id, or an external value when the header says so. */
export function findAddressed(call: Call, module: Module, externals: Externals, address: string): Row | undefined {
  if (!externals.own) return module.records.get(address);
  return findByExternal(call, module, externals.own, address);
}

/** The record that holds an external value; a value of type user is only seen by who set it. */
export function findByExternal(call: Call, module: Module, field: Field, value: string): Row | undefined {
  const holders = module.records.find(field.apiName, value);
  return field.external === 'user' ? holders.find((row) => row.Created_By === call.user.id) : holders[0];
}

function externalField(call: Call, module: Module, apiName: string, part: string): Field {
  const field = call.org.field(module, apiName);
  if (!field?.external) throw badHeader(part);
  return field;
}

function badHeader(part: string) {
  return invalidData({ header: 'X-EXTERNAL', value: part }, 'the external field given seems to be invalid');
}
