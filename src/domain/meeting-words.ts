import { canonicalEmail } from './canonical-email.ts';
import { cleanLine } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { localDay, localMinute } from './local-day.ts';
import type { Meeting, Participant } from './meeting.ts';

/** Longest name or label in running text; longer ones are bad input, not names. */
const LONGEST_LABEL = 100;

/** `45 min`, `1 h 5 min`, `2 h`. */
export function durationInWords({ startsAt, endsAt }: Meeting): string {
  const minutes = Math.round((endsAt - startsAt) / 60_000);
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `2026-11-20 15:00–15:45 (Europe/Madrid)`, with the second day where the meeting passes midnight. */
export function periodInWords({ startsAt, endsAt, timeZone }: Meeting): string {
  const isOneDay = localDay(startsAt, timeZone) === localDay(endsAt, timeZone);
  const end = localMinute(endsAt, timeZone);
  return `${localMinute(startsAt, timeZone)}–${isOneDay ? end.slice(11) : end} (${timeZone})`;
}

/** `Sam Poe (sam@gmail.com)`, or what there is of it. */
export function personInWords(person: Participant): string {
  const address = canonicalEmail(person.email)?.email ?? cleanLine(person.phone ?? '');
  const name = label(person.name ?? '');
  if (name === '') return address === '' ? 'somebody without a name' : address;
  return address === '' ? name : `${name} (${address})`;
}

/** A name or label on one line, cut if it is longer than any name. */
export function label(text: string): string {
  return cutText(cleanLine(text), LONGEST_LABEL);
}

/** The meeting's title on one line; a meeting without one is called *Meeting*. */
export function titleOf(meeting: Meeting): string {
  const title = cleanLine(meeting.title);
  return title === '' ? 'Meeting' : title;
}

/** The meeting's page in the product. */
export function meetingPage(meetingUrl: string, { externalId }: Meeting): string {
  return `${meetingUrl}${encodeURIComponent(externalId.replace(/[\uD800-\uDFFF]/gu, '\uFFFD'))}`;
}

/** `12:40` or `1:02:03`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (part: number) => String(part).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours === 0 ? `${two(minutes)}:${two(whole % 60)}` : `${hours}:${two(minutes)}:${two(whole % 60)}`;
}
