import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideLink } from '../../src/features/associate/decide-link.ts';
import { publishNow } from '../../src/features/publish/publish-now.ts';
import { readDrift } from '../../src/features/publish/read-drift.ts';
import { startDrift } from '../../src/features/publish/start-drift.ts';
import { createTestDatabase } from '../harness/database.ts';
import { type BodyPart, meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

/**
 * Random lives of two meetings with people at work on both sides. Nobody's edit may be lost, whatever comes between, and once
 * everybody is quiet both sides tell the same. A file `var/two-sides.json` such as `{"runs": 500, "seed": 7}` asks for more lives,
 * `{"steps": […]}` for one of them.
 */
const PARAMETERS = join(import.meta.dirname, '../../var/two-sides.json');
const asked: { runs?: number; seed?: number; steps?: Step[] } = existsSync(PARAMETERS)
  ? JSON.parse(readFileSync(PARAMETERS, 'utf8'))
  : {};
const runs = asked.steps === undefined ? (asked.runs ?? 15) : 1;

type Here =
  | { do: 'put'; meeting: number; content: number }
  | { do: 'decide'; meeting: number; choice: number }
  | { do: 'retract' | 'ask'; meeting: number };

const EDITS = ['title', 'describe', 'add', 'remove', 'aim-at-pilot', 'aim-at-globex', 'contact', 'note'] as const;
const GOING = ['delete-note', 'delete-event', 'restore-event'] as const;

type There = { there: (typeof EDITS | typeof GOING)[number]; meeting: number };

type Step = Here | There | { do: 'merge' } | { do: 'serve' } | { do: 'poll' };

const meeting = fc.integer({ min: 0, max: 1 });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('put' as const), meeting, content: fc.integer({ min: 0, max: 3 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('decide' as const), meeting, choice: fc.integer({ min: 0, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('retract' as const, 'ask' as const), meeting }) },
  { weight: 8, arbitrary: fc.record({ there: fc.constantFrom(...EDITS), meeting }) },
  { weight: 2, arbitrary: fc.record({ there: fc.constantFrom(...GOING), meeting }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('merge' as const) }) },
  { weight: 4, arbitrary: fc.constantFrom({ do: 'serve' as const }, { do: 'poll' as const }) },
);

const CONTENTS: BodyPart[] = [
  meetingBody({}, ['ana@acme.example', 'solo@nowhere.example']),
  meetingBody({ title: 'Renamed', notes: [{ id: 'n1', text: 'Cheaper' }], clips: [] }),
  meetingBody({ title: 'With Ben' }, ['ana@acme.example', 'ben@acme.example', 'cleo@initech.example']),
  meetingBody({ title: 'Cleo only', startsAt: '2026-11-20T14:15:00+01:00' }, ['cleo@initech.example']),
];

/** Conversations on two days: nobody takes them for two recordings of one. */
const TIMES: BodyPart[] = [{}, { startsAt: '2026-11-19T09:00:00+01:00', endsAt: '2026-11-19T09:45:00+01:00' }];

const CHOICES = [
  { module: 'accounts', recordId: ID.acme, decision: 'excluded' },
  { module: 'accounts', recordId: ID.acme, decision: 'reset' },
  { module: 'accounts', recordId: ID.initech, decision: 'added' },
  { module: 'accounts', recordId: ID.initech, decision: 'reset' },
] as const;

/** What a person said of a record in the CRM: the value of a field, or a look that has to find nothing wrong. */
type Said = Map<string, (row: Record<string, unknown>) => boolean>;

/** One life: what people did there that has to stand in the end. */
type Life = {
  product: TestProduct;
  /** Ids of the meetings; null: not sent yet. */
  ids: (string | null)[];
  isRetracted: boolean[];
  /** By id of the event or note. */
  edits: Map<string, { module: 'Events' | 'Notes'; said: Said }>;
  /** Deleted by a person, with the notes that went along. */
  deleted: Set<string>;
  isMerged: boolean;
  /** Meetings whose event the merge moved to the survivor, and that nobody has touched otherwise before the next poll. */
  moved: Set<number>;
  /** Meetings whose people somebody has changed there since the last poll: what a merge did to them cannot be told apart. */
  repeopled: Set<number>;
  serial: number;
};

