import { type MeetingListRow, readMeetingRows } from '../../db/queries/meeting-rows.ts';
import {
  type CandidateFacts,
  countNeeds,
  listFittingDeals,
  listNeeds,
  type NeedCause,
  type NeedRow,
  readCandidateFacts,
} from '../../db/queries/needs-you.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';
import { isObstacle, type ObstacleKind } from '../../domain/obstacle.ts';
import { type CalendarQuestion, readCalendarQuestions } from '../calendar-events.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { type MeetingRow, toMeetingRow } from '../meeting-row.ts';
import { readPolicy } from '../organization-policy.ts';
import { cutPage, readCursor } from '../page-cursor.ts';
import { type ToldObstacle, tellObstacles } from '../tell-obstacles.ts';

export type NeedsYouItem = {
  id: string;
  cause: NeedCause;
  meeting: MeetingRow;
  question: string;
  participant: { key: string; name: string | null; email: string | null } | null;
  candidates: { module: CrmModule; crmId: string; name: string; detail: string }[];
  /** For `calendar_event_unsure` and `two_events`: the calendar's events, with what it takes to tell them apart. */
  calendarQuestion: CalendarQuestion | null;
  /** For causes of the org itself: one item for all meetings; `meeting` is the newest of them. */
  obstacle: ToldObstacle | null;
  error: { code: string; message: string } | null;
};

export type NeedsYou = {
  causes: { cause: NeedCause; count: number }[];
  data: NeedsYouItem[];
  nextCursor: string | null;
};

/** As many deals as a person can choose among by the keys 1…9. */
const DEALS_OFFERED = 9;

/** What only a person can decide: the causes with their counts, and a page of questions, newest meetings first. */
export async function listNeedsYou({
  ctx,
  gateway = null,
  input,
}: {
  ctx: FeatureContext;
  /** Knows the pages of Zoho, for links to events. */
  gateway?: Pick<CrmGateway, 'pagesOf'> | null;
  input: { cause?: NeedCause; cursor?: string; limit: number };
}): Promise<NeedsYou> {
  const after = readCursor(input.cursor, ['moment', 'uuid', 'text', 'text']);
  const [causes, found] = await Promise.all([
    countNeeds(ctx.db, ctx.organizationId),
    listNeeds(ctx.db, ctx.organizationId, {
      cause: input.cause ?? null,
      after:
        after === null
          ? null
          : { startsAt: new Date(after[0]), meetingId: after[1], cause: after[2], participantKey: after[3] },
      limit: input.limit + 1,
    }),
  ]);
  const { data, nextCursor } = cutPage(found, input.limit, (row) => [
    row.startsAt.toISOString(),
    row.meetingId,
    row.cause,
    row.participantKey,
  ]);
  return { causes, data: await tellNeeds(ctx, gateway, data), nextCursor };
}

async function tellNeeds(
  ctx: FeatureContext,
  gateway: Pick<CrmGateway, 'pagesOf'> | null,
  needs: NeedRow[],
): Promise<NeedsYouItem[]> {
  const deals = await offerDeals(ctx, needs);
  const candidatesOf = (need: NeedRow): NeedRow['candidates'] =>
    need.cause === 'too_many_deals' ? (deals.get(need.meetingId) ?? []) : need.candidates;
  const asked = needs.filter((need) => need.cause === 'calendar_event_unsure' || need.cause === 'two_events');
  const askedIds = asked.map((need) => need.meetingId);
  const [meetings, facts, questions, obstacles] = await Promise.all([
    readMeetingRows(ctx.db, ctx.organizationId, [...new Set(needs.map((need) => need.meetingId))]),
    readCandidateFacts(ctx.db, ctx.organizationId, needs.flatMap(candidatesOf)),
    readCalendarQuestions(ctx, gateway, askedIds),
    needs.some(({ cause }) => isObstacle(cause)) ? tellObstacles(ctx) : [],
  ]);
  const meetingOf = new Map(meetings.map((row) => [row.id, row]));
  const factsOf = new Map(facts.map((fact) => [`${fact.module}:${fact.id}`, fact]));
  return needs.flatMap((need) => {
    const meeting = meetingOf.get(need.meetingId);
    if (meeting === undefined) return [];
    const obstacle = obstacles.find(({ cause, subject }) => cause === need.cause && subject === need.participantKey);
    return [toItem(need, meeting, candidatesOf(need), { facts: factsOf, questions, obstacle: obstacle ?? null })];
  });
}

