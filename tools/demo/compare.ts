import type { Expectation } from './naive/expect-meeting.ts';
import type { SeedMeeting } from './naive/read-seed-meetings.ts';
import type { World } from './naive/read-world.ts';
import type { MeetingAnswer } from './read-answers.ts';
import type { SandboxContent } from './read-sandbox.ts';

/** A link is written with where it shows: `What_Id deals:1`, `note accounts:2`, `person contacts:3`, `API deals:4`. */
export type Difference = { externalId: string; missing: string[]; extra: string[] };

export type Proof = {
  differences: Difference[];
  missingLinks: number;
  extraLinks: number;
  /** Events and notes that stand there twice, or that belong to no meeting. */
  duplicates: string[];
  /** Other things that are not as they must be, in sentences. */
  faults: string[];
  promises: { kept: number; total: number; broken: string[] };
};

/** Of longer texts the beginning is compared: the rest may stand in the next part of a note. */
const COMPARED_LENGTH = 150;

export type MeetingToProve = { seed: SeedMeeting; expected: Expectation; answer: MeetingAnswer };

/** Compares what the sandbox and the API show with what the seed files call for. Pure. */
export function compare(meetings: MeetingToProve[], sandbox: SandboxContent, world: World): Proof {
  const differences = meetings.map((meeting) => differenceOf(meeting, sandbox)).filter(isDifference);
  return {
    differences,
    missingLinks: differences.reduce((sum, one) => sum + one.missing.length, 0),
    extraLinks: differences.reduce((sum, one) => sum + one.extra.length, 0),
    duplicates: findDuplicates(meetings, sandbox),
    faults: meetings.flatMap((meeting) => findFaults(meeting, sandbox)),
    promises: checkPromises(meetings, world),
  };
}

function differenceOf({ seed, expected, answer }: MeetingToProve, sandbox: SandboxContent): Difference {
  const wanted = expectedLinks(expected);
  const found = linksInSandbox(answer.id, sandbox);
  for (const { module, crmId, published } of answer.associations) {
    found.add(`API ${module}:${crmId}`);
    if (published) found.add(`API-published ${module}:${crmId}`);
  }
  return {
    externalId: seed.externalId,
    missing: [...wanted].filter((link) => !found.has(link)),
    extra: [...found].filter((link) => !wanted.has(link)),
  };
}

function isDifference({ missing, extra }: Difference): boolean {
  return missing.length + extra.length > 0;
}

function expectedLinks(expected: Expectation): Set<string> {
  const links = new Set<string>();
  if (expected.primary !== null) links.add(`What_Id ${expected.primary}`);
  if (expected.contactId !== null) links.add(`Who_Id contacts:${expected.contactId}`);
  for (const record of expected.shownPeople) links.add(`person ${record}`);
  for (const record of expected.summaryNotes) links.add(`note ${record}`);
  for (const record of expected.associations) links.add(`API ${record}`);
  for (const record of [...expected.shownPeople, ...expected.summaryNotes]) links.add(`API-published ${record}`);
  return links;
}

function linksInSandbox(meetingId: string, sandbox: SandboxContent): Set<string> {
  const links = new Set<string>();
  const showsPerson = (record: string) => {
    if (/^(contacts|leads):/.test(record)) links.add(`person ${record}`);
  };
  for (const event of sandbox.events.filter((one) => one.meetingId === meetingId)) {
    if (event.whatId !== null) links.add(`What_Id ${event.whatId}`);
    if (event.whoId !== null) links.add(`Who_Id ${event.whoId}`);
    for (const record of [event.whatId ?? '', event.whoId ?? '', ...event.people]) showsPerson(record);
  }
  for (const note of sandbox.notes) {
    if (note.meetingId !== meetingId || note.slot === 'consolidated' || note.parent.startsWith('events:')) continue;
    links.add(`note ${note.parent}`);
    showsPerson(note.parent);
  }
  return links;
}

function findDuplicates(meetings: MeetingToProve[], sandbox: SandboxContent): string[] {
  const known = new Set(meetings.map(({ answer }) => answer.id));
  const seen = new Set<string>();
  const duplicates: string[] = [];
  const check = (what: string, meetingId: string | null, key: string) => {
    if (meetingId === null || !known.has(meetingId)) duplicates.push(`${what} belongs to no meeting of this run`);
    else if (seen.has(key)) duplicates.push(`${what} is there twice`);
    seen.add(key);
  };
  for (const { id, title, meetingId } of sandbox.events)
    check(`event ${id} “${title}”`, meetingId, `event ${meetingId}`);
  for (const { id, parent, meetingId, slot } of sandbox.notes) {
    check(`note ${id} on ${parent}`, meetingId, `note ${parent} ${meetingId} ${slot}`);
  }
  return duplicates;
}

