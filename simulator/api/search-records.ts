import { resolveColumn } from '../coql/column.ts';
import { comparable } from '../coql/condition.ts';
import { invalidData, limitExceeded, missingParameter, type Reply } from '../http/failure.ts';
import { compareIds } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { Module } from '../world/org.ts';
import { type Call, jsonBody, requireModule, requireScope } from './call.ts';
import { readPage } from './page-of.ts';
import { listReply, takePage } from './read-records.ts';
import { visibleFields } from './render-record.ts';
import { parseCriteria, type SearchNode, type SearchTest } from './search-criteria.ts';
import { canSee } from './visibility.ts';
import { isWithheld } from './withheld.ts';

type Matcher = (row: Row) => boolean;

/** `GET /{module}/search`: reads an index that lags behind the records. Source: Zoho CRM API v8, Search Records. */
export function searchRecords(call: Call): Reply {
  const module = requireModule(call, call.parts.module ?? '', 'READ');
  requireScope(call, 'ZohoSearch.securesearch.READ');
  const matcher = matcherOf(call, module);
  const delayMs = call.world.switches.number('searchDelaySeconds') * 1000;
  const isIndexed = (row: Row) => Number(row.Modified_Time) <= call.now - delayMs;
  const place = `${module.apiName}/search`;
  const page = readPage(call, place);
  const found = [...candidates(call, module)]
    .filter((row) => isIndexed(row) && canSee(call, module, row) && matcher(row))
    .sort((a, b) => compareIds(b.id, a.id));
  const { rows, hasMore } = takePage(found, page);
  const named = call.query
    .get('fields')
    ?.split(',')
    .map((one) => one.trim());
  const names = named ?? visibleFields(call, module).map((field) => field.apiName);
  return listReply(call, { module, names, rows, hasMore, page, place, sort: { by: 'id', order: 'desc' } });
}

/** `POST /{module}/search`: the same parameters in a JSON body, for criteria that are too long for an address. Source: Zoho CRM API v8, Module Search. */
export function searchByBody(call: Call): Reply {
  const query = new URLSearchParams(call.query);
  for (const [name, value] of Object.entries(jsonBody(call))) {
    if (typeof value === 'string' || typeof value === 'number') query.set(name, String(value));
  }
  return searchRecords({ ...call, query });
}

/** Rows that may match: an address is found by index, all else is looked for everywhere. */
function candidates(call: Call, module: Module): Iterable<Row> {
  const email = call.query.get('email');
  if (call.query.get('criteria') || !email) return module.records.rows();
  return module.records.find('anyEmail', email.toLowerCase());
}

function matcherOf(call: Call, module: Module): Matcher {
  const criteria = call.query.get('criteria');
  if (criteria) return criteriaMatcher(call, module, criteria);
  const email = call.query.get('email')?.toLowerCase();
  // What is withheld cannot be found by either.
  if (email && isWithheld(call, module.apiName, 'Email')) return () => false;
  if (email)
    return (row) =>
      [row.Email, row.Secondary_Email].some((one) => typeof one === 'string' && one.toLowerCase() === email);
  const phone = call.query.get('phone');
  if (phone)
    return (row) =>
      [row.Phone, row.Mobile, row.Home_Phone, row.Other_Phone].some(
        (one) => digits(one) === digits(phone) && digits(phone) !== '',
      );
  const word = call.query.get('word')?.toLowerCase();
  if (word === undefined) throw missingParameter('criteria');
  if (word.length < 2) throw invalidData({ param_name: 'word', minimum_length: 2 });
  return (row) => Object.values(row).some((one) => typeof one === 'string' && one.toLowerCase().includes(word));
}

function digits(value: unknown): string {
  return typeof value === 'string' ? value.replace(/\D/g, '') : '';
}

/** Zoho's own word for nothing in criteria: a dollar sign and {empty}. */
const emptyValue = '$'.concat('{empty}');

const mostCriteria = 15;

function criteriaMatcher(call: Call, module: Module, text: string): Matcher {
  const node = parseCriteria(text);
  if (!node) throw invalidData({ param_name: 'criteria' }, 'Invalid query formed');
  const counted = { count: 0 };
  const matcher = compile(call, module, node, counted);
  if (counted.count > mostCriteria) throw limitExceeded({ limit: mostCriteria, param_name: 'criteria' });
  return matcher;
}

function compile(call: Call, module: Module, node: SearchNode, counted: { count: number }): Matcher {
  if (node.kind === 'test') {
    counted.count++;
    return testMatcher(call, module, node);
  }
  const left = compile(call, module, node.left, counted);
  const right = compile(call, module, node.right, counted);
  return node.kind === 'and' ? (row) => left(row) && right(row) : (row) => left(row) || right(row);
}

/** On text, `equals` behaves like "contains": clients must check equality themselves. */
function testMatcher(call: Call, module: Module, test: SearchTest): Matcher {
  const column = resolveColumn(call, module, test.field);
  const isText = ['text', 'textarea', 'email', 'phone', 'website', 'picklist'].includes(column.field.type);
  const wanted = test.value.toLowerCase();
  const read = (row: Row) => {
    const value = comparable(column, row);
    return value === null ? null : column.field.type === 'datetime' ? Number(value) : value;
  };
  const bound =
    column.field.type === 'datetime'
      ? Date.parse(test.value)
      : isText
        ? wanted
        : Number.isNaN(Number(wanted))
          ? wanted
          : Number(wanted);
  const asText = (row: Row) => String(read(row) ?? '').toLowerCase();
  switch (test.operator) {
    case 'equals':
      if (wanted === emptyValue) return (row) => read(row) === null;
      return isText
        ? (row) => asText(row).includes(wanted)
        : (row) => asText(row) === String(bound).toLowerCase() || asText(row) === wanted;
    case 'not_equal':
      return (row) => read(row) !== null && asText(row) !== wanted;
    case 'starts_with':
      return (row) => asText(row).startsWith(wanted);
    case 'contains':
      return (row) => asText(row).includes(wanted);
    case 'in':
      return (row) => wanted.split(',').includes(asText(row));
    case 'between': {
      const [low = '', high = ''] = test.value.split(',');
      const numeric = (one: string) => (column.field.type === 'datetime' ? Date.parse(one) : Number(one));
      return (row) => read(row) !== null && Number(read(row)) >= numeric(low) && Number(read(row)) <= numeric(high);
    }
    default:
      return comparisonMatcher(test.operator, read, bound);
  }
}

function comparisonMatcher(operator: string, read: (row: Row) => unknown, bound: string | number): Matcher {
  const compare = (row: Row): number | undefined => {
    const value = read(row);
    if (value === null || value === undefined) return undefined;
    if (typeof value === 'number' && typeof bound === 'number') return value - bound;
    return String(value) < String(bound) ? -1 : String(value) > String(bound) ? 1 : 0;
  };
  const holds = (row: Row, test: (order: number) => boolean) => {
    const order = compare(row);
    return order !== undefined && test(order);
  };
  if (operator === 'greater_than') return (row) => holds(row, (order) => order > 0);
  if (operator === 'greater_equal') return (row) => holds(row, (order) => order >= 0);
  if (operator === 'less_than') return (row) => holds(row, (order) => order < 0);
  if (operator === 'less_equal') return (row) => holds(row, (order) => order <= 0);
  throw invalidData({ param_name: 'criteria', operator }, 'Invalid query formed');
}
