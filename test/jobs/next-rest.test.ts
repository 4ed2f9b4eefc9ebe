import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterSuccess, nextRest, type RestKind, type ThrottleState } from '../../src/jobs/next-rest.ts';

const START = Date.UTC(2026, 10, 20, 15);

/** Rests again and again for the same cause; the clock moves by each pause. */
function restAgain(kind: RestKind, times: number, random = 0.5) {
  let state: ThrottleState | null = null;
  let now = START;
  return Array.from({ length: times }, () => {
    const next = nextRest(state, { kind, retryAfterMs: null }, new Date(now), random);
    state = next.state;
    now += next.pauseMs;
    return next;
  });
}

describe('how long a connection rests', () => {
  it('too many calls at once: from about a second to ten, with fewer calls at once each time', () => {
    const rests = restAgain('concurrency', 6, 0);
    expect(rests.map(({ pauseMs }) => pauseMs)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    expect(rests.map(({ state }) => state.share)).toEqual([1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 16, 1 / 16]);
  });

  it('a spent day: a quarter of an hour and growing, then one call at a time', () => {
    const rests = restAgain('day', 5, 0);
    expect(rests.map(({ pauseMs }) => pauseMs / 60_000)).toEqual([15, 30, 60, 120, 120]);
    expect(rests[0]?.state.share).toBe(1 / 16);
  });

  it('words that do not tell which: short pauses first, and a day after five minutes of them', () => {
    const rests = restAgain('unclear', 14);
    const first = rests.findIndex(({ state }) => state.kind === 'day');
    const before = rests.slice(0, first).reduce((sum, { pauseMs }) => sum + pauseMs, 0);
    expect(first).toBeGreaterThan(0);
    expect(before).toBeGreaterThanOrEqual(5 * 60_000);
    expect(before).toBeLessThan(7 * 60_000);
    expect(rests[first]?.pauseMs).toBeGreaterThanOrEqual(15 * 60_000);
    expect(rests.slice(first).every(({ state }) => state.kind === 'day')).toBe(true);
  });

  it('is never shorter than Zoho says', () => {
    const { pauseMs } = nextRest(null, { kind: 'concurrency', retryAfterMs: 60_000 }, new Date(START), 1);
    expect(pauseMs).toBe(60_000);
  });

  it('begins anew after a success, and calls at once come back step by step', () => {
    let state: ThrottleState | null = restAgain('concurrency', 3).at(-1)?.state ?? null;
    const shares: (number | null)[] = [];
    for (let round = 0; round < 4; round++) {
      state = afterSuccess(state);
      shares.push(state?.share ?? null);
    }
    expect(shares).toEqual([1 / 4, 1 / 2, null, null]);
    const grown = restAgain('concurrency', 3).at(-1)?.state ?? null;
    expect(nextRest(afterSuccess(grown), { kind: 'concurrency', retryAfterMs: null }, new Date(START), 0).pauseMs).toBe(
      1_000,
    );
  });

  it('does not take a first unclear refusal for a spent day because there was one long before', () => {
    const before = afterSuccess(restAgain('unclear', 3).at(-1)?.state ?? null);
    const later = new Date(START + 3_600_000);
    expect(nextRest(before, { kind: 'unclear', retryAfterMs: null }, later, 0).state.kind).toBe('unclear');
  });

  it('whatever comes in whatever order: jittered, bounded, never without a pause', () => {
    const kind = fc.constantFrom<RestKind>('concurrency', 'day', 'unclear', 'away');
    fc.assert(
      fc.property(fc.array(fc.tuple(kind, fc.double({ min: 0, max: 1, noNaN: true }))), (causes) => {
        let state: ThrottleState | null = null;
        for (const [cause, random] of causes) {
          const next = nextRest(state, { kind: cause, retryAfterMs: null }, new Date(START), random);
          expect(next.pauseMs).toBeGreaterThanOrEqual(cause === 'day' ? 15 * 60_000 : 750);
          expect(next.pauseMs).toBeLessThanOrEqual(2.4 * 3_600_000);
          expect(next.state.share).toBeGreaterThanOrEqual(1 / 16);
          state = next.state;
        }
      }),
    );
  });
});
