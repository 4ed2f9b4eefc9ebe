import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associate } from '../../src/domain/associate.ts';
import { canonicalEmail } from '../../src/domain/canonical-email.ts';
import { canonicalPhone } from '../../src/domain/canonical-phone.ts';
import type { Candidate, CrmPicture } from '../../src/domain/crm-picture.ts';
import { decidePublication } from '../../src/domain/decide-publication.ts';
import type { Decisions } from '../../src/domain/decision.ts';
import type { Meeting } from '../../src/domain/meeting.ts';
import { participantKey } from '../../src/domain/participant-key.ts';
import { planSync } from '../../src/domain/plan-sync.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Capabilities, EventContent } from '../../src/domain/sync-plan.ts';
import { expectMeeting, type NaivePolicy } from '../../tools/demo/naive/expect-meeting.ts';
import { readSeedMeetings, type SeedAttendee, type SeedMeeting } from '../../tools/demo/naive/read-seed-meetings.ts';
import { readWorld, type World } from '../../tools/demo/naive/read-world.ts';

/** The plain loops of the demo and the product's rules were written apart from each other: here they meet on the same data. */

const FOLDERS = [
  ['the sample', join(import.meta.dirname, '../../sample')],
  ['the reference data', join(import.meta.dirname, '../../../shared/data')],
] as const;

const POLICIES: NaivePolicy[] = [
  { policy: 'everything', publish: 'relevant', cap: 10 },
  { policy: 'everything', publish: 'everything', cap: null },
  { policy: 'everything', publish: 'everything', cap: 3 },
  { policy: 'focused', publish: 'relevant', cap: 0 },
  { policy: 'focused', publish: 'everything', cap: 10 },
];

const SEEDED_AT = Date.parse('2022-01-01');
const NOTHING_DECIDED: Decisions = { links: [], people: [], publishAnyway: false, notesWanted: [] };
const CAPABILITIES: Capabilities = {
  useParticipants: true,
  maxParticipants: 50,
  titleLength: 255,
  descriptionLength: 32_000,
  venueLength: 255,
  noteTitleLength: 120,
  noteContentLength: 32_000,
  hasActivityTypeField: false,
  hasAiScoreField: false,
  hasRecordingField: false,
  fallbackOwnerId: null,
  meetingUrl: 'http://localhost/meetings/',
};

