// As long as it is on purpose: lists, records, questions and figures are asked about one organization that is filled once.

import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countNeeds } from '../../src/db/queries/needs-you.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { listMeetings } from '../../src/features/analytics/list-meetings.ts';
import { listNeedsYou } from '../../src/features/analytics/list-needs-you.ts';
import { listRecordMeetings } from '../../src/features/analytics/list-record-meetings.ts';
import { listRecords } from '../../src/features/analytics/list-records.ts';
import { type Analytics, type Bucket, readAnalytics } from '../../src/features/analytics/read-analytics.ts';
import { readRecord } from '../../src/features/analytics/read-record.ts';
import { readStatus } from '../../src/features/analytics/read-status.ts';
import { searchEverything } from '../../src/features/analytics/search-everything.ts';
import { evaluateMeetings, saveEvaluated } from '../../src/features/associate/evaluate-meetings.ts';
import { gatherMeetings } from '../../src/features/associate/gather-meetings.ts';
import type { FeatureContext } from '../../src/features/context.ts';
import {
  account,
  contact,
  DAY_MS,
  deal,
  decisions,
  findCandidates,
  HOST,
  lead,
  meeting,
  person,
  picture,
  policy,
  STARTS_AT,
} from '../domain/samples.ts';
import { createTestDatabase } from '../harness/database.ts';
import { insertLinkDecisions, insertMeeting, insertOrganization, insertPicture } from './insert-world.ts';

const { db } = await createTestDatabase();

const NOW = new Date(STARTS_AT + DAY_MS);

function contextOf(organizationId: string): FeatureContext {
  return {
    db,
    organizationId,
    actor: { kind: 'system' },
    now: () => NOW,
    newId: randomUUID,
    wake: async () => undefined,
  };
}

async function evaluate(ctx: FeatureContext, meetingIds: string[]): Promise<void> {
  const gathered = await gatherMeetings({ ctx, input: { meetingIds } });
  const evaluated = evaluateMeetings(gathered);
  await db.transaction((sql) => saveEvaluated({ ctx, sql, input: { gathered, evaluated } }));
}

const ANA = 'ana@acme.example';
const BEN = 'ben@acme.example';
const BOOK = [
  { module: 'contacts' as const, id: '1', emails: [ANA] },
  { module: 'contacts' as const, id: '2', emails: [BEN] },
  { module: 'contacts' as const, id: '3', emails: ['twin@globex.example'] },
  { module: 'contacts' as const, id: '4', emails: ['twin@globex.example'] },
  { module: 'leads' as const, id: '50', emails: ['lea@new.example'] },
];
const PEOPLE = [ANA, BEN, 'twin@globex.example', 'lea@new.example', 'nobody@far.example'].map((email) => person(email));

const CRM = picture({
  contacts: [
    contact('1', 'Ana Pérez', ['10']),
    contact('2', 'Ben 50%_', ['10']),
    contact('3', 'Twin A', ['11']),
    contact('4', 'Twin B', ['11']),
  ],
  leads: [lead('50', 'Lea New')],
  accounts: [account('10', 'Acme'), account('11', 'Globex')],
  deals: [
    deal('100', 'Renewal', {
      accountId: '10',
      stage: 'Proposal',
      closingDate: '2026-12-31',
      roles: [{ contactId: '1', role: 'Buyer' }],
    }),
    deal('101', 'Upsell', { accountId: '10', stage: 'Proposal', closingDate: '2026-12-01' }),
    deal('102', 'Old', { accountId: '10', stage: 'Closed Won', isOpen: false, closingDate: '2026-01-01' }),
    deal('103', 'Far', { accountId: '11', stage: 'Qualification', closingDate: null }),
  ],
  candidates: findCandidates(PEOPLE, BOOK),
});

type Town = { ctx: FeatureContext; ids: Record<'ana' | 'ben' | 'twin' | 'lea' | 'nobody' | 'retracted', string> };

