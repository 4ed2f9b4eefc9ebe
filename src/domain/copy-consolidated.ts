import type { Primary } from './choose-primary.ts';
import type { RecordRef } from './crm-picture.ts';
import { countCodePoints } from './cut-text.ts';
import { type ConsolidatedInput, draftConsolidatedNote } from './draft-consolidated-note.ts';
import type { DraftedNote } from './draft-summary-notes.ts';
import { CONSOLIDATED_SLOT, copySlot, noteMarker } from './note-slot.ts';
import { recordKey } from './record-order.ts';
import type { Selection } from './select-published.ts';

/** Says on the record, and beside the plan, why notes stand in two places. */
export const WHY_COPIED =
  'Events are private in this Zoho org, so the notes and clips are on the related record as well as on the event.';

/**
 * Where events are private, the note with all notes and clips once more: on the primary record (without one, on the event's contact),
 * which everybody sees who may. Nothing elsewhere, and nothing on a record that takes no notes for now.
 */
export function copyForPrivateEvents(
  input: ConsolidatedInput,
  { noted }: Selection,
  { record, contact }: Primary,
): DraftedNote[] {
  if (input.capabilities.eventsArePrivate !== true) return [];
  const holder: RecordRef | null = record ?? (contact === null ? null : { module: 'contacts', id: contact.id });
  if (holder === null || !noted.some((one) => recordKey(one) === recordKey(holder))) return [];
  const slot = copySlot(holder);
  const marker = noteMarker(input.meeting.id, CONSOLIDATED_SLOT);
  const limit = input.capabilities.noteContentLength;
  const copy = (room: number): DraftedNote => {
    const capabilities = { ...input.capabilities, noteContentLength: room };
    const { title, content } = draftConsolidatedNote({ ...input, capabilities, standing: null }).note.content;
    const text = content.slice(0, content.lastIndexOf(marker));
    const parent = { module: holder.module, id: holder.id };
    const own = noteMarker(input.meeting.id, slot);
    return { slot, content: { parent, title, content: `${WHY_COPIED}\n\n${text}${own}` } };
  };
  const whole = copy(limit);
  const excess = countCodePoints(whole.content.content) - limit;
  return [excess <= 0 ? whole : copy(limit - excess)];
}
