import type { RecordRef } from './crm-picture.ts';
import type { EventParticipant } from './sync-plan.ts';

/** Parts of an event that a person can take over one by one; `times` is start and end together. */
export type EventPart =
  | 'title'
  | 'times'
  | 'venue'
  | 'ownerUserId'
  | 'activityType'
  | 'aiScorePercent'
  | 'recordingUrl';

/**
 * What a person set in the CRM on an event of ours, and what stands from then on. The values are in the event's content; a link
 * stands as long as the decision that was made of it does.
 */
export type KeptEvent = {
  parts: EventPart[];
  /** `outside`: text beside our block. `block`: a change inside it, so that we ask. `theirs`: our block was taken out. */
  description: 'outside' | 'block' | 'theirs' | null;
  /** Our block as we wrote it, while a changed one stands in its place. */
  block: string | null;
  /** The related record that a person chose, and the one that stood there before. */
  primary: { from: RecordRef | null; to: RecordRef | null } | null;
  contact: { from: string | null; to: string | null } | null;
  added: EventParticipant[];
  removed: EventParticipant[];
  /** Somebody has seen these edits here and wants them to stand. */
  isAccepted?: boolean;
};

/** A note whose text or place a person changed: it is left alone. */
export type KeptNote = { isEdited: true; isAccepted?: boolean };

export const NOTHING_KEPT: KeptEvent = {
  parts: [],
  description: null,
  block: null,
  primary: null,
  contact: null,
  added: [],
  removed: [],
};

/** What a participant is recognised by, whoever wrote the entry. */
export function participantEntryKey(entry: EventParticipant): string {
  return entry.type === 'email' ? `email:${entry.email.toLowerCase()}` : `${entry.type}:${entry.id}`;
}
