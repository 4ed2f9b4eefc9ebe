import { describe, expect, it } from 'vitest';
import { compare, type MeetingToProve } from '../../tools/demo/compare.ts';
import type { World } from '../../tools/demo/naive/read-world.ts';
import type { SandboxContent } from '../../tools/demo/read-sandbox.ts';

const STARTS = Date.parse('2026-11-01T10:00:00Z');
const world = { crmIds: new Map([['con_1', '11']]) } as unknown as World;

function meeting(change: Partial<MeetingToProve['answer']> = {}): MeetingToProve {
  return {
    seed: {
      externalId: 'm1',
      title: 'Review',
      startsAt: STARTS,
      endsAt: STARTS + 60_000,
      isPrivate: false,
      people: [],
      summary: 'They\nagreed.',
      notes: [{ text: 'Too dear.', category: 'Objections' }],
      promise: {
        exactEmailMatches: { 'ana@acme.example': ['con_1'] },
        plusTagMatches: {},
        ambiguousEmails: [],
        unmatchedEmails: ['x@y.example'],
        internalEmails: [],
      },
    },
    expected: {
      state: 'published',
      matches: [],
      associations: new Set(['contacts:11', 'accounts:31']),
      primary: 'accounts:31',
      contactId: '11',
      shownPeople: new Set(['contacts:11']),
      summaryNotes: new Set(['accounts:31']),
    },
    answer: {
      id: 'uuid-1',
      externalId: 'm1',
      title: 'Review',
      startsAt: new Date(STARTS).toISOString(),
      state: 'published',
      stateReason: '',
      verifiedAt: '2026-11-02T00:00:00Z',
      primary: null,
      participants: [
        { email: 'Ana@acme.example', name: 'Ana', match: { kind: 'matched', module: 'contacts', crmId: '11' } },
        { email: 'x@y.example', name: 'X', match: { kind: 'unmatched', module: null, crmId: null } },
      ],
      associations: [
        { module: 'contacts', crmId: '11', name: 'Ana', published: true },
        { module: 'accounts', crmId: '31', name: 'Acme', published: true },
      ],
      inZoho: { differences: [] },
      ...change,
    },
  };
}

function arrived(): SandboxContent {
  return {
    events: [
      {
        id: '91',
        meetingId: 'uuid-1',
        title: 'Review',
        startsAt: STARTS,
        endsAt: STARTS + 60_000,
        whatId: 'accounts:31',
        whoId: 'contacts:11',
        people: ['contacts:11'],
        participants: 1,
      },
    ],
    notes: [
      {
        id: '81',
        parent: 'accounts:31',
        meetingId: 'uuid-1',
        slot: 'summary:accounts:31',
        content: 'Summary They agreed.',
      },
      { id: '82', parent: 'events:91', meetingId: 'uuid-1', slot: 'consolidated', content: 'Objections\n- Too dear.' },
    ],
    mails: 0,
  };
}

