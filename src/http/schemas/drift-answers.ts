import { z } from 'zod';
import { isoMoment } from './meeting-answers.ts';

/** Shapes of what the API answers about comparisons of the ledger with Zoho. */

export const driftKind = z.enum(['edited', 'missing', 'extra']);
export const driftChoice = z.enum(['write_again', 'take_theirs', 'write_ours', 'remove_extra']);

const estimate = z.object({
  meetings: z.number(),
  credits: z
    .number()
    .meta({ description: 'What a check costs where nothing has changed; 1 more for each event that has' }),
});

export const driftFinding = z.object({
  meetingId: z.string(),
  externalId: z.string(),
  title: z.string(),
  startsAt: isoMoment,
  slot: z.string(),
  crmId: z.string().nullable(),
  kind: driftKind,
  /** One sentence. */
  detail: z.string(),
  choices: z.array(driftChoice),
  repairedAt: isoMoment.nullable(),
});

export const driftAnswer = z.object({
  check: z
    .object({
      id: z.string(),
      state: z.enum(['running', 'done', 'stopped']),
      askedBy: z.string(),
      startedAt: isoMoment,
      finishedAt: isoMoment.nullable(),
      meetingsTotal: z.number(),
      meetingsChecked: z.number(),
      /** Meetings, each counted once. */
      counts: z.object({ true: z.number(), edited: z.number(), missing: z.number(), extra: z.number() }),
      truePercent: z.number().nullable().meta({ description: '0 to 100, one decimal; null before the first meeting' }),
      problem: z.string().nullable(),
    })
    .nullable(),
  estimate,
  findings: z.array(driftFinding),
  nextCursor: z.string().nullable(),
});

export const driftStarted = z.object({ checkId: z.string(), estimate });
export const driftRepaired = z.object({
  repaired: z.number(),
  remaining: z.boolean().meta({ description: 'More findings of this kind are left: ask again' }),
});
