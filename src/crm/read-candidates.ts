import { canonicalEmail } from '../domain/canonical-email.ts';
import { type CandidateEvent, NEAR_MS, type SeenEvent } from '../domain/judge-candidates.ts';
import type { EventContent, EventParticipant } from '../domain/sync-plan.ts';
import type { CrmRecord } from '../zoho/answer-schemas.ts';
import { type CoqlCondition, runCoql } from '../zoho/coql.ts';
import { formatCrmTime, parseCrmTime } from '../zoho/crm-time.ts';
import { getRecord } from '../zoho/read-records.ts';
import type { ZohoTransport } from '../zoho/transport.ts';
import type { OrgCapabilities } from './capabilities.ts';
import { crmError } from './crm-error.ts';
import { lookupId } from './lookup-id.ts';

/** Where to look for a meeting's event: who may own it and when it begins. */
export type LookFor = { userIds: string[]; startsAt: number };

/** An event as it was read whole: what a rule judges, and what a plan would leave as it is. */
export type ReadEvent = { candidate: CandidateEvent; content: EventContent; modifiedAt: string | null };

type Reading = { priority: 'live' | 'history' };

const ROWS = 200;
/** A query may have 25 criteria, and a list of owners is one for each 50 of them. Source: Zoho CRM API v8, COQL. */
const PLACES_PER_CALL = 20;
const OWNERS_PER_CALL = 250;

/**
 * Events of the CRM that begin near these meetings and are owned by one of their colleagues: one COQL call (1 credit) for up to
 * 20 meetings, side by side; where there are more than 200 such events, half of the meetings at a time. Throws when Zoho cannot be read: that
 * is never taken for absence.
 */
export async function readEventsNear(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  places: readonly LookFor[],
  timing: Reading,
): Promise<SeenEvent[]> {
  if (places.length > PLACES_PER_CALL) {
    const lots = Array.from({ length: Math.ceil(places.length / PLACES_PER_CALL) }, (_, at) =>
      places.slice(at * PLACES_PER_CALL, (at + 1) * PLACES_PER_CALL),
    );
    return withoutRepeats(await Promise.all(lots.map((lot) => readEventsNear(transport, capabilities, lot, timing))));
  }
  const owners = [...new Set(places.flatMap((place) => place.userIds))];
  if (owners.length === 0) return [];
  if (owners.length > OWNERS_PER_CALL && places.length > 1)
    return readByHalves(transport, capabilities, places, timing);
  const { externalField } = capabilities;
  const read = await runCoql(
    transport,
    {
      select: [
        'id',
        'Event_Title',
        'Start_DateTime',
        'End_DateTime',
        'Owner',
        'All_day',
        ...(externalField === null ? [] : [externalField]),
      ],
      from: 'Events',
      where: { and: [{ field: 'Owner', op: 'in', values: owners }, { or: places.map(nearTo) }] },
      orderBy: [{ field: 'id', direction: 'asc' }],
      limit: ROWS,
    },
    timing,
  );
  if (read.kind === 'failed') throw crmError(read, 'The calendar’s events could not be looked for in Zoho');
  if (!read.hasMore || places.length === 1) return read.rows.map((row) => toSeenEvent(row, externalField));
  return readByHalves(transport, capabilities, places, timing);
}

async function readByHalves(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  places: readonly LookFor[],
  timing: Reading,
): Promise<SeenEvent[]> {
  const half = Math.ceil(places.length / 2);
  return withoutRepeats([
    await readEventsNear(transport, capabilities, places.slice(0, half), timing),
    await readEventsNear(transport, capabilities, places.slice(half), timing),
  ]);
}

function withoutRepeats(lots: SeenEvent[][]): SeenEvent[] {
  return [...new Map(lots.flat().map((event) => [event.id, event])).values()];
}

function nearTo({ startsAt }: LookFor): CoqlCondition {
  return {
    field: 'Start_DateTime',
    op: 'between',
    from: formatCrmTime(startsAt - NEAR_MS, 'UTC'),
    to: formatCrmTime(startsAt + NEAR_MS, 'UTC'),
  };
}