const externalIdOf = (meeting: number) => `m${meeting}`;

async function act({ product }: Life, ...acts: Record<string, unknown>[]): Promise<void> {
  const answer = await fetch(`${product.simulator.accounts}/sandbox/acts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ acts: acts.map((one) => ({ as: 'host@us.example', ...one })) }),
  });
  if (!answer.ok) throw new Error(`The CRM refused ${JSON.stringify(acts)}: ${await answer.text()}`);
}

async function play(life: Life, one: Step): Promise<void> {
  const { product } = life;
  // Zoho's times know no parts of a second.
  product.advance(1);
  if ('there' in one) return playThere(life, one);
  if (one.do === 'merge') return merge(life);
  if (one.do === 'serve' || one.do === 'poll') {
    if (one.do === 'poll') {
      product.advance(400);
      life.repeopled.clear();
    }
    return product.serve();
  }
  life.moved.delete(one.meeting);
  return playHere(life, one);
}

async function merge(life: Life): Promise<void> {
  if (life.isMerged) return;
  life.isMerged = true;
  for (const at of [0, 1]) {
    const people = eventsOf(life, at).flatMap((event) => (event.Participants ?? []) as { participant: string }[]);
    if (people.some(({ participant }) => participant === ID.solo) && !life.repeopled.has(at)) life.moved.add(at);
  }
  await act(life, { do: 'merge', module: 'Contacts', id: ID.solo, into: ID.ben });
}

async function playHere(life: Life, one: Here): Promise<void> {
  const { product, ids } = life;
  const externalId = externalIdOf(one.meeting);
  if (one.do === 'put') {
    ids[one.meeting] = (await product.ingest(externalId, { ...CONTENTS[one.content], ...TIMES[one.meeting] })).id;
    life.isRetracted[one.meeting] = false;
    return;
  }
  if (ids[one.meeting] === null || life.isRetracted[one.meeting] === true) return;
  const choice = one.do === 'decide' ? CHOICES[one.choice] : undefined;
  if (choice !== undefined) await decideLink({ ctx: product.ctx, input: { externalId, ...choice } });
  if (one.do === 'retract') {
    await product.retract(externalId);
    life.isRetracted[one.meeting] = true;
  }
  if (one.do === 'ask') await publishNow({ ctx: product.ctx, input: { externalId, isAnyway: false } });
}

const eventsOf = ({ product, ids }: Life, meeting: number) =>
  product.crm.events().filter((event) => ids[meeting] !== null && event.Salescaling_Meeting_ID === ids[meeting]);

const notesOf = ({ product, ids }: Life, meeting: number) =>
  product.crm.notes().filter((note) => String(note.Note_Content).includes(`salescaling:${ids[meeting]}:`));

async function playThere(life: Life, one: There): Promise<void> {
  if (one.there === 'restore-event') return restore(life, one.meeting);
  const [event] = eventsOf(life, one.meeting);
  if (one.there === 'note' || one.there === 'delete-note') return playNote(life, one);
  if (event === undefined) return;
  if (one.there === 'delete-event') {
    life.moved.delete(one.meeting);
    // Its notes go to the bin with it.
    for (const { id } of [event, ...life.product.crm.notesOf(event.id)]) life.deleted.add(id);
    return act(life, { do: 'delete', module: 'Events', id: event.id });
  }
  const edit = editOf(life, one.there, event);
  if (edit === null) return;
  if (['add', 'remove', 'contact'].includes(one.there)) {
    life.repeopled.add(one.meeting);
    life.moved.delete(one.meeting);
  }
  await act(life, { do: 'update', module: 'Events', id: event.id, fields: edit.fields });
  remember(life, 'Events', event.id, edit.about, edit.stands);
}

type Row = Record<string, unknown>;
type Edit = { about: string; fields: Row; stands: (row: Row) => boolean };

/** What a person does to an event, and how one sees later that it stands; null: there is nothing to do. */
function editOf(life: Life, kind: There['there'], event: Row): Edit | null {
  const own = `Eva ${life.serial++}`;
  const people = (row: Row) => (row.Participants ?? []) as { type: string; participant: string }[];
  const has = (row: Row, id: string) => people(row).some(({ participant }) => participant === id);
  const list = people(event).map(({ type, participant }) => ({ type, participant, invited: false }));
  switch (kind) {
    case 'title':
      return { about: 'title', fields: { Event_Title: own }, stands: (row) => row.Event_Title === own };
    case 'describe': {
      const text = `${String(event.Description ?? '')}\n${own}`;
      return { about: own, fields: { Description: text }, stands: (row) => String(row.Description).includes(own) };
    }
    case 'add':
      if (has(event, ID.cleo)) return null;
      return {
        about: 'cleo',
        fields: { Participants: [...list, { type: 'contact', participant: ID.cleo, invited: false }] },
        stands: (row) => has(row, ID.cleo),
      };
    case 'remove':
      if (!has(event, ID.ana)) return null;
      return {
        about: 'ana',
        fields: { Participants: list.filter(({ participant }) => participant !== ID.ana) },
        stands: (row) => !has(row, ID.ana),
      };
    case 'contact':
      return { about: 'contact', fields: { Who_Id: { id: ID.ben } }, stands: (row) => row.Who_Id === ID.ben };
    default: {
      const [id, module] = kind === 'aim-at-pilot' ? [ID.pilot, 'Deals'] : [ID.globex, 'Accounts'];
      return {
        about: 'record',
        fields: { What_Id: { id }, $se_module: module },
        stands: (row) => row.What_Id === id,
      };
    }
  }
}

function remember(life: Life, module: 'Events' | 'Notes', id: string, about: string, stands: (row: Row) => boolean) {
  const known = life.edits.get(id) ?? { module, said: new Map() };
  known.said.set(about, stands);
  life.edits.set(id, known);
}

async function playNote(life: Life, one: There): Promise<void> {
  const notes = notesOf(life, one.meeting);
  const note = notes[life.serial++ % Math.max(1, notes.length)];
  if (note === undefined) return;
  if (one.there === 'delete-note') {
    life.deleted.add(note.id);
    return act(life, { do: 'delete', module: 'Notes', id: note.id });
  }
  const content = `Eva ${life.serial}\n${String(note.Note_Content)}`;
  await act(life, { do: 'update', module: 'Notes', id: note.id, fields: { Note_Content: content } });
  remember(life, 'Notes', note.id, 'content', (row) => row.Note_Content === content);
}

/** Back from the bin, unless another event has taken its place since. */
async function restore(life: Life, meeting: number): Promise<void> {
  const { product, deleted } = life;
  if (ids(life, meeting) === null || eventsOf(life, meeting).length > 0) return;
  const gone = [...product.crm.org().deleted.rows()].filter(({ id, module }) => module === 'Events' && deleted.has(id));
  const own = gone.filter(({ held }) => String(held).includes(String(ids(life, meeting)))).at(-1);
  if (own === undefined) return;
  await act(life, { do: 'restore', id: own.id });
  for (const { id } of [own, ...product.crm.notesOf(own.id)]) deleted.delete(id);
}

const ids = (life: Life, meeting: number) => life.ids[meeting] ?? null;

/** Polls until nobody has anything to do any more. */
async function quieten({ product }: Life): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    product.advance(400);
    await product.settle(100_000);
  }
}

/** Everything that a person did and that does not stand any more. */
function lostEdits({ product, edits, deleted }: Life): string[] {
  return [...edits].flatMap(([id, { module, said }]) => {
    if (deleted.has(id)) return [];
    const row = product.crm.records(module).find((one) => one.id === id);
    if (row === undefined) return [`${module} ${id} was edited by a person and is gone`];
    return [...said]
      .filter(([, stands]) => !stands(row))
      .map(([about]) => `${module} ${id}: the edit of ${about} does not stand: ${JSON.stringify(row)}`);
  });
}

/** What the two sides tell differently about one meeting. */
async function disagreements(life: Life, at: number): Promise<string[]> {
  if (ids(life, at) === null || life.isRetracted[at] === true) return [];
  const events = eventsOf(life, at);
  const notes = notesOf(life, at);
  const { state, stateReason, inZoho, associations, participants } = await life.product.meeting(externalIdOf(at));
  const wrong: string[] = [];
  const name = externalIdOf(at);
  const [event] = events;
  if (life.moved.has(at)) {
    const match = participants.find(({ email }) => email === 'solo@nowhere.example')?.match;
    if (match !== undefined && match.crmId !== ID.ben)
      wrong.push(`${name}: Sol was merged into Ben, and is ${match.kind} ${match.crmId}`);
  }
  if (events.length > 1) wrong.push(`${name} has ${events.length} events`);
  const places = notes.map((note) => `${note.Parent_Id} ${/salescaling:\S+/.exec(String(note.Note_Content))?.[0]}`);
  if (new Set(places).size !== places.length) wrong.push(`${name} has a note twice: ${places.join(', ')}`);
  if (event === undefined) {
    if (state === 'published') wrong.push(`${name} is published and has no event`);
    return wrong;
  }
  if (state !== 'published') return [...wrong, `${name} has an event and is ${state}: ${stateReason}`];
  if (inZoho.eventId !== event.id) wrong.push(`${name} knows the event ${inZoho.eventId}, there is ${event.id}`);
  if (inZoho.eventTitle !== event.Event_Title)
    wrong.push(`${name} says “${inZoho.eventTitle}”, there it is “${event.Event_Title}”`);
  const known = inZoho.notes.map(({ crmId }) => crmId);
  for (const { id } of notes) if (!known.includes(id)) wrong.push(`${name} does not know the note ${id}`);
  const primary = associations.find(({ publishedAs }) => publishedAs === 'primary')?.crmId ?? null;
  if (primary !== (event.What_Id ?? null)) wrong.push(`${name} hangs on ${event.What_Id}, and says ${primary}`);
  const contact = associations.find(({ publishedAs }) => publishedAs === 'contact')?.crmId ?? null;
  if (contact !== (event.Who_Id ?? null)) wrong.push(`${name} has the contact ${event.Who_Id}, and says ${contact}`);
  return [...wrong, ...inZoho.differences.map((one) => `${name}: ${one}`)];
}

/** As after a try-out in which Zoho mailed nobody: without it, our titles, times and people wait while somebody added is on an event. */
async function proveSilence({ db, organizationId }: TestProduct): Promise<void> {
  const kinds = ['contacts', 'emails', 'users', 'contactOfEvent', 'updates', 'notes', 'deletes'];
  const modes = Object.fromEntries(kinds.map((kind) => [kind, true]));
  await db.query('update connections set mail_modes = $2 where organization_id = $1', [
    organizationId,
    JSON.stringify(modes),
  ]);
}

const lives: fc.Arbitrary<Step[]> =
  asked.steps === undefined ? fc.array(step, { minLength: 3, maxLength: 14 }) : fc.constant(asked.steps);

it(
  'people edit on both sides, in any order: no edit is lost, both sides agree, nothing is twice, nobody is mailed',
  async () => {
    const property = fc.asyncProperty(lives, async (steps) => {
      const product = await startConnectedProduct(database);
      await proveSilence(product);
      const life: Life = {
        ...{ product, ids: [null, null], isRetracted: [false, false], isMerged: false, serial: 1 },
        ...{ edits: new Map(), deleted: new Set(), moved: new Set(), repeopled: new Set() },
      };
      await play(life, { do: 'put', meeting: 0, content: 0 });
      await play(life, { do: 'poll' });
      for (const one of steps) await play(life, one);
      await quieten(life);
      await startDrift({ ctx: product.ctx });
      await quieten(life);
      expect(lostEdits(life)).toEqual([]);
      expect([...(await disagreements(life, 0)), ...(await disagreements(life, 1))]).toEqual([]);
      expect(product.crm.mails()).toEqual([]);
      const drift = await readDrift({ ctx: product.ctx, input: { limit: 100 } });
      expect(drift.check?.state).toBe('done');
      expect(drift.findings.filter(({ kind }) => kind === 'extra')).toEqual([]);
      // Whoever is quiet writes nothing.
      const calls = await product.crm.calls(() => quieten(life));
      expect(calls.filter(({ method, path }) => method !== 'GET' && /\/(Events|Notes)\b/.test(path))).toEqual([]);
      await product.stop();
    });
    await fc.assert(property, {
      numRuns: runs,
      endOnFailure: true,
      ...(asked.seed === undefined ? {} : { seed: asked.seed }),
    });
  },
  Math.max(240_000, runs * 15_000),
);
