import { describe, expect, it } from 'vitest';
import { readDrift } from '../../src/features/publish/read-drift.ts';
import { repairDrift } from '../../src/features/publish/repair-drift.ts';
import { settleEdits } from '../../src/features/publish/settle-edits.ts';
import { startDrift } from '../../src/features/publish/start-drift.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();
const MEETINGS = ['m1', 'm2', 'm3', 'm4'] as const;

async function startPublished(): Promise<TestProduct> {
  const product = await startConnectedProduct(database);
  for (const [at, id] of MEETINGS.entries()) {
    const startsAt = `2026-11-${10 + at}T10:00:00+01:00`;
    await product.ingest(
      id,
      meetingBody({ title: `Meeting ${id}`, startsAt, endsAt: startsAt.replace('10:00', '10:45') }),
    );
  }
  await product.settle();
  product.advance(60);
  return product;
}

const read = ({ ctx }: TestProduct) => readDrift({ ctx, input: { limit: 100 } });

/** A check on demand, done by the sender. */
async function check(product: TestProduct) {
  await startDrift({ ctx: product.ctx });
  await product.settle();
  return read(product);
}

const eventOf = ({ crm }: TestProduct, title: string) => {
  const found = crm.events().find((event) => event.Event_Title === title);
  if (found === undefined) throw new Error(`There is no event “${title}”.`);
  return found;
};

/** Behind everybody's back: no time moves, and nothing says that the record is gone. */
function removeSilently(product: TestProduct, module: string, id: unknown): void {
  for (const note of product.crm.notesOf(String(id))) product.crm.org().module('Notes')?.records.remove(note.id);
  product.crm.org().module(module)?.records.remove(String(id));
}

function copy(product: TestProduct, module: string, row: Record<string, unknown>, id: string): void {
  product.crm
    .org()
    .module(module)
    ?.records.put({ ...row, id, Modified_Time: product.crm.world.clock.now() } as never);
}

