import { formatDateTime } from '../world/date-times.ts';
import { type Html, html } from './html.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

type Parts = { day: string; time: string; offset: string; iso: string };

function partsOf(epochMs: number, zone: string): Parts {
  const iso = formatDateTime(epochMs, zone);
  const date = iso.slice(0, 10);
  const weekday = days[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return { day: `${weekday} ${dayInWords(date)}`, time: iso.slice(11, 16), offset: iso.slice(19), iso };
}

/** `20 Nov 2026` of a day written as yyyy-MM-dd. */
export function dayInWords(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(day)} ${months[Number(month) - 1] ?? month} ${year}`;
}

/** An instant in a zone with its offset: `Fri 20 Nov 2026, 15:00 +01:00`. */
export function moment(epochMs: number, zone: string): Html {
  if (!Number.isFinite(epochMs)) return html`—`;
  const { day, time, offset, iso } = partsOf(epochMs, zone);
  return html`<time datetime="${iso}" title="${new Date(epochMs).toISOString()}">${day}, ${time} <small class="offset">${offset}</small></time>`;
}

/** From and to, with the length: `Fri 20 Nov 2026, 15:00 – 15:45 +01:00 · 45 min`. */
export function span(from: number, to: number, zone: string): Html {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return moment(from, zone);
  const [a, b] = [partsOf(from, zone), partsOf(to, zone)];
  const end = a.day === b.day ? b.time : `${b.day}, ${b.time}`;
  return html`<time datetime="${a.iso}">${a.day}, ${a.time}</time> – <time datetime="${b.iso}">${end}</time> <small class="offset">${b.offset}</small> <span class="quiet">· ${lengthInWords(to - from)}</span>`;
}

function lengthInWords(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 90) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} days`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** What a `datetime-local` input holds for an instant. */
export function wallTime(epochMs: number, zone: string): string {
  return Number.isFinite(epochMs) ? formatDateTime(epochMs, zone).slice(0, 19) : '';
}

/** The date-time with offset that a wall clock of the zone means; undefined for anything else. */
export function fromWallTime(text: string, zone: string): string | undefined {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // The offset at the guess may lie on the other side of a clock change; the second look is right.
  const first = asUtc - offsetMs(asUtc, zone);
  return formatDateTime(asUtc - offsetMs(first, zone), zone);
}

function offsetMs(epochMs: number, zone: string): number {
  return Date.parse(`${formatDateTime(epochMs, zone).slice(0, 19)}Z`) - Math.floor(epochMs / 1000) * 1000;
}
