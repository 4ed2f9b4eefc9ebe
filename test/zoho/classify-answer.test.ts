import { describe, expect, it } from 'vitest';
import { type AnswerFacts, classifyAnswer } from '../../src/zoho/classify-answer.ts';

type Row = [why: string, facts: Partial<AnswerFacts>, read: string, write: string, throttle?: string];

const rows: Row[] = [
  ['never left', { status: null, isSent: false }, 'transient', 'transient'],
  ['cut or timed out', { status: null }, 'transient', 'unknown'],
  ['500 with a code', { status: 500, code: 'INTERNAL_ERROR' }, 'transient', 'unknown'],
  ['500 with any other code', { status: 500, code: 'INVALID_DATA' }, 'transient', 'unknown'],
  ['502 HTML', { status: 502 }, 'transient', 'unknown'],
  ['503', { status: 503 }, 'transient', 'unknown'],
  ['408', { status: 408 }, 'transient', 'unknown'],
  ['INTERNAL_ERROR in one record', { status: 400, code: 'INTERNAL_ERROR' }, 'transient', 'unknown'],
  ['REQUEST_TIMEOUT in a composite', { status: 400, code: 'REQUEST_TIMEOUT' }, 'transient', 'unknown'],
  ['INVALID_TOKEN', { status: 401, code: 'INVALID_TOKEN' }, 'auth', 'auth'],
  ['AUTHENTICATION_FAILURE', { status: 401, code: 'AUTHENTICATION_FAILURE' }, 'auth', 'auth'],
  ['missing scope', { status: 401, code: 'OAUTH_SCOPE_MISMATCH' }, 'auth', 'auth'],
  ['401 without a code', { status: 401 }, 'auth', 'auth'],
  [
    'too many in flight',
    { status: 429, code: 'TOO_MANY_REQUESTS', message: 'Many requests fired in concurrent than the allowed limit.' },
    'throttle',
    'throttle',
    'concurrency',
  ],
  [
    'day budget',
    {
      status: 429,
      code: 'TOO_MANY_REQUESTS',
      message: 'Many requests fired than the allowed limit for the past 24 hours.',
    },
    'throttle',
    'throttle',
    'day',
  ],
  [
    '429 that does not tell',
    { status: 429, code: 'TOO_MANY_REQUESTS', message: 'slow down' },
    'throttle',
    'throttle',
    'unclear',
  ],
  ['429 without a body', { status: 429 }, 'throttle', 'throttle', 'unclear'],
  ['RATE_LIMIT_EXCEEDED', { status: 400, code: 'RATE_LIMIT_EXCEEDED' }, 'throttle', 'throttle', 'unclear'],
  ['RECORD_LOCKED', { status: 400, code: 'RECORD_LOCKED' }, 'transient', 'transient'],
  ['NOT_APPROVED', { status: 400, code: 'NOT_APPROVED' }, 'transient', 'transient'],
  ['NOT_REVIEWED', { status: 400, code: 'NOT_REVIEWED' }, 'transient', 'transient'],
  ['RECORD_IN_BLUEPRINT', { status: 400, code: 'RECORD_IN_BLUEPRINT' }, 'transient', 'transient'],
  ['NO_PERMISSION', { status: 403, code: 'NO_PERMISSION' }, 'permanent', 'permanent'],
  ['AUTHORIZATION_FAILED', { status: 400, code: 'AUTHORIZATION_FAILED' }, 'permanent', 'permanent'],
  ['INVALID_MODULE', { status: 400, code: 'INVALID_MODULE' }, 'permanent', 'permanent'],
  ['INVALID_DATA', { status: 400, code: 'INVALID_DATA' }, 'permanent', 'permanent'],
  ['MANDATORY_NOT_FOUND', { status: 400, code: 'MANDATORY_NOT_FOUND' }, 'permanent', 'permanent'],
  ['DUPLICATE_DATA', { status: 400, code: 'DUPLICATE_DATA' }, 'permanent', 'permanent'],
  ['LIMIT_EXCEEDED', { status: 400, code: 'LIMIT_EXCEEDED' }, 'permanent', 'permanent'],
  ['LICENSE_LIMIT_EXCEEDED', { status: 403, code: 'LICENSE_LIMIT_EXCEEDED' }, 'permanent', 'permanent'],
  ['INVALID_HOST', { status: 400, code: 'INVALID_HOST' }, 'permanent', 'permanent'],
  ['INVALID_URL_PATTERN', { status: 404, code: 'INVALID_URL_PATTERN' }, 'permanent', 'permanent'],
  ['ALREADY_MODIFIED', { status: 412, code: 'ALREADY_MODIFIED' }, 'permanent', 'permanent'],
  ...[
    'EXPECTED_FIELD_MISSING',
    'DEPENDENT_FIELD_MISSING',
    'DEPENDENT_MISMATCH',
    'MULTIPLE_OR_MULTI_ERRORS',
    'REQUIRED_PARAM_MISSING',
    'INVALID_REQUEST_METHOD',
    'DUPLICATE_LINKING_DATA',
    'FEATURE_NOT_SUPPORTED',
    'FEATURE_NOT_ENABLED',
    'LIMIT_REACHED',
  ].map((code): Row => [code, { status: 400, code }, 'permanent', 'permanent']),
  ['a code that nobody has seen', { status: 400, code: 'SOMETHING_NEW' }, 'permanent', 'permanent'],
  ['413 without a code', { status: 413 }, 'permanent', 'permanent'],
  ['415 without a code', { status: 415 }, 'permanent', 'permanent'],
  ['400 that cannot be read', { status: 400 }, 'transient', 'unknown'],
  ['200 that cannot be read', { status: 200 }, 'transient', 'unknown'],
  ['a redirect', { status: 302 }, 'transient', 'unknown'],
];

describe('classifyAnswer', () => {
  it.each(rows)('%s', (_why, facts, read, write, throttle) => {
    const full = { status: 200, code: null, message: '', isSent: true, ...facts };
    expect(classifyAnswer({ ...full, kind: 'read' })).toEqual({ class: read, throttle: throttle ?? null });
    expect(classifyAnswer({ ...full, kind: 'write' })).toEqual({ class: write, throttle: throttle ?? null });
  });
});