describe('comparing the ledger with Zoho', () => {
  it('finds nothing where nobody did anything, and costs what it said', async () => {
    const product = await startPublished();
    const { estimate } = await read(product);
    const calls = await product.crm.calls(async () => {
      const { check: done, truePercent, findings } = await check(product);
      expect(done).toMatchObject({ state: 'done', meetingsChecked: 4, counts: { true: 4, edited: 0, missing: 0 } });
      expect(truePercent).toBe(100);
      expect(findings).toEqual([]);
    });
    const spent = calls.filter(({ path }) => !path.includes('composite')).reduce((sum, row) => sum + row.credits, 0);
    expect(spent).toBeLessThanOrEqual(estimate.credits);
    const [row] = await product.db.query<{ credits: number }>(
      `select sum(credits)::int as credits from crm_call_counts where organization_id = $1 and kind = 'drift'`,
      [product.organizationId],
    );
    expect(row?.credits).toBeGreaterThan(0);
    expect(row?.credits).toBeLessThanOrEqual(estimate.credits);
  });

  it('tells true, edited, missing and extra apart, and repairs what a person chooses', async () => {
    const product = await startPublished();
    const edited = eventOf(product, 'Meeting m1');
    product.crm.edit('Events', edited.id, { Event_Title: 'Theirs' });
    removeSilently(product, 'Events', eventOf(product, 'Meeting m2').id);
    const [original] = product.crm.notesOf(ID.acme).filter((note) => String(note.Note_Title).includes('Meeting m3'));
    if (original === undefined) throw new Error('There is no note to copy.');
    copy(product, 'Notes', original, '777001');
    const result = await check(product);
    expect(result.check).toMatchObject({ state: 'done', counts: { true: 1, edited: 1, missing: 1, extra: 1 } });
    expect(result.truePercent).toBe(25);
    expect(result.findings.map(({ externalId, kind, crmId }) => [externalId, kind, crmId]).sort()).toEqual([
      ['m1', 'edited', edited.id],
      ['m2', 'missing', expect.any(String)],
      ['m3', 'extra', '777001'],
    ]);
    expect(result.findings.find(({ kind }) => kind === 'edited')?.detail).toContain('title');
    for (const choice of ['write_again', 'write_ours', 'remove_extra'] as const) {
      expect(await repairDrift({ ctx: product.ctx, input: { choice, findings: null } })).toEqual({
        repaired: 1,
        remaining: false,
      });
    }
    await product.settle();
    expect(
      product.crm
        .events()
        .map((event) => event.Event_Title)
        .sort(),
    ).toEqual(MEETINGS.map((id) => `Meeting ${id}`));
    expect(product.crm.notes().map(({ id }) => id)).not.toContain('777001');
    expect(product.crm.notes().map(({ id }) => id)).toContain(original.id);
    expect((await check(product)).truePercent).toBe(100);
  });

  it('takes theirs for good when a person says so', async () => {
    const product = await startPublished();
    product.crm.edit('Events', eventOf(product, 'Meeting m1').id, { Event_Title: 'Theirs' });
    await check(product);
    await repairDrift({ ctx: product.ctx, input: { choice: 'take_theirs', findings: null } });
    await product.settle();
    expect(eventOf(product, 'Theirs')).toBeDefined();
    expect((await check(product)).truePercent).toBe(100);
    product.advance(60);
    product.crm.edit('Events', eventOf(product, 'Theirs').id, { Event_Title: 'Theirs again' });
    expect((await check(product)).truePercent).toBe(75);
  });

  it('finds an event with a meeting’s id that the ledger does not know', async () => {
    const product = await startPublished();
    const row = eventOf(product, 'Meeting m4');
    // Somebody imported a backup: the same id of ours, another record.
    removeSilently(product, 'Events', row.id);
    copy(product, 'Events', row, '888001');
    const { findings } = await check(product);
    expect(findings.map(({ kind, crmId }) => `${kind} ${crmId}`).sort()).toEqual(['extra 888001', `missing ${row.id}`]);
    await repairDrift({ ctx: product.ctx, input: { choice: 'remove_extra', findings: null } });
    await repairDrift({ ctx: product.ctx, input: { choice: 'write_again', findings: null } });
    await product.settle();
    expect(product.crm.events().filter((event) => event.Event_Title === 'Meeting m4')).toHaveLength(1);
    expect(product.crm.events().map(({ id }) => id)).not.toContain('888001');
    expect((await check(product)).truePercent).toBe(100);
  });

  it('runs every night by itself', async () => {
    const product = await startPublished();
    removeSilently(product, 'Notes', product.crm.notesOf(ID.acme)[0]?.id);
    expect((await read(product)).check).toBeNull();
    for (let hour = 0; hour < 14; hour++) {
      product.advance(3_600);
      await product.serve();
    }
    const { check: done, findings } = await read(product);
    expect(done).toMatchObject({ state: 'done', askedBy: 'Salescaling, as every night' });
    expect(done?.startedAt.toISOString().slice(0, 10)).toBe('2026-11-21');
    expect(findings).toMatchObject([{ kind: 'missing' }]);
  });
});

describe('a person’s word on one edit', () => {
  it('keeps theirs without asking again, or writes ours', async () => {
    const product = await startPublished();
    const event = eventOf(product, 'Meeting m1');
    const edited = String(event.Description).replace('Duration', 'Length');
    product.crm.edit('Events', event.id, { Description: edited });
    await check(product);
    expect(await product.meeting('m1')).toMatchObject({
      needsYou: true,
      inZoho: {
        eventEdited: {
          isBlockEdited: true,
          parts: ['description'],
          texts: { theirs: expect.stringContaining('Length: '), ours: expect.stringContaining('Duration: ') },
        },
      },
    });
    await settleEdits({ ctx: product.ctx, input: { externalId: 'm1', slot: 'event', choice: 'keep_theirs' } });
    await product.settle();
    expect(await product.meeting('m1')).toMatchObject({ needsYou: false, state: 'published' });
    expect(eventOf(product, 'Meeting m1').Description).toBe(edited);
    await settleEdits({ ctx: product.ctx, input: { externalId: 'm1', slot: 'event', choice: 'write_ours' } });
    await product.settle();
    expect(eventOf(product, 'Meeting m1').Description).toBe(event.Description);
  });
});
