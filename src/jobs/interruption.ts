import { AppError } from '../errors.ts';
import type { RestKind } from './next-rest.ts';

/** Why a batch could not go to its end: the whole connection rests, or its access is dead. */
export type Interruption =
  | { kind: 'throttled'; rest: RestKind; retryAfterMs: number | null; reason: string }
  /** The org's credits are as good as spent. */
  | { kind: 'spent'; reason: string; until: Date }
  | { kind: 'auth'; message: string; code: string | null }
  /** Zoho said that the user may not: what may be done has to be looked at again before these meetings are. */
  | { kind: 'refused'; message: string; meetingIds: string[] };

/** What a failed read of the batch means for the connection; null: it is not about Zoho. */
export function interruptionOf(error: unknown): Interruption | null {
  if (!(error instanceof AppError)) return null;
  if (error.code === 'needs_reauth') {
    const { code } = error.detail;
    return { kind: 'auth', message: error.message, code: typeof code === 'string' ? code : null };
  }
  if (error.code !== 'crm_throttled' && error.code !== 'crm_unavailable') return null;
  const { retryAfterMs, throttle } = error.detail;
  return {
    kind: 'throttled',
    rest:
      error.code === 'crm_unavailable'
        ? 'away'
        : throttle === 'day' || throttle === 'concurrency'
          ? throttle
          : 'unclear',
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : null,
    reason: error.message,
  };
}
