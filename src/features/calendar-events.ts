import { eventPage } from '../crm/to-zoho.ts';
import { listTwins, loadAdoptions, nameUsers, type StoredCandidate } from '../db/queries/candidates.ts';
import { findConnection } from '../db/queries/connections.ts';
import type { FeatureContext } from './context.ts';
import type { CrmGateway } from './crm-gateway.ts';

/** An event of Zoho's calendar that a person is asked about. Times are ISO; `url` is its page in Zoho. */
export type CalendarEvent = {
  eventId: string;
  title: string;
  startsAt: string;
  endsAt: string;
  ownerName: string | null;
  people: string[];
  venue: string | null;
  /** A colleague's copy of the one that is meant. */
  isCopy: boolean;
  url: string | null;
};

/** `unsure`: one of these may be the meeting's event, nothing is written yet; `two_events`: they stand beside ours. */
export type CalendarQuestion = {
  kind: 'unsure' | 'two_events';
  events: CalendarEvent[];
  /** When the organization's own choice counts; null: it waits for a person. */
  answerBy: string | null;
};

/** What is asked about the calendar's events of these meetings: four statements, no call to Zoho. */
export async function readCalendarQuestions(
  ctx: FeatureContext,
  gateway: Pick<CrmGateway, 'pagesOf'> | null,
  meetingIds: readonly string[],
): Promise<Map<string, CalendarQuestion>> {
  const questions = new Map<string, CalendarQuestion>();
  if (meetingIds.length === 0) return questions;
  const adoptions = await loadAdoptions(ctx.db, ctx.organizationId, meetingIds);
  const twins = await listTwins(ctx.db, ctx.organizationId, meetingIds);
  const asked = [...adoptions.values()].filter(({ decision }) => decision === 'ask');
  const seen = [...asked.flatMap(({ candidates }) => candidates), ...twins.map((twin) => twin.seen)];
  if (seen.length === 0) return questions;
  const owners = seen.flatMap(({ event }) => event.ownerUserId ?? []);
  const names = await nameUsers(ctx.db, ctx.organizationId, owners);
  const pageOf = await openPages(ctx, gateway);
  const present = (candidate: StoredCandidate, isCopy: boolean) => toEvent(candidate, isCopy, names, pageOf);
  for (const { meetingId, candidates, askUntil } of asked) {
    const events = candidates.map((candidate) => present(candidate, false));
    questions.set(meetingId, { kind: 'unsure', events, answerBy: askUntil?.toISOString() ?? null });
  }
  for (const { meetingId, seen: candidate, isCopy } of twins) {
    const known = questions.get(meetingId);
    const events = [...(known?.kind === 'two_events' ? known.events : []), present(candidate, isCopy)];
    questions.set(meetingId, { kind: 'two_events', events, answerBy: null });
  }
  return questions;
}

type PageOf = (eventId: string) => string | null;

async function openPages(ctx: FeatureContext, gateway: Pick<CrmGateway, 'pagesOf'> | null): Promise<PageOf> {
  const connection = gateway === null ? null : await findConnection(ctx.db, ctx.organizationId);
  if (gateway === null || connection === null) return () => null;
  const pages = gateway.pagesOf(connection.dataCentre);
  return (eventId) => eventPage(pages, connection.zohoZgid, eventId);
}

function toEvent(
  { event, content }: StoredCandidate,
  isCopy: boolean,
  names: Map<string, string>,
  pageOf: PageOf,
): CalendarEvent {
  return {
    eventId: event.id,
    title: event.title,
    startsAt: new Date(event.startsAt).toISOString(),
    endsAt: new Date(event.endsAt).toISOString(),
    ownerName: event.ownerUserId === null ? null : (names.get(event.ownerUserId) ?? null),
    people: content.participants.map((one) => one.name || (one.type === 'email' ? one.email : one.id)),
    venue: content.venue,
    isCopy,
    url: pageOf(event.id),
  };
}
