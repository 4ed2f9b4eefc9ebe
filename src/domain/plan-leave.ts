import { deleteNotes } from './diff-written.ts';
import { isEqual } from './is-equal.ts';
import type { LeaveChoices } from './leave-choices.ts';
import { disownLeft, removeLeft, takeOut, withoutOurs } from './leave-event.ts';
import { staysBehind } from './publish-after-edits.ts';
import type { EventContent, PlannedOperation, Written, WrittenEvent, WrittenNote } from './sync-plan.ts';

/**
 * Takes back what an organization that leaves does not want to keep. What people edited stays, and so do the calendar's events; the ids
 * of ours are taken even from those, since nobody but us set them.
 */
export function planLeave(written: Written, choices: LeaveChoices): PlannedOperation[] {
  const { event, notes } = written;
  const areEventsOut = choices.events === 'remove';
  const isOut = event !== null && !event.isAdopted && areEventsOut && !staysBehind(written);
  const notesOut = notes.filter(
    (note) => note.kept === null && (choices.notes === 'remove' || (isOut && hangsOnEvent(note))),
  );
  const notesLeft = notes.filter((note) => note.goneAt === null && !notesOut.includes(note));
  const left = areEventsOut ? written : { event, notes };
  return [
    ...disownLeft(left),
    ...deleteNotes(notesOut),
    ...(event === null ? [] : isOut ? takeOut(event) : takeMarks(event, choices, notesLeft)),
    ...removeLeft(left),
  ];
}

function hangsOnEvent({ content }: WrittenNote): boolean {
  return content.parent.module === 'events';
}

/** Takes our id, and what we filled in, from an event that stays. */
function takeMarks(event: WrittenEvent, choices: LeaveChoices, notesLeft: readonly WrittenNote[]): PlannedOperation[] {
  if (event.goneAt !== null) return choices.events === 'remove' ? takeOut(event) : [];
  if (choices.ids === 'keep') return [];
  if (event.isAdopted) return takeFromCalendar(event, notesLeft);
  // The field takes all ids with it at once.
  if (choices.fields === 'remove' || event.content.meetingId === '') return [];
  const { crmId, content: before } = event;
  return [{ key: 'event:id', action: 'disown_event', crmId, before, after: { ...before, meetingId: '' } }];
}

/** An event of the calendar's is forgotten with our marks, unless notes of ours that stay have to be known by it. */
function takeFromCalendar(event: WrittenEvent, notesLeft: readonly WrittenNote[]): PlannedOperation[] {
  if (notesLeft.length === 0) return takeOut(event);
  const { crmId, content: before, adopted } = event;
  if (adopted === undefined || adopted.isReadOnly) return [];
  const after = withoutOurs(before, adopted);
  const changed = (['meetingId', 'primary', 'contactId'] as const satisfies readonly (keyof EventContent)[]).filter(
    (part) => !isEqual(before[part], after[part]),
  );
  if (changed.length === 0) return [];
  const nothing = { primary: null, contactId: null, isReadOnly: false };
  return [{ key: 'event', action: 'update_event', crmId, before, after, changed, adopted: nothing }];
}
