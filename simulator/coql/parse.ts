import { ZohoFailure } from '../http/failure.ts';
import type { JsonObject } from '../json.ts';
import { type Token, tokenize } from './tokenize.ts';

export type Literal = string | number | boolean | null;

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'like' | 'in' | 'between' | 'is null';

export type Condition =
  | { kind: 'and' | 'or'; left: Condition; right: Condition }
  | { kind: 'test'; column: string; operator: Operator; isNegated: boolean; values: Literal[] };

export type Selected = { column: string; aggregate?: 'count' | 'sum' | 'avg' | 'min' | 'max'; alias?: string };

export type Query = {
  selected: Selected[];
  module: string;
  where: Condition;
  groupBy: string[];
  orderBy: { column: string; isDescending: boolean }[];
  limit: number | undefined;
  offset: number;
};

const aggregates = ['count', 'sum', 'avg', 'min', 'max'] as const;

/** A COQL error: always a top-level object. Source: Zoho CRM API v8, COQL, possible errors. */
export function coqlError(code: string, message: string, details: JsonObject): ZohoFailure {
  return new ZohoFailure(400, code, message, details);
}

/** Parses a query; throws SYNTAX_ERROR with the clause or the place. Source: Zoho CRM API v8, COQL Overview. */
export function parseQuery(text: string): Query {
  const split = tokenize(text);
  if ('badAt' in split) throw syntaxAt(text, split.badAt);
  const reader = createReader(text, split.tokens);
  reader.keyword('select');
  const selected = readSelected(reader);
  reader.keyword('from');
  const module = reader.word('from');
  if (!reader.takeKeyword('where')) throw coqlError('SYNTAX_ERROR', 'missing clause', { clause: 'where' });
  const where = readConditions(reader);
  const groupBy = readGroupBy(reader);
  const orderBy = readOrderBy(reader);
  const { limit, offset } = readLimit(reader);
  if (!reader.isAtEnd()) throw reader.unexpected();
  return { selected, module, where, groupBy, orderBy, limit, offset };
}

type Reader = {
  peek(): Token | undefined;
  next(): Token;
  isAtEnd(): boolean;
  takeSign(sign: string): boolean;
  sign(sign: string): void;
  takeKeyword(...words: string[]): boolean;
  keyword(word: string): void;
  word(clause: string): string;
  unexpected(): ZohoFailure;
};

function createReader(text: string, tokens: readonly Token[]): Reader {
  let at = 0;
  const unexpected = () => syntaxAt(text, tokens[at]?.at ?? text.length);
  const isWord = (offset: number, word: string) => {
    const token = tokens[at + offset];
    return token?.kind === 'word' && token.text.toLowerCase() === word;
  };
  const reader: Reader = {
    peek: () => tokens[at],
    next() {
      const token = tokens[at];
      if (!token) throw unexpected();
      at++;
      return token;
    },
    isAtEnd: () => at >= tokens.length,
    takeSign(sign) {
      const token = tokens[at];
      if (token?.kind !== 'sign' || token.text !== sign) return false;
      at++;
      return true;
    },
    sign(sign) {
      if (!reader.takeSign(sign)) throw unexpected();
    },
    takeKeyword(...words) {
      if (!words.every((word, index) => isWord(index, word))) return false;
      at += words.length;
      return true;
    },
    keyword(word) {
      if (!reader.takeKeyword(word)) throw coqlError('SYNTAX_ERROR', 'missing clause', { clause: word });
    },
    word(clause) {
      const token = tokens[at];
      if (!token || (token.kind !== 'word' && token.kind !== 'string')) {
        throw coqlError('SYNTAX_ERROR', 'missing clause', { clause });
      }
      at++;
      return token.text;
    },
    unexpected,
  };
  return reader;
}

function readSelected(reader: Reader): Selected[] {
  const selected: Selected[] = [];
  do {
    const token = reader.next();
    if (token.kind !== 'word' && token.kind !== 'string')
      throw coqlError('SYNTAX_ERROR', 'missing clause', { clause: 'select' });
    const aggregate = token.kind === 'word' ? aggregates.find((one) => one === token.text.toLowerCase()) : undefined;
    let column = token.text;
    const isCall = aggregate !== undefined && reader.takeSign('(');
    if (isCall) {
      column = reader.takeSign('*') ? 'id' : reader.word('select');
      reader.sign(')');
    }
    const alias = reader.takeKeyword('as') ? reader.word('select') : undefined;
    selected.push({ column, ...(isCall && aggregate ? { aggregate } : {}), ...(alias === undefined ? {} : { alias }) });
  } while (reader.takeSign(','));
  return selected;
}

