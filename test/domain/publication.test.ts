import { describe, expect, it } from 'vitest';
import { associate } from '../../src/domain/associate.ts';
import { choosePrimary } from '../../src/domain/choose-primary.ts';
import type { CrmPicture } from '../../src/domain/crm-picture.ts';
import { decidePublication } from '../../src/domain/decide-publication.ts';
import type { Decisions } from '../../src/domain/decision.ts';
import type { Meeting, Participant } from '../../src/domain/meeting.ts';
import {
  account,
  contact,
  deal,
  decisions,
  findCandidates,
  HOST,
  lead,
  meeting,
  person,
  picture,
  policy,
} from './samples.ts';

const ANA = person('ana@acme.example');
const BOB = person('bob@acme.example');
const CAT = person('cat@other.example');
const PEOPLE = [HOST, ANA, BOB, CAT];

const BOOK = [
  { module: 'contacts' as const, id: '1', emails: ['ana@acme.example'] },
  { module: 'contacts' as const, id: '2', emails: ['bob@acme.example'] },
  { module: 'contacts' as const, id: '3', emails: ['cat@other.example'] },
];

const CRM: Partial<CrmPicture> = {
  contacts: [contact('1', 'Ana', ['10']), contact('2', 'Bob', ['10']), contact('3', 'Cat', ['11'])],
  accounts: [account('10', 'Acme'), account('11', 'Other')],
  candidates: findCandidates(PEOPLE, BOOK),
};

type World = {
  crm?: Partial<CrmPicture>;
  meeting?: Partial<Meeting>;
  people?: Participant[];
  policy?: Parameters<typeof policy>[0];
  decisions?: Partial<Decisions>;
};

function look(world: World) {
  const one = meeting({ participants: world.people ?? PEOPLE, ...world.meeting });
  const crm = picture({ ...CRM, ...world.crm });
  const rules = policy(world.policy);
  const said = decisions(world.decisions);
  const evaluation = associate(one, crm, rules, said);
  return {
    publication: decidePublication(one, evaluation, rules, said),
    primary: choosePrimary(one, evaluation, crm),
  };
}

const role = (...ids: string[]) => ids.map((contactId) => ({ contactId, role: null }));

describe('choosePrimary', () => {
  it.each<[string, World, string | null, string | null]>([
    ['the account with most matched participants', {}, 'accounts 10', '1'],
    ['the smaller id of accounts with as many', { people: [HOST, ANA, CAT] }, 'accounts 10', '1'],
    [
      'an open deal in which a participant has a role',
      { crm: { deals: [deal('100', 'D', { accountId: '11', roles: role('3') })] } },
      'deals 100',
      '3',
    ],
    [
      'a deal by its primary contact, which is a role',
      { crm: { deals: [deal('100', 'D', { accountId: '10', contactId: '2' })] } },
      'deals 100',
      '1',
    ],
    [
      'no deal that is closed',
      { crm: { deals: [deal('100', 'D', { accountId: '11', roles: role('3'), isOpen: false })] } },
      'accounts 10',
      '1',
    ],
    [
      'no deal in which nobody has a role',
      { crm: { deals: [deal('100', 'D', { accountId: '11' })] } },
      'accounts 10',
      '1',
    ],
    [
      'the deal with more participants before the later one',
      {
        crm: {
          deals: [
            deal('100', 'One', { accountId: '10', roles: role('1'), closingDate: '2027-01-01' }),
            deal('101', 'Two', { accountId: '10', roles: role('1', '2'), closingDate: '2026-01-01' }),
          ],
        },
      },
      'deals 101',
      '1',
    ],
    [
      'then the later closing date, then the smaller id',
      {
        crm: {
          deals: [
            deal('103', 'No date', { accountId: '10', roles: role('1') }),
            deal('102', 'Later', { accountId: '10', roles: role('1'), closingDate: '2027-01-02' }),
            deal('101', 'Later too', { accountId: '10', roles: role('1'), closingDate: '2027-01-02' }),
            deal('100', 'Sooner', { accountId: '10', roles: role('1'), closingDate: '2027-01-01' }),
          ],
        },
      },
      'deals 101',
      '1',
    ],
    [
      'nobody as contact where the role is held from another account',
      { people: [HOST, CAT], crm: { deals: [deal('100', 'D', { accountId: '10', roles: role('3') })] } },
      'deals 100',
      null,
    ],
    [
      'nobody as contact of a deal without account',
      { crm: { deals: [deal('100', 'D', { roles: role('3') })] } },
      'deals 100',
      null,
    ],
    ['the organizer first as contact', { people: [ANA, { ...BOB, role: 'organizer' }], crm: {} }, 'accounts 10', '2'],
    [
      'no record, then the organizer, then the smaller id',
      { crm: { contacts: [contact('2', 'Bob'), contact('1', 'Ana'), contact('3', 'Cat')], accounts: [] } },
      null,
      '1',
    ],
    [
      'a lead alone, without contact',
      {
        people: [HOST, ANA],
        crm: {
          leads: [lead('7', 'Ana')],
          candidates: findCandidates([ANA], [{ module: 'leads', id: '7', emails: [ANA.email ?? ''] }]),
        },
      },
      'leads 7',
      null,
    ],
    [
      'no lead beside a contact',
      {
        people: [HOST, ANA, BOB],
        crm: {
          contacts: [contact('2', 'Bob')],
          leads: [lead('7', 'Ana')],
          candidates: findCandidates(
            [ANA, BOB],
            [
              { module: 'leads', id: '7', emails: [ANA.email ?? ''] },
              { module: 'contacts', id: '2', emails: [BOB.email ?? ''] },
            ],
          ),
        },
      },
      null,
      '2',
    ],
    ['nothing where nobody is known', { crm: { candidates: [] } }, null, null],
    [
      'an added contact as contact where nothing else is there',
      {
        crm: { candidates: [], contacts: [contact('4', 'Dan')] },
        decisions: {
          links: [{ module: 'contacts', id: '4', decision: 'added', origin: 'manual', decidedBy: 'Eva', name: 'Dan' }],
        },
      },
      null,
      '4',
    ],
  ])('takes %s', (_what, world, record, contactId) => {
    const { primary } = look(world);
    expect(primary.record === null ? null : `${primary.record.module} ${primary.record.id}`).toBe(record);
    expect(primary.contact?.id ?? null).toBe(contactId);
  });
});

