import { errorBody, invalidData, type Reply, ZohoFailure } from '../http/failure.ts';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import { type Call, jsonBody, listOf, requireScope } from './call.ts';
import { fillReferences, hasReference } from './composite-references.ts';

const mostRequests = 5;
const mostReadRows = 25;
const refusedHeaders = ['authorization', 'x-crm-org'];

/** Runs one call and gives its reply, errors included; how the router is reached from here. */
export type Dispatch = (call: Call, subPath: string) => Reply;

type SubRequest = {
  id: string;
  method: string;
  uri: string;
  params: JsonObject;
  headers: JsonObject;
  body: Json | undefined;
};

/** `POST /__composite_requests`. Source: Zoho CRM API v8, Composite API. */
export function runComposite(call: Call, dispatch: Dispatch): Reply {
  requireScope(call, 'ZohoCRM.composite_requests.CUSTOM');
  const body = jsonBody(call);
  const requests = listOf(body, '__composite_requests', mostRequests).map((one, index) => readSubRequest(one, index));
  const isAtomic = body.rollback_on_fail === true;
  const isParallel = body.parallel_execution === undefined ? !isAtomic : body.parallel_execution === true;
  if (isAtomic && body.parallel_execution === true) {
    throw new ZohoFailure(400, 'AMBIGUITY_DURING_PROCESSING', 'ambiguity during processing', {
      ambiguity_due_to: [
        { api_name: 'rollback_on_fail', json_path: '$.rollback_on_fail' },
        { api_name: 'parallel_execution', json_path: '$.parallel_execution' },
      ],
    });
  }
  checkIds(requests);
  const heard = call.world.changes.length;
  const { result, undo } = call.world.store.attempt(() => {
    const results = runAll(call, requests, { isAtomic, isParallel }, dispatch);
    const failedAt = results.findIndex((one) => !one.isOk);
    const isUndone = isAtomic && failedAt >= 0;
    return {
      result: { result: isUndone ? rolledBack(results, failedAt) : results.map((one) => one.body), undo: isUndone },
      undo: isUndone,
    };
  });
  if (undo) call.world.changes.length = heard;
  const isAllFine = result.every((one) => one.status === 'success');
  return {
    status: isAllFine ? 200 : 207,
    body: { __composite_requests: result },
    credits: isAtomic ? (undo ? 1 : 2) : 1,
  };
}

type SubResult = { isOk: boolean; body: JsonObject };

function runAll(
  call: Call,
  requests: readonly SubRequest[],
  how: { isAtomic: boolean; isParallel: boolean },
  dispatch: Dispatch,
): SubResult[] {
  const answers = new Map<string, JsonObject>();
  const results: SubResult[] = [];
  for (const request of requests) {
    if (how.isAtomic && results.some((one) => !one.isOk)) {
      results.push({
        isOk: false,
        body: errorBody({ code: 'PROCESSING_STOPPED', message: 'processing stopped', details: {} }),
      });
      continue;
    }
    const result = runOne(call, request, how.isParallel, answers, dispatch);
    results.push(result);
  }
  return results;
}

function runOne(
  call: Call,
  request: SubRequest,
  isParallel: boolean,
  answers: Map<string, JsonObject>,
  dispatch: Dispatch,
): SubResult {
  const wasReferenced =
    hasReference(request.uri) ||
    hasReference(JSON.stringify(request.body ?? null)) ||
    hasReference(JSON.stringify(request.params));
  const refused = refuse(call, request) ?? (wasReferenced && isParallel ? dependentData(request) : undefined);
  if (refused) return { isOk: false, body: refused };
  const filled = fillReferences({ uri: request.uri, body: request.body ?? null, params: request.params }, answers);
  if (!filled) {
    return {
      isOk: false,
      body: errorBody({
        code: 'INVALID_REFERENCE',
        message: 'the reference given seems to be invalid',
        details: { sub_request_id: request.id },
      }),
    };
  }
  const [path = '', search = ''] = filled.uri.split('?');
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries(filled.params)) query.set(name, String(value));
  const sub: Call = {
    ...call,
    method: request.method,
    path,
    query,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    bodyText: filled.body === null ? '' : JSON.stringify(filled.body),
    isComposite: true,
    parts: {},
  };
  const reply = dispatch(sub, path);
  const tooMany = tooManyRows(request, query, reply);
  if (tooMany) return { isOk: false, body: tooMany };
  const answer: JsonObject = {
    status_code: reply.status,
    headers: { 'Content-Type': 'application/json;charset=UTF-8' },
    body: reply.body ?? null,
  };
  answers.set(request.id, { body: reply.body ?? null });
  const isOk = reply.status < 400 && reply.status !== 207;
  return {
    isOk,
    body: {
      code: 'SUCCESS',
      details: { response: answer },
      message: 'composite sub request executed',
      status: 'success',
    },
  };
}

