import type { z } from 'zod';
import type { ZohoAnswer, ZohoFailure } from './transport.ts';

/** A read that came back in a shape we cannot rely on: a failure that may be tried again, never an empty result. */
export function unreadable(answer: ZohoAnswer, why: string): ZohoFailure {
  return {
    kind: 'failed',
    class: 'transient',
    throttle: null,
    retryAfterMs: null,
    status: answer.kind === 'ok' || answer.kind === 'failed' ? answer.status : null,
    code: 'UNREADABLE_ANSWER',
    message: `Zoho answered in a shape that we cannot read: ${why}`,
    details: {},
    isSent: true,
    body: answer.kind === 'ok' ? answer.body : undefined,
  };
}

/** Parses the body of a read that must have one; absence and other shapes are failures. */
export function readBody<T extends z.ZodType>(
  answer: ZohoAnswer,
  schema: T,
): { kind: 'read'; value: z.infer<T> } | ZohoFailure {
  if (answer.kind === 'failed') return answer;
  if (answer.kind !== 'ok') return unreadable(answer, `${answer.kind} where a body was expected`);
  const parsed = schema.safeParse(answer.body);
  return parsed.success ? { kind: 'read', value: parsed.data } : unreadable(answer, parsed.error.message);
}
