import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associate } from '../../src/domain/associate.ts';
import { countCodePoints } from '../../src/domain/cut-text.ts';
import { decidePublication } from '../../src/domain/decide-publication.ts';
import { recordOfSlot } from '../../src/domain/note-slot.ts';
import { planSync } from '../../src/domain/plan-sync.ts';
import { type Capabilities, EVENT_LINK, type SyncPlan, type Written } from '../../src/domain/sync-plan.ts';
import { shuffled, type World, worlds } from './arbitrary-world.ts';
import {
  account,
  applyPlan,
  capabilities,
  contact,
  DAY_MS,
  deal,
  decisions,
  findCandidates,
  HOST,
  meeting,
  NOTHING_WRITTEN,
  person,
  picture,
  policy,
  STARTS_AT,
} from './samples.ts';

const ANA = person('ana@acme.example', { name: 'Ana' });
const CANDIDATES = findCandidates([ANA], [{ module: 'contacts', id: '1', emails: ['ana@acme.example'] }]);

function world(deals: ReturnType<typeof deal>[] = [], more: Partial<World> = {}): World {
  return {
    meeting: meeting({ participants: [HOST, ANA] }),
    picture: picture({
      contacts: [contact('1', 'Ana', ['10'])],
      accounts: [account('10', 'Acme')],
      candidates: CANDIDATES,
      deals,
    }),
    policy: policy(),
    decisions: decisions(),
    ...more,
  };
}

function plan(world: World, written: Written = NOTHING_WRITTEN, can: Partial<Capabilities> = {}): SyncPlan {
  const evaluation = associate(world.meeting, world.picture, world.policy, world.decisions);
  const publication = decidePublication(world.meeting, evaluation, world.policy, world.decisions);
  return planSync({ ...world, evaluation, publication, written, capabilities: capabilities(can) });
}

const apply = (one: World, written: Written = NOTHING_WRITTEN) => applyPlan(written, plan(one, written));
const actions = ({ operations }: SyncPlan) => operations.map(({ key, action }) => `${action} ${key}`);
const noted = ({ operations }: SyncPlan) =>
  operations.flatMap((one) => (one.action === 'create_note' && one.slot !== 'consolidated' ? [one.slot.slice(8)] : []));
const left = ({ leftOut }: SyncPlan) => leftOut.map(({ module, id, cause }) => `${module}:${id} ${cause}`);
const role = { roles: [{ contactId: '1', role: null }] };

