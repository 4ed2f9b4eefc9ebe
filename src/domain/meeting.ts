/** Moments are milliseconds since 1970-01-01T00:00:00Z; calendar days are `yyyy-MM-dd`. */
export type Moment = number;

/** Somebody who was invited or spoke. `key` is stable over versions of the meeting: see `participantKey`. */
export type Participant = {
  key: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  role: 'organizer' | 'attendee';
  attended: boolean | null;
};

export type NextStep = { text: string; ownerEmail: string | null; dueOn: string | null };

/** `aiScore` is 0–1. */
export type Summary = { text: string; topics: string[]; nextSteps: NextStep[]; aiScore: number | null };

export type MeetingNote = {
  id: string;
  smartCategory: string | null;
  text: string;
  startSeconds: number | null;
  endSeconds: number | null;
  author: 'ai' | 'person' | null;
  /** Whose recording it is from, where the meeting has several. */
  recording?: string | null;
};

export type Clip = {
  id: string;
  noteId: string | null;
  title: string | null;
  startSeconds: number | null;
  endSeconds: number | null;
  url: string;
  recording?: string | null;
};

/** A recorded conversation. It is *processed* when both `summaryAt` and `notesAt` are set. */
export type Meeting = {
  id: string;
  externalId: string;
  title: string;
  startsAt: Moment;
  endsAt: Moment;
  timeZone: string;
  kind: 'video' | 'call' | 'in_person' | null;
  activityType: string | null;
  visibility: 'organization' | 'team' | 'private';
  conferenceUrl: string | null;
  recordingUrl: string | null;
  participants: Participant[];
  summary: Summary | null;
  notes: MeetingNote[];
  clips: Clip[];
  /** Since when the product knows it; undefined: it does not matter who is new in the CRM. */
  receivedAt?: Moment;
  summaryAt: Moment | null;
  notesAt: Moment | null;
};
