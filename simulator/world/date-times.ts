/** Formats an instant in a zone as Zoho writes date-times: `2026-11-20T15:00:00+01:00`. */
export function formatDateTime(epochMs: number, timeZone: string): string {
  const offset = offsetMinutes(epochMs, timeZone);
  const local = new Date(Math.floor(epochMs / 1000) * 1000 + offset * 60_000).toISOString().slice(0, 19);
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset);
  return `${local}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const dateTimePattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;

/**
 * Reads an ISO 8601 date-time with `Z` or an offset, as epoch milliseconds cut to the second; undefined for anything else.
 * `allowFraction` lets fractions of a second pass. Source: Zoho CRM API v8, Insert Records (DateTime).
 */
export function parseDateTime(text: string, allowFraction: boolean): number | undefined {
  const parts = dateTimePattern.exec(text);
  if (!parts || (parts[7] && !allowFraction)) return undefined;
  if (!isDate(`${parts[1]}-${parts[2]}-${parts[3]}`)) return undefined;
  if (Number(parts[4]) > 23 || Number(parts[5]) > 59 || Number(parts[6] ?? 0) > 59) return undefined;
  const zone = parts[8] === 'Z' ? 'Z' : `${parts[8]?.slice(0, 3)}:${parts[8]?.slice(-2)}`;
  const instant = Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6] ?? '00'}${zone}`);
  return Number.isNaN(instant) ? undefined : instant;
}

/** True for an existing day written as yyyy-MM-dd. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

const two = (value: number) => String(value).padStart(2, '0');

const offsets = new Map<string, Map<number, number>>();
const formatters = new Map<string, Intl.DateTimeFormat>();

/** Offsets only change on quarter hours, so one answer serves all instants of a quarter. */
function offsetMinutes(epochMs: number, timeZone: string): number {
  const quarter = Math.floor(epochMs / 900_000);
  const known = offsets.get(timeZone) ?? new Map<number, number>();
  offsets.set(timeZone, known);
  const held = known.get(quarter);
  if (held !== undefined) return held;
  if (known.size > 100_000) known.clear();
  const offset = computeOffset(quarter * 900_000, timeZone);
  known.set(quarter, offset);
  return offset;
}

function computeOffset(epochMs: number, timeZone: string): number {
  let format = formatters.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
    formatters.set(timeZone, format);
  }
  const name = format.formatToParts(epochMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const parts = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name);
  if (!parts?.[1]) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return parts[1] === '-' ? -minutes : minutes;
}
