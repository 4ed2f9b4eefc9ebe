import { z } from 'zod';
import { AppError } from '../errors.ts';
import { findError } from './answer-schemas.ts';
import { type CallTiming, timingOf } from './call-timing.ts';
import { classifyAnswer } from './classify-answer.ts';
import { unreadable } from './read-answer.ts';
import type { ZohoFailure, ZohoTransport } from './transport.ts';

/** One part of a composite read; `path` is relative to `/crm/v8`. */
export type PartRequest = { path: string; query?: Record<string, string> };

/** What became of one part: its body, nothing (204), or a failure of its own. */
export type PartAnswer = { kind: 'ok'; body: unknown } | { kind: 'empty' } | ZohoFailure;

const PARTS_MAX = 5;

/**
 * Up to five reads in one composite call: 1 credit, five units of concurrency. Gives one answer a part, in order, or the failure
 * of the whole call. Source: Zoho CRM API v8, Composite Requests.
 */
export async function readTogether(
  transport: ZohoTransport,
  parts: readonly PartRequest[],
  timing: CallTiming = {},
): Promise<PartAnswer[] | ZohoFailure> {
  if (parts.length < 1 || parts.length > PARTS_MAX) {
    throw new AppError('internal', `A composite call takes 1 to ${PARTS_MAX} reads, not ${parts.length}.`);
  }
  const requests = parts.map(({ path, query }, index) => ({
    sub_request_id: String(index + 1),
    method: 'GET',
    uri: `/crm/v8${path}`,
    params: query ?? {},
    headers: {},
  }));
  const answer = await transport.call({
    method: 'POST',
    path: '/__composite_requests',
    body: { rollback_on_fail: false, parallel_execution: true, __composite_requests: requests },
    ...timingOf(timing),
  });
  const body = answer.kind === 'ok' || answer.kind === 'failed' ? answer.body : undefined;
  const parsed = compositeAnswer.safeParse(body);
  if (parsed.success && parsed.data.__composite_requests.length === parts.length) {
    return parsed.data.__composite_requests.map(readPart);
  }
  return answer.kind === 'failed' ? answer : unreadable(answer, `not one part for each of ${parts.length} reads`);
}

const compositeAnswer = z.looseObject({ __composite_requests: z.array(z.unknown()) });

const compositePart = z.looseObject({
  details: z.looseObject({ response: z.looseObject({ status_code: z.number(), body: z.unknown().optional() }) }),
});

function readPart(part: unknown): PartAnswer {
  const response = compositePart.safeParse(part);
  if (!response.success) return partFailure(400, part);
  const { status_code: status, body } = response.data.details.response;
  if (status === 204) return { kind: 'empty' };
  return status === 200 && findError(body) === null ? { kind: 'ok', body } : partFailure(status, body);
}

function partFailure(status: number, body: unknown): ZohoFailure {
  const error = findError(body);
  const message = error?.message || 'A part of a composite answer could not be read.';
  const verdict = classifyAnswer({ status, code: error?.code ?? null, message, kind: 'read', isSent: true });
  const { details } = error ?? { details: {} };
  const code = error?.code ?? 'UNREADABLE_ANSWER';
  return { kind: 'failed', ...verdict, retryAfterMs: null, status, code, message, details, isSent: true, body };
}
