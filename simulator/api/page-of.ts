import { createHmac } from 'node:crypto';
import { limitExceeded, ZohoFailure } from '../http/failure.ts';
import type { JsonObject } from '../json.ts';
import { formatDateTime } from '../world/date-times.ts';
import { type Call, zoneOf } from './call.ts';

export type Page = { offset: number; perPage: number; number: number };

const mostPerPage = 200;
const mostDiscrete = 2000;
const mostRows = 100_000;
const tokenLifeMs = 24 * 3600 * 1000;

/** Reads `page`, `per_page`, `page_token`. Source: Zoho CRM API v8, Get Records, pagination. */
export function readPage(call: Call, place: string): Page {
  const perPage = wholeNumber(call, 'per_page', mostPerPage);
  if (perPage > mostPerPage) throw limitExceeded({ limit: mostPerPage, param_name: 'per_page' });
  const token = call.query.get('page_token');
  if (token !== null && call.query.get('page') !== null) {
    throw new ZohoFailure(400, 'AMBIGUITY_DURING_PROCESSING', 'page and page_token cannot be given together', {
      ambiguity_due_to: [{ param_name: 'page' }, { param_name: 'page_token' }],
    });
  }
  if (token !== null) return fromToken(call, place, token, perPage);
  const number = wholeNumber(call, 'page', 1);
  if (number * perPage > mostDiscrete) {
    throw new ZohoFailure(
      400,
      'DISCRETE_PAGINATION_LIMIT_EXCEEDED',
      'The discrete pagination limit is exceeded; use page_token',
      { limit: mostDiscrete },
    );
  }
  return { offset: (number - 1) * perPage, perPage, number };
}

/** The `info` object of a list. */
export function pageInfo(
  call: Call,
  place: string,
  page: Page,
  count: number,
  hasMore: boolean,
  sort: { by: string; order: string },
): JsonObject {
  const next = hasMore ? makeToken(call, place, page.offset + page.perPage, page.number + 1) : null;
  const previous =
    page.offset > 0 ? makeToken(call, place, Math.max(0, page.offset - page.perPage), page.number - 1) : null;
  return {
    call: false,
    per_page: page.perPage,
    next_page_token: next,
    count,
    sort_by: sort.by,
    page: page.number,
    previous_page_token: previous,
    page_token_expiry: next === null ? null : formatDateTime(call.now + tokenLifeMs, zoneOf(call)),
    sort_order: sort.order,
    email: false,
    more_records: hasMore,
  };
}

function wholeNumber(call: Call, name: string, fallback: number): number {
  const text = call.query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new ZohoFailure(400, 'INVALID_DATA', 'invalid data', { expected_data_type: 'integer', param_name: name });
  }
  return value;
}

type TokenContent = { place: string; user: string; offset: number; page: number; expiresAt: number };

function makeToken(call: Call, place: string, offset: number, page: number): string {
  const content: TokenContent = { place, user: call.user.id, offset, page, expiresAt: call.now + tokenLifeMs };
  const payload = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${payload}.${signature(call, payload)}`;
}

function fromToken(call: Call, place: string, token: string, perPage: number): Page {
  const [payload = '', signed = ''] = token.split('.');
  if (signature(call, payload) !== signed) {
    throw new ZohoFailure(400, 'INVALID_DATA', 'the page_token given seems to be invalid', {
      param_name: 'page_token',
    });
  }
  const content = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as TokenContent;
  if (content.user !== call.user.id || content.place !== place) {
    throw new ZohoFailure(400, 'TOKEN_BOUND_DATA_MISMATCH', 'the page_token belongs to another request', {
      param_name: 'page_token',
    });
  }
  if (content.expiresAt <= call.now) {
    throw new ZohoFailure(400, 'EXPIRED_VALUE', 'the page_token has expired', { param_name: 'page_token' });
  }
  if (content.offset + perPage > mostRows) {
    throw new ZohoFailure(400, 'PAGINATION_LIMIT_EXCEEDED', 'no more than 100000 records can be read in pages', {
      limit: mostRows,
    });
  }
  return { offset: content.offset, perPage, number: content.page };
}

function signature(call: Call, payload: string): string {
  return createHmac('sha256', call.world.client.secret).update(payload).digest('base64url').slice(0, 22);
}
