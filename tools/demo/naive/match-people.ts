import type { SeedAttendee } from './read-seed-meetings.ts';
import type { SeedPerson, World } from './read-world.ts';

export type NaiveMatch =
  | { kind: 'internal' }
  | { kind: 'matched'; module: 'contacts' | 'leads'; id: string }
  | { kind: 'ambiguous'; ids: string[] }
  | { kind: 'unmatched' };

/**
 * Who one attendee is: one of us; else the only contact, else the only lead, with the same address; then the same without
 * plus-tags; then by phone. Two of one rank are ambiguous.
 */
export function matchPerson(person: SeedAttendee, world: World): NaiveMatch {
  const domain = person.email.split('@')[1] ?? '';
  for (const user of world.users) if (user.email === person.email && person.email !== '') return { kind: 'internal' };
  for (const internal of world.internalDomains) if (internal.toLowerCase() === domain) return { kind: 'internal' };
  const phone = plainPhone(person.phone);
  const tests: ((candidate: SeedPerson) => boolean)[] = [
    (candidate) => candidate.emails.includes(person.email),
    (candidate) =>
      candidate.emails.some((email) => person.email !== '' && withoutTag(email) === withoutTag(person.email)),
    (candidate) => phone !== '' && plainPhone(candidate.phone) === phone,
  ];
  for (const test of tests) {
    for (const module of ['contacts', 'leads'] as const) {
      const ids: string[] = [];
      for (const candidate of world[module]) if (test(candidate)) ids.push(candidate.id);
      if (ids.length > 1) return { kind: 'ambiguous', ids };
      if (ids[0] !== undefined) return { kind: 'matched', module, id: ids[0] };
    }
  }
  return { kind: 'unmatched' };
}

function withoutTag(email: string): string {
  return email.replace(/^([^@+]+)\+[^@]*@/, '$1@');
}

/** `+34 600 000 000` and `0034600000000` are one number; numbers without country code are another kind. */
function plainPhone(phone: string): string {
  const compact = phone.replace(/\(0\)/, '').replace(/[^\d+]/g, '');
  const number = compact.replace(/^00/, '+');
  return number.length >= 7 ? number : '';
}
