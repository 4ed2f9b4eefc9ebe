import { describe, expect, it } from 'vitest';
import { associate } from '../../src/domain/associate.ts';
import type { Evaluation } from '../../src/domain/association.ts';
import type { CrmPicture } from '../../src/domain/crm-picture.ts';
import type { Decisions, LinkDecision } from '../../src/domain/decision.ts';
import { pathInWords } from '../../src/domain/path-in-words.ts';
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
} from './samples.ts';

const ANA = person('ana@acme.example');
const BOB = person('bob@acme.example');
const PEOPLE = [HOST, ANA, BOB];
const BOOK = [
  { module: 'contacts' as const, id: '1', emails: ['ana@acme.example'] },
  { module: 'contacts' as const, id: '2', emails: ['bob@acme.example'] },
];

const ACME: Partial<CrmPicture> = {
  contacts: [contact('1', 'Ana Pérez', ['10']), contact('2', 'Bob', ['10', '11'])],
  accounts: [account('10', 'Acme'), account('11', 'Bobs own')],
  deals: [
    deal('100', 'Renewal 2026', { accountId: '10', roles: [{ contactId: '1', role: 'Decision Maker' }] }),
    deal('101', 'Upsell', { accountId: '10' }),
    deal('102', 'Won 24', { accountId: '10', isOpen: false, stage: 'Closed Won', closingDate: '2024-05-01' }),
    deal('103', 'Elsewhere', { accountId: '99', contactId: '2' }),
    deal('104', 'Not ours', { accountId: '99' }),
  ],
  candidates: findCandidates(PEOPLE, BOOK),
};

type World = { crm?: Partial<CrmPicture>; decisions?: Partial<Decisions>; policy?: Parameters<typeof policy>[0] };

function run(world: World = {}, people = PEOPLE): Evaluation {
  return associate(
    meeting({ participants: people }),
    picture({ ...ACME, ...world.crm }),
    policy(world.policy),
    decisions(world.decisions),
  );
}

const keys = (list: { module: string; id: string }[]) => list.map(({ module, id }) => `${module}:${id}`);
const find = (evaluation: Evaluation, key: string) =>
  evaluation.associations.find(({ module, id }) => `${module}:${id}` === key);
const decide = (key: string, decision: LinkDecision['decision'], more: Partial<LinkDecision> = {}): LinkDecision => {
  const [module, id] = key.split(':') as [LinkDecision['module'], string];
  return { module, id, decision, origin: 'manual', decidedBy: 'Eva', name: `${key} by name`, ...more };
};

describe('associate, everything', () => {
  it('links contacts, their accounts, their deals and the deals of the accounts, in the total order', () => {
    expect(keys(run().associations)).toEqual([
      'accounts:10',
      'accounts:11',
      'contacts:1',
      'contacts:2',
      'deals:100',
      'deals:103',
      'deals:101',
      'deals:102',
    ]);
  });

  it('says the path and the reason of every link in words', () => {
    const lines = run().associations.map((link) => `${pathInWords(link.path)} | ${link.reason} | ${link.origin}`);
    expect(lines).toEqual([
      'ana@acme.example → Ana Pérez → Acme | Ana Pérez belongs to Acme. | cascade',
      'bob@acme.example → Bob → Bobs own | Bob belongs to Bobs own. | cascade',
      'ana@acme.example → Ana Pérez | ana@acme.example is an address of the contact Ana Pérez. | direct',
      'bob@acme.example → Bob | bob@acme.example is an address of the contact Bob. | direct',
      'ana@acme.example → Ana Pérez → Renewal 2026 | Ana Pérez has the role Decision Maker in Renewal 2026. | cascade',
      'bob@acme.example → Bob → Elsewhere | Bob is the primary contact of Elsewhere. | cascade',
      'ana@acme.example → Ana Pérez → Acme → Upsell | Upsell is a deal of Acme. | cascade',
      'ana@acme.example → Ana Pérez → Acme → Won 24 | Won 24 is a deal of Acme. | cascade',
    ]);
  });

  it('counts who leads to a record', () => {
    const evaluation = run();
    expect(find(evaluation, 'accounts:10')).toMatchObject({ participantKeys: [ANA.key, BOB.key], matchedCount: 2 });
    expect(find(evaluation, 'deals:100')).toMatchObject({ participantKeys: [ANA.key], matchedCount: 1 });
    expect(find(evaluation, 'deals:101')).toMatchObject({ participantKeys: [ANA.key, BOB.key], matchedCount: 0 });
  });

  it('does not lead from a deal to its account, nor from a lead to anything', () => {
    const crm = {
      leads: [lead('7', 'Ana Lead')],
      contacts: [contact('2', 'Bob')],
      candidates: findCandidates(PEOPLE, [
        { module: 'leads', id: '7', emails: ['ana@acme.example'] },
        { module: 'contacts', id: '2', emails: ['bob@acme.example'] },
      ]),
    };
    expect(keys(run({ crm }).associations)).toEqual(['contacts:2', 'leads:7', 'deals:103']);
  });

  it('links the account of an unknown person by domain, and its deals', () => {
    const domainCandidates = [{ participantKey: ANA.key, domain: 'acme.example', accountId: '10' }];
    const evaluation = run({ crm: { candidates: [], domainCandidates }, policy: { matchByDomain: true } });
    expect(keys(evaluation.associations)).toEqual(['accounts:10', 'deals:100', 'deals:101', 'deals:102']);
    expect(find(evaluation, 'accounts:10')).toMatchObject({ origin: 'direct', matchedCount: 1 });
    const off = run({ crm: { candidates: [], domainCandidates } });
    expect(off.associations).toEqual([]);
    expect(off.notLinked).toMatchObject([{ module: 'accounts', id: '10', cause: 'domain_match_off' }]);
  });

  it('takes the id above 2^53 as text: the shorter is the smaller', () => {
    const deals = ['6001234000000129883', '6001234000000129882', '999'].map((id) => deal(id, id, { accountId: '10' }));
    expect(keys(run({ crm: { deals } }).associations).slice(-3)).toEqual([
      'deals:999',
      'deals:6001234000000129882',
      'deals:6001234000000129883',
    ]);
  });
});

