import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type CrmRecord, crmRecord } from './answer-schemas.ts';
import { type CallTiming, timingOf } from './call-timing.ts';
import { readBody, unreadable } from './read-answer.ts';
import type { ZohoAnswer, ZohoFailure, ZohoTransport } from './transport.ts';

/** Times are passed as Zoho writes them. Ids are strings. */
export type CoqlValue = string | number | boolean;

export type CoqlCondition =
  | { field: string; op: '=' | '!=' | '>' | '>=' | '<' | '<=' | 'like' | 'not like'; value: CoqlValue }
  | { field: string; op: 'in' | 'not in'; values: readonly CoqlValue[] }
  | { field: string; op: 'between' | 'not between'; from: CoqlValue; to: CoqlValue }
  | { field: string; op: 'is null' | 'is not null' }
  | { and: readonly CoqlCondition[] }
  | { or: readonly CoqlCondition[] };

export type CoqlQuery = {
  select: readonly string[];
  from: string;
  /** Zoho demands one; `{ field: 'id', op: 'is not null' }` means every record. */
  where: CoqlCondition;
  orderBy?: readonly { field: string; direction: 'asc' | 'desc' }[];
  /** 1 to 2,000 rows: up to 200 for 1 credit, up to 1,000 for 2, up to 2,000 for 3. */
  limit: number;
  offset?: number;
};

/** `limit` is the one that Zoho took: fewer than asked for where an org allows only 200 rows. */
export type CoqlRows = { kind: 'rows'; rows: CrmRecord[]; hasMore: boolean; limit: number };

/** Where a paged query stands; kept by the caller, a later query goes on behind it. */
export type CoqlPosition = { modifiedTime?: string; id: string };

const IN_LIST_MAX = 50;
const CRITERIA_MAX = 25;
const COLUMNS_MAX = 50;
const LIMIT_MAX = 2_000;
const LIMIT_FALLBACK = 200;

/** The only builder of COQL text: names are checked, values quoted and escaped, conditions bracketed in pairs. Source: Zoho CRM API v8, COQL. */
export function buildCoql(query: CoqlQuery): string {
  checkSize(query.select.length, COLUMNS_MAX, 'columns');
  checkSize(query.limit, LIMIT_MAX, 'rows');
  const criteria = { count: 0 };
  const where = conditionText(query.where, criteria);
  checkSize(criteria.count, CRITERIA_MAX, 'criteria');
  const order = (query.orderBy ?? []).map((term) => `${fieldText(term.field)} ${term.direction}`).join(', ');
  return [
    `select ${query.select.map(fieldText).join(', ')} from ${moduleText(query.from)} where ${where}`,
    order === '' ? '' : ` order by ${order}`,
    ` limit ${query.limit}`,
    query.offset === undefined ? '' : ` offset ${query.offset}`,
  ].join('');
}

/** Runs one query. When Zoho answers LIMIT_EXCEEDED to more than 200 rows, the same is asked again with 200. */
export async function runCoql(
  transport: ZohoTransport,
  query: CoqlQuery,
  timing: CallTiming = {},
): Promise<CoqlRows | ZohoFailure> {
  const body = { select_query: buildCoql(query) };
  const answer = await transport.call({ method: 'POST', path: '/coql', body, ...timingOf(timing) });
  if (answer.kind === 'failed' && answer.code === 'LIMIT_EXCEEDED' && query.limit > LIMIT_FALLBACK) {
    return runCoql(transport, { ...query, limit: LIMIT_FALLBACK }, timing);
  }
  return readCoqlAnswer(answer, query.limit);
}

/** The rows of an answer to a query with this limit; no content is no row. */
export function readCoqlAnswer(answer: ZohoAnswer, limit: number): CoqlRows | ZohoFailure {
  if (answer.kind === 'empty') return { kind: 'rows', rows: [], hasMore: false, limit };
  const read = readBody(answer, rowsAnswer);
  if (read.kind === 'failed') return read;
  return { kind: 'rows', rows: read.value.data, hasMore: read.value.info.more_records, limit };
}

/**
 * Every row behind a position, page by page: ordered by `(Modified_Time, id)` or by `id`. Yields pages with the position
 * behind their last row; a failure is yielded as the last item and never looks like an end.
 */
export async function* coqlPages(
  transport: ZohoTransport,
  query: Omit<CoqlQuery, 'orderBy' | 'offset'> & { pageBy: 'Modified_Time' | 'id'; after?: CoqlPosition },
  timing: CallTiming = {},
): AsyncGenerator<(CoqlRows & { position: CoqlPosition | null }) | ZohoFailure, void> {
  const { pageBy, after, ...base } = query;
  const keys = pageBy === 'id' ? ['id'] : ['Modified_Time', 'id'];
  const select = [...new Set([...base.select, ...keys])];
  const orderBy = keys.map((field) => ({ field, direction: 'asc' as const }));
  let position = after ?? null;
  let limit = base.limit;
  for (;;) {
    const where = position === null ? base.where : { and: [base.where, behind(position, pageBy)] };
    const page = await runCoql(transport, { ...base, select, where, orderBy, limit }, timing);
    if (page.kind === 'failed') {
      yield page;
      return;
    }
    limit = page.limit;
    const reached = page.rows.length === 0 ? position : positionOf(page.rows.at(-1), pageBy);
    if (reached === null && page.rows.length > 0) {
      yield unreadable({ kind: 'empty' }, 'a row without Modified_Time in an answer ordered by it');
      return;
    }
    position = reached;
    yield { ...page, position };
    if (!page.hasMore || page.rows.length === 0) return;
  }
}

