import { z } from 'zod';
import { CANARY_STEPS } from '../../domain/canary.ts';
import { isoMoment } from './meeting-answers.ts';

/** Shapes of what the API answers about the canary: the trial of whether Zoho mails. */

export const canaryStep = z.enum(CANARY_STEPS);
export const canaryReply = z.enum(['yes', 'no', 'not_sure']);
export const canaryCalendars = z.enum(['none', 'host_synced', 'others_synced', 'not_sure']).meta({
  description: 'Whose calendars are synced with Google or Office 365: nobody’s, the host’s, only others’',
});

const step = z.object({
  step: canaryStep,
  state: z.enum(['later', 'waiting', 'ask', 'answered', 'not_tried']),
  writtenAt: isoMoment.nullable(),
  askAt: isoMoment.nullable(),
  answer: z.object({ answer: canaryReply, at: isoMoment, by: z.string() }).nullable(),
});

const run = z.object({
  id: z.string(),
  state: z.enum(['running', 'cleaning', 'done', 'cancelled', 'failed']),
  mailbox: z.string(),
  hostName: z.string(),
  calendars: canaryCalendars,
  startedBy: z.string(),
  startedAt: isoMoment,
  finishedAt: isoMoment.nullable(),
  dueAt: isoMoment.nullable().meta({ description: 'When something is written next; null: when somebody answers' }),
  problem: z.string().nullable(),
  steps: z.array(step),
});

export const canaryAnswer = z.object({
  safeMode: z.boolean().meta({ description: 'Nobody is shown on events, as no canary was finished' }),
  modes: z
    .object({
      contacts: z.boolean(),
      emails: z.boolean(),
      users: z.boolean(),
      contactOfEvent: z.boolean(),
      updates: z.boolean(),
      notes: z.boolean(),
      deletes: z.boolean(),
    })
    .nullable(),
  missingScopes: z.array(z.string()).meta({ description: 'Not empty: ask for the consent of the canary first' }),
  hosts: z.array(z.object({ id: z.string(), name: z.string(), email: z.string().nullable() })),
  run: run.nullable().meta({ description: 'The newest canary' }),
  decidedBy: run.nullable().meta({ description: 'The canary that the modes come from' }),
});
