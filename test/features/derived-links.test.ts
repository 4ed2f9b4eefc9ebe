import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  derivedLinks,
  type LinkScope,
  ORIGIN_OF_RANK,
  VIA_ID,
  VIA_LETTER,
} from '../../src/db/queries/derived-links.ts';
import { createSqlValues } from '../../src/db/sql-values.ts';
import type { CrmModule } from '../../src/domain/crm-picture.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { evaluateMeetings, saveEvaluated } from '../../src/features/associate/evaluate-meetings.ts';
import { gatherMeetings } from '../../src/features/associate/gather-meetings.ts';
import type { FeatureContext } from '../../src/features/context.ts';
import { type World, worlds } from '../domain/arbitrary-world.ts';
import { createTestDatabase } from '../harness/database.ts';
import { insertLinkDecisions, insertMeeting, insertOrganization, insertPicture } from './insert-world.ts';

const { db } = await createTestDatabase();

const MODULES: CrmModule[] = ['contacts', 'leads', 'accounts', 'deals'];

type Link = { meetingId: string; module: CrmModule; id: string; origin: string; viaLetter: string; viaId: string };

function contextOf(organizationId: string): FeatureContext {
  return {
    db,
    organizationId,
    actor: { kind: 'system' },
    now: () => new Date('2026-11-22T09:00:00Z'),
    newId: randomUUID,
    wake: async () => undefined,
  };
}

/** Every link that the SQL derives, in a fixed order. */
async function derive(
  scope: Omit<LinkScope, 'targets' | 'meetings'>,
  narrow: { meetingIds?: string[]; records?: { module: CrmModule; id: string }[] } = {},
): Promise<Link[]> {
  const values = createSqlValues();
  const meetings =
    narrow.meetingIds === undefined ? {} : { meetings: `select unnest(${values.add(narrow.meetingIds)}::uuid[])` };
  const { records } = narrow;
  const targets: Partial<Record<CrmModule, string>> = {};
  for (const module of MODULES) {
    const ids = records?.filter((record) => record.module === module).map((record) => record.id) ?? [];
    if (ids.length > 0) targets[module] = `select unnest(${values.add(ids)}::text[])`;
  }
  const ctes = derivedLinks(values, { ...scope, ...meetings, ...(records === undefined ? {} : { targets }) });
  const parts = [
    ['contacts', 'contact_links'],
    ['leads', 'lead_links'],
    ['accounts', 'account_links'],
    ['deals', 'deal_links'],
  ].map(
    ([
      module,
      from,
    ]) => `select meeting_id as "meetingId", '${module}' as module, record_id as id, ${ORIGIN_OF_RANK} as origin,
      ${VIA_LETTER} as "viaLetter", ${VIA_ID} as "viaId" from ${from}`,
  );
  return db.query<Link>(`with ${ctes} ${parts.join(' union all ')}`, values.list);
}

const textOf = ({ meetingId, module, id, origin }: Omit<Link, 'viaLetter' | 'viaId'>) =>
  `${meetingId} ${module} ${id} ${origin}`;
const sorted = (links: Link[]) => links.map(textOf).sort();

/** What the domain says about these meetings, from the same tables. */
async function associateAll(organizationId: string, meetingIds: string[], isSaved: boolean): Promise<Set<string>> {
  const ctx = contextOf(organizationId);
  const gathered = await gatherMeetings({ ctx, input: { meetingIds } });
  const evaluated = evaluateMeetings(gathered);
  if (isSaved) await db.transaction((sql) => saveEvaluated({ ctx, sql, input: { gathered, evaluated } }));
  return new Set(
    evaluated.flatMap(({ loaded, evaluation }) =>
      evaluation.associations.map((link) => {
        const { module, id, origin } = link;
        return textOf({ meetingId: loaded.meeting.id, module, id, origin });
      }),
    ),
  );
}

const usable = (policy: Policy): Policy => ({
  ...policy,
  focused: { ...policy.focused, maxDeals: Math.max(1, policy.focused.maxDeals) },
});

type Case = { world: World; other: World; areLinksLate: boolean; lost: string[]; moved: [string, string | null][] };

