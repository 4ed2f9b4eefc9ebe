import { conferenceKey, conferenceKeysIn } from './conference-address.ts';
import type { Moment } from './meeting.ts';
import { normalTitle } from './normal-title.ts';

/** What one cheap read tells of an event in the CRM. `meetingId`: value of our external field, null where it is blank. */
export type SeenEvent = {
  id: string;
  title: string;
  startsAt: Moment;
  endsAt: Moment;
  ownerUserId: string | null;
  isAllDay: boolean;
  isCancelled: boolean;
  meetingId: string | null;
};

/** What only a read of the event itself tells. `people`: canonical addresses, and records as `contacts/<id>`, `leads/<id>`. */
export type EventDetails = { venue: string | null; description: string; people: string[] };

export type CandidateEvent = SeenEvent & { details: EventDetails | null };

/** The meeting as far as its event in the calendar is concerned: its scheduled times where they are known. */
export type MeetingToPlace = {
  id: string;
  title: string;
  startsAt: Moment;
  endsAt: Moment;
  /** Zoho users among its people, the organizer included. */
  userIds: string[];
  organizerUserId: string | null;
  conferenceUrl: string | null;
  /** People of the other side, as in `EventDetails.people`. */
  outsiders: string[];
};

const MINUTE_MS = 60_000;
/** Source of these figures: the product's rules for adopting an event. */
export const NEAR_MS = 15 * MINUTE_MS;
const SAME_START_MS = 2 * MINUTE_MS;

/** Could this event be the meeting's? By owner and start only; all-day, cancelled and other meetings' events never are. */
export function isCandidate(meeting: MeetingToPlace, event: SeenEvent): boolean {
  if (event.isAllDay || event.isCancelled) return false;
  if (event.meetingId !== null && event.meetingId !== meeting.id) return false;
  if (event.ownerUserId === null || !meeting.userIds.includes(event.ownerUserId)) return false;
  return Math.abs(event.startsAt - meeting.startsAt) <= NEAR_MS;
}

export type Verdict = { kind: 'create' } | { kind: 'adopt'; eventId: string } | { kind: 'ask'; eventIds: string[] };

/**
 * Is one of these events the meeting's? Taken by itself is only the single candidate that is the organizer's, begins at the same
 * time, and has the conference's address, or title and an outsider in common: never by time alone, never by title alone. Others
 * that share at least half of their time with the meeting are a question; without any, the meeting gets an event of its own.
 */
export function judgeCandidates(meeting: MeetingToPlace, events: readonly CandidateEvent[]): Verdict {
  const candidates = events.filter((event) => isCandidate(meeting, event));
  const [only, ...others] = candidates;
  if (only !== undefined && others.length === 0 && isCertain(meeting, only)) return { kind: 'adopt', eventId: only.id };
  const unsure = candidates.filter((event) => sharesHalf(meeting, event));
  return unsure.length === 0 ? { kind: 'create' } : { kind: 'ask', eventIds: unsure.map((event) => event.id).sort() };
}

/** Beyond every doubt the same: what a machine may decide by itself. */
export function isCertain(meeting: MeetingToPlace, event: CandidateEvent): boolean {
  if (event.ownerUserId === null || event.ownerUserId !== meeting.organizerUserId) return false;
  if (Math.abs(event.startsAt - meeting.startsAt) > SAME_START_MS) return false;
  if (event.details === null) return false;
  return hasSameConference(meeting, event.details) || hasSameTitleAndPerson(meeting, event, event.details);
}

/** At least half of the time of each is common to both. */
export function sharesHalf(
  meeting: Pick<MeetingToPlace, 'startsAt' | 'endsAt'>,
  event: Pick<SeenEvent, 'startsAt' | 'endsAt'>,
): boolean {
  const common = Math.min(meeting.endsAt, event.endsAt) - Math.max(meeting.startsAt, event.startsAt);
  const longer = Math.max(meeting.endsAt - meeting.startsAt, event.endsAt - event.startsAt);
  return common > 0 && common * 2 >= longer;
}

function hasSameConference({ conferenceUrl }: MeetingToPlace, { venue, description }: EventDetails): boolean {
  const key = conferenceKey(conferenceUrl);
  return key !== null && conferenceKeysIn(`${venue ?? ''}\n${description}`).has(key);
}

function hasSameTitleAndPerson(meeting: MeetingToPlace, event: SeenEvent, { people }: EventDetails): boolean {
  const title = normalTitle(meeting.title);
  if (title === '' || title !== normalTitle(event.title)) return false;
  return meeting.outsiders.some((person) => people.includes(person));
}
