import { describe, expect, it } from 'vitest';
import type { LedgerRow } from '../../simulator/world/ledger.ts';
import { answerUnsure } from '../../src/features/one-event/answer-unsure.ts';
import { calendarParts, openCalendar } from '../harness/calendar.ts';
import { createTestDatabase } from '../harness/database.ts';
import {
  meetingBody,
  type ProductOptions,
  startConnectedProduct,
  type TestProduct,
  writesOf,
} from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();
const start = (options: ProductOptions = {}) => startConnectedProduct(database, options);
const CONFERENCE = 'https://meet.example/abc-defg';

/** Reads that looked for the calendar's events: queries over Events, and reads of single ones that are not the meeting's yet. */
const lookUps = (rows: LedgerRow[]) => rows.filter((row) => row.path.endsWith('/coql'));
const sum = (rows: LedgerRow[]) => rows.reduce((total, row) => total + row.credits, 0);

async function stateOf(product: TestProduct, externalId: string) {
  const { state, stateReason, needsYou } = await product.meeting(externalId);
  return { state, stateReason, needsYou };
}

describe('a meeting whose event the calendar has put into Zoho', () => {
  it('takes that event, and writes on it nothing but id, related record, contact and notes', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [id = ''] = await calendar.put({ conferenceUrl: CONFERENCE });
    const before = calendarParts(calendar.event(id));
    product.advance(60);
    await product.ingest('m1', meetingBody({ title: 'Another title', conferenceUrl: CONFERENCE }));
    const calls = await product.crm.calls(() => product.serve());
    expect(product.crm.events()).toHaveLength(1);
    const event = calendar.event(id);
    expect(calendarParts(event)).toEqual(before);
    const meeting = await product.meeting('m1');
    expect(event).toMatchObject({
      Salescaling_Meeting_ID: meeting.id,
      What_Id: ID.renewal,
      $se_module: 'Deals',
      Who_Id: ID.ana,
    });
    expect(meeting).toMatchObject({ state: 'published', stateReason: 'Published and verified.' });
    expect(meeting.inZoho.eventId).toBe(id);
    expect(product.crm.notesOf(id)).toHaveLength(1);
    expect(product.crm.notesOf(ID.renewal)).toHaveLength(1);
    // One query and one read of the candidate; one write of the event and one of the notes.
    expect(sum(lookUps(calls))).toBe(1);
    expect(writesOf(calls).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT /crm/v8/Events',
      'POST /crm/v8/Notes',
    ]);
    expect(product.crm.mails()).toEqual([]);
  });

  it('is known by title and an outsider as well, and gives the note to contacts that the event does not show', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [id = ''] = await calendar.put({ title: '  QUARTERLY  review' });
    await product.ingest('m1', meetingBody({}, ['ana@acme.example', 'ben@acme.example']));
    await product.serve();
    expect((await product.meeting('m1')).inZoho.eventId).toBe(id);
    // Ben is no guest of the calendar's event.
    expect(product.crm.notesOf(ID.ben)).toHaveLength(1);
    expect(product.crm.notesOf(ID.ana)).toHaveLength(0);
  });

  it('leaves related record and contact alone where the calendar or a person has set them', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [id = ''] = await calendar.put({ conferenceUrl: CONFERENCE });
    product.crm.edit('Events', id, { What_Id: ID.globex, $se_module: 'Accounts' });
    await product.ingest('m1', meetingBody({ conferenceUrl: CONFERENCE }));
    await product.serve();
    expect(calendar.event(id)).toMatchObject({ What_Id: ID.globex, $se_module: 'Accounts' });
    expect(calendar.event(id)?.Who_Id ?? null).toBeNull();
    expect((await product.meeting('m1')).state).toBe('published');
  });

  it('costs nothing when it is planned again, and only its note when the note changes', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    await calendar.put({ conferenceUrl: CONFERENCE });
    await product.ingest('m1', meetingBody({ conferenceUrl: CONFERENCE }));
    await product.serve();
    product.advance(60);
    const body = meetingBody({ conferenceUrl: CONFERENCE, title: 'Renamed', notes: [{ id: 'n1', text: 'Cheap' }] });
    await product.ingest('m1', body);
    const writes = writesOf(await product.crm.calls(() => product.serve()));
    expect(writes.every(({ path }) => path.startsWith('/crm/v8/Notes'))).toBe(true);
    expect(calendar.event(product.crm.events()[0]?.id ?? '')?.Event_Title).toBe('Quarterly review');
  });

  it('is given back by a retraction: our notes and id go, the event stays as it was', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [id = ''] = await calendar.put({ conferenceUrl: CONFERENCE });
    const before = calendarParts(calendar.event(id));
    await product.ingest('m1', meetingBody({ conferenceUrl: CONFERENCE }));
    await product.serve();
    product.advance(60);
    await product.retract('m1');
    await product.serve();
    expect(calendarParts(calendar.event(id))).toEqual(before);
    const event = calendar.event(id);
    const ours = [event?.Salescaling_Meeting_ID, event?.What_Id, event?.Who_Id];
    expect(ours.map((value) => value ?? null)).toEqual([null, null, null]);
    expect(product.crm.notes()).toEqual([]);
    expect(product.crm.mails()).toEqual([]);
    expect((await product.meeting('m1')).state).toBe('retracted');
  });

  it('keeps what a person set on it since, when it is given back', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [id = ''] = await calendar.put({ conferenceUrl: CONFERENCE });
    await product.ingest('m1', meetingBody({ conferenceUrl: CONFERENCE }));
    await product.serve();
    product.advance(60);
    product.crm.edit('Events', id, { Event_Title: 'Renamed by a person' });
    await product.retract('m1');
    await product.serve();
    expect(calendar.event(id)).toMatchObject({ Event_Title: 'Renamed by a person' });
  });
});

