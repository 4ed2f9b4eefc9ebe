/** One word of a query. `at` is its place, for error messages. */
export type Token = { kind: 'word' | 'string' | 'number' | 'sign'; text: string; at: number };

const signs = ['->', '!=', '<>', '>=', '<=', '=', '>', '<', '(', ')', ',', '*'];

/** Splits a query into words; undefined with the place when a character fits nothing. */
export function tokenize(query: string): { tokens: Token[] } | { badAt: number } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const rest = query.slice(at);
    const blank = /^\s+/.exec(rest);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const token = stringToken(rest, at) ?? wordToken(rest, at) ?? signToken(rest, at);
    if (!token) return { badAt: at };
    tokens.push(token.token);
    at += token.length;
  }
  return { tokens };
}

type Found = { token: Token; length: number };

function stringToken(rest: string, at: number): Found | undefined {
  const found = /^'((?:[^'\\]|\\.|'')*)'/.exec(rest) ?? /^"((?:[^"\\]|\\.)*)"/.exec(rest);
  if (!found) return undefined;
  const text = (found[1] ?? '').replace(/\\(.)/g, '$1').replaceAll("''", "'");
  return { token: { kind: 'string', text, at }, length: found[0].length };
}

function wordToken(rest: string, at: number): Found | undefined {
  const date = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?/.exec(rest);
  if (date) return { token: { kind: 'string', text: date[0], at }, length: date[0].length };
  const number = /^-?\d+(?:\.\d+)?(?![\w.])/.exec(rest);
  if (number) return { token: { kind: 'number', text: number[0], at }, length: number[0].length };
  const word = /^(?:!(?=[\p{L}_]))?[$\p{L}_][\p{L}\p{N}_$]*(?:(?:\.|->)[\p{L}_$][\p{L}\p{N}_$]*)*/u.exec(rest);
  return word ? { token: { kind: 'word', text: word[0], at }, length: word[0].length } : undefined;
}

function signToken(rest: string, at: number): Found | undefined {
  const sign = signs.find((one) => rest.startsWith(one));
  return sign ? { token: { kind: 'sign', text: sign, at }, length: sign.length } : undefined;
}
