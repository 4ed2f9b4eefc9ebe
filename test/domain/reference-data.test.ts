import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { associate } from '../../src/domain/associate.ts';
import type { CrmPicture } from '../../src/domain/crm-picture.ts';
import { decidePublication } from '../../src/domain/decide-publication.ts';
import type { Meeting, Participant } from '../../src/domain/meeting.ts';
import { planSync } from '../../src/domain/plan-sync.ts';
import {
  capabilities,
  decisions,
  findCandidates,
  meeting,
  NOTHING_WRITTEN,
  person,
  picture,
  policy,
} from './samples.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const isThere = existsSync(join(DATA, 'links/meeting-participants.ndjson'));

type Line = {
  meeting: string;
  startedAt: string;
  plan: string;
  participants: { role: 'host' | 'attendee'; name: string; email: string | null }[];
  intended: { dealId: string | null };
  expected: {
    exactEmailMatches: Record<string, string[]>;
    plusTagMatches: Record<string, string[]>;
    ambiguousEmails: string[];
    unmatchedEmails: string[];
    internalEmails: string[];
    openDealsNow: { count: number; top: { dealId: string; contactsOnDeal: number }[] };
    openDealsAtMeeting: { count: number };
    intendedDealAmongBest: boolean;
  };
};
type Contact = {
  id: string;
  accountId: string | null;
  fullName: string;
  email: string | null;
  secondaryEmail: string | null;
};
type Deal = {
  id: string;
  name: string;
  accountId: string | null;
  stage: string;
  isClosed: boolean;
  engageDate: string | null;
  closeDate: string | null;
};

