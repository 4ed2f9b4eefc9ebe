import { AppError } from '../errors.ts';
import { type CrmRecord, listAnswer } from './answer-schemas.ts';
import { type CallTiming, timingOf } from './call-timing.ts';
import { unreadable } from './read-answer.ts';
import type { ZohoAnswer, ZohoFailure, ZohoTransport } from './transport.ts';

/** One page of a list; `nextPageToken` is null on the last one. An empty list is a page without records. */
export type RecordPage = { kind: 'page'; records: CrmRecord[]; nextPageToken: string | null };

export type ListOptions = CallTiming & {
  /** API names, at most 50; Zoho requires them. */
  fields: readonly string[];
  perPage?: number;
  pageToken?: string;
  sortBy?: 'id' | 'Created_Time' | 'Modified_Time';
  sortOrder?: 'asc' | 'desc';
  /** Zoho time; only records changed since then, else `not_modified`. */
  modifiedSince?: string;
};

const MAX_IDS = 100;
const PAGE_SIZE = 200;
/** Marks our own token for lists that Zoho pages by number; its tokens are long random texts. */
const PAGE_PREFIX = 'page:';

/**
 * One record by its id, or by an external value when `external` names the field (`Events.Our_Meeting_ID`). Participants of
 * an event come only with this call. Source: Zoho CRM API v8, Get Records; Get Records using External ID.
 */
export async function getRecord(
  transport: ZohoTransport,
  module: string,
  id: string,
  options: CallTiming & { fields?: readonly string[]; external?: string } = {},
): Promise<{ kind: 'found'; record: CrmRecord } | { kind: 'absent' } | ZohoFailure> {
  const answer = await transport.call({
    method: 'GET',
    path: `/${module}/${encodeURIComponent(id)}`,
    query: { fields: options.fields?.join(',') },
    headers: { 'x-external': options.external },
    ...timingOf(options),
  });
  if (answer.kind === 'failed') return isIdUnknown(answer, options.external) ? { kind: 'absent' } : answer;
  const page = readPage(answer);
  if (page.kind === 'failed') return page;
  if (page.kind === 'not_modified') return unreadable(answer, 'a 304 to a request without a condition');
  const [record] = page.records;
  if (record === undefined) return { kind: 'absent' };
  if (options.external === undefined && record.id !== id) return unreadable(answer, `record ${record.id} for id ${id}`);
  return { kind: 'found', record };
}

/**
 * Rich text of up to 100 records in full, which lists cut to 500 characters; 1 credit. Records and fields without rich text are left
 * out. Source: Zoho CRM API v8, Get Rich Text Records.
 */
export async function getFullText(
  transport: ZohoTransport,
  module: string,
  ids: readonly string[],
  options: CallTiming & { fields: readonly string[] },
): Promise<{ kind: 'read'; found: Map<string, CrmRecord> } | ZohoFailure> {
  const answer = await transport.call({
    method: 'GET',
    path: `/${module}/actions/fetch_full_data`,
    query: { ids: ids.join(','), fields: options.fields.join(',') },
    ...timingOf(options),
  });
  const page = readPage(answer);
  if (page.kind === 'failed') return page;
  if (page.kind === 'not_modified') return unreadable(answer, 'a 304 to a request without a condition');
  return { kind: 'read', found: new Map(page.records.map((record) => [record.id, record])) };
}

/** One page of a module's records. Pages follow by token, which reaches 100,000 rows (page numbers end at 2,000). */
export async function listRecords(
  transport: ZohoTransport,
  module: string,
  options: ListOptions,
): Promise<RecordPage | { kind: 'not_modified' } | ZohoFailure> {
  return listPath(transport, `/${module}`, options);
}

/**
 * Up to 100 records at once, by id or by external value. `found` is keyed as asked; `absent` are those that Zoho left out of
 * a successful answer. With `external`, its field is read as well, since it is the key.
 */
