import { type Call, jsonBody, requireModule, requireScope } from '../api/call.ts';
import { canSee, isLimited } from '../api/visibility.ts';
import type { Reply } from '../http/failure.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { type Column, resolveColumn } from './column.ts';
import { compileCondition } from './condition.ts';
import { contactRolesModule } from './contact-roles-module.ts';
import { coqlError, parseQuery, type Query, type Selected } from './parse.ts';
import { matchingRows } from './plan.ts';

const defaultLimit = 200;
const mostReachable = 100_000;
const mostOrderColumns = 10;
const mostGroupColumns = 4;
const mostAggregates = 5;
const withoutCoql = ['Notes'];

/** `POST /coql`. Source: Zoho CRM API v8, Query API and COQL Limitations. */
export function runQuery(call: Call): Reply {
  requireScope(call, 'ZohoCRM.coql.READ');
  const text = jsonBody(call).select_query;
  if (typeof text !== 'string' || text.trim() === '') {
    throw coqlError('MANDATORY_NOT_FOUND', 'required field not found', {
      api_name: 'select_query',
      json_path: '$.select_query',
    });
  }
  const query = parseQuery(text);
  const module = moduleOf(call, query);
  const limit = checkLimits(call, query);
  const credits = creditsOf(call, limit);
  const where = visible(call, module, compileCondition(call, module, query.where));
  const columns = query.selected.map((one) => ({ ...one, resolved: resolveColumn(call, module, one.column) }));
  checkAliases(query.selected);
  if (query.groupBy.length > 0 || columns.some((one) => one.aggregate)) {
    return aggregate(call, module, query, columns, where, limit, credits);
  }
  const order = query.orderBy.map((one) => ({
    column: orderColumn(call, module, query, one.column),
    isDescending: one.isDescending,
  }));
  const { rows, hasMore } = take(matchingRows(module, where, order), query.offset, limit);
  if (rows.length === 0) return { status: 204, credits };
  const data = rows.map((row) => {
    const shown: Record<string, Json> = {};
    for (const one of columns) shown[one.alias ?? one.column] = one.resolved.show(row);
    shown.id ??= row.id;
    return shown;
  });
  return { status: 200, body: { data, info: { count: data.length, more_records: hasMore } }, credits };
}

/** 1, 2 or 3 credits by the limit. Source: Zoho CRM API v8, COQL Limitations. */
function creditsOf(call: Call, limit: number): number {
  if (!call.world.switches.isOn('coqlCreditTiers')) return 1;
  return limit <= 200 ? 1 : limit <= 1000 ? 2 : 3;
}

/** Whether a query sees what was written just now is an open question, and a switch. */
function visible(
  call: Call,
  module: Module,
  condition: ReturnType<typeof compileCondition>,
): ReturnType<typeof compileCondition> {
  const matches = (row: Row) => condition.matches(row) && canSee(call, module, row);
  const where = isLimited(call) ? { ...condition, matches } : condition;
  const delayMs = call.world.switches.number('coqlDelaySeconds') * 1000;
  if (delayMs === 0) return where;
  return { ...where, matches: (row) => Number(row.Created_Time) <= call.now - delayMs && where.matches(row) };
}

function moduleOf(call: Call, query: Query): Module {
  const roles = contactRolesModule(call, query.module);
  if (roles) return roles;
  const module = call.org.module(query.module);
  if (!module || withoutCoql.includes(module.apiName)) {
    throw coqlError('INVALID_QUERY', 'the module name given seems to be invalid', { module: query.module });
  }
  return requireModule(call, module.apiName, 'READ');
}

function checkLimits(call: Call, query: Query): number {
  const { switches } = call.world;
  const exceeded = (limit: number, clause: string) =>
    coqlError('LIMIT_EXCEEDED', 'the limit of the clause is exceeded', { limit, clause });
  const limit = query.limit ?? defaultLimit;
  if (limit > switches.number('coqlRows')) throw exceeded(switches.number('coqlRows'), 'limit');
  if (limit === 0) throw coqlError('SYNTAX_ERROR', 'invalid value', { clause: 'limit', near: '0' });
  if (query.offset + limit > mostReachable) throw exceeded(mostReachable, 'offset');
  if (query.selected.length > switches.number('coqlColumns')) throw exceeded(switches.number('coqlColumns'), 'select');
  if (query.orderBy.length > mostOrderColumns) throw exceeded(mostOrderColumns, 'order by');
  if (query.groupBy.length > mostGroupColumns) throw exceeded(mostGroupColumns, 'group by');
  if (query.selected.filter((one) => one.aggregate).length > mostAggregates) throw exceeded(mostAggregates, 'select');
  return limit;
}

