import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isAppError } from '../../src/errors.ts';
import { canonicalJson, contentHash } from '../../src/features/ingest/content-hash.ts';
import { meetingBody, parseExternalId, parseMeetingBody } from '../../src/features/ingest/meeting-body.ts';

const smallest = {
  title: 'Quarterly review',
  startsAt: '2026-11-20T15:00:00+01:00',
  endsAt: '2026-11-20T15:45:00+01:00',
  timeZone: 'Europe/Madrid',
  participants: [{ name: 'Laura Host', email: 'host@us.example', role: 'organizer' }],
};

const whole = {
  ...smallest,
  scheduled: {
    startsAt: '2026-11-20T15:00:00+01:00',
    endsAt: '2026-11-20T15:30:00+01:00',
    calendarUid: 'abc@calendar.example',
    organizerEmail: 'host@us.example',
  },
  kind: 'video',
  activityType: 'Demo',
  language: 'es',
  visibility: 'organization',
  conferenceUrl: 'https://meet.example/abc',
  recordingUrl: 'https://app.example/r/1',
  participants: [
    { name: 'Laura Host', email: 'host@us.example', role: 'organizer' },
    { name: 'Ana Pérez', email: ' ana@acme.example ', phone: '+34 600 000 000', role: 'attendee', attended: true },
  ],
  summary: {
    text: 'Ana wants an offer.',
    topics: ['Pricing'],
    nextSteps: [{ text: 'Send offer', ownerEmail: 'host@us.example', dueOn: '2026-11-27' }],
    aiScore: 0.87,
  },
  notes: [
    { id: 'n1', smartCategory: 'Objections', text: 'Too dear', startSeconds: 760, endSeconds: 790, author: 'ai' },
  ],
  clips: [
    { id: 'c1', noteId: 'n1', title: 'Price', startSeconds: 760, endSeconds: 790, url: 'https://app.example/c/1' },
  ],
  transcript: [{ speaker: 'Ana Pérez', text: 'Hola', startSeconds: 12.5, endSeconds: 15 }],
  processed: { summaryAt: '2026-11-20T15:52:00Z', notesAt: '2026-11-20T15:53:00Z' },
};

function problemsOf(body: unknown): { path: string; message: string }[] {
  try {
    parseMeetingBody(body);
  } catch (error) {
    if (isAppError(error, 'invalid_input')) return error.problems;
    throw error;
  }
  return [];
}

describe('a body that is accepted', () => {
  it('may hold the required keys only', () => {
    const body = parseMeetingBody(smallest);
    expect(body).toMatchObject({ visibility: 'organization', notes: [], clips: [], transcript: [] });
  });

  it('keeps everything that the interface names', () => {
    const body = parseMeetingBody(whole);
    expect(body).toMatchObject({ ...whole, participants: [{ name: 'Laura Host' }, { email: 'ana@acme.example' }] });
  });

  it('takes null for a key that may be left out, and blank people’s values as none', () => {
    const body = parseMeetingBody({
      ...smallest,
      summary: null,
      recordingUrl: null,
      participants: [{ name: ' Ana ', email: '  ', phone: null }],
    });
    expect(body.participants).toEqual([{ name: 'Ana', email: null, phone: null, role: 'attendee' }]);
  });

  it('takes an odd e-mail: its owner was in the room', () => {
    expect(problemsOf({ ...smallest, participants: [{ email: 'not an address' }] })).toEqual([]);
  });

  it.each(['2026-11-20T14:00:00Z', '2026-11-20T14:00Z', '2026-11-20T14:00:00.123456Z', '2024-02-29T23:59:59-11:30'])(
    'takes %s as a time',
    (startsAt) => {
      const endsAt = startsAt.startsWith('2024') ? '2024-03-02T00:00:00Z' : '2026-11-21T00:00:00Z';
      expect(problemsOf({ ...smallest, startsAt, endsAt })).toEqual([]);
    },
  );
});