describe('associate and what is not linked', () => {
  it('names ambiguous candidates and links none of them', () => {
    const crm = {
      contacts: [contact('1', 'Ana', ['10']), contact('3', 'Ana again', ['11'])],
      candidates: findCandidates(
        [ANA],
        ['1', '3'].map((id) => ({ module: 'contacts', id, emails: ['ana@acme.example'] })),
      ),
    };
    const evaluation = run({ crm });
    expect(evaluation.associations).toEqual([]);
    expect(evaluation.notLinked.map(({ id, cause }) => [id, cause])).toEqual([
      ['1', 'ambiguous'],
      ['3', 'ambiguous'],
    ]);
  });

  it.each([
    ['a lead', 'leads', 'ana@acme.example', 'The lead Other has the same address, but a contact outranks a lead.'],
    [
      'a tag',
      'contacts',
      'ana+x@acme.example',
      'The contact Other has the address only without its tag, and an exact one exists.',
    ],
  ] as const)('says why %s was outranked', (_what, module, email, reason) => {
    const others = { leads: [lead('50', 'Other')], contacts: [...(ACME.contacts ?? []), contact('50', 'Other')] };
    const candidates = findCandidates(PEOPLE, [...BOOK, { module, id: '50', emails: [email] }]);
    expect(run({ crm: { ...others, candidates } }).notLinked).toMatchObject([
      { module, id: '50', cause: 'outranked', reason },
    ]);
  });

  it('says that a colleague who is stored as a contact is not linked', () => {
    const candidates = findCandidates([HOST], [{ module: 'contacts', id: '1', emails: ['host@us.example'] }]);
    const [entry] = run({ crm: { candidates } }, [HOST]).notLinked;
    expect(entry).toMatchObject({ id: '1', cause: 'outranked' });
    expect(entry?.reason).toContain('one of us');
  });

  it('lists the deals whose roles are unknown, and only if somebody could have one', () => {
    const deals = [
      deal('100', 'Known', { accountId: '10' }),
      deal('102', 'Unknown', { accountId: '10', areRolesLoaded: false }),
      deal('104', 'Out of reach', { accountId: '99', areRolesLoaded: false }),
    ];
    expect(run({ crm: { deals } }).dealsWithUnknownRoles).toEqual(['102']);
    const domainCandidates = [{ participantKey: ANA.key, domain: 'acme.example', accountId: '10' }];
    const byDomain = run({ crm: { deals, candidates: [], domainCandidates }, policy: { matchByDomain: true } });
    expect(keys(byDomain.associations)).toContain('deals:102');
    expect(byDomain.dealsWithUnknownRoles).toEqual([]);
  });

  it('keeps deals in mind that only an unread role could link', () => {
    const deals = [deal('102', 'Unknown', { accountId: '10', areRolesLoaded: false })];
    const evaluation = run({ crm: { deals }, decisions: { links: [decide('accounts:10', 'excluded')] } });
    expect(evaluation.dealsWithUnknownRoles).toEqual(['102']);
    expect(evaluation.notLinked).toMatchObject([
      { module: 'accounts', cause: 'excluded' },
      { module: 'deals', id: '102', cause: 'roles_unknown' },
    ]);
  });
});

