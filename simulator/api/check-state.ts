import { noPermission, type Problem } from '../http/failure.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { blockingStates, blockOf } from '../world/record-states.ts';
import { type Call, permissionName } from './call.ts';
import { invalidField } from './check-value.ts';
import { canSee, hiddenFailure, isReadOnly } from './visibility.ts';

/**
 * What forbids changing or deleting a record that is there: it is hidden, locked, in a blueprint, or waits for approval or
 * review. Source: Zoho CRM API v8, Update Records, possible errors.
 */
export function whyNotWritable(
  call: Call,
  module: Module,
  row: Row,
  operation: 'UPDATE' | 'DELETE',
  path?: string,
): { problem: Problem; status: number } | undefined {
  const place = path === undefined ? {} : { api_name: 'id', json_path: `${path}.id` };
  const hidden = hiddenFailure(call, module, row);
  if (hidden) return { problem: hidden.problem, status: hidden.status };
  if (!canSee(call, module, row)) {
    const details = { id: row.id, ...place };
    return { problem: { code: 'INVALID_DATA', message: 'the id given seems to be invalid', details }, status: 400 };
  }
  if (isReadOnly(call, module, row, operation)) {
    return { problem: noPermission(permissionName(module, operation)).problem, status: 403 };
  }
  const block = blockOf(call.org, module, row.id);
  if (!block) return undefined;
  const details = call.parts.id === undefined ? { id: row.id, ...place } : { id: row.id, resource_path_index: 1 };
  return { problem: { code: blockingStates[block], message: blockedWords[block], details }, status: 400 };
}

const blockedWords = {
  locked: 'the record is locked',
  blueprint: 'the record is in a blueprint process',
  approval: 'the record is not approved',
  review: 'the record is not reviewed',
} as const;

/** What forbids relating something to a record that the caller names: it is not there, or hidden. */
export function whyNotRelatable(
  call: Call,
  module: Module,
  row: Row | undefined,
  field: string,
  path: string,
  id: string,
): Problem | undefined {
  const hidden = hiddenFailure(call, module, row);
  if (hidden) return hidden.problem;
  if (row && canSee(call, module, row)) return undefined;
  return invalidField(field, path, { id }, 'the related id given seems to be invalid');
}

/** Whether a locked record takes notes is an open question, and a switch. */
export function whyNoNote(call: Call, module: Module, row: Row): Problem | undefined {
  if (blockOf(call.org, module, row.id) !== 'locked' || !call.world.switches.isOn('lockedRefusesNotes'))
    return undefined;
  return { code: blockingStates.locked, message: blockedWords.locked, details: { id: row.id } };
}
