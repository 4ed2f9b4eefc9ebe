import { AppError, type ErrorCode } from '../errors.ts';
import type { FailureClass } from '../zoho/classify-answer.ts';
import type { ZohoFailure } from '../zoho/transport.ts';

const CODES: Record<FailureClass, ErrorCode> = {
  auth: 'needs_reauth',
  throttle: 'crm_throttled',
  transient: 'crm_unavailable',
  unknown: 'crm_outcome_unknown',
  permanent: 'crm_rejected',
};

/** Turns a failed answer into the error that callers outside the wire throw; `doing` says what was not possible. */
export function crmError(failure: ZohoFailure, doing: string): AppError {
  return new AppError(CODES[failure.class], `${doing}: ${failure.message}`, {
    detail: {
      ...failure.details,
      status: failure.status,
      code: failure.code,
      ...(failure.retryAfterMs === null ? {} : { retryAfterMs: failure.retryAfterMs }),
    },
  });
}
