import type { PlannedOperation, SyncPlan } from './sync-plan.ts';

/** Records of one call, by kind of call: ten cost one credit, and a deletion of up to a hundred too (Zoho CRM API v8, API limits). */
const RECORDS_A_CALL: Record<PlannedOperation['action'], number> = {
  create_event: 10,
  update_event: 10,
  adopt_event: 1,
  disown_event: 10,
  release_event: 1,
  delete_event: 100,
  create_note: 10,
  update_note: 10,
  delete_note: 100,
};

/** What a plan costs if it travels alone: calls of one kind together, one credit a call. */
export function priceOperations(operations: readonly PlannedOperation[]): SyncPlan['cost'] {
  const counts = new Map<PlannedOperation['action'], number>();
  for (const { action } of operations) counts.set(action, (counts.get(action) ?? 0) + 1);
  let calls = 0;
  for (const [action, count] of counts) calls += Math.ceil(count / RECORDS_A_CALL[action]);
  return { calls, credits: calls };
}
