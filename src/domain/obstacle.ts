import type { RecordRef } from './crm-picture.ts';
import { recordKey } from './record-order.ts';

/**
 * Why the CRM refuses a write that is in itself right. A field that it demands, values that it does not take, a record that
 * may not be written or is not shown to us.
 */
export type ObstacleKind =
  | 'mandatory_field'
  | 'unique_value'
  | 'pick_value'
  | 'validation_rule'
  | 'record_blocked'
  | 'record_hidden';

/** `subject` is the field's name or the record's key; `detail` is what the CRM said, or the state of the record. */
export type Obstacle = { slot: string; kind: ObstacleKind; subject: string; detail: string };

const KINDS: readonly string[] = [
  'mandatory_field',
  'unique_value',
  'pick_value',
  'validation_rule',
  'record_blocked',
  'record_hidden',
] satisfies ObstacleKind[];

export function isObstacle(cause: string): cause is ObstacleKind {
  return KINDS.includes(cause);
}

/** Those pass by themselves: a lock is taken off, an approval given, a record shared. They are tried again, later and later. */
export function canPass(kind: ObstacleKind): boolean {
  return kind === 'record_blocked' || kind === 'record_hidden';
}

/** Records on which nothing can be written for now, with the reason; `isHidden`: the CRM does not show them to us at all. */
export type Barred = ReadonlyMap<string, { isHidden: boolean; reason: string }>;

export const NOTHING_BARRED: Barred = new Map();

/** Whether the CRM hides a record from us. */
export function isHidden(barred: Barred, record: RecordRef): boolean {
  return barred.get(recordKey(record))?.isHidden ?? false;
}

const STATES: Record<string, { is: string; cure: string }> = {
  RECORD_LOCKED: { is: 'is locked', cure: 'Unlock it in Zoho' },
  RECORD_IN_BLUEPRINT: { is: 'is in a blueprint', cure: 'Finish its blueprint step in Zoho' },
  NOT_APPROVED: { is: 'waits for approval', cure: 'Approve it in Zoho' },
  NOT_REVIEWED: { is: 'waits for a review', cure: 'Review it in Zoho' },
};

/**
 * What stands in the way and its cure, in two sentences. `label` is the field's or the record's name.
 */
export function obstacleInWords({ kind, detail }: Pick<Obstacle, 'kind' | 'detail'>, label: string): string {
  switch (kind) {
    case 'mandatory_field':
      return `Zoho demands the field “${label}” for every meeting, and nothing fills it. Give it a value under Settings > Fields, or make it optional in Zoho.`;
    case 'unique_value':
      return `The field “${label}” has to be unique in Zoho, and another record has the same value. Take the uniqueness off the field in Zoho, or change the value given under Settings > Fields.`;
    case 'pick_value':
      return `The field “${label}” does not take the value that was written${detail === '' ? '' : `; it takes ${detail}`}. Add the value to the field in Zoho, or give another one under Settings > Fields.`;
    case 'validation_rule':
      return `A validation rule on “${label}” refused the meeting: ${sentence(detail)} Change the rule in Zoho, or the value under Settings > Fields.`;
    case 'record_blocked': {
      const state = STATES[detail] ?? { is: 'may not be changed', cure: 'Let the connected user change it in Zoho' };
      return `${label} ${state.is} in Zoho and takes nothing new. ${state.cure}; until then it is tried again by itself, later each time.`;
    }
    case 'record_hidden':
      return `${label} is not in Zoho any more, or not shown to the connected user. Share it with that user or connect with another one; until then it is left out and tried again, later each time.`;
  }
}

function sentence(text: string): string {
  const words = text.trim();
  return /[.!?]$/u.test(words) ? words : `${words}.`;
}
