import { describe, expect, it } from 'vitest';
import type { ParticipantMatch } from '../../src/domain/association.ts';
import type { CrmPicture } from '../../src/domain/crm-picture.ts';
import type { Decisions } from '../../src/domain/decision.ts';
import { matchParticipants } from '../../src/domain/match-participants.ts';
import type { Participant } from '../../src/domain/meeting.ts';
import type { Policy } from '../../src/domain/policy.ts';
import {
  account,
  contact,
  decisions,
  findCandidates,
  lead,
  meeting,
  person,
  picture,
  policy,
  user,
} from './samples.ts';

const ANA = person('ana@acme.example');

type World = {
  who?: Participant;
  contacts?: [id: string, ...emails: string[]][];
  leads?: [id: string, ...emails: string[]][];
  phones?: [module: 'contacts' | 'leads', id: string, phone: string][];
  domains?: [domain: string, accountId: string][];
  picture?: Partial<CrmPicture>;
  policy?: Partial<Policy>;
  decisions?: Partial<Decisions>;
};

function match(world: World): ParticipantMatch {
  const who = world.who ?? ANA;
  const book = [
    ...(world.contacts ?? []).map(([id, ...emails]) => ({ module: 'contacts' as const, id, emails })),
    ...(world.leads ?? []).map(([id, ...emails]) => ({ module: 'leads' as const, id, emails })),
    ...(world.phones ?? []).map(([module, id, phone]) => ({ module, id, phones: [phone] })),
  ];
  const idsOf = (module: string) => [...new Set(book.filter((one) => one.module === module).map((one) => one.id))];
  const accountIds = [...new Set((world.domains ?? []).map(([, id]) => id))];
  const crm = picture({
    contacts: idsOf('contacts').map((id) => contact(id, `Contact ${id}`)),
    leads: idsOf('leads').map((id) => lead(id, `Lead ${id}`)),
    accounts: accountIds.map((id) => account(id, `Account ${id}`)),
    candidates: findCandidates([who], book),
    domainCandidates: (world.domains ?? []).map(([domain, accountId]) => ({
      participantKey: who.key,
      domain,
      accountId,
    })),
    ...world.picture,
  });
  const [found] = matchParticipants(
    meeting({ participants: [who] }),
    crm,
    policy(world.policy ?? {}),
    decisions(world.decisions ?? {}),
  );
  if (found === undefined) throw new Error('a participant without a match');
  return found;
}

const matched = (module: string, recordId: string, by: string) => ({ kind: 'matched', module, recordId, by });

