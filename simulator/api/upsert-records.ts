import { invalidModule, type Reply } from '../http/failure.ts';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { type Call, jsonBody, listOf, requireModule } from './call.ts';
import { readExternals } from './externals.ts';
import { creditsOfWrite, insertOne, type Outcome, reply, updateOne, type WriteContext } from './write-records.ts';

/** Modules that take no upsert. Source: Zoho CRM API v8, Upsert Records, supported modules. */
const withoutUpsert = ['Events', 'Tasks', 'Calls', 'Notes'];

/** The field that a module checks when the caller names none. */
const defaultChecks: Record<string, string[]> = {
  Leads: ['Email'],
  Contacts: ['Email'],
  Accounts: ['Account_Name'],
  Deals: ['Deal_Name'],
  Campaigns: ['Campaign_Name'],
  Products: ['Product_Code', 'Product_Name'],
  Vendors: ['Vendor_Name'],
};

/** `POST /{module}/upsert`. Source: Zoho CRM API v8, Upsert Records. */
export function upsertRecords(call: Call): Reply {
  const module = requireModule(call, call.parts.module ?? '', 'CREATE');
  requireModule(call, module.apiName, 'UPDATE');
  if (withoutUpsert.includes(module.apiName)) throw invalidModule();
  const body = jsonBody(call);
  const inputs = listOf(body, 'data', 100);
  const context: WriteContext = { call, module, externals: readExternals(call, module), trigger: body.trigger };
  const checks = isList(body.duplicate_check_fields)
    ? body.duplicate_check_fields.map(String)
    : (defaultChecks[module.apiName] ?? []);
  const outcomes = inputs.map((input, index) => upsertOne(context, input, index, checks));
  return reply(outcomes, 200, creditsOfWrite(inputs.length));
}

function upsertOne(context: WriteContext, input: Json, index: number, checks: readonly string[]): Outcome {
  const found = isObject(input) ? findExisting(context, input, checks) : undefined;
  if (!found) {
    const inserted = insertOne(context, input, index);
    return inserted.isOk
      ? { ...inserted, status: 200, body: { ...inserted.body, action: 'insert', duplicate_field: null } }
      : inserted;
  }
  const plain = { ...context, externals: { lookups: context.externals.lookups } };
  const updated = updateOne(plain, input, index, found.row.id);
  return updated.isOk
    ? { ...updated, body: { ...updated.body, action: 'update', duplicate_field: found.field } }
    : updated;
}

function findExisting(
  { call, module, externals }: WriteContext,
  input: JsonObject,
  checks: readonly string[],
): { row: Row; field: string | null } | undefined {
  const byId = typeof input.id === 'string' ? module.records.get(input.id) : undefined;
  if (byId) return { row: byId, field: null };
  const uniques = call.org
    .fields(module)
    .filter((field) => field.unique || field.external)
    .map((field) => field.apiName);
  const own = externals.own ? [externals.own.apiName] : [];
  for (const name of [...own, ...checks, ...uniques]) {
    const value = input[name];
    if (typeof value !== 'string' || value === '') continue;
    const [row] = holders(module, name, value);
    if (row) return { row, field: name };
  }
  return undefined;
}

function holders(module: Module, name: string, value: string): Row[] {
  const found =
    name === 'Email'
      ? module.records.find('Email', value.trim().toLowerCase())
      : module.records.find(`lower:${name}`, value.toLowerCase());
  return found.sort((a, b) => Number(a.Created_Time) - Number(b.Created_Time));
}
