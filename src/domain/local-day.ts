import type { Moment } from './meeting.ts';

const DAY_MS = 86_400_000;

/** The calendar day `yyyy-MM-dd` of a moment in an IANA time zone. Throws a RangeError for a zone that does not exist. */
export function localDay(moment: Moment, timeZone: string): string {
  return localMinute(moment, timeZone).slice(0, 10);
}

/** The wall clock `yyyy-MM-dd HH:mm` of a moment in an IANA time zone. Throws a RangeError for a zone that does not exist. */
export function localMinute(moment: Moment, timeZone: string): string {
  return formatterOf(timeZone).format(moment);
}

/** Making a formatter costs more than a thousand uses of it, and there are only some hundred zones. */
const FORMATTERS = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATTERS.get(timeZone);
  if (known !== undefined) return known;
  // Swedish writes ISO 8601, which spares putting the parts together.
  const formatter = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  FORMATTERS.set(timeZone, formatter);
  return formatter;
}

/** The day so many days after (or, negative, before) a day `yyyy-MM-dd`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
