import { z } from 'zod';

/** Shapes of what the API answers about meetings. The web's types and OpenAPI are generated from these. */

export const isoMoment = z.string().meta({ description: 'ISO 8601 in UTC', examples: ['2026-11-20T14:00:00.000Z'] });
export const crmModule = z.enum(['contacts', 'leads', 'accounts', 'deals']);
export const meetingState = z.enum(['waiting', 'published', 'held', 'notPublished', 'failed', 'retracted']);

export const pathStep = z.object({
  module: z.enum(['participants', 'contacts', 'leads', 'accounts', 'deals']),
  id: z.string(),
  name: z.string(),
});

export const association = z.object({
  module: crmModule,
  crmId: z.string(),
  name: z.string(),
  origin: z.enum(['direct', 'cascade', 'manual', 'zoho']),
  decision: z.enum(['pinned', 'added']).nullable(),
  path: z.array(pathStep),
  reason: z.string(),
  published: z.boolean().meta({ description: 'The record shows the meeting in Zoho' }),
  publishedAs: z.enum(['primary', 'contact', 'participant', 'note']).nullable(),
  /** Facts for the picture: stage and openness of a deal, company of a lead. */
  facts: z.object({
    stage: z.string().nullable(),
    isOpen: z.boolean().nullable(),
    amount: z.number().nullable(),
    currency: z.string().nullable(),
    closingDate: z.string().nullable(),
  }),
});

export const notLinked = z.object({
  module: crmModule,
  crmId: z.string(),
  name: z.string(),
  cause: z.string(),
  path: z.array(pathStep),
  reason: z.string(),
});

export const participantAnswer = z.object({
  key: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  role: z.enum(['organizer', 'attendee']),
  attended: z.boolean().nullable(),
  match: z.object({
    kind: z.enum(['internal', 'matched', 'ambiguous', 'account_by_domain', 'unknown', 'unmatched']),
    by: z.string().nullable(),
    module: z.enum(['contacts', 'leads', 'accounts', 'users']).nullable(),
    crmId: z.string().nullable(),
    name: z.string().nullable(),
    reason: z.string(),
    candidates: z.array(
      z.object({
        module: z.enum(['contacts', 'leads', 'accounts']),
        crmId: z.string(),
        name: z.string(),
        detail: z.string(),
      }),
    ),
  }),
});

export const meetingRow = z.object({
  id: z.string(),
  externalId: z.string(),
  title: z.string(),
  startsAt: isoMoment,
  endsAt: isoMoment,
  timeZone: z.string(),
  activityType: z.string().nullable(),
  visibility: z.enum(['organization', 'team', 'private']),
  hostName: z.string().nullable(),
  participantCount: z.number(),
  externalCount: z.number(),
  aiScore: z.number().nullable(),
  state: meetingState,
  stateReason: z.string(),
  verifiedAt: isoMoment.nullable(),
  primary: z.object({ module: crmModule, crmId: z.string(), name: z.string() }).nullable(),
  needsYou: z.boolean(),
});

export const noteAnswer = z.object({
  id: z.string(),
  smartCategory: z.string().nullable(),
  text: z.string(),
  startSeconds: z.number().nullable(),
  endSeconds: z.number().nullable(),
  author: z.enum(['ai', 'person']).nullable(),
  recording: z.string().nullish().meta({ description: 'Whose recording it is from, where there are several' }),
});

export const clipAnswer = z.object({
  id: z.string(),
  noteId: z.string().nullable(),
  title: z.string().nullable(),
  startSeconds: z.number().nullable(),
  endSeconds: z.number().nullable(),
  url: z.string(),
  recording: z.string().nullish(),
});

const doneInZoho = z.object({ by: z.string().nullable(), at: isoMoment });

export const inZoho = z.object({
  eventId: z.string().nullable(),
  eventUrl: z.string().nullable(),
  eventTitle: z.string().nullable(),
  isCalendarEvent: z
    .boolean()
    .meta({ description: 'The event was the calendar’s before us: only id, blanks and notes are ours' }),
  isEventReadOnly: z.boolean().meta({ description: 'Zoho does not let us write it: the notes are on the records' }),
  /** What people changed there and is left as it is; `isBlockEdited`: a person is asked about our part of the description. */
  eventEdited: doneInZoho
    .extend({
      parts: z.array(z.string()),
      isBlockEdited: z.boolean(),
      texts: z
        .object({ theirs: z.string(), ours: z.string().nullable() })
        .nullable()
        .meta({ description: 'Where our part of the description was edited: as it stands there, and as we wrote it' }),
    })
    .nullable(),
  eventGone: doneInZoho.nullable().meta({ description: 'Deleted there; written again only when somebody asks' }),
  notes: z.array(
    z.object({
      crmId: z.string(),
      slot: z.string(),
      title: z.string(),
      parentModule: z.string(),
      parentId: z.string(),
      parentName: z.string(),
      verifiedAt: isoMoment.nullable(),
      edited: doneInZoho.nullable(),
      gone: doneInZoho.nullable(),
    }),
  ),
  verifiedAt: isoMoment.nullable(),
  /** Differences that verification found, in words. */
  differences: z.array(z.string()),
});

