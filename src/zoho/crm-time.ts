import { AppError } from '../errors.ts';

/**
 * Writes an instant (ms since 1970) as Zoho wants it, `yyyy-MM-ddTHH:mm:ss±HH:mm`: local time of the IANA zone with the
 * offset valid at that moment. Parts of a second are dropped. Throws `invalid_input` for an unknown zone or a wrong instant.
 * Source: Zoho CRM API v8, Insert Records (datetime fields: ISO 8601 with offset, no milliseconds).
 */
export function formatCrmTime(instantMs: number, timeZone: string): string {
  const wholeSecondMs = Math.floor(instantMs / 1000) * 1000;
  const offsetMinutes = Math.round(zoneOffsetMs(wholeSecondMs, timeZone) / 60_000);
  const local = new Date(wholeSecondMs + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const sign = offsetMinutes < 0 ? '-' : '+';
  const size = Math.abs(offsetMinutes);
  return `${local}${sign}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

const CRM_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads a Zoho time with `Z` or an offset into ms since 1970; null for everything else (a time without offset is no instant). */
export function parseCrmTime(text: string): number | null {
  if (!CRM_TIME.test(text)) return null;
  const instantMs = Date.parse(text);
  return Number.isNaN(instantMs) ? null : instantMs;
}

function zoneOffsetMs(instantMs: number, timeZone: string): number {
  const read = partsReader(instantMs, timeZone);
  const local = new Date(0);
  local.setUTCFullYear(read('year'), read('month') - 1, read('day'));
  local.setUTCHours(read('hour'), read('minute'), read('second'));
  return local.getTime() - instantMs;
}

/** Making one takes longer than a hundred uses; there are some hundred zones at most. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}

function partsReader(instantMs: number, timeZone: string): (type: Intl.DateTimeFormatPartTypes) => number {
  try {
    const parts = new Map(
      formatOf(timeZone)
        .formatToParts(instantMs)
        .map((part) => [part.type, Number(part.value)]),
    );
    return (type) => parts.get(type) ?? 0;
  } catch (cause) {
    throw new AppError(
      'invalid_input',
      `Cannot tell the time ${instantMs} in zone "${timeZone}". Use an IANA name such as Europe/Madrid.`,
      {
        detail: { instantMs, timeZone },
        cause,
      },
    );
  }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
