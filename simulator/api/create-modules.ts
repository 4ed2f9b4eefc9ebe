import { errorBody, noPermission, type Problem, type Reply } from '../http/failure.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { stockField } from '../metadata/field.ts';
import { type ModuleShape, systemFields } from '../metadata/stock-modules.ts';
import { generalPermissions, hasPermission } from '../world/permissions.ts';
import { type Call, jsonBody, listOf, requireScope } from './call.ts';

const mostPerCall = 1;
const mostModules = 60;
const credits = 500;

/** `POST /settings/modules`: 500 credits. Source: Zoho CRM API v8, Create Custom Module. */
export function createModules(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.modules.CREATE');
  if (!hasPermission(call.org, call.user, generalPermissions.customize)) {
    throw noPermission(generalPermissions.customize);
  }
  const [input = null] = listOf(jsonBody(call), 'modules', mostPerCall);
  const shape = shapeOf(call, input);
  if ('code' in shape) return { status: 400, body: { modules: [errorBody(shape)] } };
  const module = call.org.addModule(shape);
  const element = { code: 'SUCCESS', details: { id: module.id }, message: 'module created', status: 'success' };
  return { status: 201, body: { modules: [element] }, credits };
}

function shapeOf(call: Call, input: Json): ModuleShape | Problem {
  if (!isObject(input)) return problem('INVALID_DATA', 'modules');
  const [plural, singular] = [textOf(input, 'plural_label'), textOf(input, 'singular_label')];
  if (plural === '') return problem('MANDATORY_NOT_FOUND', 'plural_label');
  if (singular === '') return problem('MANDATORY_NOT_FOUND', 'singular_label');
  if (call.org.modules.filter((module) => module.generated).length >= mostModules)
    return problem('LIMIT_EXCEEDED', 'modules');
  const apiName = textOf(input, 'api_name') || plural.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_+$/g, '');
  if (!/^[A-Za-z]\w{0,49}$/.test(apiName)) return problem('INVALID_DATA', 'api_name');
  if (call.org.module(apiName)) return problem('DUPLICATE_DATA', 'api_name');
  const display = isObject(input.display_field) ? textOf(input.display_field, 'field_label') : '';
  return {
    apiName,
    singular,
    plural,
    internal: `CustomModule${call.org.modules.length}`,
    nameField: 'Name',
    generated: 'custom',
    relatedLists: ['Notes'],
    fields: [
      stockField('Name', 'text', { label: display || `${singular} Name`, length: 120, isMandatory: true }),
      stockField('Email', 'email'),
      ...systemFields,
    ],
  };
}

function textOf(input: JsonObject, key: string): string {
  const value = input[key];
  return typeof value === 'string' ? value.trim() : '';
}

function problem(code: string, apiName: string): Problem {
  const message = code === 'MANDATORY_NOT_FOUND' ? 'required field not found' : 'invalid data';
  return { code, message, details: { api_name: apiName, json_path: `$.modules[0].${apiName}` } };
}
