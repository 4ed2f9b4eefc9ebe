import type { DraftedNote } from './draft-summary-notes.ts';
import { isEqual } from './is-equal.ts';
import { disownLeft, removeLeft, takeOut } from './leave-event.ts';
import { CONSOLIDATED_SLOT } from './note-slot.ts';
import { staysBehind } from './publish-after-edits.ts';
import {
  EVENT_LINK,
  type EventContent,
  type NoteContent,
  type PlannedOperation,
  type Written,
  type WrittenNote,
} from './sync-plan.ts';

/** What is ours to send; whose choice the owner was is only remembered. */
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
  const changed: (keyof EventContent)[] = SENT_KEYS.filter((key) => !isEqual(before[key], after[key]));
  if (hasLostId(before, after)) changed.push('meetingId');
  if (changed.length === 0) return [];
  return [{ key: 'event', action: 'update_event', crmId: event.crmId, before, after, changed }];
}

/** A meeting's id never changes, but an event that stayed when we left was made to give it free. */
export function hasLostId(before: EventContent, after: EventContent): boolean {
  return before.meetingId === '' && after.meetingId !== '';
}

/**
 * Creates and updates notes in their given order, then deletes those that are wanted no longer. A note that a person edited or
 * deleted in the CRM is left as it is, wanted or not. One that names the event's address is written again when the event is new.
 */
export function diffNotes(notes: readonly DraftedNote[], written: Written): PlannedOperation[] {
  // A consolidated note went with the event it was on; the new event needs a new one.
  const standing = written.notes.filter((note) => written.event !== null || note.slot !== CONSOLIDATED_SLOT);
  const bySlot = new Map(standing.map((note) => [note.slot, note]));
  const isEventNew = written.event === null;
  const operations: PlannedOperation[] = [];
  for (const { slot, content: after } of notes) {
    const known = bySlot.get(slot);
    bySlot.delete(slot);
    const key = `note:${slot}`;
    if (known === undefined) operations.push({ key, action: 'create_note', slot, after });
    else if (!isLeftToPeople(known) && (isOtherText(known.content, after) || (isEventNew && namesEvent(after)))) {
      operations.push({ key, action: 'update_note', slot, crmId: known.crmId, before: known.content, after });
    }
  }
  return [...operations, ...deleteNotes([...bySlot.values()].filter((note) => !isLeftToPeople(note)))];
}

/**
 * Takes everything back but what people edited: the notes first, because the consolidated one goes with the event. An event stays
 * when a person's work is in it or hangs on it.
 */
export function retractAll({ event, notes, leftEvents = [] }: Written): PlannedOperation[] {
  const left = { event, notes, leftEvents };
  const isOut = event !== null && (event.isAdopted || !staysBehind(left));
  const operations = [...disownLeft(left), ...deleteNotes(notes.filter((note) => note.kept === null))];
  return [...operations, ...(isOut ? takeOut(event) : []), ...removeLeft(left)];
}

function isOtherText(known: NoteContent, wanted: NoteContent): boolean {
  return known.title !== wanted.title || known.content !== wanted.content;
}

function namesEvent({ content }: NoteContent): boolean {
  return content.includes(EVENT_LINK);
}

function isLeftToPeople({ kept, goneAt }: WrittenNote): boolean {
  return kept !== null || goneAt !== null;
}

/** Deletes notes but for those that people edited or deleted. */
export function deleteNotes(notes: Written['notes']): PlannedOperation[] {
  return notes
    .filter((note) => !isLeftToPeople(note))
    .map(({ slot, crmId, content: before }) => ({
      key: `note:${slot}`,
      action: 'delete_note',
      slot,
      crmId,
      before,
    }));
}