describe('matchParticipants by address', () => {
  it.each<[string, World, object]>([
    ['an exact address', { contacts: [['1', 'Ana@Acme.example']] }, matched('contacts', '1', 'email')],
    ['a second address', { contacts: [['1', 'x@y.example', 'ana@acme.example']] }, matched('contacts', '1', 'email')],
    [
      'one contact by both addresses',
      { contacts: [['1', 'ana@acme.example', ' ANA@acme.example']] },
      matched('contacts', '1', 'email'),
    ],
    [
      'an exact address before a tagged one',
      {
        contacts: [
          ['1', 'ana+x@acme.example'],
          ['2', 'ana@acme.example'],
        ],
      },
      matched('contacts', '2', 'email'),
    ],
    ['a tagged address alone', { contacts: [['1', 'ana+x@acme.example']] }, matched('contacts', '1', 'plus-tag')],
    [
      'a contact before a lead of the same address',
      { contacts: [['1', 'ana@acme.example']], leads: [['7', 'ana@acme.example']] },
      matched('contacts', '1', 'email'),
    ],
    [
      'a contact before two leads',
      {
        contacts: [['1', 'ana@acme.example']],
        leads: [
          ['7', 'ana@acme.example'],
          ['8', 'ana@acme.example'],
        ],
      },
      matched('contacts', '1', 'email'),
    ],
    [
      'an exact lead before a tagged contact',
      { contacts: [['1', 'ana+x@acme.example']], leads: [['7', 'ana@acme.example']] },
      matched('leads', '7', 'email'),
    ],
    ['a lead alone', { leads: [['7', 'ana@acme.example']] }, matched('leads', '7', 'email')],
    ['a tagged lead alone', { leads: [['7', 'ana+x@acme.example']] }, matched('leads', '7', 'plus-tag')],
    [
      'a phone where no address is known',
      { who: person('ana@acme.example', { phone: '+34 600 000 000' }), phones: [['contacts', '1', '0034600000000']] },
      matched('contacts', '1', 'phone'),
    ],
    [
      'an address before a phone',
      {
        who: person('ana@acme.example', { phone: '+34 600 000 000' }),
        phones: [['contacts', '1', '+34600000000']],
        leads: [['7', 'ana+q@acme.example']],
      },
      matched('leads', '7', 'plus-tag'),
    ],
    [
      'a contact before a lead of the same phone',
      {
        who: person(null, { phone: '+34 600 000 000' }),
        phones: [
          ['leads', '7', '+34600000000'],
          ['contacts', '1', '+34600000000'],
        ],
      },
      matched('contacts', '1', 'phone'),
    ],
  ])('takes %s', (_what, world, expected) => {
    expect(match(world)).toMatchObject(expected);
  });

  it.each<[string, World, string, string[]]>([
    [
      'two exact contacts',
      {
        contacts: [
          ['2', 'ana@acme.example'],
          ['1', 'Ana@acme.example'],
        ],
      },
      'email',
      ['1', '2'],
    ],
    [
      'two exact leads',
      {
        leads: [
          ['7', 'ana@acme.example'],
          ['8', 'ana@acme.example'],
        ],
      },
      'email',
      ['7', '8'],
    ],
    [
      'two tagged contacts',
      {
        contacts: [
          ['1', 'ana+x@acme.example'],
          ['2', 'ana+y@acme.example'],
        ],
      },
      'plus-tag',
      ['1', '2'],
    ],
    [
      'two phones',
      {
        who: person(null, { phone: '+34600000000' }),
        phones: [
          ['contacts', '10', '+34600000000'],
          ['contacts', '9', '+34600000000'],
        ],
      },
      'phone',
      ['9', '10'],
    ],
  ])('calls %s ambiguous and guesses nobody', (_what, world, by, ids) => {
    const found = match(world);
    expect(found).toMatchObject({ kind: 'ambiguous', by });
    expect(found.kind === 'ambiguous' && found.candidates.map((one) => one.recordId)).toEqual(ids);
  });

  it('does not see a candidate that is no live record', () => {
    const candidates = findCandidates([ANA], [{ module: 'contacts', id: '1', emails: ['ana@acme.example'] }]);
    expect(match({ picture: { candidates, contacts: [] } })).toMatchObject({ kind: 'unmatched', cause: 'nobody' });
  });
});

describe('matchParticipants inside', () => {
  it('knows a colleague by the address of a user, and by an own domain', () => {
    expect(match({ who: person('HOST@us.example') })).toMatchObject({ kind: 'internal', userId: '900' });
    expect(match({ who: person('new@US.example') })).toMatchObject({ kind: 'internal', userId: null });
    expect(match({ who: person('x@sub.us.example') })).toMatchObject({ kind: 'unmatched' });
  });

  it('keeps our own user who is stored as a contact inside', () => {
    const who = person('host@us.example');
    expect(match({ who, contacts: [['1', 'host@us.example']] })).toMatchObject({ kind: 'internal', userId: '900' });
  });

  it('takes the user who can own records of two with one address', () => {
    const users = [
      user('1', 'Old', 'ana@acme.example', { isActive: false }),
      user('3', 'Third', 'ana@acme.example'),
      user('2', 'Second', 'ana@acme.example'),
    ];
    expect(match({ picture: { users } })).toMatchObject({ kind: 'internal', userId: '2' });
  });
});

describe('matchParticipants and people', () => {
  it('lets a person choose among ambiguous ones, also for a colleague', () => {
    const contacts: World['contacts'] = [
      ['1', 'ana@acme.example'],
      ['2', 'ana@acme.example'],
    ];
    const chosen = (participantKey: string) => ({
      people: [
        { participantKey, kind: 'chosen' as const, module: 'contacts' as const, recordId: '2', decidedBy: 'Eva' },
      ],
    });
    expect(match({ contacts, decisions: chosen(ANA.key) })).toMatchObject(matched('contacts', '2', 'decision'));
    const who = person('host@us.example');
    expect(match({ who, contacts: [['2', 'z@z.example']], picture: {}, decisions: chosen(who.key) })).toMatchObject(
      matched('contacts', '2', 'decision'),
    );
  });

  it('looks again when the chosen record is gone', () => {
    const people = [
      {
        participantKey: ANA.key,
        kind: 'chosen' as const,
        module: 'contacts' as const,
        recordId: '5',
        decidedBy: 'Eva',
      },
    ];
    expect(match({ contacts: [['1', 'ana@acme.example']], decisions: { people } })).toMatchObject(
      matched('contacts', '1', 'email'),
    );
  });

  it('ignores whom a person ignores', () => {
    const people = [{ participantKey: ANA.key, kind: 'ignored' as const, decidedBy: 'Eva' }];
    expect(match({ contacts: [['1', 'ana@acme.example']], decisions: { people } })).toMatchObject({
      kind: 'unmatched',
      cause: 'ignored',
    });
  });
});

