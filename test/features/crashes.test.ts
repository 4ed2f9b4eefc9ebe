import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideLink } from '../../src/features/associate/decide-link.ts';
import { createTestDatabase } from '../harness/database.ts';
import { type BodyPart, meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();

/** Lets the sender run until its request number `at` and ends the process there: before the CRM gets it, or before its answer comes. */
async function serveUntilKilled(product: TestProduct, at: number, moment: 'before' | 'after'): Promise<boolean> {
  let request = 0;
  let kill: () => void = () => undefined;
  const killed = new Promise<'killed'>((resolve) => {
    kill = () => resolve('killed');
  });
  product.intercept(async (_call, send) => {
    if (request++ !== at) return send();
    if (moment === 'after') await (await send()).text();
    kill();
    return new Promise<never>(() => undefined);
  });
  const outcome = await Promise.race([product.serve().then(() => 'served' as const), killed]);
  await product.restart();
  return outcome === 'killed';
}

/** What the CRM shows of our meetings: everything that a person sees, without ids that the CRM gives. */
function shown({ crm }: TestProduct, meetingIds: Map<string, string>): unknown {
  const named = (text: unknown) =>
    [...meetingIds]
      .reduce((all, [id, name]) => all.replaceAll(id, name), String(text ?? ''))
      .replace(/Events\/\d+/g, 'Events/E');
  const eventIds = new Set(crm.events().map(({ id }) => id));
  return {
    events: crm
      .events()
      .map((event) => [
        named(event.Salescaling_Meeting_ID),
        event.Event_Title,
        event.What_Id,
        event.Who_Id,
        event.Owner,
        event.Description,
      ])
      .sort(),
    notes: crm
      .notes()
      .map((note) => [
        eventIds.has(String(note.Parent_Id)) ? 'E' : note.Parent_Id,
        note.Note_Title,
        named(note.Note_Content),
      ])
      .sort(),
    mails: crm.mails(),
  };
}

describe('a process that dies at any request', () => {
  it.each(['before', 'after'] as const)(
    '%s the CRM has answered: nothing is lost and nothing is twice',
    async (moment) => {
      let kills = 0;
      for (let at = 0; ; at++) {
        const product = await startConnectedProduct(database);
        const { id } = await product.ingest('m1', meetingBody());
        if (!(await serveUntilKilled(product, at, moment))) break;
        kills += 1;
        await product.settle();
        expect(await product.meeting('m1')).toMatchObject({ state: 'published', inZoho: { differences: [] } });
        expect(product.crm.events()).toMatchObject([{ Salescaling_Meeting_ID: id }]);
        expect(product.crm.notes()).toHaveLength(3);
        expect(product.crm.mails()).toEqual([]);
      }
      // The look for the calendar's events, event, notes, and the two reads that verify them.
      expect(kills).toBe(5);
    },
    120_000,
  );

  it('reads back what was written before it died', async () => {
    const product = await startConnectedProduct(database);
    await product.ingest('m1', meetingBody());
    await product.serve();
    product.advance(60);
    await product.ingest('m1', meetingBody({ title: 'Renamed' }));
    // The event, its notes; then the event is read.
    expect(await serveUntilKilled(product, 2, 'before')).toBe(true);
    product.crm.edit('Events', String(product.crm.events()[0]?.id), { Event_Title: 'Somebody else was here' });
    await product.settle();
    const meeting = await product.meeting('m1');
    expect(meeting.inZoho.differences).toHaveLength(1);
    expect(meeting.verifiedAt).toBeNull();
  });

  it('goes on with the first load where the last saved page was', async () => {
    for (const at of [2, 4, 6]) {
      const product = await startConnectedProduct(database);
      await product.db.query('update connections set first_load = null where organization_id = $1', [
        product.organizationId,
      ]);
      await product.ingest('m1', meetingBody());
      expect(await serveUntilKilled(product, at, 'after')).toBe(true);
      await product.settle();
      expect(await product.meeting('m1')).toMatchObject({ state: 'published' });
      expect(product.crm.events()).toHaveLength(1);
    }
  });
});

type Step =
  | { kind: 'put'; meeting: number; content: number }
  | { kind: 'retract'; meeting: number }
  | { kind: 'decide'; meeting: number; choice: number }
  | { kind: 'serve' }
  | { kind: 'kill'; at: number; moment: 'before' | 'after' }
  | { kind: 'fault'; method: string; fault: string }
  | { kind: 'advance'; seconds: number };

const meetingNumber = fc.integer({ min: 0, max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      meeting: meetingNumber,
      content: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('retract' as const), meeting: meetingNumber }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('decide' as const),
      meeting: meetingNumber,
      choice: fc.integer({ min: 0, max: 3 }),
    }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'serve' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('kill' as const),
      at: fc.integer({ min: 0, max: 4 }),
      moment: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      method: fc.constantFrom('POST', 'PUT', 'DELETE', 'GET'),
      fault: fc.constantFrom(
        'commit-then-cut',
        'commit-then-500',
        'cut-before',
        '500',
        '502-html',
        '429-concurrency',
        '401',
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('advance' as const), seconds: fc.constantFrom(1, 10, 61, 4000) }),
  },
);

