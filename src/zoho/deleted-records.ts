import { z } from 'zod';
import { crmId } from './answer-schemas.ts';
import { type CallTiming, timingOf } from './call-timing.ts';
import { COMPOSITE_ROWS, type SubRead } from './composite-reads.ts';
import { parseCrmTime } from './crm-time.ts';
import { readBody } from './read-answer.ts';
import type { ZohoAnswer, ZohoFailure, ZohoTransport } from './transport.ts';

/** A record that is gone: in the recycle bin, or for good. Merged and converted records are listed too, and look the same. */
export type DeletedRow = {
  id: string;
  name: string | null;
  /** Milliseconds since 1970, on Zoho's clock. */
  deletedAt: number;
  deletedBy: string | null;
  isPermanent: boolean;
};

/** One page, newest deletions first. `next` leads to the following page; null on the last one. */
export type DeletedPage = { kind: 'page'; rows: DeletedRow[]; next: string | null };

const PAGE_SIZE = 200;
/** Page numbers end at 2,000 rows. Source: Zoho CRM API v8, Get Records, pagination. */
const PAGES_BY_NUMBER = 10;
const PAGE_PREFIX = 'page:';

/** The first 25 deletions of a module since a time (as Zoho writes it), as a part of a composite call. */
export function deletedSubRead(module: string, since: string | null): SubRead {
  return {
    path: `/${module}/deleted`,
    query: { type: 'all', per_page: String(COMPOSITE_ROWS) },
    headers: sinceHeader(since),
  };
}

/**
 * One page of what was deleted in a module since a time (2 credits, 200 rows). Zoho keeps the recycle bin for 60 days and lists
 * what is gone for good for 120. Source: Zoho CRM API v8, Get Deleted Records.
 */
export async function listDeleted(
  transport: ZohoTransport,
  module: string,
  options: CallTiming & { since: string | null; page?: string },
): Promise<DeletedPage | ZohoFailure> {
  const { page = `${PAGE_PREFIX}1` } = options;
  const place = page.startsWith(PAGE_PREFIX) ? { page: page.slice(PAGE_PREFIX.length) } : { page_token: page };
  const answer = await transport.call({
    method: 'GET',
    path: `/${module}/deleted`,
    query: { type: 'all', per_page: String(PAGE_SIZE), ...place },
    headers: sinceHeader(options.since),
    ...timingOf(options),
  });
  return readDeletedAnswer(answer);
}

/** Reads such an answer, alone or as a part of a composite one. Nothing deleted is 204, or 304 to a time. */
export function readDeletedAnswer(answer: ZohoAnswer): DeletedPage | ZohoFailure {
  if (answer.kind === 'empty' || answer.kind === 'not_modified') return { kind: 'page', rows: [], next: null };
  const read = readBody(answer, deletedAnswer);
  if (read.kind === 'failed') return read;
  const { data, info } = read.value;
  if (info?.more_records !== true) return { kind: 'page', rows: data, next: null };
  const page = info.page ?? 1;
  const byNumber = page < PAGES_BY_NUMBER ? `${PAGE_PREFIX}${page + 1}` : null;
  return { kind: 'page', rows: data, next: info.next_page_token ?? byNumber };
}

const moment = z.string().transform((text, context) => {
  const at = parseCrmTime(text);
  if (at !== null) return at;
  context.addIssue({ code: 'custom', message: 'is no time of Zoho' });
  return z.NEVER;
});

const deletedAnswer = z.looseObject({
  data: z.array(
    z
      .looseObject({
        id: crmId,
        display_name: z.string().nullish(),
        type: z.string(),
        deleted_time: moment,
        deleted_by: z.looseObject({ name: z.string().nullish() }).nullish(),
      })
      .transform((row) => ({
        id: row.id,
        name: row.display_name ?? null,
        deletedAt: row.deleted_time,
        deletedBy: row.deleted_by?.name ?? null,
        isPermanent: row.type === 'permanent',
      })),
  ),
  info: z
    .looseObject({
      more_records: z.boolean().optional(),
      next_page_token: z.string().nullish(),
      page: z.number().int().nullish(),
    })
    .optional(),
});

function sinceHeader(since: string | null): Record<string, string> {
  return since === null ? {} : { 'If-Modified-Since': since };
}
