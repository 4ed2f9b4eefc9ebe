import { z } from 'zod';
import { AppError, type InputProblem } from '../../errors.ts';
import { bodyProblems } from './body-problems.ts';
import { day, id, line, longText, moment, seconds, timeZone, webAddress } from './body-values.ts';

/** Bodies above this are refused before they are parsed. Room enough that 10 MB of text in one place is refused by the name of that place. */
export const MAX_BODY_BYTES = 12_000_000;

const MAX_LENGTH_DAYS = 7;

const participant = z.strictObject({
  name: line(300).nullish(),
  email: line(320)
    .nullish()
    .meta({ description: 'Taken as it is: an odd address is still a participant', examples: ['ana@acme.example'] }),
  phone: line(100)
    .nullish()
    .meta({ examples: ['+34 600 000 000'] }),
  role: z.enum(['organizer', 'attendee']).default('attendee'),
  attended: z.boolean().nullish().meta({ description: 'Was in the room, not only invited' }),
});

const nextStep = z.strictObject({
  text: longText(5_000, 1),
  ownerEmail: line(320).nullish(),
  dueOn: day.nullish(),
});

const summary = z.strictObject({
  text: longText(200_000, 0).default(''),
  topics: z.array(line(500, 1)).max(500).default([]),
  nextSteps: z.array(nextStep).max(500).default([]),
  aiScore: z
    .number()
    .min(0)
    .max(1)
    .nullish()
    .meta({ description: '0 to 1; shown as per cent', examples: [0.87] }),
});

const note = z
  .strictObject({
    id: id.meta({ description: 'Unique in the meeting and stable over its versions', examples: ['n1'] }),
    smartCategory: line(200)
      .nullish()
      .meta({ examples: ['Objections'] }),
    text: longText(50_000, 1),
    startSeconds: seconds.nullish().meta({ description: 'From the start of the recording', examples: [760] }),
    endSeconds: seconds.nullish(),
    author: z.enum(['ai', 'person']).nullish(),
  })
  .check(endsAfterItStarts);

const clip = z
  .strictObject({
    id: id.meta({ description: 'Unique in the meeting', examples: ['c1'] }),
    noteId: id.nullish().meta({ description: 'The note of this meeting that the clip shows', examples: ['n1'] }),
    title: line(500).nullish(),
    startSeconds: seconds.nullish(),
    endSeconds: seconds.nullish(),
    url: webAddress,
  })
  .check(endsAfterItStarts);

const turn = z
  .strictObject({
    speaker: line(300).default(''),
    text: longText(100_000, 0),
    startSeconds: seconds.nullish(),
    endSeconds: seconds.nullish(),
  })
  .check(endsAfterItStarts);

/** Body of `PUT /api/v1/meetings/{externalId}`. Strict at every level; `null` means the same as leaving a key out. */
export const meetingBody = z
  .strictObject({
    title: line(1_000, 1).meta({ examples: ['Quarterly review'] }),
    startsAt: moment,
    endsAt: moment.meta({
      description: `Later than \`startsAt\`, by at most ${MAX_LENGTH_DAYS} days`,
      examples: ['2026-11-20T15:45:00+01:00'],
    }),
    timeZone,
    scheduled: z
      .strictObject({
        startsAt: moment.nullish(),
        endsAt: moment.nullish(),
        calendarUid: line(1_000).nullish(),
        organizerEmail: line(320).nullish(),
      })
      .nullish()
      .meta({ description: 'The calendar entry that the meeting came from; helps to find its event in the CRM' }),
    kind: z.enum(['video', 'call', 'in_person']).nullish(),
    activityType: line(200)
      .nullish()
      .meta({ examples: ['Demo'] }),
    language: line(35)
      .nullish()
      .meta({ description: 'BCP 47', examples: ['es'] }),
    visibility: z
      .enum(['organization', 'team', 'private'])
      .default('organization')
      .meta({ description: 'Private meetings are never published' }),
    conferenceUrl: webAddress.nullish(),
    recordingUrl: webAddress.nullish(),
    participants: z.array(participant).min(1).max(500),
    summary: summary.nullish(),
    notes: z.array(note).max(5_000).default([]),
    clips: z.array(clip).max(20_000).default([]),
    transcript: z.array(turn).max(100_000).default([]),
    processed: z
      .strictObject({ summaryAt: moment.nullish(), notesAt: moment.nullish() })
      .nullish()
      .meta({ description: 'A meeting is published once both are set; an empty list of notes counts' }),
  })
  .check(endsWithinDays, hasOneOrganizer, hasPeopleOnly, hasUniqueIds, hasNotesOfClips)
  .meta({ description: 'A processed meeting' });

/** What a valid body holds after defaults; strings of people are trimmed, blank ones are null. */
export type MeetingBody = z.output<typeof meetingBody>;

