import type { Moment } from './meeting.ts';
import { normalTitle } from './normal-title.ts';

/** What tells whether two recordings are of one conversation. `people`: keys of its participants. */
export type ConversationKeys = {
  title: string;
  startsAt: Moment;
  endsAt: Moment;
  scheduledStart: Moment | null;
  calendarUid: string | null;
  conferenceKey: string | null;
  people: string[];
};

/** Two recorders press their buttons within so long of each other. */
export const SAME_START_MS = 2 * 60_000;

/**
 * Why two recordings are of one conversation: the calendar's entry and its start; the conference's address while both ran; or the
 * same people, title and start. Null: they are two.
 */
export function sameConversation(
  one: ConversationKeys,
  other: ConversationKeys,
): 'calendar' | 'conference' | 'people' | null {
  const isSameStart = Math.abs(startOf(one) - startOf(other)) <= SAME_START_MS;
  if (one.calendarUid !== null && one.calendarUid === other.calendarUid && isSameStart) return 'calendar';
  const overlaps = one.startsAt < other.endsAt && other.startsAt < one.endsAt;
  if (one.conferenceKey !== null && one.conferenceKey === other.conferenceKey && overlaps) return 'conference';
  const isSameTitle = normalTitle(one.title) === normalTitle(other.title);
  return isSameStart && isSameTitle && hasSamePeople(one.people, other.people) ? 'people' : null;
}

/** A recurring entry has one id for all of its days: its start tells them apart. */
function startOf({ scheduledStart, startsAt }: ConversationKeys): Moment {
  return scheduledStart ?? startsAt;
}

function hasSamePeople(one: string[], other: string[]): boolean {
  const known = new Set(one);
  return known.size > 1 && known.size === new Set(other).size && other.every((key) => known.has(key));
}