const rowsAnswer = z.looseObject({
  data: z.array(crmRecord),
  info: z.looseObject({ more_records: z.boolean() }),
});

function behind(position: CoqlPosition, pageBy: 'Modified_Time' | 'id'): CoqlCondition {
  const laterId: CoqlCondition = { field: 'id', op: '>', value: position.id };
  if (pageBy === 'id') return laterId;
  if (position.modifiedTime === undefined) {
    throw new AppError('invalid_input', 'A position in Modified_Time order needs the time of its last row.');
  }
  const value = position.modifiedTime;
  const sameTime: CoqlCondition = { and: [{ field: 'Modified_Time', op: '=', value }, laterId] };
  return { or: [{ field: 'Modified_Time', op: '>', value }, sameTime] };
}

function positionOf(row: CrmRecord | undefined, pageBy: 'Modified_Time' | 'id'): CoqlPosition | null {
  if (row === undefined) return null;
  if (pageBy === 'id') return { id: row.id };
  return typeof row.Modified_Time === 'string' ? { modifiedTime: row.Modified_Time, id: row.id } : null;
}

function conditionText(condition: CoqlCondition, criteria: { count: number }): string {
  if ('and' in condition) return bracketed(condition.and, 'and', criteria);
  if ('or' in condition) return bracketed(condition.or, 'or', criteria);
  if ('values' in condition) return listText(condition.field, condition.op, condition.values, criteria);
  criteria.count += 1;
  const field = fieldText(condition.field);
  if ('from' in condition)
    return `${field} ${condition.op} ${valueText(condition.from)} and ${valueText(condition.to)}`;
  if ('value' in condition) return `${field} ${condition.op} ${valueText(condition.value)}`;
  return `${field} ${condition.op}`;
}

/** More than two criteria must be bracketed in pairs: ((a and b) and c). */
function bracketed(parts: readonly CoqlCondition[], word: 'and' | 'or', criteria: { count: number }): string {
  const [first, ...rest] = parts.map((part) => conditionText(part, criteria));
  if (first === undefined) throw new AppError('invalid_input', `A COQL "${word}" needs at least one condition.`);
  return rest.reduce((left, right) => `(${left} ${word} ${right})`, first);
}

/** An `in` list holds at most 50 values; a longer one becomes several, joined so that the meaning stays. */
function listText(
  field: string,
  op: 'in' | 'not in',
  values: readonly CoqlValue[],
  criteria: { count: number },
): string {
  if (values.length === 0)
    throw new AppError('invalid_input', `A COQL list of ${field} is empty: ask nothing instead.`);
  const lists: string[] = [];
  for (let at = 0; at < values.length; at += IN_LIST_MAX) {
    const list = values
      .slice(at, at + IN_LIST_MAX)
      .map(valueText)
      .join(', ');
    lists.push(`${fieldText(field)} ${op} (${list})`);
  }
  criteria.count += lists.length;
  return lists.reduce((left, right) => `(${left} ${op === 'in' ? 'or' : 'and'} ${right})`);
}

/** Quotes and backslashes are escaped with a backslash (Zoho, Kaizen 171); control characters have no place in a criterion. */
function valueText(value: CoqlValue): string {
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return String(value);
    throw new AppError('invalid_input', `${value} cannot be asked for in COQL.`);
  }
  if (typeof value === 'boolean') return `'${value}'`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/[\u0000-\u001f\u007f]/.test(value)) {
    throw new AppError('invalid_input', 'A value for COQL holds a control character. Remove line breaks and tabs.');
  }
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

/** A field, a dot path over lookups, or a path through a multi-module lookup (`What_Id->Accounts.Name`), which is quoted. */
function fieldText(field: string): string {
  if (/^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*$/.test(field)) return field;
  if (/^[A-Za-z_]\w*->[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(field)) return `'${field}'`;
  throw new AppError('invalid_input', `"${field}" is no field name that COQL can take.`, { detail: { field } });
}

function moduleText(module: string): string {
  if (/^[A-Za-z_]\w*$/.test(module)) return module;
  throw new AppError('invalid_input', `"${module}" is no module name that COQL can take.`, { detail: { module } });
}

function checkSize(count: number, max: number, what: string): void {
  if (Number.isInteger(count) && count >= 1 && count <= max) return;
  throw new AppError('invalid_input', `A COQL query takes 1 to ${max} ${what}, not ${count}. Split it.`, {
    detail: { what, count, max },
  });
}