function read<T>(path: string): T[] {
  const lines = readFileSync(join(DATA, path), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
}

/** The whole CRM as one picture, with candidates for everybody, found by a plain table of addresses. */
function load() {
  const lines = read<Line>('links/meeting-participants.ndjson');
  const contacts = read<Contact>('crm/contacts.ndjson');
  const settings = JSON.parse(readFileSync(join(DATA, 'crm/settings.json'), 'utf8')) as {
    internalDomains: string[];
    freeMailDomains: string[];
  };
  const roles = new Map<string, { contactId: string; role: string }[]>();
  for (const { dealId, ...role } of read<{ dealId: string; contactId: string; role: string }>(
    'crm/deal-contact-roles.ndjson',
  )) {
    roles.set(dealId, [...(roles.get(dealId) ?? []), role]);
  }
  const everybody = new Map(lines.flatMap(toPeople).map((one) => [one.key, one]));
  const book = contacts.map(({ id, email, secondaryEmail }) => ({
    module: 'contacts' as const,
    id,
    emails: [email, secondaryEmail].filter((one) => one !== null),
  }));
  const crm: CrmPicture = picture({
    contacts: contacts.map(({ id, fullName, accountId }) => ({
      id,
      name: fullName,
      accountIds: accountId === null ? [] : [accountId],
      createdAt: null,
    })),
    accounts: read<{ id: string; name: string }>('crm/accounts.ndjson').map(({ id, name }) => ({
      id,
      name,
      parentId: null,
      createdAt: null,
    })),
    deals: read<Deal>('crm/deals.ndjson').map(({ id, name, accountId, stage, isClosed, engageDate, closeDate }) => ({
      id,
      name,
      accountId,
      contactId: null,
      roles: roles.get(id) ?? [],
      areRolesLoaded: true,
      stage,
      isOpen: !isClosed,
      pipeline: null,
      closingDate: closeDate,
      createdAt: engageDate === null ? null : Date.parse(engageDate),
    })),
    users: read<{ id: string; name: string; email: string; active: boolean }>('crm/users.ndjson').map((one) => ({
      id: one.id,
      name: one.name,
      emails: [one.email],
      isActive: one.active,
      isConfirmed: true,
    })),
    candidates: findCandidates([...everybody.values()], book),
  });
  return { lines, crm, rules: policy(settings) };
}

function toPeople(line: Line): Participant[] {
  return line.participants.map(({ role, name, email }) =>
    person(email, { name, role: role === 'host' ? 'organizer' : 'attendee' }),
  );
}

function toMeeting(line: Line): Meeting {
  const startsAt = Date.parse(line.startedAt);
  return meeting({
    id: line.meeting,
    timeZone: 'UTC',
    startsAt,
    endsAt: startsAt + 3_600_000,
    participants: toPeople(line),
  });
}

const canonical = (email: string) => email.trim().toLowerCase();

describe('the reference data', () => {
  const data = isThere ? load() : null;
  beforeEach((context) => {
    if (!isThere) context.skip(`${DATA} is not there`);
  });
  const each = (check: (line: Line, crm: CrmPicture, rules: ReturnType<typeof policy>) => void) => {
    if (data === null) throw new Error('the reference data is not there');
    expect(data.lines.length).toBe(44);
    for (const line of data.lines) check(line, data.crm, data.rules);
  };

  it('is matched exactly as its link file expects: every match found, every ambiguous one named, none guessed', () => {
    each((line, crm, rules) => {
      const { matches } = associate(toMeeting(line), crm, rules, decisions());
      const { expected } = line;
      const found = new Map(matches.map((match) => [match.participantKey, match]));
      const by = (kind: 'email' | 'plus-tag') =>
        Object.fromEntries(
          matches.flatMap((match): [string, string[]][] => {
            const email = match.participantKey.replace(/^email:/u, '');
            if (match.kind === 'matched' && match.by === kind) return [[email, [match.recordId]]];
            if (match.kind !== 'ambiguous' || match.by !== kind) return [];
            return [[email, match.candidates.map((one) => one.recordId)]];
          }),
        );
      expect(by('email'), line.meeting).toEqual(expected.exactEmailMatches);
      expect(by('plus-tag'), line.meeting).toEqual(expected.plusTagMatches);
      const ofKind = (kind: string) =>
        [...found.values()]
          .filter((match) => match.kind === kind)
          .map((match) => match.participantKey)
          .sort();
      const keys = (emails: string[]) => [...new Set(emails.map((email) => `email:${canonical(email)}`))].sort();
      expect(ofKind('ambiguous'), line.meeting).toEqual(keys(expected.ambiguousEmails));
      expect(ofKind('internal'), line.meeting).toEqual(keys(expected.internalEmails));
      expect(ofKind('unmatched'), line.meeting).toEqual(keys(expected.unmatchedEmails));
    });
  });

  it('publishes 34 meetings, holds 6 and keeps 4 inside', () => {
    const counts: Record<string, number> = {};
    each((line, crm, rules) => {
      const one = toMeeting(line);
      const { kind } = decidePublication(one, associate(one, crm, rules, decisions()), rules, decisions());
      counts[kind] = (counts[kind] ?? 0) + 1;
    });
    expect(counts).toEqual({ publish: 34, held: 6, not_published: 4 });
  });

  it('reaches the best open deals by role, first those with most participants', () => {
    each((line, crm, rules) => {
      const { associations } = associate(toMeeting(line), crm, rules, decisions());
      const isOpen = new Set(crm.deals.filter((one) => one.isOpen).map((one) => one.id));
      const byRole = associations.filter(
        (link) => link.module === 'deals' && link.matchedCount > 0 && isOpen.has(link.id),
      );
      const { top } = line.expected.openDealsNow;
      // The link file counts ambiguous people's contacts too; we guess none of them.
      if (line.expected.ambiguousEmails.length > 0) return;
      expect(
        byRole.slice(0, top.length).map((link) => link.matchedCount),
        line.meeting,
      ).toEqual(top.map((one) => one.contactsOnDeal));
      const counts = new Map(byRole.map((link) => [link.id, link.matchedCount]));
      expect(
        top.filter((one) => counts.get(one.dealId) !== one.contactsOnDeal),
        line.meeting,
      ).toEqual([]);
    });
  });

  it('plans every published meeting, in two calls and two credits with up to eight further records', () => {
    each((line, crm, rules) => {
      for (const more of [{}, { publish: 'everything' as const, noteCap: null }, { cascade: 'focused' as const }]) {
        const chosen = { ...rules, ...more };
        const one = toMeeting(line);
        const evaluation = associate(one, crm, chosen, decisions());
        const publication = decidePublication(one, evaluation, chosen, decisions());
        const plan = planSync({
          meeting: one,
          picture: crm,
          evaluation,
          publication,
          policy: chosen,
          decisions: decisions(),
          written: NOTHING_WRITTEN,
          capabilities: capabilities(),
        });
        expect(plan.operations.length > 0, line.meeting).toBe(publication.kind === 'publish');
        const further = plan.shownOn.filter((record) => record.how === 'note').length;
        if (further <= 8 && plan.operations.length > 0)
          expect(plan.cost, line.meeting).toEqual({ calls: 2, credits: 2 });
      }
    });
  });
});
