import type { Expectation } from '../demo/naive/expect-meeting.ts';
import type { World } from '../demo/naive/read-world.ts';
import type { MeetingAnswer } from '../demo/read-answers.ts';
import type { SandboxContent, SandboxEvent, SandboxNote } from '../demo/read-sandbox.ts';
import { type Content, expectationOf, noteTexts, summaryOf, type Wanted } from './wanted.ts';

/** Each list holds sentences, one for each thing that is not as it has to be. */
export type Findings = {
  lost: string[];
  duplicates: string[];
  unverified: string[];
  events: number;
  /** Of each meeting that is named above: what was done to it, and what the product says about it. */
  about: string[];
};

/** Compares what stands in the sandbox with the last content of each meeting that the product has confirmed. Pure. */
export function compare(
  meetings: { wanted: Wanted; answer: MeetingAnswer | null }[],
  sandbox: SandboxContent,
  world: World,
): Findings {
  const findings: Findings = { lost: [], duplicates: [], unverified: [], events: sandbox.events.length, about: [] };
  const known = new Set(meetings.map(({ wanted }) => wanted.externalId));
  for (const event of sandbox.events) {
    if (!known.has(nameIn(event.title))) findings.duplicates.push(`event ${event.id} “${event.title}” is nobody's`);
  }
  const ids = new Set(meetings.map(({ answer }) => answer?.id));
  for (const note of sandbox.notes) {
    if (!ids.has(note.meetingId ?? '')) findings.duplicates.push(`note ${note.id} on ${note.parent} is nobody's`);
  }
  for (const { wanted, answer } of meetings) {
    const before = countOf(findings);
    judge(findings, wanted, answer, sandbox, world);
    if (countOf(findings) > before) findings.about.push(describe(wanted, answer));
  }
  return findings;
}

function countOf({ lost, duplicates, unverified }: Findings): number {
  return lost.length + duplicates.length + unverified.length;
}

function describe({ externalId, history }: Wanted, answer: MeetingAnswer | null): string {
  const links = answer?.associations.map((one) => `${one.module}:${one.crmId}${one.published ? ' published' : ''}`);
  return `${externalId}: ${history.join(', ')}; state ${answer?.state} (${answer?.stateReason}), links ${links?.join(', ')}, in Zoho ${JSON.stringify(answer?.inZoho)}`;
}

function nameIn(title: string): string {
  return title.split(' ')[0] ?? '';
}

function judge(
  findings: Findings,
  wanted: Wanted,
  answer: MeetingAnswer | null,
  sandbox: SandboxContent,
  world: World,
): void {
  if (answer === null) {
    if (wanted.version > 0) findings.lost.push(`${wanted.externalId}: the product does not know it`);
    return;
  }
  const { content } = wanted;
  const expected = content === null ? null : expectationOf(wanted, content, world);
  const state = expected?.state ?? 'retracted';
  const events = sandbox.events.filter(({ title }) => nameIn(title) === wanted.externalId);
  const notes = sandbox.notes.filter(({ meetingId }) => meetingId === answer.id);
  if (answer.state !== state) {
    findings.lost.push(`${wanted.externalId}: is ${answer.state} (${answer.stateReason}), should be ${state}`);
  }
  if (state !== 'published' || content === null || expected === null) {
    for (const { id } of events) findings.duplicates.push(`${wanted.externalId}: event ${id} should not be there`);
    for (const { id } of notes) findings.duplicates.push(`${wanted.externalId}: note ${id} should not be there`);
    return;
  }
  if (answer.verifiedAt === null) findings.unverified.push(`${wanted.externalId}: is not verified`);
  for (const difference of answer.inZoho.differences) findings.unverified.push(`${wanted.externalId}: ${difference}`);
  judgeEvents(findings, wanted.externalId, content, events, expected);
  const parents = expected.summaryNotes;
  const stays = new Set([...wanted.onceChosen].filter((record) => expected.associations.has(record)));
  judgeNotes(findings, wanted.externalId, content, notes, { parents, stays, events });
}

function judgeEvents(
  findings: Findings,
  name: string,
  content: Content,
  events: SandboxEvent[],
  expected: Expectation,
): void {
  if (events.length === 0) findings.lost.push(`${name}: has no event`);
  for (const { id } of events.slice(1)) findings.duplicates.push(`${name}: event ${id} is there besides another`);
  const right = events.some((event) => {
    const shown = new Set([event.whatId, event.whoId, ...event.people]);
    const isComplete = [...expected.shownPeople].every((person) => shown.has(person));
    const isRight = event.title === content.title && event.startsAt === content.startsAt;
    return isRight && isComplete && event.whatId === expected.primary;
  });
  if (events.length > 0 && !right)
    findings.lost.push(`${name}: no event shows “${content.title}” with its people and record`);
}

/** One note with the notes on the event, one with the summary on each record. */
function judgeNotes(
  findings: Findings,
  name: string,
  content: Content,
  notes: SandboxNote[],
  expected: { parents: Set<string>; stays: Set<string>; events: SandboxEvent[] },
): void {
  const eventParents = new Set(expected.events.map(({ id }) => `events:${id}`));
  const seen = new Set<string>();
  for (const note of notes) {
    const isOnEvent = eventParents.has(note.parent);
    const key = `${isOnEvent ? 'the event' : note.parent} ${note.slot}`;
    if (seen.has(key)) findings.duplicates.push(`${name}: note ${note.id} on ${key} is there besides another`);
    else if (!isOnEvent && !expected.parents.has(note.parent) && !expected.stays.has(note.parent)) {
      findings.duplicates.push(`${name}: note ${note.id} should not be on ${note.parent}`);
    }
    seen.add(key);
  }
  const holds = (parent: (note: SandboxNote) => boolean, texts: string[]) =>
    notes.some((note) => parent(note) && texts.every((text) => note.content.includes(text)));
  if (!holds((note) => eventParents.has(note.parent), noteTexts(content.version, content.notes))) {
    findings.lost.push(`${name}: the event lacks its notes of version ${content.version}`);
  }
  const placed = notes.map((note) => note.parent).filter((parent) => expected.stays.has(parent));
  for (const parent of new Set([...expected.parents, ...placed])) {
    if (!holds((note) => note.parent === parent, [summaryOf(content.version)])) {
      findings.lost.push(`${name}: ${parent} lacks the summary of version ${content.version}`);
    }
  }
}
