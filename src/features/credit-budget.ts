import { dailyCredits } from '../crm/daily-credits.ts';
import { ourConcurrency } from '../crm/session.ts';
import { type LimitsRow, readLimits, readPace } from '../db/queries/limits.ts';
import type { FeatureContext } from './context.ts';

/** What may still be spent of an org's rolling day. Credits belong to the whole org: others use them too. */
export type CreditBudget = {
  /** What the org may spend in 24 hours; null: of an edition that we do not know. */
  dailyLimit: number | null;
  /** What we spent in 24 hours. */
  used: number;
  /** What is left to all, as far as we know: by Zoho's own figure where it told one lately. */
  left: number | null;
  keptPercent: number;
  /** Credits that work which can wait leaves to others. */
  kept: number;
  /** History, roles and comparisons may go on. */
  mayWorkInBackground: boolean;
  /** Live meetings may be published. */
  mayPublish: boolean;
  /** What rests and why, in a sentence; null: nothing. */
  says: string | null;
  /** When it is worth looking again; null while nothing rests. */
  restsUntil: Date | null;
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Below this part of the day even live meetings wait. */
const LAST_SHARE = 0.05;
const LOOK_AGAIN_MS = HOUR_MS;

/** Reads what may be spent now: one statement, no call. */
export async function readCreditBudget(
  ctx: FeatureContext,
  connection: { edition: string | null } | null,
): Promise<CreditBudget> {
  const since = new Date(ctx.now().getTime() - DAY_MS);
  const limits = connection === null ? null : await readLimits(ctx.db, ctx.organizationId, since);
  return toBudget(limits, connection?.edition ?? null, ctx.now());
}

function toBudget(limits: LimitsRow<unknown> | null, edition: string | null, now: Date): CreditBudget {
  const dailyLimit = limits === null ? null : dailyCredits(edition, limits.users);
  const left = leftOf(limits, dailyLimit, now);
  const keptPercent = limits?.keptPercent ?? 0;
  const kept = dailyLimit === null ? 0 : Math.round((dailyLimit * keptPercent) / 100);
  const last = dailyLimit === null ? 0 : Math.round(dailyLimit * LAST_SHARE);
  const mayPublish = left === null || left > last;
  const mayWorkInBackground = mayPublish && (left === null || left > kept);
  return {
    dailyLimit,
    used: limits?.used ?? 0,
    left,
    keptPercent,
    kept,
    mayWorkInBackground,
    mayPublish,
    says: mayWorkInBackground ? null : sayRest(mayPublish, keptPercent),
    restsUntil: mayWorkInBackground ? null : restEnd(limits, now),
  };
}

/** Zoho tells its figure only above half of the day's credits, so an old one says nothing. */
function leftOf(limits: LimitsRow<unknown> | null, dailyLimit: number | null, now: Date): number | null {
  if (limits === null) return null;
  const ours = dailyLimit === null ? null : Math.max(0, dailyLimit - limits.used);
  const isTold = limits.creditsLeftAt !== null && now.getTime() - limits.creditsLeftAt.getTime() < HOUR_MS;
  if (!isTold || limits.creditsLeft === null) return ours;
  return ours === null ? limits.creditsLeft : Math.min(ours, limits.creditsLeft);
}

function sayRest(mayPublish: boolean, keptPercent: number): string {
  return mayPublish
    ? `Past meetings, contact roles and comparisons rest: ${keptPercent} % of Zoho’s daily credits are kept free for your other integrations. New meetings are still published. The rest goes on by itself as credits come back.`
    : 'Nothing is sent to Zoho for now: less than 5 % of the daily credits of your Zoho org are left. It goes on by itself as credits come back.';
}

/** An hour's calls count for a day; others' calls end without our knowing, so it is looked at every hour. */
function restEnd(limits: LimitsRow<unknown> | null, now: Date): Date {
  const again = now.getTime() + LOOK_AGAIN_MS;
  const oldest = limits?.oldestHour ?? null;
  const ended = oldest === null ? again : oldest.getTime() + DAY_MS + 1000;
  return new Date(Math.max(now.getTime() + 60_000, Math.min(again, ended)));
}

/** When nothing will wait any more, at the pace and with the credits of now; null: nothing waits. */
export type QueueForecast = { meetings: number; credits: number; emptyAt: string | null };

/** Of a meeting in history, until our own figures tell: an event, some notes, looking and reading back. */
const CREDITS_PER_MEETING = 0.5;
const SURE_FROM = 20;
const CALL_MS = 500;

/** Says how long what waits will take, by what meetings cost lately. Two statements, no call. */
export async function forecastQueue(
  ctx: FeatureContext,
  input: { edition: string | null; owed: number; budget: CreditBudget },
): Promise<QueueForecast> {
  const { edition, owed, budget } = input;
  const pace = await readPace(ctx.db, ctx.organizationId, new Date(ctx.now().getTime() - DAY_MS));
  const each = pace.meetings < SURE_FROM ? CREDITS_PER_MEETING : pace.credits / pace.meetings;
  const credits = Math.ceil(owed * each);
  if (owed === 0) return { meetings: 0, credits: 0, emptyAt: null };
  const takesMs = timeForCredits(credits, edition, budget);
  const emptyAt = takesMs === null ? null : new Date(ctx.now().getTime() + takesMs);
  return { meetings: owed, credits, emptyAt: emptyAt?.toISOString() ?? null };
}

/** How long background work of so many credits takes, in ms: to send it, and to wait for its credits; null: it never gets them. */
export function timeForCredits(credits: number, edition: string | null, budget: CreditBudget): number | null {
  const waitingMs = waitForCredits(credits, budget);
  return waitingMs === null ? null : Math.max((credits * CALL_MS) / ourConcurrency(edition), waitingMs);
}

/** Credits come back over the day as they were spent. */
function waitForCredits(credits: number, { left, kept, dailyLimit }: CreditBudget): number | null {
  if (left === null || dailyLimit === null) return 0;
  const missing = credits - Math.max(0, left - kept);
  if (missing <= 0) return 0;
  const daily = dailyLimit - kept;
  return daily <= 0 ? null : (missing / daily) * DAY_MS;
}
