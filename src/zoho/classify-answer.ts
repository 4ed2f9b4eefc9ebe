/**
 * What to do about a failure: `permanent` shows it to a person, `throttle` waits, `transient` tries again (nothing was
 * written), `auth` needs a token or consent, `unknown` looks in Zoho before anything is sent again.
 */
export type FailureClass = 'permanent' | 'throttle' | 'transient' | 'auth' | 'unknown';

/** Which budget is used up: calls in flight, the rolling 24 hours, or the answer does not tell. */
export type ThrottleKind = 'concurrency' | 'day' | 'unclear';

/** Whether a call changes something in Zoho. A COQL query is a POST and still a read. */
export type CallKind = 'read' | 'write';

/** `status` is null when no answer came; `isSent` is false only when the request certainly never left. */
export type AnswerFacts = {
  status: number | null;
  code: string | null;
  message: string;
  kind: CallKind;
  isSent: boolean;
};

type Row = { why: string; isHit: (facts: AnswerFacts) => boolean; read: FailureClass; write: FailureClass };

const AUTH_CODES = ['INVALID_TOKEN', 'AUTHENTICATION_FAILURE', 'OAUTH_SCOPE_MISMATCH'];
const THROTTLE_CODES = ['TOO_MANY_REQUESTS', 'RATE_LIMIT_EXCEEDED'];
const LOCK_CODES = ['RECORD_LOCKED', 'NOT_APPROVED', 'NOT_REVIEWED', 'RECORD_IN_BLUEPRINT'];
const BROKEN_CODES = ['INTERNAL_ERROR', 'INTERNAL_SERVER_ERROR', 'REQUEST_TIMEOUT'];
const GATE_STATUSES = [403, 404, 405, 410, 413, 414, 415, 431];

/** Read from the top; the first hit decides. Source: Zoho CRM API v8, Status Codes and the error tables of its pages. */
const ROWS: readonly Row[] = [
  { why: 'the request never left', isHit: (f) => !f.isSent, read: 'transient', write: 'transient' },
  { why: 'no answer came', isHit: (f) => f.status === null, read: 'transient', write: 'unknown' },
  {
    why: 'the server broke',
    isHit: (f) => f.status !== null && (f.status >= 500 || f.status === 408),
    read: 'transient',
    write: 'unknown',
  },
  { why: 'the server broke, told by a code', isHit: has(BROKEN_CODES), read: 'transient', write: 'unknown' },
  { why: 'token or scope', isHit: has(AUTH_CODES), read: 'auth', write: 'auth' },
  { why: 'too much, told by a code', isHit: has(THROTTLE_CODES), read: 'throttle', write: 'throttle' },
  { why: 'locked for now', isHit: has(LOCK_CODES), read: 'transient', write: 'transient' },
  { why: 'token refused', isHit: (f) => f.status === 401, read: 'auth', write: 'auth' },
  { why: 'too much', isHit: (f) => f.status === 429, read: 'throttle', write: 'throttle' },
  { why: 'a coded refusal', isHit: (f) => f.code !== null, read: 'permanent', write: 'permanent' },
  {
    why: 'refused at the gate',
    isHit: (f) => f.status !== null && GATE_STATUSES.includes(f.status),
    read: 'permanent',
    write: 'permanent',
  },
  { why: 'an answer nobody can read', isHit: () => true, read: 'transient', write: 'unknown' },
];

/** The one table from (status, code, read or write, sent or not) to what a failure means; `throttle` names the budget. */
export function classifyAnswer(facts: AnswerFacts): { class: FailureClass; throttle: ThrottleKind | null } {
  const row = ROWS.find((candidate) => candidate.isHit(facts));
  const failureClass = row === undefined ? 'unknown' : row[facts.kind];
  return { class: failureClass, throttle: failureClass === 'throttle' ? throttleKind(facts.message) : null };
}

/** Zoho sends 429 TOO_MANY_REQUESTS for both budgets; only the wording tells them apart (field reports, not documented). */
function throttleKind(message: string): ThrottleKind {
  if (/24[ -]?hour|past 24|per day|daily/i.test(message)) return 'day';
  if (/concurren/i.test(message)) return 'concurrency';
  return 'unclear';
}

function has(codes: readonly string[]): (facts: AnswerFacts) => boolean {
  return (facts) => facts.code !== null && codes.includes(facts.code);
}
