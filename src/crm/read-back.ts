import { mayBeCut } from '../domain/merge-note.ts';
import {
  type AdoptedParts,
  EVENT_LINK,
  type EventContent,
  type EventParticipant,
  type NoteContent,
} from '../domain/sync-plan.ts';
import type { CrmRecord } from '../zoho/answer-schemas.ts';
import { parseCrmTime } from '../zoho/crm-time.ts';
import { getByIds, getRecord, listNotes } from '../zoho/read-records.ts';
import type { ZohoFailure, ZohoTransport } from '../zoho/transport.ts';
import type { OrgCapabilities } from './capabilities.ts';
import { lookupId } from './lookup-id.ts';
import { eventFields, ZOHO_MODULES } from './to-zoho.ts';

/** What is believed to be in the CRM for one meeting. */
export type ToVerify = {
  meetingId: string;
  event: { crmId: string; url: string; content: EventContent; adopted?: AdoptedParts };
  /** Ids of people on the event whose records have ended: whether Zoho still lists them is no difference. */
  ended?: ReadonlySet<string>;
  notes: { crmId: string; content: NoteContent }[];
};

/** `differences` in words, empty when everything is as it was written; `verifiedIds` are the records that were seen so. */
export type Verification =
  | { kind: 'read'; byMeeting: Map<string, { differences: string[]; verifiedIds: string[] }> }
  | ZohoFailure;

/** Up to so many events are read one by one, participants included; above it one in twenty is. */
const READ_SINGLY = 2;
const SINGLE_IN = 20;
const IDS_PER_CALL = 100;
const NOTES_PER_PAGE = 200;
const NOTE_FIELDS = ['Note_Title', 'Note_Content', 'Parent_Id', 'Modified_Time'];

/**
 * Reads back what was written and compares. Cost: one call an event for one or two meetings; in numbers one call per 100
 * events, one single read in twenty, one call for up to 200 notes, one per 100 above
 * it (one per parent where the user may not list all notes).
 */
export async function verifyMeetings(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  items: readonly ToVerify[],
): Promise<Verification> {
  const events = await readEvents(transport, capabilities, items);
  if (events.kind === 'failed') return events;
  const notes = await readNotes(transport, capabilities, items);
  if (notes.kind === 'failed') return notes;
  const byMeeting = new Map(
    items.map((item) => [item.meetingId, compareMeeting(item, events.found, notes.found, capabilities)] as const),
  );
  return { kind: 'read', byMeeting };
}

type Found = { kind: 'read'; found: Map<string, CrmRecord> } | ZohoFailure;

async function readEvents(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  items: readonly ToVerify[],
): Promise<Found> {
  const found = new Map<string, CrmRecord>();
  const isSmall = items.length <= READ_SINGLY;
  const fields = Object.keys(eventFields(sampleContent(items), capabilities)).filter((name) => name !== 'Participants');
  const lists = inLots(isSmall ? [] : items.map((item) => item.event.crmId), IDS_PER_CALL);
  const singles = isSmall ? items : items.filter((_, index) => index % SINGLE_IN === 0);
  const listed = Promise.all(lists.map((ids) => getByIds(transport, 'Events', ids, { fields: withLookups(fields) })));
  const whole = Promise.all(singles.map((item) => getRecord(transport, 'Events', item.event.crmId)));
  for (const read of await listed) {
    if (read.kind === 'failed') return read;
    for (const [id, record] of read.found) found.set(id, record);
  }
  for (const read of await whole) {
    if (read.kind === 'failed') return read;
    if (read.kind === 'found') found.set(read.record.id, read.record);
  }
  return { kind: 'read', found };
}

function inLots<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

/** Names every field that any of the events can have, so that one list serves all. */
function sampleContent(items: readonly ToVerify[]): EventContent {
  const first = items[0]?.event.content;
  if (first === undefined) throw new Error('nothing to verify');
  return { ...first, venue: '', activityType: '', aiScorePercent: 0, recordingUrl: '', ownerUserId: '0' };
}

function withLookups(fields: string[]): string[] {
  return [...new Set([...fields.filter((name) => name !== '$se_module'), 'What_Id', 'Who_Id', 'Owner'])];
}