describe('planSync', () => {
  it('creates the event, then the consolidated note, then the primary summary, then the others', () => {
    const first = plan(world([deal('100', 'D', { accountId: '10', ...role })]));
    expect(actions(first)).toEqual([
      'create_event event',
      'create_note note:consolidated',
      'create_note note:summary:deals:100',
      'create_note note:summary:accounts:10',
    ]);
    expect(first.shownOn.map(({ module, id, how }) => `${module}:${id} ${how}`)).toEqual([
      'deals:100 primary',
      'contacts:1 contact',
      'accounts:10 note',
    ]);
    expect(first.cost).toEqual({ calls: 2, credits: 2 });
  });

  it('needs two calls and two credits with up to eight further records, and one credit more beyond', () => {
    const deals = (count: number) =>
      Array.from({ length: count }, (_, at) => deal(String(100 + at), 'D', { accountId: '10', ...role }));
    const eight = plan(world(deals(8)));
    expect(noted(eight)).toHaveLength(9);
    expect(eight.cost).toEqual({ calls: 2, credits: 2 });
    expect(plan(world(deals(9))).cost).toEqual({ calls: 3, credits: 3 });
  });

  it('has nothing to do for an unchanged meeting', () => {
    const one = world([deal('100', 'D', { accountId: '10', ...role })]);
    expect(plan(one, apply(one))).toMatchObject({ operations: [], cost: { calls: 0, credits: 0 } });
  });

  it('takes a database for no difference that reorders keys', () => {
    const one = world([deal('100', 'D', { accountId: '10', ...role })]);
    const turn = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turn)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, turn(inner)]),
            )
          : value;
    expect(plan(one, turn(apply(one)) as Written).operations).toEqual([]);
  });

  it('changes one record for a changed note', () => {
    const one = world([deal('100', 'D', { accountId: '10', ...role })]);
    const notes = [
      { id: 'n', smartCategory: 'Objections', text: 'Too dear', startSeconds: 5, endSeconds: 9, author: null },
    ];
    const changed = { ...one, meeting: { ...one.meeting, notes } };
    const next = plan(changed, apply(one));
    expect(actions(next)).toEqual(['update_note note:consolidated']);
    expect(next.cost).toEqual({ calls: 1, credits: 1 });
  });

  it('sends only the changed keys of the event', () => {
    const one = world();
    const changed = { ...one, meeting: { ...one.meeting, title: 'New', conferenceUrl: null } };
    const [event] = plan(changed, apply(one)).operations;
    expect(event).toMatchObject({ action: 'update_event', changed: ['title', 'venue'] });
  });

  it('updates every summary where the summary changed, and not the event', () => {
    const one = world();
    const changed = {
      ...one,
      meeting: { ...one.meeting, summary: { text: 'Other', topics: [], nextSteps: [], aiScore: 0.87 } },
    };
    expect(actions(plan(changed, apply(one)))).toEqual(['update_note note:summary:accounts:10']);
  });

  it('deletes the notes of associations that ended', () => {
    const one = world([deal('100', 'D', { accountId: '10', ...role })]);
    const next = plan(world([]), apply(one));
    expect(actions(next)).toEqual(['update_event event', 'delete_note note:summary:deals:100']);
  });

  it.each([
    [
      'held',
      {
        decisions: decisions({
          links: [
            { module: 'contacts', id: '1', decision: 'excluded', origin: 'manual', decidedBy: 'Eva', name: 'Ana' },
          ],
        }),
      },
    ],
    ['private', { meeting: meeting({ participants: [HOST, ANA], visibility: 'private' }) }],
  ] as [string, Partial<World>][])('takes everything back when the meeting is %s now', (_what, more) => {
    const next = plan(world([], more), apply(world()));
    expect(actions(next)).toEqual([
      'delete_note note:consolidated',
      'delete_note note:summary:accounts:10',
      'disown_event event:people',
      'delete_event event',
    ]);
    expect(next.shownOn).toEqual([]);
    expect(next.cost).toEqual({ calls: 3, credits: 3 });
    expect(plan(world([], more), applyPlan(apply(world()), next)).operations).toEqual([]);
  });

  it('leaves a published meeting alone while it is processed again', () => {
    const waiting = world([], { meeting: meeting({ participants: [HOST, ANA], summaryAt: null }) });
    const next = plan(waiting, apply(world()));
    expect(next.operations).toEqual([]);
    expect(next.shownOn.map(({ module, id, name, how }) => `${module}:${id} ${name} ${how}`)).toEqual([
      'accounts:10 Acme primary',
      'contacts:1 Ana contact',
    ]);
  });

  it('writes the consolidated note anew where the event is gone, and gives the notes on records its new address', () => {
    const written = { ...apply(world()), event: null };
    expect(actions(plan(world(), written))).toEqual([
      'create_event event',
      'create_note note:consolidated',
      'update_note note:summary:accounts:10',
    ]);
  });

  it('puts a note on its event once the event is known', () => {
    const one = world();
    const written = { ...apply(one), notes: [] };
    expect(plan(one, written).operations[0]).toMatchObject({ after: { parent: { module: 'events', id: 'event-1' } } });
  });
});

