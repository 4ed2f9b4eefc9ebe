export type SearchTest = { kind: 'test'; field: string; operator: string; value: string };
export type SearchNode = SearchTest | { kind: 'and' | 'or'; left: SearchNode; right: SearchNode };

/** Parses `((Last_Name:equals:Burns\,B)and(First_Name:starts_with:M))`; undefined when it is malformed. Source: Zoho CRM API v8, Search Records. */
export function parseCriteria(text: string): SearchNode | undefined {
  const reader = { text: text.trim(), at: 0 };
  const node = readGroup(reader);
  return node && reader.at === reader.text.length ? node : undefined;
}

type Reader = { text: string; at: number };

function readGroup(reader: Reader): SearchNode | undefined {
  if (reader.text[reader.at] !== '(') return readTest(reader);
  reader.at++;
  let node = readGroup(reader);
  for (;;) {
    if (!node) return undefined;
    if (reader.text[reader.at] === ')') {
      reader.at++;
      return joinFurther(reader, node);
    }
    const kind = readJoin(reader);
    const right = kind && readGroup(reader);
    if (!kind || !right) return undefined;
    node = { kind, left: node, right };
  }
}

/** `(a)and(b)` without brackets around the whole is in use too. */
function joinFurther(reader: Reader, left: SearchNode): SearchNode | undefined {
  const kind = readJoin(reader);
  if (!kind) return left;
  const right = readGroup(reader);
  return right && { kind, left, right };
}

function readJoin(reader: Reader): 'and' | 'or' | undefined {
  const found = /^\s*(and|or)\s*(?=\()/i.exec(reader.text.slice(reader.at));
  if (!found) return undefined;
  reader.at += found[0].length;
  return found[1]?.toLowerCase() === 'and' ? 'and' : 'or';
}

function readTest(reader: Reader): SearchNode | undefined {
  const found = /^([\w$.>-]+):(\w+):((?:\\.|[^\\()])*)/.exec(reader.text.slice(reader.at));
  if (!found) return undefined;
  reader.at += found[0].length;
  const value = (found[3] ?? '').replace(/\\(.)/g, '$1');
  return { kind: 'test', field: found[1] ?? '', operator: found[2] ?? '', value };
}
