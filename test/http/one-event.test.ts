import { describe, expect, it } from 'vitest';
import { openCalendar } from '../harness/calendar.ts';
import { createTestDatabase } from '../harness/database.ts';
import { meetingBody, startConnectedProduct } from '../harness/product.ts';
import { startTestServer } from '../harness/server.ts';

const database = await createTestDatabase();

async function start() {
  const product = await startConnectedProduct(database);
  const server = await startTestServer(product);
  const get = async (url: string) => (await server.as('regular', { method: 'GET', url: `/api/v1${url}` })).json();
  const post = (url: string, payload: object) =>
    server.as('regular', { method: 'POST', url: `/api/v1${url}`, payload });
  return { product, calendar: openCalendar(product), server, get, post };
}

describe('a meeting whose event in the calendar is unsure', () => {
  it('is asked about with all that tells the events apart, and answered in one call', async () => {
    const { product, calendar, get, post } = await start();
    const [first = ''] = await calendar.put({ title: 'One', guests: ['ana@acme.example'] });
    const [second = ''] = await calendar.put({ title: 'Two', conferenceUrl: 'https://meet.example/x' });
    await product.ingest('m1', meetingBody());
    await product.serve();
    const needs = await get('/needs-you?cause=calendar_event_unsure');
    expect(needs.causes).toEqual([{ cause: 'calendar_event_unsure', count: 1 }]);
    expect(needs.data[0]).toMatchObject({
      cause: 'calendar_event_unsure',
      meeting: { externalId: 'm1', state: 'held', needsYou: true },
      calendarQuestion: { kind: 'unsure', answerBy: '2026-11-21T15:00:00.000Z' },
    });
    const { events } = needs.data[0].calendarQuestion;
    expect(events.map(({ eventId }: { eventId: string }) => eventId).sort()).toEqual([first, second].sort());
    expect(events[0]).toMatchObject({
      title: 'One',
      startsAt: '2026-11-20T13:00:00.000Z',
      endsAt: '2026-11-20T13:45:00.000Z',
      ownerName: 'Laura Host',
      people: [expect.stringMatching(/ana/i)],
      isCopy: false,
    });
    expect(events[0].url).toContain(`/tab/Events/${first}`);
    expect((await get('/meetings/m1')).calendarQuestion).toEqual(needs.data[0].calendarQuestion);
    expect((await post('/meetings/m1/calendar-event', { choice: 'adopt', eventId: '404' })).statusCode).toBe(404);
    expect((await post('/meetings/m1/calendar-event', { choice: 'adopt', eventId: second })).statusCode).toBe(202);
    await product.serve();
    const meeting = await get('/meetings/m1');
    expect(meeting).toMatchObject({ state: 'published', calendarQuestion: null });
    expect(meeting.inZoho).toMatchObject({ eventId: second, isCalendarEvent: true, isEventReadOnly: false });
    expect((await get('/needs-you')).data).toEqual([]);
    expect((await post('/meetings/m1/calendar-event', { choice: 'create' })).statusCode).toBe(409);
  });
});

describe('two events of one meeting', () => {
  it('are one question, which is gone when the calendar’s is taken', async () => {
    const { product, calendar, get, post } = await start();
    await product.ingest('m1', meetingBody());
    await product.serve();
    product.advance(60);
    const [id = ''] = await calendar.put();
    product.advance(301);
    await product.serve();
    const needs = await get('/needs-you');
    expect(needs.data).toHaveLength(1);
    expect(needs.data[0]).toMatchObject({
      cause: 'two_events',
      meeting: { state: 'published', needsYou: true },
      calendarQuestion: { kind: 'two_events', events: [{ eventId: id, isCopy: false }] },
    });
    expect((await post('/meetings/m1/two-events', { eventId: id, choice: 'take' })).statusCode).toBe(202);
    // While it moves, the meeting can be read: our event is neither a note nor the meeting's event.
    expect((await get('/meetings/m1')).inZoho.eventId).toBeNull();
    await product.settle();
    expect((await get('/meetings/m1')).inZoho).toMatchObject({ eventId: id, isCalendarEvent: true });
    expect((await get('/needs-you')).data).toEqual([]);
  });
});