describe('planSync and which records get the note', () => {
  const open = deal('101', 'Open', { accountId: '10' });
  const won = deal('102', 'Won', { accountId: '10', isOpen: false });
  const withRole = deal('103', 'Role', { accountId: '10', ...role });
  const withRoleToo = deal('104', 'Role too', { accountId: '10', ...role });

  it('relevant: the accounts and the open deals in which a participant has a role', () => {
    const one = plan(world([open, won, withRole, withRoleToo]));
    expect(noted(one)).toEqual(['deals:103', 'accounts:10', 'deals:104']);
    expect(left(one)).toEqual(['contacts:1 shown_on_event', 'deals:101 not_relevant', 'deals:102 not_relevant']);
  });

  it('relevant: the open deals of the accounts where nobody has a role', () => {
    expect(noted(plan(world([open, won])))).toEqual(['accounts:10', 'deals:101']);
  });

  it('relevant: not those deals while roles are still loading, because unknown is not none', () => {
    const one = plan(world([{ ...open, areRolesLoaded: false }, won]));
    expect(noted(one)).toEqual(['accounts:10']);
    expect(one.leftOut.find(({ id }) => id === '101')?.reason).toContain('still loading');
    expect(noted(plan(world([open, { ...won, areRolesLoaded: false }])))).toEqual(['accounts:10', 'deals:101']);
  });

  it('everything: closed deals included', () => {
    const one = plan(world([open, won, withRole], { policy: policy({ publish: 'everything', noteCap: null }) }));
    expect(noted(one)).toEqual(['deals:103', 'accounts:10', 'deals:101', 'deals:102']);
  });

  it('relevant: a closed deal that a person added', () => {
    const links = [
      {
        module: 'deals' as const,
        id: '102',
        decision: 'added' as const,
        origin: 'manual' as const,
        decidedBy: 'Eva',
        name: '',
      },
    ];
    expect(noted(plan(world([won], { decisions: decisions({ links }) })))).toEqual(['accounts:10', 'deals:102']);
  });

  it.each([
    [0, ['deals:100']],
    [1, ['deals:100', 'accounts:10']],
    [3, ['deals:100', 'accounts:10', 'deals:101', 'deals:102']],
  ])('cap %i counts what comes besides the primary record', (noteCap, expected) => {
    const deals = Array.from({ length: 5 }, (_, at) => deal(String(100 + at), 'D', { accountId: '10', ...role }));
    expect(noted(plan(world(deals, { policy: policy({ noteCap }) })))).toEqual(expected);
  });

  it('gives no note to a record created more than 30 days after the meeting, unless it is primary or asked for', () => {
    const late = STARTS_AT + 31 * DAY_MS;
    const deals = [
      deal('101', 'Primary', { accountId: '10', ...role, createdAt: late }),
      { ...withRole, createdAt: late },
    ];
    const one = world(deals);
    expect(noted(plan(one))).toEqual(['deals:101', 'accounts:10']);
    expect(left(plan(one))).toContain('deals:103 created_later');
    const asked = { ...one, decisions: decisions({ notesWanted: [{ module: 'deals', id: '103' }] }) };
    expect(noted(plan(asked))).toEqual(['deals:101', 'accounts:10', 'deals:103']);
    const within = world([{ ...withRole, createdAt: STARTS_AT + 29 * DAY_MS }, withRoleToo]);
    expect(noted(plan(within))).toContain('deals:104');
  });

  it('gives a wanted note over the cap', () => {
    const wanted = decisions({ notesWanted: [{ module: 'deals', id: '102' }] });
    const one = plan(world([won, withRole, withRoleToo], { policy: policy({ noteCap: 0 }), decisions: wanted }));
    expect(noted(one)).toEqual(['deals:103', 'deals:102']);
  });

  it('leaves a placed note where it is: a better record gets a free place or none', () => {
    const rules = policy({ noteCap: 2 });
    const before = apply(world([open], { policy: rules }));
    expect(before.notes.map((note) => note.slot)).toEqual(['consolidated', 'summary:accounts:10', 'summary:deals:101']);
    const after = plan(world([{ ...open, isOpen: false }, withRole, withRoleToo], { policy: rules }), before);
    // The account was primary and had its note for that; deal 101 is closed now; both stay, so that no place is left.
    expect(actions(after).filter((one) => one.includes('summary'))).toEqual(['create_note note:summary:deals:103']);
    expect(left(after)).toContain('deals:104 over_cap');
  });

  it('puts the summary on the contact where there is no primary record', () => {
    const one = world();
    const alone = { ...one, picture: { ...one.picture, accounts: [] } };
    expect(noted(plan(alone))).toEqual(['contacts:1']);
    expect(plan(alone).shownOn).toMatchObject([{ module: 'contacts', id: '1', how: 'contact' }]);
  });

  it('safe mode: a contact that the event does not show gets a note, in the order of the cap', () => {
    const bob = person('bob@acme.example');
    const one = world([withRole], { meeting: meeting({ participants: [HOST, ANA, bob] }) });
    const candidates = [
      ...CANDIDATES,
      ...findCandidates([bob], [{ module: 'contacts', id: '2', emails: ['bob@acme.example'] }]),
    ];
    const crm = { ...one.picture, contacts: [...one.picture.contacts, contact('2', 'Bob', ['10'])], candidates };
    const safe = plan({ ...one, picture: crm }, NOTHING_WRITTEN, { useParticipants: false });
    expect(noted(safe)).toEqual(['deals:103', 'accounts:10', 'contacts:2']);
    expect(left(safe)).toEqual(['contacts:1 shown_on_event']);
    const full = plan({ ...one, picture: crm });
    expect(left(full)).toEqual(['contacts:1 shown_on_event', 'contacts:2 shown_as_participant']);
  });
});