describe('an event of the calendar that may be the meeting’s', () => {
  it('two of them: nothing is written until a person chooses', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [first = ''] = await calendar.put({ title: 'One' });
    const [second = ''] = await calendar.put({ title: 'Two' });
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect(await stateOf(product, 'm1')).toEqual({
      state: 'held',
      stateReason: 'Zoho’s calendar has 2 events at this time: say which one is this meeting.',
      needsYou: true,
    });
    expect(product.crm.notes()).toEqual([]);
    expect(product.crm.events()).toHaveLength(2);
    // Nobody answers: it keeps waiting, and costs nothing.
    product.advance(30 * 3600);
    const calls = await product.crm.calls(() => product.serve());
    // The nightly comparison and the probe of the connection go on; nobody looks for events, and nothing is written.
    expect(lookUps(calls).filter(({ credits }) => credits === 1)).toEqual([]);
    expect(calls.filter(({ method, path }) => method !== 'GET' && /\/(Events|Notes)$/.test(path))).toEqual([]);
    await answerUnsure({
      ctx: product.ctx,
      input: { externalId: 'm1', answer: { choice: 'adopt', eventId: second } },
    });
    await product.serve();
    expect((await product.meeting('m1')).inZoho.eventId).toBe(second);
    expect(calendar.event(first)?.Salescaling_Meeting_ID ?? null).toBeNull();
    expect(product.crm.events()).toHaveLength(2);
  });

  it('becomes an own event when a person says so', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [foreign = ''] = await calendar.put({ title: 'Something else', guests: [] });
    const before = calendar.event(foreign);
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect((await product.meeting('m1')).state).toBe('held');
    await answerUnsure({ ctx: product.ctx, input: { externalId: 'm1', answer: { choice: 'create' } } });
    await product.serve();
    expect(product.crm.events()).toHaveLength(2);
    expect(calendar.event(foreign)).toEqual(before);
    expect((await product.meeting('m1')).state).toBe('published');
  });

  it('becomes an own event after a day where the organization wants that', async () => {
    const product = await start({ policy: { unsureEvent: 'create' } });
    await openCalendar(product).put({ title: 'Something else', guests: [] });
    await product.ingest('m1', meetingBody());
    await product.serve();
    product.advance(23 * 3600);
    await product.serve();
    expect((await product.meeting('m1')).state).toBe('held');
    product.advance(3601);
    await product.serve();
    expect((await product.meeting('m1')).state).toBe('published');
    expect(product.crm.events()).toHaveLength(2);
  });

  it.each([
    ['all day', { isAllDay: true }],
    ['cancelled', { isCancelled: true }],
    ['nobody’s of this meeting', { host: 'olga@us.example' }],
    ['sixteen minutes away', { startsAt: '2026-11-20T13:16:00Z', endsAt: '2026-11-20T14:01:00Z' }],
    ['a block of a whole afternoon', { endsAt: '2026-11-20T17:00:00Z', title: 'Focus time', guests: [] }],
  ])('is none when it is %s', async (_what, entry) => {
    const product = await start();
    const calendar = openCalendar(product);
    const [id = ''] = await calendar.put(entry);
    const before = calendar.event(id);
    await product.ingest('m1', meetingBody());
    await product.serve();
    expect((await product.meeting('m1')).state).toBe('published');
    expect(calendar.event(id)).toEqual(before);
    expect(product.crm.events()).toHaveLength(2);
  });

  it('recurring with one title: each meeting takes the event of its own day', async () => {
    const product = await start();
    const ids = await openCalendar(product).put({
      startsAt: '2026-11-06T13:00:00Z',
      endsAt: '2026-11-06T13:45:00Z',
      repeat: { times: 3, everyDays: 7 },
    });
    for (const [at, day] of ['06', '13', '20'].entries()) {
      const times = { startsAt: `2026-11-${day}T13:00:00Z`, endsAt: `2026-11-${day}T13:45:00Z` };
      await product.ingest(`m${at}`, meetingBody(times));
    }
    await product.serve();
    const taken = [];
    for (const at of [0, 1, 2]) taken.push((await product.meeting(`m${at}`)).inZoho.eventId);
    expect(taken).toEqual(ids);
    expect(product.crm.events()).toHaveLength(3);
  });
});