/**
 * One event with its people and description (1 credit); null when it is not there (any more). `timeZone` is that of the meeting,
 * in which a plan would tell times. Throws when Zoho cannot be read.
 */
export async function readEvent(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  event: { id: string; timeZone: string },
  timing: Reading,
): Promise<ReadEvent | null> {
  const read = await getRecord(transport, 'Events', event.id, timing);
  if (read.kind === 'failed') throw crmError(read, 'An event of the calendar could not be read from Zoho');
  if (read.kind === 'absent') return null;
  const { record } = read;
  const content = toContent(record, capabilities, event.timeZone);
  const candidate: CandidateEvent = {
    ...toSeenEvent(record, capabilities.externalField),
    details: { venue: content.venue, description: content.description, people: peopleOf(record, content) },
  };
  return { candidate, content, modifiedAt: text(record.Modified_Time) };
}

function toSeenEvent(record: CrmRecord, externalField: string | null): SeenEvent {
  return {
    id: record.id,
    title: text(record.Event_Title) ?? '',
    startsAt: moment(record.Start_DateTime),
    endsAt: moment(record.End_DateTime),
    ownerUserId: lookupId(record.Owner),
    isAllDay: record.All_day === true || record.All_Day === true,
    isCancelled: record.$event_cancelled === true,
    meetingId: externalField === null ? null : text(record[externalField]),
  };
}

/** The event in our own words, as it stands in the CRM. */
function toContent(record: CrmRecord, capabilities: OrgCapabilities, timeZone: string): EventContent {
  const whatId = lookupId(record.What_Id);
  const { externalField, venueField } = capabilities;
  return {
    meetingId: (externalField === null ? null : text(record[externalField])) ?? '',
    title: text(record.Event_Title) ?? '',
    startsAt: moment(record.Start_DateTime),
    endsAt: moment(record.End_DateTime),
    timeZone,
    ownerUserId: lookupId(record.Owner),
    venue: text(venueField === null ? record.Venue : record[venueField]),
    description: text(record.Description) ?? '',
    primary: whatId === null ? null : { module: WHAT_MODULES[String(record.$se_module)] ?? 'accounts', id: whatId },
    contactId: lookupId(record.Who_Id),
    participants: participantsOf(record),
    activityType: null,
    aiScorePercent: null,
    recordingUrl: null,
  };
}

const WHAT_MODULES: Record<string, 'accounts' | 'deals' | 'leads'> = {
  Accounts: 'accounts',
  Deals: 'deals',
  Leads: 'leads',
};

function participantsOf(record: CrmRecord): EventParticipant[] {
  const entries: unknown[] = Array.isArray(record.Participants) ? record.Participants : [];
  return entries.flatMap((entry): EventParticipant[] => {
    const { type, participant, Email, name } = entry as Record<string, unknown>;
    const label = text(name) ?? text(Email) ?? '';
    if (type === 'email') return [{ type, email: text(Email) ?? String(participant), name: label }];
    if (type !== 'user' && type !== 'contact' && type !== 'lead') return [];
    return [{ type, id: String(participant), name: label }];
  });
}

function peopleOf(record: CrmRecord, content: EventContent): string[] {
  const entries: unknown[] = Array.isArray(record.Participants) ? record.Participants : [];
  const addresses = entries.flatMap((entry) => {
    const { Email, participant, type } = entry as Record<string, unknown>;
    const email = canonicalEmail(text(Email) ?? (type === 'email' ? text(participant) : null));
    return email === null ? [] : [email.email];
  });
  const records = content.participants.flatMap((one) =>
    one.type === 'contact' || one.type === 'lead' ? [`${one.type}s/${one.id}`] : [],
  );
  const contact = content.contactId === null ? [] : [`contacts/${content.contactId}`];
  return [...new Set([...addresses, ...records, ...contact])];
}

function moment(value: unknown): number {
  const parsed = typeof value === 'string' ? parseCrmTime(value) : null;
  // A time that is withheld is near no meeting.
  return parsed ?? Number.MIN_SAFE_INTEGER;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