const abilities: fc.Arbitrary<Partial<Capabilities>> = fc.record({
  useParticipants: fc.boolean(),
  maxParticipants: fc.integer({ min: 0, max: 4 }),
  noteContentLength: fc.constantFrom(1200, 32_000),
  descriptionLength: fc.constantFrom(400, 2000),
  fallbackOwnerId: fc.option(fc.constant('905')),
  participantTypes: fc.subarray(['contact', 'user', 'lead', 'email'] as const),
  showsContact: fc.boolean(),
});
const RUNS = { numRuns: 120 };

describe('planSync, always', () => {
  it('plans nothing after its plan was carried out', () => {
    fc.assert(
      fc.property(worlds, abilities, (one, can) => {
        const written = applyPlan(NOTHING_WRITTEN, plan(one, NOTHING_WRITTEN, can));
        expect(plan(one, written, can).operations).toEqual([]);
      }),
      RUNS,
    );
  });

  it('comes to rest after any change, and never takes a placed note from a record that is still associated', () => {
    fc.assert(
      fc.property(worlds, worlds, abilities, abilities, (first, second, before, after) => {
        const next = { ...second, meeting: { ...second.meeting, id: first.meeting.id } };
        const written = applyPlan(NOTHING_WRITTEN, plan(first, NOTHING_WRITTEN, before));
        const change = plan(next, written, after);
        expect(plan(next, applyPlan(written, change), after).operations).toEqual([]);
        if (change.operations.some((one) => one.action === 'delete_event')) return;
        const { associations } = associate(next.meeting, next.picture, next.policy, next.decisions);
        const still = new Set(associations.map(({ module, id }) => `${module}:${id}`));
        for (const one of change.operations) {
          const record = one.action === 'delete_note' ? recordOfSlot(one.slot) : null;
          const isFurtherPart = one.action === 'delete_note' && /:\d+:\d+$/u.test(one.slot);
          if (record !== null && !isFurtherPart) expect(still.has(`${record.module}:${record.id}`)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  it('is the same whatever the order of its input', () => {
    const pairs = worlds.chain((one) => fc.tuple(fc.constant(one), shuffled(one)));
    fc.assert(
      fc.property(pairs, abilities, ([one, mixed], can) => {
        expect(plan(mixed, NOTHING_WRITTEN, can)).toEqual(plan(one, NOTHING_WRITTEN, can));
      }),
      RUNS,
    );
  });

  it('has unique keys, keeps to every length and to the cap, and shows or leaves out every association', () => {
    fc.assert(
      fc.property(worlds, abilities, (one, can) => {
        const result = plan(one, NOTHING_WRITTEN, can);
        const limits = capabilities(can);
        const keys = result.operations.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        for (const operation of result.operations) {
          if (operation.action === 'create_event') {
            const { participants, description } = operation.after;
            expect(participants.length).toBeLessThanOrEqual(limits.useParticipants ? limits.maxParticipants : 0);
            expect(countCodePoints(description)).toBeLessThanOrEqual(limits.descriptionLength);
            const types = limits.participantTypes;
            expect(participants.filter(({ type }) => types?.includes(type) === false)).toEqual([]);
            if (limits.showsContact === false) expect(operation.after.contactId).toBe(null);
          }
          if (operation.action !== 'create_note') continue;
          const sent = operation.after.content.replaceAll(EVENT_LINK, 'x'.repeat(120));
          expect(countCodePoints(sent)).toBeLessThanOrEqual(limits.noteContentLength);
          expect(operation.after.content.endsWith(`salescaling:${one.meeting.id}:${operation.slot}`)).toBe(true);
        }
        if (result.operations.length === 0) return;
        const wanted = new Set(one.decisions.notesWanted.map(({ module, id }) => `${module}:${id}`));
        const others = new Set(noted(result).map((slot) => slot.split(':').slice(0, 2).join(':')));
        const free = [...others].filter((key) => !wanted.has(key)).length - 1;
        expect(free).toBeLessThanOrEqual(Math.max(0, one.policy.noteCap ?? 1000));
        const { associations } = associate(one.meeting, one.picture, one.policy, one.decisions);
        const seen = result.shownOn.map(({ module, id }) => `${module}:${id}`);
        const unseen = result.leftOut
          .filter(({ cause }) => !cause.startsWith('shown_'))
          .map(({ module, id }) => `${module}:${id}`);
        expect([...seen, ...unseen].sort()).toEqual(associations.map(({ module, id }) => `${module}:${id}`).sort());
      }),
      RUNS,
    );
  });
});
