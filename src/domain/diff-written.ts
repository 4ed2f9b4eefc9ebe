import type { DraftedNote } from './draft-summary-notes.ts';
import { isEqual } from './is-equal.ts';
import { disownLeft, removeLeft, takeOut } from './leave-event.ts';
import { CONSOLIDATED_SLOT } from './note-slot.ts';
import type { EventContent, PlannedOperation, Written } from './sync-plan.ts';

/** What is ours to send; the meeting's id never changes, and whose choice the owner was is only remembered. */
const SENT_KEYS = [
  'title',
  'startsAt',
  'endsAt',
  'timeZone',
  'ownerUserId',
  'venue',
  'description',
  'primary',
  'contactId',
  'participants',
  'activityType',
  'aiScorePercent',
  'recordingUrl',
] as const satisfies readonly (keyof EventContent)[];

/** Creates the event, updates what changed in it, or nothing. */
export function diffEvent(after: EventContent, { event }: Written): PlannedOperation[] {
  if (event === null) return [{ key: 'event', action: 'create_event', after }];
  const before = event.content;
  const changed = SENT_KEYS.filter((key) => !isEqual(before[key], after[key]));
  if (changed.length === 0) return [];
  return [{ key: 'event', action: 'update_event', crmId: event.crmId, before, after, changed }];
}

/** Creates and updates notes in their given order, then deletes those that are wanted no longer. */
export function diffNotes(notes: readonly DraftedNote[], written: Written): PlannedOperation[] {
  // A consolidated note went with the event it was on; the new event needs a new one.
  const standing = written.notes.filter((note) => written.event !== null || note.slot !== CONSOLIDATED_SLOT);
  const bySlot = new Map(standing.map((note) => [note.slot, note]));
  const operations: PlannedOperation[] = [];
  for (const { slot, content: after } of notes) {
    const known = bySlot.get(slot);
    bySlot.delete(slot);
    const key = `note:${slot}`;
    if (known === undefined) operations.push({ key, action: 'create_note', slot, after });
    else if (known.content.title !== after.title || known.content.content !== after.content) {
      operations.push({ key, action: 'update_note', slot, crmId: known.crmId, before: known.content, after });
    }
  }
  return [...operations, ...deleteNotes([...bySlot.values()])];
}

/** Takes everything back: the notes first, because the consolidated one goes with the event. */
export function retractAll({ event, notes, leftEvents = [] }: Written): PlannedOperation[] {
  const left = { event, notes, leftEvents };
  const operations = [...disownLeft(left), ...deleteNotes(notes)];
  return [...operations, ...(event === null ? [] : takeOut(event)), ...removeLeft(left)];
}

function deleteNotes(notes: Written['notes']): PlannedOperation[] {
  return notes.map(({ slot, crmId, content: before }) => ({
    key: `note:${slot}`,
    action: 'delete_note',
    slot,
    crmId,
    before,
  }));
}
