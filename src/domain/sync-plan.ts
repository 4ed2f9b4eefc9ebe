import type { ConstantValue, FieldConstants } from './choose-constants.ts';
import type { CrmModule } from './crm-picture.ts';
import type { KeptEvent, KeptNote } from './kept.ts';
import type { LeaveChoices } from './leave-choices.ts';
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
  /** Of a new event, and of an update that was refused without them: values for fields that the CRM demands and that no meeting
   *  has, by the CRM's name of the field. */
  constants?: Record<string, ConstantValue>;
};

/** A note as we want it. `parent.id` null: the event of this meeting, not created yet. */
export type NoteContent = {
  parent: { module: CrmModule | 'events'; id: string | null };
  title: string;
  /** Ends with the marker line. May hold `EVENT_LINK`, which is replaced by the event's address when it is sent. */
  content: string;
};

export const EVENT_LINK = '[[event-link]]';

/** What happened in the CRM to a record of ours since we wrote it. Moments are null and names unknown where nothing did. */
export type Fate = {
  /** The CRM's own time of the last change that we know. */
  crmModifiedAt: Moment | null;
  editedBy: string | null;
  editedAt: Moment | null;
  /** Deleted there by a person. */
  goneAt: Moment | null;
  goneBy: string | null;
};

/**
 * What was written earlier and is believed to be in the CRM: the plan's picture of *before*. `content` is the record as it is
 * there, people's changes included; `kept` says which of its parts people set. `isAdopted`: the event was there before us.
 */
export type WrittenEvent = Fate & {
  crmId: string;
  content: EventContent;
  kept: KeptEvent | null;
  isAdopted: boolean;
  /** Only for an adopted event: what we put on it. */
  adopted?: AdoptedParts;
};
export type WrittenNote = Fate & { crmId: string; slot: string; content: NoteContent; kept: KeptNote | null };

/** A record that nobody but us has touched. */
export const UNTOUCHED: Fate = { crmModifiedAt: null, editedBy: null, editedAt: null, goneAt: null, goneBy: null };

/** `leftEvents`: events of ours that make way for another one; they go once that one has what it needs. */
export type Written = { event: WrittenEvent | null; notes: WrittenNote[]; leftEvents?: LeftEvent[] };
export type LeftEvent = { crmId: string; slot: string; content: EventContent };

/**
 * The event is the calendar's: what we put on it where it was blank, null where we put nothing. All the rest of it is never
 * written. `isReadOnly`: Zoho does not let us write this event at all.
 */
export type AdoptedParts = { primary: EventContent['primary']; contactId: string | null; isReadOnly: boolean };

/** What was decided about the calendar's events before the first event of a meeting. */
export type Adoption =
  | { decision: 'create' }
  | { decision: 'ask'; reason: string }
  /** `content` is the event as it was read; `modifiedAt` is Zoho's time of it, for a write that must not meet a newer one. */
  | { decision: 'adopt'; crmId: string; content: EventContent; modifiedAt: string | null };

/** What this connection can do and how much fits, read from the CRM's metadata. Lengths in code points. */
export type Capabilities = {
  /** False in safe mode: no participants at all, everybody in the description, contacts by note. */
  useParticipants: boolean;
  /** Kinds of participants of whom it is known that showing them mails nobody; left out: all kinds. */
  participantTypes?: readonly EventParticipant['type'][];
  /** False: naming a contact on the event itself was seen to mail that contact; it gets a note. Left out: true. */
  showsContact?: boolean;
  /** True: changing an event was seen to mail nobody who is invited to it. Left out: nobody knows. */
  areUpdatesSilent?: boolean;
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
  /** Only the owner and administrators see an event: the consolidated note goes on the primary record too. */
  eventsArePrivate?: boolean;
  /** Contacts do not show the events that they take part in: they get notes. */
  hidesInvitations?: boolean;
  constants?: FieldConstants[];
};

/**
 * What the organization gave for fields of events, by the CRM's name of the field: written to an event of ours only when the CRM
 * refuses the write because that field is empty, so that nothing is written over what a person chose there.
 */
export type StandIns = Record<string, ConstantValue>;

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
      /** Only for an adopted event: what is ours on it afterwards. */
      adopted?: AdoptedParts;
      standIns?: StandIns;
    }
  /** Takes the calendar's event: the meeting's id, and related record and contact where they are blank. */
  | {
      key: string;
      action: 'adopt_event';
      crmId: string;
      before: EventContent;
      after: EventContent;
      adopted: AdoptedParts;
      unmodifiedSince: string | null;
    }
  /** Takes back what we put on the calendar's event, which stays. */
  | { key: string; action: 'release_event'; crmId: string; before: EventContent; after: EventContent }
  /** Takes people and the meeting's id from an event of ours that is deleted afterwards: a deletion tells nobody then. */
  | {
      key: string;
      action: 'disown_event';
      slot?: string;
      crmId: string;
      before: EventContent;
      after: EventContent;
      standIns?: StandIns;
    }
  | { key: string; action: 'delete_event'; slot?: string; crmId: string; before: EventContent }
  | { key: string; action: 'create_note'; slot: string; after: NoteContent }
  | { key: string; action: 'update_note'; slot: string; crmId: string; before: NoteContent; after: NoteContent }
  | { key: string; action: 'delete_note'; slot: string; crmId: string; before: NoteContent };

/** A record that is associated but gets no note, and why. */
export type LeftOut = {
  module: CrmModule;
  id: string;
  name: string;
  cause: 'over_cap' | 'created_later' | 'not_relevant' | 'shown_as_participant' | 'shown_on_event' | 'barred';
  reason: string;
};

export type SyncPlan = {
  operations: PlannedOperation[];
  /** Records that show the meeting once the plan is applied, and how. */
  shownOn: { module: CrmModule; id: string; name: string; how: 'primary' | 'contact' | 'participant' | 'note' }[];
  leftOut: LeftOut[];
  /** What did not fit and was split or linked, who could not be shown: sentences for people. */
  warnings: string[];
  /** What people changed or deleted in the CRM and is therefore left as it is: sentences for people. */
  standing: string[];
  cost: { calls: number; credits: number };
};

/** What becomes of a meeting. `asks`: it is published, and a person is asked about it. */
export type Publication =
  | { kind: 'publish'; asks?: 'edited_block' }
  | { kind: 'waiting'; cause: 'not_processed' | 'other_recording'; reason: string }
  | {
      kind: 'held';
      cause: 'nobody_matched' | 'only_ambiguous' | 'too_many_deals' | 'calendar_event_unsure';
      reason: string;
    }
  | {
      kind: 'not_published';
      cause: 'internal' | 'private' | 'retracted' | 'deleted_in_crm' | 'undone' | 'merged';
      reason: string;
      /** The organization leaves the CRM, or has left it, and said what becomes of what we wrote. */
      leaving?: LeaveChoices;
    };
