import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conferenceKey, conferenceKeysIn } from '../../src/domain/conference-address.ts';
import {
  type CandidateEvent,
  isCandidate,
  judgeCandidates,
  type MeetingToPlace,
  sharesHalf,
} from '../../src/domain/judge-candidates.ts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 20, 13);
const URL_OF_ROOM = 'https://meet.example/abc-defg';

const meeting = (more: Partial<MeetingToPlace> = {}): MeetingToPlace => ({
  id: 'm1',
  title: 'Quarterly review',
  startsAt: START,
  endsAt: START + 45 * MINUTE,
  userIds: ['host', 'colleague'],
  organizerUserId: 'host',
  conferenceUrl: URL_OF_ROOM,
  outsiders: ['ana@acme.example', 'contacts/201'],
  ...more,
});

const event = ({ details, ...more }: Partial<CandidateEvent> = {}): CandidateEvent => ({
  id: 'e1',
  title: 'Something else',
  startsAt: START,
  endsAt: START + 45 * MINUTE,
  ownerUserId: 'host',
  isAllDay: false,
  isCancelled: false,
  meetingId: null,
  details: details === undefined ? { venue: null, description: `Join: ${URL_OF_ROOM}.`, people: [] } : details,
  ...more,
});

const nothing = { venue: null, description: '', people: [] as string[] };
const ana = { ...nothing, people: ['ana@acme.example'] };

const adopt = { kind: 'adopt', eventId: 'e1' };
const ask = { kind: 'ask', eventIds: ['e1'] };
const create = { kind: 'create' };

describe('judgeCandidates', () => {
  it.each<[string, CandidateEvent[], object, Partial<MeetingToPlace>?]>([
    ['no event at all', [], create],
    ['the conference in the description', [event()], adopt],
    ['the conference in the venue', [event({ details: { ...nothing, venue: `${URL_OF_ROOM}/?pwd=1` } })], adopt],
    ['two minutes late', [event({ startsAt: START + 2 * MINUTE })], adopt],
    ['title and an outsider', [event({ title: ' quarterly  REVIEW', details: ana })], adopt],
    [
      'title and an outsider by record',
      [event({ title: 'Quarterly review', details: { ...nothing, people: ['contacts/201'] } })],
      adopt,
    ],
    ['carrying this meeting’s id already', [event({ meetingId: 'm1' })], adopt],
    ['time alone', [event({ details: nothing })], ask],
    ['title alone', [event({ title: 'Quarterly review', details: nothing })], ask],
    ['an outsider alone', [event({ details: ana })], ask],
    [
      'title and only a colleague',
      [event({ title: 'Quarterly review', details: { ...nothing, people: ['host@us.example'] } })],
      ask,
    ],
    ['another room of that host', [event({ details: { ...nothing, description: `${URL_OF_ROOM}x` } })], ask],
    ['a colleague’s', [event({ ownerUserId: 'colleague' })], ask],
    ['three minutes late', [event({ startsAt: START + 3 * MINUTE })], ask],
    ['not read', [event({ details: null })], ask],
    ['two that fit', [event(), event({ id: 'e2' })], { kind: 'ask', eventIds: ['e1', 'e2'] }],
    [
      'one that fits beside one that hardly overlaps',
      [event(), event({ id: 'e2', endsAt: START + 300 * MINUTE })],
      ask,
    ],
    ['untitled on both sides', [event({ title: '', details: ana })], ask, { title: ' ' }],
    ['all day', [event({ isAllDay: true })], create],
    ['cancelled', [event({ isCancelled: true })], create],
    ['another meeting’s', [event({ meetingId: 'm2' })], create],
    ['a stranger’s', [event({ ownerUserId: 'stranger' })], create],
    ['nobody’s', [event({ ownerUserId: null })], create],
    ['sixteen minutes away', [event({ startsAt: START + 16 * MINUTE })], create],
    ['much longer, and not certain', [event({ endsAt: START + 180 * MINUTE, details: nothing })], create],
    ['much longer, and certain', [event({ endsAt: START + 180 * MINUTE })], adopt],
    ['without an organizer in Zoho', [event()], ask, { organizerUserId: null }],
  ])('%s', (_what, events, verdict, more = {}) => {
    expect(judgeCandidates(meeting(more), events)).toEqual(verdict);
  });
});

