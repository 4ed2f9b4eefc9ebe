import { type Expectation, expectMeeting } from '../demo/naive/expect-meeting.ts';
import type { SeedMeeting } from '../demo/naive/read-seed-meetings.ts';
import type { World } from '../demo/naive/read-world.ts';
import type { Random } from './random.ts';
import { HOST } from './seed-world.ts';

export const POLICY = { policy: 'everything', publish: 'relevant', cap: 10 } as const;

/** What one meeting is to be in the end: the last word that the product has confirmed. */
export type Wanted = {
  externalId: string;
  /** The day on which it is alone, so that no two of them are one conversation; in UTC. */
  day: number;
  /** Counts the contents that were sent; it stands in title, summary and notes. */
  version: number;
  content: Content | null;
  /** A person's no to a record with a note; while the meeting is there its people do not change afterwards. */
  excluded: { module: string; crmId: string } | null;
  isDecided: boolean;
  /** Records that had to have the summary at some time: what was placed there stays as long as it is associated. */
  onceChosen: Set<string>;
  /** What was done to it, in order. */
  history: string[];
};

export type Content = {
  title: string;
  version: number;
  emails: string[];
  notes: number;
  startsAt: number;
  isPrivate: boolean;
};

const LAST_DAY = Date.UTC(2026, 10, 16, 9);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOTES_MAX = 3;
const PEOPLE_MAX = 3;

/** Meetings that were never sent. */
export function planMeetings(count: number): Wanted[] {
  return Array.from({ length: count }, (_, at) => ({
    externalId: `meeting-${at + 1}`,
    day: LAST_DAY - at * DAY_MS,
    version: 0,
    content: null,
    excluded: null,
    isDecided: false,
    onceChosen: new Set(),
    history: [],
  }));
}

/** A next content: other people, other notes, another time, now and then nobody whom the CRM knows or nobody else's business. */
export function nextContent(wanted: Wanted, emails: string[], random: Random): Content {
  const version = wanted.version + 1;
  const before = wanted.content;
  const keepsPeople = wanted.isDecided && before !== null;
  const chosen = new Set<string>();
  const size = random.between(1, PEOPLE_MAX);
  while (chosen.size < size) chosen.add(random.pick(emails));
  if (random.chance(0.2)) chosen.add(`stranger-${random.between(1, 9)}@elsewhere.example`);
  return {
    version,
    title: `${wanted.externalId} v${version}`,
    emails: keepsPeople ? before.emails : random.chance(0.05) ? ['nobody@elsewhere.example'] : [...chosen],
    notes: random.between(0, NOTES_MAX),
    startsAt: before !== null && random.chance(0.8) ? before.startsAt : wanted.day + random.between(0, 7) * HOUR_MS,
    isPrivate: !keepsPeople && random.chance(0.04),
  };
}

/** The body of `PUT /meetings/{externalId}`. */
export function bodyOf({ title, version, emails, notes, startsAt, isPrivate }: Content): unknown {
  return {
    title,
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + HOUR_MS / 2).toISOString(),
    timeZone: 'Europe/Madrid',
    visibility: isPrivate ? 'private' : 'organization',
    participants: [
      { ...HOST, role: 'organizer' },
      ...emails.map((email) => ({ name: email.split('@')[0], email, role: 'attendee' })),
    ],
    summary: { text: summaryOf(version), topics: ['Pricing'], nextSteps: [{ text: 'Send the offer' }] },
    notes: noteTexts(version, notes).map((text, at) => ({ id: `n${at}`, text, smartCategory: 'Objections' })),
    processed: {
      summaryAt: new Date(startsAt + HOUR_MS).toISOString(),
      notesAt: new Date(startsAt + HOUR_MS).toISOString(),
    },
  };
}

export function summaryOf(version: number): string {
  return `What was said, version ${version}.`;
}

export function noteTexts(version: number, notes: number): string[] {
  return Array.from({ length: notes }, (_, at) => `Point ${at + 1} of version ${version}.`);
}

/** What has to stand in Zoho for this content, with the person's no to a record. */
export function expectationOf(wanted: Wanted, content: Content, world: World): Expectation {
  const { excluded } = wanted;
  const record = excluded === null ? null : `${excluded.module}:${excluded.crmId}`;
  return expectMeeting(toSeedMeeting(wanted, content), world, POLICY, record);
}

/** The meeting as the second opinion of the demo takes it. */
function toSeedMeeting({ externalId }: Wanted, content: Content): SeedMeeting {
  const person = (name: string, email: string, isHost: boolean) => ({ name, email, phone: '', isHost });
  return {
    externalId,
    title: content.title,
    startsAt: content.startsAt,
    endsAt: content.startsAt + HOUR_MS / 2,
    isPrivate: content.isPrivate,
    people: [person(HOST.name, HOST.email, true), ...content.emails.map((email) => person('', email, false))],
    summary: summaryOf(content.version),
    notes: [],
    promise: null,
  };
}
