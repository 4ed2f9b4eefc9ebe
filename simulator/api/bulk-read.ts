import { resolveColumn } from '../coql/column.ts';
import { type Reply, ZohoFailure } from '../http/failure.ts';
import { zipOf } from '../http/zip.ts';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import { formatDateTime } from '../world/date-times.ts';
import type { Module } from '../world/org.ts';
import { criteriaMatcher } from './bulk-criteria.ts';
import { type Call, jsonBody, requireModule, requireScope, zoneOf } from './call.ts';
import { userStub } from './render-record.ts';
import { seen } from './visibility.ts';

const rowsPerPage = 200_000;
const mostFields = 200;

/** `POST /crm/bulk/v8/read`. Source: Zoho CRM API v8, Bulk Read. */
export function createBulkRead(call: Call): Reply {
  requireScope(call, 'ZohoCRM.bulk.READ');
  const body = jsonBody(call);
  const query = isObject(body.query) ? body.query : {};
  const module = moduleOf(call, query);
  const fields = isList(query.fields) ? query.fields.map(String) : [];
  if (fields.length > mostFields)
    throw new ZohoFailure(400, 'LIMIT_EXCEEDED', 'too many fields', { limit: mostFields });
  for (const name of fields) checkField(call, module, name);
  criteriaMatcher(call, module, query.criteria);
  checkCallback(body.callback);
  const offset = offsetOf(query);
  const id = call.org.nextId();
  call.org.table('bulk-jobs').put({
    id,
    module: module.apiName,
    fields: fields.join(','),
    criteria: JSON.stringify(query.criteria ?? null),
    offset,
    createdAt: call.now,
    createdBy: call.user.id,
  });
  if (isObject(body.callback)) callBack(call, String(body.callback.url), id);
  const details = {
    id,
    operation: 'read',
    state: 'ADDED',
    created_by: userStub(call.org, call.user.id),
    created_time: formatDateTime(call.now, zoneOf(call)),
  };
  const element = { status: 'success', code: 'ADDED_SUCCESSFULLY', message: 'Added successfully.', details };
  return { status: 201, body: { data: [element], info: {} }, credits: call.world.switches.number('bulkReadCredits') };
}

/** Tells the caller's address once the job is done by the simulator's clock; sent once, without repeat. */
function callBack(call: Call, url: string, id: string): void {
  const body = JSON.stringify({ job_id: id, operation: 'read', state: 'COMPLETED' });
  const tell = () =>
    fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body }).then(
      (response) => response.arrayBuffer().catch(() => undefined),
      () => undefined,
    );
  call.world.timers.at(call.now + call.world.switches.number('bulkReadSeconds') * 1000, tell);
}

/** `GET /crm/bulk/v8/read/{job}`: ADDED, QUEUED, IN PROGRESS, COMPLETED by the clock. */
export function getBulkRead(call: Call): Reply {
  const job = jobOf(call);
  const module = moduleNamed(call, job);
  const state = stateOf(call, job);
  const shown: Record<string, Json> = {
    id: job.id,
    operation: 'read',
    state,
    query: {
      module: { api_name: module.apiName, id: module.id },
      fields: fieldsOf(job),
      page: Number(job.offset) / rowsPerPage + 1,
      criteria: JSON.parse(String(job.criteria)) as Json,
    },
    created_by: userStub(call.org, String(job.createdBy)),
    created_time: formatDateTime(Number(job.createdAt), zoneOf(call)),
    file_type: 'csv',
  };
  if (state === 'COMPLETED') shown.result = resultOf(call, module, job);
  return { status: 200, body: { data: [shown] } };
}

/** `GET /crm/bulk/v8/read/{job}/result`: a ZIP with one CSV, for a day. */
export function getBulkReadResult(call: Call): Reply {
  const job = jobOf(call);
  const resultLifeMs = call.world.switches.number('bulkReadResultHours') * 3_600_000;
  const isGone = call.now > Number(job.createdAt) + resultLifeMs;
  if (stateOf(call, job) !== 'COMPLETED' || isGone) throw notFound(job.id);
  const module = moduleNamed(call, job);
  const { rows } = pageOf(call, module, job);
  return {
    status: 200,
    bytes: zipOf(`${job.id}.csv`, csvOf(call, module, fieldsOf(job), rows)),
    headers: { 'Content-Type': 'application/zip', 'Content-Disposition': `attachment;filename=${job.id}.zip` },
  };
}

function moduleOf(call: Call, query: JsonObject): Module {
  const name = isObject(query.module) ? query.module.api_name : query.module;
  if (typeof name !== 'string')
    throw new ZohoFailure(400, 'MODULE_NOT_AVAILABLE', 'module is not available', { module: null });
  const module = call.org.module(name);
  if (!module || module.apiName === 'Notes')
    throw new ZohoFailure(400, 'MODULE_NOT_AVAILABLE', 'module is not available', { module: name });
  return requireModule(call, module.apiName, 'READ');
}