describe('matchParticipants by domain', () => {
  const on = { matchByDomain: true };
  it.each<[string, World, object]>([
    ['off', { domains: [['acme.example', '5']] }, { kind: 'unmatched', cause: 'nobody' }],
    ['on', { domains: [['acme.example', '5']], policy: on }, { kind: 'account_by_domain', accountId: '5' }],
    [
      'on, two accounts',
      {
        domains: [
          ['acme.example', '5'],
          ['acme.example', '6'],
        ],
        policy: on,
      },
      { kind: 'ambiguous', by: 'domain' },
    ],
    [
      'on, the same account twice',
      {
        domains: [
          ['acme.example', '5'],
          ['acme.example', '5'],
        ],
        policy: on,
      },
      { kind: 'account_by_domain', accountId: '5' },
    ],
    [
      'on, free mail',
      { who: person('ana@GMAIL.com'), domains: [['gmail.com', '5']], policy: on },
      { kind: 'unmatched', cause: 'free_mail' },
    ],
    [
      'on, own domain',
      { who: person('x@us.example'), domains: [['us.example', '5']], policy: on },
      { kind: 'internal' },
    ],
    [
      'on, known person',
      { contacts: [['1', 'ana@acme.example']], domains: [['acme.example', '5']], policy: on },
      matched('contacts', '1', 'email'),
    ],
  ])('%s', (_what, world, expected) => {
    expect(match(world)).toMatchObject(expected);
  });
});

describe('matchParticipants of nobody', () => {
  it.each<[string, World, object]>([
    ['no address', { who: person(null, { name: 'Ana' }) }, { kind: 'unmatched', cause: 'no_address' }],
    ['an invalid address', { who: person('ana') }, { kind: 'unmatched', cause: 'no_address' }],
    ['free mail', { who: person('ana@gmail.com') }, { kind: 'unmatched', cause: 'free_mail' }],
    ['nobody', {}, { kind: 'unmatched', cause: 'nobody' }],
    ['withheld contacts', { picture: { withheldModules: ['contacts'] } }, { kind: 'unknown', cause: 'withheld' }],
    ['withheld leads', { picture: { withheldModules: ['leads'] } }, { kind: 'unknown', cause: 'withheld' }],
    [
      'withheld, but no address to look for',
      { who: person(null, { name: 'Ana' }), picture: { withheldModules: ['leads'] } },
      { kind: 'unmatched', cause: 'no_address' },
    ],
  ])('tells %s', (_what, world, expected) => {
    expect(match(world)).toMatchObject(expected);
  });

  it('keeps who was known before Zoho withheld the addresses', () => {
    const former = { participantKey: ANA.key, by: 'email' as const, module: 'contacts' as const, recordId: '1' };
    const crm = { contacts: [contact('1', 'Ana')], formerCandidates: [former] };
    expect(match({ picture: { ...crm, withheldModules: ['contacts'] } })).toMatchObject(
      matched('contacts', '1', 'email'),
    );
    expect(match({ picture: crm })).toMatchObject({ kind: 'unmatched', cause: 'nobody' });
  });

  it('says a reason in words, whatever it found', () => {
    const worlds: World[] = [
      {},
      { contacts: [['1', 'ana@acme.example']] },
      { who: person('host@us.example') },
      {
        contacts: [
          ['1', 'ana@acme.example'],
          ['2', 'ana@acme.example'],
        ],
      },
    ];
    expect(worlds.map((world) => match(world).reason)).toEqual([
      'No contact or lead has the address ana@acme.example.',
      'ana@acme.example is an address of the contact Contact 1.',
      'host@us.example is the address of the Zoho user Laura Host.',
      '2 contacts have the address ana@acme.example: a person must choose.',
    ]);
  });
});