const CONTENTS: BodyPart[] = [
  meetingBody(),
  meetingBody({ title: 'Renamed', notes: [], clips: [] }),
  meetingBody({ title: 'With Ben' }, ['ana@acme.example', 'ben@acme.example', 'cleo@initech.example']),
  meetingBody({ title: 'Cleo only' }, ['cleo@initech.example']),
];

const CHOICES = [
  { module: 'accounts', recordId: ID.acme, decision: 'excluded' },
  { module: 'accounts', recordId: ID.acme, decision: 'reset' },
  { module: 'deals', recordId: ID.pilot, decision: 'added' },
  { module: 'deals', recordId: ID.pilot, decision: 'reset' },
] as const;
type Choice = (typeof CHOICES)[number];

/** What each meeting is to be in the end (null: taken back, or never sent), and what a person said about it. */
type Wanted = { body: BodyPart | null; isSent: boolean; choices: Choice[] };

const decide = ({ ctx }: TestProduct, meeting: number, choice: Choice) =>
  decideLink({ ctx, input: { externalId: `m${meeting}`, ...choice } });

async function play(product: TestProduct, steps: Step[]): Promise<Wanted[]> {
  const wanted: Wanted[] = [0, 1].map(() => ({ body: null, isSent: false, choices: [] }));
  for (const one of steps) {
    const about = 'meeting' in one ? wanted[one.meeting] : undefined;
    if (one.kind === 'serve') await product.serve();
    else if (one.kind === 'kill') await serveUntilKilled(product, one.at, one.moment);
    else if (one.kind === 'advance') product.advance(one.seconds);
    else if (one.kind === 'fault') {
      // Only calls of the API: a login server that refuses the token for good is answered by a person, not by healing.
      product.crm.fault({ match: { method: one.method, path: '/crm/' }, kind: one.fault, count: 1 });
    } else if (about !== undefined) await change(product, one, about);
  }
  return wanted;
}

async function change(product: TestProduct, step: Step, about: Wanted): Promise<void> {
  if (step.kind === 'put') {
    const content = CONTENTS[step.content] ?? {};
    // Two meetings of one title, time and people would be two recordings of one conversation.
    about.body = { ...content, title: `${String(content.title)} ${step.meeting}` };
    about.isSent = true;
    await product.ingest(`m${step.meeting}`, about.body);
  }
  if (step.kind === 'retract' && about.body !== null) {
    about.body = null;
    await product.retract(`m${step.meeting}`);
  }
  const choice = step.kind === 'decide' ? CHOICES[step.choice] : undefined;
  if (step.kind === 'decide' && choice !== undefined && about.isSent) {
    about.choices.push(choice);
    await decide(product, step.meeting, choice);
  }
}

/** A product that was told the same, without any trouble on the way. */
async function startIdeal(wanted: Wanted[]): Promise<TestProduct> {
  const product = await startConnectedProduct(database);
  for (const [at, { body, choices }] of wanted.entries()) {
    if (body === null) continue;
    await product.ingest(`m${at}`, body);
    for (const choice of choices) await decide(product, at, choice);
  }
  await product.settle();
  return product;
}

async function idsOf({ db, organizationId }: TestProduct): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; name: string }>(
    'select id, external_id as name from meetings where organization_id = $1',
    [organizationId],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

describe('any order of edits, lost answers, refusals and deaths', () => {
  it('ends where a life without any trouble ends', async () => {
    const property = fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 9 }), async (steps) => {
      const product = await startConnectedProduct(database);
      const wanted = await play(product, steps);
      product.crm.heal();
      await product.settle(100_000);
      const quiet = await startIdeal(wanted);
      const [real, ideal] = await Promise.all([product, quiet].map(async (one) => shown(one, await idsOf(one))));
      expect(withoutHost(real, product)).toEqual(withoutHost(ideal, quiet));
      await Promise.all([product.stop(), quiet.stop()]);
    });
    await fc.assert(property, { numRuns: 12, endOnFailure: true });
  }, 240_000);
});

function withoutHost(value: unknown, { simulator }: TestProduct): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(simulator.accounts, ''));
}