/** A small CRM and six meetings, a day apart; the newest is Ana's. */
async function build(chosen: Policy = policy()): Promise<Town> {
  const organizationId = await insertOrganization(db, chosen);
  await insertPicture(db, organizationId, CRM);
  const ctx = contextOf(organizationId);
  const meet = (days: number, email: string, columns: Record<string, unknown> = {}, categories: string[] = []) =>
    insertMeeting(
      db,
      organizationId,
      meeting({
        title: `With ${email}`,
        startsAt: STARTS_AT - days * DAY_MS,
        endsAt: STARTS_AT - days * DAY_MS + 1_800_000,
        activityType: days % 2 === 0 ? 'Demo' : null,
        participants: [HOST, person(email)],
        notes: categories.map((smartCategory, at) => ({
          id: `n${at}`,
          smartCategory,
          text: 'A note',
          startSeconds: null,
          endSeconds: null,
          author: 'ai' as const,
        })),
      }),
      { columns },
    );
  const ids = {
    ana: await meet(0, ANA, {}, ['Objections', 'Next steps']),
    ben: await meet(1, BEN, { state: 'published', differences: ['the title differs'] }, ['Objections']),
    twin: await meet(2, 'twin@globex.example', { state: 'held', state_cause: 'only_ambiguous' }),
    lea: await meet(40, 'lea@new.example', {
      state: 'failed',
      state_cause: 'INVALID_DATA',
      state_reason: 'Zoho refused a write: too long',
    }),
    nobody: await meet(100, 'nobody@far.example', {
      state: 'held',
      state_cause: 'nobody_matched',
      state_reason: 'Nobody is linked.',
    }),
    retracted: await meet(3, ANA, { state: 'retracted', retracted_at: '2026-11-20T00:00:00Z' }),
  };
  await evaluate(ctx, Object.values(ids));
  return { ctx, ids };
}

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);
const list = (town: Town, more: Partial<Parameters<typeof listMeetings>[0]['input']> = {}) =>
  listMeetings({ ctx: town.ctx, input: { links: 'all', limit: 50, ...more } });

describe('the list of meetings', () => {
  it('is newest first, without retracted ones, in pages that join without gap or double', async () => {
    const town = await build();
    const { ana, ben, twin, lea, nobody, retracted } = town.ids;
    const whole = await list(town);
    expect(idsOf(whole.data)).toEqual([ana, ben, twin, lea, nobody]);
    expect(whole.nextCursor).toBeNull();
    const pages: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(town, {
        limit: 2,
        ...(cursor === null ? {} : { cursor }),
      });
      pages.push(...idsOf(page.data));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(pages).toEqual(idsOf(whole.data));
    expect(idsOf((await list(town, { state: 'retracted' })).data)).toEqual([retracted]);
  });

  it('refuses a cursor that is none of its own', async () => {
    const town = await build();
    for (const cursor of [
      'nonsense',
      Buffer.from('["2026"]').toString('base64url'),
      Buffer.from('[1,2]').toString('base64url'),
    ]) {
      await expect(list(town, { cursor })).rejects.toMatchObject({ code: 'invalid_input' });
    }
  });

  it('narrows by record, stage, category, owner, type, text and days', async () => {
    const town = await build();
    const { ana, ben, twin, lea } = town.ids;
    const only = async (more: Parameters<typeof list>[1]) => idsOf((await list(town, more)).data);
    expect(await only({ record: { module: 'contacts', id: '1' } })).toEqual([ana]);
    expect(await only({ record: { module: 'contacts', id: '1' }, links: 'direct' })).toEqual([ana]);
    expect(await only({ record: { module: 'accounts', id: '10' } })).toEqual([ana, ben]);
    expect(await only({ record: { module: 'accounts', id: '10' }, links: 'direct' })).toEqual([]);
    expect(await only({ record: { module: 'leads', id: '50' } })).toEqual([lea]);
    expect(await only({ stage: 'Closed Won' })).toEqual([ana, ben]);
    expect(await only({ stage: 'Closed Won', record: { module: 'contacts', id: '2' } })).toEqual([ben]);
    expect(await only({ smartCategory: 'Next steps' })).toEqual([ana]);
    expect(await only({ owner: 'Laura Host' })).toHaveLength(5);
    expect(await only({ activityType: '' })).toEqual([ben]);
    expect(await only({ q: 'TWIN@' })).toEqual([twin]);
    expect(await only({ q: '%' })).toEqual([]);
    expect(await only({ from: new Date(STARTS_AT - 2 * DAY_MS), to: new Date(STARTS_AT) })).toEqual([ben, twin]);
  });

  it('says of every meeting where it stands and whether a person is asked', async () => {
    const town = await build();
    const rows = (await list(town)).data;
    const row = (id: string) => rows.find((one) => one.id === id);
    expect(row(town.ids.ana)).toMatchObject({
      state: 'published',
      needsYou: false,
      participantCount: 2,
      externalCount: 1,
      primary: { module: 'deals', crmId: '100', name: 'Renewal' },
    });
    expect(row(town.ids.ben)).toMatchObject({
      needsYou: true,
      stateReason: 'Zoho shows something else: the title differs',
    });
    expect(row(town.ids.lea)).toMatchObject({ needsYou: true, stateReason: 'Zoho refused a write: too long' });
    await db.query(`update meetings set state = 'waiting', owed_at = now(), notes_at = null where id = $1`, [
      town.ids.ana,
    ]);
    await db.query(`update meetings set state = 'waiting', owed_at = now() where id = $1`, [town.ids.ben]);
    const later = (await list(town, { state: 'waiting' })).data.map(({ stateReason }) => stateReason);
    expect(later).toEqual(['The notes of this meeting are not finished yet.', 'Zoho is not connected.']);
  });
});

