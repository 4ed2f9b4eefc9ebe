import { readEvent, readEventsNear } from '../../crm/read-candidates.ts';
import {
  type AdoptionRow,
  findPlacedMeetings,
  findTakenEvents,
  forgetAdoptions,
  loadAdoptions,
  loadScheduled,
  type StoredCandidate,
  saveAdoptions,
} from '../../db/queries/candidates.ts';
import type { LoadedMeeting } from '../../db/queries/load-meetings.ts';
import type { Evaluation } from '../../domain/association.ts';
import { isCandidate, judgeCandidates, type MeetingToPlace } from '../../domain/judge-candidates.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Publication } from '../../domain/sync-plan.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';
import { placeOfMeeting } from './place-of-meeting.ts';

export type MeetingToDecide = { loaded: LoadedMeeting; evaluation: Evaluation; publication: Publication };

type Deciding = {
  ctx: FeatureContext;
  open: OpenConnection;
  policy: Policy;
  priority: 'live' | 'history';
};

/** How long a person has to answer before the organization's choice counts. */
const ASK_HOURS = 24;
/** Further candidates than these are a question in any case. */
const READ_MAX = 10;

/**
 * Decides, before the first event of each of these meetings is written, whether the calendar has one already. The decision is
 * stored, so that planning again costs nothing. Cost: one COQL call (1 credit) for all meetings that were not looked for yet, and
 * one read for each event that owner and start leave over; nothing for meetings that have their event. Throws when Zoho cannot
 * be read: then nothing is written.
 */
export async function decideEvents({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; meetings: MeetingToDecide[]; policy: Policy; priority: 'live' | 'history' };
}): Promise<void> {
  const publishing = input.meetings.filter(({ publication }) => publication.kind === 'publish');
  if (publishing.length === 0) return;
  const ids = publishing.map(({ loaded }) => loaded.meeting.id);
  const placed = await findPlacedMeetings(ctx.db, ctx.organizationId, ids);
  const unplaced = publishing.filter(({ loaded }) => !placed.has(loaded.meeting.id));
  if (unplaced.length === 0) return;
  const run: Deciding = { ctx, open: input.open, policy: input.policy, priority: input.priority };
  const [known, scheduled] = await Promise.all([
    loadAdoptions(ctx.db, ctx.organizationId, ids),
    loadScheduled(ctx.db, ctx.organizationId, ids),
  ]);
  const toLookFor: Place[] = [];
  for (const { loaded, evaluation } of unplaced) {
    const place = placeOfMeeting(loaded.meeting, evaluation, scheduled.get(loaded.meeting.id));
    const isSettled = await settleKnown(run, loaded, place, known.get(loaded.meeting.id));
    if (!isSettled) toLookFor.push({ place, timeZone: loaded.meeting.timeZone });
  }
  await lookFor(run, toLookFor, known);
}

type Place = { place: MeetingToPlace; timeZone: string };

/** Does an earlier decision still hold? A taken event is read again, since it is about to be written. */
async function settleKnown(
  run: Deciding,
  loaded: LoadedMeeting,
  place: MeetingToPlace,
  row: AdoptionRow | undefined,
): Promise<boolean> {
  const { ctx } = run;
  if (row === undefined) return false;
  if (row.decision === 'adopt' && row.eventId !== null) return refresh(run, loaded, row, row.eventId);
  const hasMoved = row.startsAt.getTime() !== place.startsAt || row.endsAt.getTime() !== place.endsAt;
  if (hasMoved && row.decidedBy === null) return false;
  const isOver = row.decision === 'ask' && row.askUntil !== null && row.askUntil <= ctx.now();
  if (isOver && run.policy.unsureEvent === 'create') {
    await saveAdoptions(ctx.db, ctx.organizationId, [{ ...row, decision: 'create', decidedAt: ctx.now() }]);
  }
  return true;
}

async function refresh(
  { ctx, open, priority }: Deciding,
  { meeting }: LoadedMeeting,
  row: AdoptionRow,
  eventId: string,
): Promise<boolean> {
  const { capabilities } = open.connection;
  const read = await readEvent(open.transport, capabilities, { id: eventId, timeZone: meeting.timeZone }, { priority });
  const isAnothers = read !== null && read.candidate.meetingId !== null && read.candidate.meetingId !== meeting.id;
  if (read === null || isAnothers) {
    await forgetAdoptions(ctx.db, ctx.organizationId, [meeting.id]);
    return false;
  }
  const before = row.candidates.find((one) => one.event.id === eventId);
  // Our write arrived and its answer did not: what was blank before it is ours and not the calendar's.
  const content =
    read.candidate.meetingId === meeting.id && before !== undefined
      ? { ...read.content, primary: before.content.primary, contactId: before.content.contactId }
      : read.content;
  const fresh: StoredCandidate = { event: read.candidate, content, modifiedAt: read.modifiedAt };
  const candidates = [fresh, ...row.candidates.filter((one) => one.event.id !== eventId)];
  await saveAdoptions(ctx.db, ctx.organizationId, [{ ...row, candidates }]);
  return true;
}

async function lookFor(run: Deciding, places: Place[], known: Map<string, AdoptionRow>): Promise<void> {
  if (places.length === 0) return;
  const { ctx, open, priority } = run;
  const { capabilities } = open.connection;
  const asked = places.map(({ place }) => place).filter(({ userIds }) => userIds.length > 0);
  const seen = await readEventsNear(open.transport, capabilities, asked, { priority });
  const taken = await findTakenEvents(
    ctx.db,
    ctx.organizationId,
    seen.map((event) => event.id),
  );
  const rows: AdoptionRow[] = [];
  for (const { place, timeZone } of places) {
    const near = seen.filter((event) => isCandidate(place, event) && !taken.has(event.id)).slice(0, READ_MAX);
    const candidates: StoredCandidate[] = [];
    for (const { id } of near) {
      const read = await readEvent(open.transport, capabilities, { id, timeZone }, { priority });
      if (read === null || !isCandidate(place, read.candidate)) continue;
      candidates.push({ event: read.candidate, content: read.content, modifiedAt: read.modifiedAt });
    }
    const row = judge(run, place, candidates, known.get(place.id));
    if (row.eventId !== null) taken.set(row.eventId, place.id);
    rows.push(row);
  }
  await saveAdoptions(ctx.db, ctx.organizationId, rows);
}

function judge(
  { ctx }: Deciding,
  place: MeetingToPlace,
  candidates: StoredCandidate[],
  before: AdoptionRow | undefined,
): AdoptionRow {
  const verdict = judgeCandidates(
    place,
    candidates.map(({ event }) => event),
  );
  const asked = verdict.kind === 'ask' ? new Set(verdict.eventIds) : null;
  // Asked anew because something changed: the time for an answer began with the first question.
  const first = asked !== null && before?.decision === 'ask' ? before : null;
  const askUntil = first === null ? new Date(ctx.now().getTime() + ASK_HOURS * 3_600_000) : first.askUntil;
  return {
    meetingId: place.id,
    decision: verdict.kind,
    eventId: verdict.kind === 'adopt' ? verdict.eventId : null,
    candidates: asked === null ? candidates : candidates.filter(({ event }) => asked.has(event.id)),
    startsAt: new Date(place.startsAt),
    endsAt: new Date(place.endsAt),
    decidedBy: null,
    decidedAt: first?.decidedAt ?? ctx.now(),
    askUntil: asked === null ? null : askUntil,
    readOnlyBecause: null,
  };
}
