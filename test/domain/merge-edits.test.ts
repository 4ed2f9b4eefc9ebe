import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { associate } from '../../src/domain/associate.ts';
import { decidePublication } from '../../src/domain/decide-publication.ts';
import type { LinkDecision } from '../../src/domain/decision.ts';
import { BLOCK_END, BLOCK_START, putBlock, splitDescription } from '../../src/domain/description-block.ts';
import { mightMail } from '../../src/domain/hold-back-mails.ts';
import { participantEntryKey } from '../../src/domain/kept.ts';
import { type EventEdits, mergeEvent, type TheirEvent } from '../../src/domain/merge-edits.ts';
import { mergeNote } from '../../src/domain/merge-note.ts';
import type { RecordFate } from '../../src/domain/move-with-records.ts';
import { planSync } from '../../src/domain/plan-sync.ts';
import { recordKey } from '../../src/domain/record-order.ts';
import {
  type Capabilities,
  EVENT_LINK,
  type EventContent,
  type EventParticipant,
  type NoteContent,
  type Written,
  type WrittenEvent,
} from '../../src/domain/sync-plan.ts';
import { type World, worlds } from './arbitrary-world.ts';
import { applyPlan, capabilities, NOTHING_WRITTEN } from './samples.ts';

const BASE: EventContent = {
  meetingId: 'm',
  title: 'Review',
  startsAt: 1_000_000,
  endsAt: 2_000_000,
  timeZone: 'Europe/Madrid',
  ownerUserId: '900',
  venue: 'https://meet.example/1',
  description: `${BLOCK_START}\nDuration: 45 min\n${BLOCK_END}`,
  primary: { module: 'deals', id: '100' },
  contactId: '1',
  participants: [
    { type: 'contact', id: '1', name: 'Ana' },
    { type: 'email', email: 'x@far.example', name: 'X' },
  ],
  activityType: 'Demo',
  aiScorePercent: 87,
  recordingUrl: null,
};

type Options = Partial<Parameters<typeof mergeEvent>[0]>;

function merge(theirs: TheirEvent, options: Options = {}): EventEdits {
  return mergeEvent({
    base: BASE,
    kept: null,
    theirs: { ...partsOf(BASE), ...theirs },
    ours: [],
    fateOf: () => ({ kind: 'live' }),
    accountOfDeal: (id) => (id === '100' || id === '101' ? '10' : null),
    isLinked: () => false,
    ...options,
  });
}

function partsOf({ meetingId: _id, timeZone: _zone, organizerKey: _key, ...parts }: EventContent): TheirEvent {
  return parts;
}

const said = ({ links }: EventEdits) => links.map(({ module, id, decision }) => `${decision} ${module}:${id}`).sort();
const gone =
  (...keys: string[]) =>
  (record: { module: 'contacts' | 'leads' | 'accounts' | 'deals'; id: string }) =>
    (keys.includes(recordKey(record)) ? { kind: 'deleted' } : { kind: 'live' }) as RecordFate;