describe('a body that is refused names the path and the cure', () => {
  const person = smallest.participants[0];
  const cases: [name: string, change: object, path: string, message: RegExp][] = [
    ['unknown key', { foo: 1 }, 'foo', /unknown key `foo`; remove it; known here: title, startsAt/],
    ['misspelt key', { titel: 'x' }, 'titel', /did you mean `title`/],
    ['key of another API', { startTime: 'x' }, 'startTime', /did you mean `startsAt`/],
    ['deep unknown key', { participants: [{ ...person, mail: 1 }] }, 'participants[0].mail', /did you mean `email`/],
    ['unknown key below a default', { notes: [{ id: 'a', text: 'b', category: 'c' }] }, 'notes[0].category', /`smartC/],
    ['unknown key below an optional', { processed: { notesat: 1 } }, 'processed.notesat', /did you mean `notesAt`/],
    ['odd key', { 'a b': 1 }, '["a b"]', /unknown key/],
    ['missing title', { title: undefined }, 'title', /is missing: give a string/],
    ['wrong type', { title: 5 }, 'title', /is a number: give a string/],
    ['empty title', { title: '  ' }, 'title', /at least 1 character$/],
    ['no time', { startsAt: 'yesterday' }, 'startsAt', /like 2026-11-20T15:00:00\+01:00/],
    ['time without offset', { startsAt: '2026-11-20T15:00:00' }, 'startsAt', /with an offset/],
    ['day that is not', { startsAt: '2026-02-29T15:00:00Z' }, 'startsAt', /day that does not exist/],
    ['hour that is not', { startsAt: '2026-11-20T24:00:00Z' }, 'startsAt', /time of day or an offset/],
    ['end before start', { endsAt: '2026-11-20T14:59:00+01:00' }, 'endsAt', /is not after startsAt/],
    ['same instant in another zone', { endsAt: '2026-11-20T14:00:00Z' }, 'endsAt', /is not after startsAt/],
    ['too long', { endsAt: '2026-11-28T15:00:01+01:00' }, 'endsAt', /more than 7 days/],
    ['zone', { timeZone: 'Europe/Atlantis' }, 'timeZone', /like Europe\/Madrid/],
    ['offset as zone', { timeZone: '+01:00' }, 'timeZone', /like Europe\/Madrid/],
    ['nobody', { participants: [] }, 'participants', /at least 1 entry/],
    ['501 people', { participants: Array(501).fill(person) }, 'participants', /at most 500 entries/],
    ['empty person', { participants: [{ role: 'attendee' }] }, 'participants[0]', /no name, e-mail or phone/],
    ['two organizers', { participants: [person, person] }, 'participants[1].role', /second organizer/],
    ['score', { summary: { aiScore: 87 } }, 'summary.aiScore', /the most is 1$/],
    [
      'due day',
      { summary: { nextSteps: [{ text: 'a', dueOn: '27.11.2026' }] } },
      'summary.nextSteps[0].dueOn',
      /like 2026/,
    ],
    ['kind', { kind: 'webinar' }, 'kind', /use `video`, `call`, `in_person`/],
    ['script address', { recordingUrl: 'javascript:alert(1)' }, 'recordingUrl', /not an http or https/],
    ['seconds', { notes: [{ id: 'a', text: 'b', startSeconds: -1 }] }, 'notes[0].startSeconds', /the least is 0/],
    [
      'cut',
      { notes: [{ id: 'a', text: 'b', startSeconds: 9, endSeconds: 8 }] },
      'notes[0].endSeconds',
      /before startSec/,
    ],
    [
      'same note id',
      {
        notes: [
          { id: 'a', text: 'b' },
          { id: 'a', text: 'c' },
        ],
      },
      'notes[1].id',
      /id of notes\[0\]/,
    ],
    [
      'clip of no note',
      { clips: [{ id: 'c', noteId: 'x', url: 'https://a.example' }] },
      'clips[0].noteId',
      /names no note/,
    ],
    ['clip without url', { clips: [{ id: 'c' }] }, 'clips[0].url', /is missing/],
    ['NUL', { title: 'a\0b' }, 'title', /NUL/],
    ['half a pair', { summary: { text: 'a\ud800' } }, 'summary.text', /surrogate/],
    ['control in an id', { notes: [{ id: 'a\nb', text: 'c' }] }, 'notes[0].id', /control character/],
  ];

  it.each(cases)('%s', (_name, change, path, message) => {
    const problems = problemsOf({ ...smallest, ...change });
    expect(problems.map((problem) => problem.path)).toEqual([path]);
    expect(problems[0]?.message).toMatch(message);
  });

  it('in one sentence that says the first of them', () => {
    expect(() => parseMeetingBody({ ...smallest, titel: 1, foo: 2 })).toThrow(
      'The meeting was not accepted, and nothing was changed: unknown key `titel`; did you mean `title`? (and 1 more)',
    );
    expect(() => parseMeetingBody({ ...smallest, title: 1 })).toThrow('changed: title is a number: give a string');
  });

  it('that is no object at all', () => {
    expect(problemsOf(null)).toEqual([{ path: '', message: 'is null: give an object' }]);
    expect(problemsOf([])).toEqual([{ path: '', message: 'is an array: give an object' }]);
  });

  it('names at most fifty places', () => {
    const notes = Array.from({ length: 80 }, (_, at) => ({ id: `n${at}`, text: '' }));
    const problems = problemsOf({ ...smallest, notes });
    expect(problems).toHaveLength(51);
    expect(problems.at(-1)?.message).toMatch(/^30 more/);
  });
});

describe('whatever comes', () => {
  const isRefusedOrTaken = (body: unknown) => {
    for (const { message } of problemsOf(body)) expect(message).not.toMatch(/undefined|\[object/);
  };

  it('is taken or refused with problems, never with another error', () => {
    fc.assert(fc.property(fc.jsonValue(), isRefusedOrTaken));
  });

  it('in any place of a good body too', () => {
    const paths = [
      ['title'],
      ['participants'],
      ['participants', 1],
      ['participants', 1, 'email'],
      ['summary', 'nextSteps', 0],
    ];
    const more = [
      ['notes', 0],
      ['notes', 0, 'startSeconds'],
      ['clips', 0, 'noteId'],
      ['transcript', 0],
      ['processed', 'notesAt'],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths, ...more), fc.jsonValue(), (path, value) => {
        const body = structuredClone(whole);
        const last = path.at(-1) ?? '';
        const parent = path.slice(0, -1).reduce<unknown>((here, step) => Reflect.get(Object(here), step), body);
        Reflect.set(Object(parent), last, value);
        isRefusedOrTaken(body);
      }),
    );
  });

  it('is checked in seconds when it is as large as it may be', () => {
    const turn = { speaker: 'Ana', text: 'x'.repeat(60), startSeconds: 1, endSeconds: 2 };
    const body = { ...whole, transcript: Array.from({ length: 90_000 }, () => turn) };
    const startedAt = performance.now();
    expect(parseMeetingBody(body).transcript).toHaveLength(90_000);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe('the id of a meeting', () => {
  it('is 1 to 200 characters without control characters', () => {
    expect(parseExternalId('rec 42/ä')).toBe('rec 42/ä');
    for (const bad of ['', 'x'.repeat(201), 'a\u0007b', 5]) expect(() => parseExternalId(bad)).toThrow(/externalId/);
  });
});

describe('the schema in OpenAPI', () => {
  it('is an object that refuses other keys, with its examples', () => {
    const schema = z.toJSONSchema(meetingBody, { io: 'input' });
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(['title', 'startsAt', 'endsAt', 'timeZone', 'participants']);
    expect(schema.properties?.startsAt).toMatchObject({ type: 'string', format: 'date-time' });
  });
});

describe('the content hash', () => {
  it('does not see the order of keys or null', () => {
    expect(contentHash({ a: 1, b: [{ c: null, d: 2 }] })).toBe(contentHash({ b: [{ d: 2 }], a: 1, e: undefined }));
  });

  it('sees the order of lists and every value', () => {
    expect(canonicalJson({ b: [2, 1], a: 'x"y' })).toBe('{"a":"x\\"y","b":[2,1]}');
    expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
    expect(contentHash(parseMeetingBody(whole))).not.toBe(contentHash(parseMeetingBody({ ...whole, language: 'en' })));
  });
});