describe('an event of the calendar that does not take our write', () => {
  it('has changed meanwhile: it is read again, and taken as it is now', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [id = ''] = await calendar.put({ conferenceUrl: CONFERENCE });
    product.advance(60);
    let edited = false;
    product.intercept(async ({ method, url }, send) => {
      if (!edited && method === 'PUT' && url.pathname.endsWith('/Events')) {
        edited = true;
        product.advance(5);
        product.crm.edit('Events', id, {
          Event_Title: 'Moved by a person',
          What_Id: ID.globex,
          $se_module: 'Accounts',
        });
      }
      return send();
    });
    await product.ingest('m1', meetingBody({ conferenceUrl: CONFERENCE }));
    await product.settle();
    expect(calendar.event(id)).toMatchObject({ Event_Title: 'Moved by a person', What_Id: ID.globex });
    expect((await product.meeting('m1')).state).toBe('published');
    expect(product.crm.notesOf(id)).toHaveLength(1);
  });

  it('is gone meanwhile: the meeting gets an event of its own', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [id = ''] = await calendar.put({ conferenceUrl: CONFERENCE });
    let isRemoved = false;
    product.intercept(async ({ method, url }, send) => {
      if (!isRemoved && method === 'PUT' && url.pathname.endsWith('/Events')) {
        isRemoved = true;
        await calendar.remove(id);
      }
      return send();
    });
    await product.ingest('m1', meetingBody({ conferenceUrl: CONFERENCE }));
    await product.settle();
    expect((await product.meeting('m1')).state).toBe('published');
    expect(product.crm.events()).toHaveLength(1);
    expect(product.crm.events()[0]?.id).not.toBe(id);
  });

  it('may not be written at all: its notes are on the records, the consolidated one on the primary record', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [id = ''] = await calendar.put({ conferenceUrl: CONFERENCE });
    const before = calendar.event(id);
    product.intercept(async ({ method, url }, send) => {
      if (method !== 'PUT' || !url.pathname.endsWith('/Events')) return send();
      const body = {
        data: [{ code: 'RECORD_LOCKED', details: { id }, message: 'the record is locked', status: 'error' }],
      };
      return Response.json(body, { status: 400 });
    });
    await product.ingest('m1', meetingBody({ conferenceUrl: CONFERENCE }));
    await product.settle();
    expect(await stateOf(product, 'm1')).toMatchObject({ state: 'published', stateReason: 'Published and verified.' });
    expect(calendar.event(id)).toEqual(before);
    const titles = product.crm.notesOf(ID.renewal).map((note) => String(note.Note_Title).split(':')[0]);
    expect(titles.sort()).toEqual(['Meeting summary', 'Notes and clips']);
    product.intercept(null);
    await product.retract('m1');
    await product.settle();
    expect(product.crm.notes()).toEqual([]);
    expect(calendar.event(id)).toEqual(before);
  });
});

describe('taking back what we put on an event of the calendar', () => {
  it('leaves the related record that a person has chosen a moment ago', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [id = ''] = await calendar.put({ conferenceUrl: CONFERENCE });
    product.advance(60);
    await product.ingest('m1', meetingBody({ conferenceUrl: CONFERENCE }));
    await product.settle();
    expect(calendar.event(id)).toMatchObject({ What_Id: ID.renewal, Who_Id: ID.ana });
    product.advance(60);
    product.crm.edit('Events', id, { What_Id: ID.pilot, $se_module: 'Deals', Modified_By: ID.host });
    product.advance(30);
    await product.retract('m1');
    await product.settle();
    expect(calendar.event(id)).toMatchObject({ What_Id: ID.pilot, Who_Id: null });
    expect(product.crm.notesOf(id)).toEqual([]);
  });

  it('leaves one that is chosen between our look and our write', async () => {
    const product = await start();
    const calendar = openCalendar(product);
    const [id = ''] = await calendar.put({ conferenceUrl: CONFERENCE });
    product.advance(60);
    await product.ingest('m1', meetingBody({ conferenceUrl: CONFERENCE }));
    await product.settle();
    product.advance(60);
    let isFirst = true;
    product.intercept(async (call, send) => {
      if (isFirst && call.method === 'PUT' && call.url.pathname.endsWith('/Events')) {
        isFirst = false;
        product.crm.edit('Events', id, { What_Id: ID.pilot, $se_module: 'Deals', Modified_By: ID.host });
        product.advance(5);
      }
      return send();
    });
    await product.retract('m1');
    await product.settle();
    expect(isFirst).toBe(false);
    expect(calendar.event(id)).toMatchObject({ What_Id: ID.pilot, Who_Id: null });
  });
});
