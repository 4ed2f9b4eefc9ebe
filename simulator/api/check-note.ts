import type { Problem } from '../http/failure.ts';
import { idText, isObject, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { type Built, buildRow } from './build-row.ts';
import type { Call } from './call.ts';
import { whyNoNote, whyNotRelatable } from './check-state.ts';
import { type CheckContext, invalidField } from './check-value.ts';

type NoteContext = CheckContext & { call: Call };

/** How notes are built: their parent is fixed when they are made, only title and content change later. Source: Zoho CRM API v8, Notes. */
export const noteRows = {
  forInsert(context: NoteContext, input: JsonObject, path: string): Built {
    const parent = parentOf(context, input, path);
    if ('problem' in parent) return parent;
    const wrapped = { ...input, Parent_Id: undefined };
    const built = buildRow(context, wrapped, undefined, path);
    if ('problem' in built) return built;
    return { row: { ...built.row, Parent_Id: parent.id, $se_module: parent.module.apiName } };
  },
  forUpdate(context: NoteContext, input: JsonObject, row: Row, path: string): Built {
    const { Note_Title, Note_Content } = input;
    const kept = {
      ...(Note_Title === undefined ? {} : { Note_Title }),
      ...(Note_Content === undefined ? {} : { Note_Content }),
    };
    return buildRow(context, kept, row, path);
  },
};

function parentOf(
  context: NoteContext,
  input: JsonObject,
  path: string,
): { module: Module; id: string } | { problem: Problem } {
  const { call } = context;
  const fromUrl = call.parts.parentModule;
  const given = input.Parent_Id;
  if (fromUrl !== undefined) return findParent(call, fromUrl, call.parts.parentId ?? '', path);
  if (given === undefined || given === null) return { problem: expectedField('Parent_Id', `${path}.Parent_Id`) };
  const id = isObject(given) ? idText(given.id) : idText(given);
  if (id === undefined) return { problem: expectedField('id', `${path}.Parent_Id.id`) };
  const named = isObject(given) && isObject(given.module) ? given.module.api_name : input.$se_module;
  if (typeof named !== 'string') return { problem: expectedField('api_name', `${path}.Parent_Id.module.api_name`) };
  return findParent(call, named, id, path);
}

function findParent(
  call: Call,
  moduleName: string,
  id: string,
  path: string,
): { module: Module; id: string } | { problem: Problem } {
  const module = call.org.module(moduleName);
  if (!module || module.apiName === 'Notes') {
    return {
      problem: invalidField(
        'api_name',
        `${path}.Parent_Id.module.api_name`,
        {},
        'the module name given seems to be invalid',
      ),
    };
  }
  const row = module.records.get(id);
  const refused =
    whyNotRelatable(call, module, row, 'Parent_Id', `${path}.Parent_Id`, id) ?? (row && whyNoNote(call, module, row));
  return refused ? { problem: refused } : { module, id };
}

function expectedField(apiName: string, path: string): Problem {
  return {
    code: 'EXPECTED_FIELD_MISSING',
    message: 'expected field missing',
    details: { expected_fields: [{ api_name: apiName, json_path: path }] },
  };
}
