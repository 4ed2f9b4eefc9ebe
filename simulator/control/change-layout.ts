import { createFields } from '../api/create-fields.ts';
import { guarded } from '../api/handle-api.ts';
import type { Reply } from '../http/failure.ts';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import { layoutRules, setLayoutRules, type ValidationRule } from '../world/layout-rules.ts';
import type { Module, Org } from '../world/org.ts';
import type { DataCentre, World } from '../world/world.ts';
import { orgNamed, personCall, personNamed } from './person-call.ts';

/**
 * `POST /sandbox/layout {module, fields?, required?, rules?}`: what an administrator does to a layout. `fields` come on top,
 * `required` and `rules` replace what was there. It answers the layout as it is then.
 */
export function changeLayout(world: World, dc: DataCentre, body: JsonObject): Reply {
  const org = orgNamed(dc, body.environment);
  const module = org?.module(String(body.module ?? ''));
  if (!org || !module) return refuse(`There is no module “${String(body.module ?? '')}”.`);
  const why = world.store.attempt(() => {
    const reason = addFields(world, dc, org, module, body.fields) ?? setRules(org, module, body);
    return { result: reason, undo: reason !== undefined };
  });
  if (why !== undefined) return refuse(`${why} Nothing was changed.`);
  const custom = org.fields(module).filter((field) => field.isCustom);
  const fields = custom.map((field) => ({
    apiName: field.apiName,
    label: field.label,
    type: field.type,
    id: field.id,
  }));
  const { required, rules } = layoutRules(org, module);
  return { status: 200, body: { module: module.apiName, fields, required, rules: rules as unknown as JsonObject[] } };
}

/** Fields in short: `{label, type?, length?, values?, unique?}`. */
function addFields(
  world: World,
  dc: DataCentre,
  org: Org,
  module: Module,
  given: Json | undefined,
): string | undefined {
  const user = personNamed(dc, org, undefined);
  if (!user) return 'There is no administrator.';
  for (const one of isList(given) ? given.filter(isObject) : []) {
    const field = {
      field_label: one.label,
      data_type: one.type ?? 'text',
      ...(one.length === undefined ? {} : { length: one.length }),
      ...(isList(one.values) ? { pick_list_values: one.values.map((value) => ({ display_value: value })) } : {}),
      ...(one.unique === true ? { unique: { case_sensitive: false } } : {}),
    };
    const call = personCall(world, org, user, {
      query: new URLSearchParams({ module: module.apiName }),
      bodyText: JSON.stringify({ fields: [field] }),
    });
    const reply = guarded(() => createFields(call));
    if (reply.status !== 201) return `The field “${String(one.label)}” was refused: ${JSON.stringify(reply.body)}.`;
  }
  return undefined;
}

function setRules(org: Org, module: Module, body: JsonObject): string | undefined {
  const held = layoutRules(org, module);
  const required = isList(body.required) ? body.required.map(String) : held.required;
  const rules = isList(body.rules) ? body.rules.map(readRule) : held.rules;
  const wrong = rules.find((rule): rule is string => typeof rule === 'string');
  if (wrong !== undefined) return wrong;
  const named = [...required, ...rules.flatMap((rule) => (typeof rule === 'string' ? [] : rule.field))];
  const unknown = named.find((name) => !org.field(module, name));
  if (unknown !== undefined) return `${module.apiName} has no field ${unknown}.`;
  setLayoutRules(org, module, { required, rules: rules.filter((rule) => typeof rule !== 'string') });
  return undefined;
}

function readRule(value: Json): ValidationRule | string {
  const form = 'A rule is {field, message, matches? (a pattern), minimum?, maximum?}.';
  if (!isObject(value) || typeof value.field !== 'string' || typeof value.message !== 'string') return form;
  const { field, message, matches, minimum, maximum } = value;
  if (matches !== undefined && (typeof matches !== 'string' || !isPattern(matches))) return form;
  return {
    field,
    message,
    ...(typeof matches === 'string' ? { matches } : {}),
    ...(typeof minimum === 'number' ? { minimum } : {}),
    ...(typeof maximum === 'number' ? { maximum } : {}),
  };
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
}

function refuse(error: string): Reply {
  return { status: 400, body: { error } };
}
