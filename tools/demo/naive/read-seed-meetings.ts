import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { plainEmail, readRows } from './read-world.ts';

/** A meeting of a data folder as the expectation needs it. `promise`: what the link file says a matcher should find. */
export type SeedMeeting = {
  externalId: string;
  title: string;
  startsAt: number;
  endsAt: number;
  isPrivate: boolean;
  people: SeedAttendee[];
  summary: string;
  notes: { text: string; category: string }[];
  promise: LinkPromise | null;
};

export type SeedAttendee = { name: string; email: string; phone: string; isHost: boolean };

/** Addresses in plain form; ids are those of the seed files. */
export type LinkPromise = {
  exactEmailMatches: Record<string, string[]>;
  plusTagMatches: Record<string, string[]>;
  ambiguousEmails: string[];
  unmatchedEmails: string[];
  internalEmails: string[];
};

/** The shapes of the seed files, as far as they are read here. */
type RawPerson = { name?: string | null; email?: string | null; phone?: string | null; role: string };
type RawMeeting = {
  externalId?: string;
  title: string;
  startedAt?: string;
  startsAt?: string;
  endsAt?: string;
  durationSeconds?: number;
  visibility?: string;
  participants?: RawPerson[];
  summary?: string | { text?: string };
  notes?: { text: string; category?: string; smartCategory?: string }[];
};
type RawLink = { participants?: RawPerson[]; expected?: LinkPromise };

/** Reads the meetings of a data folder: `meetings/*.json` with the link file, or `meetings.ndjson`, or meetings in body shape. */
export function readSeedMeetings(folder: string): SeedMeeting[] {
  const isCrmFolder = basename(folder) === 'crm' && !existsSync(join(folder, 'meetings.ndjson'));
  const root = isCrmFolder ? dirname(folder) : folder;
  const links = new Map<string, RawLink>();
  for (const row of readRows(join(root, 'links', 'meeting-participants.ndjson')))
    links.set(String(row.meeting), row as RawLink);
  if (!existsSync(join(root, 'meetings'))) {
    return readRows(join(root, 'meetings.ndjson')).map((row) =>
      toSeedMeeting(String(row.id), row as RawMeeting, undefined),
    );
  }
  const files = readdirSync(join(root, 'meetings')).filter((name) => name.endsWith('.json') && name !== 'index.json');
  return files.map((name) => {
    const value: RawMeeting = JSON.parse(readFileSync(join(root, 'meetings', name), 'utf8'));
    return toSeedMeeting(value.externalId ?? basename(name, '.json'), value, links.get(name));
  });
}

function toSeedMeeting(externalId: string, meeting: RawMeeting, link: RawLink | undefined): SeedMeeting {
  const people: SeedAttendee[] = [];
  for (const person of link?.participants ?? meeting.participants ?? []) {
    const email = plainEmail(person.email ?? '');
    const isHost = person.role === 'host' || person.role === 'organizer';
    const known = people.find((one) => email !== '' && one.email === email);
    if (known !== undefined) known.isHost ||= isHost;
    else people.push({ name: person.name ?? '', email, phone: person.phone ?? '', isHost });
  }
  const startsAt = Date.parse(meeting.startedAt ?? meeting.startsAt ?? '');
  const endsAt =
    meeting.endsAt === undefined ? startsAt + (meeting.durationSeconds ?? 0) * 1000 : Date.parse(meeting.endsAt);
  return {
    externalId,
    title: meeting.title,
    startsAt,
    endsAt,
    isPrivate: meeting.visibility === 'private',
    people,
    summary: (typeof meeting.summary === 'string' ? meeting.summary : meeting.summary?.text) ?? '',
    notes: (meeting.notes ?? []).map((note) => ({
      text: note.text,
      category: note.category ?? note.smartCategory ?? '',
    })),
    promise: link?.expected ?? null,
  };
}
