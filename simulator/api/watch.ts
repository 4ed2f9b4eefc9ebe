import { errorBody, invalidData, missingParameter, type Problem, type Reply } from '../http/failure.ts';
import { idText, isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Row, Table } from '../store/table.ts';
import { formatDateTime, parseDateTime } from '../world/date-times.ts';
import { type Call, jsonBody, listOf, requireScope, zoneOf } from './call.ts';

const mostChannels = 50;
const mostConditionFields = 10;
const longestMs = 7 * 24 * 3600 * 1000;
const silentMs = 3600 * 1000;
const operations = ['create', 'edit', 'delete', 'all'];

/** `POST /actions/watch`. A longer expiry than 7 days, or none, silently becomes one hour. Source: Zoho CRM API v8, Notifications. */
export function enableChannels(call: Call): Reply {
  requireScope(call, 'ZohoCRM.notifications.CREATE');
  return writeChannels(call, 201, (input, path) => {
    const read = readChannel(call, input, undefined, path);
    return 'problem' in read ? read : { row: read.row };
  });
}

/** `PUT /actions/watch`: replaces the details of channels that exist. */
export function replaceChannels(call: Call): Reply {
  requireScope(call, 'ZohoCRM.notifications.UPDATE');
  return writeChannels(call, 200, (input, path) => {
    if (!channelsOf(call).get(idText(input.channel_id) ?? '')) return { problem: notSubscribed(input) };
    return readChannel(call, input, undefined, path);
  });
}

/** `PATCH /actions/watch`: changes what is named; `_delete_events` takes the named events away. */
export function patchChannels(call: Call): Reply {
  requireScope(call, 'ZohoCRM.notifications.UPDATE');
  return writeChannels(call, 200, (input, path) => {
    const held = channelsOf(call).get(idText(input.channel_id) ?? '');
    if (!held) return { problem: notSubscribed(input) };
    if (input._delete_events === true) {
      const gone = isList(input.events) ? input.events.map(String) : [];
      const left = String(held.events)
        .split(',')
        .filter((event) => !gone.includes(event));
      return { row: { ...held, events: left.join(',') } };
    }
    return readChannel(call, input, held, path);
  });
}

/** `GET /actions/watch`: the channels that still live. */
export function listChannels(call: Call): Reply {
  requireScope(call, 'ZohoCRM.notifications.READ');
  const [channelId, module] = [call.query.get('channel_id'), call.query.get('module')];
  const found = [...channelsOf(call).rows()]
    .filter((row) => Number(row.expiresAt) > call.now)
    .filter((row) => channelId === null || row.id === channelId)
    .filter((row) => module === null || String(row.events).toLowerCase().includes(`${module.toLowerCase()}.`));
  if (found.length === 0) return { status: 204 };
  const watch = found.map((row) => ({ ...resourceOf(call, row, firstModule(row)), ...shown(row) }));
  return { status: 200, body: { watch, info: { per_page: 200, count: watch.length, page: 1, more_records: false } } };
}

/** `DELETE /actions/watch?channel_ids=`. */
export function disableChannels(call: Call): Reply {
  requireScope(call, 'ZohoCRM.notifications.DELETE');
  const ids = (call.query.get('channel_ids') ?? '').split(',').filter((one) => one !== '');
  if (ids.length === 0) throw missingParameter('channel_ids');
  const outcomes = ids.map((id) => {
    const row = channelsOf(call).get(id);
    if (!row) return { isOk: false, body: errorBody(notSubscribed({ channel_id: id })) };
    channelsOf(call).remove(id);
    const details = { ...resourceOf(call, row, firstModule(row)), channel_expiry: undefined };
    return { isOk: true, body: { code: 'SUCCESS', details, message: 'Successfully unsubscribed', status: 'success' } };
  });
  return answer(outcomes, 200);
}

type Read = { row: Row } | { problem: Problem };

function writeChannels(call: Call, okStatus: number, read: (input: JsonObject, path: string) => Read): Reply {
  const outcomes = listOf(jsonBody(call), 'watch', mostChannels).map((input, index) => {
    const path = `$.watch[${index}]`;
    if (!isObject(input)) throw invalidData({ expected_data_type: 'jsonobject', json_path: path });
    const one = read(input, path);
    if ('problem' in one) return { isOk: false, body: errorBody(one.problem) };
    const living = [...channelsOf(call).rows()].filter(
      (row) => Number(row.expiresAt) > call.now && row.id !== one.row.id,
    );
    const most = call.world.switches.number('channelLimit');
    if (living.length >= most) {
      return {
        isOk: false,
        body: errorBody({
          code: 'LIMIT_REACHED',
          message: 'the limit of channels is reached',
          details: { limit: most },
        }),
      };
    }
    channelsOf(call).put(one.row);
    const modules = [
      ...new Set(
        String(one.row.events)
          .split(',')
          .map((event) => event.split('.')[0] ?? ''),
      ),
    ];
    const events = modules.map((module) => resourceOf(call, one.row, module));
    const message = 'Successfully subscribed for actions-watch of the given module';
    return { isOk: true, body: { code: 'SUCCESS', details: { events }, message, status: 'success' } };
  });
  return answer(outcomes, okStatus);
}

function answer(outcomes: readonly { isOk: boolean; body: JsonObject }[], okStatus: number): Reply {
  const failures = outcomes.filter((one) => !one.isOk).length;
  const status = failures === 0 ? okStatus : failures === outcomes.length ? 400 : 207;
  return { status, body: { watch: outcomes.map((one) => one.body) } };
}

