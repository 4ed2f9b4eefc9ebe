import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PollCursor } from '../../src/db/queries/polls.ts';
import {
  advanceCursor,
  closeCursor,
  cursorAt,
  OVERLAP_MS,
  readFrom,
  unseen,
} from '../../src/features/mirror/poll-cursor.ts';

const START = Date.UTC(2026, 10, 20, 15);
const iso = (ms: number) => new Date(ms).toISOString();

/** A change in Zoho: its time (whole seconds) and how much later Zoho shows it. */
type Change = { id: string; at: number; shownAt: number };

/** Polls Zoho's list at these moments; returns what was handed on at each of them. */
function play(changes: readonly Change[], polls: readonly number[]): { handed: string[][]; cursor: PollCursor } {
  let cursor = cursorAt(iso(START), new Date(START));
  const handed: string[][] = [];
  for (const now of polls) {
    const from = readFrom(cursor);
    const rows = changes
      .filter(({ shownAt }) => shownAt <= now)
      .filter(({ at }) => from === null || (from.isIncluded ? at >= Date.parse(from.at) : at > Date.parse(from.at)))
      .map(({ id, at }) => ({ id, at: iso(at) }));
    handed.push(unseen(cursor, rows).map((row) => row.id));
    cursor = closeCursor(advanceCursor(cursor, rows, new Date(now)), new Date(now));
  }
  return { handed, cursor };
}

const change = fc
  .record({
    id: fc.integer({ min: 1, max: 9 }),
    second: fc.integer({ min: 1, max: 3_000 }),
    late: fc.integer({ min: 0, max: 299 }),
  })
  .map(
    ({ id, second, late }): Change => ({
      id: String(id),
      at: START + second * 1000,
      shownAt: START + (second + late) * 1000,
    }),
  );

describe('the cursor of a poll', () => {
  it('hands every change on, also one that Zoho shows late, and none for ever', () => {
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 40 }),
        fc.array(fc.integer({ min: 30, max: 600 }), { minLength: 1, maxLength: 20 }),
        (changes, gaps) => {
          const polls: number[] = [];
          for (const gap of gaps) polls.push((polls.at(-1) ?? START) + gap * 1000);
          const last = polls.at(-1) ?? START;
          polls.push(last + 4_000_000, last + 4_300_000, last + 4_600_000);
          const { handed, cursor } = play(changes, polls);
          const counts = new Map<string, number>();
          for (const id of handed.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
          for (const { id } of changes) expect(counts.get(id) ?? 0).toBeGreaterThan(0);
          // In the end nothing is read again, whatever it was.
          expect(cursor.openSince).toBeNull();
          expect(play(changes, [...polls, last + 9_000_000]).handed.at(-1)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('hands what shares the newest second on once more, because it may change again within it', () => {
    const changes = [{ id: '1', at: START + 1000, shownAt: START + 1000 }];
    const polls = [START + 1000, START + 1500, START + 300_000, START + 400_000].map(Number);
    expect(play(changes, polls).handed).toEqual([['1'], ['1'], ['1'], []]);
  });

  it('looks back by minutes while it is open, and not at all when it is closed', () => {
    const open = cursorAt(iso(START), new Date(START));
    expect(readFrom(open)).toEqual({ at: iso(START - OVERLAP_MS), isIncluded: true });
    const closed = closeCursor(open, new Date(START + OVERLAP_MS));
    expect(readFrom(closed)).toEqual({ at: iso(START), isIncluded: false });
    expect(readFrom(cursorAt(null, new Date(START)))).toBeNull();
  });

  it('never moves back', () => {
    const cursor = cursorAt(iso(START), new Date(START));
    const older = [{ id: '1', at: iso(START - 60_000) }];
    expect(advanceCursor(cursor, older, new Date(START + 1000)).at).toEqual(new Date(START));
  });
});
