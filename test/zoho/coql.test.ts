import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CrmRecord } from '../../src/zoho/answer-schemas.ts';
import { buildCoql, type CoqlCondition, type CoqlQuery, coqlPages, runCoql } from '../../src/zoho/coql.ts';
import { openOddTransport } from './odd-transport.ts';
import { meets, type ReadCondition, readWhere } from './read-coql.ts';
import { sendJson } from './start-odd-server.ts';

const all: CoqlCondition = { field: 'id', op: 'is not null' };
const base: CoqlQuery = { select: ['id', 'Deal_Name'], from: 'Deals', where: all, limit: 200 };
const refused = expect.objectContaining({ code: 'invalid_input' });

describe('buildCoql', () => {
  it.each<[CoqlQuery, string]>([
    [base, 'select id, Deal_Name from Deals where id is not null limit 200'],
    [
      {
        ...base,
        where: { field: 'Account_Name.Account_Name', op: '=', value: "O'Neil \\ Co" },
        limit: 2000,
        offset: 4000,
      },
      "select id, Deal_Name from Deals where Account_Name.Account_Name = 'O\\'Neil \\\\ Co' limit 2000 offset 4000",
    ],
    [
      {
        select: ['What_Id->Accounts.Account_Type', 'id'],
        from: 'Events',
        where: {
          and: [all, { field: 'Amount', op: '>=', value: 1.5 }, { field: 'Owner', op: 'in', values: ['1', '2'] }],
        },
        orderBy: [
          { field: 'Modified_Time', direction: 'asc' },
          { field: 'id', direction: 'desc' },
        ],
        limit: 1,
      },
      "select 'What_Id->Accounts.Account_Type', id from Events where ((id is not null and Amount >= 1.5) and Owner in ('1', '2')) order by Modified_Time asc, id desc limit 1",
    ],
    [
      { ...base, where: { field: 'Email_Opt_Out', op: '=', value: true } },
      "select id, Deal_Name from Deals where Email_Opt_Out = 'true' limit 200",
    ],
  ])('%# writes what Zoho reads', (query, expected) => {
    expect(buildCoql(query)).toBe(expected);
  });

  it.each<[string, Partial<CoqlQuery>]>([
    ['no rows', { limit: 0 }],
    ['more than 2,000 rows', { limit: 2001 }],
    ['half a row', { limit: 1.5 }],
    ['no columns', { select: [] }],
    ['51 columns', { select: Array.from({ length: 51 }, (_, index) => `f${index}`) }],
    ['a column that is no name', { select: ['id from Deals --'] }],
    ['a module that is no name', { from: 'Deals where 1=1' }],
    ['a field that is no name', { where: { field: "x' or '1", op: '=', value: 'y' } }],
    ['an empty list', { where: { field: 'id', op: 'in', values: [] } }],
    ['an empty and', { where: { and: [] } }],
    ['a line break', { where: { field: 'Name', op: '=', value: 'a\nb' } }],
    ['no number', { where: { field: 'Amount', op: '=', value: Number.NaN } }],
    ['26 criteria', { where: { or: Array.from({ length: 26 }, () => all) } }],
    [
      '26 lists',
      { where: { field: 'id', op: 'in', values: Array.from({ length: 1251 }, (_, index) => String(index)) } },
    ],
  ])('refuses %s before anything is sent', (_name, part) => {
    expect(() => buildCoql({ ...base, ...part })).toThrow(refused);
  });
});

