import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associate } from '../../src/domain/associate.ts';
import type { Evaluation, PathStep } from '../../src/domain/association.ts';
import type { CrmPicture } from '../../src/domain/crm-picture.ts';
import { shuffled, type World, worlds } from './arbitrary-world.ts';

const RUNS = { numRuns: 150 };
const evaluate = (world: World): Evaluation => associate(world.meeting, world.picture, world.policy, world.decisions);
const keyOf = ({ module, id }: { module: string; id: string }) => `${module}:${id}`;
const linkedKeys = (evaluation: Evaluation) => new Set(evaluation.associations.map(keyOf));
const exists = (
  crm: CrmPicture,
  record: { module: keyof CrmPicture & ('contacts' | 'leads' | 'accounts' | 'deals'); id: string },
) => crm[record.module].some((one) => one.id === record.id);
const withCascade = (world: World, cascade: 'everything' | 'focused'): World => ({
  ...world,
  policy: { ...world.policy, cascade },
});

/** The full closure again, by looking at every pair until nothing new is found. */
function naiveClosure(world: World, evaluation: Evaluation): Set<string> {
  const { picture: crm, decisions } = world;
  const excluded = new Set(decisions.links.filter((link) => link.decision === 'excluded').map(keyOf));
  const linked = new Set<string>();
  const add = (key: string) => !excluded.has(key) && !linked.has(key) && linked.add(key) !== undefined;
  for (const match of evaluation.matches) {
    if (match.kind === 'matched') add(`${match.module}:${match.recordId}`);
    if (match.kind === 'account_by_domain') add(`accounts:${match.accountId}`);
  }
  for (const link of decisions.links) if (link.decision !== 'excluded' && exists(crm, link)) add(keyOf(link));
  for (let isGrowing = true; isGrowing; ) {
    isGrowing = false;
    for (const contact of crm.contacts.filter((one) => linked.has(`contacts:${one.id}`))) {
      for (const account of crm.accounts) {
        if (contact.accountIds.includes(account.id)) isGrowing = add(`accounts:${account.id}`) || isGrowing;
      }
      for (const deal of crm.deals) {
        const hasPart = deal.contactId === contact.id || deal.roles.some((role) => role.contactId === contact.id);
        if (hasPart) isGrowing = add(`deals:${deal.id}`) || isGrowing;
      }
    }
    for (const deal of crm.deals) {
      if (linked.has(`accounts:${deal.accountId}`)) isGrowing = add(`deals:${deal.id}`) || isGrowing;
    }
  }
  return linked;
}

function isEdge(world: World, from: PathStep, to: PathStep): boolean {
  const { picture: crm, decisions } = world;
  const contact = crm.contacts.find((one) => one.id === from.id);
  const deal = crm.deals.find((one) => one.id === to.id);
  if (from.module === 'participants') {
    const isCandidate = crm.candidates.some(
      (one) => one.participantKey === from.id && one.module === to.module && one.recordId === to.id,
    );
    const isOfDomain = crm.domainCandidates.some((one) => one.participantKey === from.id && one.accountId === to.id);
    const isChosen = decisions.people.some(
      (one) => one.kind === 'chosen' && one.participantKey === from.id && one.recordId === to.id,
    );
    return isCandidate || isChosen || (to.module === 'accounts' && isOfDomain);
  }
  if (from.module === 'contacts' && to.module === 'accounts') return contact?.accountIds.includes(to.id) === true;
  if (from.module === 'contacts' && to.module === 'deals') {
    return deal?.contactId === from.id || deal?.roles.some((role) => role.contactId === from.id) === true;
  }
  return from.module === 'accounts' && to.module === 'deals' && deal?.accountId === from.id;
}

