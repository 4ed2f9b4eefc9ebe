import { addDays, localDay, localMinute } from '../../domain/local-day.ts';

const DAY_MS = 86_400_000;

/** The moment at which a calendar day `yyyy-MM-dd` begins in an IANA time zone. */
export function startOfDay(day: string, timeZone: string): Date {
  const wall = Date.parse(`${day}T00:00:00Z`);
  let moment = wall;
  // The offset at the wrong side of a change of clocks is another one: the second look finds the right one.
  for (let look = 0; look < 2; look += 1) moment = wall - offsetAt(moment, timeZone);
  return new Date(moment);
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const minute = Math.floor(moment / 60_000) * 60_000;
  return Date.parse(`${localMinute(minute, timeZone).replace(' ', 'T')}:00Z`) - minute;
}

/** A bound of a span: a moment as it is, or a day, of which `from` is the beginning and `to` the end. */
export function boundOf(text: string, side: 'from' | 'to', timeZone: string): Date {
  if (text.length > 10) return new Date(text);
  return startOfDay(side === 'from' ? text : addDays(text, 1), timeZone);
}

export type Slice = { key: string; from: Date; to: Date };

const DAYS_SHOWN_SINGLY = 31;
const SLICES_MAX = 400;

/** A span cut into its calendar days, or weeks from Monday on where it is longer, or months where even weeks are too many. */
export function sliceSpan(span: { from: Date; to: Date }, timeZone: string): Slice[] {
  const days = (span.to.getTime() - span.from.getTime()) / DAY_MS;
  const next = days <= DAYS_SHOWN_SINGLY + 1 ? nextDay : days / 7 <= SLICES_MAX ? nextWeek : nextMonth;
  const slices: Slice[] = [];
  let { from } = span;
  while (from < span.to && slices.length < SLICES_MAX) {
    const key = localDay(from.getTime(), timeZone);
    const end = startOfDay(next(key), timeZone);
    const to = end < span.to ? end : span.to;
    slices.push({ key, from, to });
    from = to;
  }
  return slices;
}

function nextDay(day: string): string {
  return addDays(day, 1);
}

function nextWeek(day: string): string {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, 7 - weekday);
}

function nextMonth(day: string): string {
  return `${addDays(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`;
}