describe('any condition', () => {
  const alphabet = fc.constantFrom(
    'a',
    "'",
    '\\',
    '(',
    ')',
    ',',
    '%',
    '+',
    '"',
    ' ',
    'é',
    '😀',
    ' and ',
    ' or ',
    '--',
    ';',
  );
  const text = fc.array(alphabet, { maxLength: 6 }).map((parts) => parts.join(''));
  const field = fc.constantFrom('a', 'b', 'c');
  const single: fc.Arbitrary<CoqlCondition> = fc.oneof(
    fc.record({ field, op: fc.constantFrom('=' as const, '!=' as const, '>' as const, '<=' as const), value: text }),
    fc.record({
      field,
      op: fc.constantFrom('in' as const, 'not in' as const),
      values: fc.array(text, { minLength: 1, maxLength: 130 }),
    }),
    fc.record({ field, op: fc.constant('between' as const), from: text, to: text }),
  );
  const condition: fc.Arbitrary<CoqlCondition> = fc.letrec<{ tree: CoqlCondition }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      single,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
    ),
  })).tree;

  /** What the condition means, evaluated without its text. */
  const holds = (row: Record<string, string>, one: CoqlCondition): boolean => {
    if ('and' in one) return one.and.every((part) => holds(row, part));
    if ('or' in one) return one.or.some((part) => holds(row, part));
    const values =
      'values' in one ? one.values : 'from' in one ? [one.from, one.to] : 'value' in one ? [one.value] : [];
    const read: ReadCondition = { field: one.field, op: one.op, values: values.map(String) };
    return meets(row, read);
  };

  const criteria = (one: CoqlCondition): number => {
    if ('and' in one) return one.and.reduce((sum, part) => sum + criteria(part), 0);
    if ('or' in one) return one.or.reduce((sum, part) => sum + criteria(part), 0);
    return 'values' in one ? Math.ceil(one.values.length / 50) : 1;
  };

  it('reads back as what was meant: quotes closed, bracketed in pairs, lists of at most 50', () => {
    const rows = fc.array(fc.record({ a: text, b: text, c: text }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(condition, rows, (where, some) => {
        fc.pre(criteria(where) <= 25);
        const read = readWhere(buildCoql({ ...base, where }));
        for (const row of some) expect(meets(row, read)).toBe(holds(row, where));
      }),
      { numRuns: 500 },
    );
  });
});

it('keeps the meaning of a list that is longer than one list may be', () => {
  const values = Array.from({ length: 120 }, (_, index) => String(1000 + index));
  const asked = ['999', '1000', '1049', '1050', '1119', '1120'];
  const inside = readWhere(buildCoql({ ...base, where: { field: 'a', op: 'in', values } }));
  const outside = readWhere(buildCoql({ ...base, where: { field: 'a', op: 'not in', values } }));
  expect(asked.filter((a) => meets({ a }, inside))).toEqual(['1000', '1049', '1050', '1119']);
  expect(asked.filter((a) => meets({ a }, outside))).toEqual(['999', '1120']);
});

type Row = { id: string; Modified_Time: string };

const limitOf = (query: string): number => Number(/limit (\d+)/.exec(query)?.[1]);

function queryOf(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'select_query' in body) return String(body.select_query);
  throw new Error('No select_query.');
}

/** A server that holds rows and answers the queries of this file by reading them. */
async function openStore(rows: readonly Row[], maxLimit = 2000) {
  return openOddTransport((request, response) => {
    const query = queryOf(request.json);
    const limit = limitOf(query);
    if (limit > maxLimit) {
      sendJson(response, 400, {
        code: 'LIMIT_EXCEEDED',
        details: { limit: maxLimit },
        message: 'limit',
        status: 'error',
      });
      return;
    }
    const where = readWhere(query.replace('id is not null', "id > ''"));
    const isByTime = query.includes('order by Modified_Time asc, id asc');
    const key = (row: Row) => (isByTime ? row.Modified_Time + row.id : row.id);
    const hits = rows.filter((row) => meets(row, where)).sort((a, b) => (key(a) < key(b) ? -1 : 1));
    if (hits.length === 0) response.writeHead(204).end();
    else
      sendJson(response, 200, {
        data: hits.slice(0, limit),
        info: { count: Math.min(limit, hits.length), more_records: hits.length > limit },
      });
  });
}

