import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, type ErrorCode } from '../errors.ts';

/** The one table from our errors to HTTP. */
const STATUS: Record<ErrorCode, { status: number; title: string }> = {
  invalid_input: { status: 422, title: 'The input was not accepted' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  unauthorized: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_connected: { status: 409, title: 'Zoho CRM is not connected' },
  needs_reauth: { status: 409, title: 'Zoho CRM has to be connected again' },
  crm_rejected: { status: 422, title: 'Zoho CRM refused' },
  crm_throttled: { status: 503, title: 'Zoho CRM asks us to wait' },
  crm_unavailable: { status: 503, title: 'Zoho CRM cannot be reached' },
  crm_outcome_unknown: { status: 503, title: 'The outcome at Zoho CRM is not known yet' },
  internal: { status: 500, title: 'Something went wrong here' },
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  errors: { path: string; message: string }[];
};

/** Answers any error as `application/problem+json` (RFC 9457); what we did not foresee is logged and told without its inside. */
export function sendProblem(
  error: FastifyError | AppError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = toProblem(error);
  if (problem.status >= 500 && problem.code === 'internal') request.log.error({ err: error }, 'A request failed');
  return reply.code(problem.status).type('application/problem+json').send(problem);
}

function toProblem(error: FastifyError | AppError): Problem {
  if (error instanceof AppError) {
    const { status, title } = STATUS[error.code];
    return problem(status, title, error.code, error.message, error.problems);
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((issue) => ({
      path: issue.instancePath.replace(/^\//, '').replaceAll('/', '.'),
      message: issue.message ?? 'is not accepted',
    }));
    const detail = errors
      .map(({ path, message }) => `${path === '' ? error.validationContext : path}: ${message}`)
      .join('; ');
    return problem(422, STATUS.invalid_input.title, 'invalid_input', `${detail}. Nothing was changed.`, errors);
  }
  const known = FOREIGN_ERRORS[error.code];
  if (known !== undefined) {
    return problem(known.status, known.title, 'invalid_input', known.detail, [{ path: 'body', message: known.detail }]);
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return problem(error.statusCode, STATUS.invalid_input.title, 'invalid_input', error.message, []);
  }
  return problem(500, STATUS.internal.title, 'internal', 'This was not your fault. Try again; the log says more.', []);
}

const UNSTORABLE = {
  status: 422,
  title: STATUS.invalid_input.title,
  detail: 'A text holds a NUL character, which cannot be stored, and nothing was changed. Remove it.',
};

/** Errors of the server below us and of the database that a caller can mend, by their codes. */
const FOREIGN_ERRORS: Record<string, { status: number; title: string; detail: string }> = {
  // PostgreSQL: character_not_in_repertoire, in a text; untranslatable_character, in JSON.
  '22021': UNSTORABLE,
  '22P05': UNSTORABLE,
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    detail: 'The body is larger than 12 MB, and nothing was changed. Leave the transcript out or shorten it.',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    status: 400,
    title: 'The body is not JSON',
    detail:
      'The body could not be read as JSON, and nothing was changed. Check its quotes, commas and encoding (UTF-8).',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    title: 'The body is empty',
    detail: 'A JSON body is needed here, and nothing was changed.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    title: 'The body is not JSON',
    detail: 'Send the body as JSON with the header "Content-Type: application/json".',
  },
};

function problem(
  status: number,
  title: string,
  code: string,
  detail: string,
  errors: { path: string; message: string }[],
): Problem {
  return { type: `urn:salescaling:problem:${code}`, title, status, code, detail, errors };
}
