import type { Reply } from '../http/failure.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Field } from '../metadata/field.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { type Call, requireModule } from './call.ts';
import { renderValue } from './render-record.ts';
import { splitIds } from './write-records.ts';

const shownInLists = 500;

/** Whether a field holds rich text. Notes do so in newer interfaces only, which is a switch. */
export function isRichText(call: Call, module: Module, field: Field): boolean {
  if (field.isRichText) return true;
  return module.apiName === 'Notes' && field.apiName === 'Note_Content' && call.world.switches.isOn('noteRichText');
}

/** Rich text as lists give it: its first 500 characters. Source: Zoho CRM API v8, Get Records. */
export function cutRichText(value: Json): Json {
  return typeof value === 'string' && value.length > shownInLists ? [...value].slice(0, shownInLists).join('') : value;
}

/** `GET /{module}/actions/fetch_full_data?ids=` and `GET /{module}/{id}/actions/fetch_full_data`: rich text in full. Source: Zoho CRM API v8, Get Rich Text Records. */
export function fetchFullData(call: Call): Reply {
  const module = requireModule(call, call.parts.module ?? '', 'READ');
  const ids = call.parts.id === undefined ? splitIds(call) : [call.parts.id];
  const named = call.query
    .get('fields')
    ?.split(',')
    .map((one) => one.trim());
  const fields = call.org
    .fields(module)
    .filter((field) => isRichText(call, module, field) && (named === undefined || named.includes(field.apiName)));
  const data = ids.flatMap((id) => module.records.get(id) ?? []).map((row) => fullData(call, fields, row));
  return data.length === 0 ? { status: 204 } : { status: 200, body: { data } };
}

function fullData(call: Call, fields: readonly Field[], row: Row): JsonObject {
  return { ...Object.fromEntries(fields.map((field) => [field.apiName, renderValue(call, field, row)])), id: row.id };
}
