import { AppError } from '../errors.ts';

/** The most rows that one page of any list holds. */
export const PAGE_LIMIT = 200;

/** A place in a list as an opaque text: the key of the last row that was given. */
export function writeCursor(key: readonly (string | number | boolean | null)[]): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url');
}

/**
 * Reads a place back; null when there is no cursor. `shape` names the type of every part.
 * @throws AppError `invalid_input` for a text that is no cursor of this list.
 */
export function readCursor<const Shape extends readonly PartType[]>(
  cursor: string | undefined,
  shape: Shape,
): CursorKey<Shape> | null {
  if (cursor === undefined) return null;
  const key = parse(cursor);
  const fits = Array.isArray(key) && key.length === shape.length && shape.every((type, at) => isOfType(key[at], type));
  if (!fits) {
    throw new AppError('invalid_input', 'This cursor is not one of this list. Begin again without a cursor.', {
      problems: [{ path: 'cursor', message: 'is not a cursor of this list: leave it out to begin again' }],
    });
  }
  return key as CursorKey<Shape>;
}

type PartType = 'text' | 'moment' | 'uuid' | 'boolean' | 'day';
type CursorKey<Shape extends readonly PartType[]> = {
  [At in keyof Shape]: Shape[At] extends 'boolean' ? boolean : string;
};

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function isOfType(part: unknown, type: PartType): boolean {
  if (type === 'boolean') return typeof part === 'boolean';
  // The database takes no NUL in a text.
  if (typeof part !== 'string' || part.includes('\0')) return false;
  if (type === 'uuid') return UUID.test(part);
  if (type === 'moment') return /^\d{4}-.*Z$/.test(part) && !Number.isNaN(Date.parse(part));
  if (type === 'day') return /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(part) && !Number.isNaN(Date.parse(part));
  return true;
}

/** Cuts a result that was asked for with one row more than the page holds. */
export function cutPage<Row>(rows: Row[], limit: number, keyOf: (row: Row) => Parameters<typeof writeCursor>[0]) {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, nextCursor: rows.length > limit && last !== undefined ? writeCursor(keyOf(last)) : null };
}
