import fc from 'fast-check';
import type { CrmModule, CrmPicture } from '../../src/domain/crm-picture.ts';
import type { Decisions, LinkDecision, PersonDecision } from '../../src/domain/decision.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import type { Policy } from '../../src/domain/policy.ts';
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
  user,
} from './samples.ts';

export type World = { meeting: Meeting; picture: CrmPicture; policy: Policy; decisions: Decisions };

/** Few ids and few addresses, so that records, people and decisions meet each other all the time. */
const CONTACT_IDS = ['1', '2', '3', '4', '5'];
const ACCOUNT_IDS = ['10', '11', '12'];
const DEAL_IDS = Array.from({ length: 14 }, (_, at) => String(95 + at));
const LEAD_IDS = ['50', '51'];
const ADDRESSES = ['a@x.example', 'a+t@x.example', 'b@x.example', 'c@y.example', 'd@gmail.com', 'host@us.example'];
const STRANGERS = ['z@y.example', 'colleague@us.example', 'pat@nowhere.example'];

const people = fc.uniqueArray(fc.constantFrom(...ADDRESSES, ...STRANGERS), { maxLength: 6 }).chain((emails) =>
  fc
    .array(fc.constantFrom('organizer' as const, 'attendee' as const, 'attendee' as const), {
      minLength: emails.length,
      maxLength: emails.length,
    })
    .map((roles) => [HOST, ...emails.map((email, at) => person(email, { role: roles[at] ?? 'attendee' }))]),
);

const moment = fc.option(fc.integer({ min: -60, max: 60 }).map((days) => STARTS_AT + days * DAY_MS));
const subset = <T>(values: T[]) => fc.subarray(values);

const contacts = subset(CONTACT_IDS).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc
        .tuple(subset(ACCOUNT_IDS), moment)
        .map(([accounts, createdAt]) => contact(id, `Contact ${id}`, accounts, { createdAt })),
    ),
  ),
);
const leads = subset(LEAD_IDS).map((ids) => ids.map((id) => lead(id, `Lead ${id}`)));
const accounts = fc
  .tuple(subset(ACCOUNT_IDS), moment)
  .map(([ids, createdAt]) => ids.map((id) => account(id, `Account ${id}`, { createdAt })));
const deals = subset(DEAL_IDS).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc
        .record({
          accountId: fc.option(fc.constantFrom(...ACCOUNT_IDS, '99')),
          contactId: fc.option(fc.constantFrom(...CONTACT_IDS), { freq: 1 }),
          roles: fc.array(
            fc.record({
              contactId: fc.constantFrom(...CONTACT_IDS),
              role: fc.option(fc.constantFrom('Buyer', 'User')),
            }),
            { maxLength: 2 },
          ),
          areRolesLoaded: fc.boolean(),
          isOpen: fc.boolean(),
          pipeline: fc.option(fc.constantFrom('Standard', 'Partner')),
          closingDate: fc.option(fc.constantFrom('2026-10-01', '2026-11-19', '2026-12-31')),
          createdAt: moment,
        })
        .map((more) => deal(id, `Deal ${id}`, more)),
    ),
  ),
);

