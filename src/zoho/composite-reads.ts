import { z } from 'zod';
import { AppError } from '../errors.ts';
import { findError } from './answer-schemas.ts';
import { type CallTiming, timingOf } from './call-timing.ts';
import { classifyAnswer } from './classify-answer.ts';
import { buildCoql, type CoqlQuery } from './coql.ts';
import { unreadable } from './read-answer.ts';
import type { ZohoAnswer, ZohoTransport } from './transport.ts';

/** A read inside a composite call: a list by its path relative to `/crm/v8`, or a query. */
export type SubRead =
  | { path: string; query?: Record<string, string>; headers?: Record<string, string> }
  | { coql: CoqlQuery };

/** The most rows that a read inside a composite call gives. Source: Zoho CRM API v8, Composite API. */
export const COMPOSITE_ROWS = 25;
const READS_MAX = 5;

/**
 * Up to five reads in one call, for 1 credit. `answers` are in the order asked, each as if it had been called alone: a part that
 * failed is a failure of its own. Source: Zoho CRM API v8, Composite API.
 */
export async function readTogether(
  transport: ZohoTransport,
  reads: readonly SubRead[],
  timing: CallTiming = {},
): Promise<{ kind: 'answers'; answers: ZohoAnswer[] } | Extract<ZohoAnswer, { kind: 'failed' }>> {
  if (reads.length < 1 || reads.length > READS_MAX) {
    throw new AppError('invalid_input', `A composite call takes 1 to ${READS_MAX} reads, not ${reads.length}.`);
  }
  const answer = await transport.call({
    method: 'POST',
    path: '/__composite_requests',
    body: { rollback_on_fail: false, parallel_execution: true, __composite_requests: reads.map(toSubRequest) },
    ...timingOf(timing),
  });
  const body = answer.kind === 'ok' || answer.kind === 'failed' ? answer.body : undefined;
  const parsed = compositeAnswer.safeParse(body);
  if (parsed.success && parsed.data.__composite_requests.length === reads.length) {
    return { kind: 'answers', answers: parsed.data.__composite_requests.map(toAnswer) };
  }
  return answer.kind === 'failed' ? answer : unreadable(answer, `not one part for each of ${reads.length} reads`);
}

const compositeAnswer = z.looseObject({ __composite_requests: z.array(z.unknown()) });

const compositePart = z.looseObject({
  details: z.looseObject({ response: z.looseObject({ status_code: z.number(), body: z.unknown().optional() }) }),
});

function toSubRequest(read: SubRead, index: number): Record<string, unknown> {
  const id = { sub_request_id: String(index + 1) };
  if ('coql' in read) {
    const body = { select_query: buildCoql(read.coql) };
    return { ...id, method: 'POST', uri: '/crm/v8/coql', params: {}, headers: {}, body };
  }
  const { path, query = {}, headers = {} } = read;
  return { ...id, method: 'GET', uri: `/crm/v8${path}`, params: query, headers };
}

/** A part that was refused before it ran has no response of its own: its error stands in the part itself. */
function toAnswer(part: unknown): ZohoAnswer {
  const response = compositePart.safeParse(part);
  if (!response.success) return toFailure(400, part);
  const { status_code: status, body: raw } = response.data.details.response;
  if (status === 204) return { kind: 'empty' };
  if (status === 304) return { kind: 'not_modified' };
  const body = typeof raw === 'string' ? parseJson(raw) : raw;
  const isFine = status >= 200 && status < 300 && body !== undefined && findError(body) === null;
  return isFine ? { kind: 'ok', status, body, headers: new Headers() } : toFailure(status, body);
}

function toFailure(status: number, body: unknown): Extract<ZohoAnswer, { kind: 'failed' }> {
  const error = findError(body);
  const code = error?.code ?? null;
  const message = error?.message || 'A part of a composite answer could not be read.';
  const verdict = classifyAnswer({ status, code, message, kind: 'read', isSent: true });
  const details = error?.details ?? {};
  return { kind: 'failed', ...verdict, retryAfterMs: null, status, code, message, details, isSent: true, body };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
