import {
  errorBody,
  invalidData,
  limitExceeded,
  missingParameter,
  noPermission,
  type Reply,
  ZohoFailure,
} from '../http/failure.ts';
import { compareIds } from '../json.ts';
import type { Row, TimeField } from '../store/table.ts';
import { formatDateTime, parseDateTime } from '../world/date-times.ts';
import { isAdministrator, type Module } from '../world/org.ts';
import { type Call, requireModule, zoneOf } from './call.ts';
import { findAddressed, readExternals } from './externals.ts';
import { type Page, pageInfo, readPage } from './page-of.ts';
import { namedRenderer, renderNamed, renderWhole, userStub, visibleFields } from './render-record.ts';
import { canSee, hiddenFailure, seen } from './visibility.ts';
import { splitIds } from './write-records.ts';

const mostFields = 50;

/** `GET /{module}/{id}`: 204 for an id that is not there. Source: Zoho CRM API v8, Get a Record. */
export function getRecord(call: Call): Reply {
  const module = requireModule(call, call.parts.module ?? '', 'READ');
  const externals = readExternals(call, module);
  const address = call.parts.id ?? '';
  if (!externals.own && !/^\d{1,20}$/.test(address)) {
    throw new ZohoFailure(
      Number(call.world.switches.text('malformedId')),
      'INVALID_DATA',
      'the id given seems to be invalid',
      { resource_path_index: 1 },
    );
  }
  const held = findAddressed(call, module, externals, address);
  const hidden = hiddenFailure(call, module, held);
  if (hidden) throw hidden;
  const found = held && canSee(call, module, held) ? held : undefined;
  const row = externals.own && found && isTooNew(call, found) ? undefined : found;
  if (!row) {
    if (externals.own || call.world.switches.text('unknownIdOnGet') === '204') return { status: 204 };
    throw invalidData({ id: address }, 'the id given seems to be invalid');
  }
  const names = call.query.get('fields');
  if (isUnchanged(call, row)) return { status: 304 };
  const record =
    names === null ? renderWhole(call, module, row) : renderNamed(call, module, row, splitNames(names), true);
  return { status: 200, body: { data: [record] } };
}

/** Whether reads by external value see what was written just now is an open question, and a switch. */
function isTooNew(call: Call, row: Row): boolean {
  return Number(row.Created_Time) > call.now - call.world.switches.number('externalDelaySeconds') * 1000;
}

/** `GET /{module}`. Source: Zoho CRM API v8, Get Records. */
export function listRecords(call: Call): Reply {
  if (!call.world.switches.isOn('listErrorsInData')) return list(call);
  try {
    return list(call);
  } catch (error) {
    if (!(error instanceof ZohoFailure)) throw error;
    return { status: error.status, body: { data: [errorBody(error.problem)] } };
  }
}

function list(call: Call): Reply {
  const module = requireModule(call, call.parts.module ?? '', 'READ');
  if (
    module.apiName === 'Notes' &&
    call.world.switches.isOn('notesListNeedsAdmin') &&
    !isAdministrator(call.org, call.user)
  ) {
    throw noPermission('Crm_Implied_View_Notes');
  }
  const names = fieldNames(call, module);
  const place = `${module.apiName}?${call.query.get('sort_by')}&${call.query.get('sort_order')}`;
  const page = readPage(call, place);
  const credits = call.query.get('cvid') === null ? 1 : call.world.switches.number('cvidCredits');
  if (call.query.get('ids') !== null) return listByIds(call, module, names, page, place);
  const sort = readSort(call);
  const since = modifiedSinceHeader(call);
  const { rows, hasMore } = takePage(seen(call, module, inOrder(module, sort, since)), page);
  if (since !== undefined && rows.length === 0) return { status: 304, credits };
  return listReply(call, { module, names, rows, hasMore, page, place, sort, credits });
}

/** `GET /{module}/deleted`: 2 credits. Source: Zoho CRM API v8, Get Deleted Records. */
export function listDeleted(call: Call): Reply {
  const module = requireModule(call, call.parts.module ?? '', 'READ');
  const type = call.query.get('type') ?? 'all';
  if (!['all', 'recycle', 'permanent'].includes(type)) {
    throw invalidData({ param_name: 'type', supported_values: ['all', 'recycle', 'permanent'] });
  }
  const place = `${module.apiName}/deleted?${type}`;
  const page = readPage(call, place);
  const since = modifiedSinceHeader(call);
  const found = call.org.deleted
    .find('module', module.apiName)
    .map((row): Row => ({ ...row, type: deletedType(call, row) }))
    .filter((row) => row.type !== 'forgotten' && (type === 'all' || row.type === type))
    .filter((row) => since === undefined || Number(row.deleted_time) >= since)
    .sort((a, b) => Number(b.deleted_time) - Number(a.deleted_time) || compareIds(b.id, a.id));
  const rows = found.slice(page.offset, page.offset + page.perPage);
  if (rows.length === 0) return { status: since === undefined ? 204 : 304, credits: 2 };
  const data = rows.map((row) => ({
    deleted_by: userStub(call.org, String(row.deleted_by)),
    id: row.id,
    display_name: row.display_name ?? null,
    type: row.type,
    created_by: row.created_by ? userStub(call.org, String(row.created_by)) : null,
    deleted_time: formatDateTime(Number(row.deleted_time), zoneOf(call)),
  }));
  const hasMore = found.length > page.offset + rows.length;
  const info = { per_page: page.perPage, count: rows.length, page: page.number, more_records: hasMore };
  return { status: 200, body: { data, info }, credits: 2 };
}