describe('associate and what people decided', () => {
  it('excludes a contact and whatever only it leads to', () => {
    const evaluation = run({ decisions: { links: [decide('contacts:2', 'excluded')] } });
    expect(keys(evaluation.associations)).toEqual(['accounts:10', 'contacts:1', 'deals:100', 'deals:101', 'deals:102']);
    expect(evaluation.notLinked).toMatchObject([{ module: 'contacts', id: '2', cause: 'excluded' }]);
    expect(evaluation.notLinked[0]?.reason).toBe('Eva excluded Bob. Nothing is linked through it.');
  });

  it('excludes an account, and keeps the deals that a role leads to', () => {
    const evaluation = run({ decisions: { links: [decide('accounts:10', 'excluded')] } });
    expect(keys(evaluation.associations)).toEqual([
      'accounts:11',
      'contacts:1',
      'contacts:2',
      'deals:100',
      'deals:103',
    ]);
  });

  it('shows an exclusion also where nothing would lead there', () => {
    const evaluation = run({ decisions: { links: [decide('deals:555', 'excluded')] } });
    expect(evaluation.notLinked).toMatchObject([{ id: '555', cause: 'excluded', path: [], name: 'deals:555 by name' }]);
  });

  it('keeps a pinned link when nothing leads to it any more, as long as the record exists', () => {
    const links = [decide('deals:104', 'pinned'), decide('deals:777', 'pinned')];
    const evaluation = run({ decisions: { links } });
    expect(find(evaluation, 'deals:104')).toMatchObject({
      origin: 'manual',
      decision: 'pinned',
      reason: 'Eva pinned this link.',
    });
    expect(find(evaluation, 'deals:777')).toBeUndefined();
  });

  it('keeps origin and path of a pinned link that is derived', () => {
    const evaluation = run({ decisions: { links: [decide('deals:101', 'pinned')] } });
    expect(find(evaluation, 'deals:101')).toMatchObject({ origin: 'cascade', decision: 'pinned' });
  });

  it('says of a derived link who decided it in Zoho', () => {
    const derived = find(run({}), 'deals:101')?.reason ?? 'none';
    const links = [decide('deals:101', 'pinned', { origin: 'zoho' })];
    const told = find(run({ decisions: { links } }), 'deals:101');
    expect(told).toMatchObject({ decision: 'pinned', reason: `${derived} Decided in Zoho by Eva.` });
  });

  it('cascades from an added contact', () => {
    const links = [decide('contacts:2', 'added', { origin: 'zoho' })];
    const evaluation = run({ crm: { candidates: [] }, decisions: { links } });
    expect(keys(evaluation.associations)).toEqual([
      'accounts:10',
      'accounts:11',
      'contacts:2',
      'deals:100',
      'deals:101',
      'deals:103',
      'deals:102',
    ]);
    expect(find(evaluation, 'contacts:2')).toMatchObject({ origin: 'zoho', reason: 'Eva added this link in Zoho.' });
    expect(pathInWords(find(evaluation, 'deals:101')?.path ?? [])).toBe('Bob → Acme → Upsell');
  });

  it('prefers the way of a participant to one by hand that is as long', () => {
    const deals = [deal('101', 'Upsell', { accountId: '11', contactId: '1' })];
    const links = [decide('contacts:3', 'added')];
    const crm = { deals, contacts: [contact('1', 'Ana'), contact('3', 'Dan', ['11'])] };
    const evaluation = run({ crm, decisions: { links } }, [HOST, ANA]);
    expect(pathInWords(find(evaluation, 'deals:101')?.path ?? [])).toBe('ana@acme.example → Ana → Upsell');
  });

  it('explains a link by a participant rather than by hand where both lead there', () => {
    const evaluation = run({ decisions: { links: [decide('accounts:10', 'added')] } });
    expect(pathInWords(find(evaluation, 'deals:101')?.path ?? [])).toBe('ana@acme.example → Ana Pérez → Acme → Upsell');
  });
});

