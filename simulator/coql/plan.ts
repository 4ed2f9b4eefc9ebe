import { compareIds } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import type { Column } from './column.ts';
import { type Compiled, comparable, compareValues, type Test } from './condition.ts';

export type OrderColumn = { column: Column; isDescending: boolean };

/** Rows that match, in the wanted order. Reads an index where one fits, so that pages of a large module stay fast. */
export function matchingRows(module: Module, where: Compiled, order: readonly OrderColumn[]): Iterable<Row> {
  const few = indexedRows(module, where.required);
  if (few) return sorted(filtered(few, where), order);
  const stream = orderedStream(module, where.required, order);
  if (stream) return filtered(stream, where);
  const since = lowerBound(where.required, 'Modified_Time');
  const source = typeof since === 'number' ? module.records.byModified(since) : module.records.rows();
  return sorted(filtered(source, where), order);
}

function* filtered(rows: Iterable<Row>, where: Compiled): Iterable<Row> {
  for (const row of rows) if (where.matches(row)) yield row;
}

function sorted(rows: Iterable<Row>, order: readonly OrderColumn[]): Row[] {
  return [...rows].sort((a, b) => {
    for (const { column, isDescending } of order) {
      const difference = compareValues(column, comparable(column, a), comparable(column, b));
      if (difference !== 0) return isDescending ? -difference : difference;
    }
    return compareIds(a.id, b.id);
  });
}

/** Candidates of an equality on id, a lookup, an e-mail or a unique field. */
function indexedRows(module: Module, required: readonly Test[]): Row[] | undefined {
  for (const { column, operator, isNegated, values } of required) {
    if (!column.isOwn || isNegated || (operator !== '=' && operator !== 'in') || values.includes(null)) continue;
    const keys = [...new Set(values.map(String))];
    const { apiName, type } = column.field;
    if (apiName === 'id') return keys.flatMap((key) => module.records.get(key) ?? []);
    const index = indexFor(apiName, type, !!column.field.unique || !!column.field.external);
    if (index) return keys.flatMap((key) => module.records.find(index, key));
  }
  return undefined;
}

function indexFor(apiName: string, type: string, isKey: boolean): string | undefined {
  if (type === 'lookup' || type === 'multi_module_lookup' || type === 'ownerlookup') return apiName;
  if (apiName === 'Email') return 'Email';
  return isKey ? `lower:${apiName}` : undefined;
}

/** A stream that is in order already, so that a page can stop early. */
function orderedStream(
  module: Module,
  required: readonly Test[],
  order: readonly OrderColumn[],
): Iterable<Row> | undefined {
  const [first, second] = order;
  const isBy = (one: OrderColumn | undefined, name: string) => one?.column.isOwn && one.column.field.apiName === name;
  if (!first || (isBy(first, 'id') && !first.isDescending)) {
    const after = lowerBound(required, 'id');
    return typeof after === 'string' ? module.records.byId(beforeId(after)) : module.records.byId();
  }
  if (isBy(first, 'id')) return module.records.byIdDescending();
  const isTimeOrder = isBy(first, 'Modified_Time') && !first.isDescending;
  if (!isTimeOrder || (second && !(isBy(second, 'id') && !second.isDescending))) return undefined;
  const since = lowerBound(required, 'Modified_Time');
  return module.records.byModified(typeof since === 'number' ? since : undefined);
}

/** The id just below: streams start after a bound, tests decide whether the bound itself counts. */
function beforeId(id: string): string {
  return /^[1-9]\d*$/.test(id) ? String(BigInt(id) - 1n) : id;
}

function lowerBound(required: readonly Test[], name: string): unknown {
  const bound = required.find(
    (test) =>
      test.column.isOwn &&
      test.column.field.apiName === name &&
      !test.isNegated &&
      ['>', '>=', 'between'].includes(test.operator),
  );
  return bound?.values[0];
}
