import { isList, isObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Call } from './call.ts';
import { participantOf } from './render-record.ts';

/** How somebody belongs to an event: as a participant of a kind, or as its contact. */
export type GuestKind = 'contact' | 'lead' | 'user' | 'email' | 'who';

/** Somebody who might be mailed about an event; `to` is an address, or an id where there is none. */
export type Guest = { kind: GuestKind; to: string; isInvited: boolean };

const kinds: readonly string[] = ['contact', 'lead', 'user', 'email'];

/** Everybody who belongs to an event, participants first, then the contact of Who_Id. */
export function guestsOf(call: Call, event: Row): Guest[] {
  const people = isList(event.Participants) ? event.Participants.filter(isObject) : [];
  const guests = people
    .filter((one) => kinds.includes(String(one.type)))
    .map((one): Guest => {
      const person = participantOf(call.org, String(one.type), String(one.participant));
      const to = person?.email ?? String(one.Email ?? one.participant);
      return { kind: one.type as GuestKind, to, isInvited: one.invited === true };
    });
  const who = typeof event.Who_Id === 'string' ? participantOf(call.org, 'contact', event.Who_Id)?.email : undefined;
  return who ? [...guests, { kind: 'who', to: who, isInvited: false }] : guests;
}
