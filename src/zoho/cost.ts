import { z } from 'zod';
import type { CallKind } from './classify-answer.ts';

/** What decides a call's price. `path` is relative to `/crm/v8`, such as `/Events` or `/coql`. */
export type PricedCall = {
  method: string;
  path: string;
  family?: 'bulk';
  query?: Record<string, string | undefined>;
  body?: unknown;
};

/** Estimated credits; `units` of concurrency and `sub` units of sub-concurrency held while the call is in flight. */
export type CallCost = { kind: CallKind; credits: number; units: number; sub: number };

const BULK_READ_CREDITS = 50;
const SUB_CONCURRENT_QUERY = ['cvid', 'sort_by', 'sort_order'];

/** The price of a call. Source: Zoho CRM API v8, API Limits (credits, concurrency and sub-concurrency tables). */
export function costOf(call: PricedCall): CallCost {
  // Starting a bulk read changes nothing that anybody sees: it counts as reading. Source: Zoho CRM API v8, API Limits.
  if (call.family === 'bulk')
    return { kind: 'read', credits: call.method === 'POST' ? BULK_READ_CREDITS : 1, units: 1, sub: 0 };
  if (call.path === '/coql') return { kind: 'read', credits: coqlCredits(call.body), units: 1, sub: 1 };
  if (call.path === '/__composite_requests') return compositeCost(call.body);
  if (call.method === 'GET') return readCost(call);
  if (call.method === 'DELETE')
    return { kind: 'write', credits: startedIn(idCount(call.query), 100), units: 1, sub: 0 };
  const records = recordCount(call.body);
  return { kind: 'write', credits: startedIn(records, 10), units: 1, sub: records > 10 ? 1 : 0 };
}

function readCost(call: PricedCall): CallCost {
  const query = call.query ?? {};
  const isSub = call.path.endsWith('/search') || SUB_CONCURRENT_QUERY.some((name) => query[name] !== undefined);
  const credits = query.cvid !== undefined ? 3 : call.path.endsWith('/deleted') ? 2 : 1;
  return { kind: 'read', credits, units: 1, sub: isSub ? 1 : 0 };
}

const compositeBody = z.looseObject({
  rollback_on_fail: z.boolean().optional(),
  __composite_requests: z.array(z.looseObject({ method: z.string(), uri: z.string().optional() })),
});

function compositeCost(body: unknown): CallCost {
  const parsed = compositeBody.safeParse(body);
  // A query is a POST and still a read.
  const isRead =
    parsed.success &&
    parsed.data.__composite_requests.every(({ method, uri }) => method === 'GET' || uri?.endsWith('/coql') === true);
  const credits = parsed.success && parsed.data.rollback_on_fail === true ? 2 : 1;
  return { kind: isRead ? 'read' : 'write', credits, units: 5, sub: 1 };
}

function coqlCredits(body: unknown): number {
  const parsed = z.looseObject({ select_query: z.string() }).safeParse(body);
  const limit = parsed.success
    ? Number(/\blimit\s+(\d+)(?:\s+offset\s+\d+)?\s*$/i.exec(parsed.data.select_query)?.[1] ?? 200)
    : 200;
  if (limit <= 200) return 1;
  return limit <= 1000 ? 2 : 3;
}

function recordCount(body: unknown): number {
  const parsed = z.looseObject({ data: z.array(z.unknown()) }).safeParse(body);
  return parsed.success ? parsed.data.data.length : 1;
}

function idCount(query: PricedCall['query']): number {
  return query?.ids === undefined ? 1 : query.ids.split(',').length;
}

function startedIn(count: number, size: number): number {
  return Math.max(1, Math.ceil(count / size));
}
