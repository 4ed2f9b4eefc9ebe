import { describe, expect, it } from 'vitest';
import type { Association, Evaluation, ParticipantMatch } from '../../src/domain/association.ts';
import { directLinks, reconcileAssociations } from '../../src/domain/reconcile-associations.ts';

const link = (id: string, more: Partial<Association> = {}): Association => ({
  module: 'contacts',
  id,
  name: `Contact ${id}`,
  origin: 'direct',
  decision: null,
  path: [],
  reason: 'because',
  participantKeys: [`email:${id}@acme.example`],
  matchedCount: 0,
  ...more,
});
const evaluation = (associations: Association[], matches: ParticipantMatch[] = []): Evaluation => ({
  matches,
  associations,
  notLinked: [],
  dealsWithUnknownRoles: [],
});

describe('reconcileAssociations', () => {
  it('stores direct and manual links, and derives the cascaded ones', () => {
    const links = directLinks(
      evaluation([link('1'), link('2', { origin: 'cascade' }), link('3', { origin: 'manual' })]),
    );
    expect(links.map(({ id }) => id)).toEqual(['1', '3']);
  });

  it('inserts what is new, updates what changed, deletes what ended, and touches nothing else', () => {
    const stored = directLinks(evaluation([link('1'), link('2'), link('3')]));
    const result = reconcileAssociations(stored, evaluation([link('1'), link('2', { reason: 'another' }), link('4')]));
    expect(result.insert.map(({ id }) => id)).toEqual(['4']);
    expect(result.update).toMatchObject([{ id: '2', reason: 'another' }]);
    expect(result.delete.map(({ id }) => id)).toEqual(['3']);
  });

  it('deletes no link of somebody whose address Zoho withholds now', () => {
    const stored = directLinks(evaluation([link('1')]));
    const unknown: ParticipantMatch = {
      participantKey: 'email:1@acme.example',
      kind: 'unknown',
      cause: 'withheld',
      reason: 'withheld',
    };
    expect(reconcileAssociations(stored, evaluation([], [unknown])).delete).toEqual([]);
  });
});