describe('associate, focused', () => {
  const many = Array.from({ length: 12 }, (_, at) => deal(String(200 + at), `Deal ${at}`, { accountId: '10' }));
  const dealsOf = (evaluation: Evaluation) =>
    evaluation.associations.flatMap((link) => (link.module === 'deals' ? [link.id] : []));
  const causes = (evaluation: Evaluation) => evaluation.notLinked.map(({ id, cause }) => `${id} ${cause}`);
  const focused = (more: object = {}) => ({ cascade: 'focused' as const, focused: more });

  it('takes open deals only', () => {
    const evaluation = run({ policy: focused() });
    expect(dealsOf(evaluation)).toEqual(['100', '103', '101']);
    expect(causes(evaluation)).toEqual(['102 closed']);
  });

  it('takes the first ten by the deal order, and says so', () => {
    const crm = { deals: [...many, deal('300', 'With role', { accountId: '10', contactId: '1' })] };
    const evaluation = run({ crm, policy: focused() });
    expect(dealsOf(evaluation)).toEqual(['300', '200', '201', '202', '203', '204', '205', '206', '207', '208']);
    expect(causes(evaluation)).toEqual(['209 over_limit', '210 over_limit', '211 over_limit']);
  });

  it('links none above the limit where a person is to be asked, but what the person chose', () => {
    const links = [decide('deals:205', 'pinned')];
    const evaluation = run({ crm: { deals: many }, policy: focused({ askAbove: true }), decisions: { links } });
    expect(dealsOf(evaluation)).toEqual(['205']);
    expect(new Set(evaluation.notLinked.map((entry) => entry.cause))).toEqual(new Set(['ask_above_limit']));
    expect(dealsOf(run({ crm: { deals: many.slice(2) }, policy: focused({ askAbove: true }) }))).toHaveLength(10);
  });

  it('counts no deal that only a person linked', () => {
    const ten = many.slice(2);
    const links = [decide('deals:104', 'added')];
    const deals = [...ten, deal('104', 'Added', { accountId: '99' })];
    for (const askAbove of [true, false]) {
      const evaluation = run({ crm: { deals }, policy: focused({ askAbove }), decisions: { links } });
      expect(dealsOf(evaluation)).toHaveLength(11);
    }
  });

  it('pushes no link out for a pinned one', () => {
    const crm = { deals: many };
    const links = [decide('deals:211', 'pinned')];
    expect(dealsOf(run({ crm, policy: focused(), decisions: { links } }))).toEqual([
      ...dealsOf(run({ crm, policy: focused() })),
      '211',
    ]);
  });

  it('takes chosen pipelines only', () => {
    const deals = [
      deal('1', 'A', { accountId: '10', pipeline: 'Standard' }),
      deal('2', 'B', { accountId: '10', pipeline: 'Partner' }),
      deal('3', 'C', { accountId: '10' }),
    ];
    const evaluation = run({ crm: { deals }, policy: focused({ pipelines: ['Standard'] }) });
    expect([dealsOf(evaluation), causes(evaluation)]).toEqual([['1'], ['2 other_pipeline', '3 other_pipeline']]);
  });

  it.each([
    ['open now, created before', { isOpen: true, createdAt: STARTS_AT - 99 * DAY_MS }, true],
    ['open now, created within the window after', { isOpen: true, createdAt: STARTS_AT + 7 * DAY_MS }, true],
    ['open now, created after the window', { isOpen: true, createdAt: STARTS_AT + 8 * DAY_MS }, false],
    ['closed since', { isOpen: false, closingDate: '2026-12-24' }, true],
    ['closed on the first day of the window', { isOpen: false, closingDate: '2026-11-13' }, true],
    ['closed before the window', { isOpen: false, closingDate: '2026-11-12' }, false],
    ['closed, nobody knows when', { isOpen: false, closingDate: null }, false],
  ])('with a window of 7 days: %s', (_what, more, isLinked) => {
    const deals = [deal('1', 'A', { accountId: '10', ...more })];
    const evaluation = run({ crm: { deals }, policy: focused({ windowDays: 7 }) });
    expect(dealsOf(evaluation)).toEqual(isLinked ? ['1'] : []);
    expect(causes(evaluation)).toEqual(isLinked ? [] : ['1 outside_window']);
  });
});

describe('associate at size', () => {
  it('costs what a meeting reaches, also where an account has 3,000 deals', () => {
    const roles = PEOPLE.map((_, at) => ({ contactId: String(at), role: null }));
    const deals = Array.from({ length: 3000 }, (_, at) =>
      deal(String(1000 + at), `Deal ${at}`, { accountId: '10', roles }),
    );
    const crm = picture({ ...ACME, deals });
    const one = meeting({ participants: PEOPLE });
    associate(one, crm, policy(), decisions());
    const startedAt = performance.now();
    for (let round = 0; round < 20; round += 1) associate(one, crm, policy(), decisions());
    // Some 30 ms a round on a busy machine; work that grows with deals times roles times people needs seconds.
    expect((performance.now() - startedAt) / 20).toBeLessThan(1000);
    expect(associate(one, crm, policy(), decisions()).associations).toHaveLength(3004);
  });
});
