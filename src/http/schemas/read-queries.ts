import { z } from 'zod';
import { PAGE_LIMIT } from '../../features/page-cursor.ts';
import { crmModule } from './meeting-answers.ts';

/** What lists and figures can be asked with. A NUL cannot be stored, so it can be asked for nowhere. */

const text = z
  .string()
  .max(500)
  .refine((value) => !value.includes('\0'), 'holds a character that no text has');

export const searchText = text.transform((value) => value.trim()).pipe(z.string().max(200));

export const cursor = z.string().min(1).max(2000).optional();
export const limit = z.coerce.number().int().min(1).max(PAGE_LIMIT).default(50);

export const timeZone = z
  .string()
  .max(100)
  .refine(isTimeZone, 'is not an IANA time zone: write it like Europe/Madrid or UTC');

/** A calendar day or a moment with its offset. */
export const dayOrMoment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .refine(isInReach, 'names a year that no meeting is in: give one from 1970 to 2200')
  .meta({ description: 'A day (yyyy-MM-dd, in `timeZone`) or a moment (ISO 8601 with offset)' });

export const recordAddress = z.object({ module: crmModule, crmId: text.min(1).max(100) });

export const exactText = text;

/** The years that a meeting may have. Beyond them neither zones nor the database know every day. */
function isInReach(value: string): boolean {
  const year = Number(value.slice(0, 4));
  return year >= 1970 && year <= 2200;
}

function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z]/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
