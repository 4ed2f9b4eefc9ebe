import { describe, expect, it } from 'vitest';
import { createTestDatabase } from '../harness/database.ts';
import { beginLife, type Life, live, openMortalDatabase, passPoint } from '../harness/mortal-database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';

const database = await createTestDatabase();
const mortal = { url: database.url, db: openMortalDatabase(database.db) };

/**
 * `all` tries every point. Else some of those that leave something behind, every EVERY-th: after a read, or in a transaction that is
 * not committed, a death finds the same as after the point before.
 */
const WHICH = process.env.CRASH_POINTS ?? 'some';
const EVERY = 5;

const SLACK = 2;

type Journey = {
  name: string;
  /** What has happened before, without trouble. */
  before(product: TestProduct): Promise<unknown>;
  /** What is owed to the CRM because of it; the process dies while it is brought there. */
  change(product: TestProduct): Promise<unknown>;
};

const nothing = async () => undefined;
const published = async (product: TestProduct) => {
  await product.ingest('m1', meetingBody());
  await product.settle();
};

const JOURNEYS: Journey[] = [
  { name: 'a new meeting', before: nothing, change: (product) => product.ingest('m1', meetingBody()) },
  {
    name: 'other people, another title and other notes',
    before: published,
    change: (product) =>
      product.ingest('m1', meetingBody({ title: 'Renamed', notes: [], clips: [] }, ['cleo@initech.example'])),
  },
  { name: 'a meeting that is taken back', before: published, change: (product) => product.retract('m1') },
  {
    name: 'an event whose answer is lost',
    before: nothing,
    change: async (product) => {
      await product.ingest('m1', meetingBody());
      product.crm.fault({ match: { method: 'POST', module: 'Events' }, kind: 'commit-then-cut', count: 1 });
    },
  },
  {
    name: 'notes whose answer is lost',
    before: nothing,
    change: async (product) => {
      await product.ingest('m1', meetingBody());
      product.crm.fault({ match: { method: 'POST', module: 'Notes' }, kind: 'commit-then-500', count: 1 });
    },
  },
];

/** Lets a process bring to the CRM what is owed, until it is done or dies. */
async function settleInLife(product: TestProduct, life: Life): Promise<void> {
  product.intercept(async (_call, send) => {
    await passPoint('before a request');
    const answer = await send();
    const text = await answer.text();
    await passPoint('after a request');
    const { status, headers } = answer;
    return new Response([204, 304].includes(status) ? null : text, { status, headers });
  });
  const settled = live(life, () => product.settle()).catch((error: unknown) => {
    if (!life.isDead) throw error;
  });
  await Promise.race([settled, life.died]);
  if (life.isDead) await product.restart();
  product.intercept(null);
}

/** Plays a journey with a death at one point, and gives what both sides show in the end. */
async function play(journey: Journey, diesAt: number): Promise<{ life: Life; end: unknown }> {
  const product = await startConnectedProduct(mortal);
  try {
    await journey.before(product);
    await journey.change(product);
    const life = beginLife(diesAt);
    await settleInLife(product, life);
    await product.settle();
    return { life, end: await shown(product) };
  } finally {
    await product.stop();
  }
}

/** Everything that a person sees on both sides, without ids and times of the CRM; and that no row of the ledger is left open. */
async function shown(product: TestProduct): Promise<unknown> {
  const { crm, simulator } = product;
  const { id, state, needsYou, verifiedAt, inZoho } = await product.meeting('m1');
  const named = (text: unknown) =>
    String(text ?? '')
      .replaceAll(id, 'ID')
      .replaceAll(simulator.accounts, '')
      .replace(/Events\/\d+/g, 'Events/E');
  const events = crm.events();
  const isEvent = (parent: unknown) => events.some((event) => event.id === parent);
  const operations = await product.operations('m1');
  return {
    events: events.map((event) => [
      named(event.Salescaling_Meeting_ID),
      event.Event_Title,
      event.What_Id,
      event.Who_Id,
      event.Owner,
      named(event.Description),
      named(event.Participants),
    ]),
    notes: crm
      .notes()
      .map((note) => [isEvent(note.Parent_Id) ? 'E' : note.Parent_Id, named(note.Note_Title), named(note.Note_Content)])
      .sort(),
    mails: crm.mails(),
    meeting: { state, needsYou, isVerified: verifiedAt !== null, differences: inZoho.differences },
    written: { hasEvent: inZoho.eventId !== null, notes: inZoho.notes.length },
    open: operations.filter(({ state: of }) => !['done', 'superseded', 'failed'].includes(of)),
  };
}

function choosePoints(points: string[]): number[] {
  const all = points.map((_, at) => at);
  if (WHICH === 'all') return all;
  const leavesSomething = (point: string) => !/^(select|with|in a transaction:)/.test(point);
  return all.filter((at) => leavesSomething(points[at] ?? '')).filter((_, at) => at % EVERY === 0);
}

describe.each(JOURNEYS)('$name: a process that dies', (journey) => {
  it('after any statement, and before or after any request, ends where one ends that lives on', async () => {
    const quiet = await play(journey, Number.POSITIVE_INFINITY);
    const { points } = quiet.life;
    expect(points.filter((point) => point === 'commit').length).toBeGreaterThan(1);
    expect(points.filter((point) => point === 'after a request').length).toBeGreaterThan(1);
    for (const at of choosePoints(points)) {
      const { life, end } = await play(journey, at);
      // Pools and clocks make a life a statement longer or shorter now and then; only its last points may be missed by that.
      const isOver = life.points.length <= at && at >= points.length - SLACK;
      expect(life.isDead || isOver, `it dies at point ${at}`).toBe(true);
      expect(end, `dying at point ${at}, after: ${points[at]}`).toEqual(quiet.end);
    }
  }, 600_000);
});