describe('runCoql', () => {
  it('tells rows, no rows and failure apart', async () => {
    const row = { id: '1', Account_Name: { id: '2' } };
    const { transport, seen } = await openOddTransport((_, response) => {
      if (seen.length === 1) sendJson(response, 200, { data: [row], info: { count: 1, more_records: false } });
      else response.writeHead(seen.length === 2 ? 204 : 502).end();
    });
    expect(await runCoql(transport, base)).toEqual({ kind: 'rows', rows: [row], hasMore: false, limit: 200 });
    expect(await runCoql(transport, base)).toEqual({ kind: 'rows', rows: [], hasMore: false, limit: 200 });
    expect(await runCoql(transport, base)).toMatchObject({ kind: 'failed', class: 'transient' });
  });

  it('falls back to 200 rows where an org takes no more', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => ({ id: String(1000 + index), Modified_Time: 'T' }));
    const { transport, seen } = await openStore(rows, 200);
    const result = await runCoql(transport, { ...base, limit: 2000 });
    expect(result).toMatchObject({ kind: 'rows', hasMore: true, limit: 200 });
    expect(seen.map((one) => limitOf(queryOf(one.json)))).toEqual([2000, 200]);
  });

  it('does not ask for ever', async () => {
    const { transport, seen } = await openStore([], 10);
    expect(await runCoql(transport, { ...base, limit: 2000 })).toMatchObject({
      kind: 'failed',
      code: 'LIMIT_EXCEEDED',
    });
    expect(seen).toHaveLength(2);
  });

  it.each([
    {},
    { data: [] },
    { data: [{ Name: 'x' }], info: { more_records: false } },
    { data: [{ id: 1 }], info: { more_records: false } },
  ])('does not read %j as rows', async (body) => {
    const { transport } = await openOddTransport((_, response) => sendJson(response, 200, body));
    expect(await runCoql(transport, base)).toMatchObject({ kind: 'failed', code: 'UNREADABLE_ANSWER' });
  });
});

describe('coqlPages', () => {
  it('gives every row once and in order, however many share a second', async () => {
    const row = fc.record({
      id: fc.integer({ min: 100, max: 999 }).map(String),
      Modified_Time: fc.constantFrom('T1', 'T2', 'T3'),
    });
    const rows = fc.uniqueArray(row, { selector: (one) => one.id, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom('id' as const, 'Modified_Time' as const),
        async (store, limit, pageBy) => {
          const { transport } = await openStore(store);
          const got: CrmRecord[] = [];
          for await (const page of coqlPages(transport, { ...base, limit, pageBy })) {
            if (page.kind === 'failed') throw new Error(page.message);
            got.push(...page.rows);
          }
          const key = (one: Row) => (pageBy === 'id' ? one.id : one.Modified_Time + one.id);
          expect(got).toEqual([...store].sort((a, b) => (key(a) < key(b) ? -1 : 1)));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('goes on behind a kept position', async () => {
    const store = ['1', '2', '3'].map((id) => ({ id, Modified_Time: 'T' }));
    const { transport } = await openStore(store);
    const pages = coqlPages(transport, { ...base, limit: 1, pageBy: 'Modified_Time' });
    const first = await pages.next();
    const after = first.value?.kind === 'rows' ? (first.value.position ?? undefined) : undefined;
    expect(after).toEqual({ modifiedTime: 'T', id: '1' });
    const rest: string[] = [];
    for await (const page of coqlPages(transport, { ...base, limit: 10, pageBy: 'Modified_Time', after })) {
      if (page.kind === 'rows') rest.push(...page.rows.map((one) => one.id));
    }
    expect(rest).toEqual(['2', '3']);
  });

  it('keeps the smaller limit once an org refused the larger one', async () => {
    const store = Array.from({ length: 450 }, (_, index) => ({ id: String(1000 + index), Modified_Time: 'T' }));
    const { transport, seen } = await openStore(store, 200);
    let count = 0;
    for await (const page of coqlPages(transport, { ...base, limit: 2000, pageBy: 'id' })) {
      if (page.kind === 'rows') count += page.rows.length;
    }
    expect(count).toBe(450);
    expect(seen.map((one) => limitOf(queryOf(one.json)))).toEqual([2000, 200, 200, 200]);
  });

  it('ends with the failure, never as if it were the end', async () => {
    const { transport } = await openOddTransport((_, response) => response.writeHead(503).end());
    const kinds: string[] = [];
    for await (const page of coqlPages(transport, { ...base, pageBy: 'id' })) kinds.push(page.kind);
    expect(kinds).toEqual(['failed']);
  });

  it('fails when rows lack the time they are ordered by, instead of asking the same again', async () => {
    const { transport, seen } = await openOddTransport((_, response) =>
      sendJson(response, 200, { data: [{ id: '1' }], info: { more_records: true } }),
    );
    const kinds: string[] = [];
    for await (const page of coqlPages(transport, { ...base, pageBy: 'Modified_Time' })) kinds.push(page.kind);
    expect(kinds).toEqual(['failed']);
    expect(seen).toHaveLength(1);
  });
});