describe('decidePublication', () => {
  const nobody = { crm: { candidates: [] } };
  const twins = {
    contacts: [contact('1', 'Ana'), contact('2', 'Ana')],
    candidates: findCandidates(
      [ANA],
      ['1', '2'].map((id) => ({ module: 'contacts' as const, id, emails: [ANA.email ?? ''] })),
    ),
  };
  const colleagues = [HOST, person('eva@us.example')];
  const anyway = { publishAnyway: true };
  const manyDeals = Array.from({ length: 3 }, (_, at) =>
    deal(String(100 + at), 'D', { accountId: '10', contactId: '1' }),
  );
  const ask = { cascade: 'focused' as const, focused: { maxDeals: 2, askAbove: true } };

  it.each<[string, World, string]>([
    ['publish: known people', {}, 'publish'],
    ['publish: a team meeting', { meeting: { visibility: 'team' } }, 'publish'],
    ['private', { meeting: { visibility: 'private' } }, 'not_published private'],
    [
      'private, whatever a person says',
      { meeting: { visibility: 'private' }, decisions: anyway },
      'not_published private',
    ],
    ['private and unprocessed', { meeting: { visibility: 'private', notesAt: null } }, 'not_published private'],
    ['without summary', { meeting: { summaryAt: null } }, 'waiting not_processed'],
    [
      'without notes, whatever a person says',
      { meeting: { notesAt: null }, decisions: anyway },
      'waiting not_processed',
    ],
    ['an empty list of notes counts', { meeting: { notes: [] } }, 'publish'],
    ['colleagues only', { people: colleagues }, 'not_published internal'],
    ['nobody at all', { people: [] }, 'not_published internal'],
    [
      'colleagues and somebody ignored',
      {
        people: [...colleagues, person('bot@recorder.example')],
        decisions: { people: [{ participantKey: 'email:bot@recorder.example', kind: 'ignored', decidedBy: 'Eva' }] },
      },
      'not_published internal',
    ],
    ['colleagues, asked for', { people: colleagues, decisions: anyway }, 'publish'],
    ['colleagues, by policy', { people: colleagues, policy: { publishInternal: true } }, 'publish'],
    ['strangers', nobody, 'held nobody_matched'],
    ['strangers without a name', { people: [HOST, person(null, { name: null })] }, 'held nobody_matched'],
    ['strangers, asked for', { ...nobody, decisions: anyway }, 'publish'],
    ['strangers, by policy', { ...nobody, policy: { publishUnmatched: true } }, 'publish'],
    ['an ambiguous person only', { people: [HOST, ANA, CAT], crm: twins }, 'held only_ambiguous'],
    [
      'an ambiguous person beside a known one',
      {
        people: [HOST, ANA, CAT],
        crm: {
          ...twins,
          contacts: [...twins.contacts, contact('3', 'Cat')],
          candidates: [...twins.candidates, ...findCandidates([CAT], BOOK)],
        },
      },
      'publish',
    ],
    [
      'everybody known is excluded',
      {
        people: [HOST, ANA],
        decisions: {
          links: [
            { module: 'contacts', id: '1', decision: 'excluded', origin: 'manual', decidedBy: 'Eva', name: 'Ana' },
          ],
        },
      },
      'held nobody_matched',
    ],
    [
      'more deals than to link without asking, beside an account',
      { crm: { deals: manyDeals }, policy: ask },
      'publish',
    ],
    [
      'more deals than to link without asking, and no account',
      { crm: { contacts: [contact('1', 'Ana')], accounts: [], deals: manyDeals }, policy: ask },
      'held too_many_deals',
    ],
    [
      'more deals than that, asked for',
      { crm: { contacts: [contact('1', 'Ana')], accounts: [], deals: manyDeals }, policy: ask, decisions: anyway },
      'publish',
    ],
    ['withheld addresses', { crm: { candidates: [], withheldModules: ['contacts'] } }, 'held nobody_matched'],
  ])('%s', (_what, world, expected) => {
    const { publication } = look(world);
    expect('cause' in publication ? `${publication.kind} ${publication.cause}` : publication.kind).toBe(expected);
    if ('reason' in publication) expect(publication.reason).not.toBe('');
  });
});