describe('what a person made of an event', () => {
  it('is nothing where both sides agree, up to line ends and blanks at the end', () => {
    const same = merge({ description: `${BASE.description.replaceAll('\n', '\r\n')}  `, recordingUrl: '' });
    expect(same).toMatchObject({ kept: null, links: [], changed: [] });
  });

  it.each([
    ['a new related record', { primary: { module: 'deals', id: '200' } }, ['added deals:200', 'excluded deals:100']],
    [
      'the account of the deal',
      { primary: { module: 'accounts', id: '10' } },
      ['added accounts:10', 'excluded deals:100'],
    ],
    ['no related record', { primary: null }, ['excluded deals:100']],
    ['no contact, who still takes part', { contactId: null }, []],
    ['another contact beside the first', { contactId: '2' }, ['added contacts:2']],
    ['nobody left', { contactId: null, participants: [] }, ['excluded contacts:1']],
  ] as [string, TheirEvent, string[]][])('decides about links: %s', (_name, theirs, links) => {
    expect(said(merge(theirs))).toEqual(links);
  });

  it('keeps the account of the deal that took its place', () => {
    const base = { ...BASE, primary: { module: 'accounts' as const, id: '10' } };
    expect(said(merge({ primary: { module: 'deals', id: '101' } }, { base }))).toEqual(['added deals:101']);
    expect(said(merge({ primary: { module: 'deals', id: '300' } }, { base }))).toEqual([
      'added deals:300',
      'excluded accounts:10',
    ]);
  });

  it('is not what a merge, a conversion or a deletion did', () => {
    const merged = (record: { module: string; id: string }): RecordFate =>
      record.module === 'deals' ? { kind: 'merged', into: { module: 'deals', id: '101' } } : { kind: 'live' };
    const moved = merge({ primary: { module: 'deals', id: '101' } }, { fateOf: merged });
    expect(moved).toMatchObject({ kept: null, links: [], changed: [], content: { primary: { id: '101' } } });
    expect(merge({ primary: null }, { fateOf: gone('deals:100') })).toMatchObject({
      kept: null,
      links: [],
      changed: [],
    });
    const left = merge({ contactId: null, participants: BASE.participants.slice(1) }, { fateOf: gone('contacts:1') });
    expect(left).toMatchObject({ kept: null, links: [], changed: [], content: { participants: BASE.participants } });
    const base: EventContent = {
      ...BASE,
      primary: { module: 'leads', id: '50' },
      contactId: null,
      participants: [{ type: 'lead', id: '50', name: 'L' }],
    };
    const converted = (record: { module: string }): RecordFate =>
      record.module === 'leads' ? { kind: 'converted', into: { module: 'contacts', id: '7' } } : { kind: 'live' };
    const theirs: TheirEvent = {
      primary: { module: 'accounts', id: '10' },
      contactId: '7',
      participants: [{ type: 'contact', id: '7', name: 'L' }],
    };
    expect(merge(theirs, { base, fateOf: converted })).toMatchObject({ kept: null, links: [], changed: [] });
  });

  it('is not a write of ours that arrived late', () => {
    const sent = { ...BASE, title: 'Renamed', participants: [] };
    const late = merge({ title: 'Renamed', participants: [] }, { ours: [sent] });
    expect(late).toMatchObject({ kept: null, links: [], changed: [], content: { title: 'Renamed', participants: [] } });
    expect(merge({ title: 'Theirs' }, { ours: [sent] }).kept?.parts).toEqual(['title']);
  });

  it.each([
    ['text before', `Hello\n${BASE.description}`, 'outside'],
    ['text behind', `${BASE.description}\nHello`, 'outside'],
    ['another word inside', BASE.description.replace('45', '50'), 'block'],
    ['no end line', BASE.description.replace(BLOCK_END, ''), 'block'],
    ['no line of ours', 'Just this.', 'theirs'],
    ['nothing', '', 'theirs'],
  ])('in the description: %s', (_name, description, kind) => {
    const edits = merge({ description });
    expect(edits.kept?.description).toBe(kind);
    expect(edits.content.description).toBe(description);
  });

  it('is over when our block is put back as it was', () => {
    const first = merge({ description: BASE.description.replace('45', '50') });
    const back = merge({ description: BASE.description }, { base: first.content, kept: first.kept });
    expect(back.kept).toBeNull();
  });
});

describe('notes', () => {
  const base: NoteContent = {
    parent: { module: 'accounts', id: '10' },
    title: 'Summary',
    content: `They liked it.\nEvent: ${EVENT_LINK}\nsalescaling:m:summary:accounts:10`,
  };
  const theirs = {
    title: base.title,
    content: base.content.replace(EVENT_LINK, 'https://crm.example/1'),
    parentId: '10',
  };

  it('are ours whatever address the event had, and also where a list cut them', () => {
    expect(mergeNote({ base, kept: null, theirs, ours: [] })).toMatchObject({ isEdited: false, kept: null });
    const long = { ...base, content: `${'a'.repeat(480)} ${EVENT_LINK} end` };
    const cut = { ...theirs, content: `${'a'.repeat(480)} https://crm.example/1234567890`.slice(0, 500) };
    expect(mergeNote({ base: long, kept: null, theirs: cut, ours: [] }).isEdited).toBe(false);
  });

  it.each(['Other words.', '', `${theirs.content}!`, theirs.content.replace('liked', 'loved')])(
    'are theirs with other words: %s',
    (content) => {
      const edits = mergeNote({ base, kept: null, theirs: { ...theirs, content }, ours: [] });
      expect(edits).toMatchObject({ isEdited: true, kept: { isEdited: true }, content: { content } });
      expect(mergeNote({ base: edits.content, kept: edits.kept, theirs: { ...theirs, content }, ours: [] })).toEqual({
        ...edits,
        isEdited: false,
      });
    },
  );

  it('move with a merge', () => {
    const moved = mergeNote({ base, kept: null, theirs: { ...theirs, parentId: '11' }, ours: [] });
    expect(moved).toMatchObject({ isEdited: false, content: { parent: { module: 'accounts', id: '11' } } });
  });
});

