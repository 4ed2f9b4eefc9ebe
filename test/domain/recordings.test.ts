import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeRecordings, type Recording, type RecordingBody } from '../../src/domain/compose-recordings.ts';
import { type ConversationKeys, sameConversation } from '../../src/domain/same-conversation.ts';

const START = Date.UTC(2026, 10, 20, 13);
const MINUTE = 60_000;

const keys = (more: Partial<ConversationKeys> = {}): ConversationKeys => ({
  title: 'Review',
  startsAt: START,
  endsAt: START + 30 * MINUTE,
  scheduledStart: null,
  calendarUid: null,
  conferenceKey: null,
  people: ['a', 'b'],
  ...more,
});

describe('sameConversation', () => {
  const other = { title: 'Other', people: ['c'] };
  it.each<[string, Partial<ConversationKeys>, Partial<ConversationKeys>, string | null]>([
    ['calendar entry and start', { calendarUid: 'u' }, { ...other, calendarUid: 'u' }, 'calendar'],
    [
      'calendar entry on another day',
      { calendarUid: 'u' },
      { ...other, calendarUid: 'u', startsAt: START + 864e5 },
      null,
    ],
    [
      'calendar entry by its scheduled start',
      { calendarUid: 'u', scheduledStart: START },
      { ...other, calendarUid: 'u', scheduledStart: START, startsAt: START + 9 * MINUTE },
      'calendar',
    ],
    [
      'room at that time',
      { conferenceKey: 'r' },
      { ...other, conferenceKey: 'r', startsAt: START + 20 * MINUTE },
      'conference',
    ],
    [
      'room right after',
      { conferenceKey: 'r' },
      { ...other, conferenceKey: 'r', startsAt: START + 30 * MINUTE, endsAt: START + 60 * MINUTE },
      null,
    ],
    ['people, title and start', {}, { title: ' review ', people: ['b', 'a'] }, 'people'],
    ['people and start', {}, { title: 'Other' }, null],
    ['title and start', {}, { people: ['a', 'c'] }, null],
    ['title, start and one person alone', { people: ['a'] }, { people: ['a'] }, null],
  ])('%s', (_what, one, two, why) => {
    expect(sameConversation(keys(one), keys(two))).toBe(why);
    expect(sameConversation(keys(two), keys(one))).toBe(why);
  });
});

const arbitraryRecording = (externalId: string): fc.Arbitrary<Recording<RecordingBody>> =>
  fc.record({
    externalId: fc.constant(externalId),
    receivedAt: fc.constantFrom('2026-11-20T15:00:00Z', '2026-11-20T15:01:00Z'),
    body: fc.record({
      startsAt: fc.constantFrom('2026-11-20T13:00:00Z', '2026-11-20T13:01:00Z'),
      endsAt: fc.constantFrom('2026-11-20T13:30:00Z', '2026-11-20T13:45:00Z'),
      visibility: fc.constantFrom('organization' as const, 'team' as const),
      scheduled: fc.option(fc.record({ organizerEmail: fc.constantFrom('host@us.example', null) })),
      participants: fc
        .subarray(['host@us.example', 'olga@us.example', 'ana@acme.example'], { minLength: 1 })
        .map((emails) =>
          emails.map((email, at) => ({
            email,
            name: email,
            role: at === 0 ? ('organizer' as const) : ('attendee' as const),
          })),
        ),
      notes: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom('n1', 'n2', 'n3'),
          text: fc.constantFrom('Too expensive', 'too  EXPENSIVE', 'Next step'),
          startSeconds: fc.constantFrom(null, 10, 30, 900),
        }),
        { selector: ({ id }) => id },
      ),
      clips: fc.uniqueArray(
        fc.record({
          id: fc.constantFrom('c1', 'c2'),
          url: fc.constantFrom('https://clip.example/1', 'https://clip.example/2'),
          noteId: fc.constantFrom(null, 'n1'),
        }),
        { selector: ({ id }) => id },
      ),
      processed: fc.constantFrom({ summaryAt: '2026-11-20T14:00:00Z', notesAt: '2026-11-20T14:00:00Z' }, null),
    }),
  });
const arbitraryRecordings = fc.tuple(arbitraryRecording('a'), arbitraryRecording('b'), arbitraryRecording('c'));

describe('composeRecordings', () => {
  it('has everybody once, one organizer at most, unique ids, and each note and clip with its recording', () => {
    fc.assert(
      fc.property(arbitraryRecordings, (recordings) => {
        const { body, recordingOf } = composeRecordings(recordings);
        const emails = body.participants.map(({ email }) => email);
        const all = recordings.flatMap((one) => one.body.participants.map(({ email }) => email));
        expect([...emails].sort()).toEqual([...new Set(all)].sort());
        expect(body.participants.filter(({ role }) => role === 'organizer')).toHaveLength(1);
        const noteIds = body.notes.map(({ id }) => id);
        const clipIds = body.clips.map(({ id }) => id);
        expect(new Set(noteIds).size).toBe(noteIds.length);
        expect(new Set(clipIds).size).toBe(clipIds.length);
        expect([...recordingOf.notes.keys()].sort()).toEqual([...noteIds].sort());
        expect([...recordingOf.clips.keys()].sort()).toEqual([...clipIds].sort());
        for (const { noteId } of body.clips) if (noteId != null) expect(noteIds).toContain(noteId);
      }),
    );
  });

  it('is the same whatever the order in which its recordings are given', () => {
    fc.assert(
      fc.property(arbitraryRecordings, (recordings) => {
        expect(composeRecordings([...recordings].reverse())).toEqual(composeRecordings(recordings));
      }),
    );
  });

  it('loses no words: what a processed recording noted stands there, alike ones once', () => {
    fc.assert(
      fc.property(arbitraryRecordings, (recordings) => {
        const words = (text: string) => text.toLowerCase().replace(/\s+/g, ' ');
        const told = new Set(composeRecordings(recordings).body.notes.map(({ text }) => words(text)));
        for (const { body } of recordings.filter((one) => one.body.processed !== null)) {
          for (const { text } of body.notes) expect(told).toContain(words(text));
        }
      }),
    );
  });
});