export async function getByIds(
  transport: ZohoTransport,
  module: string,
  ids: readonly string[],
  options: CallTiming & { fields: readonly string[]; external?: string },
): Promise<{ kind: 'read'; found: Map<string, CrmRecord>; absent: string[] } | ZohoFailure> {
  if (ids.length < 1 || ids.length > MAX_IDS) {
    throw new AppError('invalid_input', `Cannot read ${ids.length} records in one call: pass 1 to ${MAX_IDS} ids.`, {
      detail: { module, count: ids.length },
    });
  }
  const keyField = options.external?.split('.').at(-1) ?? 'id';
  const fields = [...new Set([...options.fields, ...(keyField === 'id' ? [] : [keyField])])];
  const answer = await transport.call({
    method: 'GET',
    path: `/${module}`,
    query: { ids: ids.join(','), fields: fields.join(','), per_page: String(PAGE_SIZE) },
    headers: { 'x-external': options.external },
    ...timingOf(options),
  });
  const page = readPage(answer);
  if (page.kind === 'failed') return page;
  if (page.kind === 'not_modified') return unreadable(answer, 'a 304 to a request without a condition');
  const found = new Map<string, CrmRecord>();
  for (const record of page.records) {
    const key = record[keyField];
    // A record whose key is withheld is no absent record.
    if (typeof key !== 'string') return unreadable(answer, `record ${record.id} without ${keyField}`);
    found.set(key, record);
  }
  return { kind: 'read', found, absent: ids.filter((id) => !found.has(id)) };
}

/** A list that hangs on one record, such as `Invited_Events` of a contact or `Contact_Roles` of a deal; one page. */
export async function relatedRecords(
  transport: ZohoTransport,
  module: string,
  id: string,
  list: string,
  options: ListOptions,
): Promise<RecordPage | { kind: 'not_modified' } | ZohoFailure> {
  return listPath(transport, `/${module}/${encodeURIComponent(id)}/${list}`, options);
}

/**
 * One page of notes: of one parent, or (`parent` null) of the whole org, which needs an administrator's profile.
 * Source: Zoho CRM API v8, Get Notes.
 */
export async function listNotes(
  transport: ZohoTransport,
  parent: { module: string; id: string } | null,
  options: ListOptions,
): Promise<RecordPage | { kind: 'not_modified' } | ZohoFailure> {
  if (parent === null) return listRecords(transport, 'Notes', options);
  return relatedRecords(transport, parent.module, parent.id, 'Notes', options);
}

async function listPath(
  transport: ZohoTransport,
  path: string,
  options: ListOptions,
): Promise<RecordPage | { kind: 'not_modified' } | ZohoFailure> {
  const token = options.pageToken ?? '';
  const isPageNumber = token.startsWith(PAGE_PREFIX);
  const query = {
    fields: options.fields.join(','),
    per_page: String(options.perPage ?? PAGE_SIZE),
    sort_by: options.sortBy,
    sort_order: options.sortBy === undefined ? undefined : (options.sortOrder ?? 'asc'),
    ...(isPageNumber ? { page: token.slice(PAGE_PREFIX.length) } : { page_token: options.pageToken }),
  };
  const headers = { 'if-modified-since': options.modifiedSince };
  return readPage(await transport.call({ method: 'GET', path, query, headers, ...timingOf(options) }));
}

function readPage(answer: ZohoAnswer): RecordPage | { kind: 'not_modified' } | ZohoFailure {
  if (answer.kind === 'failed' || answer.kind === 'not_modified') return answer;
  if (answer.kind === 'empty') return { kind: 'page', records: [], nextPageToken: null };
  const parsed = listAnswer.safeParse(answer.body);
  if (!parsed.success) return unreadable(answer, parsed.error.message);
  const { more_records: hasMore, next_page_token: token, page } = parsed.data.info;
  if (hasMore !== true) return { kind: 'page', records: parsed.data.data, nextPageToken: null };
  const nextPageToken = token ?? (typeof page === 'number' ? `${PAGE_PREFIX}${page + 1}` : null);
  if (nextPageToken === null) return unreadable(answer, 'more records, and no way to them');
  return { kind: 'page', records: parsed.data.data, nextPageToken };
}

/**
 * By id, a 400 "the id given seems to be invalid" is as definite as a 204. By external value only a 204 is absence: the same
 * 400 may mean that the field is not external (any more), and failure must never read as absence.
 */
function isIdUnknown(failure: ZohoFailure, external: string | undefined): boolean {
  return (
    external === undefined &&
    failure.code === 'INVALID_DATA' &&
    /\bthe id given seems to be invalid/i.test(failure.message)
  );
}
