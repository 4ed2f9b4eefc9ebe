import { errorBody, invalidData, type Problem, type Reply } from '../http/failure.ts';
import { idText, isObject, type Json, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import { formatDateTime, parseDateTime } from '../world/date-times.ts';
import type { Module } from '../world/org.ts';
import { buildRow } from './build-row.ts';
import { type Call, jsonBody, listOf, requireModule, zoneOf } from './call.ts';
import { noteRows } from './check-note.ts';
import { whyNotWritable } from './check-state.ts';
import { deleteRecord } from './delete-record.ts';
import { type Externals, findAddressed, readExternals } from './externals.ts';
import { afterWrite } from './record-effects.ts';
import { userStub } from './render-record.ts';

/** What became of one record of a call. */
export type Outcome = { isOk: boolean; status: number; body: JsonObject };

const mostRecords = 100;

/** `POST /{module}`. Source: Zoho CRM API v8, Insert Records. */
export function insertRecords(call: Call): Reply {
  const module = requireModule(call, call.parts.module ?? '', 'CREATE');
  const body = jsonBody(call);
  const inputs = listOf(body, 'data', mostRecords);
  const externals = readExternals(call, module);
  const outcomes = inputs.map((input, index) =>
    insertOne({ call, module, externals, trigger: body.trigger }, input, index),
  );
  return reply(outcomes, 201, creditsOfWrite(inputs.length));
}

/** `PUT /{module}` and `PUT /{module}/{id}`. Source: Zoho CRM API v8, Update Records. */
export function updateRecords(call: Call): Reply {
  const module = requireModule(call, call.parts.module ?? '', 'UPDATE');
  const body = jsonBody(call);
  const inputs = listOf(body, 'data', call.parts.id === undefined ? mostRecords : 1);
  const externals = readExternals(call, module);
  const outcomes = inputs.map((input, index) =>
    updateOne({ call, module, externals, trigger: body.trigger }, input, index, call.parts.id),
  );
  return reply(outcomes, 200, creditsOfWrite(inputs.length));
}

/** `DELETE /{module}?ids=` and `DELETE /{module}/{id}`. Source: Zoho CRM API v8, Delete Records. */
export function deleteRecords(call: Call): Reply {
  const module = requireModule(call, call.parts.module ?? '', 'DELETE');
  const externals = readExternals(call, module);
  const addresses = call.parts.id === undefined ? splitIds(call) : [call.parts.id];
  const outcomes = addresses.map((address): Outcome => {
    const row = findAddressed(call, module, externals, address);
    if (!row) return failed(unknownId(address));
    const refused = whyNotWritable(call, module, row, 'DELETE');
    if (refused) return failed(refused.problem, refused.status);
    deleteRecord(call, module, row);
    return { isOk: true, status: 200, body: success({ id: row.id }, 'record deleted') };
  });
  const perCredit = Math.max(1, call.world.switches.number('recordsPerDeleteCredit'));
  return reply(outcomes, 200, Math.max(1, Math.ceil(addresses.length / perCredit)));
}

export type WriteContext = { call: Call; module: Module; externals: Externals; trigger: Json | undefined };

/** Inserts one element of `data`. */
export function insertOne(context: WriteContext, input: Json, index: number): Outcome {
  const { call, module } = context;
  const path = `$.data[${index}]`;
  if (!isObject(input)) return failed(notAnObject(path));
  const built =
    module.apiName === 'Notes' ? noteRows.forInsert(context, input, path) : buildRow(context, input, undefined, path);
  if ('problem' in built) return failed(built.problem, built.problem.code === 'NO_PERMISSION' ? 403 : 400);
  module.records.put(built.row);
  afterWrite(call, module, built.row, undefined, context.trigger);
  return { isOk: true, status: 201, body: success(detailsOf(call, module, built.row), 'record added') };
}

/** Updates the record that `address`, or the element's own id (or external value), names. */
export function updateOne(context: WriteContext, input: Json, index: number, address: string | undefined): Outcome {
  const { call, module, externals } = context;
  const path = `$.data[${index}]`;
  if (!isObject(input)) return failed(notAnObject(path));
  const named = address ?? idText(input.id);
  const row =
    named !== undefined && (address !== undefined || !externals.own)
      ? findAddressed(call, module, externals, named)
      : addressedByValue(context, input);
  if (named === undefined && !externals.own) return failed(missingId(path));
  if (!row) return failed(unknownId(named ?? '', path));
  const refused = whyNotWritable(call, module, row, 'UPDATE', path);
  if (refused) return failed(refused.problem, refused.status);
  const stale = modifiedSince(call, row);
  if (stale) return stale;
  const built =
    module.apiName === 'Notes' ? noteRows.forUpdate(context, input, row, path) : buildRow(context, input, row, path);
  if ('problem' in built) return failed(built.problem, built.problem.code === 'NO_PERMISSION' ? 403 : 400);
  module.records.put(built.row);
  afterWrite(call, module, built.row, row, context.trigger);
  return { isOk: true, status: 200, body: success(detailsOf(call, module, built.row), 'record updated') };
}

/** One reply for all outcomes: all fine, mixed (207), or all failed (their common status, else 400). */
export function reply(outcomes: readonly Outcome[], okStatus: number, credits: number): Reply {
  const body = { data: outcomes.map((one) => one.body) };
  const failures = outcomes.filter((one) => !one.isOk);
  if (failures.length === 0) return { status: okStatus, body, credits };
  if (failures.length < outcomes.length) return { status: 207, body, credits };
  const first = failures[0]?.status ?? 400;
  return { status: failures.every((one) => one.status === first) ? first : 400, body, credits };
}

/** 1 credit per started 10 records. Source: Zoho CRM API v8, API Limits. */
export function creditsOfWrite(records: number): number {
  return Math.max(1, Math.ceil(records / 10));
}

/** An element that was refused. */
export function failed(problem: Problem, status = 400): Outcome {
  return { isOk: false, status, body: errorBody(problem) };
}

/** A success element. */
export function success(details: JsonObject, message: string): JsonObject {
  return { code: 'SUCCESS', details, message, status: 'success' };
}

/** The details of a success: id, times, people, and the external values. */
export function detailsOf(call: Call, module: Module, row: Row): JsonObject {
  const zone = zoneOf(call);
  const external = call.org.fields(module).filter((field) => field.external && row[field.apiName] != null);
  return {
    Modified_Time: formatDateTime(Number(row.Modified_Time), zone),
    Modified_By: userStub(call.org, String(row.Modified_By)),
    Created_Time: formatDateTime(Number(row.Created_Time), zone),
    id: row.id,
    Created_By: userStub(call.org, String(row.Created_By)),
    ...(module.apiName === 'Notes' ? {} : { $approval_state: 'approved' }),
    ...Object.fromEntries(external.map((field) => [field.apiName, row[field.apiName]])),
  };
}

/** The values of `?ids=`, 1 to 100. */
export function splitIds(call: Call): string[] {
  const ids = (call.query.get('ids') ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (ids.length === 0) throw invalidData({ param_name: 'ids' }, 'the ids given seem to be invalid');
  if (ids.length > mostRecords) throw invalidData({ maximum_length: mostRecords, param_name: 'ids' });
  return ids;
}

/** The record id is unknown. Source: Zoho CRM API v8, INVALID_DATA. */
export function unknownId(id: string, path?: string): Problem {
  const place = path === undefined ? {} : { api_name: 'id', json_path: `${path}.id` };
  return { code: 'INVALID_DATA', message: 'the id given seems to be invalid', details: { id, ...place } };
}

function addressedByValue({ call, module, externals }: WriteContext, input: JsonObject): Row | undefined {
  const value = externals.own && idText(input[externals.own.apiName] ?? input.id);
  return value === undefined ? undefined : findAddressed(call, module, externals, value);
}

/** `If-Unmodified-Since`: 412 when the record has changed after that second. Source: Zoho CRM API v7, Update Records. */
function modifiedSince(call: Call, row: Row): Outcome | undefined {
  const header = call.headers['if-unmodified-since'];
  if (header === undefined) return undefined;
  const since = parseDateTime(header.trim(), true) ?? Date.parse(header);
  if (Number.isNaN(since)) throw invalidData({ header: 'If-Unmodified-Since', expected_data_type: 'datetime' });
  if (Number(row.Modified_Time) <= since) return undefined;
  const zone = zoneOf(call);
  return failed(
    {
      code: 'ALREADY_MODIFIED',
      message: 'record updated time has already passed if-unmodified-since time',
      details: {
        id: row.id,
        Modified_Time: formatDateTime(Number(row.Modified_Time), zone),
        Modified_By: userStub(call.org, String(row.Modified_By)),
        Created_Time: formatDateTime(Number(row.Created_Time), zone),
        Created_By: userStub(call.org, String(row.Created_By)),
      },
    },
    412,
  );
}

function notAnObject(path: string): Problem {
  return {
    code: 'INVALID_DATA',
    message: 'invalid data',
    details: { expected_data_type: 'jsonobject', json_path: path },
  };
}

function missingId(path: string): Problem {
  return {
    code: 'MANDATORY_NOT_FOUND',
    message: 'required field not found',
    details: { api_name: 'id', json_path: `${path}.id` },
  };
}
