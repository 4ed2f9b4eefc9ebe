import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { meetingBody } from './meeting-body.ts';

/** Meetings of a data folder have a shape of their own; this turns one into the body of `PUT /meetings/{externalId}`. */

const RECORDINGS = 'https://recordings.example/';

const person = z.object({
  name: z.string().nullish(),
  email: z.string().nullish(),
  phone: z.string().nullish(),
  role: z.enum(['host', 'attendee']),
  /** Label of this person in the transcript. */
  speaker: z.string().nullish(),
});

const clip = z.object({ startSeconds: z.number(), endSeconds: z.number() });

const dataMeeting = z.object({
  id: z.string().optional(),
  title: z.string(),
  startedAt: z.string(),
  durationSeconds: z.number().positive(),
  timeZone: z.string().default('UTC'),
  language: z.string().nullish(),
  kind: z.enum(['video', 'call', 'in_person']).nullish(),
  activityType: z.string().nullish(),
  participants: z.array(person).default([]),
  summary: z.string().nullish(),
  topics: z.array(z.object({ title: z.string() })).default([]),
  notes: z
    .array(
      z.object({
        text: z.string(),
        category: z.string().nullish(),
        clips: z.array(clip).default([]),
        clip: clip.nullish(),
      }),
    )
    .default([]),
  transcript: z
    .array(
      z.object({
        speaker: z.string(),
        text: z.string(),
        startSeconds: z.number().nullish(),
        endSeconds: z.number().nullish(),
      }),
    )
    .default([]),
});

const linkLine = z.object({ meeting: z.string(), participants: z.array(person) });

export type DataMeeting = z.output<typeof dataMeeting>;
export type LinkedPerson = z.output<typeof person>;

/** Reads a meeting of a data folder. Throws `invalid_input` naming `source`. */
export function parseDataMeeting(value: unknown, source: string): DataMeeting {
  return checked(dataMeeting, value, source);
}

/** Reads a line of the link file: a meeting's file name and who attended it. Throws `invalid_input` naming `source`. */
export function parseLinkLine(value: unknown, source: string): z.output<typeof linkLine> {
  return checked(linkLine, value, source);
}

/**
 * The body of one meeting. `linked` are its people from the link file, null where the meeting names its own. The meeting counts
 * as processed at its end. Recordings have no address in the data: one below `recordings.example` stands for it.
 */
export function dataMeetingToBody(
  externalId: string,
  meeting: DataMeeting,
  linked: LinkedPerson[] | null,
): z.input<typeof meetingBody> {
  const people = linked ?? meeting.participants;
  const recordingUrl = RECORDINGS + encodeURIComponent(externalId);
  const endsAt = new Date(Date.parse(meeting.startedAt) + meeting.durationSeconds * 1000).toISOString();
  return {
    title: meeting.title,
    startsAt: meeting.startedAt,
    endsAt,
    timeZone: meeting.timeZone,
    kind: meeting.kind,
    activityType: meeting.activityType,
    language: meeting.language,
    recordingUrl,
    participants: people.map(({ name, email, phone, role }) => ({
      name,
      email,
      phone,
      role: role === 'host' ? ('organizer' as const) : ('attendee' as const),
    })),
    summary: { text: meeting.summary ?? '', topics: meeting.topics.map((topic) => topic.title) },
    ...notesAndClips(meeting, recordingUrl),
    transcript: transcriptOf(meeting, people),
    processed: { summaryAt: endsAt, notesAt: endsAt },
  };
}

function notesAndClips(meeting: DataMeeting, recordingUrl: string) {
  const notes = meeting.notes.map((note, at) => {
    const cuts = note.clip ? [note.clip, ...note.clips] : note.clips;
    return { id: `n${at + 1}`, note, cuts };
  });
  return {
    notes: notes.map(({ id, note, cuts }) => ({
      id,
      smartCategory: note.category,
      text: note.text,
      startSeconds: cuts[0]?.startSeconds,
      endSeconds: cuts[0]?.endSeconds,
    })),
    clips: notes.flatMap(({ id, cuts }) =>
      cuts.map((cut, at) => ({
        id: `${id}-c${at + 1}`,
        noteId: id,
        ...{ startSeconds: cut.startSeconds, endSeconds: cut.endSeconds },
        url: `${recordingUrl}?t=${cut.startSeconds}-${cut.endSeconds}`,
      })),
    ),
  };
}

function transcriptOf(meeting: DataMeeting, people: LinkedPerson[]) {
  const names = new Map(people.map((one) => [one.speaker, one.name]));
  return meeting.transcript.map((turn) => ({ ...turn, speaker: names.get(turn.speaker) ?? turn.speaker }));
}

function checked<T extends z.ZodType>(schema: T, value: unknown, source: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new AppError('invalid_input', `${source}: ${issue?.path.join('.')} ${issue?.message}`, {
    problems: result.error.issues.map((each) => ({ path: each.path.join('.'), message: each.message })),
  });
}
