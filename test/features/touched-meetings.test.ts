import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { MirrorPage } from '../../src/crm/read-mirror.ts';
import { readKnownKeys, readKnownRecords } from '../../src/db/queries/mirror-before.ts';
import { canonicalEmail } from '../../src/domain/canonical-email.ts';
import { evaluateMeetings, saveEvaluated } from '../../src/features/associate/evaluate-meetings.ts';
import { gatherMeetings } from '../../src/features/associate/gather-meetings.ts';
import type { FeatureContext } from '../../src/features/context.ts';
import { applyChanges } from '../../src/features/mirror/apply-changes.ts';
import { applyDeletions } from '../../src/features/mirror/apply-deletions.ts';
import type { OpenConnection } from '../../src/features/open-connection.ts';
import { type World, worlds } from '../domain/arbitrary-world.ts';
import { createTestDatabase } from '../harness/database.ts';
import { insertLinkDecisions, insertMeeting, insertOrganization, insertPicture } from './insert-world.ts';

vi.setConfig({ testTimeout: 120_000 });

const { db } = await createTestDatabase();

const AT = '2026-11-22T09:00:00.000Z';

function contextOf(organizationId: string): FeatureContext {
  return {
    db,
    organizationId,
    actor: { kind: 'system' },
    now: () => new Date(AT),
    newId: randomUUID,
    wake: async () => undefined,
  };
}

/** A record that is only deleted asks nothing of Zoho. */
const noConnection = {} as OpenConnection;

async function build(ones: World[]): Promise<{ ctx: FeatureContext; meetingIds: string[] }> {
  const [first] = ones;
  if (first === undefined) throw new Error('A case needs a world.');
  const policy = { ...first.policy, focused: { ...first.policy.focused, maxDeals: first.policy.focused.maxDeals + 1 } };
  const organizationId = await insertOrganization(db, policy);
  await insertPicture(db, organizationId, first.picture);
  const ctx = contextOf(organizationId);
  const meetingIds: string[] = [];
  for (const { meeting, decisions } of ones) {
    const id = await insertMeeting(db, organizationId, meeting, { decisions });
    await insertLinkDecisions(db, organizationId, id, decisions);
    meetingIds.push(id);
  }
  const gathered = await gatherMeetings({ ctx, input: { meetingIds } });
  const evaluated = evaluateMeetings(gathered);
  await db.transaction((sql) => saveEvaluated({ ctx, sql, input: { gathered, evaluated } }));
  return { ctx, meetingIds };
}

/** What each meeting comes to, worked out anew from the tables. */
async function evaluateAll(ctx: FeatureContext, meetingIds: string[]): Promise<Map<string, string>> {
  const evaluated = evaluateMeetings(await gatherMeetings({ ctx, input: { meetingIds } }));
  return new Map(
    evaluated.map(({ loaded, evaluation, publication }) => [
      loaded.meeting.id,
      JSON.stringify([evaluation, publication]),
    ]),
  );
}

async function owedMeetings(ctx: FeatureContext): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(
    'select id from meetings where organization_id = $1 and owed_at is not null',
    [ctx.organizationId],
  );
  return new Set(rows.map((row) => row.id));
}

const keysOf = (recordId: string, emails: string[]) =>
  emails.flatMap((email) => {
    const address = canonicalEmail(email);
    return address === null ? [] : [{ recordId, kind: 'email' as const, key: address.email, base: address.base }];
  });

const emails = fc.subarray([
  'a@x.example',
  'a+t@x.example',
  'b@x.example',
  'c@y.example',
  'z@y.example',
  'd@gmail.com',
]);
const accountId = fc.option(fc.constantFrom('10', '11', '12'));
const contactId = fc.constantFrom('1', '2', '3', '4', '5', '6');
const times = { ownerId: null, createdAt: '2026-10-01T00:00:00.000Z', modifiedAt: AT };

const pages: fc.Arbitrary<MirrorPage> = fc.oneof(
  fc
    .record({ id: contactId, name: fc.constantFrom('Contact 1', 'New name'), accountId, emails })
    .map(({ id, name, accountId, emails }) => ({
      module: 'contacts' as const,
      rows: [{ id, name, accountId, email: emails[0] ?? null, phone: null, title: null, ...times }],
      keys: keysOf(id, emails),
      lastId: id,
    })),
  fc.record({ id: fc.constantFrom('50', '51', '52'), emails }).map(({ id, emails }) => ({
    module: 'leads' as const,
    rows: [{ id, name: 'Lead', company: null, email: emails[0] ?? null, phone: null, ...times }],
    keys: keysOf(id, emails),
    lastId: id,
  })),
  fc
    .record({
      id: fc.constantFrom('10', '11', '12'),
      name: fc.constantFrom('Account 10', 'Renamed'),
      has: fc.boolean(),
    })
    .map(({ id, name, has }) => ({
      module: 'accounts' as const,
      rows: [{ id, name, website: null, parentId: null, ...times }],
      keys: has ? [{ recordId: id, kind: 'domain' as const, key: 'y.example', base: 'y.example' }] : [],
      lastId: id,
    })),
  fc
    .record({
      id: fc.integer({ min: 95, max: 109 }).map(String),
      accountId,
      contactId: fc.option(contactId),
      isOpen: fc.boolean(),
      closingDate: fc.option(fc.constantFrom('2026-10-01', '2026-12-31')),
      pipeline: fc.option(fc.constantFrom('Standard', 'Partner')),
    })
    .map((deal) => ({
      module: 'deals' as const,
      rows: [
        { name: `Deal ${deal.id}`, stage: deal.isOpen ? 'Open' : 'Lost', amount: 5, currency: null, ...deal, ...times },
      ],
      keys: [],
      lastId: deal.id,
    })),
);