function checkAliases(selected: readonly Selected[]): void {
  const seen = new Set<string>();
  for (const { alias } of selected) {
    if (alias === undefined) continue;
    if (!/^[A-Za-z_][\w]*$/.test(alias))
      throw coqlError('INVALID_ALIAS', 'the alias given seems to be invalid', { alias });
    if (seen.has(alias)) throw coqlError('DUPLICATE_ALIAS', 'the alias is given twice', { alias });
    seen.add(alias);
  }
}

/** Columns of ORDER BY may be aliases. */
function orderColumn(call: Call, module: Module, query: Query, name: string): Column {
  const aliased = query.selected.find((one) => one.alias === name);
  return resolveColumn(call, module, aliased?.column ?? name);
}

function take(rows: Iterable<Row>, offset: number, limit: number): { rows: Row[]; hasMore: boolean } {
  const taken: Row[] = [];
  let at = 0;
  for (const row of rows) {
    if (at++ < offset) continue;
    if (taken.length === limit) return { rows: taken, hasMore: true };
    taken.push(row);
  }
  return { rows: taken, hasMore: false };
}

type ResolvedSelected = Selected & { resolved: Column };

function aggregate(
  call: Call,
  module: Module,
  query: Query,
  columns: readonly ResolvedSelected[],
  where: ReturnType<typeof compileCondition>,
  limit: number,
  credits: number,
): Reply {
  const groupColumns = query.groupBy.map((name) => resolveColumn(call, module, name));
  const loose = columns.find((one) => !one.aggregate && !query.groupBy.includes(one.column));
  if (loose) throw coqlError('INVALID_QUERY', 'column must be grouped or aggregated', { column_name: loose.column });
  const groups = new Map<string, Row[]>();
  for (const row of matchingRows(module, where, [])) {
    const key = JSON.stringify(groupColumns.map((column) => column.read(row)));
    const held = groups.get(key);
    if (held) held.push(row);
    else groups.set(key, [row]);
  }
  if (groupColumns.length === 0 && groups.size === 0) groups.set('[]', []);
  const all = [...groups.values()].map((rows) => aggregateRow(columns, rows));
  const data = sortAggregates(all, query).slice(query.offset, query.offset + limit);
  if (data.length === 0) return { status: 204, credits };
  const hasMore = all.length > query.offset + data.length;
  return { status: 200, body: { data, info: { count: data.length, more_records: hasMore } }, credits };
}

function nameOfSelected(one: Selected): string {
  return one.alias ?? (one.aggregate ? `${one.aggregate.toUpperCase()}(${one.column})` : one.column);
}

function aggregateRow(columns: readonly ResolvedSelected[], rows: readonly Row[]): JsonObject {
  const [first] = rows;
  return Object.fromEntries(
    columns.map((one) => {
      if (!one.aggregate) return [nameOfSelected(one), first ? one.resolved.show(first) : null];
      return [nameOfSelected(one), aggregateValue(one, rows)];
    }),
  );
}

function aggregateValue(one: ResolvedSelected, rows: readonly Row[]): Json {
  const held = rows.filter((row) => one.column === 'id' || one.resolved.read(row) !== null);
  if (one.aggregate === 'count') return held.length;
  const numbers = held.map((row) => Number(one.resolved.read(row))).filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return null;
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (one.aggregate === 'sum') return sum;
  if (one.aggregate === 'avg') return sum / numbers.length;
  const wanted = one.aggregate === 'min' ? Math.min : Math.max;
  const edge = numbers.reduce((a, b) => wanted(a, b));
  const row = held.find((candidate) => Number(one.resolved.read(candidate)) === edge);
  return row ? one.resolved.show(row) : edge;
}

function sortAggregates(rows: JsonObject[], query: Query): JsonObject[] {
  return rows.sort((a, b) => {
    for (const { column, isDescending } of query.orderBy) {
      const x = a[column] ?? null;
      const y = b[column] ?? null;
      const order =
        typeof x === 'number' && typeof y === 'number'
          ? x - y
          : String(x) < String(y)
            ? -1
            : String(x) > String(y)
              ? 1
              : 0;
      if (order !== 0) return isDescending ? -order : order;
    }
    return 0;
  });
}
