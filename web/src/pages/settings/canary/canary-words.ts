import type { CanaryReply, CanaryRun, CanaryStep } from '../../../api/types.ts';

/** What each step writes, as a person would see it in Zoho. */
export const stepWords: Record<CanaryStep['step'], { title: string; does: string }> = {
  contacts: { title: 'Contact as a participant', does: 'An event that names you as a contact.' },
  emails: { title: 'Address as a participant', does: 'An event that names your bare address.' },
  contactOfEvent: { title: 'Contact of the event', does: 'An event whose main contact is you.' },
  users: { title: 'Colleague as a participant', does: 'An event that names the user that Zoho is connected with.' },
  updates: { title: 'A change', does: 'The title and time of those events are changed.' },
  notes: { title: 'A note', does: 'A note is put on the events and on you.' },
  deletes: { title: 'A deletion', does: 'The events are deleted.' },
};

/** What a kind of write is for, once it passed. */
export const useWords: Record<CanaryStep['step'], string> = {
  contacts: 'Contacts are shown as participants',
  emails: 'People who are not in Zoho are shown by address',
  contactOfEvent: 'Events have a main contact',
  users: 'Colleagues are shown as participants',
  updates: 'Events are kept up to date',
  notes: 'Notes are written',
  deletes: 'Events are deleted when a meeting is taken out',
};

export const replyWords: Record<CanaryReply, string> = { yes: 'A mail came', no: 'No mail came', not_sure: 'Not sure' };

export const runWords: Record<CanaryRun['state'], string> = {
  running: 'under way',
  cleaning: 'clearing up in Zoho',
  done: 'finished',
  cancelled: 'stopped without a result',
  failed: 'failed',
};
