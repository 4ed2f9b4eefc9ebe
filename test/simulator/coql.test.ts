import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Simulator } from '../../simulator/start-simulator.ts';
import { type Body, type Client, startConnected } from './sandbox-client.ts';

let simulator: Simulator;
let client: Client;
let deals: Body[];
const accounts: string[] = [];

beforeAll(async () => {
  ({ simulator, client } = await startConnected({ edition: 'ultimate' }));
  const made = await client.call('POST', '/Accounts', {
    data: ['Acme', 'Böhm', 'Cedar'].map((Account_Name) => ({ Account_Name })),
  });
  accounts.push(...made.body.data.map((one: Body) => one.details.id));
  const stages = ['Qualification', 'Closed Won', 'Closed Lost'];
  for (let batch = 0; batch < 4; batch++) {
    const data = Array.from({ length: 10 }, (_, i) => ({
      Deal_Name: `Deal ${(batch * 10 + i) % 7}`,
      Stage: stages[(batch + i) % 3],
      Amount: (i * 37) % 11 === 0 ? null : (i * 37 + batch) % 11,
      Account_Name: i % 4 === 3 ? null : { id: accounts[i % 3] },
    }));
    await client.call('POST', '/Deals', { data });
    await client.control('POST', 'clock', { advanceSeconds: 10 });
  }
  deals = (await client.get('/Deals?fields=Deal_Name,Stage,Amount,Account_Name,Modified_Time&per_page=200')).body.data;
});
afterAll(() => simulator.stop());

type Condition = { text: string; holds(deal: Body): boolean };

/** Criteria with their meaning in plain words of this language. */
const single = (): fc.Arbitrary<Condition> =>
  fc.oneof(
    fc.constantFrom(...[0, 1, 2]).map((i) => ({
      text: `Account_Name = '${accounts[i]}'`,
      holds: (deal: Body) => deal.Account_Name?.id === accounts[i],
    })),
    fc.constantFrom('Qualification', 'closed won').map((stage) => ({
      text: `Stage = '${stage}'`,
      holds: (deal: Body) => deal.Stage.toLowerCase() === stage.toLowerCase(),
    })),
    fc
      .integer({ min: 0, max: 10 })
      .map((n) => ({ text: `Amount > ${n}`, holds: (deal: Body) => deal.Amount !== null && deal.Amount > n })),
    fc.integer({ min: 0, max: 10 }).map((n) => ({
      text: `Amount between ${n} and ${n + 3}`,
      holds: (deal: Body) => deal.Amount !== null && deal.Amount >= n && deal.Amount <= n + 3,
    })),
    fc
      .integer({ min: 0, max: 6 })
      .map((n) => ({ text: `Deal_Name like '%l ${n}%'`, holds: (deal: Body) => deal.Deal_Name.includes(`l ${n}`) })),
    fc.integer({ min: 0, max: 6 }).map((n) => ({
      text: `Deal_Name not in ('deal ${n}', 'Deal 0')`,
      holds: (deal: Body) => ![`Deal ${n}`, 'Deal 0'].includes(deal.Deal_Name),
    })),
    fc.constant({ text: 'Account_Name is null', holds: (deal: Body) => deal.Account_Name === null }),
    fc.constant({ text: 'Amount is not null', holds: (deal: Body) => deal.Amount !== null }),
    fc.nat(39).map((i) => ({
      text: `Modified_Time >= '${deals[i].Modified_Time}'`,
      holds: (deal: Body) => deal.Modified_Time >= deals[i].Modified_Time,
    })),
    fc.nat(39).map((i) => ({ text: `id > ${deals[i].id}`, holds: (deal: Body) => deal.id > deals[i].id })),
    fc.nat(39).map((i) => ({ text: `id in ('${deals[i].id}', '1')`, holds: (deal: Body) => deal.id === deals[i].id })),
    fc.constant({
      text: "Account_Name.Account_Name = 'böhm'",
      holds: (deal: Body) => deal.Account_Name?.name === 'Böhm',
    }),
  );

const condition = (): fc.Arbitrary<Condition> =>
  fc.oneof(
    single(),
    fc.tuple(single(), fc.constantFrom('and', 'or'), single(), fc.option(single())).map(([a, joint, b, c]) => {
      const pair = {
        text: `(${a.text} ${joint} ${b.text})`,
        holds: (deal: Body) => (joint === 'and' ? a.holds(deal) && b.holds(deal) : a.holds(deal) || b.holds(deal)),
      };
      if (!c) return pair;
      return { text: `(${pair.text} and ${c.text})`, holds: (deal: Body) => pair.holds(deal) && c.holds(deal) };
    }),
  );

type Order = { text: string; compare(a: Body, b: Body): number };

const compareBy = (key: string, sign: number) => (a: Body, b: Body) => {
  const [x, y] = [a[key], b[key]];
  if (x === y) return 0;
  if (x === null || y === null) return sign * (x === null ? -1 : 1);
  return sign * (x < y ? -1 : 1);
};

const order = (): fc.Arbitrary<Order> =>
  fc.constantFrom(
    { text: '', compare: compareBy('id', 1) },
    { text: 'order by id desc', compare: compareBy('id', -1) },
    { text: 'order by Modified_Time asc, id asc', compare: compareBy('Modified_Time', 1) },
    { text: 'order by Modified_Time desc', compare: compareBy('Modified_Time', -1) },
    { text: 'order by Amount desc, id asc', compare: compareBy('Amount', -1) },
    { text: 'order by Amount', compare: compareBy('Amount', 1) },
  );

describe('COQL', () => {
  test('whatever path the plan takes, the rows are those of a plain loop', async () => {
    await fc.assert(
      fc.asyncProperty(
        condition(),
        order(),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 0, max: 12 }),
        async (where, sort, limit, offset) => {
          const wanted = deals
            .filter((deal) => where.holds(deal))
            .sort((a, b) => sort.compare(a, b) || compareBy('id', 1)(a, b));
          const page = wanted.slice(offset, offset + limit);
          const answer = await client.coql(
            `select id, Stage from Deals where ${where.text} ${sort.text} limit ${limit} offset ${offset}`,
          );
          if (page.length === 0) {
            expect(answer.status).toBe(204);
            return;
          }
          expect(answer.body.data.map((row: Body) => row.id)).toEqual(page.map((deal) => deal.id));
          expect(answer.body.info).toEqual({ count: page.length, more_records: wanted.length > offset + page.length });
        },
      ),
      { numRuns: 250 },
    );
  });

  test('groups are counted and summed', async () => {
    const answer = await client.coql(
      'select Stage, COUNT(id), SUM(Amount) as total from Deals where id is not null group by Stage order by Stage asc',
    );
    const expected = [...new Set(deals.map((deal) => deal.Stage))].sort().map((Stage) => {
      const group = deals.filter((deal) => deal.Stage === Stage);
      return { Stage, 'COUNT(id)': group.length, total: group.reduce((sum, deal) => sum + (deal.Amount ?? 0), 0) };
    });
    expect(answer.body.data).toEqual(expected);
  });
});
