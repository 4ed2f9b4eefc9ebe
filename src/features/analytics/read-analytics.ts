import {
  countByAccount,
  countByActivityType,
  countByCategory,
  countByOwner,
  countByStage,
  countByTime,
  type GroupCount,
  listQuietDeals,
  type QuietDeal,
  readFigures,
  type Span,
  type StageCount,
} from '../../db/queries/analytics.ts';
import { countMeetingsOfRecords } from '../../db/queries/records.ts';
import type { Policy } from '../../domain/policy.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { readPolicy } from '../organization-policy.ts';
import { type Slice, sliceSpan } from './time-span.ts';

export type Figure = { value: number; previous: number | null };
/** `query` opens exactly these meetings in the list of meetings; with `links=direct` the direct ones. */
export type Bucket = GroupCount & { query: string };

export type Analytics = {
  from: string;
  to: string;
  figures: { meetings: Figure; hours: Figure; accountsMet: Figure; openDealsWithoutMeeting: Figure };
  overTime: Bucket[];
  byAccount: Bucket[];
  byStage: Bucket[];
  byOwner: Bucket[];
  byActivityType: Bucket[];
  quietDeals: (QuietDeal & { lastMeetingAt: string | null; daysQuiet: number | null })[];
  quietDealsTotal: number;
  categoriesByStage: {
    stages: string[];
    rows: {
      smartCategory: string;
      total: number;
      cells: { stage: string; direct: number; cascaded: number; query: string }[];
    }[];
  };
};

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 90;
const QUIET_DEALS_SHOWN = 50;
const CATEGORIES_SHOWN = 50;

export type AnalyticsInput = { from?: Date; to?: Date; quietDays: number; timeZone: string };

/**
 * Figures about the meetings of a span (default: the last 90 days) beside the span of the same length before it. Counted are
 * distinct meetings that are not retracted; direct links and those that exist only by cascade are told apart. Meetings by
 * time, owner and activity type need no link and count as direct. Throws `invalid_input` when `from` is not before `to`.
 */
export async function readAnalytics({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: AnalyticsInput;
}): Promise<Analytics> {
  const span = spanOf(ctx, input);
  const length = span.to.getTime() - span.from.getTime();
  const before = { from: new Date(span.from.getTime() - length), to: span.from };
  const policy = await readPolicy(ctx);
  const { db, organizationId } = ctx;
  const slices = sliceSpan(span, input.timeZone);
  const [now, then, times, accounts, owners, types, staged, quiet] = await Promise.all([
    readFigures(db, organizationId, { span, policy }),
    readFigures(db, organizationId, { span: before, policy }),
    countByTime(db, organizationId, slices),
    countByAccount(db, organizationId, { span, policy }),
    countByOwner(db, organizationId, span),
    countByActivityType(db, organizationId, span),
    readStages(ctx, span, policy),
    readQuietDeals(ctx, input.quietDays, policy),
  ]);
  const hours = (seconds: number) => Math.round(seconds / 360) / 10;
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    figures: {
      meetings: { value: now.meetings, previous: then.meetings },
      hours: { value: hours(now.seconds), previous: hours(then.seconds) },
      accountsMet: { value: now.accountsMet, previous: then.accountsMet },
      // Which deals were open then is not kept, so there is nothing to compare with.
      openDealsWithoutMeeting: { value: quiet.quietDealsTotal, previous: null },
    },
    overTime: slices.map((slice, place) => sliceBucket(slice, times[place]?.count ?? 0)),
    byAccount: accounts.map((group) => toBucket(group, span, { module: 'accounts', crmId: group.key })),
    byOwner: owners.map((group) => toBucket(named(group, 'Nobody'), span, { owner: group.key })),
    byActivityType: types.map((group) => toBucket(named(group, 'No activity type'), span, { activityType: group.key })),
    ...staged,
    ...quiet,
  };
}

function spanOf(ctx: FeatureContext, { from, to }: AnalyticsInput): Span {
  const end = to ?? ctx.now();
  const begin = from ?? new Date(end.getTime() - DEFAULT_DAYS * DAY_MS);
  if (begin < end) return { from: begin, to: end };
  throw new AppError('invalid_input', 'The span ends before it begins. Let `from` be earlier than `to`.', {
    problems: [{ path: 'from', message: 'must be earlier than `to`' }],
  });
}

function queryOf(span: Span, words: Record<string, string>): string {
  return new URLSearchParams({ ...words, from: span.from.toISOString(), to: span.to.toISOString() }).toString();
}

function toBucket(group: GroupCount, span: Span, words: Record<string, string>): Bucket {
  return { ...group, query: queryOf(span, words) };
}

function named(group: GroupCount, nameOfNone: string): GroupCount {
  return group.label === '' ? { ...group, label: nameOfNone } : group;
}

function sliceBucket({ key, from, to }: Slice, count: number): Bucket {
  return { key, label: key, direct: count, cascaded: 0, query: queryOf({ from, to }, {}) };
}

async function readStages(
  ctx: FeatureContext,
  span: Span,
  policy: Policy,
): Promise<Pick<Analytics, 'byStage' | 'categoriesByStage'>> {
  const categories = await countByCategory(ctx.db, ctx.organizationId, { span, limit: CATEGORIES_SHOWN });
  const counts = await countByStage(ctx.db, ctx.organizationId, {
    span,
    policy,
    categories: categories.map(({ smartCategory }) => smartCategory),
  });
  const byStage = counts
    .filter((count) => count.smartCategory === null)
    .map(({ stage, direct, cascaded }) => toBucket({ key: stage, label: stage, direct, cascaded }, span, { stage }));
  const cellsOf = new Map<string, StageCount[]>();
  for (const count of counts) {
    if (count.smartCategory === null) continue;
    const cells = cellsOf.get(count.smartCategory) ?? [];
    cells.push(count);
    cellsOf.set(count.smartCategory, cells);
  }
  const rows = categories.map(({ smartCategory, total }) => ({
    smartCategory,
    total,
    cells: (cellsOf.get(smartCategory) ?? []).map(({ stage, direct, cascaded }) => ({
      stage,
      direct,
      cascaded,
      query: queryOf(span, { smartCategory, stage }),
    })),
  }));
  return { byStage, categoriesByStage: { stages: byStage.map(({ key }) => key), rows } };
}

async function readQuietDeals(
  ctx: FeatureContext,
  quietDays: number,
  policy: Policy,
): Promise<Pick<Analytics, 'quietDeals' | 'quietDealsTotal'>> {
  const now = ctx.now();
  const { deals, total } = await listQuietDeals(ctx.db, ctx.organizationId, {
    since: new Date(now.getTime() - quietDays * DAY_MS),
    until: now,
    policy,
    limit: QUIET_DEALS_SHOWN,
  });
  const counts = await countMeetingsOfRecords(ctx.db, ctx.organizationId, {
    module: 'deals',
    ids: deals.map(({ crmId }) => crmId),
    policy,
  });
  return {
    quietDealsTotal: total,
    quietDeals: deals.map((deal) => {
      const lastMeetingAt = counts.get(deal.crmId)?.lastMeetingAt ?? null;
      const daysQuiet =
        lastMeetingAt === null ? null : Math.max(0, Math.floor((now.getTime() - lastMeetingAt.getTime()) / DAY_MS));
      return { ...deal, lastMeetingAt: lastMeetingAt?.toISOString() ?? null, daysQuiet };
    }),
  };
}
