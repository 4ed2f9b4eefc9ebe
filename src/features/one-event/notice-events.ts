import { readEvent } from '../../crm/read-candidates.ts';
import type { ChangedEvent, DeletedRecord } from '../../crm/read-changes.ts';
import {
  closeTwins,
  findMeetingsOfEvents,
  findQuestionsAbout,
  findUsersByEmail,
  loadAdoptions,
  loadScheduled,
  type StoredCandidate,
  saveTwins,
  staleAdoptions,
} from '../../db/queries/candidates.ts';
import { loadMeetings } from '../../db/queries/load-meetings.ts';
import { oweMeetings } from '../../db/queries/owed-meetings.ts';
import { canonicalEmail } from '../../domain/canonical-email.ts';
import { sharesHalf } from '../../domain/judge-candidates.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';

/**
 * Looks at events that a poll saw and that are not ours. One that stands beside an event of ours becomes a question (*two
 * events*); one that concerns a meeting which is not written yet lets that meeting look again; one that is gone ends the question
 * about it. Cost: one read for each event that owner and start make a twin, nothing else. Throws when Zoho cannot be read: the
 * same news comes again.
 */
export async function noticeEvents({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; events: ChangedEvent[]; deletedEvents: DeletedRecord[] };
}): Promise<{ twins: number }> {
  const foreign = input.events.filter((event) => event.externalId === null);
  const places = foreign.flatMap(({ id, startsAt, ownerId }) =>
    startsAt === null || ownerId === null ? [] : [{ id, startsAt, ownerId }],
  );
  const found = await findMeetingsOfEvents(ctx.db, ctx.organizationId, places);
  const gone = input.deletedEvents.map((record) => record.id);
  const questions = await findQuestionsAbout(ctx.db, ctx.organizationId, [...foreign.map(({ id }) => id), ...gone]);
  const twins = await readTwins(
    ctx,
    input.open,
    found.filter(({ hasEvent }) => hasEvent),
  );
  const isStill = new Set(twins.map(({ meetingId, eventId }) => `${meetingId} ${eventId}`));
  const ended = questions.filter(
    ({ about, meetingId, eventId }) => about === 'twin' && !isStill.has(`${meetingId} ${eventId}`),
  );
  const toLookAgain = await findNews(ctx, input.events, [
    ...found.filter(({ hasEvent }) => !hasEvent),
    ...questions.filter(({ about }) => about === 'ask'),
  ]);
  await ctx.db.transaction(async (sql) => {
    const at = ctx.now();
    await saveTwins(sql, ctx.organizationId, twins, at);
    for (const { meetingId, eventId } of ended) {
      const closing = { meetingId, eventIds: [eventId], state: 'gone' as const, decidedBy: null, at };
      await closeTwins(sql, ctx.organizationId, closing);
    }
    if (toLookAgain.length === 0) return;
    await staleAdoptions(sql, ctx.organizationId, toLookAgain);
    await oweMeetings(sql, ctx.organizationId, toLookAgain, at);
    await ctx.wake(sql, ctx.organizationId);
  });
  return { twins: twins.length };
}

/** Meetings for which one of these events is not as it was when they were decided about. */
async function findNews(
  ctx: FeatureContext,
  events: ChangedEvent[],
  about: { meetingId: string; eventId: string }[],
): Promise<string[]> {
  const ids = [...new Set(about.map(({ meetingId }) => meetingId))];
  const known = await loadAdoptions(ctx.db, ctx.organizationId, ids);
  const modifiedAt = new Map(events.map((event) => [event.id, event.modifiedAt]));
  const isNews = ({ meetingId, eventId }: { meetingId: string; eventId: string }) => {
    const before = known.get(meetingId)?.candidates.find(({ event }) => event.id === eventId)?.modifiedAt ?? null;
    const now = modifiedAt.get(eventId) ?? null;
    return before === null || now === null || Date.parse(before) !== Date.parse(now);
  };
  return [...new Set(about.filter(isNews).map(({ meetingId }) => meetingId))];
}

type Found = Awaited<ReturnType<typeof findMeetingsOfEvents>>[number];
type Twin = { meetingId: string; eventId: string; seen: StoredCandidate; isCopy: boolean };

async function readTwins(ctx: FeatureContext, open: OpenConnection, found: Found[]): Promise<Twin[]> {
  const twins: Twin[] = [];
  if (found.length === 0) return twins;
  const organizers = await findOrganizers(ctx, found);
  for (const { eventId, meetingId, timeZone, startsAt, endsAt } of found) {
    const { transport, connection } = open;
    const event = { id: eventId, timeZone };
    const read = await readEvent(transport, connection.capabilities, event, { priority: 'history' });
    if (read === null || read.candidate.isAllDay || read.candidate.isCancelled) continue;
    if (read.candidate.meetingId !== null) continue;
    const times = { startsAt: startsAt.getTime(), endsAt: endsAt.getTime() };
    if (!sharesHalf(times, read.candidate)) continue;
    const seen = { event: read.candidate, content: read.content, modifiedAt: read.modifiedAt };
    const organizer = organizers.get(meetingId);
    const isCopy = organizer !== undefined && read.candidate.ownerUserId !== organizer;
    twins.push({ meetingId, eventId, seen, isCopy });
  }
  return twins;
}

/** The Zoho user who called each meeting, where there is one. */
async function findOrganizers(ctx: FeatureContext, found: Found[]): Promise<Map<string, string>> {
  const ids = [...new Set(found.map(({ meetingId }) => meetingId))];
  const scheduled = await loadScheduled(ctx.db, ctx.organizationId, ids);
  const loaded = await loadMeetings(ctx.db, ctx.organizationId, ids);
  const addresses = loaded.flatMap(({ meeting }) => {
    const host = meeting.participants.find((person) => person.role === 'organizer');
    const email = canonicalEmail(scheduled.get(meeting.id)?.organizerEmail ?? host?.email)?.email;
    return email === undefined ? [] : [{ id: meeting.id, email }];
  });
  const users = await findUsersByEmail(
    ctx.db,
    ctx.organizationId,
    addresses.map(({ email }) => email),
  );
  return new Map(addresses.flatMap(({ id, email }) => (users.has(email) ? [[id, users.get(email) ?? '']] : [])));
}
