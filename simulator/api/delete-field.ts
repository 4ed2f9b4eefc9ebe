import { noPermission, type Reply, ZohoFailure } from '../http/failure.ts';
import type { Field } from '../metadata/field.ts';
import type { Module } from '../world/org.ts';
import { generalPermissions, hasPermission } from '../world/permissions.ts';
import { type Call, requireScope } from './call.ts';
import { moduleParameter } from './settings.ts';

/**
 * `DELETE /settings/fields/{id}?module=`: one custom field a call, with everything that records hold in it. Source: Zoho CRM API v8,
 * Delete Custom Fields.
 */
export function deleteField(call: Call): Reply {
  requireScope(call, 'ZohoCRM.settings.fields.DELETE');
  if (!hasPermission(call.org, call.user, generalPermissions.customize)) {
    throw noPermission(generalPermissions.customize);
  }
  const module = moduleParameter(call);
  const field = call.org.fields(module).find(({ id }) => id === call.parts.id);
  if (field === undefined) {
    throw new ZohoFailure(400, 'INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: 2 });
  }
  if (!field.isCustom) throw notAllowed('only the custom fields can be deleted');
  if (isInUse(call, module, field)) throw notAllowed('the custom field has already used in other places');
  call.org.removeField(field.id);
  forgetValues(module, field);
  const outcome = { code: 'SUCCESS', details: { id: field.id }, message: 'field deleted', status: 'success' };
  return { status: 200, body: { fields: [outcome] } };
}

function isInUse(call: Call, module: Module, field: Field): boolean {
  const used = call.world.switches.text('fieldsInUse').split(',');
  return used.some((name) => name.trim().toLowerCase() === `${module.apiName}.${field.apiName}`.toLowerCase());
}

/** A field that is made again under the same name begins empty; no record counts as changed. */
function forgetValues(module: Module, { apiName }: Field): void {
  for (const row of [...module.records.rows()]) {
    if (!(apiName in row)) continue;
    const { [apiName]: _gone, ...rest } = row;
    module.records.put({ ...rest, id: row.id });
  }
}

function notAllowed(message: string): ZohoFailure {
  return new ZohoFailure(400, 'NOT_ALLOWED', message, { resource_path_index: 2 });
}