function channelsOf(call: Call): Table {
  return call.org.table('channels');
}

function readChannel(call: Call, input: JsonObject, held: Row | undefined, path: string): Read {
  const id = idText(input.channel_id);
  if (id === undefined || !/^\d{1,19}$/.test(id))
    return { problem: invalidAt('channel_id', path, { expected_data_type: 'long' }) };
  const url = input.notify_url ?? held?.url;
  if (url === undefined) return { problem: missingAt('notify_url', path) };
  if (typeof url !== 'string' || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    return { problem: invalidAt('notify_url', path, { expected_data_type: 'url' }) };
  }
  const events = input.events === undefined ? held?.events : readEvents(call, input.events, path);
  if (events === undefined) return { problem: missingAt('events', path) };
  if (typeof events === 'object' && events !== null && 'problem' in events)
    return { problem: events.problem as unknown as Problem };
  const longestToken = call.world.switches.number('channelTokenLength');
  const token = input.token ?? held?.token ?? null;
  if (token !== null && (typeof token !== 'string' || token.length > longestToken)) {
    return { problem: invalidAt('token', path, { maximum_length: longestToken }) };
  }
  const condition = readCondition(input, path);
  if (typeof condition === 'object' && condition !== null) return { problem: condition };
  const keepsExpiry = held && input.channel_expiry === undefined;
  return {
    row: {
      id,
      url,
      events,
      token,
      client: call.client,
      expiresAt: keepsExpiry ? held.expiresAt : expiryOf(call, input.channel_expiry),
      returnValues: input.return_affected_field_values ?? held?.returnValues ?? false,
      notifyOnRelated: input.notify_on_related_action ?? held?.notifyOnRelated ?? false,
      conditionFields: condition ?? held?.conditionFields ?? '',
    },
  };
}

function readEvents(call: Call, given: Json, path: string): string | { problem: JsonObject } {
  if (!isList(given) || given.length === 0)
    return { problem: asJson(invalidAt('events', path, { expected_data_type: 'jsonarray' })) };
  const names: string[] = [];
  for (const one of given) {
    const [moduleName = '', operation = ''] = String(one).split('.');
    const module = call.org.module(moduleName);
    if (!module || !operations.includes(operation)) {
      return { problem: asJson(invalidAt('events', path, { supported_values: operations })) };
    }
    names.push(`${module.apiName}.${operation}`);
  }
  return names.join(',');
}

const asJson = (problem: Problem): JsonObject => ({
  code: problem.code,
  message: problem.message,
  details: problem.details,
});

/** Conditions as text: per module the fields whose change counts. */
function readCondition(input: JsonObject, path: string): string | undefined | Problem {
  if (!isList(input.notification_condition)) return undefined;
  const read = input.notification_condition.filter(isObject).map((one) => {
    const selection = isObject(one.field_selection) ? one.field_selection : {};
    const group = isList(selection.group) ? selection.group.filter(isObject) : [];
    const fields = group.map((part) => String((isObject(part.field) ? part.field.api_name : part.api_name) ?? ''));
    const single = isObject(selection.field) ? [String(selection.field.api_name)] : [];
    return {
      module: isObject(one.module) ? String(one.module.api_name) : '',
      fields: [...fields, ...single],
      isAnd: selection.group_operator === 'and',
    };
  });
  if (read.some((one) => one.fields.length > mostConditionFields)) {
    return invalidAt('notification_condition', path, { maximum_length: mostConditionFields });
  }
  return JSON.stringify(read);
}

function expiryOf(call: Call, given: Json | undefined): number {
  const wanted = typeof given === 'string' ? parseDateTime(given, true) : undefined;
  const isGood = wanted !== undefined && wanted > call.now && wanted <= call.now + longestMs;
  return isGood ? wanted : call.now + silentMs;
}

function firstModule(row: Row): string {
  return String(row.events).split('.')[0] ?? '';
}

function resourceOf(call: Call, row: Row, moduleName: string): JsonObject {
  return {
    channel_expiry: formatDateTime(Number(row.expiresAt), zoneOf(call)),
    resource_uri: `https://www.zohoapis.com/crm/v2/${moduleName}`,
    resource_id: call.org.module(moduleName)?.id ?? null,
    resource_name: moduleName,
    channel_id: row.id,
  };
}

function shown(row: Row): JsonObject {
  return {
    notify_on_related_action: row.notifyOnRelated ?? false,
    return_affected_field_values: row.returnValues ?? false,
    notify_url: row.url ?? null,
    fields: null,
    notification_condition: null,
    events: String(row.events).split(','),
    token: row.token ?? null,
  };
}

function invalidAt(apiName: string, path: string, details: Record<string, Json>): Problem {
  return {
    code: 'INVALID_DATA',
    message: 'invalid data',
    details: { ...details, api_name: apiName, json_path: `${path}.${apiName}` },
  };
}

function missingAt(apiName: string, path: string): Problem {
  return {
    code: 'MANDATORY_NOT_FOUND',
    message: 'required field not found',
    details: { api_name: apiName, json_path: `${path}.${apiName}` },
  };
}

function notSubscribed(input: JsonObject): Problem {
  return {
    code: 'NOT_SUBSCRIBED',
    message: 'the channel is not subscribed',
    details: { channel_id: idText(input.channel_id) ?? null },
  };
}
