import { errorBody, invalidData, mandatoryNotFound, type Reply } from '../http/failure.ts';
import { idText, isList, isObject, type Json, type JsonObject, parseJson } from '../json.ts';
import type { Module } from '../world/org.ts';
import { type Call, jsonBody, listOf, requireModule, requireScope } from './call.ts';
import { moduleParameter } from './settings.ts';

const mostRecords = 500;

/** `GET /settings/tags?module=`. Source: Zoho CRM API v8, Tags. */
export function listTags(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.tags.READ');
  const module = moduleParameter(call);
  const tags = call.org
    .table('tags')
    .find('module', module.apiName)
    .map((row) => ({ name: row.name, id: row.id, color_code: null }));
  return tags.length === 0
    ? { status: 204 }
    : { status: 200, body: { tags, info: { count: tags.length, allowed_count: 100 } } };
}

/** `POST /settings/tags?module=`. */
export function createTags(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.tags.CREATE');
  const module = moduleParameter(call);
  const outcomes = listOf(jsonBody(call), 'tags', 100).map((input): JsonObject => {
    const name = isObject(input) && typeof input.name === 'string' ? input.name.trim() : '';
    if (name === '')
      return errorBody({
        code: 'MANDATORY_NOT_FOUND',
        message: 'required field not found',
        details: { api_name: 'name' },
      });
    if (tagNamed(call, module, name))
      return errorBody({ code: 'DUPLICATE_DATA', message: 'duplicate data', details: { api_name: 'name' } });
    const [tag] = tagsNamed(call, module, [name]);
    return {
      code: 'SUCCESS',
      details: { id: isObject(tag) ? tag.id : null },
      message: 'tags created successfully',
      status: 'success',
    };
  });
  const failures = outcomes.filter((one) => one.status === 'error').length;
  return { status: failures === 0 ? 201 : failures === outcomes.length ? 400 : 207, body: { tags: outcomes } };
}

/** `POST …/actions/add_tags`, for one record or for `ids`: 1 credit per 50 records. */
export function addTags(call: Call): Reply {
  const { module, ids, names, isOverwriting } = readRequest(call);
  return change(call, module, ids, (held) => tagsNamed(call, module, [...(isOverwriting ? [] : held), ...names]));
}

/** `POST …/actions/remove_tags`. */
export function removeTags(call: Call): Reply {
  const { module, ids, names } = readRequest(call);
  return change(call, module, ids, (held) =>
    tagsNamed(
      call,
      module,
      held.filter((name) => !names.includes(name)),
    ),
  );
}

/** The tags of those names, made when they are new; each once. */
export function tagsNamed(call: Call, module: Module, names: readonly string[]): Json[] {
  return [...new Set(names)].map((name) => {
    const known = tagNamed(call, module, name);
    const id = known ?? call.org.nextId();
    if (!known) call.org.table('tags').put({ id, module: module.apiName, name });
    return { name, id };
  });
}

/** Names in a list of tags, given as objects or bare texts. */
export function namesOfTags(tags: readonly Json[]): string[] {
  return tags.flatMap((tag) => {
    const name = isObject(tag) ? tag.name : tag;
    return typeof name === 'string' && name.trim() !== '' ? [name.trim()] : [];
  });
}

function tagNamed(call: Call, module: Module, name: string): string | undefined {
  return call.org
    .table('tags')
    .find('module', module.apiName)
    .find((row) => row.name === name)?.id;
}

/** Newer versions send a body, older ones name tags and ids in the query. */
function readRequest(call: Call): { module: Module; ids: string[]; names: string[]; isOverwriting: boolean } {
  const module = requireModule(call, call.parts.module ?? '', 'UPDATE');
  const inQuery = call.query.get('tag_names');
  const body = call.bodyText.trim() === '' ? {} : jsonBody(call);
  const names =
    inQuery !== null ? inQuery.split(',').map((one) => one.trim()) : namesOfTags(isList(body.tags) ? body.tags : []);
  if (names.length === 0) throw mandatoryNotFound('tags', '$.tags');
  const given = call.parts.id ?? call.query.get('ids') ?? body.ids;
  const ids = listIds(given);
  if (ids.length === 0) throw mandatoryNotFound('ids', '$.ids');
  if (ids.length > mostRecords) throw invalidData({ maximum_length: mostRecords, api_name: 'ids', json_path: '$.ids' });
  return { module, ids, names, isOverwriting: body.over_write === true || call.query.get('over_write') === 'true' };
}

/** A list, a text with commas, or (as the specification's own sample has it) a list in a text. */
function listIds(given: Json | undefined): string[] {
  if (isList(given)) return given.flatMap((one) => idText(one) ?? []);
  if (typeof given !== 'string') return [];
  if (given.startsWith('[')) {
    try {
      return listIds(parseJson(given));
    } catch {
      return [];
    }
  }
  return given
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function change(call: Call, module: Module, ids: readonly string[], next: (held: string[]) => Json[]): Reply {
  const data = ids.map((id): JsonObject => {
    const row = module.records.get(id);
    if (!row) return errorBody({ code: 'INVALID_DATA', message: 'the id given seems to be invalid', details: { id } });
    const tags = next(namesOfTags(isList(row.Tag) ? row.Tag : []));
    module.records.put({ ...row, Tag: tags, Modified_Time: call.now, Modified_By: call.user.id });
    return { code: 'SUCCESS', details: { tags, id }, message: 'tags updated successfully', status: 'success' };
  });
  const done = data.filter((one) => one.status === 'success').length;
  const status = done === data.length ? 200 : done === 0 ? 400 : 207;
  return {
    status,
    body: { data, success_count: String(done), locked_count: '0' },
    credits: Math.max(1, Math.ceil(ids.length / 50)),
  };
}