function findFaults({ seed, expected, answer }: MeetingToProve, sandbox: SandboxContent): string[] {
  const faults: string[] = [];
  const say = (text: string) => faults.push(`${seed.externalId}: ${text}`);
  if (answer.state !== expected.state) say(`is ${answer.state} (${answer.stateReason}), should be ${expected.state}`);
  if (answer.state === 'published' && answer.verifiedAt === null) say('is published, but not verified');
  for (const difference of answer.inZoho.differences) say(`verification found: ${difference}`);
  const events = sandbox.events.filter((event) => event.meetingId === answer.id);
  if (expected.state === 'published' && events.length === 0) say('has no event');
  if (expected.state !== 'published' && events.length > 0) say('must not have an event, and has one');
  for (const event of events) {
    if (event.title !== seed.title.trim()) say(`the event is called “${event.title}”, should be “${seed.title}”`);
    // Zoho keeps seconds; what is shorter is lost on the way.
    if (Math.abs(event.startsAt - seed.startsAt) >= 1000) say('the event starts at another time');
    if (Math.abs(event.endsAt - seed.endsAt) >= 1000) say('the event ends at another time');
    if (event.participants > 50) say(`the event has ${event.participants} participants, Zoho takes 50`);
  }
  if (events.length > 0) for (const fault of findMissingWords(seed, answer, sandbox)) say(fault);
  return faults;
}

/** The beginning of every note stands in the consolidated note, that of the summary in every summary note. */
function findMissingWords(seed: SeedMeeting, answer: MeetingAnswer, sandbox: SandboxContent): string[] {
  const ofMeeting = sandbox.notes.filter((note) => note.meetingId === answer.id);
  const onEvent = ofMeeting.filter((note) => note.parent.startsWith('events:'));
  if (onEvent.length === 0) return ['the event has no note with the notes of the meeting'];
  const consolidated = plainWords(onEvent.map((note) => note.content).join('\n'));
  const missing = seed.notes.filter(
    ({ text, category }) => !holds(consolidated, text) || !holds(consolidated, category),
  );
  const faults = missing.map(({ text }) => `the note on the event lacks “${text.slice(0, 60)}”`);
  const parents = new Set(ofMeeting.map((note) => note.parent).filter((parent) => !parent.startsWith('events:')));
  for (const parent of parents) {
    const content = ofMeeting.filter((note) => note.parent === parent).map((note) => note.content);
    if (!holds(plainWords(content.join('\n')), seed.summary)) faults.push(`the note on ${parent} lacks the summary`);
  }
  return faults;
}

function holds(content: string, text: string): boolean {
  return content.includes(plainWords(text).slice(0, COMPARED_LENGTH));
}

function plainWords(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** Each person whom the link file names must be found as it says: the one contact, ambiguous, by plus-tag, ours, or nobody. */
function checkPromises(meetings: MeetingToProve[], world: World): Proof['promises'] {
  const broken: string[] = [];
  let total = 0;
  for (const { seed, answer } of meetings) {
    const promise = seed.promise;
    if (promise === null) continue;
    const expect = (email: string, kind: string, seedIds: string[]) => {
      total++;
      const crmIds = seedIds.map((id) => world.crmIds.get(id));
      const person = answer.participants.find((one) => one.email?.trim().normalize('NFC').toLowerCase() === email);
      const match = person?.match ?? { kind: 'not there', crmId: null };
      const isRight = match.kind === kind && (kind !== 'matched' || crmIds.includes(match.crmId ?? ''));
      if (!isRight)
        broken.push(`${seed.externalId}: ${email} should be ${kind}, is ${match.kind} ${match.crmId ?? ''}`);
    };
    for (const [email, ids] of [
      ...Object.entries(promise.exactEmailMatches),
      ...Object.entries(promise.plusTagMatches),
    ]) {
      if (!promise.internalEmails.includes(email) && ids.length === 1) expect(email, 'matched', ids);
    }
    for (const email of promise.ambiguousEmails) expect(email, 'ambiguous', []);
    for (const email of promise.unmatchedEmails) expect(email, 'unmatched', []);
    for (const email of promise.internalEmails) expect(email, 'internal', []);
  }
  return { kept: total - broken.length, total, broken };
}
