import { updateEvent } from '../acts.ts';
import { USERS } from '../cast.ts';
import type { Journey } from '../journey.ts';
import type { Json } from '../shown-in-zoho.ts';
import { JourneyFailure, type Stage } from '../stage.ts';

/** One meeting, one event: what the calendar put into Zoho is taken, asked about or left alone, and never changed. */

const HOUR_MS = 3_600_000;

/** Half an hour, so many days ago: a day of its own keeps each journey's events away from those of the others. */
async function daysAgo({ product }: Stage, days: number): Promise<{ startsAt: string; endsAt: string }> {
  const now = await product.advance(0);
  const endsAt = Math.floor(now.getTime() / 60_000) * 60_000 - days * 24 * HOUR_MS;
  return { startsAt: new Date(endsAt - HOUR_MS / 2).toISOString(), endsAt: new Date(endsAt).toISOString() };
}

/** The calendar puts an event of Laura Host into Zoho; answers its id, or one for each time it repeats. */
async function putEvent({ sandbox }: Stage, event: Json): Promise<string[]> {
  const act = { do: 'put', host: USERS.host.email, ...event };
  const { acts } = await sandbox.control<{ acts: { ids: string[] }[] }>('POST', 'calendar', { acts: [act] });
  return acts.flatMap(({ ids }) => ids);
}

/** What nobody but people and their calendar may change on an event that is not ours. */
async function ownOf({ sandbox }: Stage, id: string): Promise<string> {
  const [record] = await sandbox.records('Events', [id]);
  if (record === undefined) throw new JourneyFailure(`Zoho: the calendar's event ${id} is gone`);
  const { Event_Title, Start_DateTime, End_DateTime, Description, Owner, Participants, Venue, venue } = record;
  return JSON.stringify([Event_Title, Start_DateTime, End_DateTime, Description, Owner, Participants, Venue, venue]);
}

async function expectUntouched(stage: Stage, id: string, before: string): Promise<void> {
  const after = await ownOf(stage, id);
  if (after !== before) {
    throw new JourneyFailure(`Zoho: the calendar's event ${id} was changed:\n  from ${before}\n  to   ${after}`);
  }
}

/** Everything of the meeting in Zoho stands on this event. */
async function expectOn(stage: Stage, key: string, eventId: string): Promise<void> {
  await stage.until(async () => {
    const { meeting, events, notes } = await stage.sides(key);
    const wrong: string[] = [];
    if (events.length !== 1 || events[0]?.id !== eventId) {
      wrong.push(
        `Zoho: “${key}” stands on ${events.map(({ id }) => id).join(', ') || 'no event'}, should be ${eventId}`,
      );
    }
    if (meeting.inZoho.eventId !== eventId) wrong.push(`product: “${key}” knows the event ${meeting.inZoho.eventId}`);
    if (!notes.some(({ slot, parent }) => slot === 'consolidated' && parent.endsWith(eventId))) {
      wrong.push('Zoho: the event has no note with notes and clips');
    }
    return wrong;
  });
}

const path = ({ externalId }: Stage, key: string, verb: string) =>
  `/meetings/${encodeURIComponent(externalId(key))}/${verb}`;

const calendarFirstAdopt: Journey = {
  name: 'calendar-first-adopt',
  story:
    "The calendar's event was there first: it becomes the meeting's event, and only our id, links and notes come to it.",
  async play(stage) {
    const { cast, bring, expect } = stage;
    const times = await daysAgo(stage, 1);
    const conferenceUrl = 'https://meet.example/first-adopt';
    const [id = ''] = await putEvent(stage, {
      ...times,
      title: 'Weekly with Acme',
      conferenceUrl,
      guests: [cast.ana.email],
    });
    const before = await ownOf(stage, id);
    const scheduled = { ...times, organizerEmail: USERS.host.email };
    await bring('call', [cast.ana], { ...times, scheduled, conferenceUrl, title: 'What the recorder calls it' });
    await expectOn(stage, 'call', id);
    await expect('call', { state: 'published', what: cast.renewal, who: cast.ana, notesOn: [cast.renewal, cast.acme] });
    await expectUntouched(stage, id, before);
  },
};

const calendarLaterTwin: Journey = {
  name: 'calendar-later-twin',
  story: "The calendar's event comes after ours: both are shown, and one answer moves everything to the calendar's.",
  async play(stage) {
    const { cast, bring, poll, product, settle, until, meeting } = stage;
    const times = await daysAgo(stage, 2);
    const conferenceUrl = 'https://meet.example/later-twin';
    const scheduled = { ...times, organizerEmail: USERS.host.email };
    await bring('call', [cast.ana], { ...times, scheduled, conferenceUrl });
    const ours = (await stage.event('call')).id;
    const [id = ''] = await putEvent(stage, {
      ...times,
      title: 'Weekly with Acme',
      conferenceUrl,
      guests: [cast.ana.email],
    });
    const before = await ownOf(stage, id);
    await poll();
    await until(async () => {
      const { calendarQuestion } = (await meeting('call')) as unknown as { calendarQuestion: { kind: string } | null };
      return calendarQuestion?.kind === 'two_events' ? [] : ['product: does not ask about the two events'];
    });
    await product.owner.call('POST', path(stage, 'call', 'two-events'), { eventId: id, choice: 'take' });
    await settle();
    await expectOn(stage, 'call', id);
    await expectUntouched(stage, id, before);
    await until(async () => {
      const left = await stage.sandbox.records('Events', [ours]);
      return left.length === 0 ? [] : ['Zoho: our own event still stands beside the calendar’s'];
    });
  },
};

