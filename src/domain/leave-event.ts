import { isEqual } from './is-equal.ts';
import type { AdoptedParts, EventContent, PlannedOperation, Written, WrittenEvent } from './sync-plan.ts';

/** Events of ours that make way give their id free, and their people, before another event gets the id. */
export function disownLeft({ leftEvents }: Written): PlannedOperation[] {
  return (leftEvents ?? []).flatMap(({ crmId, slot, content: before }) => {
    if (before.meetingId === '' && !hasPeople(before)) return [];
    const after = { ...withoutPeople(before), meetingId: '' };
    return [{ key: `event:${slot}`, action: 'disown_event' as const, slot, crmId, before, after }];
  });
}

/** Deletes the events that made way; planned last, so that nothing goes before what takes its place stands. */
export function removeLeft({ leftEvents }: Written): PlannedOperation[] {
  return (leftEvents ?? []).map(({ crmId, slot, content: before }) => ({
    key: `event:${slot}`,
    action: 'delete_event' as const,
    slot,
    crmId,
    before,
  }));
}

/** Whom a deletion might tell: participants, and the contact that the event names. */
function hasPeople({ participants, contactId }: EventContent): boolean {
  return participants.length > 0 || contactId !== null;
}

function withoutPeople(content: EventContent): EventContent {
  return { ...content, participants: [], contactId: null };
}

/**
 * Takes an event out of the CRM: ours loses its people before it is deleted, since a deletion may tell them; the calendar's only
 * loses what we put on it and nobody changed since, and stays.
 */
export function takeOut(event: WrittenEvent): PlannedOperation[] {
  const { crmId, content: before } = event;
  // What a person deleted there needs no more than our forgetting it, which a deletion that finds nothing does.
  if (event.goneAt !== null) return [{ key: 'event', action: 'delete_event', crmId, before }];
  if (!event.isAdopted) {
    const after = withoutPeople(before);
    const disown: PlannedOperation[] = hasPeople(before)
      ? [{ key: 'event:people', action: 'disown_event', crmId, before, after }]
      : [];
    return [...disown, { key: 'event', action: 'delete_event', crmId, before }];
  }
  const ours = event.adopted;
  if (ours === undefined || ours.isReadOnly) {
    return [{ key: 'event', action: 'release_event', crmId, before, after: before }];
  }
  return [{ key: 'event', action: 'release_event', crmId, before, after: withoutOurs(before, ours) }];
}

/** The calendar's event without our id and without what we filled in and nobody changed since. */
export function withoutOurs(content: EventContent, ours: AdoptedParts): EventContent {
  const isOurRecord = ours.primary !== null && isEqual(ours.primary, content.primary);
  const isOurContact = ours.contactId !== null && ours.contactId === content.contactId;
  return {
    ...content,
    meetingId: '',
    primary: isOurRecord ? null : content.primary,
    contactId: isOurContact ? null : content.contactId,
  };
}
