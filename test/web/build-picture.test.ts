import { describe, expect, it } from 'vitest';
import type { Association, MeetingDetail, NotLinked, Participant } from '../../web/src/api/types.ts';
import { buildPicture, contactsWithoutCompany, litBy } from '../../web/src/pages/meeting/picture/build-picture.ts';

const noFacts = { stage: null, isOpen: null, amount: null, currency: null, closingDate: null };

const person = (key: string, match: Partial<Participant['match']>): Participant => ({
  key,
  name: key,
  email: `${key}@acme.example`,
  phone: null,
  role: 'attendee',
  attended: null,
  match: { kind: 'unmatched', by: null, module: null, crmId: null, name: null, reason: '', candidates: [], ...match },
});

const link = (module: Association['module'], crmId: string, path: string[]): Association => ({
  module,
  crmId,
  name: crmId,
  origin: 'direct',
  decision: null,
  path: path.map((step) => {
    const [kind, id] = step.split(':');
    return { module: kind as Association['module'], id: id ?? '', name: id ?? '' };
  }),
  reason: `why ${crmId}`,
  published: false,
  publishedAs: null,
  facts: noFacts,
});

const refused = (module: NotLinked['module'], crmId: string, path: string[]): NotLinked => {
  const { name, path: steps, reason } = link(module, crmId, path);
  return { module, crmId, name, cause: 'closed', path: steps, reason };
};

const meeting = (parts: Pick<MeetingDetail, 'participants' | 'associations' | 'notLinked'>) => parts as MeetingDetail;

const ana = person('ana', { kind: 'matched', module: 'contacts', crmId: 'c1' });
const bob = person('bob', { kind: 'matched', module: 'contacts', crmId: 'c2' });
const twin = person('twin', {
  kind: 'ambiguous',
  candidates: [
    { module: 'contacts', crmId: 'c8', name: 'Eve', detail: '' },
    { module: 'contacts', crmId: 'c9', name: 'Eve', detail: '' },
  ],
});

const sample = meeting({
  participants: [bob, ana, twin],
  associations: [
    link('contacts', 'c1', ['participants:ana', 'contacts:c1']),
    link('contacts', 'c2', ['participants:bob', 'contacts:c2']),
    link('accounts', 'a1', ['participants:ana', 'contacts:c1', 'accounts:a1']),
    link('deals', 'd1', ['participants:ana', 'contacts:c1', 'accounts:a1', 'deals:d1']),
    link('deals', 'd2', ['participants:bob', 'contacts:c2', 'deals:d2']),
  ],
  notLinked: [
    refused('deals', 'd3', ['participants:ana', 'contacts:c1', 'accounts:a1', 'deals:d3']),
    refused('contacts', 'c8', ['participants:twin', 'contacts:c8']),
    refused('contacts', 'c9', ['participants:twin', 'contacts:c9']),
  ],
});

describe('the picture of who and what', () => {
  it('shows every linked and every considered record once, in its column', () => {
    const picture = buildPicture(sample, {});
    expect(picture.people.map((node) => node.id)).toEqual([
      'participants:twin',
      'participants:bob',
      'participants:ana',
    ]);
    expect(picture.contacts.map((node) => node.id)).toEqual([
      'contacts:c8',
      'contacts:c9',
      'contacts:c2',
      'contacts:c1',
    ]);
    expect(picture.accounts.map((node) => node.id)).toEqual(['accounts:a1']);
    expect(picture.deals.map((node) => [node.id, node.kind])).toEqual([
      ['deals:d1', 'linked'],
      ['deals:d2', 'linked'],
      ['deals:d3', 'considered'],
    ]);
  });

  it('draws lines to what was only considered faintly, and a shared line as taken', () => {
    const edges = new Map(buildPicture(sample, {}).edges.map((edge) => [edge.id, edge.isFaint]));
    expect(edges.get('accounts:a1 deals:d1')).toBe(false);
    expect(edges.get('accounts:a1 deals:d3')).toBe(true);
    expect(edges.get('contacts:c1 accounts:a1')).toBe(false);
    expect(edges.get('participants:twin contacts:c9')).toBe(true);
  });

  it('lights the whole path of a deal and nothing beside it', () => {
    const lit = litBy(buildPicture(sample, {}), 'deals:d1');
    expect([...lit].filter((id) => !id.includes(' ')).sort()).toEqual([
      'accounts:a1',
      'contacts:c1',
      'deals:d1',
      'participants:ana',
    ]);
    expect(lit.has('contacts:c1 accounts:a1')).toBe(true);
    expect(lit.has('accounts:a1 deals:d3')).toBe(false);
  });

  it('adds the company of a contact that no path leads through', () => {
    expect(contactsWithoutCompany(sample)).toEqual(['c2']);
    const picture = buildPicture(sample, { c2: 'a1', c9: 'unknown' });
    expect(picture.edges.map((edge) => edge.id)).toContain('contacts:c2 accounts:a1');
    expect(picture.edges.every((edge) => !edge.to.includes('unknown'))).toBe(true);
  });

  it('bridges a step that is not in the picture', () => {
    const picture = buildPicture(
      meeting({
        participants: [ana],
        associations: [link('deals', 'd1', ['participants:ana', 'contacts:gone', 'deals:d1'])],
        notLinked: [],
      }),
      {},
    );
    expect(picture.edges.map((edge) => edge.id)).toEqual(['participants:ana deals:d1']);
  });
});
