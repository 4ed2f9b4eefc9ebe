import { describe, expect, it } from 'vitest';
import { mergeMeetings } from '../../src/features/ingest/merge-meetings.ts';
import { readRecordings } from '../../src/features/ingest/read-recordings.ts';
import { leaveBeforeRetracting, separateRecording } from '../../src/features/ingest/separate-recording.ts';
import { createTestDatabase } from '../harness/database.ts';
import { type BodyPart, meetingBody, startConnectedProduct, type TestProduct } from '../harness/product.ts';
import { ID } from '../harness/small-world.ts';

const database = await createTestDatabase();
const start = () => startConnectedProduct(database);

const CALENDAR = { calendarUid: 'uid-1', startsAt: '2026-11-20T13:00:00Z', organizerEmail: 'host@us.example' };
const OTHER_PEOPLE = [
  { name: 'Olga Admin', email: 'olga@us.example', role: 'organizer' },
  { name: 'Ben', email: 'ben@acme.example' },
];

/** Olga's recorder heard the same conversation, began a minute later and ran longer. */
function olgas(more: BodyPart = {}): BodyPart {
  return meetingBody({
    title: 'Recording of Olga',
    startsAt: '2026-11-20T13:01:00Z',
    endsAt: '2026-11-20T14:10:00Z',
    participants: OTHER_PEOPLE,
    recordingUrl: 'https://rec.example/2',
    summary: { text: 'What Olga’s recorder understood.' },
    notes: [
      { id: 'n1', smartCategory: 'Objections', text: 'too EXPENSIVE', startSeconds: 10 },
      { id: 'n2', smartCategory: 'Next steps', text: 'Send the offer', startSeconds: 600 },
    ],
    clips: [{ id: 'c1', noteId: 'n2', startSeconds: 600, endSeconds: 630, url: 'https://clip.example/2' }],
    ...more,
  });
}

async function recordingsOf(product: TestProduct, externalId: string) {
  const { id } = await product.meeting(externalId);
  return readRecordings({ ctx: product.ctx, input: { meetingId: id } });
}

const eventIds = (product: TestProduct) => product.crm.events().map((event) => event.id);

describe('two recordings of one conversation', () => {
  it.each([
    ['the calendar’s entry', { scheduled: CALENDAR }, olgas({ scheduled: CALENDAR })],
    [
      'the conference’s address at that time',
      { conferenceUrl: 'https://meet.example/abc?pwd=1' },
      olgas({ conferenceUrl: 'https://meet.example/abc/' }),
    ],
    ['people, title and start', {}, meetingBody({ recordingUrl: 'https://rec.example/2' })],
  ])('are one meeting by %s: one event, one set of notes', async (_why, first, second) => {
    const product = await start();
    await product.ingest('a', meetingBody(first));
    const answer = await product.ingest('b', second);
    await product.serve();
    const [one, other] = [await product.meeting('a'), await product.meeting('b')];
    expect(other).toEqual(one);
    expect(answer).toMatchObject({ id: one.id, externalId: 'b', version: 1 });
    expect(one).toMatchObject({ externalId: 'a', state: 'published' });
    expect(product.crm.events()).toHaveLength(1);
    expect((await recordingsOf(product, 'b')).map(({ externalId }) => externalId)).toEqual(['a', 'b']);
  });

  it('have everybody’s people, and notes and clips that say whose recording they are from, alike ones once', async () => {
    const product = await start();
    await product.ingest('a', meetingBody({ scheduled: CALENDAR }));
    await product.ingest('b', olgas({ scheduled: CALENDAR }));
    await product.serve();
    const meeting = await product.meeting('a');
    expect(meeting.participants.map(({ email }) => email).sort()).toEqual([
      'ana@acme.example',
      'ben@acme.example',
      'host@us.example',
      'olga@us.example',
    ]);
    expect(meeting.participants.filter(({ role }) => role === 'organizer')).toHaveLength(1);
    expect(meeting.notes.map(({ text }) => text)).toEqual(['Too expensive', 'Send the offer']);
    // The organizer’s recording speaks for the conversation, though the other one is longer.
    expect(meeting).toMatchObject({ title: 'Quarterly review', summary: { text: 'They want the secret discount.' } });
    const [event = ''] = eventIds(product);
    const text = String(product.crm.notesOf(event)[0]?.Note_Content);
    expect(text).toContain('Too expensive (Laura Host’s recording)');
    expect(text).toContain('Send the offer (Olga Admin’s recording)');
    expect(text).toContain('https://clip.example/2 (Olga Admin’s recording)');
    expect(text).not.toContain('too EXPENSIVE');
  });

  it('are the longest one’s summary where no calendar says who called', async () => {
    const product = await start();
    const conferenceUrl = 'https://meet.example/abc';
    await product.ingest('a', meetingBody({ conferenceUrl }));
    await product.ingest('b', olgas({ conferenceUrl }));
    expect((await product.meeting('a')).summary?.text).toBe('What Olga’s recorder understood.');
  });

  it('bring the second one’s later versions into the same meeting', async () => {
    const product = await start();
    await product.ingest('a', meetingBody({ scheduled: CALENDAR }));
    const later = olgas({ scheduled: CALENDAR });
    await product.ingest('b', { ...later, processed: {} });
    await product.serve();
    expect((await product.meeting('a')).notes).toHaveLength(1);
    expect(await product.ingest('b', later)).toMatchObject({ version: 2 });
    expect(await product.ingest('b', later)).toMatchObject({ version: 2 });
    product.advance(60);
    await product.serve();
    expect((await product.meeting('a')).notes).toHaveLength(2);
    expect(product.crm.events()).toHaveLength(1);
    expect(product.crm.notesOf(eventIds(product)[0] ?? '')).toHaveLength(1);
  });

  it('sent at the same moment are one meeting all the same', async () => {
    const product = await start();
    await Promise.all([
      product.ingest('a', meetingBody({ scheduled: CALENDAR })),
      product.ingest('b', olgas({ scheduled: CALENDAR })),
      product.ingest('c', olgas({ scheduled: CALENDAR, title: 'A third one' })),
    ]);
    await product.serve();
    const ids = new Set();
    for (const externalId of ['a', 'b', 'c']) ids.add((await product.meeting(externalId)).id);
    expect(ids.size).toBe(1);
    expect(product.crm.events()).toHaveLength(1);
  });

  it.each([
    ['another day of a recurring entry', { scheduled: { ...CALENDAR, startsAt: '2026-11-27T13:00:00Z' } }],
    ['private', { scheduled: CALENDAR, visibility: 'private' }],
    ['another title', { title: 'Something else', conferenceUrl: null }],
  ])('are two when the second is %s', async (_what, more) => {
    const product = await start();
    await product.ingest('a', meetingBody({ scheduled: CALENDAR }));
    await product.ingest('b', meetingBody(more));
    expect((await product.meeting('b')).externalId).toBe('b');
    expect(await recordingsOf(product, 'a')).toEqual([]);
  });
});

