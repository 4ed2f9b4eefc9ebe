import { priceOperations } from './price-operations.ts';
import type { PlannedOperation, SyncPlan } from './sync-plan.ts';

/** Which writes Zoho lets the connecting user make. */
export type AllowedWrites = Record<PlannedOperation['action'], boolean>;

/**
 * A plan with what Zoho does not allow taken out. `withoutNotes`: what is missing, in a sentence, while everything else is
 * published. `blocked`: nothing is written for now, because the event itself may not be; the meeting waits.
 */
export type AllowedPlan = SyncPlan & { withoutNotes: string | null; blocked: string | null };

const WORDS: Record<PlannedOperation['action'], string> = {
  create_event: 'create this meeting',
  update_event: 'change this meeting',
  adopt_event: 'change this meeting',
  disown_event: 'change this meeting',
  release_event: 'change this meeting',
  delete_event: 'delete this meeting',
  create_note: 'create notes',
  update_note: 'change notes',
  delete_note: 'delete notes',
};

const CURE = 'See Settings > Integrations > Permissions; it goes on by itself when Zoho allows it again.';

/** Takes out of a plan what the connecting user may not write; notes never hold their event up. */
export function leaveOutRefused(plan: SyncPlan, allowed: AllowedWrites): AllowedPlan {
  const refused = plan.operations.filter(({ action }) => !allowed[action]);
  if (refused.length === 0) return { ...plan, withoutNotes: null, blocked: null };
  const event = refused.find(({ action }) => action.endsWith('_event'));
  if (event !== undefined) {
    const blocked = `Waiting: Zoho does not let the connected user ${WORDS[event.action]}. ${CURE}`;
    const cost = { calls: 0, credits: 0 };
    return { ...plan, operations: [], cost, warnings: [...plan.warnings, blocked], withoutNotes: null, blocked };
  }
  const operations = plan.operations.filter(({ action }) => allowed[action]);
  const actions = [...new Set(refused.map(({ action }) => WORDS[action]))].join(', ');
  const withoutNotes = `Some notes are missing or old: Zoho does not let the connected user ${actions}. ${CURE}`;
  const unwritten = refused.flatMap((operation) =>
    operation.action === 'create_note' ? [operation.after.parent] : [],
  );
  const shownOn = plan.shownOn.filter(
    ({ how, module, id }) =>
      how !== 'note' || !unwritten.some((parent) => parent.module === module && parent.id === id),
  );
  const warnings = [...plan.warnings, withoutNotes];
  return { ...plan, operations, shownOn, warnings, cost: priceOperations(operations), withoutNotes, blocked: null };
}
