import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { castOf } from '../../tools/journey/cast.ts';
import { type BothSides, differencesOf, disagreementsOf } from '../../tools/journey/expectation.ts';
import { lineOf, reportOf } from '../../tools/journey/journey.ts';
import { JOURNEYS } from '../../tools/journey/journeys/all-journeys.ts';
import type { MeetingAnswer } from '../../tools/journey/product-side.ts';
import { readOptions, UsageError } from '../../tools/journey/read-options.ts';
import { type ShownEvent, toEvent, toNote } from '../../tools/journey/shown-in-zoho.ts';

const KNOWN = ['first', 'second', 'third'];

describe('the options', () => {
  it('name journeys, in the order in which they are played, each once', () => {
    expect(readOptions([], KNOWN)).toEqual({ names: KNOWN, database: null, isJson: false, isList: false });
    expect(readOptions(['third', 'first', 'third', '--json'], KNOWN)).toMatchObject({
      names: ['first', 'third'],
      isJson: true,
    });
    expect(readOptions(['--help'], KNOWN)).toBeNull();
  });

  it.each([
    [['fourth'], /There is no journey fourth\. There are:\s+first\s+second\s+third/],
    [['--database', 'mysql://here'], /--database/],
    [['--fast'], /--fast/],
  ])('%j is wrong use', (args, words) => {
    expect(() => readOptions(args, KNOWN)).toThrow(UsageError);
    expect(() => readOptions(args, KNOWN)).toThrow(words);
  });

  it('that are wrong end the command with 2 and the list', () => {
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'tools/journey/main.ts', 'no-such'], {
      cwd: join(import.meta.dirname, '../..'),
      encoding: 'utf8',
    });
    expect(run.status).toBe(2);
    expect(run.stdout).toBe('');
    for (const { name } of JOURNEYS) expect(run.stderr).toContain(name);
  });
});

