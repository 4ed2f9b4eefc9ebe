import { priceOperations } from './price-operations.ts';
import type { PlannedOperation, SyncPlan } from './sync-plan.ts';

/** `refused`: Zoho does not let the connecting user. `mails`: a canary showed that such a write mails people. */
export type WriteVerdict = 'allowed' | 'refused' | 'mails';
export type AllowedWrites = Record<PlannedOperation['action'], WriteVerdict>;

/**
 * A plan with what may not be written taken out. `withoutNotes`: what is missing, in a sentence, while everything else is
 * published. `blocked`: nothing is written for now, because the event itself may not be; the meeting waits.
 */
export type AllowedPlan = SyncPlan & { withoutNotes: string | null; blocked: string | null };

type Action = PlannedOperation['action'];

const WORDS: Record<Action, string> = {
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

/** What is missing because it would mail. */
const SILENCED: Record<Action, string> = {
  create_event: 'creating events mails people, so this meeting is not written',
  update_event: 'changing events mails people, so the event in Zoho stays as it is',
  adopt_event: 'changing events mails people, so the calendar’s event is not taken',
  disown_event: 'changing events mails people, so the event in Zoho keeps its people',
  release_event: 'changing events mails people, so the calendar’s event keeps what we put on it',
  delete_event:
    'deleting events mails people, so the event stays in Zoho without our notes; delete it there if it must go',
  create_note: 'notes mail people, so there are none',
  update_note: 'notes mail people, so they stay as they are',
  delete_note: 'notes mail people, so they stay as they are',
};

const CURE = 'See Settings > Integrations > Permissions; it goes on by itself when Zoho allows it again.';
const REPEAT = 'Repeat the canary under Settings > Integrations when that has changed.';

/** Takes out of a plan what the connecting user may not write and what would mail; notes never hold their event up. */
export function leaveOutRefused(plan: SyncPlan, allowed: AllowedWrites): AllowedPlan {
  const refused = plan.operations.find(({ action }) => isOfEvent(action) && allowed[action] === 'refused');
  if (refused !== undefined) {
    return block(plan, `Waiting: Zoho does not let the connected user ${WORDS[refused.action]}. ${CURE}`);
  }
  const loud = plan.operations.find((operation) => allowed[operation.action] === 'mails' && isNeeded(operation));
  if (loud !== undefined) return block(plan, `Waiting: a canary showed that ${SILENCED[loud.action]}. ${REPEAT}`);
  const left = plan.operations.filter(({ action }) => allowed[action] !== 'allowed');
  if (left.length === 0) return { ...plan, withoutNotes: null, blocked: null };
  const operations = plan.operations.filter(({ action }) => allowed[action] === 'allowed');
  const withoutNotes = [...sayRefused(left, allowed), ...saySilenced(left, allowed)].join(' ');
  const warnings = [...plan.warnings, withoutNotes];
  const shownOn = withoutUnwritten(plan, left);
  return { ...plan, operations, shownOn, warnings, cost: priceOperations(operations), withoutNotes, blocked: null };
}

function isOfEvent(action: Action): boolean {
  return action.endsWith('_event');
}

/** Without it the writes after it would have no event, or two events would claim one id. */
function isNeeded(operation: PlannedOperation): boolean {
  const { action } = operation;
  if (action === 'create_event' || action === 'adopt_event') return true;
  return action === 'disown_event' && operation.slot !== undefined;
}

function block(plan: SyncPlan, blocked: string): AllowedPlan {
  const cost = { calls: 0, credits: 0 };
  return { ...plan, operations: [], cost, warnings: [...plan.warnings, blocked], withoutNotes: null, blocked };
}

function sayRefused(left: readonly PlannedOperation[], allowed: AllowedWrites): string[] {
  const refused = left.filter(({ action }) => allowed[action] === 'refused');
  if (refused.length === 0) return [];
  const actions = [...new Set(refused.map(({ action }) => WORDS[action]))].join(', ');
  return [`Some notes are missing or old: Zoho does not let the connected user ${actions}. ${CURE}`];
}

function saySilenced(left: readonly PlannedOperation[], allowed: AllowedWrites): string[] {
  const silenced = left.filter(({ action }) => allowed[action] === 'mails');
  if (silenced.length === 0) return [];
  const sentences = [...new Set(silenced.map(({ action }) => `A canary showed that ${SILENCED[action]}.`))];
  return [...sentences, REPEAT];
}

/** Records whose note is not written do not show the meeting. */
function withoutUnwritten({ shownOn }: SyncPlan, left: readonly PlannedOperation[]): SyncPlan['shownOn'] {
  const unwritten = left.flatMap((operation) => (operation.action === 'create_note' ? [operation.after.parent] : []));
  return shownOn.filter(
    ({ how, module, id }) =>
      how !== 'note' || !unwritten.some((parent) => parent.module === module && parent.id === id),
  );
}