async function readNotes(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  items: readonly ToVerify[],
): Promise<Found> {
  const wanted = new Map(
    items.flatMap((item) =>
      item.notes.map((note) => [note.crmId, noteParent(note.content, item.event.crmId)] as const),
    ),
  );
  const found = new Map<string, CrmRecord>();
  if (capabilities.canListNotes && wanted.size > 0) {
    // In numbers others are written meanwhile, so that the newest are not only these.
    const failure = wanted.size > NOTES_PER_PAGE ? null : await readNewestNotes(transport, wanted, found);
    if (failure !== null) return failure;
    const missing = [...wanted.keys()].filter((id) => !found.has(id));
    // One note is looked for where it should hang: that also tells whether its record is there.
    if (missing.length > READ_SINGLY) {
      const reads = inLots(missing, IDS_PER_CALL).map((ids) =>
        getByIds(transport, 'Notes', ids, { fields: NOTE_FIELDS }),
      );
      for (const read of await Promise.all(reads)) {
        if (read.kind === 'failed') return read;
        for (const [id, record] of read.found) found.set(id, record);
      }
    }
  }
  const parents = new Map<string, { module: string; id: string }>();
  for (const [id, parent] of wanted) if (!found.has(id)) parents.set(`${parent.module}/${parent.id}`, parent);
  const failures = await Promise.all(
    [...parents.values()].map((parent) => readNotesOfParent(transport, parent, found)),
  );
  return failures.find((failure) => failure !== null) ?? { kind: 'read', found };
}

/** What was just written stands at the top of the newest notes. */
async function readNewestNotes(
  transport: ZohoTransport,
  wanted: ReadonlyMap<string, unknown>,
  found: Map<string, CrmRecord>,
): Promise<ZohoFailure | null> {
  const pages = Math.ceil(wanted.size / NOTES_PER_PAGE);
  let pageToken: string | null = null;
  for (let page = 0; page < pages; page++) {
    const read = await listNotes(transport, null, {
      fields: NOTE_FIELDS,
      perPage: NOTES_PER_PAGE,
      sortBy: 'Modified_Time',
      sortOrder: 'desc',
      ...(pageToken === null ? {} : { pageToken }),
    });
    if (read.kind === 'failed') return read;
    if (read.kind === 'not_modified') return null;
    for (const record of read.records) if (wanted.has(record.id)) found.set(record.id, record);
    pageToken = read.nextPageToken;
    if (pageToken === null || [...wanted.keys()].every((id) => found.has(id))) return null;
  }
  return null;
}

async function readNotesOfParent(
  transport: ZohoTransport,
  parent: { module: string; id: string },
  found: Map<string, CrmRecord>,
): Promise<ZohoFailure | null> {
  let pageToken: string | null = null;
  do {
    const read = await listNotes(transport, parent, {
      fields: NOTE_FIELDS,
      ...(pageToken === null ? {} : { pageToken }),
    });
    if (read.kind === 'failed') return read;
    if (read.kind === 'not_modified') return null;
    for (const record of read.records) found.set(record.id, { Parent_Id: { id: parent.id }, ...record });
    pageToken = read.nextPageToken;
  } while (pageToken !== null);
  return null;
}

function compareMeeting(
  item: ToVerify,
  events: ReadonlyMap<string, CrmRecord>,
  notes: ReadonlyMap<string, CrmRecord>,
  capabilities: OrgCapabilities,
): { differences: string[]; verifiedIds: string[] } {
  const differences: string[] = [];
  const verifiedIds: string[] = [];
  const event = events.get(item.event.crmId);
  const eventDifferences =
    event === undefined
      ? ['The event is not in Zoho any more.']
      : item.event.adopted === undefined
        ? compareEvent(event, item.event.content, { capabilities, ended: item.ended ?? NOBODY })
        : compareAdopted(event, item.event.content, item.event.adopted, capabilities);
  if (eventDifferences.length === 0) verifiedIds.push(item.event.crmId);
  differences.push(...eventDifferences);
  for (const note of item.notes) {
    const difference = compareNote(notes.get(note.crmId), note.content, item.event);
    if (difference === null) verifiedIds.push(note.crmId);
    else differences.push(difference);
  }
  return { differences, verifiedIds };
}

