import { z } from 'zod';
import { AppError } from '../errors.ts';
import { crmId, findError } from './answer-schemas.ts';
import { type CallTiming, timingOf } from './call-timing.ts';
import { classifyAnswer } from './classify-answer.ts';
import { readBody, unreadable } from './read-answer.ts';
import type { ZohoAnswer, ZohoFailure, ZohoTransport } from './transport.ts';

/** A contact with a role in a deal; the role's name is null where Zoho keeps the link without one. */
export type ContactRole = { contactId: string; roleId: string | null; roleName: string | null };

export type DealRoles = { kind: 'rows'; rows: ContactRole[] } | ZohoFailure;

const DEALS_MAX = 5;
const COMPOSITE_ROWS = 25;
const PAGE_SIZE = 200;
/** Zoho wants the name of a contact's field; the role and the id come along in any case. */
const FIELDS = 'Last_Name';

/**
 * The contact roles of up to five deals in one composite call (1 credit, at most 25 rows a deal); a deal that reaches that
 * number is read alone, with paging. A deal whose part failed is a failure of its own, never an empty list.
 * Source: Zoho CRM API v8, Composite Requests; Get Contact Roles of a Deal.
 */
export async function readContactRoles(
  transport: ZohoTransport,
  dealIds: readonly string[],
  timing: CallTiming = {},
): Promise<Map<string, DealRoles>> {
  if (dealIds.length < 1 || dealIds.length > DEALS_MAX) {
    throw new AppError('invalid_input', `Roles are read for 1 to ${DEALS_MAX} deals at once, not ${dealIds.length}.`);
  }
  const answer = await transport.call({
    method: 'POST',
    path: '/__composite_requests',
    body: { rollback_on_fail: false, parallel_execution: true, __composite_requests: dealIds.map(subRequest) },
    ...timingOf(timing),
  });
  const parts = splitAnswer(answer, dealIds.length);
  const roles = new Map<string, DealRoles>();
  for (const [index, dealId] of dealIds.entries()) {
    const part = Array.isArray(parts) ? readPart(parts[index]) : parts;
    roles.set(dealId, part.kind === 'full' ? await readRolesOfDeal(transport, dealId, timing) : part);
  }
  return roles;
}

/** Every role of one deal, page by page (1 credit a page of 200). */
export async function readRolesOfDeal(
  transport: ZohoTransport,
  dealId: string,
  timing: CallTiming = {},
): Promise<DealRoles> {
  const rows: ContactRole[] = [];
  for (let page = 1; ; page += 1) {
    const query = { fields: FIELDS, per_page: String(PAGE_SIZE), page: String(page) };
    const answer = await transport.call({ method: 'GET', path: rolesPath(dealId), query, ...timingOf(timing) });
    if (answer.kind === 'empty') return { kind: 'rows', rows };
    const read = readBody(answer, rolesAnswer);
    if (read.kind === 'failed') return read;
    rows.push(...read.value.data);
    if (!read.value.hasMore) return { kind: 'rows', rows };
  }
}

const rolesAnswer = z
  .looseObject({
    data: z.array(
      z
        .looseObject({ id: crmId, Contact_Role: z.looseObject({ id: crmId, name: z.string().nullish() }).nullish() })
        .transform((row) => ({
          contactId: row.id,
          roleId: row.Contact_Role?.id ?? null,
          roleName: row.Contact_Role?.name ?? null,
        })),
    ),
    info: z.looseObject({ more_records: z.boolean().optional() }).optional(),
  })
  .transform(({ data, info }) => ({ data, hasMore: info?.more_records === true }));

const compositeAnswer = z.looseObject({ __composite_requests: z.array(z.unknown()) });

const compositePart = z.looseObject({
  details: z.looseObject({ response: z.looseObject({ status_code: z.number(), body: z.unknown().optional() }) }),
});

function rolesPath(dealId: string): string {
  return `/Deals/${encodeURIComponent(dealId)}/Contact_Roles`;
}

function subRequest(dealId: string, index: number): Record<string, unknown> {
  return {
    sub_request_id: String(index + 1),
    method: 'GET',
    uri: `/crm/v8${rolesPath(dealId)}`,
    params: { fields: FIELDS, per_page: COMPOSITE_ROWS },
    headers: {},
  };
}

/** The parts in the order asked, or the failure of the whole call. A 400 with one part a deal is no whole failure. */
function splitAnswer(answer: ZohoAnswer, count: number): unknown[] | ZohoFailure {
  const body = answer.kind === 'ok' || answer.kind === 'failed' ? answer.body : undefined;
  const parsed = compositeAnswer.safeParse(body);
  if (parsed.success && parsed.data.__composite_requests.length === count) return parsed.data.__composite_requests;
  return answer.kind === 'failed' ? answer : unreadable(answer, `not one part for each of ${count} deals`);
}

function readPart(part: unknown): DealRoles | { kind: 'full' } {
  const response = compositePart.safeParse(part);
  if (!response.success) return partFailure(400, part);
  const { status_code: status, body: raw } = response.data.details.response;
  if (status === 204) return { kind: 'rows', rows: [] };
  const body = typeof raw === 'string' ? parseJson(raw) : raw;
  const roles = rolesAnswer.safeParse(body);
  if (status !== 200 || !roles.success) return partFailure(status, body);
  const { data, hasMore } = roles.data;
  return hasMore || data.length >= COMPOSITE_ROWS ? { kind: 'full' } : { kind: 'rows', rows: data };
}

function partFailure(status: number, body: unknown): ZohoFailure {
  const error = findError(body);
  const code = error?.code ?? 'UNREADABLE_ANSWER';
  const message = error?.message || 'A part of a composite answer could not be read.';
  const verdict = classifyAnswer({ status, code: error?.code ?? null, message, kind: 'read', isSent: true });
  const { details } = error ?? { details: {} };
  return { kind: 'failed', ...verdict, retryAfterMs: null, status, code, message, details, isSent: true, body };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
