import { z } from 'zod';
import { calendarQuestion, crmModule, isoMoment, meetingRow } from './meeting-answers.ts';
import { obstacle, obstacleCause } from './preflight-answers.ts';

/** Shapes of what the API answers about the organization, its connection, its records and its figures. */

export const connectionState = z.enum(['not_connected', 'connecting', 'connected', 'needs_reauth', 'disconnected']);

export const sessionAnswer = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  organization: z.object({ id: z.string(), name: z.string() }),
  role: z.enum(['read_only', 'regular', 'admin', 'owner']),
  version: z.string(),
  sandboxUrl: z
    .string()
    .nullable()
    .meta({ description: 'Pages of the sandbox; null when a real Zoho client is configured' }),
  connection: z.object({ state: connectionState, label: z.string() }),
  needsYou: z.number(),
});

export const zohoCard = z.object({
  state: connectionState,
  provider: z.enum(['sandbox', 'zoho']),
  connectedBy: z.string().nullable(),
  connectedAt: isoMoment.nullable(),
  zohoUser: z.string().nullable(),
  orgName: z.string().nullable(),
  orgId: z.string().nullable(),
  dataCentre: z.string().nullable(),
  edition: z.string().nullable(),
  environment: z.enum(['production', 'sandbox', 'developer']).nullable(),
  scopes: z.array(z.string()),
  safeMode: z.boolean(),
  externalField: z.object({ apiName: z.string(), mode: z.enum(['external', 'marker']) }).nullable(),
  optionalFields: z.array(
    z.object({
      key: z.enum(['activityType', 'aiScore', 'recording']),
      label: z.string(),
      apiName: z.string().nullable(),
    }),
  ),
  firstLoad: z
    .object({
      state: z.enum(['running', 'done', 'failed']),
      steps: z.array(
        z.object({
          module: z.string(),
          loaded: z.number(),
          total: z.number().nullable(),
          startedAt: isoMoment.nullable(),
          finishedAt: isoMoment.nullable(),
          problem: z.string().nullable().meta({ description: 'Why the module was left out' }),
        }),
      ),
      startedAt: isoMoment,
      finishedAt: isoMoment.nullable(),
      error: z.string().nullable(),
    })
    .nullable(),
  rights: z
    .object({
      checkedAt: isoMoment.nullable(),
      refused: z.array(z.string()).meta({ description: 'Titles of the rights that Zoho refuses' }),
      unknown: z.number(),
      isChecking: z.boolean().meta({ description: 'Somebody reconnected; the rights are of the user before' }),
    })
    .nullable(),
  probe: z.object({
    probedAt: isoMoment.nullable(),
    aliveAt: isoMoment.nullable().meta({ description: 'When Zoho last answered a call' }),
    nextProbeAt: isoMoment.nullable(),
    brokenAt: isoMoment.nullable().meta({ description: 'Since when the access is dead' }),
  }),
  mirrorHealth: z
    .object({
      lastPollAt: isoMoment.nullable(),
      nextPollAt: isoMoment.nullable(),
      channel: z
        .object({
          state: z.enum(['heard', 'open', 'silent', 'expired']),
          expiresAt: isoMoment,
          lastHeardAt: isoMoment.nullable(),
        })
        .nullable()
        .meta({ description: 'Null where Zoho cannot reach the product: changes are seen by polls alone' }),
      notesSeenBy: z.enum(['list', 'drift']),
      problem: z.string().nullable(),
      creditsUsed: z.number(),
    })
    .nullable(),
  alerts: z.object({ webhookUrl: z.string().nullable(), emails: z.array(z.string()) }),
  roles: z.object({ dealsLoaded: z.number(), dealsTotal: z.number() }),
  mirror: z.object({
    contacts: z.number(),
    leads: z.number(),
    accounts: z.number(),
    deals: z.number(),
    users: z.number(),
  }),
  lastChangeSeenAt: isoMoment.nullable(),
  waiting: z.number().meta({ description: 'Meetings that are owed to Zoho' }),
  credits: z.object({
    usedToday: z.number(),
    dailyLimit: z.number().nullable(),
    reserve: z.number().meta({ description: 'Credits of a day that work which can wait leaves to other integrations' }),
    keptPercent: z.number().meta({ description: 'The same in percent of the day, 0 to 90' }),
    left: z.number().nullable().meta({ description: 'Left to all who use the org, as far as known' }),
    resting: z.string().nullable().meta({ description: 'What rests for want of credits, in a sentence' }),
    restsUntil: z.string().nullable(),
    forecast: z
      .object({ meetings: z.number(), credits: z.number(), emptyAt: z.string().nullable() })
      .meta({ description: 'What waits, what it takes, and when nothing will wait any more' }),
  }),
  problem: z.string().nullable(),
});

export const settingsAnswer = z.object({
  organizationName: z.string(),
  internalDomains: z.array(z.string()),
  /** Domains of the Zoho users, which are internal as well. */
  userDomains: z.array(z.string()),
  freeMailDomains: z.array(z.string()),
  matchByDomain: z.boolean(),
  cascade: z.enum(['everything', 'focused']),
  focused: z.object({
    maxDeals: z.number().int().min(1).max(1000),
    pipelines: z.array(z.string()).nullable(),
    windowDays: z.number().int().min(0).max(3650).nullable(),
    askAbove: z.boolean(),
  }),
  publish: z.enum(['relevant', 'everything']),
  noteCap: z.number().int().min(0).nullable(),
  publishInternal: z.boolean(),
  publishUnmatched: z.boolean(),
  lateRecordDays: z.number().int().min(0).max(3650),
  newPeopleDays: z.number().int().min(0).max(3650),
  describeContent: z.boolean(),
  smartCategoryOrder: z.array(z.string()),
  unsureEvent: z.enum(['wait', 'create']),
});