function moduleNamed(call: Call, job: Row): Module {
  return requireModule(call, String(job.module), 'READ');
}

function checkField(call: Call, module: Module, name: string): void {
  try {
    resolveColumn(call, module, name);
  } catch {
    throw new ZohoFailure(400, 'FIELD_NOT_AVAILABLE', 'field is not available', {
      module: module.apiName,
      field: name,
    });
  }
}

function checkCallback(callback: Json | undefined): void {
  if (!isObject(callback)) return;
  if (typeof callback.url !== 'string' || !/^https?:\/\//.test(callback.url)) {
    throw new ZohoFailure(400, 'INVALID_CALLBACK_URL', 'the callback url is not valid');
  }
  if (callback.method !== 'post') {
    throw new ZohoFailure(400, 'INVALID_CALLBACK_METHOD', 'the callback method is not supported', {
      supported_callback_methods: ['post'],
    });
  }
}

function offsetOf(query: JsonObject): number {
  if (typeof query.page_token === 'string') {
    const offset = Number(Buffer.from(query.page_token, 'base64url').toString('utf8'));
    if (Number.isInteger(offset) && offset >= 0) return offset;
    throw new ZohoFailure(400, 'INVALID_DATA', 'the page_token given seems to be invalid', { api_name: 'page_token' });
  }
  return (typeof query.page === 'number' && query.page >= 1 ? Math.floor(query.page) - 1 : 0) * rowsPerPage;
}

function jobOf(call: Call): Row {
  requireScope(call, 'ZohoCRM.bulk.READ');
  const job = call.org.table('bulk-jobs').get(call.parts.id ?? '');
  if (!job) throw notFound(call.parts.id ?? '');
  return job;
}

const notFound = (resource: string) =>
  new ZohoFailure(404, 'RESOURCE_NOT_FOUND', 'the resource is not found', { resource });

function stateOf(call: Call, job: Row): string {
  const lasted = (call.world.clock.now() - Number(job.createdAt)) / 1000;
  const whole = call.world.switches.number('bulkReadSeconds');
  if (lasted >= whole) return 'COMPLETED';
  return lasted >= whole / 2 ? 'IN PROGRESS' : lasted >= whole / 4 ? 'QUEUED' : 'ADDED';
}

const fieldsOf = (job: Row): string[] =>
  String(job.fields)
    .split(',')
    .filter((name) => name !== '');

function pageOf(call: Call, module: Module, job: Row): { rows: Row[]; hasMore: boolean } {
  const matches = criteriaMatcher(call, module, JSON.parse(String(job.criteria)) as Json);
  const rows: Row[] = [];
  let at = 0;
  for (const row of seen(call, module, module.records.byId())) {
    if (!matches(row) || at++ < Number(job.offset)) continue;
    if (rows.length === rowsPerPage) return { rows, hasMore: true };
    rows.push(row);
  }
  return { rows, hasMore: false };
}

function resultOf(call: Call, module: Module, job: Row): JsonObject {
  const { rows, hasMore } = pageOf(call, module, job);
  const next = Buffer.from(String(Number(job.offset) + rowsPerPage)).toString('base64url');
  return {
    page: Number(job.offset) / rowsPerPage + 1,
    per_page: rowsPerPage,
    count: rows.length,
    download_url: `/crm/bulk/v${call.version}/read/${job.id}/result`,
    more_records: hasMore,
    ...(hasMore ? { next_page_token: next } : {}),
  };
}

/** The id always comes first; lookups are ids. */
function csvOf(call: Call, module: Module, fields: readonly string[], rows: readonly Row[]): Buffer {
  const named =
    fields.length > 0
      ? fields
      : call.org
          .fields(module)
          .filter(
            (field) =>
              field.type !== 'participants' &&
              field.type !== 'tags' &&
              field.type !== 'multireminder' &&
              field.type !== 'RRULE',
          )
          .map((field) => field.apiName);
  const columns = named.filter((name) => name.toLowerCase() !== 'id').map((name) => resolveColumn(call, module, name));
  const lines = [['Id', ...columns.map((column) => column.name)].map(quoted).join(',')];
  for (const row of rows)
    lines.push([row.id, ...columns.map((column) => flat(column.show(row)))].map(quoted).join(','));
  return Buffer.from(`${lines.join('\n')}\n`);
}

function flat(value: Json): string {
  if (value === null) return '';
  return isObject(value) ? String(value.id ?? '') : String(value);
}

function quoted(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