describe.for(FOLDERS)('%s', ([, folder]) => {
  it('leads to the same, whatever the policy', ({ skip }) => {
    if (!existsSync(folder)) skip(`${folder} is not there`);
    const world = readWorld(folder);
    for (const seed of readSeedMeetings(folder)) {
      for (const policy of POLICIES) expect(ofProduct(seed, world, policy)).toEqual(ofPlainLoops(seed, world, policy));
    }
  }, 60_000);

  it('leads to the same for people thrown together', ({ skip }) => {
    if (!existsSync(folder)) skip(`${folder} is not there`);
    const world = readWorld(folder);
    fc.assert(
      fc.property(meetingIn(world), fc.constantFrom(...POLICIES), (seed, policy) => {
        expect(ofProduct(seed, world, policy)).toEqual(ofPlainLoops(seed, world, policy));
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});

type Outcome = {
  state: string;
  matches: string[];
  associations: string[];
  primary: string | null;
  contactId: string | null;
  shownPeople: string[];
  summaryNotes: string[];
};

function ofPlainLoops(seed: SeedMeeting, world: World, policy: NaivePolicy): Outcome {
  const expected = expectMeeting(seed, world, policy);
  return {
    state: expected.state,
    matches: expected.matches
      .map((match) => (match.kind === 'matched' ? `${match.module}:${match.id}` : match.kind))
      .sort(),
    associations: [...expected.associations].sort(),
    primary: expected.primary,
    contactId: expected.contactId,
    shownPeople: [...expected.shownPeople].sort(),
    summaryNotes: [...expected.summaryNotes].sort(),
  };
}

function ofProduct(seed: SeedMeeting, world: World, naive: NaivePolicy): Outcome {
  const meeting = toMeeting(seed);
  const picture = pictureOf(meeting, world);
  const policy = policyOf(world, naive);
  const evaluation = associate(meeting, picture, policy, NOTHING_DECIDED);
  const publication = decidePublication(meeting, evaluation, policy, NOTHING_DECIDED);
  const input = { meeting, picture, evaluation, publication, policy, decisions: NOTHING_DECIDED };
  const plan = planSync({ ...input, written: { event: null, notes: [] }, capabilities: CAPABILITIES });
  const event = plan.operations.flatMap((one) => (one.action === 'create_event' ? [one.after] : []))[0];
  const notes = plan.operations.flatMap((one) => (one.action === 'create_note' ? [one.after.parent] : []));
  const summaryNotes = notes.flatMap(({ module, id }) => (module === 'events' ? [] : [`${module}:${id}`]));
  const states = { publish: 'published', not_published: 'notPublished', held: 'held', waiting: 'waiting' };
  return {
    state: states[publication.kind],
    matches: evaluation.matches
      .map((match) => (match.kind === 'matched' ? `${match.module}:${match.recordId}` : match.kind))
      .sort(),
    associations: evaluation.associations.map(({ module, id }) => `${module}:${id}`).sort(),
    primary: event?.primary ? `${event.primary.module}:${event.primary.id}` : null,
    contactId: event?.contactId ?? null,
    shownPeople: [
      ...new Set([...peopleOn(event), ...summaryNotes].filter((key) => /^(contacts|leads):/.test(key))),
    ].sort(),
    summaryNotes: [...new Set(summaryNotes)].sort(),
  };
}

function peopleOn(event: EventContent | undefined): string[] {
  if (event === undefined) return [];
  return [
    ...(event.primary === null ? [] : [`${event.primary.module}:${event.primary.id}`]),
    ...(event.contactId === null ? [] : [`contacts:${event.contactId}`]),
    ...event.participants.flatMap((one) =>
      one.type === 'contact' || one.type === 'lead' ? [`${one.type}s:${one.id}`] : [],
    ),
  ];
}

function toMeeting(seed: SeedMeeting): Meeting {
  const blank = { kind: null, activityType: null, conferenceUrl: null, recordingUrl: null, summary: null };
  return {
    ...blank,
    id: 'meeting-1',
    externalId: seed.externalId,
    title: seed.title,
    startsAt: seed.startsAt,
    endsAt: seed.endsAt,
    timeZone: 'UTC',
    visibility: seed.isPrivate ? 'private' : 'organization',
    participants: seed.people.map((person) => {
      const address = { name: person.name || null, email: person.email || null, phone: person.phone || null };
      return {
        ...address,
        key: participantKey(address),
        role: person.isHost ? 'organizer' : 'attendee',
        attended: null,
      };
    }),
    notes: [],
    clips: [],
    summaryAt: seed.endsAt,
    notesAt: seed.endsAt,
  };
}

function policyOf(world: World, { policy, publish, cap }: NaivePolicy): Policy {
  return {
    internalDomains: world.internalDomains,
    freeMailDomains: [],
    matchByDomain: false,
    cascade: policy,
    focused: { maxDeals: 10, pipelines: null, windowDays: null, askAbove: false },
    publish,
    noteCap: cap,
    publishInternal: false,
    publishUnmatched: false,
    lateRecordDays: 30,
    newPeopleDays: 90,
    describeContent: false,
    smartCategoryOrder: [],
    unsureEvent: 'wait',
  };
}

/** The whole CRM as the picture: what lies out of reach must not matter. Only the candidates are looked up, as SQL would. */
function pictureOf(meeting: Meeting, world: World): CrmPicture {
  const records = RECORDS.get(world) ?? recordsOf(world);
  RECORDS.set(world, records);
  return { ...records, candidates: meeting.participants.flatMap((person) => candidatesOf(person, world)) };
}

const RECORDS = new WeakMap<World, Omit<CrmPicture, 'candidates'>>();

function recordsOf({ contacts, leads, accounts, deals, users }: World): Omit<CrmPicture, 'candidates'> {
  const at = { createdAt: SEEDED_AT };
  return {
    contacts: contacts.map(({ id, name, accountId }) => ({
      ...{ id, name, accountIds: accountId === null ? [] : [accountId] },
      ...at,
    })),
    leads: leads.map(({ id, name }) => ({ id, name, company: null, ...at })),
    accounts: accounts.map(({ id, name }) => ({ id, name, parentId: null, ...at })),
    deals: deals.map((deal) => ({
      id: deal.id,
      name: deal.name,
      accountId: deal.accountId,
      contactId: deal.roleContactIds[0] ?? null,
      roles: deal.roleContactIds.map((contactId) => ({ contactId, role: null })),
      areRolesLoaded: true,
      stage: '',
      isOpen: deal.isOpen,
      pipeline: null,
      closingDate: deal.closeDate,
      createdAt: deal.createdAt,
    })),
    users: users.map(({ email, isActive }, position) => ({
      ...{ id: `${900 + position}`, name: email, emails: [email], isActive },
      isConfirmed: isActive,
    })),
    domainCandidates: [],
    withheldModules: [],
  };
}

function candidatesOf(person: Meeting['participants'][number], world: World): Candidate[] {
  const email = canonicalEmail(person.email);
  const phone = canonicalPhone(person.phone);
  const addresses = ADDRESSES.get(world) ?? addressesOf(world);
  ADDRESSES.set(world, addresses);
  return addresses.flatMap(({ module, recordId, emails, phone: known }) => {
    const found = { participantKey: person.key, module, recordId };
    const byEmail = emails.filter((one) => email !== null && one.base === email.base);
    const same = byEmail.map((one): Candidate => ({ ...found, by: one.email === email?.email ? 'email' : 'plus-tag' }));
    return phone !== null && known === phone ? [...same, { ...found, by: 'phone' as const }] : same;
  });
}

const ADDRESSES = new WeakMap<World, ReturnType<typeof addressesOf>>();

function addressesOf(world: World) {
  return (['contacts', 'leads'] as const).flatMap((module) =>
    world[module].map(({ id, emails, phone }) => ({
      module,
      recordId: id,
      emails: emails.flatMap((raw) => canonicalEmail(raw) ?? []),
      phone: canonicalPhone(phone),
    })),
  );
}

/** One to nine people of the CRM, colleagues and strangers, under any of their addresses, in a meeting of the last years. */
function meetingIn(world: World): fc.Arbitrary<SeedMeeting> {
  const addressOf = ([one, form]: [{ emails: string[]; phone: string }, string]): SeedAttendee => {
    const email = one.emails[form === 'second' ? one.emails.length - 1 : 0] ?? '';
    if (form === 'phone') return { name: 'By phone', email: '', phone: one.phone, isHost: false };
    return { name: email, email: form === 'tagged' ? email.replace('@', '+x@') : email, phone: '', isHost: false };
  };
  const record = fc.constantFrom(...world.contacts, ...world.contacts, ...world.leads);
  const known = fc.tuple(record, fc.constantFrom('first', 'first', 'second', 'tagged', 'phone')).map(addressOf);
  const colleague = fc
    .constantFrom(...world.users)
    .map(({ email }) => ({ name: email, email, phone: '', isHost: false }));
  const stranger = fc
    .constantFrom('x@nowhere.example', 'y+z@nowhere.example')
    .map((email) => ({ name: email, email, phone: '', isHost: false }));
  const people = fc.uniqueArray(
    fc.oneof({ weight: 6, arbitrary: known }, { weight: 1, arbitrary: colleague }, { weight: 1, arbitrary: stranger }),
    {
      minLength: 1,
      maxLength: 9,
      selector: (person) => person.email || person.phone || person.name,
    },
  );
  return fc.record({ people, host: fc.nat(8), day: fc.integer({ min: 0, max: 700 }) }).map(({ people, host, day }) => {
    const startsAt = Date.parse('2025-01-01T10:00:00Z') + day * 86_400_000;
    const withHost = people.map((person, at) => ({ ...person, isHost: at === host % people.length }));
    return {
      externalId: 'any',
      title: 'Any',
      startsAt,
      endsAt: startsAt + 3_600_000,
      isPrivate: false,
      people: withHost,
      summary: '',
      notes: [],
      promise: null,
    };
  });
}
