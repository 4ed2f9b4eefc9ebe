import { z } from 'zod';
import { isoMoment } from './meeting-answers.ts';

/** Shapes of what the API answers about permissions and alerts. */

export const rightLine = z.object({
  key: z.string(),
  title: z.string(),
  result: z.enum([
    'ok',
    'missing_scope',
    'missing_profile_permission',
    'not_available_in_edition',
    'unknown',
    'not_needed',
  ]),
  lost: z.string().meta({ description: 'What stops working without it' }),
  cure: z.string().nullable().meta({ description: 'What to do, in one sentence; null: nothing' }),
  detail: z.string().nullable(),
});

export const permissionsAnswer = z.object({
  checkedAt: isoMoment.nullable().meta({ description: 'Null: a check of the user who reconnected is due' }),
  userName: z.string().nullable(),
  profileName: z.string().nullable(),
  lines: z.array(rightLine),
});

const alertKind = z.enum(['connection_broken', 'connection_restored', 'channel_dead', 'mirror_bound', 'drift', 'test']);

export const alertSettingsAnswer = z.object({
  webhookUrl: z.string().nullable(),
  emails: z.array(z.string()),
  canMail: z.boolean().meta({ description: 'False: no SMTP server is configured' }),
  newSecret: z.string().nullable().meta({ description: 'The signing secret, told once when it is made' }),
  recent: z.array(
    z.object({
      id: z.string(),
      kind: alertKind,
      message: z.string(),
      raisedAt: isoMoment,
      deliveries: z.array(
        z.object({
          target: z.string().meta({ description: '`webhook`, or an address' }),
          deliveredAt: isoMoment.nullable(),
          nextAt: isoMoment.nullable(),
          problem: z.string().nullable(),
        }),
      ),
    }),
  ),
});

export const alertTestAnswer = z.object({
  results: z.array(z.object({ target: z.string(), problem: z.string().nullable() })),
});