const addressBook = fc.array(
  fc.oneof(
    fc.record({
      module: fc.constant('contacts' as const),
      id: fc.constantFrom(...CONTACT_IDS),
      emails: fc.array(fc.constantFrom(...ADDRESSES), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({
      module: fc.constant('leads' as const),
      id: fc.constantFrom(...LEAD_IDS),
      emails: fc.array(fc.constantFrom(...ADDRESSES), { minLength: 1, maxLength: 1 }),
    }),
  ),
  { maxLength: 8 },
);

const anyRecord = fc.oneof(
  fc.record({ module: fc.constant<CrmModule>('contacts'), id: fc.constantFrom(...CONTACT_IDS) }),
  fc.record({ module: fc.constant<CrmModule>('accounts'), id: fc.constantFrom(...ACCOUNT_IDS) }),
  fc.record({ module: fc.constant<CrmModule>('deals'), id: fc.constantFrom(...DEAL_IDS) }),
  fc.record({ module: fc.constant<CrmModule>('leads'), id: fc.constantFrom(...LEAD_IDS) }),
);

const links: fc.Arbitrary<LinkDecision[]> = fc.uniqueArray(
  fc
    .tuple(anyRecord, fc.constantFrom('pinned' as const, 'excluded' as const, 'added' as const))
    .map(([record, decision]) => ({
      ...record,
      decision,
      origin: 'manual' as const,
      decidedBy: 'Eva',
      name: 'by name',
    })),
  { maxLength: 4, selector: ({ module, id }) => `${module}:${id}` },
);

const peopleDecided: fc.Arbitrary<PersonDecision[]> = fc.uniqueArray(
  fc.oneof(
    fc.record({
      participantKey: fc.constantFrom(...ADDRESSES.map((email) => `email:${email}`)),
      kind: fc.constant('chosen' as const),
      module: fc.constant('contacts' as const),
      recordId: fc.constantFrom(...CONTACT_IDS),
      decidedBy: fc.constant('Eva'),
    }),
    fc.record({
      participantKey: fc.constantFrom(...ADDRESSES.map((email) => `email:${email}`)),
      kind: fc.constant('ignored' as const),
      decidedBy: fc.constant('Eva'),
    }),
  ),
  { maxLength: 2, selector: ({ participantKey }) => participantKey },
);

const policies = fc
  .record({
    matchByDomain: fc.boolean(),
    cascade: fc.constantFrom('everything' as const, 'focused' as const),
    publish: fc.constantFrom('relevant' as const, 'everything' as const),
    noteCap: fc.option(fc.integer({ min: 0, max: 5 })),
    publishUnmatched: fc.boolean(),
    publishInternal: fc.boolean(),
    describeContent: fc.boolean(),
    focused: fc.record({
      maxDeals: fc.integer({ min: 0, max: 6 }),
      pipelines: fc.option(fc.constant<string[]>(['Standard'])),
      windowDays: fc.option(fc.integer({ min: 0, max: 40 })),
      askAbove: fc.boolean(),
    }),
  })
  .map((chosen) => policy(chosen));

/** A small CRM, a meeting in it, an organization's policy and what people decided. */
export const worlds: fc.Arbitrary<World> = fc
  .record({
    people,
    contacts,
    leads,
    accounts,
    deals,
    addressBook,
    links,
    peopleDecided,
    policy: policies,
    notesWanted: fc.array(anyRecord, { maxLength: 2 }),
    withheldModules: fc.constantFrom<('contacts' | 'leads')[]>([], [], ['contacts']),
    domains: subset(ACCOUNT_IDS),
  })
  .map((parts) => ({
    meeting: meeting({ participants: parts.people }),
    picture: picture({
      contacts: parts.contacts,
      leads: parts.leads,
      accounts: parts.accounts,
      deals: parts.deals,
      users: [user('900', 'Laura Host', 'host@us.example')],
      candidates: findCandidates(parts.people, parts.addressBook),
      domainCandidates: parts.people
        .filter((one) => one.email?.endsWith('y.example'))
        .flatMap(({ key }) =>
          parts.domains.map((accountId) => ({ participantKey: key, domain: 'y.example', accountId })),
        ),
      withheldModules: parts.withheldModules,
    }),
    policy: parts.policy,
    decisions: decisions({ links: parts.links, people: parts.peopleDecided, notesWanted: parts.notesWanted }),
  }));

/** The same world with every list in another order. */
export function shuffled(world: World): fc.Arbitrary<World> {
  const mix = <T>(list: readonly T[]) => fc.shuffledSubarray([...list], { minLength: list.length });
  const { picture: crm, decisions: decided } = world;
  return fc
    .record({
      participants: mix(world.meeting.participants),
      contacts: mix(crm.contacts),
      leads: mix(crm.leads),
      accounts: mix(crm.accounts),
      deals: mix(crm.deals),
      candidates: mix(crm.candidates),
      domainCandidates: mix(crm.domainCandidates),
      links: mix(decided.links),
      people: mix(decided.people),
      isRoleOrderTurned: fc.boolean(),
    })
    .map(({ participants, links: mixedLinks, people: mixedPeople, isRoleOrderTurned, ...records }) => ({
      meeting: { ...world.meeting, participants },
      picture: {
        ...crm,
        ...records,
        deals: records.deals.map((one) => ({
          ...one,
          roles: isRoleOrderTurned ? [...one.roles].reverse() : one.roles,
        })),
      },
      policy: world.policy,
      decisions: { ...decided, links: mixedLinks, people: mixedPeople },
    }));
}