export const statusAnswer = z.object({
  meetings: z.object({
    waiting: z.number(),
    published: z.number(),
    held: z.number(),
    notPublished: z.number(),
    failed: z.number(),
    retracted: z.number(),
  }),
  verified: z.number(),
  owed: z.number().meta({ description: 'Meetings whose evaluation or publication is not finished' }),
  rolesStillLoading: z.number(),
  firstLoad: z.enum(['none', 'running', 'done', 'failed']),
  /** Calls to Zoho since the product began to count, mirror reads of the first load told apart. */
  calls: z.object({
    writeCalls: z.number(),
    writeCredits: z.number(),
    readCalls: z.number(),
    readCredits: z.number(),
    loadCalls: z.number(),
    loadCredits: z.number(),
  }),
});

export const needsYouItem = z.object({
  id: z.string(),
  cause: z.enum([
    'ambiguous',
    'nobody_matched',
    'too_many_deals',
    'failed',
    'different',
    'edited_block',
    'deleted_in_crm',
    'calendar_event_unsure',
    'two_events',
    ...obstacleCause.options,
  ]),
  meeting: meetingRow,
  /** One sentence: what is asked. */
  question: z.string(),
  participant: z.object({ key: z.string(), name: z.string().nullable(), email: z.string().nullable() }).nullable(),
  candidates: z.array(z.object({ module: crmModule, crmId: z.string(), name: z.string(), detail: z.string() })),
  calendarQuestion: calendarQuestion.nullable(),
  obstacle: obstacle
    .nullable()
    .meta({ description: 'Of causes of the org itself: one item for all meetings; `meeting` is the newest of them' }),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

export const needsYouAnswer = z.object({
  causes: z.array(z.object({ cause: needsYouItem.shape.cause, count: z.number() })),
  data: z.array(needsYouItem),
  nextCursor: z.string().nullable(),
});

export const recordRow = z.object({
  module: crmModule,
  crmId: z.string(),
  name: z.string(),
  /** Account of a contact or deal, company of a lead, domain of an account. */
  detail: z.string().nullable(),
  ownerName: z.string().nullable(),
  stage: z.string().nullable(),
  isOpen: z.boolean().nullable(),
  amount: z.number().nullable(),
  currency: z.string().nullable(),
  closingDate: z.string().nullable(),
  email: z.string().nullable(),
  meetingsDirect: z.number(),
  meetingsCascaded: z.number(),
  lastMeetingAt: isoMoment.nullable(),
});

export const recordDetail = recordRow.extend({
  crmUrl: z.string().nullable(),
  account: z.object({ crmId: z.string(), name: z.string() }).nullable(),
  contacts: z.array(z.object({ crmId: z.string(), name: z.string(), role: z.string().nullable() })),
  deals: z.array(z.object({ crmId: z.string(), name: z.string(), stage: z.string(), isOpen: z.boolean() })),
  /** Totals of the two lists above, which show the first 50. */
  contactCount: z.number(),
  dealCount: z.number(),
});

export const historyEntry = meetingRow.extend({
  /** `direct`, or who it came through: `via Ana Pérez`. */
  origin: z.enum(['direct', 'cascade', 'manual', 'zoho']),
  via: z.string().nullable(),
  people: z.array(z.string()),
  summaryLines: z.string(),
  smartCategories: z.array(z.string()),
});

export const figure = z.object({ value: z.number(), previous: z.number().nullable() });

/** A bar of a chart; `query` opens its meetings: `/meetings?<query>`. */
export const bucket = z.object({
  key: z.string(),
  label: z.string(),
  direct: z.number(),
  cascaded: z.number(),
  query: z.string(),
});

export const analyticsAnswer = z.object({
  from: isoMoment,
  to: isoMoment,
  figures: z.object({ meetings: figure, hours: figure, accountsMet: figure, openDealsWithoutMeeting: figure }),
  overTime: z.array(bucket),
  byAccount: z.array(bucket),
  byStage: z.array(bucket),
  byOwner: z.array(bucket),
  byActivityType: z.array(bucket),
  quietDeals: z.array(
    z.object({
      crmId: z.string(),
      name: z.string(),
      accountName: z.string().nullable(),
      stage: z.string(),
      ownerName: z.string().nullable(),
      amount: z.number().nullable(),
      currency: z.string().nullable(),
      closingDate: z.string().nullable(),
      lastMeetingAt: isoMoment.nullable(),
      daysQuiet: z.number().nullable(),
    }),
  ),
  quietDealsTotal: z.number(),
  categoriesByStage: z.object({
    stages: z.array(z.string()),
    rows: z.array(
      z.object({
        smartCategory: z.string(),
        total: z.number(),
        cells: z.array(z.object({ stage: z.string(), direct: z.number(), cascaded: z.number(), query: z.string() })),
      }),
    ),
  }),
});

export const searchAnswer = z.object({
  meetings: z.array(z.object({ externalId: z.string(), title: z.string(), startsAt: isoMoment })),
  records: z.array(z.object({ module: crmModule, crmId: z.string(), name: z.string(), detail: z.string().nullable() })),
});

export const apiKeyRow = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  scopes: z.array(z.string()),
  createdAt: isoMoment,
  lastUsedAt: isoMoment.nullable(),
});

/** `application/problem+json` (RFC 9457). */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
});