describe('the journeys', () => {
  it('have names and casts of their own, and the names that others call', () => {
    const names = JOURNEYS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(names).toEqual(expect.arrayContaining(['contact-changes-account', 'contacts-merged', 'quiet-day']));
    const ids = names.flatMap((_name, at) =>
      Object.values(castOf(at + 1)).map((actor) => (typeof actor === 'string' ? actor : actor.id)),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are counted and printed, with every line of why', () => {
    const good = { name: 'good', ok: true, seconds: 4.2 };
    const bad = { name: 'bad', ok: false, seconds: 0.1, why: 'Zoho: this\nproduct: that' };
    expect(reportOf([good, bad])).toEqual({ passed: 1, failed: 1, journeys: [good, bad] });
    expect(lineOf(good, 6)).toBe('ok      good     4.2 s');
    expect(lineOf(bad, 6)).toBe('NOT ok  bad      0.1 s\n          Zoho: this\n          product: that');
  });
});

const cast = castOf(1);
const { ana, ben, acme, renewal, pilot } = cast;
const refOf = ({ module, id }: { module: string; id: string }) => `${module}:${id}`;
const names = (ref: string) => ref;
const EXTERNAL = 'Salescaling_Meeting_ID';

const eventRecord = (more: Record<string, unknown> = {}) => ({
  id: '9001',
  [EXTERNAL]: 'm-1',
  Event_Title: 'Review',
  Start_DateTime: '2026-11-20T15:00:00+01:00',
  End_DateTime: '2026-11-20T15:30:00+01:00',
  Description: 'Said by us',
  What_Id: { id: renewal.id, name: renewal.name },
  $se_module: 'Deals',
  Who_Id: { id: ana.id, name: ana.name },
  Participants: [
    { type: 'user', participant: '1' },
    { type: 'contact', participant: ana.id },
  ],
  Modified_By: { id: '1', name: 'Olga' },
  ...more,
});

const noteRecord = (id: string, module: string, parentId: string, slot: string) => ({
  id,
  Note_Title: 'Meeting: Review',
  Note_Content: `They compare offers.\nsalescaling:m-1:${slot}`,
  Parent_Id: { id: parentId, module: { api_name: module } },
});

type Link = MeetingAnswer['associations'][number];
const link = (one: { module: string; id: string; name: string }, publishedAs: string | null): Link => ({
  ...{
    module: one.module,
    crmId: one.id,
    name: one.name,
    origin: 'direct',
    decision: null,
    path: [],
    reason: 'Matched.',
  },
  ...{ published: publishedAs !== null, publishedAs, facts: { stage: null } },
});

/** Both sides of a meeting in perfect order, with what a test puts over it. */
function sidesWith(more: {
  meeting?: Partial<MeetingAnswer>;
  inZoho?: Partial<MeetingAnswer['inZoho']>;
  events?: ShownEvent[];
  extraNotes?: BothSides['notes'];
}): BothSides {
  const onEvent = noteRecord('8001', 'Events', '9001', 'consolidated');
  const onAcme = noteRecord('8002', 'Accounts', acme.id, `summary:accounts:${acme.id}`);
  const inZoho: MeetingAnswer['inZoho'] = {
    ...{ eventId: '9001', eventUrl: 'http://x/9001', eventTitle: 'Review', verifiedAt: null, differences: [] },
    notes: ['8001', '8002'].map((crmId) => ({ crmId, slot: '', title: '', parentModule: '', parentId: '' })),
    ...more.inZoho,
  };
  return {
    meeting: {
      ...{
        id: 'm-1',
        externalId: 'call',
        title: 'Review',
        version: 1,
        state: 'published',
        stateReason: 'It is there.',
      },
      ...{ verifiedAt: null, needsYou: false, participants: [], notLinked: [], rolesStillLoading: 0 },
      associations: [link(ana, 'contact'), link(acme, 'note'), link(renewal, 'primary')],
      ...more.meeting,
      inZoho,
    },
    events: more.events ?? [toEvent(eventRecord(), EXTERNAL)],
    notes: [toNote(onEvent), toNote(onAcme), ...(more.extraNotes ?? [])],
  };
}

describe('an expectation', () => {
  const whole = {
    ...{ state: 'published', reason: /there/, links: [acme, ana, renewal], linked: [ana], notLinked: [pilot] },
    ...{ what: renewal, who: ana, people: [ana], notesOn: [acme], title: 'Review', description: /by us/ },
  };

  it('finds nothing where everything is as it says, in any order', () => {
    expect(differencesOf(whole, sidesWith({}), names)).toEqual([]);
  });

  it.each([
    ['state', { state: 'held' }, /^product: is published .* should be held/],
    ['reason', { reason: /gone/ }, /^product: says “It is there\.”/],
    ['a link that is missing', { links: [acme, ana, renewal, ben] }, /^product: association missing: contacts:/],
    ['a link too many', { links: [acme, ana] }, /^product: association too many: deals:/],
    ['linked', { linked: [pilot] }, /^product: is not linked with Pilot/],
    ['not linked', { notLinked: [acme] }, /^product: is still linked with Acme/],
    ['because', { because: [[ana, /merged/]] as [typeof ana, RegExp][] }, /^product: the link with Ana/],
    ['What_Id', { what: acme }, /^Zoho: What_Id is deals:.* should be accounts:/],
    ['no What_Id', { what: null }, /^Zoho: What_Id is deals:.* should be empty/],
    ['Who_Id', { who: null }, /^Zoho: Who_Id is contacts:/],
    ['people', { people: [ana, ben] }, /^Zoho: participant missing: contacts:/],
    ['notes', { notesOn: [] }, /^Zoho: summary note too many: accounts:/],
    ['description', { description: /by them/ }, /^Zoho: the description/],
    ['gone', { isGone: true }, /^Zoho: there is an event “Review”, should be none/],
  ])('finds a difference of %s, and says on which side', (_what, expected, words) => {
    const found = differencesOf(expected, sidesWith({}), names);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(words);
  });

  it('misses an event that is not there, unless it has to be gone', () => {
    const none = sidesWith({ events: [] });
    expect(differencesOf({ what: null }, none, names)).toEqual(['Zoho: there is no event of the meeting']);
    expect(differencesOf({ state: 'published' }, none, names)).toEqual([]);
    expect(differencesOf({ isGone: true }, none, names)).toEqual([]);
  });
});

describe('two sides', () => {
  const said = (more: Parameters<typeof sidesWith>[0]) => disagreementsOf(sidesWith(more), names);

  it('agree where they tell the same', () => {
    expect(said({})).toEqual([]);
  });

  it('disagree about what stands twice, or is unknown to the other', () => {
    const event = toEvent(eventRecord(), EXTERNAL);
    expect(said({ events: [event, { ...event, id: '9002' }] })).toEqual([expect.stringContaining('has 2 events')]);
    const again = toNote(noteRecord('8003', 'Accounts', acme.id, `summary:accounts:${acme.id}`));
    expect(said({ extraNotes: [again] })).toEqual([
      expect.stringContaining('more than once'),
      expect.stringMatching(/^product: .*does not know the note/),
    ]);
    expect(said({ inZoho: { eventId: '77' } })).toEqual([expect.stringContaining('knows the event 77')]);
    expect(said({ events: [] })).toEqual([expect.stringContaining('is published and has no event')]);
  });

  it('disagree about where the event hangs, what it is called, and who has a note', () => {
    const moved = toEvent(eventRecord({ What_Id: { id: acme.id }, $se_module: 'Accounts' }), EXTERNAL);
    expect(said({ events: [moved] })).toEqual([
      `Zoho: “Review”: What_Id missing: ${refOf(renewal)}, by what the product says`,
      `Zoho: “Review”: What_Id too many: ${refOf(acme)}, by what the product says`,
    ]);
    expect(said({ events: [toEvent(eventRecord({ Event_Title: 'Other' }), EXTERNAL)] })).toHaveLength(1);
    expect(said({ events: [toEvent(eventRecord({ Who_Id: null }), EXTERNAL)] })).toHaveLength(1);
    const associations = [link(ana, 'contact'), link(acme, 'note'), link(renewal, 'primary'), link(pilot, 'note')];
    expect(said({ meeting: { associations } })).toEqual([expect.stringContaining('there is no note on deals:')]);
    expect(said({ inZoho: { differences: ['Who_Id differs'] } })).toHaveLength(1);
  });
});

describe('a note in the sandbox', () => {
  it('is known by its last line, also when a person wrote behind it', () => {
    const record = noteRecord('1', 'Deals', '2', 'summary:deals:2');
    expect(toNote(record)).toMatchObject({ meetingId: 'm-1', slot: 'summary:deals:2', parent: 'deals:2' });
    const edited = { ...record, Note_Content: `${record.Note_Content}\nEva was here.` };
    expect(toNote(edited)).toMatchObject({ meetingId: 'm-1', slot: 'summary:deals:2' });
    expect(toNote({ ...record, Note_Content: 'Not ours' })).toMatchObject({ meetingId: null, slot: null });
  });
});