describe('our block in a description', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', ' ', '-', BLOCK_START[0] ?? '-'), maxLength: 12 });
  it('is replaced, and nothing else is', () => {
    fc.assert(
      fc.property(text, text, text, (before, inner, after) => {
        const block = (words: string) => `${BLOCK_START}\n${words}\n${BLOCK_END}`;
        const there = `${before}\n${block(inner)}\n${after}`;
        expect(putBlock(there, block('new'))).toBe(`${before}\n${block('new')}\n${after}`);
        expect(splitDescription(there)).toMatchObject({ kind: 'whole', before: `${before}\n`, after: `\n${after}` });
      }),
    );
  });
});

/** Edits of people: any parts of an event, in any combination. */
const edit: fc.Arbitrary<TheirEvent> = fc.record(
  {
    title: fc.constantFrom('Theirs', 'Review', 'Another'),
    startsAt: fc.constantFrom(5_000_000, 6_000_000),
    venue: fc.constantFrom(null, 'Room 1'),
    activityType: fc.constantFrom('Call', null),
    recordingUrl: fc.constantFrom('https://theirs.example', null),
    primary: fc.constantFrom(
      null,
      { module: 'accounts' as const, id: '10' },
      { module: 'accounts' as const, id: '11' },
      { module: 'deals' as const, id: '95' },
      { module: 'leads' as const, id: '50' },
    ),
    contactId: fc.constantFrom(null, '1', '2'),
  },
  { requiredKeys: [] },
);
const people = fc.record({
  drop: fc.array(fc.nat({ max: 5 }), { maxLength: 2 }),
  add: fc.subarray<EventParticipant>([
    { type: 'contact', id: '3', name: 'C' },
    { type: 'lead', id: '51', name: 'L' },
    { type: 'email', email: 'new@far.example', name: 'N' },
    { type: 'user', id: '901', name: 'U' },
  ]),
});
const words = fc.constantFrom<((text: string) => string) | null>(
  null,
  (text) => `Before.\n${text}`,
  (text) => `${text}\nAfter.`,
  (text) => text.replace('Duration', 'Length'),
  () => 'All mine.',
);

type Edit = {
  event: TheirEvent;
  people: { drop: number[]; add: EventParticipant[] };
  words: typeof words extends fc.Arbitrary<infer W> ? W : never;
};
const edits: fc.Arbitrary<Edit> = fc.record({ event: edit, people, words });

function applyEdit(content: EventContent, { event, people: change, words: rewrite }: Edit): TheirEvent {
  const kept = content.participants.filter((_, at) => !change.drop.includes(at));
  const known = new Set(kept.map(participantEntryKey));
  const added = change.add.filter((one) => !known.has(participantEntryKey(one)));
  const times = event.startsAt === undefined ? {} : { endsAt: event.startsAt + 60_000 };
  return {
    ...partsOf(content),
    ...event,
    ...times,
    description: rewrite === null ? content.description : rewrite(content.description),
    participants: [...kept, ...added],
  };
}

/** Updates seen to be silent, or not: in the latter case some parts of an event wait while people whom somebody added are on it. */
const can = [capabilities({ areUpdatesSilent: true }), capabilities()] as const;

function planOf(world: World, written: Written, able: Capabilities) {
  const evaluation = associate(world.meeting, world.picture, world.policy, world.decisions);
  // What is decided about publishing is tried elsewhere: here something is always written.
  const publication = { kind: 'publish' as const };
  expect(decidePublication(world.meeting, evaluation, world.policy, world.decisions)).toBeDefined();
  return planSync({ ...world, evaluation, publication, written, capabilities: able });
}