describe('a recording that leaves its conversation', () => {
  async function startJoined() {
    const product = await start();
    await product.ingest('a', meetingBody({ scheduled: CALENDAR }));
    await product.ingest('b', olgas({ scheduled: CALENDAR }));
    await product.serve();
    product.advance(60);
    return product;
  }

  it('because a person tells them apart: two meetings, two events, not joined again', async () => {
    const product = await startJoined();
    const [event] = eventIds(product);
    await separateRecording({ ctx: product.ctx, input: { externalId: 'a', recording: 'b' } });
    await product.settle();
    expect((await product.meeting('b')).externalId).toBe('b');
    expect((await product.meeting('a')).notes.map(({ text }) => text)).toEqual(['Too expensive']);
    expect((await product.meeting('a')).inZoho.eventId).toBe(event);
    expect(product.crm.events()).toHaveLength(2);
    product.advance(60);
    await product.ingest('b', olgas({ scheduled: CALENDAR, title: 'Changed' }));
    expect((await product.meeting('b')).externalId).toBe('b');
  });

  it('because it became private: the other one goes on alone', async () => {
    const product = await startJoined();
    await product.ingest('b', olgas({ scheduled: CALENDAR, visibility: 'private' }));
    await product.settle();
    expect((await product.meeting('b')).state).toBe('notPublished');
    expect((await product.meeting('a')).participants.map(({ email }) => email)).not.toContain('ben@acme.example');
    expect(product.crm.events()).toHaveLength(1);
    const text = String(product.crm.notesOf(eventIds(product)[0] ?? '')[0]?.Note_Content);
    expect(text).not.toContain('Send the offer');
    expect(text).not.toContain('recording)');
  });

  it('because the first one is retracted: the second goes on as a meeting of its own', async () => {
    const product = await startJoined();
    await leaveBeforeRetracting({ ctx: product.ctx, input: { externalId: 'a' } });
    await product.retract('a');
    await product.settle();
    expect((await product.meeting('a')).state).toBe('retracted');
    expect(await product.meeting('b')).toMatchObject({ externalId: 'b', state: 'published' });
    expect(product.crm.events()).toHaveLength(1);
    expect(product.crm.notesOf(eventIds(product)[0] ?? '')[0]?.Note_Content).not.toContain('Too expensive (');
  });
});

describe('two meetings that a person joins', () => {
  it('are one: the younger’s event and notes go once the older’s stand', async () => {
    const product = await start();
    await product.ingest('a', meetingBody());
    await product.serve();
    product.advance(60);
    await product.ingest('b', olgas());
    await product.serve();
    const [older = '', younger = ''] = eventIds(product).sort();
    expect(product.crm.events()).toHaveLength(2);
    product.advance(60);
    expect(await mergeMeetings({ ctx: product.ctx, input: { externalId: 'b', with: 'a' } })).toEqual({
      externalId: 'a',
    });
    let writes = 0;
    product.intercept(async ({ method, url }, send) => {
      // Nothing of the younger's goes before the older one has the notes of both.
      const isRemoval = method === 'DELETE' && /\/(Events|Notes)$/.test(url.pathname);
      if (isRemoval) {
        writes++;
        const text = String(product.crm.notesOf(older)[0]?.Note_Content);
        expect(text).toContain('Send the offer');
      }
      return send();
    });
    await product.settle();
    expect(writes).toBeGreaterThan(0);
    expect(eventIds(product)).toEqual([older]);
    expect(eventIds(product)).not.toContain(younger);
    expect(await product.meeting('b')).toEqual(await product.meeting('a'));
    expect(product.crm.notesOf(ID.renewal)).toHaveLength(1);
    expect(product.crm.notesOf(ID.acme)).toHaveLength(1);
    expect(product.crm.mails()).toEqual([]);
  });

  it('can be told apart again, each with an event of its own', async () => {
    const product = await start();
    await product.ingest('a', meetingBody());
    await product.ingest('b', olgas());
    await product.serve();
    product.advance(60);
    await mergeMeetings({ ctx: product.ctx, input: { externalId: 'a', with: 'b' } });
    await product.settle();
    expect(product.crm.events()).toHaveLength(1);
    product.advance(60);
    await separateRecording({ ctx: product.ctx, input: { externalId: 'a', recording: 'b' } });
    await product.settle();
    expect(product.crm.events()).toHaveLength(2);
    expect(await product.meeting('b')).toMatchObject({ externalId: 'b', state: 'published' });
  });
});