function readSubRequest(value: Json, index: number): SubRequest {
  const path = `$.__composite_requests[${index}]`;
  if (!isObject(value)) throw invalidData({ expected_data_type: 'jsonobject', json_path: path });
  for (const key of ['sub_request_id', 'method', 'uri'] as const) {
    if (value[key] === undefined || value[key] === null) {
      throw new ZohoFailure(400, 'MANDATORY_NOT_FOUND', 'required field not found', {
        api_name: key,
        json_path: `${path}.${key}`,
      });
    }
  }
  return {
    id: String(value.sub_request_id),
    method: String(value.method).toUpperCase(),
    uri: String(value.uri),
    params: isObject(value.params) ? value.params : {},
    headers: isObject(value.headers) ? value.headers : {},
    body: value.body,
  };
}

function checkIds(requests: readonly SubRequest[]): void {
  const seen = new Set<string>();
  requests.forEach((request, index) => {
    if (seen.has(request.id)) {
      throw new ZohoFailure(400, 'DUPLICATE_DATA', 'duplicate data', {
        api_name: 'sub_request_id',
        json_path: `$.__composite_requests[${index}].sub_request_id`,
      });
    }
    seen.add(request.id);
  });
}

/** What a sub-request may not do: other versions, forbidden headers, more than one record. */
function refuse(call: Call, request: SubRequest): JsonObject | undefined {
  const version = /^\/crm\/v(\d+)\//.exec(request.uri)?.[1];
  if (version === undefined || Number(version) !== call.version || request.uri.includes('__composite_requests')) {
    return errorBody({
      code: 'INVALID_DATA',
      message: 'the version of the sub request differs from the composite request',
      details: {
        sub_request_version: version === undefined ? null : Number(version),
        composite_request_version: call.version,
      },
    });
  }
  const header = Object.keys(request.headers).find((name) => refusedHeaders.includes(name.toLowerCase()));
  if (header) return errorBody({ code: 'INVALID_DATA', message: 'the header is not allowed', details: { header } });
  const isCoql = /\/coql(\?|$)/.test(request.uri);
  const data = isObject(request.body) && isList(request.body.data) ? request.body.data : [];
  const isRoles = /\/Contact_Roles/i.test(request.uri);
  if (!isCoql && !isRoles && data.length > 1) {
    return errorBody({
      code: 'LIMIT_EXCEEDED',
      message: 'one record a sub request',
      details: { limit: 1, api_name: 'data' },
    });
  }
  const ids =
    request.method === 'DELETE' &&
    String(request.params.ids ?? new URLSearchParams(request.uri.split('?')[1] ?? '').get('ids') ?? '');
  if (typeof ids === 'string' && ids.includes(',')) {
    return errorBody({
      code: 'NOT_SUPPORTED',
      message: 'bulk delete is not allowed in a composite request',
      details: { limit: 1, param_name: 'ids' },
    });
  }
  return undefined;
}

/** Reads give 25 rows at most: asking for more is refused, and so is an answer of more. */
function tooManyRows(request: SubRequest, query: URLSearchParams, reply: Reply): JsonObject | undefined {
  const rows = isObject(reply.body) && isList(reply.body.data) ? reply.body.data.length : 0;
  const isRead = request.method === 'GET' || request.uri.includes('/coql');
  const asked = request.method === 'GET' ? Number(query.get('per_page') ?? 0) : 0;
  if (!isRead || (rows <= mostReadRows && asked <= mostReadRows)) return undefined;
  return errorBody({
    code: 'LIMIT_EXCEEDED',
    message: 'a sub request may read 25 records',
    details: { limit: mostReadRows, sub_request_id: request.id },
  });
}

function dependentData(request: SubRequest): JsonObject {
  const text = `${request.uri}${JSON.stringify(request.params)}${JSON.stringify(request.body ?? null)}`;
  const referred = [...text.matchAll(/@\{([^:{}]+):/g)].map((found) => found[1] ?? '');
  return errorBody({
    code: 'AMBIGUITY_DURING_PROCESSING',
    message: 'dependent data cannot be executed in parallel',
    details: { dependent_data: [{ sub_request_id: request.id, referred_sub_request_ids: [...new Set(referred)] }] },
  });
}

function rolledBack(results: readonly SubResult[], failedAt: number): JsonObject[] {
  return results.map((one, index) =>
    index < failedAt
      ? errorBody({
          code: 'ROLLBACK_PERFORMED',
          message: 'rolled back',
          details: { rollbacked_by_sub_request_index: failedAt },
        })
      : one.body,
  );
}