/** A person edits; we take it over, with the decisions that follow. */
function take(
  world: World,
  event: WrittenEvent,
  theirs: TheirEvent,
): { world: World; event: WrittenEvent; edits: EventEdits } {
  const accounts = new Map(world.picture.deals.map((deal) => [deal.id, deal.accountId]));
  const taken = mergeEvent({
    base: event.content,
    kept: event.kept,
    theirs,
    ours: [],
    fateOf: () => ({ kind: 'live' }),
    accountOfDeal: (id) => accounts.get(id) ?? null,
    isLinked: () => false,
  });
  const fresh: LinkDecision[] = taken.links.map((link) => ({ ...link, origin: 'zoho', decidedBy: 'P', name: 'R' }));
  const keys = new Set(fresh.map(recordKey));
  const links = [...world.decisions.links.filter((link) => !keys.has(recordKey(link))), ...fresh];
  return {
    world: { ...world, decisions: { ...world.decisions, links } },
    event: { ...event, content: taken.content, kept: taken.kept },
    edits: taken,
  };
}

/** What Zoho might mail people about. */
const toldParts = ({ title, startsAt, endsAt, timeZone, participants }: EventContent) => ({
  ...{ title, startsAt, endsAt, timeZone },
  participants: participants.map(participantEntryKey).sort(),
});

const PARTS = ['title', 'startsAt', 'endsAt', 'venue', 'activityType', 'recordingUrl', 'contactId'] as const;

describe('edits on both sides', () => {
  it('never lose what a person changed, let the rest follow us, and come to rest', () => {
    fc.assert(
      fc.property(
        worlds,
        fc.constantFrom(...can),
        fc.array(fc.tuple(edits, fc.nat({ max: 9 })), { minLength: 1, maxLength: 3 }),
        (start, able, turns) => {
          let world = start;
          let written = applyPlan(NOTHING_WRITTEN, planOf(world, NOTHING_WRITTEN, able));
          const theirWord: TheirEvent = {};
          for (const [edit, title] of turns) {
            if (written.event === null) throw new Error('Nothing was written.');
            const theirs = applyEdit(written.event.content, edit);
            const changed = new Set(take(world, written.event, theirs).edits.changed);
            const taken = take(world, written.event, theirs);
            // Merging twice changes nothing.
            expect(take(taken.world, taken.event, theirs).edits).toMatchObject({
              changed: [],
              links: [],
              kept: taken.event.kept,
            });
            for (const part of PARTS) {
              const name = part === 'startsAt' || part === 'endsAt' ? 'times' : part;
              if (changed.has(name)) Object.assign(theirWord, { [part]: theirs[part] });
            }
            if (changed.has('primary')) Object.assign(theirWord, { primary: theirs.primary });
            // Meanwhile the meeting changes here.
            world = { ...taken.world, meeting: { ...world.meeting, title: `Ours ${title}`, activityType: 'Ours' } };
            written = { ...written, event: taken.event };
            const isHeld = mightMail(taken.event, able);
            written = applyPlan(written, planOf(world, written, able));
            if (written.event === null) throw new Error('The event was taken away.');
            const { content, kept } = written.event;
            for (const part of PARTS) if (part in theirWord) expect(content[part]).toEqual(theirWord[part]);
            if ('primary' in theirWord) expect(content.primary).toEqual(theirWord.primary);
            if (isHeld) expect(toldParts(content)).toEqual(toldParts(taken.event.content));
            else if (!('title' in theirWord)) expect(content.title).toBe(`Ours ${title}`);
            if (!('activityType' in theirWord)) expect(content.activityType).toBe('Ours');
            const listed = new Set(content.participants.map(participantEntryKey));
            for (const one of kept?.added ?? []) expect(listed.has(participantEntryKey(one))).toBe(true);
            for (const one of kept?.removed ?? []) {
              const isBack =
                kept?.added.some((other) => participantEntryKey(other) === participantEntryKey(one)) === true;
              expect(listed.has(participantEntryKey(one)) && !isBack).toBe(false);
            }
            if (edit.words !== null && changed.has('description')) {
              for (const word of ['Before.', 'After.', 'All mine.', 'Length']) {
                expect(content.description.includes(word)).toBe(String(theirs.description).includes(word));
              }
            }
            // Both sides agree: nothing is left to be written.
            expect(planOf(world, written, able).operations).toEqual([]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
