/**
 * Why a connection rests: too many calls at once, a spent day, one of the two and Zoho does not say which, or Zoho does not answer.
 */
export type RestKind = 'concurrency' | 'day' | 'unclear' | 'away';

/** What is remembered of a connection that had to rest, over restarts. */
export type ThrottleState = {
  kind: RestKind;
  /** In a row, without a success between them. */
  failures: number;
  /** Of the first of them (ISO). */
  since: string;
  /** Part of the calls at once that is tried. */
  share: number;
};

const UNCLEAR_IS_DAY_AFTER_MS = 5 * 60_000;
const LEAST_SHARE = 1 / 16;

const PAUSES: Record<RestKind, { firstMs: number; mostMs: number }> = {
  concurrency: { firstMs: 1_000, mostMs: 10_000 },
  unclear: { firstMs: 1_000, mostMs: 60_000 },
  day: { firstMs: 15 * 60_000, mostMs: 2 * 3_600_000 },
  away: { firstMs: 5_000, mostMs: 5 * 60_000 },
};

/**
 * How long to rest now, growing with each failure in a row and jittered (`random` 0–1), and what to remember. What Zoho says itself
 * (`retryAfterMs`) is the least. A day is probed by one call at a time.
 */
export function nextRest(
  before: ThrottleState | null,
  cause: { kind: RestKind; retryAfterMs: number | null },
  at: Date,
  random: number,
): { state: ThrottleState; pauseMs: number } {
  // After a success only the narrowed share is left of what was before.
  const row = before !== null && before.failures > 0 ? before : null;
  const kind = kindOf(row, cause.kind, at);
  const failures = row?.kind === kind ? row.failures + 1 : 1;
  const isSame = row !== null && (row.kind === kind || cause.kind === 'unclear');
  const since = isSame ? row.since : at.toISOString();
  const { firstMs, mostMs } = PAUSES[kind];
  const grown = Math.min(mostMs, firstMs * 2 ** Math.min(failures - 1, 20));
  // A day is never asked again earlier; too many at once are better spread.
  const jittered = kind === 'day' ? grown * (1 + random / 5) : grown * (1 - random / 4);
  const share = kind === 'day' ? LEAST_SHARE : kind === 'away' ? 1 : Math.max(LEAST_SHARE, (before?.share ?? 1) / 2);
  const pauseMs = Math.round(Math.max(jittered, cause.retryAfterMs ?? 0));
  return { state: { kind, failures, since, share }, pauseMs };
}

function kindOf(before: ThrottleState | null, kind: RestKind, at: Date): RestKind {
  if (kind !== 'unclear' || before === null) return kind;
  if (before.kind === 'day') return 'day';
  const lastedMs = at.getTime() - Date.parse(before.since);
  return before.kind === 'unclear' && lastedMs >= UNCLEAR_IS_DAY_AFTER_MS ? 'day' : kind;
}

/** What is left of it after a success: the pauses begin anew, and calls at once come back step by step. */
export function afterSuccess(before: ThrottleState | null): ThrottleState | null {
  if (before === null || before.share * 2 >= 1) return null;
  return { ...before, failures: 0, share: before.share * 2 };
}
