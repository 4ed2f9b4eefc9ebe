import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loadAdoptions } from '../../src/db/queries/candidates.ts';
import { sharesHalf } from '../../src/domain/judge-candidates.ts';
import { isAppError } from '../../src/errors.ts';
import { listNeedsYou } from '../../src/features/analytics/list-needs-you.ts';
import { mergeMeetings } from '../../src/features/ingest/merge-meetings.ts';
import { separateRecording } from '../../src/features/ingest/separate-recording.ts';
import { answerUnsure } from '../../src/features/one-event/answer-unsure.ts';
import { resolveTwin } from '../../src/features/one-event/resolve-twin.ts';
import { undoMeeting } from '../../src/features/one-event/undo-meeting.ts';
import { publishNow } from '../../src/features/publish/publish-now.ts';
import { calendarParts, openCalendar } from '../harness/calendar.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';

const database = await createTestDatabase();

const START = Date.parse('2026-11-20T13:00:00Z');
const ROOM = 'https://meet.example/room-1';
const at = (minutes: number) => new Date(START + minutes * 60_000).toISOString();

/** Two recorders of one conversation, and a meeting of its own. */
const RECORDERS = ['a', 'b', 'other'] as const;
type Recorder = (typeof RECORDERS)[number];

type Act =
  | { do: 'put'; title: string; hasRoom: boolean; minutes: number; isCopied: boolean }
  | { do: 'move'; nth: number; minutes: number }
  | { do: 'remove'; nth: number }
  | { do: 'send'; recorder: Recorder; text: string }
  | { do: 'answer'; choice: 'first' | 'create' }
  | { do: 'twin'; choice: 'take' | 'dismiss' }
  | { do: 'undo' | 'publish' | 'retract'; recorder: Recorder }
  | { do: 'merge' | 'separate' | 'serve' | 'poll' };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    do: fc.constant('put' as const),
    title: fc.constantFrom('Quarterly review', 'Call with Acme'),
    hasRoom: fc.boolean(),
    minutes: fc.constantFrom(0, 1, 10),
    isCopied: fc.boolean(),
  }),
  fc.record({ do: fc.constant('move' as const), nth: fc.nat(3), minutes: fc.constantFrom(0, 5, 600) }),
  fc.record({ do: fc.constant('remove' as const), nth: fc.nat(3) }),
  fc.record({
    do: fc.constant('send' as const),
    recorder: fc.constantFrom(...RECORDERS),
    text: fc.constantFrom('Too expensive', 'Cheap enough'),
  }),
  fc.record({ do: fc.constant('answer' as const), choice: fc.constantFrom('first' as const, 'create' as const) }),
  fc.record({ do: fc.constant('twin' as const), choice: fc.constantFrom('take' as const, 'dismiss' as const) }),
  fc.record({
    do: fc.constantFrom('undo' as const, 'publish' as const, 'retract' as const),
    recorder: fc.constantFrom(...RECORDERS),
  }),
  fc.record({ do: fc.constantFrom('merge' as const, 'separate' as const, 'serve' as const, 'poll' as const) }),
  fc.record({ do: fc.constantFrom('serve' as const, 'poll' as const) }),
);

it('one meeting, one event: whatever the order of calendar, recorders and people', { timeout: 280_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 16 }), async (acts) => {
      const product = await startConnectedProduct(database);
      try {
        await play(product, acts);
      } finally {
        await product.stop();
      }
    }),
    { numRuns: 14 },
  );
});

async function play(product: TestProduct, acts: Act[]): Promise<void> {
  const calendar = openCalendar(product);
  /** The calendar's events as the calendar left them last. */
  const foreign = new Map<string, ReturnType<typeof calendarParts>>();
  const dismissed = new Set<string>();
  const remember = (id: string) => foreign.set(id, calendarParts(calendar.event(id)));
  const nth = (index: number) => [...foreign.keys()][index % Math.max(1, foreign.size)];
  for (const one of acts) {
    product.advance(20);
    await allowConflicts(() => doOne(product, calendar, { foreign, dismissed, remember, nth }, one));
  }
  await quiet(product);
  await check(product, foreign, dismissed);
}

type Model = {
  foreign: Map<string, ReturnType<typeof calendarParts>>;
  dismissed: Set<string>;
  remember(id: string): void;
  nth(index: number): string | undefined;
};

/** People press buttons of questions that are gone, and name meetings that nobody sent. */
async function allowConflicts(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isAppError(error) || !['conflict', 'not_found', 'invalid_input'].includes(error.code)) throw error;
  }
}