/** An id that the caller gives its meeting: 1 to 200 characters, no control characters. */
export const externalId = id.meta({
  description: 'The caller’s own id of the meeting',
  examples: ['rec-2026-11-20-0042'],
});

/** Checks a parsed JSON body. Throws `invalid_input` whose problems name each path and its cure; nothing was changed then. */
export function parseMeetingBody(json: unknown): MeetingBody {
  const result = meetingBody.safeParse(json, { reportInput: true });
  if (!result.success) throw invalid('The meeting was not accepted', bodyProblems(result.error, meetingBody));
  return { ...result.data, participants: result.data.participants.map(withoutBlanks) };
}

/** Checks an external id. Throws `invalid_input`. */
export function parseExternalId(value: unknown): string {
  const result = externalId.safeParse(value, { reportInput: true });
  if (!result.success) {
    const problems = bodyProblems(result.error, externalId).map((problem) => ({ ...problem, path: 'externalId' }));
    throw invalid('The id of the meeting was not accepted', problems);
  }
  return result.data;
}

function invalid(what: string, problems: InputProblem[]): AppError {
  const first = problems[0];
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  const where = first === undefined ? '' : `: ${sentenceOf(first)}${more}`;
  return new AppError('invalid_input', `${what}, and nothing was changed${where}`, { problems });
}

/** An unknown key is named in its message already. */
function sentenceOf({ path, message }: InputProblem): string {
  return path === '' || message.startsWith('unknown key') ? message : `${path} ${message}`;
}

function withoutBlanks(person: MeetingBody['participants'][number]): MeetingBody['participants'][number] {
  return { ...person, name: person.name || null, email: person.email || null, phone: person.phone || null };
}

type Check<T> = z.core.ParsePayload<T>;

function report(payload: Check<unknown>, path: (string | number)[], message: string, input: unknown) {
  payload.issues.push({ code: 'custom', path, message, input });
}

function endsAfterItStarts(
  payload: Check<{ startSeconds?: number | null | undefined; endSeconds?: number | null | undefined }>,
) {
  const { startSeconds, endSeconds } = payload.value;
  if (typeof startSeconds === 'number' && typeof endSeconds === 'number' && endSeconds < startSeconds) {
    report(
      payload,
      ['endSeconds'],
      `is before startSeconds (${startSeconds}): give a later second or leave it out`,
      endSeconds,
    );
  }
}

type WholeBody = z.core.output<z.ZodObject> & {
  startsAt: string;
  endsAt: string;
  participants: z.output<typeof participant>[];
  notes: z.output<typeof note>[];
  clips: z.output<typeof clip>[];
};

function endsWithinDays(payload: Check<WholeBody>) {
  const { startsAt, endsAt } = payload.value;
  const lengthMs = Date.parse(endsAt) - Date.parse(startsAt);
  if (lengthMs <= 0)
    report(payload, ['endsAt'], `is not after startsAt (${startsAt}): a meeting ends later than it starts`, endsAt);
  if (lengthMs > MAX_LENGTH_DAYS * 86_400_000) {
    report(
      payload,
      ['endsAt'],
      `is more than ${MAX_LENGTH_DAYS} days after startsAt: send one meeting for each conversation`,
      endsAt,
    );
  }
}

function hasOneOrganizer(payload: Check<WholeBody>) {
  const organizers = payload.value.participants.flatMap((person, at) => (person.role === 'organizer' ? [at] : []));
  for (const at of organizers.slice(1)) {
    const message = `is a second organizer beside participants[${organizers[0]}]: make one of them an attendee`;
    report(payload, ['participants', at, 'role'], message, 'organizer');
  }
}

function hasPeopleOnly(payload: Check<WholeBody>) {
  payload.value.participants.forEach((person, at) => {
    if (person.name || person.email || person.phone) return;
    report(payload, ['participants', at], 'has no name, e-mail or phone: give at least one of them', person);
  });
}

function hasUniqueIds(payload: Check<WholeBody>) {
  for (const list of ['notes', 'clips'] as const) {
    const seenAt = new Map<string, number>();
    payload.value[list].forEach((item, at) => {
      const before = seenAt.get(item.id);
      if (before === undefined) seenAt.set(item.id, at);
      else
        report(payload, [list, at, 'id'], `is the id of ${list}[${before}] too: ids are unique in a meeting`, item.id);
    });
  }
}

function hasNotesOfClips(payload: Check<WholeBody>) {
  const notes = new Set(payload.value.notes.map((item) => item.id));
  payload.value.clips.forEach((item, at) => {
    if (item.noteId == null || notes.has(item.noteId)) return;
    report(
      payload,
      ['clips', at, 'noteId'],
      `names no note of this meeting: use an id from notes, or leave it out`,
      item.noteId,
    );
  });
}
