import type { Problem } from '../http/failure.ts';
import type { JsonObject } from '../json.ts';
import type { Field } from '../metadata/field.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import type { Call } from './call.ts';
import { renderUser } from './render-record.ts';

/** What a unique or external field holds against a row, undefined if nothing. Source: Zoho CRM API v8, DUPLICATE_DATA. */
export function findDuplicates(
  call: Call,
  module: Module,
  row: Row,
  existing: Row | undefined,
  path: string,
): Problem | undefined {
  const problems: Problem[] = [];
  for (const field of call.org.fields(module)) {
    const value = row[field.apiName];
    if ((!field.unique && !field.external) || value === null || value === undefined) continue;
    if (existing?.[field.apiName] === value) continue;
    const others = holdersOf(call, module, field, String(value)).filter((one) => one.id !== row.id);
    const holder = others[0];
    if (holder) problems.push(duplicateProblem(call, module, field, holder, others.length > 1, path));
  }
  const linked = module.generated === 'linking' ? findLink(call, module, row, existing) : undefined;
  if (linked) return linked;
  const [first] = problems;
  if (problems.length < 2) return first;
  return {
    code: 'MULTIPLE_OR_MULTI_ERRORS',
    message: 'multiple or multi errors have occurred',
    details: { errors: problems.map((one) => ({ ...one, status: 'error' })) },
  };
}

/** Two records are linked once. Source: Zoho CRM API v8, Linking Modules, DUPLICATE_LINKING_DATA. */
function findLink(call: Call, module: Module, row: Row, existing: Row | undefined): Problem | undefined {
  const [own, other] = call.org.fields(module).filter((field) => field.type === 'lookup');
  if (!own || !other) return undefined;
  const same = module.records
    .find(own.apiName, String(row[own.apiName]))
    .find((one) => one.id !== existing?.id && one[other.apiName] === row[other.apiName]);
  if (!same) return undefined;
  const details = { linking_fields: [{ api_name: own.apiName }, { api_name: other.apiName }], id: same.id };
  return { code: 'DUPLICATE_LINKING_DATA', message: 'duplicate linking data', details };
}

function holdersOf(call: Call, module: Module, field: Field, value: string): Row[] {
  const isFolded = field.unique && !field.unique.isCaseSensitive;
  const living = isFolded
    ? module.records.find(`lower:${field.apiName}`, value.toLowerCase())
    : module.records.find(field.apiName, value);
  const own = field.external === 'user' ? living.filter((row) => row.Created_By === call.user.id) : living;
  if (call.world.switches.isOn('externalValueFreedOnDelete')) return own;
  const deleted = call.org.deleted.find('module', module.apiName).filter((row) => {
    const held = JSON.parse(String(row.held ?? '{}')) as Record<string, string>;
    return row.type === 'recycle' && held[field.apiName] === value;
  });
  return [...own, ...deleted];
}

function duplicateProblem(
  call: Call,
  module: Module,
  field: Field,
  holder: Row,
  hasMore: boolean,
  path: string,
): Problem {
  const place: JsonObject = { api_name: field.apiName, json_path: `${path}.${field.apiName}` };
  if (field.external) {
    const id = call.world.switches.isOn('externalDuplicateHasId') ? { id: holder.id } : {};
    return {
      code: 'DUPLICATE_DATA',
      message: 'The external field contains duplicate data.',
      details: { ...place, ...id },
    };
  }
  const record = {
    id: holder.id,
    Owner: renderUser(call.org, String(holder.Owner)),
    module: { api_name: module.apiName, id: module.id },
  };
  return {
    code: 'DUPLICATE_DATA',
    message: 'duplicate data',
    details: { ...place, id: holder.id, duplicate_record: record, more_records: hasMore },
  };
}