async function offerDeals(ctx: FeatureContext, needs: NeedRow[]): Promise<Map<string, NeedRow['candidates']>> {
  const meetingIds = needs.filter((need) => need.cause === 'too_many_deals').map((need) => need.meetingId);
  const offered = new Map<string, NeedRow['candidates']>();
  if (meetingIds.length === 0) return offered;
  const { focused } = await readPolicy(ctx);
  const rows = await listFittingDeals(ctx.db, ctx.organizationId, { meetingIds, focused, limit: DEALS_OFFERED });
  for (const { meetingId, recordId, name } of rows) {
    const deals = offered.get(meetingId) ?? [];
    deals.push({ module: 'deals', recordId, name });
    offered.set(meetingId, deals);
  }
  return offered;
}

function toItem(
  need: NeedRow,
  meeting: MeetingListRow,
  candidates: NeedRow['candidates'],
  {
    facts,
    questions,
    obstacle,
  }: {
    facts: Map<string, CandidateFacts>;
    questions: Map<string, CalendarQuestion>;
    obstacle: ToldObstacle | null;
  },
): NeedsYouItem {
  const { cause, participantKey, name, email } = need;
  return {
    id: isObstacle(cause)
      ? `${cause}:${participantKey}`
      : [cause, need.meetingId, ...(participantKey === '' ? [] : [participantKey])].join(':'),
    cause,
    meeting: toMeetingRow(meeting),
    question: isObstacle(cause) ? (obstacle?.message ?? need.errorMessage) : askAbout(need, cause, candidates),
    participant: participantKey === '' || isObstacle(cause) ? null : { key: participantKey, name, email },
    candidates: candidates.map((candidate) => {
      const fact = facts.get(`${candidate.module}:${candidate.recordId}`);
      const { module, recordId } = candidate;
      const isGone = 'It is not in Zoho any more.';
      return { module, crmId: recordId, name: fact?.name ?? candidate.name, detail: fact?.detail ?? isGone };
    }),
    calendarQuestion:
      cause === 'calendar_event_unsure' || cause === 'two_events' ? (questions.get(need.meetingId) ?? null) : null,
    obstacle,
    error: cause === 'failed' ? { code: need.errorCode ?? 'FAILED', message: need.errorMessage } : null,
  };
}

function askAbout(need: NeedRow, cause: Exclude<NeedCause, ObstacleKind>, candidates: NeedRow['candidates']): string {
  const who = need.name || need.email || need.phone || 'this participant';
  switch (cause) {
    case 'ambiguous': {
      const [first] = candidates;
      if (first?.module === 'accounts')
        return `${candidates.length} accounts have the domain of ${who}: which one is meant?`;
      return `${candidates.length} ${first?.module ?? 'records'} fit ${who}: which one took part?`;
    }
    case 'nobody_matched':
      return 'Nobody of this meeting is in Zoho CRM: publish it all the same, or leave it here until somebody is?';
    case 'too_many_deals':
      return 'More deals fit than are linked without asking: which ones was this meeting about?';
    case 'failed':
      return 'Zoho refused a write of this meeting: try it again?';
    case 'calendar_event_unsure':
      return `${need.errorMessage} Take it, write an event of our own, or wait?`;
    case 'two_events':
      return 'The calendar has put a second event for this meeting into Zoho: move everything there and remove ours, or keep both?';
    case 'edited_block':
      return 'Somebody changed our part of the description in Zoho: keep theirs, or write ours again?';
    case 'deleted_in_crm':
      return `${need.errorMessage} Write it again?`;
    case 'different':
      return `Zoho does not show what was written: ${need.differences[0] ?? 'something differs'}. Write it again?`;
  }
}