describe('records', () => {
  it('are listed in order with their meetings, in pages that join', async () => {
    const { ctx } = await build();
    const deals = await listRecords({ ctx, input: { module: 'deals', limit: 50 } });
    expect(deals.data.map(({ crmId }) => crmId)).toEqual(['100', '101', '103', '102']);
    expect(deals.data[0]).toMatchObject({
      detail: 'Acme',
      meetingsDirect: 0,
      meetingsCascaded: 2,
      closingDate: '2026-12-31',
    });
    for (const module of ['deals', 'contacts', 'accounts'] as const) {
      const whole = await listRecords({ ctx, input: { module, limit: 50 } });
      const first = await listRecords({ ctx, input: { module, limit: 1 } });
      const rest = await listRecords({ ctx, input: { module, limit: 50, cursor: first.nextCursor ?? '' } });
      expect([...first.data, ...rest.data]).toEqual(whole.data);
    }
    const open = await listRecords({ ctx, input: { module: 'deals', isOpen: false, limit: 50 } });
    expect(open.data.map(({ crmId }) => crmId)).toEqual(['102']);
    const found = await listRecords({ ctx, input: { module: 'contacts', q: '50%_', limit: 50 } });
    expect(found.data.map(({ crmId }) => crmId)).toEqual(['2']);
    const byAccount = await listRecords({ ctx, input: { module: 'deals', q: 'globex', limit: 50 } });
    expect(byAccount.data.map(({ crmId }) => crmId)).toEqual(['103']);
  });

  it('tell what they are and who and what is around them', async () => {
    const { ctx } = await build();
    const gateway = { pagesOf: () => 'http://crm.test' };
    const acme = await readRecord({ ctx, gateway, input: { module: 'accounts', crmId: '10' } });
    expect(acme).toMatchObject({ name: 'Acme', contactCount: 2, dealCount: 3, crmUrl: null, meetingsCascaded: 2 });
    expect(acme.deals.map(({ crmId }) => crmId)).toEqual(['100', '101', '102']);
    const renewal = await readRecord({ ctx, gateway, input: { module: 'deals', crmId: '100' } });
    expect(renewal).toMatchObject({
      account: { crmId: '10', name: 'Acme' },
      contacts: [{ crmId: '1', role: 'Buyer' }],
    });
    await expect(readRecord({ ctx, gateway, input: { module: 'leads', crmId: '10' } })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('have a history that says through whom', async () => {
    const town = await build();
    const { ctx, ids } = town;
    const entries = async (module: 'contacts' | 'accounts' | 'deals', crmId: string) =>
      (await listRecordMeetings({ ctx, input: { module, crmId, limit: 50 } })).data.map(({ id, origin, via }) => ({
        id,
        origin,
        via,
      }));
    expect(await entries('contacts', '1')).toEqual([{ id: ids.ana, origin: 'direct', via: null }]);
    const throughBoth = [
      { id: ids.ana, origin: 'cascade', via: 'Ana Pérez' },
      { id: ids.ben, origin: 'cascade', via: 'Ben 50%_' },
    ];
    expect(await entries('accounts', '10')).toEqual(throughBoth);
    expect(await entries('deals', '102')).toEqual(throughBoth);
    await insertLinkDecisions(
      db,
      ctx.organizationId,
      ids.ben,
      decisions({
        links: [
          { module: 'accounts', id: '10', decision: 'excluded', origin: 'manual', decidedBy: 'Eva', name: 'Acme' },
          { module: 'deals', id: '103', decision: 'added', origin: 'manual', decidedBy: 'Eva', name: 'Far' },
        ],
      }),
    );
    expect(await entries('accounts', '10')).toEqual(throughBoth.slice(0, 1));
    expect(await entries('deals', '103')).toEqual([{ id: ids.ben, origin: 'manual', via: null }]);
    const page = await listRecordMeetings({ ctx, input: { module: 'contacts', crmId: '1', limit: 1 } });
    expect(page.data[0]).toMatchObject({
      smartCategories: ['Objections', 'Next steps'],
      summaryLines: 'They liked it.',
    });
    expect(page.nextCursor).toBeNull();
  });
});

describe('needs you', () => {
  it('asks one question a person, and one a meeting that is stuck', async () => {
    const { ctx, ids } = await build();
    const needs = await listNeedsYou({ ctx, input: { limit: 50 } });
    expect(needs.data.map(({ cause, meeting: of }) => [cause, of.id])).toEqual([
      ['different', ids.ben],
      ['ambiguous', ids.twin],
      ['failed', ids.lea],
      ['nobody_matched', ids.nobody],
    ]);
    expect(needs.causes).toEqual(await countNeeds(db, ctx.organizationId));
    expect(needs.causes.map(({ count }) => count)).toEqual([1, 1, 1, 1]);
    expect(needs.data[1]).toMatchObject({
      participant: { key: 'email:twin@globex.example' },
      candidates: [
        { module: 'contacts', crmId: '3', name: 'Twin A', detail: 'Globex' },
        { module: 'contacts', crmId: '4', name: 'Twin B', detail: 'Globex' },
      ],
    });
    expect(needs.data[2]?.error).toEqual({ code: 'INVALID_DATA', message: 'Zoho refused a write: too long' });
    const first = await listNeedsYou({ ctx, input: { limit: 1 } });
    const rest = await listNeedsYou({ ctx, input: { limit: 50, cursor: first.nextCursor ?? '' } });
    expect([...first.data, ...rest.data]).toEqual(needs.data);
    const failed = await listNeedsYou({ ctx, input: { cause: 'failed', limit: 50 } });
    expect(failed.data.map(({ meeting: of }) => of.id)).toEqual([ids.lea]);
  });

  it('asks nothing about a private or internal meeting', async () => {
    const { ctx } = await build();
    await db.query(`update meetings set visibility = 'private' where organization_id = $1 and state = 'held'`, [
      ctx.organizationId,
    ]);
    await db.query(
      `update meetings set state = 'not_published', differences = '{}' where organization_id = $1 and state <> 'held'`,
      [ctx.organizationId],
    );
    expect(await listNeedsYou({ ctx, input: { limit: 50 } })).toEqual({ causes: [], data: [], nextCursor: null });
  });

  it('offers the deals that fit best where there are too many', async () => {
    const town = await build(policy({ cascade: 'focused', focused: { maxDeals: 1, askAbove: true } }));
    await db.query(`update meetings set state = 'held', state_cause = 'too_many_deals' where id = $1`, [town.ids.ana]);
    const { data } = await listNeedsYou({ ctx: town.ctx, input: { cause: 'too_many_deals', limit: 50 } });
    expect(data[0]?.candidates.map(({ crmId, detail }) => [crmId, detail])).toEqual([
      ['100', 'Acme · Proposal · 2026-12-31'],
      ['101', 'Acme · Proposal · 2026-12-01'],
    ]);
  });
});

describe('status and search', () => {
  it('counts what is where', async () => {
    const { ctx } = await build();
    await db.query(`update meetings set verified_at = now() where organization_id = $1 and state = 'published'`, [
      ctx.organizationId,
    ]);
    expect(await readStatus({ ctx })).toMatchObject({
      meetings: { waiting: 0, published: 2, held: 2, notPublished: 0, failed: 1, retracted: 1 },
      verified: 1,
      owed: 0,
      rolesStillLoading: 0,
      firstLoad: 'none',
    });
  });

  it('finds meetings and records by any part of their name, those that begin with it first', async () => {
    const { ctx } = await build();
    const found = await searchEverything({ ctx, input: { text: 'NEW' } });
    expect(found.records.map(({ module, crmId }) => [module, crmId])).toEqual([
      ['deals', '100'],
      ['leads', '50'],
    ]);
    expect(found.meetings.map(({ title }) => title)).toEqual(['With lea@new.example']);
    expect((await searchEverything({ ctx, input: { text: 'ana@acme' } })).records).toEqual([
      { module: 'contacts', crmId: '1', name: 'Ana Pérez', detail: 'Acme' },
    ]);
    expect(await searchEverything({ ctx, input: { text: '%' } })).toMatchObject({ records: [{ crmId: '2' }] });
  });
});

/** How many meetings the list shows for a bucket's query: all of them, and the linked directly. */
async function open(ctx: FeatureContext, query: string): Promise<{ all: number; direct: number }> {
  const words = Object.fromEntries(new URLSearchParams(query));
  const { module, crmId, from, to, ...rest } = words;
  const input = {
    limit: 200,
    ...rest,
    ...(module === 'accounts' && crmId !== undefined ? { record: { module: 'accounts' as const, id: crmId } } : {}),
    ...(from === undefined ? {} : { from: new Date(from) }),
    ...(to === undefined ? {} : { to: new Date(to) }),
  };
  const all = await listMeetings({ ctx, input: { ...input, links: 'all' } });
  const direct = await listMeetings({ ctx, input: { ...input, links: 'direct' } });
  return { all: all.data.length, direct: direct.data.length };
}

function bucketsOf(figures: Analytics): Pick<Bucket, 'direct' | 'cascaded' | 'query'>[] {
  const { overTime, byAccount, byStage, byOwner, byActivityType, categoriesByStage } = figures;
  const cells = categoriesByStage.rows.flatMap((row) => row.cells);
  return [...overTime, ...byAccount, ...byStage, ...byOwner, ...byActivityType, ...cells];
}

describe('analytics', () => {
  it('counts distinct meetings, and finds the deals that went quiet', async () => {
    const { ctx } = await build();
    const figures = await readAnalytics({ ctx, input: { quietDays: 30, timeZone: 'Europe/Madrid' } });
    expect(figures.figures).toMatchObject({
      meetings: { value: 4, previous: 1 },
      hours: { value: 2, previous: 0.5 },
      accountsMet: { value: 1, previous: 0 },
      openDealsWithoutMeeting: { value: 1, previous: null },
    });
    expect(figures.byAccount).toMatchObject([{ key: '10', label: 'Acme', direct: 0, cascaded: 2 }]);
    expect(figures.byStage.map(({ key, cascaded }) => [key, cascaded])).toEqual([
      ['Closed Won', 2],
      ['Proposal', 2],
    ]);
    expect(figures.byActivityType.map(({ label, direct }) => [label, direct])).toEqual([
      ['Demo', 3],
      ['No activity type', 1],
    ]);
    expect(figures.quietDeals).toMatchObject([{ crmId: '103', lastMeetingAt: null, daysQuiet: null }]);
    expect(figures.quietDealsTotal).toBe(1);
    expect(figures.categoriesByStage.rows.map(({ smartCategory, total }) => [smartCategory, total])).toEqual([
      ['Objections', 2],
      ['Next steps', 1],
    ]);
    expect(figures.overTime.reduce((sum, { direct }) => sum + direct, 0)).toBe(4);
  });

  it('opens exactly the meetings that each figure counts, whatever the policy and the decisions', async () => {
    const cases = fc.record({
      chosen: fc.constantFrom(
        policy(),
        policy({ cascade: 'focused' }),
        policy({ cascade: 'focused', focused: { maxDeals: 1, windowDays: 20 } }),
      ),
      excluded: fc.constantFrom('accounts:10', 'deals:100', 'contacts:1', 'deals:103'),
      added: fc.constantFrom('accounts:11', 'deals:103', 'contacts:3', 'deals:102'),
      days: fc.integer({ min: 1, max: 120 }),
      timeZone: fc.constantFrom('UTC', 'Europe/Madrid', 'Pacific/Auckland', 'America/Sao_Paulo'),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ chosen, excluded, added, days, timeZone }) => {
        const { ctx, ids } = await build(chosen);
        const links = [
          { record: excluded, decision: 'excluded' as const, meetingId: ids.ana },
          { record: added, decision: 'added' as const, meetingId: ids.ben },
        ];
        for (const { record, decision, meetingId } of links) {
          const [module, id = ''] = record.split(':');
          const link = {
            module: module as 'deals',
            id,
            decision,
            origin: 'manual' as const,
            decidedBy: 'Eva',
            name: id,
          };
          await insertLinkDecisions(db, ctx.organizationId, meetingId, decisions({ links: [link] }));
        }
        const from = new Date(NOW.getTime() - days * DAY_MS);
        const figures = await readAnalytics({ ctx, input: { from, quietDays: 30, timeZone } });
        for (const { direct, cascaded, query } of bucketsOf(figures)) {
          const opened = await open(ctx, query);
          expect(opened.all, query).toBe(direct + cascaded);
          if (/stage=|crmId=/.test(query)) expect(opened.direct, query).toBe(direct);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('refuses a span that ends before it begins', async () => {
    const { ctx } = await build();
    const input = { from: NOW, to: NOW, quietDays: 30, timeZone: 'UTC' };
    await expect(readAnalytics({ ctx, input })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});