describe('taking one meeting out of Zoho', () => {
  it('is shown before it is done, keeps the meeting here, and ends when somebody publishes it again', async () => {
    const { product, get, post } = await start();
    await product.ingest('m1', meetingBody());
    await product.serve();
    const preview = await get('/meetings/m1/undo');
    expect(preview.publication).toMatchObject({ kind: 'not_published', cause: 'undone' });
    expect(preview.operations.map(({ action }: { action: string }) => action)).toEqual([
      'delete_note',
      'delete_note',
      'delete_note',
      'disown_event',
      'delete_event',
    ]);
    expect(product.crm.events()).toHaveLength(1);
    product.advance(60);
    expect((await post('/meetings/m1/undo', {})).statusCode).toBe(202);
    await product.serve();
    expect([product.crm.events(), product.crm.notes(), product.crm.mails()]).toEqual([[], [], []]);
    const undone = await get('/meetings/m1');
    expect(undone).toMatchObject({ state: 'notPublished', needsYou: false });
    expect(undone.stateReason).toMatch(/ took this meeting out of Zoho; it stays here until it is published again\.$/);
    // New content does not bring it back by itself.
    await product.ingest('m1', meetingBody({ title: 'Renamed' }));
    await product.serve();
    expect(product.crm.events()).toEqual([]);
    product.advance(60);
    expect((await post('/meetings/m1/publish', {})).statusCode).toBe(202);
    await product.settle();
    expect((await get('/meetings/m1')).state).toBe('published');
    expect(product.crm.events()).toHaveLength(1);
  });

  it('gives an adopted event back and never deletes it', async () => {
    const { product, calendar, get, post } = await start();
    const [id = ''] = await calendar.put();
    await product.ingest('m1', meetingBody());
    await product.serve();
    const preview = await get('/meetings/m1/undo');
    expect(preview.operations.map(({ action }: { action: string }) => action)).toContain('release_event');
    product.advance(60);
    await post('/meetings/m1/undo', {});
    await product.settle();
    expect(product.crm.events().map((event) => event.id)).toEqual([id]);
    expect(product.crm.notes()).toEqual([]);
    expect(calendar.event(id)?.Salescaling_Meeting_ID ?? null).toBeNull();
  });
});

describe('recordings of one conversation', () => {
  it('answer as one meeting with its recordings, are joined and told apart by a person', async () => {
    const { product, server, get, post } = await start();
    await product.ingest('a', meetingBody());
    await product.ingest('b', meetingBody({ title: 'The same talk', recordingUrl: 'https://rec.example/2' }));
    await product.serve();
    expect((await get('/meetings/a')).recordings).toMatchObject([{ externalId: 'a', isPrimary: true }]);
    product.advance(60);
    const merged = await post('/meetings/b/merge', { with: 'a' });
    expect(merged.statusCode).toBe(202);
    expect(merged.json()).toMatchObject({ externalId: 'a' });
    await product.settle();
    const one = await get('/meetings/b');
    expect(one).toEqual(await get('/meetings/a'));
    expect(one.recordings).toMatchObject([
      { externalId: 'a', label: 'recording 1' },
      { externalId: 'b', label: 'recording 2', recordingUrl: 'https://rec.example/2' },
    ]);
    expect((await get('/meetings')).data).toHaveLength(1);
    expect((await post('/meetings/b/merge', { with: 'a' })).statusCode).toBe(409);
    expect((await post('/meetings/a/separate', { recording: 'zzz' })).statusCode).toBe(409);
    const apart = await post('/meetings/a/separate', { recording: 'b' });
    expect(apart.json()).toMatchObject({ externalId: 'b' });
    await product.settle();
    expect((await get('/meetings')).data).toHaveLength(2);
    expect(product.crm.events()).toHaveLength(2);
    // Joined again and retracted: only that recording goes.
    product.advance(60);
    await post('/meetings/a/merge', { with: 'b' });
    await product.settle();
    product.advance(60);
    await server.as('regular', { method: 'DELETE', url: '/api/v1/meetings/b' });
    await product.settle();
    expect(await get('/meetings/b')).toMatchObject({ externalId: 'b', state: 'retracted' });
    expect(await get('/meetings/a')).toMatchObject({ externalId: 'a', state: 'published' });
    expect(product.crm.events()).toHaveLength(1);
  });
});