const cases: fc.Arbitrary<Case> = fc.record({
  world: worlds,
  other: worlds,
  areLinksLate: fc.boolean(),
  lost: fc.subarray(['95', '96', '97', '98', '99', '100', '101', '102']),
  moved: fc.array(fc.tuple(fc.constantFrom('1', '2', '3', '4', '5'), fc.option(fc.constantFrom('10', '11', '12'))), {
    maxLength: 2,
  }),
});

/** Two meetings in one CRM, evaluated and saved. */
async function build({ world, other, areLinksLate }: Case): Promise<{ organizationId: string; meetingIds: string[] }> {
  const organizationId = await insertOrganization(db, usable(world.policy));
  await insertPicture(db, organizationId, world.picture);
  const meetingIds: string[] = [];
  for (const { meeting, decisions } of [world, other]) {
    const id = await insertMeeting(db, organizationId, meeting, { decisions });
    if (!areLinksLate) await insertLinkDecisions(db, organizationId, id, decisions);
    meetingIds.push(id);
  }
  await associateAll(organizationId, meetingIds, true);
  if (areLinksLate) {
    for (const [at, { decisions }] of [world, other].entries()) {
      await insertLinkDecisions(db, organizationId, meetingIds[at] ?? '', decisions);
    }
  }
  return { organizationId, meetingIds };
}

describe('links derived by SQL', () => {
  it('are those of the domain, with their origin and a way that exists', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const { organizationId, meetingIds } = await build(one);
        const expected = await associateAll(organizationId, meetingIds, false);
        const links = await derive({ organizationId, policy: usable(one.world.policy), withVia: true });
        expect(sorted(links)).toEqual([...expected].sort());
        for (const link of links.filter(({ origin }) => origin === 'cascade')) {
          const module = link.viaLetter === 'c' ? 'contacts' : 'accounts';
          const isLinked = [...expected].some((key) => key.startsWith(`${link.meetingId} ${module} ${link.viaId} `));
          expect(isLinked, `${textOf(link)} via ${link.viaLetter} ${link.viaId}`).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('follow the mirror without a new evaluation', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const { organizationId, meetingIds } = await build(one);
        await db.query(`update crm_deals set deleted_at = now() where organization_id = $1 and id = any($2::text[])`, [
          organizationId,
          one.lost,
        ]);
        await db.query(`delete from crm_deal_roles where organization_id = $1 and deal_id = '103'`, [organizationId]);
        for (const [id, accountId] of one.moved) {
          await db.query('update crm_contacts set account_id = $3 where organization_id = $1 and id = $2', [
            organizationId,
            id,
            accountId,
          ]);
        }
        const expected = await associateAll(organizationId, meetingIds, false);
        const links = await derive({ organizationId, policy: usable(one.world.policy) });
        expect(sorted(links)).toEqual([...expected].sort());
      }),
      { numRuns: 50 },
    );
  });

  it('are the same when one begins at a meeting or at a record', async () => {
    const wanted = fc.record({
      one: cases,
      records: fc.array(
        fc.oneof(
          fc.record({ module: fc.constant<CrmModule>('deals'), id: fc.integer({ min: 95, max: 108 }).map(String) }),
          fc.record({ module: fc.constant<CrmModule>('accounts'), id: fc.constantFrom('10', '11', '12') }),
          fc.record({ module: fc.constant<CrmModule>('contacts'), id: fc.constantFrom('1', '2', '3', '4', '5') }),
          fc.record({ module: fc.constant<CrmModule>('leads'), id: fc.constantFrom('50', '51') }),
        ),
        { maxLength: 4 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(wanted, async ({ one, records }) => {
        const { organizationId, meetingIds } = await build(one);
        const scope = { organizationId, policy: usable(one.world.policy) };
        const all = await derive(scope);
        const [first] = meetingIds;
        const ofFirst = await derive(scope, { meetingIds: first === undefined ? [] : [first] });
        expect(sorted(ofFirst)).toEqual(sorted(all.filter((link) => link.meetingId === first)));
        const asked = all.filter((link) => records.some(({ module, id }) => module === link.module && id === link.id));
        expect(sorted(await derive(scope, { records }))).toEqual(sorted(asked));
        const both = await derive(scope, { records, meetingIds: first === undefined ? [] : [first] });
        expect(sorted(both)).toEqual(sorted(asked.filter((link) => link.meetingId === first)));
      }),
      { numRuns: 50 },
    );
  });
});
