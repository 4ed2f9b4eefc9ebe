import { setImmediate as breathe } from 'node:timers/promises';
import type { Row } from '../store/table.ts';

export type Wanted = {
  offset: number;
  size: number;
  /** Rows that count; all unless given. */
  isMatch?: (row: Row) => boolean;
  /** Order of the result; that of `rows` unless given. */
  compare?: (a: Row, b: Row) => number;
  /** Number of matching rows when it is known: reading stops as soon as the page is full. */
  total?: number;
};

/** Work on rows is cut into slices of this length, so that calls of the API are not held up. */
const sliceMs = 8;
const rowsBetweenLooks = 500;

/** The rows of one page out of any number, and how many there are, without ever holding more than the page needs. */
export async function pickPage(rows: Iterable<Row>, wanted: Wanted): Promise<{ rows: Row[]; total: number }> {
  const { offset, size, isMatch, compare } = wanted;
  const end = offset + size;
  const kept: Row[] = [];
  let worst: Row | undefined;
  let found = 0;
  let seen = 0;
  let sliceEnd = performance.now() + sliceMs;
  for (const row of rows) {
    if (++seen % rowsBetweenLooks === 0 && performance.now() > sliceEnd) {
      await breathe();
      sliceEnd = performance.now() + sliceMs;
    }
    if (isMatch && !isMatch(row)) continue;
    found++;
    if (!compare) {
      if (found > offset && found <= end) kept.push(row);
      if (wanted.total !== undefined && found >= end) break;
      continue;
    }
    if (worst && compare(row, worst) >= 0) continue;
    kept.push(row);
    if (kept.length >= end * 2 + rowsBetweenLooks) worst = cut(kept, compare, end);
  }
  const total = wanted.total ?? found;
  if (!compare) return { rows: kept, total };
  return { rows: kept.sort(compare).slice(offset, end), total };
}

/** Keeps the first `length` rows and gives the last of them. */
function cut(kept: Row[], compare: (a: Row, b: Row) => number, length: number): Row | undefined {
  kept.sort(compare);
  kept.length = length;
  return kept[length - 1];
}