const twoCandidates: Journey = {
  name: 'two-candidates',
  story: 'Two events of the calendar fit: nothing is written until a person chooses one.',
  async play(stage) {
    const { cast, ingest, settle, expect, product, sides } = stage;
    const times = await daysAgo(stage, 3);
    const conferenceUrl = 'https://meet.example/two-candidates';
    const event = { ...times, title: 'Weekly with Acme', conferenceUrl, guests: [cast.ana.email] };
    const [first = ''] = await putEvent(stage, event);
    const [second = ''] = await putEvent(stage, event);
    const before = [await ownOf(stage, first), await ownOf(stage, second)];
    const scheduled = { ...times, organizerEmail: USERS.host.email };
    await ingest('call', [cast.ana], { ...times, scheduled, conferenceUrl });
    await settle();
    await expect('call', { state: 'held', isGone: true });
    const { notes } = await sides('call');
    if (notes.length > 0) throw new JourneyFailure('Zoho: notes were written although a person is asked first');
    await product.owner.call('POST', path(stage, 'call', 'calendar-event'), { choice: 'adopt', eventId: second });
    await settle();
    await expectOn(stage, 'call', second);
    await expectUntouched(stage, first, before[0] ?? '');
    await expectUntouched(stage, second, before[1] ?? '');
  },
};

const recurringSameTitle: Journey = {
  name: 'recurring-same-title',
  story: 'A weekly series of one title: each meeting stands on the event of its own day.',
  async play(stage) {
    const { cast, bring, expect } = stage;
    const times = await daysAgo(stage, 4);
    const weekEarlier = (time: string) => new Date(Date.parse(time) - 7 * 24 * HOUR_MS).toISOString();
    const earlier = { startsAt: weekEarlier(times.startsAt), endsAt: weekEarlier(times.endsAt) };
    const title = 'Acme weekly';
    const [lastWeek = '', thisWeek = ''] = await putEvent(stage, {
      ...earlier,
      title,
      guests: [cast.ana.email],
      repeat: { times: 2, everyDays: 7 },
    });
    const part = (at: typeof times) => ({ ...at, title, scheduled: { ...at, organizerEmail: USERS.host.email } });
    await bring('this-week', [cast.ana], part(times));
    await bring('last-week', [cast.ana], part(earlier));
    await expectOn(stage, 'this-week', thisWeek);
    await expectOn(stage, 'last-week', lastWeek);
    await expect('last-week', { state: 'published', what: cast.renewal });
  },
};

const twoRecorders: Journey = {
  name: 'two-recorders',
  story:
    'Two colleagues record one conversation: one meeting, one event, one set of notes; parted again, there are two.',
  async play(stage) {
    const { cast, bring, ingest, settle, until, product, sandbox, externalId } = stage;
    const times = await daysAgo(stage, 5);
    const conferenceUrl = 'https://meet.example/two-recorders';
    const scheduled = { ...times, calendarUid: 'two-recorders@calendar.example', organizerEmail: USERS.host.email };
    const parts = { ...times, scheduled, conferenceUrl };
    await bring('host', [cast.ana], { ...parts, title: 'As the host records it' });
    await ingest('colleague', [cast.ana], { ...parts, title: 'As a colleague records it' });
    await settle();
    const eventsOf = async () =>
      (await sandbox.events()).filter(({ title }) => title.includes('records it')).map(({ id }) => id);
    await until(async () => {
      const [one, two] = [await stage.meeting('host'), await stage.meeting('colleague')];
      const found = await eventsOf();
      return [
        ...(one.id === two.id ? [] : ['product: two recordings of one conversation are two meetings']),
        ...(found.length === 1 ? [] : [`Zoho: ${found.length} events for one conversation`]),
      ];
    });
    await product.owner.call('POST', path(stage, 'host', 'separate'), { recording: externalId('colleague') });
    await settle();
    await until(async () => {
      const [one, two] = [await stage.meeting('host'), await stage.meeting('colleague')];
      const found = await eventsOf();
      return one.id !== two.id && found.length === 2
        ? []
        : [`after parting: ${found.length} events in Zoho, should be 2`];
    });
  },
};

const adoptThenUndo: Journey = {
  name: 'adopt-then-undo',
  story:
    "A meeting on the calendar's event is taken out of Zoho: our id, links and notes go, the event stays as it was.",
  async play(stage) {
    const { cast, bring, act, product, settle, until, sandbox } = stage;
    const times = await daysAgo(stage, 6);
    const conferenceUrl = 'https://meet.example/adopt-then-undo';
    const [id = ''] = await putEvent(stage, {
      ...times,
      title: 'Weekly with Acme',
      conferenceUrl,
      guests: [cast.ana.email],
    });
    const scheduled = { ...times, organizerEmail: USERS.host.email };
    await bring('call', [cast.ana], { ...times, scheduled, conferenceUrl });
    await expectOn(stage, 'call', id);
    const noted = (await stage.sides('call')).notes.map((note) => note.id);
    await act(USERS.editor, updateEvent(id, { Description: 'Eva wrote this' }));
    const before = await ownOf(stage, id);
    await product.owner.call('POST', path(stage, 'call', 'undo'));
    await settle();
    await until(async () => {
      const left = await sandbox.records('Notes', noted);
      const [event] = (await sandbox.events()).filter((one) => one.id === id);
      return [
        ...(left.length === 0 ? [] : [`Zoho: ${left.length} of our notes are left`]),
        ...(event?.meetingId === null ? [] : ['Zoho: the calendar’s event still carries our id, or is gone']),
        ...(event?.what === null && event.who === null ? [] : ['Zoho: the event still hangs on what we put there']),
      ];
    });
    await expectUntouched(stage, id, before);
  },
};

export const oneEvent: readonly Journey[] = [
  calendarFirstAdopt,
  calendarLaterTwin,
  twoCandidates,
  recurringSameTitle,
  twoRecorders,
  adoptThenUndo,
];
