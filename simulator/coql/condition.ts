import type { Call } from '../api/call.ts';
import type { Json } from '../json.ts';
import { compareIds } from '../json.ts';
import type { Field } from '../metadata/field.ts';
import type { Row } from '../store/table.ts';
import { parseDateTime } from '../world/date-times.ts';
import type { Module } from '../world/org.ts';
import { type Column, resolveColumn } from './column.ts';
import { type Condition, coqlError, type Literal, type Operator } from './parse.ts';

export type Test = { column: Column; operator: Operator; isNegated: boolean; values: Json[] };

/** A where clause made ready: the test of a row, and those single tests that every matching row must pass. */
export type Compiled = { matches(row: Row): boolean; required: Test[] };

const mostCriteria = 25;

/** Checks and compiles a where clause. */
export function compileCondition(call: Call, module: Module, condition: Condition): Compiled {
  const counted = { count: 0 };
  const compiled = compile(call, module, condition, counted);
  if (counted.count > mostCriteria)
    throw coqlError('LIMIT_EXCEEDED', 'too many criteria', { limit: mostCriteria, clause: 'where' });
  return compiled;
}

function compile(call: Call, module: Module, condition: Condition, counted: { count: number }): Compiled {
  if (condition.kind === 'test') {
    counted.count++;
    const test = compileTest(call, module, condition);
    return { matches: matcherOf(test), required: [test] };
  }
  const left = compile(call, module, condition.left, counted);
  const right = compile(call, module, condition.right, counted);
  if (condition.kind === 'and') {
    return {
      matches: (row) => left.matches(row) && right.matches(row),
      required: [...left.required, ...right.required],
    };
  }
  return { matches: (row) => left.matches(row) || right.matches(row), required: [] };
}

function compileTest(call: Call, module: Module, test: Extract<Condition, { kind: 'test' }>): Test {
  const column = resolveColumn(call, module, test.column);
  if (column.field.type === 'textarea') {
    throw coqlError('INVALID_QUERY', 'the column cannot be used in criteria', {
      column_name: test.column,
      operator: test.operator,
    });
  }
  if (test.operator === 'in') {
    const most = call.world.switches.number('coqlInValues');
    if (test.values.length > most)
      throw coqlError('LIMIT_EXCEEDED', 'too many values', { limit: most, operator: 'in' });
  }
  checkOperator(column.field, test.column, test.operator);
  const values = test.values.map((value) => storedForm(column.field, test.column, test.operator, value));
  return { column, operator: test.operator, isNegated: test.isNegated, values };
}

const textTypes = ['text', 'email', 'phone', 'website', 'picklist', 'multiselectpicklist'];

/** Operators that a type allows. Source: Zoho CRM API v8, COQL, supported operators. */
function checkOperator(field: Field, name: string, operator: Operator): void {
  const isText = textTypes.includes(field.type);
  const isLookup = ['lookup', 'ownerlookup', 'multi_module_lookup'].includes(field.type);
  const isOrdering = ['>', '>=', '<', '<=', 'between'].includes(operator);
  const isWrong = (operator === 'like' && !isText) || (isOrdering && (isText || isLookup || field.type === 'boolean'));
  if (isWrong) throw coqlError('INVALID_QUERY', 'invalid operator found', { column_name: name, operator });
}

/** Brings a literal into the form of stored values. */
function storedForm(field: Field, name: string, operator: Operator, value: Literal): Json {
  if (value === null) return null;
  const wrong = () =>
    coqlError('INVALID_QUERY', 'value given seems to be invalid for the column', { column_name: name, operator });
  if (field.apiName === 'id' || ['lookup', 'ownerlookup', 'multi_module_lookup'].includes(field.type))
    return String(value);
  switch (field.type) {
    case 'datetime': {
      const instant = typeof value === 'string' ? parseDateTime(value, true) : undefined;
      if (instant === undefined) throw wrong();
      return instant;
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      throw wrong();
    case 'integer':
    case 'bigint':
    case 'currency':
    case 'double':
    case 'percent':
      if (Number.isNaN(Number(value))) throw wrong();
      return Number(value);
    default:
      return String(value).toLowerCase();
  }
}

function matcherOf(test: Test): (row: Row) => boolean {
  const positive = positiveMatcher(test);
  if (!test.isNegated) return positive;
  if (test.operator === 'is null') return (row) => !positive(row);
  // As in SQL, nothing is neither like nor unlike a value.
  return (row) => comparable(test.column, row) !== null && !positive(row);
}

function positiveMatcher({ column, operator, values }: Test): (row: Row) => boolean {
  const [first = null, second = null] = values;
  const read = (row: Row) => comparable(column, row);
  switch (operator) {
    case 'is null':
      return (row) => read(row) === null;
    case '=':
      return first === null ? (row) => read(row) === null : (row) => read(row) === first;
    case '!=':
      return first === null ? (row) => read(row) !== null : (row) => read(row) !== null && read(row) !== first;
    case 'in': {
      const set = new Set(values);
      return (row) => {
        const value = read(row);
        return value !== null && set.has(value);
      };
    }
    case 'like':
      return likeMatcher(read, String(first));
    case 'between':
      return (row) =>
        ordered(column, read(row), first, (order) => order >= 0) &&
        ordered(column, read(row), second, (order) => order <= 0);
    case '>':
      return (row) => ordered(column, read(row), first, (order) => order > 0);
    case '>=':
      return (row) => ordered(column, read(row), first, (order) => order >= 0);
    case '<':
      return (row) => ordered(column, read(row), first, (order) => order < 0);
    case '<=':
      return (row) => ordered(column, read(row), first, (order) => order <= 0);
  }
}

/** A value as it is compared: text without regard to letter case. */
export function comparable(column: Column, row: Row): Json {
  const value = column.read(row);
  if (column.field.type === 'boolean') return value ?? false;
  return typeof value === 'string' && column.field.apiName !== 'id' ? value.toLowerCase() : value;
}

function likeMatcher(read: (row: Row) => Json, pattern: string): (row: Row) => boolean {
  const startsOpen = pattern.startsWith('%');
  const endsOpen = pattern.endsWith('%') && pattern.length > 1;
  const part = pattern.slice(startsOpen ? 1 : 0, endsOpen ? -1 : undefined);
  return (row) => {
    const value = read(row);
    if (typeof value !== 'string') return false;
    if (startsOpen && endsOpen) return value.includes(part);
    if (startsOpen) return value.endsWith(part);
    return endsOpen ? value.startsWith(part) : value === part;
  };
}

function ordered(column: Column, value: Json, bound: Json, holds: (order: number) => boolean): boolean {
  return value !== null && bound !== null && holds(compareValues(column, value, bound));
}

/** Orders two values of a column; nothing comes first. */
export function compareValues(column: Column, a: Json, b: Json): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (column.field.apiName === 'id') return compareIds(String(a), String(b));
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}
