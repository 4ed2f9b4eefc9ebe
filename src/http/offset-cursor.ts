import { AppError } from '../errors.ts';

/** A cursor of a list in which nothing moves (turns, ledger rows of one meeting): the position, made opaque. */
export function writeCursor(offset: number): string {
  return Buffer.from(`o${offset}`).toString('base64url');
}

/** The position behind a cursor; no cursor is the beginning. Throws `invalid_input`. */
export function readCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const offset = /^o(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1];
  if (offset !== undefined) return Number(offset);
  throw new AppError('invalid_input', 'This cursor is none of ours. Start the list again without one.');
}
