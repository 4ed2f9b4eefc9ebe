/** A condition as a reader of the text understands it: written here a second time, without a line of the builder. */
export type ReadCondition =
  | { join: 'and' | 'or'; left: ReadCondition; right: ReadCondition }
  | { field: string; op: string; values: (string | number)[] };

type Token = { kind: 'word' | 'text' | 'number' | 'sign'; text: string };

/** Reads the where-clause of a COQL text; throws when brackets, quotes or pairs are wrong. */
export function readWhere(query: string): ReadCondition {
  const tokens = tokenize(query);
  const from = tokens.findIndex((token) => token.kind === 'word' && token.text === 'where') + 1;
  const rest = tokens.slice(from);
  const end = rest.findIndex((token) => token.kind === 'word' && ['order', 'limit'].includes(token.text));
  const own = end === -1 ? rest : rest.slice(0, end);
  const condition = readPair(own);
  if (own.length > 0) throw new Error(`Left over: ${own.map((token) => token.text).join(' ')}`);
  return condition;
}

/** Whether a row meets a condition, with plain string comparison. */
export function meets(row: Record<string, string>, condition: ReadCondition): boolean {
  if ('join' in condition) {
    const { join, left, right } = condition;
    return join === 'and' ? meets(row, left) && meets(row, right) : meets(row, left) || meets(row, right);
  }
  const actual = row[condition.field] ?? '';
  const [first = '', second = ''] = condition.values.map(String);
  switch (condition.op) {
    case '=':
      return actual === first;
    case '!=':
      return actual !== first;
    case '>':
      return actual > first;
    case '<=':
      return actual <= first;
    case 'in':
      return condition.values.map(String).includes(actual);
    case 'not in':
      return !condition.values.map(String).includes(actual);
    case 'between':
      return actual >= first && actual <= second;
    default:
      throw new Error(`No such operator: ${condition.op}`);
  }
}

/** One condition, or two joined; a third without brackets stays left over and fails the reading. */
function readPair(tokens: Token[]): ReadCondition {
  const left = readOne(tokens);
  const word = tokens[0];
  if (word?.kind !== 'word' || (word.text !== 'and' && word.text !== 'or')) return left;
  tokens.shift();
  return { join: word.text, left, right: readOne(tokens) };
}

function readOne(tokens: Token[]): ReadCondition {
  if (tokens[0]?.text !== '(' || tokens[0].kind !== 'sign') return readCriterion(tokens);
  tokens.shift();
  const inner = readPair(tokens);
  expectSign(tokens, ')');
  return inner;
}

function readCriterion(tokens: Token[]): ReadCondition {
  const field = tokens.shift();
  if (field === undefined || field.kind === 'sign' || field.kind === 'number') throw new Error('A field is missing.');
  let op = tokens.shift()?.text ?? '';
  if (op === 'not') op = `not ${tokens.shift()?.text}`;
  if (op === 'between') {
    const low = readValue(tokens);
    if (tokens.shift()?.text !== 'and') throw new Error('between without and');
    return { field: field.text, op, values: [low, readValue(tokens)] };
  }
  if (op !== 'in' && op !== 'not in') return { field: field.text, op, values: [readValue(tokens)] };
  expectSign(tokens, '(');
  const values = [readValue(tokens)];
  while (tokens[0]?.text === ',') {
    tokens.shift();
    values.push(readValue(tokens));
  }
  expectSign(tokens, ')');
  if (values.length > 50) throw new Error('A list of more than 50 values.');
  return { field: field.text, op, values };
}

function readValue(tokens: Token[]): string | number {
  const token = tokens.shift();
  if (token?.kind === 'text') return token.text;
  if (token?.kind === 'number') return Number(token.text);
  throw new Error(`No value: ${token?.text}`);
}

function expectSign(tokens: Token[], sign: string): void {
  const token = tokens.shift();
  if (token?.kind !== 'sign' || token.text !== sign) throw new Error(`${sign} expected, not ${token?.text}`);
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const plain = /^(?:(\s+)|(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)|([A-Za-z_$][\w$.]*)|(!=|>=|<=|[=<>(),]))/.exec(rest);
    if (plain !== null) {
      at += plain[0].length;
      if (plain[2] !== undefined) tokens.push({ kind: 'number', text: plain[2] });
      if (plain[3] !== undefined) tokens.push({ kind: 'word', text: plain[3] });
      if (plain[4] !== undefined) tokens.push({ kind: 'sign', text: plain[4] });
      continue;
    }
    if (text[at] !== "'") throw new Error(`Cannot read from: ${rest}`);
    let value = '';
    for (at += 1; text[at] !== "'"; at += 1) {
      if (at >= text.length) throw new Error('A quote is not closed.');
      if (text[at] === '\\') at += 1;
      value += text[at];
    }
    at += 1;
    tokens.push({ kind: 'text', text: value });
  }
  return tokens;
}