/** Of the calendar's event only what we put on it is ours to compare. */
function compareAdopted(
  record: CrmRecord,
  content: EventContent,
  ours: AdoptedParts,
  { externalField }: OrgCapabilities,
): string[] {
  const parts: [boolean, string][] = [
    [
      ours.isReadOnly || externalField === null || (record[externalField] ?? '') === content.meetingId,
      'Salescaling Meeting ID',
    ],
    [ours.primary === null || lookupId(record.What_Id) === ours.primary.id, 'related record'],
    [ours.contactId === null || lookupId(record.Who_Id) === ours.contactId, 'contact'],
  ];
  return parts.flatMap(([isSame, what]) => (isSame ? [] : [`The event's ${what} in Zoho is not what was written.`]));
}

const NOBODY: ReadonlySet<string> = new Set();

function compareEvent(
  record: CrmRecord,
  content: EventContent,
  { capabilities, ended }: { capabilities: OrgCapabilities; ended: ReadonlySet<string> },
): string[] {
  const differences: string[] = [];
  const check = (isSame: boolean, what: string) => {
    if (!isSame) differences.push(`The event's ${what} in Zoho is not what was written.`);
  };
  check(sameText(record.Event_Title, content.title), 'title');
  check(sameInstant(record.Start_DateTime, content.startsAt), 'start');
  check(sameInstant(record.End_DateTime, content.endsAt), 'end');
  check(sameText(record.Description, content.description), 'description');
  check(lookupId(record.What_Id) === (content.primary?.id ?? null), 'related record');
  check(lookupId(record.Who_Id) === content.contactId, 'contact');
  if (content.ownerUserId !== null) check(lookupId(record.Owner) === content.ownerUserId, 'host');
  if (capabilities.externalField !== null) {
    check((record[capabilities.externalField] ?? '') === content.meetingId, 'Salescaling Meeting ID');
  }
  // Only a single read tells participants; elsewhere they are not part of the answer.
  if (Array.isArray(record.Participants) || (record.Participants === null && content.participants.length === 0)) {
    check(sameParticipants(record.Participants ?? [], content.participants, ended), 'list of participants');
  }
  return differences;
}

function compareNote(
  record: CrmRecord | undefined,
  content: NoteContent,
  event: { crmId: string; url: string },
): string | null {
  const where = `The note “${content.title}”`;
  if (record === undefined) return `${where} is not in Zoho any more.`;
  if (lookupId(record.Parent_Id) !== noteParent(content, event.crmId).id) return `${where} hangs on another record.`;
  const isSame =
    sameText(record.Note_Title, content.title) &&
    sameText(record.Note_Content, content.content.replaceAll(EVENT_LINK, event.url));
  return isSame ? null : `${where} reads differently in Zoho.`;
}

function noteParent(content: NoteContent, eventId: string): { module: string; id: string } {
  return { module: ZOHO_MODULES[content.parent.module], id: content.parent.id ?? eventId };
}

function sameParticipants(read: unknown[], wanted: readonly EventParticipant[], ended: ReadonlySet<string>): boolean {
  const key = (type: unknown, value: unknown) => `${String(type)}:${String(value).toLowerCase()}`;
  const seen = new Set(
    read.map((entry) => {
      const { type, participant, Email } = entry as Record<string, unknown>;
      return key(type, type === 'email' ? (Email ?? participant) : participant);
    }),
  );
  const keyOf = (entry: EventParticipant) => key(entry.type, entry.type === 'email' ? entry.email : entry.id);
  const lasting = wanted.filter((entry) => entry.type === 'email' || !ended.has(entry.id));
  for (const entry of wanted) if (!lasting.includes(entry)) seen.delete(keyOf(entry));
  const expected = new Set(lasting.map(keyOf));
  return seen.size === expected.size && [...expected].every((entry) => seen.has(entry));
}

/** Rich text is cut to 500 characters in lists: a cut text is the same as far as it goes. Source: Zoho CRM API v8, Get Records. */
function sameText(read: unknown, wanted: string): boolean {
  const plain = (value: unknown) => (typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trimEnd() : '');
  const seen = plain(read);
  const expected = plain(wanted);
  return seen === expected || (typeof read === 'string' && mayBeCut(read) && expected.startsWith(seen));
}

function sameInstant(read: unknown, wantedMs: number): boolean {
  const seen = typeof read === 'string' ? parseCrmTime(read) : null;
  return seen !== null && Math.floor(seen / 1000) === Math.floor(wantedMs / 1000);
}