const dayMs = 24 * 3600 * 1000;

/** The recycle bin keeps records 60 days; permanent deletions are listed 120 days. Source: Zoho CRM API v8, Get Deleted Records. */
export function deletedType(call: Call, row: Row): string {
  const age = call.now - Number(row.deleted_time);
  if (age > 120 * dayMs) return 'forgotten';
  return age > 60 * dayMs ? 'permanent' : String(row.type);
}

/** `GET /{module}/actions/count`. */
export function countRecords(call: Call): Reply {
  const module = requireModule(call, call.parts.module ?? '', 'READ');
  return { status: 200, body: { count: [...seen(call, module, module.records.rows())].length } };
}

/** Names in `fields`, which is mandatory since v5; all fields for older versions. */
export function fieldNames(call: Call, module: Module): string[] {
  const text = call.query.get('fields');
  if (text === null || text.trim() === '') {
    if (call.version >= 5) throw missingParameter('fields');
    return visibleFields(call, module).map((field) => field.apiName);
  }
  const names = splitNames(text);
  if (names.length > mostFields) throw limitExceeded({ limit: mostFields, param_name: 'fields' });
  return names;
}

/** One page of rows as Zoho lists them: 204 when empty. */
export function listReply(
  call: Call,
  list: {
    module: Module;
    names: readonly string[];
    rows: readonly Row[];
    hasMore: boolean;
    page: Page;
    place: string;
    sort: Sort;
    credits?: number;
  },
): Reply {
  const credits = list.credits ?? 1;
  if (list.rows.length === 0) return { status: 204, credits };
  const data = list.rows.map(namedRenderer(call, list.module, list.names));
  const info = pageInfo(call, list.place, list.page, data.length, list.hasMore, list.sort);
  return { status: 200, body: { data, info }, credits };
}

/** The rows of one page, and whether more follow. */
export function takePage(rows: Iterable<Row>, page: Page): { rows: Row[]; hasMore: boolean } {
  const taken: Row[] = [];
  let at = 0;
  for (const row of rows) {
    if (at++ < page.offset) continue;
    if (taken.length === page.perPage) return { rows: taken, hasMore: true };
    taken.push(row);
  }
  return { rows: taken, hasMore: false };
}

export type Sort = { by: 'id' | TimeField; order: 'asc' | 'desc' };

/** `sort_by` and `sort_order`; id, last first, unless said otherwise. */
export function readSort(call: Call): Sort {
  const wanted = call.query.get('sort_by') ?? 'id';
  const order = call.query.get('sort_order') ?? 'desc';
  const allowed = ['id', 'Created_Time', 'Modified_Time'] as const;
  const by = allowed.find((one) => one === wanted);
  if (!by) throw invalidData({ param_name: 'sort_by', supported_values: allowed });
  if (order !== 'asc' && order !== 'desc')
    throw invalidData({ param_name: 'sort_order', supported_values: ['asc', 'desc'] });
  return { by, order };
}

/** Orders rows of a related list in memory. */
export function sortRows(rows: readonly Row[], sort: Sort): Row[] {
  const sign = sort.order === 'asc' ? 1 : -1;
  return [...rows].sort(
    (a, b) =>
      sign *
      (sort.by === 'id' ? compareIds(a.id, b.id) : Number(a[sort.by]) - Number(b[sort.by]) || compareIds(a.id, b.id)),
  );
}

/** `If-Modified-Since` as epoch milliseconds; 400 for what is no time. */
export function modifiedSinceHeader(call: Call): number | undefined {
  const header = call.headers['if-modified-since'];
  if (header === undefined || header.trim() === '') return undefined;
  const instant = parseDateTime(header.trim(), true) ?? Date.parse(header);
  if (Number.isNaN(instant)) throw invalidData({ header: 'If-Modified-Since', expected_data_type: 'datetime' });
  return instant;
}

function inOrder(module: Module, sort: Sort, since: number | undefined): Iterable<Row> {
  if (since !== undefined) {
    const changed = [...module.records.byModified(since)];
    return sortRows(changed, sort);
  }
  if (sort.by === 'id') return sort.order === 'asc' ? module.records.byId() : module.records.byIdDescending();
  return module.records.byTime(sort.by, sort.order === 'desc');
}

function listByIds(call: Call, module: Module, names: readonly string[], page: Page, place: string): Reply {
  const externals = readExternals(call, module);
  const rows = splitIds(call).flatMap((address) => findAddressed(call, module, externals, address) ?? []);
  const since = modifiedSinceHeader(call);
  const changed = rows.filter(
    (row) => canSee(call, module, row) && (since === undefined || Number(row.Modified_Time) >= since),
  );
  if (since !== undefined && changed.length === 0) return { status: 304 };
  return listReply(call, { module, names, rows: changed, hasMore: false, page, place, sort: readSort(call) });
}

function isUnchanged(call: Call, row: Row): boolean {
  const since = modifiedSinceHeader(call);
  return since !== undefined && Number(row.Modified_Time) < since;
}

function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