describe('compare', () => {
  it('finds nothing where everything is as it must be', () => {
    expect(compare([meeting()], arrived(), world)).toEqual({
      differences: [],
      missingLinks: 0,
      extraLinks: 0,
      duplicates: [],
      faults: [],
      promises: { kept: 2, total: 2, broken: [] },
    });
  });

  type Spoil = (sandbox: SandboxContent) => void;
  const event =
    (change: Partial<SandboxContent['events'][number]>): Spoil =>
    ({ events }) =>
      Object.assign(events[0] ?? {}, change);
  const links: [what: string, spoil: Spoil, missing: string[], extra: string[]][] = [
    ['another What_Id', event({ whatId: 'deals:41' }), ['What_Id accounts:31'], ['What_Id deals:41']],
    ['no contact', event({ whoId: null }), ['Who_Id contacts:11'], []],
    ['a stranger among the participants', event({ people: ['leads:21'] }), [], ['person leads:21']],
    ['a missing note', ({ notes }) => notes.splice(0, 1), ['note accounts:31'], []],
    [
      'a note on another record',
      ({ notes }) =>
        notes.push({
          id: '83',
          parent: 'deals:41',
          meetingId: 'uuid-1',
          slot: 'summary:deals:41',
          content: 'They agreed.',
        }),
      [],
      ['note deals:41'],
    ],
  ];
  it.each(links)('finds %s', (_what, spoil, missing, extra) => {
    const sandbox = arrived();
    spoil(sandbox);
    const proof = compare([meeting()], sandbox, world);
    expect(proof.differences).toEqual([{ externalId: 'm1', missing, extra }]);
    expect([proof.missingLinks, proof.extraLinks]).toEqual([missing.length, extra.length]);
  });

  const copies: [what: string, spoil: Spoil][] = [
    ['a second event', ({ events }) => events.push(...events.map((one) => ({ ...one, id: '92' })))],
    [
      'a second copy of a note',
      ({ notes }) =>
        notes.push({
          id: '84',
          parent: 'accounts:31',
          meetingId: 'uuid-1',
          slot: 'summary:accounts:31',
          content: 'They agreed.',
        }),
    ],
    [
      'an event of nobody',
      ({ events }) => events.push(...events.map((one) => ({ ...one, id: '93', meetingId: null }))),
    ],
    [
      'a note of nobody',
      ({ notes }) =>
        notes.push({ id: '85', parent: 'accounts:31', meetingId: null, slot: null, content: 'They agreed.' }),
    ],
  ];
  it.each(copies)('finds %s', (_what, spoil) => {
    const sandbox = arrived();
    spoil(sandbox);
    expect(compare([meeting()], sandbox, world).duplicates).toHaveLength(1);
  });

  const faults: [what: string, spoil: Spoil, answer: Partial<MeetingToProve['answer']>, fault: RegExp][] = [
    ['another title', event({ title: 'Other' }), {}, /is called “Other”/],
    ['another start', event({ startsAt: STARTS + 3_600_000 }), {}, /starts at another time/],
    ['too many people', event({ participants: 51 }), {}, /51 participants/],
    ['an event without its notes', ({ notes }) => notes.splice(1, 1), {}, /no note with the notes/],
    ['a lost note', ({ notes }) => Object.assign(notes[1] ?? {}, { content: 'Objections' }), {}, /lacks “Too dear/],
    ['a lost category', ({ notes }) => Object.assign(notes[1] ?? {}, { content: 'Too dear.' }), {}, /lacks “Too dear/],
    [
      'a lost summary',
      ({ notes }) => Object.assign(notes[0] ?? {}, { content: '' }),
      {},
      /accounts:31 lacks the summary/,
    ],
    ['a missing event', ({ events, notes }) => [events.splice(0), notes.splice(0)], {}, /has no event/],
    ['an unverified meeting', () => {}, { verifiedAt: null }, /not verified/],
    ['another state', () => {}, { state: 'held', stateReason: 'why' }, /is held \(why\), should be published/],
    [
      'a difference that verification saw',
      () => {},
      { inZoho: { differences: ['title'] } },
      /verification found: title/,
    ],
  ];
  it.each(faults)('finds %s', (_what, spoil, answer, fault) => {
    const sandbox = arrived();
    spoil(sandbox);
    expect(compare([meeting(answer)], sandbox, world).faults.join()).toMatch(fault);
  });

  it('finds a link that only the API shows, and one that it does not', () => {
    const associations = [{ module: 'deals', crmId: '41', name: 'D', published: false }];
    const proof = compare([meeting({ associations })], arrived(), world);
    expect(proof.differences[0]).toEqual({
      externalId: 'm1',
      missing: ['API contacts:11', 'API accounts:31', 'API-published contacts:11', 'API-published accounts:31'],
      extra: ['API deals:41'],
    });
  });

  it('finds a person who was guessed or missed', () => {
    const participants = [
      { email: 'ana@acme.example', name: 'Ana', match: { kind: 'matched', module: 'contacts', crmId: '12' } },
      { email: 'x@y.example', name: 'X', match: { kind: 'matched', module: 'contacts', crmId: '13' } },
    ];
    const { promises } = compare([meeting({ participants })], arrived(), world);
    expect(promises).toMatchObject({ kept: 0, total: 2 });
    expect(promises.broken.join()).toMatch(/ana@acme.example should be matched.*x@y.example should be unmatched/);
  });
});