const deletions = fc.oneof(
  fc.record({ module: fc.constant('contacts' as const), id: contactId }),
  fc.record({ module: fc.constant('accounts' as const), id: fc.constantFrom('10', '11', '12') }),
  fc.record({ module: fc.constant('deals' as const), id: fc.integer({ min: 95, max: 108 }).map(String) }),
  fc.record({ module: fc.constant('leads' as const), id: fc.constantFrom('50', '51') }),
);

type Step = { page: MirrorPage } | { module: 'contacts' | 'accounts' | 'deals' | 'leads'; id: string };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: pages.map((page) => ({ page })) },
  { weight: 1, arbitrary: deletions },
);

async function take(ctx: FeatureContext, step: Step): Promise<void> {
  if ('page' in step) await applyChanges({ ctx, input: { page: step.page } });
  else {
    const deleted = [{ id: step.id, name: null, deletedAt: AT, deletedBy: null, isPermanent: false }];
    await applyDeletions({ ctx, input: { open: noConnection, module: step.module, deleted } });
  }
}

describe('meetings that a change touches', () => {
  it('are owed whenever their evaluation differs', async () => {
    let differing = 0;
    let spared = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(worlds, { minLength: 3, maxLength: 3 }), steps, async (ones, step) => {
        const { ctx, meetingIds } = await build(ones);
        const before = await evaluateAll(ctx, meetingIds);
        await take(ctx, step);
        const after = await evaluateAll(ctx, meetingIds);
        const owed = await owedMeetings(ctx);
        const differs = meetingIds.filter((id) => before.get(id) !== after.get(id));
        differing += differs.length;
        spared += meetingIds.length - owed.size;
        expect(differs.filter((id) => !owed.has(id))).toEqual([]);
      }),
      { numRuns: 50 },
    );
    // The property says nothing if nothing ever differs, or if everything is always owed.
    expect(differing).toBeGreaterThan(5);
    expect(spared).toBeGreaterThan(30);
  });

  it('are still found after a first change was evaluated', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(worlds, { minLength: 2, maxLength: 2 }), steps, steps, async (ones, first, second) => {
        const { ctx, meetingIds } = await build(ones);
        await take(ctx, first);
        const owed = [...(await owedMeetings(ctx))];
        const gathered = await gatherMeetings({ ctx, input: { meetingIds: owed } });
        const evaluated = evaluateMeetings(gathered);
        await db.transaction((sql) => saveEvaluated({ ctx, sql, input: { gathered, evaluated } }));
        await db.query('update meetings set owed_at = null where organization_id = $1', [ctx.organizationId]);
        const before = await evaluateAll(ctx, meetingIds);
        await take(ctx, second);
        const after = await evaluateAll(ctx, meetingIds);
        const now = await owedMeetings(ctx);
        expect(meetingIds.filter((id) => before.get(id) !== after.get(id) && !now.has(id))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('are none when a page says what is known, or changes what no rule looks at', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(worlds, { minLength: 2, maxLength: 2 }), async (ones) => {
        const { ctx } = await build(ones);
        for (const module of ['contacts', 'accounts'] as const) {
          const ids = ones[0]?.picture[module].map((record) => record.id) ?? [];
          const rows = [...(await readKnownRecords(db, ctx.organizationId, module, ids)).values()].map(
            ({ row }) => row,
          );
          const keys = await readKnownKeys(db, ctx.organizationId, module, ids);
          const same = { module, rows, keys, lastId: null } as MirrorPage;
          expect(await applyChanges({ ctx, input: { page: same } })).toEqual({ changed: 0, owed: 0 });
          const other = { ...same, rows: rows.map((row) => ({ ...row, ownerId: '77', modifiedAt: AT })) } as MirrorPage;
          expect(await applyChanges({ ctx, input: { page: other } })).toEqual({ changed: rows.length, owed: 0 });
        }
        expect((await owedMeetings(ctx)).size).toBe(0);
      }),
      { numRuns: 30 },
    );
  });
});
