import { canonicalEmail } from './canonical-email.ts';
import type { Participant } from './meeting.ts';

/** What a participant is called where only one word fits: the canonical address, else the phone number, else the name. */
export function participantLabel(person: Participant): string {
  const address = canonicalEmail(person.email)?.email ?? person.phone?.trim() ?? '';
  if (address !== '') return address;
  const name = person.name?.trim() ?? '';
  return name === '' ? 'somebody without a name' : name;
}