const arbitraryEvent = fc.record({
  id: fc.constantFrom('e1', 'e2', 'e3', 'e4'),
  title: fc.constantFrom('Quarterly review', 'Focus time', ''),
  startsAt: fc.integer({ min: -20, max: 20 }).map((minutes) => START + minutes * MINUTE),
  endsAt: fc.integer({ min: 21, max: 200 }).map((minutes) => START + minutes * MINUTE),
  ownerUserId: fc.constantFrom('host', 'colleague', 'stranger', null),
  isAllDay: fc.boolean(),
  isCancelled: fc.boolean(),
  meetingId: fc.constantFrom(null, null, 'm1', 'm2'),
  details: fc.option(
    fc.record({
      venue: fc.constantFrom(null, URL_OF_ROOM),
      description: fc.constantFrom('', `See ${URL_OF_ROOM}`, 'https://meet.example/other'),
      people: fc.subarray(['ana@acme.example', 'contacts/201', 'host@us.example']),
    }),
  ),
});
const arbitraryEvents = fc.uniqueArray(arbitraryEvent, { selector: ({ id }) => id, maxLength: 4 });

describe('the rule for any events', () => {
  it('takes none by itself unless it is the only candidate, the organizer’s, and at the same time', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const verdict = judgeCandidates(meeting(), events);
        if (verdict.kind !== 'adopt') return;
        expect(events.filter((one) => isCandidate(meeting(), one)).map(({ id }) => id)).toEqual([verdict.eventId]);
        const taken = events.find(({ id }) => id === verdict.eventId);
        expect(taken).toMatchObject({ ownerUserId: 'host', isAllDay: false, isCancelled: false });
        expect(Math.abs((taken?.startsAt ?? 0) - START)).toBeLessThanOrEqual(2 * MINUTE);
        const hasRoom = `${taken?.details?.venue} ${taken?.details?.description}`.includes(URL_OF_ROOM);
        const hasPerson = taken?.details?.people.some((one) => one !== 'host@us.example') ?? false;
        expect(hasRoom || (taken?.title === 'Quarterly review' && hasPerson)).toBe(true);
      }),
    );
  });

  it('never writes beside a candidate that shares half of its time, and never depends on their order', () => {
    fc.assert(
      fc.property(arbitraryEvents, (events) => {
        const verdict = judgeCandidates(meeting(), events);
        expect(judgeCandidates(meeting(), [...events].reverse())).toEqual(verdict);
        const near = events.filter((one) => isCandidate(meeting(), one) && sharesHalf(meeting(), one));
        if (verdict.kind === 'create') expect(near).toEqual([]);
        if (verdict.kind === 'ask') expect(verdict.eventIds).toEqual(near.map(({ id }) => id).sort());
      }),
    );
  });
});

describe('a conference’s address', () => {
  it.each([
    ['https://Meet.example/abc/', 'http://www.meet.example/abc?pwd=42&utm_source=mail', true],
    ['https://teams.example/l/meetup-join/19%3a1?context=x', 'https://teams.example/l/meetup-join/19%3a1', true],
    ['https://call.example/join?room=1', 'https://call.example/join?room=2', false],
    ['https://meet.example/abc', 'https://meet.example/abd', false],
    ['https://meet.example/', 'https://meet.example', false],
    ['no address', 'no address', false],
  ])('%s and %s: the same room is %s', (one, other, isSame) => {
    const key = conferenceKey(one);
    expect(key !== null && key === conferenceKey(other)).toBe(isSame);
  });

  it('is found in a text, without what the sentence put around it', () => {
    const text = 'Join (https://meet.example/abc-d), or <a href="https://meet.example/e?a=1&amp;b=2">here</a>.';
    expect([...conferenceKeysIn(text)]).toEqual(['meet.example/abc-d', 'meet.example/e?a=1&b=2']);
  });
});
