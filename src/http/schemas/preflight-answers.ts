import { z } from 'zod';

const moment = z.string().meta({ description: 'ISO 8601, UTC' });
const module = z.enum(['contacts', 'leads', 'accounts', 'deals']);

/** Shapes of what the API answers about an org's layouts, withheld data and sharing. */

export const obstacleCause = z.enum([
  'mandatory_field',
  'unique_value',
  'pick_value',
  'validation_rule',
  'record_blocked',
  'record_hidden',
]);

export const constantValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

const eventField = z.object({
  field: z.string().meta({ description: 'Zoho’s name of the field' }),
  label: z.string(),
  type: z.string(),
  maxLength: z.number().nullable(),
  values: z.array(z.string()).meta({ description: 'What a pick list takes' }),
  isUnique: z.boolean(),
  isRequired: z.boolean(),
  canBeConstant: z.boolean().meta({ description: 'False: only making it optional in Zoho helps' }),
});

export const obstacle = z.object({
  cause: obstacleCause,
  subject: z.string().meta({ description: 'With `cause`, names it for a retry' }),
  message: z.string().meta({ description: 'What stands in the way, and its cure' }),
  meetings: z.number(),
  field: eventField.nullable(),
  record: z.object({ module, crmId: z.string(), name: z.string() }).nullable(),
  retryAt: moment.nullable().meta({ description: 'When it is tried again by itself; null: a person is waited for' }),
});

export const preflightAnswer = z.object({
  readAt: moment.nullable().meta({ description: 'Null: not read yet' }),
  fields: z.array(
    eventField.extend({
      otherwise: constantValue.nullable().meta({ description: 'The value for all activity types without their own' }),
      byActivityType: z.array(z.object({ activityType: z.string(), value: constantValue })),
      meetingsWaiting: z.number(),
    }),
  ),
  activityTypes: z.array(z.string()).meta({ description: 'Those that meetings came with' }),
  withheld: z.array(
    z.object({
      module: z.enum(['contacts', 'leads']),
      fields: z.array(z.object({ label: z.string(), as: z.enum(['hidden', 'restricted', 'vanished']) })),
      sentence: z.string(),
    }),
  ),
  eventsSharing: z.object({
    isPrivate: z.boolean(),
    knownFrom: z.enum(['zoho', 'stated']).nullable(),
    stated: z.enum(['public', 'private']).nullable(),
    statedBy: z.string().nullable(),
    sentence: z.string(),
  }),
  hidesInvitations: z.boolean(),
  notices: z.array(z.string()).meta({ description: 'What is odd about this org, in sentences' }),
  obstacles: z.array(obstacle),
});

export const retried = z.object({ meetings: z.number() });