describe('associate, always', () => {
  it('gives the same whatever the order of its input', () => {
    const pairs = worlds.chain((world) => fc.tuple(fc.constant(world), shuffled(world)));
    fc.assert(
      fc.property(pairs, ([world, mixed]) => {
        expect(evaluate(mixed)).toEqual(evaluate(world));
      }),
      RUNS,
    );
  });

  it('takes duplicates of participants and records for one', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const crm = world.picture;
        const doubled: World = {
          ...world,
          meeting: { ...world.meeting, participants: [...world.meeting.participants, ...world.meeting.participants] },
          picture: { ...crm, candidates: [...crm.candidates, ...crm.candidates], deals: [...crm.deals, ...crm.deals] },
        };
        expect(evaluate(doubled)).toEqual(evaluate(world));
      }),
      RUNS,
    );
  });

  it('is the full closure under everything, and a subset of it under focused', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const everything = evaluate(withCascade(world, 'everything'));
        expect(linkedKeys(everything)).toEqual(naiveClosure(world, everything));
        const focused = linkedKeys(evaluate(withCascade(world, 'focused')));
        expect([...focused].filter((key) => !linkedKeys(everything).has(key))).toEqual([]);
        const lost = [...linkedKeys(everything)].filter((key) => !focused.has(key));
        expect(lost.filter((key) => !key.startsWith('deals:'))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('gives every link a path of real edges that avoids what is excluded', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const excluded = new Set(world.decisions.links.filter((link) => link.decision === 'excluded').map(keyOf));
        for (const link of evaluate(world).associations) {
          expect(link.path.at(-1)).toMatchObject({ module: link.module, id: link.id });
          expect(link.path.filter((step) => excluded.has(keyOf(step)))).toEqual([]);
          for (const [at, to] of link.path.slice(1).entries()) {
            const from = link.path[at];
            expect(from !== undefined && isEdge(world, from, to), `${JSON.stringify(from)} → ${to.id}`).toBe(true);
          }
          const first = link.path[0];
          const isByHand = world.decisions.links.some((one) => first !== undefined && keyOf(one) === keyOf(first));
          expect(first?.module === 'participants' || isByHand).toBe(true);
          expect(link.reason).not.toBe('');
        }
      }),
      RUNS,
    );
  });

  it('never brings back what was excluded, and never loses what was pinned or added', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const evaluation = evaluate(world);
        const linked = linkedKeys(evaluation);
        for (const link of world.decisions.links) {
          if (link.decision === 'excluded') {
            expect(linked.has(keyOf(link))).toBe(false);
            expect(evaluation.notLinked.map(keyOf)).toContain(keyOf(link));
          } else expect(linked.has(keyOf(link))).toBe(exists(world.picture, link));
        }
      }),
      RUNS,
    );
  });

  it('says why for everything that it considered, once, and never of what it linked', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const evaluation = evaluate(world);
        const linked = linkedKeys(evaluation);
        const not = evaluation.notLinked.map(keyOf);
        expect(new Set(not).size).toBe(not.length);
        expect(not.filter((key) => linked.has(key))).toEqual([]);
        const explained = new Set([...not, ...linked]);
        const everything = linkedKeys(evaluate(withCascade(world, 'everything')));
        expect([...everything].filter((key) => !explained.has(key))).toEqual([]);
        const known = world.picture.candidates.filter(({ participantKey, module, recordId }) => {
          const isHere = world.meeting.participants.some((one) => one.key === participantKey);
          return isHere && exists(world.picture, { module, id: recordId });
        });
        expect(known.filter(({ module, recordId }) => !explained.has(`${module}:${recordId}`))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('matches somebody only where exactly one record has the best address', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        for (const match of evaluate(world).matches) {
          if (match.kind !== 'matched' || match.by === 'decision') continue;
          const rivals = world.picture.candidates.filter(
            (one) => one.participantKey === match.participantKey && one.by === match.by && one.module === match.module,
          );
          const live = rivals.filter((one) => exists(world.picture, { module: one.module, id: one.recordId }));
          expect(new Set(live.map((one) => one.recordId))).toEqual(new Set([match.recordId]));
        }
      }),
      RUNS,
    );
  });
});
