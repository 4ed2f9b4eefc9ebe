import { listPlacements, type PlacementRow } from '../../db/queries/ledger.ts';
import { describePeople, loadDealFacts, type MeetingFacts } from '../../db/queries/meeting-facts.ts';
import { readMeetingRows } from '../../db/queries/meeting-rows.ts';
import type { ParticipantMatch } from '../../domain/association.ts';
import { listShown } from '../../domain/list-shown.ts';
import type { EventContent, SyncPlan } from '../../domain/sync-plan.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';
import { type MeetingRow, toMeetingRow } from '../meeting-row.ts';
import { type EvaluatedMeeting, evaluateMeetings } from './evaluate-meetings.ts';
import { type GatheredMeetings, gatherMeetings } from './gather-meetings.ts';

/** Everything that one page needs about a meeting: evaluated now from the mirror, beside what is believed to be in Zoho. */
export type MeetingView = {
  facts: MeetingFacts;
  /** The meeting as lists show it. */
  row: MeetingRow;
  gathered: GatheredMeetings;
  evaluated: EvaluatedMeeting;
  placements: PlacementRow[];
  shownOn: SyncPlan['shownOn'];
  dealFacts: Awaited<ReturnType<typeof loadDealFacts>>;
  details: Map<string, string>;
};

/** Reads one meeting: a constant number of statements, no call to Zoho. Throws `not_found`. */
export async function readMeeting({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string };
}): Promise<MeetingView> {
  const facts = await findMeeting(ctx, input.externalId);
  const gathered = await gatherMeetings({ ctx, input: { meetingIds: [facts.id] } });
  const [evaluated] = evaluateMeetings(gathered);
  if (evaluated === undefined) throw new AppError('not_found', 'This meeting has just been removed.');
  const [row] = await readMeetingRows(ctx.db, ctx.organizationId, [facts.id]);
  if (row === undefined) throw new AppError('not_found', 'This meeting has just been removed.');
  const placements = await listPlacements(ctx.db, ctx.organizationId, [facts.id]);
  const event = placements.find((placement) => placement.slot === 'event');
  const { associations, notLinked, matches } = evaluated.evaluation;
  const dealIds = [...associations, ...notLinked].flatMap(({ module, id }) => (module === 'deals' ? [id] : []));
  return {
    facts,
    row: toMeetingRow(row),
    gathered,
    evaluated,
    placements,
    shownOn: listShown(
      event === undefined || event.goneAt !== null ? null : (event.content as EventContent),
      placements.filter((placement) => placement.goneAt === null).map((placement) => placement.slot),
      gathered.picture,
    ),
    dealFacts: await loadDealFacts(ctx.db, ctx.organizationId, dealIds),
    details: await describePeople(ctx.db, ctx.organizationId, candidatesOf(matches)),
  };
}

function candidatesOf(matches: ParticipantMatch[]): { contacts: string[]; leads: string[]; accounts: string[] } {
  const ids = { contacts: [] as string[], leads: [] as string[], accounts: [] as string[] };
  for (const match of matches) {
    if (match.kind !== 'ambiguous') continue;
    for (const { module, recordId } of match.candidates) ids[module].push(recordId);
  }
  return ids;
}
