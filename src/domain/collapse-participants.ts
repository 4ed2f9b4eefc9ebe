import { compareTexts } from './compare-texts.ts';
import type { Participant } from './meeting.ts';

/**
 * Each person once: participants with the same key become one, who is the organizer if one of them was. The result is the
 * organizers first, then by key, whatever the order of the input.
 */
export function collapseParticipants(participants: readonly Participant[]): Participant[] {
  const people = new Map<string, Participant>();
  for (const participant of participants) {
    const known = people.get(participant.key);
    people.set(participant.key, known === undefined ? participant : merge(known, participant));
  }
  return [...people.values()].sort(
    (a, b) => Number(b.role === 'organizer') - Number(a.role === 'organizer') || compareTexts(a.key, b.key),
  );
}

function merge(a: Participant, b: Participant): Participant {
  return {
    key: a.key,
    name: fuller(a.name, b.name),
    email: fuller(a.email, b.email),
    phone: fuller(a.phone, b.phone),
    role: a.role === 'organizer' || b.role === 'organizer' ? 'organizer' : 'attendee',
    attended: a.attended === null || b.attended === null ? (a.attended ?? b.attended) : a.attended || b.attended,
  };
}

/** The longer of two texts, then the smaller: a choice that does not depend on who came first. */
function fuller(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  if (a.length !== b.length) return a.length > b.length ? a : b;
  return compareTexts(a, b) <= 0 ? a : b;
}