/** One or two operands a level: more must be bracketed in pairs. Source: Zoho CRM API v8, COQL, where clause. */
function readConditions(reader: Reader): Condition {
  const left = readOperand(reader);
  const kind = reader.takeKeyword('and') ? 'and' : reader.takeKeyword('or') ? 'or' : undefined;
  if (!kind) return left;
  const right = readOperand(reader);
  if (reader.takeKeyword('and') || reader.takeKeyword('or')) {
    throw coqlError('SYNTAX_ERROR', 'more than two criteria must be bracketed in pairs', { clause: 'where' });
  }
  return { kind, left, right };
}

function readOperand(reader: Reader): Condition {
  if (!reader.takeSign('(')) return readTest(reader);
  const inner = readConditions(reader);
  reader.sign(')');
  return inner;
}

function readTest(reader: Reader): Condition {
  const first = reader.next();
  if (first.kind !== 'word' && first.kind !== 'string')
    throw coqlError('SYNTAX_ERROR', 'invalid criteria', { clause: 'where' });
  const column = first.text;
  const test = (operator: Operator, isNegated: boolean, values: Literal[]): Condition => ({
    kind: 'test',
    column,
    operator,
    isNegated,
    values,
  });
  if (reader.takeKeyword('is', 'not', 'null')) return test('is null', true, []);
  if (reader.takeKeyword('is', 'null')) return test('is null', false, []);
  const isNegated = reader.takeKeyword('not');
  if (reader.takeKeyword('like')) return test('like', isNegated, [readLiteral(reader)]);
  if (reader.takeKeyword('in')) return test('in', isNegated, readList(reader));
  if (reader.takeKeyword('between')) {
    const low = readLiteral(reader);
    reader.keyword('and');
    return test('between', isNegated, [low, readLiteral(reader)]);
  }
  const sign = reader.next();
  const operator = sign.text === '<>' ? '!=' : sign.text;
  const isComparison = (text: string): text is Operator => ['=', '!=', '>', '>=', '<', '<='].includes(text);
  if (isNegated || sign.kind !== 'sign' || !isComparison(operator)) {
    throw coqlError('SYNTAX_ERROR', 'invalid operator found', { operator: sign.text, near: column });
  }
  return test(operator, false, [readLiteral(reader)]);
}

function readList(reader: Reader): Literal[] {
  reader.sign('(');
  const values: Literal[] = [];
  do values.push(readLiteral(reader));
  while (reader.takeSign(','));
  reader.sign(')');
  return values;
}

/** Numbers too long for a double are ids: they stay text. */
function readLiteral(reader: Reader): Literal {
  const token = reader.next();
  if (token.kind === 'string') return token.text;
  if (token.kind === 'number') return token.text.length > 15 ? token.text : Number(token.text);
  const word = token.text.toLowerCase();
  if (token.kind === 'word' && (word === 'true' || word === 'false')) return word === 'true';
  if (token.kind === 'word' && word === 'null') return null;
  throw coqlError('SYNTAX_ERROR', 'invalid value', { near: token.text });
}

function readGroupBy(reader: Reader): string[] {
  if (!reader.takeKeyword('group', 'by')) return [];
  const columns: string[] = [];
  do columns.push(reader.word('group by'));
  while (reader.takeSign(','));
  return columns;
}

function readOrderBy(reader: Reader): Query['orderBy'] {
  if (!reader.takeKeyword('order', 'by')) return [];
  const order: Query['orderBy'] = [];
  do {
    const column = reader.word('order by');
    const isDescending = reader.takeKeyword('desc');
    if (!isDescending) reader.takeKeyword('asc');
    order.push({ column, isDescending });
  } while (reader.takeSign(','));
  return order;
}

/** `limit n`, `limit n offset m`, or `limit m, n` as in SQL. */
function readLimit(reader: Reader): { limit: number | undefined; offset: number } {
  if (!reader.takeKeyword('limit')) {
    return { limit: undefined, offset: reader.takeKeyword('offset') ? readCount(reader, 'offset') : 0 };
  }
  const first = readCount(reader, 'limit');
  if (reader.takeSign(',')) return { offset: first, limit: readCount(reader, 'limit') };
  return { limit: first, offset: reader.takeKeyword('offset') ? readCount(reader, 'offset') : 0 };
}

function readCount(reader: Reader, clause: string): number {
  const token = reader.next();
  const value = Number(token.text);
  if (token.kind !== 'number' || !Number.isInteger(value) || value < 0) {
    throw coqlError('SYNTAX_ERROR', 'invalid value', { clause, near: token.text });
  }
  return value;
}

function syntaxAt(text: string, at: number): ZohoFailure {
  const before = text.slice(0, at).split('\n');
  const near = text.slice(at, at + 20);
  return coqlError('SYNTAX_ERROR', 'error occurred while parsing the query', {
    line: before.length,
    column: (before[before.length - 1]?.length ?? 0) + 1,
    near,
  });
}
