import type { CrmPicture, RecordRef } from './crm-picture.ts';
import { findRecord, indexPicture } from './index-picture.ts';
import { recordOfSlot } from './note-slot.ts';
import { recordKey } from './record-order.ts';
import type { EventContent, EventParticipant, SyncPlan } from './sync-plan.ts';

type Shown = SyncPlan['shownOn'][number];

/** The records that an event and notes in these slots show the meeting on, each once, with the strongest way. */
export function listShown(event: EventContent | null, slots: readonly string[], picture: CrmPicture): Shown[] {
  const index = indexPicture(picture);
  const shown = new Map<string, Shown>();
  const show = (record: RecordRef | null, how: Shown['how'], name?: string) => {
    if (record === null || shown.has(recordKey(record))) return;
    const { module, id } = record;
    shown.set(recordKey(record), { module, id, name: findRecord(index, record)?.name ?? name ?? id, how });
  };
  show(event?.primary ?? null, 'primary');
  show(event === null || event.contactId === null ? null : { module: 'contacts', id: event.contactId }, 'contact');
  for (const participant of event?.participants ?? []) show(recordOf(participant), 'participant', participant.name);
  for (const slot of slots) show(recordOfSlot(slot), 'note');
  return [...shown.values()];
}

function recordOf(participant: EventParticipant): RecordRef | null {
  if (participant.type === 'contact') return { module: 'contacts', id: participant.id };
  return participant.type === 'lead' ? { module: 'leads', id: participant.id } : null;
}
