import { describe, expect, it } from 'vitest';
import { addCallCounts, findConnection } from '../../src/db/queries/connections.ts';
import { saveCreditsLeft, saveKeptPercent } from '../../src/db/queries/limits.ts';
import { readCard } from '../../src/features/connect/read-card.ts';
import { readCreditBudget } from '../../src/features/credit-budget.ts';
import { findForgottenConnections } from '../../src/jobs/wake-what-is-due.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct, writesOf } from '../harness/product.ts';

const database = await createTestDatabase();
const HOUR_MS = 3_600_000;

/** Spends credits of the day some hours ago, as calls of ours. */
async function spend(product: TestProduct, credits: number, hoursAgo = 2): Promise<void> {
  const hour = new Date(Math.floor(product.ctx.now().getTime() / HOUR_MS - hoursAgo) * HOUR_MS);
  await addCallCounts(product.db, product.organizationId, hour, [{ kind: 'load', calls: 1, credits }]);
}

const budgetOf = async (product: TestProduct) =>
  readCreditBudget(product.ctx, await findConnection(product.db, product.organizationId));

/** Leaves so many credits of the day. */
async function leave(product: TestProduct, credits: number, hoursAgo?: number): Promise<void> {
  const { dailyLimit, used } = await budgetOf(product);
  if (dailyLimit === null) throw new Error('The edition of the sandbox is not known.');
  await spend(product, dailyLimit - used - credits, hoursAgo);
}

const stateOf = async (product: TestProduct, id: string) => (await product.meeting(id)).state;

describe('the day’s credits', () => {
  it('history leaves a fifth to others, live meetings go on, and history goes on as credits come back', async () => {
    const product = await startConnectedProduct(database);
    const { dailyLimit } = await budgetOf(product);
    await leave(product, Math.round((dailyLimit ?? 0) * 0.15));
    await product.ingest('old', meetingBody({ title: 'Old' }), true);
    await product.ingest('new', meetingBody());
    await product.serve();
    expect(await stateOf(product, 'new')).toBe('published');
    expect(await stateOf(product, 'old')).toBe('waiting');
    const { credits, forecast } = await readCard({ ctx: product.ctx });
    expect(credits.says).toContain('20 %');
    expect(forecast).toMatchObject({ meetings: 1, credits: 1 });
    expect(Date.parse(forecast.emptyAt ?? '')).toBeGreaterThan(product.ctx.now().getTime());
    product.advance(23 * 3600);
    await product.settle(7_200);
    expect(await stateOf(product, 'old')).toBe('published');
    expect((await readCard({ ctx: product.ctx })).credits.says).toBeNull();
  });

  it('at the last twentieth nothing is sent, and that is said at the connection', async () => {
    const product = await startConnectedProduct(database);
    const { dailyLimit } = await budgetOf(product);
    await leave(product, Math.round((dailyLimit ?? 0) * 0.04));
    await product.ingest('new', meetingBody());
    const calls = await product.crm.calls(() => product.serve());
    expect(writesOf(calls)).toEqual([]);
    const { connection } = await readCard({ ctx: product.ctx });
    expect(connection?.problem).toContain('less than 5 %');
    product.advance(23 * 3600);
    await product.settle(7_200);
    expect(await stateOf(product, 'new')).toBe('published');
  });

  it('what the organization keeps for others is its choice', async () => {
    const product = await startConnectedProduct(database);
    const { dailyLimit } = await budgetOf(product);
    await leave(product, Math.round((dailyLimit ?? 0) * 0.5));
    expect((await budgetOf(product)).mayWorkInBackground).toBe(true);
    await saveKeptPercent(product.db, product.organizationId, 60);
    expect(await budgetOf(product)).toMatchObject({ mayWorkInBackground: false, mayPublish: true, keptPercent: 60 });
    await saveKeptPercent(product.db, product.organizationId, 0);
    expect((await budgetOf(product)).mayWorkInBackground).toBe(true);
  });

  it('Zoho’s own figure counts when it is lower, and for an hour only', async () => {
    const product = await startConnectedProduct(database);
    const { left } = await budgetOf(product);
    await saveCreditsLeft(product.db, product.organizationId, 10, product.ctx.now());
    expect(await budgetOf(product)).toMatchObject({ left: 10, mayPublish: false });
    product.advance(3601);
    expect((await budgetOf(product)).left).toBe(left);
  });

  it('is told by the answers themselves', async () => {
    const product = await startConnectedProduct(database);
    product.intercept(async (_call, send) => {
      const response = await send();
      const headers = new Headers(response.headers);
      headers.set('X-API-CREDITS-REMAINING', '12345');
      return new Response(response.status === 204 ? null : await response.text(), { status: response.status, headers });
    });
    await product.ingest('new', meetingBody());
    await product.serve();
    expect((await budgetOf(product)).left).toBe(12_345);
  });

  it('wakes nobody every few seconds for history that rests', async () => {
    const product = await startConnectedProduct(database);
    const { dailyLimit } = await budgetOf(product);
    await leave(product, Math.round((dailyLimit ?? 0) * 0.1));
    await product.ingest('old', meetingBody(), true);
    await product.serve();
    await product.db.query('delete from graphile_worker._private_jobs');
    const find = async () =>
      (
        await findForgottenConnections(product.db, {
          at: product.ctx.now(),
          provider: 'sandbox',
          keepsChannels: false,
        })
      ).includes(product.organizationId);
    expect(await find()).toBe(false);
    await product.ingest('new', meetingBody({ title: 'New' }));
    await product.db.query('delete from graphile_worker._private_jobs');
    expect(await find()).toBe(true);
  });
});
