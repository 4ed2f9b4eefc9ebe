import { personClient } from '../world/actors.ts';
import { isAdministrator } from '../world/org.ts';
import type { Call } from './call.ts';

/** Fields that clients do not get: hidden from the profile as if they were not there, or personal data that reads as empty. */
function withheldAs(call: Call, moduleName: string, apiName: string): 'absent' | 'null' | undefined {
  const { switches } = call.world;
  const names = switches.text('withheldFields');
  if (names === '' || call.client === personClient) return undefined;
  if (switches.text('withheldFrom') === 'standard' && isAdministrator(call.org, call.user)) return undefined;
  const isNamed = names
    .split(',')
    .some((name) => name.trim().toLowerCase() === `${moduleName}.${apiName}`.toLowerCase());
  if (!isNamed) return undefined;
  return switches.text('withheldAs') === 'null' ? 'null' : 'absent';
}

/** Hidden by field-level security: no read, query or metadata knows the field. Source: Zoho CRM, Field-level security. */
export function isAbsent(call: Call, moduleName: string, apiName: string): boolean {
  return withheldAs(call, moduleName, apiName) === 'absent';
}

/** Personal data that the API does not give: the field is there, always empty. Source: Zoho CRM, GDPR, Personal fields. */
export function isRestricted(call: Call, moduleName: string, apiName: string): boolean {
  return withheldAs(call, moduleName, apiName) === 'null';
}

/** Either of them: the value never reaches the client. */
export function isWithheld(call: Call, moduleName: string, apiName: string): boolean {
  return withheldAs(call, moduleName, apiName) !== undefined;
}
