import type { EventParticipant } from './sync-plan.ts';

/**
 * What an administrator's own outside mailbox was seen to stay empty for: true passed, false mailed and stays off. Nothing is
 * concluded from one kind to another.
 */
export type MailModes = {
  /** Contacts and leads among the participants. */
  contacts: boolean;
  /** Outsiders among the participants, by address. */
  emails: boolean;
  /** Colleagues among the participants. */
  users: boolean;
  /** The contact of the event itself. */
  contactOfEvent: boolean;
  updates: boolean;
  notes: boolean;
  deletes: boolean;
};

/** The kinds of participants that may be shown. */
export function participantTypesOf(modes: MailModes): EventParticipant['type'][] {
  const types: EventParticipant['type'][] = [];
  if (modes.contacts) types.push('contact', 'lead');
  if (modes.users) types.push('user');
  if (modes.emails) types.push('email');
  return types;
}
