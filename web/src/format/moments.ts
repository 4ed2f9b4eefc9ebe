const locale = undefined;

/** The zone in which the person sees times. */
export const personZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' });
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

/** `20 Nov 2026` */
export const dayText = (iso: string) => day.format(new Date(iso));

const dayOfYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });

/** `20 Nov` in the year of `now` (milliseconds), else with its year. */
export function shortDayText(iso: string, now: number): string {
  const date = new Date(iso);
  return date.getFullYear() === new Date(now).getFullYear() ? dayOfYear.format(date) : day.format(date);
}

/** `Fri, 20 Nov 2026` */
export const weekdayText = (iso: string) => weekday.format(new Date(iso));

/** `15:00` in the person's zone. */
export const clockText = (iso: string) => clock.format(new Date(iso));

/** The whole moment with its zone, for a tooltip. */
export const fullText = (iso: string) => full.format(new Date(iso));

/** A calendar day (`yyyy-MM-dd`) as the person writes it; no zone is applied. */
export function calendarDayText(date: string): string {
  const [year, month, dayOfMonth] = date.slice(0, 10).split('-').map(Number);
  if (year === undefined || month === undefined || dayOfMonth === undefined) return date;
  return day.format(new Date(year, month - 1, dayOfMonth));
}

/** `2 min ago`, `yesterday`; `now` in milliseconds. */
export function agoText(iso: string, now: number): string {
  const seconds = Math.round((new Date(iso).getTime() - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 45) return 'just now';
  if (size < 3600) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  if (size < 30 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day');
  return dayText(iso);
}

/** `in 4 min`, `tomorrow`; what is due or nearly so is `any moment`. */
export function untilText(iso: string, now: number): string {
  return new Date(iso).getTime() - now < 45_000 ? 'any moment' : agoText(iso, now);
}

/** `45 min`, `1 h 20 min` */
export function durationText(startsAt: string, endsAt: string): string {
  const minutes = Math.max(0, Math.round((new Date(endsAt).getTime() - new Date(startsAt).getTime()) / 60_000));
  const hours = Math.floor(minutes / 60);
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** A place in a recording: `12:40`, `1:02:09`. */
export function playTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** `yyyy-MM-dd` of a moment in the person's zone, as date inputs want it. */
export function dayInput(date: Date): string {
  const month = String(date.getMonth() + 1).padStart(2, '0');
  return `${date.getFullYear()}-${month}-${String(date.getDate()).padStart(2, '0')}`;
}

const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric' });

/** A span of time on a chart: `2025-03-03` as `3 Mar 2025`, `2025-03` as `Mar 2025`; other words stay. */
export function timeLabel(label: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(label)) return calendarDayText(label);
  return /^\d{4}-\d{2}$/.test(label) ? month.format(new Date(`${label}-01T12:00:00`)) : label;
}
