import { z } from 'zod';
import { backfillAnswer } from './backfill-answers.ts';

/** Shapes of what the API answers about leaving Zoho. */

const choice = z.enum(['remove', 'keep']);

export const leaveChoices = z.object({
  events: choice.meta({ description: 'Events that we created; the calendar’s own always stay' }),
  notes: choice,
  ids: choice.meta({ description: 'Our id on events that stay, and what we filled in on the calendar’s events' }),
  fields: choice.meta({ description: 'Fields that we made on events, with what stands in them' }),
});

const left = z.array(z.object({ externalId: z.string(), title: z.string(), detail: z.string() }));

const leavePreview = z.object({
  meetings: z.number(),
  eventsDeleted: z.number(),
  eventsWithPeople: z.number().meta({ description: 'Of the deleted: people are taken off them first' }),
  notesDeleted: z.number(),
  idsTaken: z.number().meta({ description: 'Events of ours that stay and lose their id' }),
  eventsReleased: z.number().meta({ description: 'Events of the calendar that lose what we put on them and stay' }),
  eventsKept: z.number(),
  notesKept: z.number(),
  eventsLeft: z.number().meta({ description: 'Of the kept: stay because a person edited them or a note on them' }),
  notesLeft: z.number(),
  eventsForgotten: z.number().meta({ description: 'Not in Zoho any more' }),
  fieldsRemoved: z.number(),
  channels: z.number(),
  credits: z.object({
    looks: z.number(),
    writes: z.number(),
    fields: z.number(),
    closing: z.number(),
    total: z.number(),
  }),
  seconds: z.number().nullable().meta({ description: 'Null: the day’s budget never gives the credits' }),
  says: z.array(z.string()),
  /** The first twenty records that stay, each in a sentence. */
  left,
});

const leaveResult = z.object({
  events: z.number().meta({ description: 'Events of ours that are still in Zoho' }),
  adoptedEvents: z.number(),
  notes: z.number(),
  ids: z.number(),
  idsSeen: z.number().nullable().meta({ description: 'Events with our id as Zoho listed them; null: not asked' }),
  problems: z.array(z.string()),
});

const leaveRun = z.object({
  id: z.string(),
  phase: z.enum(['taking_out', 'closing', 'stopped', 'cancelled', 'over']),
  choices: leaveChoices,
  startedBy: z.string(),
  startedAt: backfillAnswer.shape.createdAt,
  finishedAt: backfillAnswer.shape.finishedAt,
  steps: z.array(z.enum(['stop', 'resume', 'cancel'])).meta({ description: 'What a person can do now' }),
  progress: z.object({
    meetings: z.number(),
    done: z.number(),
    left: z.number(),
    ratePerMinute: z.number().nullable(),
    secondsLeft: z.number().nullable(),
    creditsUsed: z.number(),
    creditsNeeded: z.number(),
  }),
  fields: z.array(
    z.object({
      label: z.string(),
      state: z.enum(['planned', 'sending', 'done', 'failed']),
      message: z.string().nullable(),
    }),
  ),
  result: leaveResult.nullable().meta({ description: 'What was found at the end' }),
});

export const leaveAnswer = z.object({
  connection: z.enum(['none', 'connected', 'needs_reauth', 'disconnected']),
  written: z
    .object({
      meetings: z.number(),
      ownEvents: z.number(),
      adoptedEvents: z.number(),
      summaryNotes: z.number(),
      consolidatedNotes: z.number(),
      ids: z.number(),
      channels: z.number(),
      eventsEdited: z.number(),
      notesEdited: z.number(),
      fields: z.array(z.object({ apiName: z.string(), label: z.string() })),
    })
    .nullable()
    .meta({ description: 'What we wrote and is still in Zoho; null: never connected' }),
  missingScopes: z
    .array(z.string())
    .meta({ description: 'Not empty: fields can be removed after a consent of its own' }),
  choices: leaveChoices.meta({ description: 'The choices that are priced' }),
  refusal: z.string().nullable().meta({ description: 'Why these choices cannot be carried out' }),
  preview: leavePreview.nullable(),
  run: leaveRun.nullable().meta({ description: 'The newest leaving' }),
  atRest: z.number().meta({ description: 'Meetings that leaving took out, which can be brought back' }),
});
