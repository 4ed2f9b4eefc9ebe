import { resolveColumn } from '../coql/column.ts';
import { comparable } from '../coql/condition.ts';
import { ZohoFailure } from '../http/failure.ts';
import { isList, isObject, type Json, type JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import { parseDateTime } from '../world/date-times.ts';
import type { Module } from '../world/org.ts';
import type { Call } from './call.ts';

type Matcher = (row: Row) => boolean;

/** Compiles the criteria of a bulk read; without any, every row matches. Source: Zoho CRM API v8, Bulk Read, criteria. */
export function criteriaMatcher(call: Call, module: Module, criteria: Json | undefined): Matcher {
  if (criteria === undefined || criteria === null) return () => true;
  if (!isObject(criteria)) throw new ZohoFailure(400, 'INVALID_DATA', 'invalid data', { api_name: 'criteria' });
  if (!isList(criteria.group)) return testMatcher(call, module, criteria);
  const parts = criteria.group.map((one) => criteriaMatcher(call, module, one));
  const isOr = String(criteria.group_operator).toLowerCase() === 'or';
  return isOr ? (row) => parts.some((part) => part(row)) : (row) => parts.every((part) => part(row));
}

function testMatcher(call: Call, module: Module, test: JsonObject): Matcher {
  const name = String((isObject(test.field) ? test.field.api_name : test.api_name) ?? '');
  const column = resolveColumn(call, module, name);
  const read = (row: Row) => comparable(column, row);
  const stored = (value: Json | undefined): Json => {
    if (value === null || value === undefined) return null;
    if (column.field.type === 'datetime') return parseDateTime(String(value), true) ?? Number.NaN;
    if (isObject(value)) return String(value.id ?? value.api_name ?? '');
    return typeof value === 'string' && column.field.apiName !== 'id' ? value.toLowerCase() : value;
  };
  const list = isList(test.value) ? test.value.map(stored) : [stored(test.value)];
  const [first = null, second = null] = list;
  const text = (row: Row) => String(read(row) ?? '');
  const order = (row: Row, bound: Json) => compare(read(row), bound);
  const matchers: Record<string, Matcher> = {
    equal: (row) => read(row) === first,
    not_equal: (row) => read(row) !== first,
    in: (row) => list.includes(read(row)),
    not_in: (row) => !list.includes(read(row)),
    contains: (row) => text(row).includes(String(first)),
    not_contains: (row) => !text(row).includes(String(first)),
    starts_with: (row) => text(row).startsWith(String(first)),
    ends_with: (row) => text(row).endsWith(String(first)),
    less_than: (row) => order(row, first) < 0,
    less_equal: (row) => order(row, first) <= 0,
    greater_than: (row) => order(row, first) > 0,
    greater_equal: (row) => order(row, first) >= 0,
    between: (row) => order(row, first) >= 0 && order(row, second) <= 0,
    not_between: (row) => order(row, first) < 0 || order(row, second) > 0,
  };
  const matcher = matchers[String(test.comparator).toLowerCase()];
  if (matcher) return matcher;
  const details = { api_name: name, comparator: String(test.comparator) };
  throw new ZohoFailure(400, 'FIELD_COMPARATOR_IN_CRITERIA_NOT_SUPPORTED', 'the comparator is not supported', details);
}

/** NaN, which is neither less nor more, when one side is nothing. */
function compare(a: Json, b: Json): number {
  if (a === null || b === null) return Number.NaN;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [x, y] = [String(a), String(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
