import { dayInput } from '../../format/moments.ts';

export type AnalyticsSearch = { from?: string; to?: string; quietDays?: string; cascaded?: string };

/** What the filter bar stands at: calendar days in the person's zone, and the moments that the API wants. */
export type Period = {
  fromDay: string;
  toDay: string;
  moments: { from: string; to: string };
  quietDays: number;
  areCascadedCounted: boolean;
};

export const defaultDays = 90;

/** Reads the address; without days in it: the last ninety days up to and including `today`. */
export function periodOf(search: AnalyticsSearch, today: Date): Period {
  const toDay = dayOr(search.to, dayInput(today));
  const fromDay = dayOr(search.from, dayInput(daysBefore(today, defaultDays)));
  const quietDays = Number(search.quietDays);
  return {
    fromDay,
    toDay,
    moments: { from: startOfDay(fromDay).toISOString(), to: daysBefore(startOfDay(toDay), -1).toISOString() },
    quietDays: Number.isInteger(quietDays) && quietDays > 0 ? quietDays : 30,
    areCascadedCounted: search.cascaded === 'yes',
  };
}

const dayOr = (day: string | undefined, other: string) =>
  day !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : other;

/** Midnight at the beginning of a calendar day, in the person's zone. */
function startOfDay(day: string): Date {
  return new Date(`${day}T00:00:00`);
}

/** The same clock time so many days earlier; a negative count goes forward. */
export function daysBefore(date: Date, days: number): Date {
  const other = new Date(date);
  other.setDate(other.getDate() - days);
  return other;
}
