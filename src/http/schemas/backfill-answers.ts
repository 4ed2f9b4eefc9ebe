import { z } from 'zod';
import { crmModule, isoMoment, planAnswer } from './meeting-answers.ts';

/** Shapes of what the API answers about backfills and undos. */

export const undoPreviewAnswer = z.object({
  meetings: z.number(),
  eventsDeleted: z.number(),
  eventsWithPeople: z.number().meta({ description: 'Of the deleted: people are taken off them first' }),
  eventsReleased: z.number().meta({ description: 'Events of the calendar that lose what we put on them and stay' }),
  notesDeleted: z.number(),
  eventsLeft: z.number().meta({ description: 'Stay because a person edited them or a note on them' }),
  notesLeft: z.number(),
  credits: z.object({ looks: z.number(), writes: z.number(), total: z.number() }),
  /** The first twenty records that stay, each in a sentence. */
  left: z.array(z.object({ externalId: z.string(), title: z.string(), detail: z.string() })),
});

const linkCounts = z.object({
  email: z.number(),
  plusTag: z.number(),
  phone: z.number(),
  domain: z.number(),
  lead: z.number(),
  cascade: z.number(),
  decisions: z.number(),
});

export const simulationAnswer = z.object({
  startedAt: isoMoment,
  finishedAt: isoMoment.nullable(),
  meetings: z.number(),
  published: z.number(),
  held: z.array(z.object({ cause: z.string(), meetings: z.number() })),
  notPublished: z.array(z.object({ cause: z.string(), meetings: z.number() })),
  waiting: z.number().meta({ description: 'Not processed yet' }),
  links: linkCounts,
  ambiguous: z.number().meta({ description: 'Participants of the other side' }),
  unmatched: z.number(),
  events: z.number(),
  notes: z.number(),
  participants: z.number(),
  rolesUnknown: z.number().meta({ description: 'Meetings whose deals may change once contact roles are read' }),
  credits: z.object({
    writes: z.number(),
    verification: z.number(),
    candidates: z.number(),
    roles: z.number(),
    total: z.number(),
  }),
  topRecords: z.array(z.object({ module: crmModule, crmId: z.string(), name: z.string(), notes: z.number() })),
  samples: z.array(z.object({ externalId: z.string(), title: z.string(), plan: planAnswer })),
});

export const backfillAnswer = z.object({
  id: z.string(),
  kind: z.enum(['import', 'undo', 'leave']),
  name: z.string(),
  state: z.enum(['simulating', 'ready', 'running', 'paused', 'cancelled', 'done', 'undoing', 'undone']),
  resumesAs: z.enum(['running', 'undoing']).nullable().meta({ description: 'What a paused one goes on with' }),
  since: isoMoment.nullable().meta({ description: 'Only of an undo: everything brought to Zoho from here on' }),
  createdBy: z.string(),
  createdAt: isoMoment,
  startedAt: isoMoment.nullable(),
  finishedAt: isoMoment.nullable(),
  /** What a person can do with it now. */
  steps: z.array(z.enum(['simulate', 'start', 'pause', 'resume', 'cancel', 'undo'])),
  simulation: simulationAnswer.nullable(),
  hours: z
    .number()
    .nullable()
    .meta({ description: 'What is left takes so long under the day’s budget of credits; null before it is known' }),
  undo: undoPreviewAnswer.nullable(),
  progress: z.object({
    meetings: z.number(),
    done: z.number(),
    left: z.number(),
    published: z.number(),
    verified: z.number(),
    held: z.number(),
    notPublished: z.number(),
    failed: z.number(),
    undone: z.number(),
    eventsWritten: z.number(),
    notesWritten: z.number(),
    simulated: z.number().nullable().meta({ description: 'Meetings that the simulation under way has done' }),
    ratePerMinute: z.number().nullable(),
    secondsLeft: z.number().nullable(),
    creditsUsed: z.number(),
    creditsNeeded: z.number().meta({ description: 'Still needed' }),
  }),
});
