import { z } from 'zod';

/** The kinds of value that a meeting is made of: each refuses what the database or the CRM cannot hold, and says the cure. */

const FIRST_YEAR = 1970;
const LAST_YEAR = 2200;
const EXAMPLE = '2026-11-20T15:00:00+01:00';

/** One line of text, trimmed. Lengths count UTF-16 units. */
export function line(maxLength: number, minLength = 0) {
  return storable(z.string().trim().min(minLength).max(maxLength));
}

/** Text with its line breaks as they are. */
export function longText(maxLength: number, minLength: number) {
  return storable(z.string().min(minLength).max(maxLength));
}

/** An id given by the caller. */
export const id = z.string().min(1).max(200).check(hasNoControlCharacters);

/** A time with its offset, kept as it was written. */
export const moment = z
  .string()
  .max(40)
  .check(isMoment)
  .meta({ format: 'date-time', description: 'ISO 8601 with offset or Z', examples: [EXAMPLE] });

/** A calendar day. */
export const day = z
  .string()
  .check(isDay)
  .meta({ format: 'date', examples: ['2026-11-27'] });

/** Seconds from the start of the recording. */
export const seconds = z
  .number()
  .min(0)
  .max(7 * 86_400);

/** A name of the IANA time zone database. */
export const timeZone = z
  .string()
  .max(100)
  .check(isTimeZone)
  .meta({ description: 'IANA time zone', examples: ['Europe/Madrid'] });

/** An http or https address. */
export const webAddress = z
  .string()
  .trim()
  .max(4_000)
  .check(isWebAddress)
  .meta({ format: 'uri', description: 'http or https', examples: ['https://app.example/recordings/42'] });

type Check = z.core.ParsePayload<string>;

function fail(payload: Check, message: string) {
  payload.issues.push({ code: 'custom', message, input: payload.value });
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair. */
function storable(schema: z.ZodString) {
  return schema.check((payload) => {
    if (payload.value.includes('\0')) fail(payload, 'holds a NUL character: remove it');
    if (/\p{Surrogate}/u.test(payload.value))
      fail(payload, 'holds half of a surrogate pair: send whole characters in UTF-8');
  });
}

function hasNoControlCharacters(payload: Check) {
  if (/[\p{Cc}\p{Surrogate}]/u.test(payload.value)) {
    fail(payload, 'holds a control character or half of a surrogate pair: use visible characters');
  }
}

function isMoment(payload: Check) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-](\d{2}):(\d{2}))$/.exec(
    payload.value,
  );
  if (parts === null)
    return fail(payload, `is not a time with an offset: write it like ${EXAMPLE} or 2026-11-20T14:00:00Z`);
  const [year, month, date, hour, minute, second, offsetHour, offsetMinute] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  if (!isRealDay(year, month, date)) return fail(payload, 'names a day that does not exist');
  const isClockTime = within(hour, 23) && within(minute, 59) && within(second, 59);
  if (!isClockTime || !within(offsetHour, 14) || !within(offsetMinute, 59)) {
    fail(payload, `names a time of day or an offset that does not exist: write it like ${EXAMPLE}`);
  }
}

function isDay(payload: Check) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(payload.value);
  if (parts === null) return fail(payload, 'is not a day: write it like 2026-11-27');
  const [year, month, date] = parts.slice(1).map(Number);
  if (!isRealDay(year, month, date)) fail(payload, 'names a day that does not exist');
}

function isRealDay(year = 0, month = 0, date = 0): boolean {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || date < 1) return false;
  return date <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function within(value: number | undefined, highest: number): boolean {
  return value !== undefined && value <= highest;
}

function isTimeZone(payload: Check) {
  try {
    if (!/^[A-Za-z]/.test(payload.value)) throw new RangeError('an offset is no zone');
    new Intl.DateTimeFormat('en', { timeZone: payload.value });
  } catch {
    fail(payload, 'is not an IANA time zone: write it like Europe/Madrid or UTC');
  }
}

function isWebAddress(payload: Check) {
  const isHttp = URL.canParse(payload.value) && /^https?:$/.test(new URL(payload.value).protocol);
  if (!isHttp || /[\p{Cc}\p{Surrogate}\s]/u.test(payload.value)) {
    fail(payload, 'is not an http or https address: write it like https://app.example/recordings/42');
  }
}
