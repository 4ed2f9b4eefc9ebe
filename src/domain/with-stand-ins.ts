import { chooseConstants } from './choose-constants.ts';
import type { PlanInput } from './plan-sync.ts';
import type { PlannedOperation } from './sync-plan.ts';

/**
 * Gives the updates of events of ours what they may need should the CRM demand a field that is empty. What the event was created with
 * is not written again: a person may have chosen something else. On the calendar's own events nothing of it is ever written.
 */
export function withStandIns(
  operations: readonly PlannedOperation[],
  { capabilities, meeting }: Pick<PlanInput, 'capabilities' | 'meeting'>,
): PlannedOperation[] {
  const standIns = chooseConstants(capabilities.constants ?? [], meeting.activityType);
  return operations.map((operation) => {
    if (operation.action !== 'update_event' && operation.action !== 'disown_event') return operation;
    const { constants: _written, ...after } = operation.after;
    const isAdopted = operation.action === 'update_event' && operation.adopted !== undefined;
    return { ...operation, after, ...(isAdopted || standIns === undefined ? {} : { standIns }) };
  });
}
