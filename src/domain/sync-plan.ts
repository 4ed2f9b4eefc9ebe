import type { CrmModule } from './crm-picture.ts';
import type { Moment } from './meeting.ts';

export type EventParticipant =
  | { type: 'user'; id: string; name: string }
  | { type: 'contact'; id: string; name: string }
  | { type: 'lead'; id: string; name: string }
  | { type: 'email'; email: string; name: string };

/** An event as we want it in the CRM, in our own words; `crm/to-zoho` translates. */
export type EventContent = {
  /** The meeting's id: value of the external field *Salescaling Meeting ID*. */
  meetingId: string;
  title: string;
  startsAt: Moment;
  endsAt: Moment;
  timeZone: string;
  ownerUserId: string | null;
  /** Whose meeting it was when the owner was chosen: the owner changes only when this does.
   *  Never sent; undefined: not known, the owner is chosen again. */
  organizerKey?: string | null;
  venue: string | null;
  description: string;
  primary: { module: 'accounts' | 'deals' | 'leads'; id: string } | null;
  contactId: string | null;
  participants: EventParticipant[];
  activityType: string | null;
  /** 0–100 */
  aiScorePercent: number | null;
  recordingUrl: string | null;
};

/** A note as we want it. `parent.id` null: the event of this meeting, not created yet. */
export type NoteContent = {
  parent: { module: CrmModule | 'events'; id: string | null };
  title: string;
  /** Ends with the marker line. May hold `EVENT_LINK`, which is replaced by the event's address when it is sent. */
  content: string;
};

export const EVENT_LINK = '[[event-link]]';

/** What was written earlier and is believed to be in the CRM: the plan's picture of *before*. */
export type WrittenEvent = { crmId: string; content: EventContent };
export type WrittenNote = { crmId: string; slot: string; content: NoteContent };
export type Written = { event: WrittenEvent | null; notes: WrittenNote[] };

/** What this connection can do and how much fits, read from the CRM's metadata. Lengths in code points. */
export type Capabilities = {
  /** False in safe mode: no participants at all, everybody in the description, contacts by note. */
  useParticipants: boolean;
  maxParticipants: number;
  titleLength: number;
  descriptionLength: number;
  venueLength: number;
  noteTitleLength: number;
  noteContentLength: number;
  hasActivityTypeField: boolean;
  hasAiScoreField: boolean;
  hasRecordingField: boolean;
  fallbackOwnerId: string | null;
  /** Page of a meeting in the product, e.g. `http://localhost:4700/meetings/`; the external id is appended, percent-encoded by the caller. */
  meetingUrl: string;
};

/** One exact write. `key` is unique in the meeting and stable over re-planning: `event`, `note:<slot>`. */
export type PlannedOperation =
  | { key: string; action: 'create_event'; after: EventContent }
  | {
      key: string;
      action: 'update_event';
      crmId: string;
      before: EventContent;
      after: EventContent;
      changed: (keyof EventContent)[];
    }
  | { key: string; action: 'delete_event'; crmId: string; before: EventContent }
  | { key: string; action: 'create_note'; slot: string; after: NoteContent }
  | { key: string; action: 'update_note'; slot: string; crmId: string; before: NoteContent; after: NoteContent }
  | { key: string; action: 'delete_note'; slot: string; crmId: string; before: NoteContent };

/** A record that is associated but gets no note, and why. */
export type LeftOut = {
  module: CrmModule;
  id: string;
  name: string;
  cause: 'over_cap' | 'created_later' | 'not_relevant' | 'shown_as_participant' | 'shown_on_event';
  reason: string;
};

export type SyncPlan = {
  operations: PlannedOperation[];
  /** Records that show the meeting once the plan is applied, and how. */
  shownOn: { module: CrmModule; id: string; name: string; how: 'primary' | 'contact' | 'participant' | 'note' }[];
  leftOut: LeftOut[];
  /** What did not fit and was split or linked, who could not be shown: sentences for people. */
  warnings: string[];
  cost: { calls: number; credits: number };
};

/** What becomes of a meeting. */
export type Publication =
  | { kind: 'publish' }
  | { kind: 'waiting'; cause: 'not_processed'; reason: string }
  | { kind: 'held'; cause: 'nobody_matched' | 'only_ambiguous' | 'too_many_deals'; reason: string }
  | { kind: 'not_published'; cause: 'internal' | 'private' | 'retracted'; reason: string };
