/** The closed list of what can go wrong; one table in `http/` maps it to HTTP. */
export type ErrorCode =
  | 'invalid_input'
  | 'not_found'
  | 'conflict'
  | 'unauthorized'
  | 'forbidden'
  | 'not_connected'
  | 'needs_reauth'
  | 'crm_rejected'
  | 'crm_throttled'
  | 'crm_unavailable'
  | 'crm_outcome_unknown'
  | 'internal';

/** One place of bad input: `path` in the caller's own words (`participants[2].email`), `message` with the cure. */
export type InputProblem = { path: string; message: string };

/** The only error type that rooms throw on purpose. `message` tells a person what to do next; `detail` is for machines and never holds a secret. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: Record<string, unknown>;
  readonly problems: InputProblem[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { detail?: Record<string, unknown>; problems?: InputProblem[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail ?? {};
    this.problems = options.problems ?? [];
  }
}

/** True for an AppError, of the given code if one is named. */
export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
