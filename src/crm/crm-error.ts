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
      ...(failure.throttle === null ? {} : { throttle: failure.throttle }),
      ...(failure.retryAfterMs === null ? {} : { retryAfterMs: failure.retryAfterMs }),
    },
  });
}

/** The same for what the product can do without: a right that is missing is a refusal then, and no dead connection. */
export function refusalError(failure: ZohoFailure, doing: string): AppError {
  return crmError(failure.code === 'OAUTH_SCOPE_MISMATCH' ? { ...failure, class: 'permanent' } : failure, doing);
}