export const calendarEvent = z.object({
  eventId: z.string(),
  title: z.string(),
  startsAt: isoMoment,
  endsAt: isoMoment,
  ownerName: z.string().nullable(),
  people: z.array(z.string()),
  venue: z.string().nullable(),
  isCopy: z.boolean().meta({ description: 'A colleague’s copy of the one that is meant' }),
  url: z.string().nullable(),
});

/** `unsure`: answer with `POST …/calendar-event`; `two_events`: answer with `POST …/two-events`. */
export const calendarQuestion = z.object({
  kind: z.enum(['unsure', 'two_events']),
  events: z.array(calendarEvent),
  answerBy: isoMoment.nullable().meta({ description: 'When the organization’s own choice counts; null: it waits' }),
});

export const recordingAnswer = z.object({
  externalId: z.string(),
  isPrimary: z.boolean().meta({ description: 'Title, times, summary and transcript are this one’s' }),
  label: z.string(),
  hostName: z.string().nullable(),
  startsAt: isoMoment,
  endsAt: isoMoment,
  recordingUrl: z.string().nullable(),
  isProcessed: z.boolean(),
});

export const meetingDetail = meetingRow.extend({
  version: z.number(),
  kind: z.enum(['video', 'call', 'in_person']).nullable(),
  language: z.string().nullable(),
  conferenceUrl: z.string().nullable(),
  recordingUrl: z.string().nullable(),
  summary: z
    .object({
      text: z.string(),
      topics: z.array(z.string()),
      nextSteps: z.array(
        z.object({ text: z.string(), ownerEmail: z.string().nullable(), dueOn: z.string().nullable() }),
      ),
      aiScore: z.number().nullable(),
    })
    .nullable(),
  notes: z.array(noteAnswer),
  clips: z.array(clipAnswer),
  /** Turns of the transcript are read page by page from `/transcript`. */
  transcriptTurns: z.number(),
  processed: z.object({ summaryAt: isoMoment.nullable(), notesAt: isoMoment.nullable() }),
  participants: z.array(participantAnswer),
  associations: z.array(association),
  notLinked: z.array(notLinked),
  rolesStillLoading: z.number().meta({ description: 'Deals in reach whose contact roles were not read yet' }),
  recordings: z.array(recordingAnswer),
  calendarQuestion: calendarQuestion.nullable(),
  inZoho,
});

export const plannedOperation = z.object({
  key: z.string(),
  action: z.enum([
    'create_event',
    'update_event',
    'adopt_event',
    'disown_event',
    'release_event',
    'delete_event',
    'create_note',
    'update_note',
    'delete_note',
  ]),
  /** What it is about, in words: `Event “Quarterly review”`, `Note on Acme`. */
  label: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  changed: z.array(z.string()),
});

export const planAnswer = z.object({
  publication: z.object({
    kind: z.enum(['publish', 'waiting', 'held', 'not_published']),
    cause: z.string().nullable(),
    reason: z.string(),
  }),
  operations: z.array(plannedOperation),
  shownOn: z.array(
    z.object({
      module: crmModule,
      crmId: z.string(),
      name: z.string(),
      how: z.enum(['primary', 'contact', 'participant', 'note']),
    }),
  ),
  leftOut: z.array(
    z.object({ module: crmModule, crmId: z.string(), name: z.string(), cause: z.string(), reason: z.string() }),
  ),
  warnings: z.array(z.string()),
  cost: z.object({ calls: z.number(), credits: z.number() }),
});

export const operationAnswer = z.object({
  id: z.string(),
  key: z.string(),
  action: plannedOperation.shape.action,
  label: z.string(),
  state: z.enum(['planned', 'sending', 'done', 'failed', 'unknown', 'superseded']),
  crmId: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  attempts: z.number(),
  plannedAt: isoMoment,
  finishedAt: isoMoment.nullable(),
});

export const transcriptTurn = z.object({
  speaker: z.string(),
  text: z.string(),
  startSeconds: z.number().nullable(),
  endSeconds: z.number().nullable(),
});

/** A page of a list. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), nextCursor: z.string().nullable() });
}