async function doOne(
  product: TestProduct,
  calendar: ReturnType<typeof openCalendar>,
  model: Model,
  one: Act,
): Promise<void> {
  const { ctx } = product;
  switch (one.do) {
    case 'put': {
      const ids = await calendar.put({
        title: one.title,
        startsAt: at(one.minutes),
        endsAt: at(one.minutes + 45),
        ...(one.hasRoom ? { conferenceUrl: ROOM } : {}),
        ...(one.isCopied ? { copiesFor: ['olga@us.example'] } : {}),
      });
      for (const id of ids) model.remember(id);
      return;
    }
    case 'move': {
      const id = model.nth(one.nth);
      if (id === undefined) return;
      await calendar.move(id, at(one.minutes), at(one.minutes + 45));
      return model.remember(id);
    }
    case 'remove': {
      const id = model.nth(one.nth);
      if (id === undefined) return;
      await calendar.remove(id);
      model.foreign.delete(id);
      return;
    }
    case 'send':
      await product.ingest(one.recorder, bodyOf(one.recorder, one.text));
      return;
    case 'answer': {
      const [item] = (await listNeedsYou({ ctx, input: { cause: 'calendar_event_unsure', limit: 5 } })).data;
      const eventId = item?.calendarQuestion?.events[0]?.eventId;
      if (item === undefined || eventId === undefined) return;
      const answer = one.choice === 'create' ? { choice: 'create' as const } : { choice: 'adopt' as const, eventId };
      return answerUnsure({ ctx, input: { externalId: item.meeting.externalId, answer } });
    }
    case 'twin': {
      const [item] = (await listNeedsYou({ ctx, input: { cause: 'two_events', limit: 5 } })).data;
      const eventId = item?.calendarQuestion?.events[0]?.eventId;
      if (item === undefined || eventId === undefined) return;
      const { externalId } = item.meeting;
      await resolveTwin({ ctx, input: { externalId, eventId, choice: one.choice } });
      if (one.choice === 'dismiss') model.dismissed.add(eventId);
      return;
    }
    case 'undo':
      return undoMeeting({ ctx, input: { externalId: one.recorder } });
    case 'publish':
      return publishNow({ ctx, input: { externalId: one.recorder, isAnyway: false } });
    case 'retract':
      // A recording of several is told apart first, as the API does it.
      await allowConflicts(async () => {
        await separateRecording({ ctx, input: { externalId: one.recorder, recording: one.recorder } });
      });
      return product.retract(one.recorder);
    case 'merge':
      await mergeMeetings({ ctx, input: { externalId: 'other', with: 'a' } });
      return;
    case 'separate':
      await separateRecording({ ctx, input: { externalId: 'a', recording: 'b' } });
      return;
    case 'serve':
      return product.serve();
    case 'poll':
      product.advance(301);
      return product.serve();
  }
}

function bodyOf(recorder: Recorder, text: string) {
  const notes = [{ id: 'n1', smartCategory: 'Objections', text: `${text} says ${recorder}`, startSeconds: 60 }];
  if (recorder === 'other') {
    return meetingBody({ title: 'Call with Acme', startsAt: at(5), endsAt: at(50), notes, clips: [] });
  }
  const scheduled = { calendarUid: 'uid', startsAt: at(0), endsAt: at(45), organizerEmail: 'host@us.example' };
  return meetingBody({ scheduled, conferenceUrl: ROOM, startsAt: at(0), endsAt: at(45), notes, clips: [] });
}

async function quiet(product: TestProduct): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await product.serve();
    product.advance(301);
    await product.serve();
  }
}

async function check(product: TestProduct, foreign: Model['foreign'], dismissed: Set<string>): Promise<void> {
  const events = product.crm.events();
  // Nothing of the calendar was deleted or changed in what is the calendar's.
  for (const [id, parts] of foreign) {
    expect(calendarParts(events.find((event) => event.id === id))).toEqual(parts);
  }
  const own = events.filter((event) => !foreign.has(event.id));
  const meetings = new Map<string, Awaited<ReturnType<TestProduct['meeting']>>>();
  for (const externalId of RECORDERS) {
    await allowConflicts(async () => {
      const meeting = await product.meeting(externalId);
      meetings.set(meeting.id, meeting);
    });
  }
  // Each event of ours is exactly one meeting's.
  const claimed = [...meetings.values()].flatMap(({ inZoho }) => inZoho.eventId ?? []);
  expect(new Set(claimed).size).toBe(claimed.length);
  expect(own.map((event) => event.id).filter((id) => !claimed.includes(id))).toEqual([]);
  const carried = events.flatMap((event) => event.Salescaling_Meeting_ID ?? []);
  expect(new Set(carried).size).toBe(carried.length);
  const needs = await listNeedsYou({ ctx: product.ctx, input: { limit: 50 } });
  const asked = new Set(needs.data.map((item) => `${item.cause} ${item.meeting.id}`));
  const adoptions = await loadAdoptions(product.db, product.organizationId, [...meetings.keys()]);
  for (const meeting of meetings.values()) {
    const { id, state, inZoho } = meeting;
    const isThere = inZoho.eventId !== null && events.some((event) => event.id === inZoho.eventId);
    if (state === 'published') expect(isThere).toBe(true);
    if (state === 'held') expect(asked).toContain(`calendar_event_unsure ${id}`);
    if (state === 'retracted') expect(inZoho.eventId).toBeNull();
    if (state !== 'published' || inZoho.isCalendarEvent) continue;
    // Ours stands there: a calendar's event of the same people and time is a question, unless a person has decided.
    const isDecided = adoptions.get(id)?.decidedBy != null;
    const times = { startsAt: Date.parse(meeting.startsAt), endsAt: Date.parse(meeting.endsAt) };
    const doubles = events.filter((event) => {
      const isOfHost = event.Owner === events.find((one) => one.id === inZoho.eventId)?.Owner;
      const [startsAt, endsAt] = [Number(event.Start_DateTime), Number(event.End_DateTime)];
      const isNear = Math.abs(startsAt - times.startsAt) <= 15 * 60_000 && sharesHalf(times, { startsAt, endsAt });
      const isFree = !claimed.includes(event.id) && foreign.has(event.id) && !dismissed.has(event.id);
      return isOfHost && isNear && isFree;
    });
    if (doubles.length > 0 && !isDecided) expect(asked).toContain(`two_events ${id}`);
  }
  expect(product.crm.mails()).toEqual([]);
}
