import type { CrmModule, RecordRef } from '../domain/crm-picture.ts';
import type { TheirEvent } from '../domain/merge-edits.ts';
import { mayBeCut, type TheirNote } from '../domain/merge-note.ts';
import { recordKey } from '../domain/record-order.ts';
import type { EventContent, EventParticipant } from '../domain/sync-plan.ts';
import type { AppError } from '../errors.ts';
import type { CrmRecord } from '../zoho/answer-schemas.ts';
import { parseCrmTime } from '../zoho/crm-time.ts';
import { getByIds, getFullText, getRecord, listNotes } from '../zoho/read-records.ts';
import type { ZohoFailure, ZohoTransport } from '../zoho/transport.ts';
import type { OrgCapabilities } from './capabilities.ts';
import { crmError } from './crm-error.ts';
import { lookupId } from './lookup-id.ts';
import { storableText } from './storable-text.ts';
import { ZOHO_MODULES } from './to-zoho.ts';

/** Who changed a record last, and when by Zoho's clock (ms since 1970). */
export type Change = { modifiedAt: number | null; modifiedBy: string | null };

/** An event of ours as it is in Zoho; `names` are those of the records it names, by record key. */
export type SeenOurEvent = Change & { theirs: TheirEvent; names: Map<string, string> };
/** `isCut`: the text may go on behind what a list showed, and nobody could read it. */
export type SeenOurNote = Change & { theirs: TheirNote; isCut: boolean };

/** Records that were found, and those that Zoho says are not there. */
export type Seen<T> = { found: Map<string, T>; absent: string[] };

const IDS_PER_CALL = 100;
/** Rich text is cut to 500 characters in lists. Source: Zoho CRM API v8, Get Records. */
const CUT_AT = 500;

/**
 * Events as lists tell them: without participants, and without a long description. 1 credit per 100. Throws when Zoho cannot be
 * read: that is never taken for absence.
 */
export async function readOurEvents(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  ids: readonly string[],
): Promise<Seen<SeenOurEvent>> {
  const seen: Seen<SeenOurEvent> = { found: new Map(), absent: [] };
  for (let at = 0; at < ids.length; at += IDS_PER_CALL) {
    const fields = fieldsOf(capabilities);
    const read = await getByIds(transport, 'Events', ids.slice(at, at + IDS_PER_CALL), { fields });
    if (read.kind === 'failed') throw unread(read, 'events');
    for (const [id, record] of read.found) seen.found.set(id, toSeenEvent(record, capabilities, false));
    seen.absent.push(...read.absent);
  }
  return seen;
}

/** `refused`: Zoho does not show this one record, which says nothing about any other. */
export type SeenSingly =
  | { kind: 'found'; seen: SeenOurEvent }
  | { kind: 'absent' }
  | { kind: 'refused'; error: AppError };

/** One event with its participants and whole description (1 credit). Throws what is not about this event alone. */
export async function readOurEvent(
  transport: ZohoTransport,
  capabilities: OrgCapabilities,
  id: string,
): Promise<SeenSingly> {
  const read = await getRecord(transport, 'Events', id);
  if (read.kind === 'found') return { kind: 'found', seen: toSeenEvent(read.record, capabilities, true) };
  if (read.kind === 'absent') return read;
  if (read.class !== 'permanent') throw unread(read, 'events');
  return { kind: 'refused', error: unread(read, `event ${id}`) };
}

function fieldsOf(capabilities: OrgCapabilities): string[] {
  const { venueField, activityTypeField, aiScoreField, recordingField } = capabilities;
  const own = [venueField, activityTypeField, aiScoreField, recordingField].filter((name) => name !== null);
  const stock = ['Event_Title', 'Start_DateTime', 'End_DateTime', 'Description', 'Owner', 'What_Id', 'Who_Id'];
  return [...stock, 'Modified_Time', 'Modified_By', ...own];
}

function toSeenEvent(record: CrmRecord, capabilities: OrgCapabilities, isWhole: boolean): SeenOurEvent {
  const theirs: TheirEvent = {};
  put(theirs, 'title', textOf(record.Event_Title));
  put(theirs, 'startsAt', momentOf(record.Start_DateTime) ?? undefined);
  put(theirs, 'endsAt', momentOf(record.End_DateTime) ?? undefined);
  put(theirs, 'description', descriptionOf(record.Description, isWhole));
  put(theirs, 'ownerUserId', 'Owner' in record ? (lookupId(record.Owner) ?? undefined) : undefined);
  put(theirs, 'primary', 'What_Id' in record ? primaryOf(record) : undefined);
  put(theirs, 'contactId', 'Who_Id' in record ? lookupId(record.Who_Id) : undefined);
  put(theirs, 'venue', ownField(record, capabilities.venueField));
  put(theirs, 'activityType', ownField(record, capabilities.activityTypeField));
  put(theirs, 'recordingUrl', ownField(record, capabilities.recordingField));
  put(theirs, 'aiScorePercent', scoreOf(record, capabilities.aiScoreField));
  if (isWhole && Array.isArray(record.Participants)) {
    theirs.participants = record.Participants.flatMap((entry) => participantOf(entry) ?? []);
  }
  return { ...changeOf(record), theirs, names: namesOf(record, theirs) };
}

function put<Key extends keyof TheirEvent>(theirs: TheirEvent, key: Key, value: TheirEvent[Key] | undefined): void {
  if (value !== undefined) theirs[key] = value;
}

function textOf(value: unknown): string | undefined {
  return value === null ? '' : typeof value === 'string' ? storableText(value) : undefined;
}

function descriptionOf(value: unknown, isWhole: boolean): string | undefined {
  const text = textOf(value);
  return !isWhole && text !== undefined && text.length >= CUT_AT ? undefined : text;
}

function ownField(record: CrmRecord, name: string | null): string | null | undefined {
  const value = name === null ? undefined : record[name];
  return value === null ? null : textOf(value);
}

function scoreOf(record: CrmRecord, name: string | null): number | null | undefined {
  const value = name === null ? undefined : record[name];
  if (value === null || typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

function momentOf(value: unknown): number | null {
  return typeof value === 'string' ? parseCrmTime(value) : null;
}

/** Null also for a record of a module that meetings are not associated with. */
function primaryOf(record: CrmRecord): EventContent['primary'] {
  const id = lookupId(record.What_Id);
  const module = (['accounts', 'deals', 'leads'] as const).find((one) => ZOHO_MODULES[one] === record.$se_module);
  return id === null || module === undefined ? null : { module, id };
}

function participantOf(entry: unknown): EventParticipant | null {
  if (typeof entry !== 'object' || entry === null) return null;
  const { type, participant, Email: address, name } = entry as Record<string, unknown>;
  if (typeof participant !== 'string') return null;
  const called = storableText(typeof name === 'string' ? name : participant);
  if (type === 'user' || type === 'contact' || type === 'lead') return { type, id: participant, name: called };
  const email = storableText(typeof address === 'string' ? address : participant).toLowerCase();
  return type === 'email' ? { type, email, name: called } : null;
}

function changeOf(record: CrmRecord): Change {
  const by = record.Modified_By;
  const name = typeof by === 'object' && by !== null && 'name' in by ? by.name : null;
  return {
    modifiedAt: momentOf(record.Modified_Time),
    modifiedBy: typeof name === 'string' ? storableText(name) : null,
  };
}

function namesOf(record: CrmRecord, theirs: TheirEvent): Map<string, string> {
  const names = new Map<string, string>();
  const note = (ref: RecordRef | null, lookup: unknown) => {
    if (ref === null || typeof lookup !== 'object' || lookup === null || !('name' in lookup)) return;
    if (typeof lookup.name === 'string') names.set(recordKey(ref), storableText(lookup.name));
  };
  note(theirs.primary ?? null, record.What_Id);
  const contactId = theirs.contactId ?? null;
  note(contactId === null ? null : { module: 'contacts', id: contactId }, record.Who_Id);
  for (const one of theirs.participants ?? []) {
    if (one.type === 'contact' || one.type === 'lead') {
      note({ module: one.type === 'contact' ? 'contacts' : 'leads', id: one.id }, { name: one.name });
    }
  }
  return names;
}

/** Where a note of ours hangs as far as we know. */
export type OurNote = {
  crmId: string;
  parent: { module: CrmModule | 'events'; id: string };
  /** When we last knew it to be changed: what has not moved since is not read in full. */
  knownAt: number | null;
};

const NOTE_FIELDS = ['Note_Title', 'Note_Content', 'Parent_Id', 'Modified_Time', 'Modified_By'];

/**
 * Notes of ours: 1 credit per 100 where all notes may be listed, else 1 per parent. A note whose parent is not there is neither found
 * nor absent. Long ones that changed are read in full, 1 credit more per 100. Throws when Zoho cannot be read.
 */
export async function readOurNotes(
  transport: ZohoTransport,
  capabilities: Pick<OrgCapabilities, 'canListNotes'>,
  notes: readonly OurNote[],
): Promise<Seen<SeenOurNote>> {
  const seen = await (capabilities.canListNotes
    ? readNotesById(transport, notes)
    : readNotesByParent(transport, notes));
  const knownAt = new Map(notes.map((note) => [note.crmId, note.knownAt]));
  const moved = [...seen.found].filter(
    ([id, { isCut, modifiedAt }]) => isCut && (modifiedAt === null || modifiedAt !== knownAt.get(id)),
  );
  await completeNotes(transport, new Map(moved));
  return seen;
}

/** Puts whole texts in the place of cut ones. Where Zoho does not give them, they stay cut. */
async function completeNotes(transport: ZohoTransport, notes: ReadonlyMap<string, SeenOurNote>): Promise<void> {
  const ids = [...notes.keys()];
  for (let at = 0; at < ids.length; at += IDS_PER_CALL) {
    const some = ids.slice(at, at + IDS_PER_CALL);
    const read = await getFullText(transport, 'Notes', some, { fields: ['Note_Content'] });
    if (read.kind === 'failed' && read.class === 'permanent') return;
    if (read.kind === 'failed') throw unread(read, 'notes');
    for (const [id, record] of read.found) {
      const note = notes.get(id);
      const content = textOf(record.Note_Content);
      if (note === undefined || content === undefined) continue;
      note.theirs = { ...note.theirs, content };
      note.isCut = false;
    }
  }
}

async function readNotesById(transport: ZohoTransport, notes: readonly OurNote[]): Promise<Seen<SeenOurNote>> {
  const seen: Seen<SeenOurNote> = { found: new Map(), absent: [] };
  for (let at = 0; at < notes.length; at += IDS_PER_CALL) {
    const ids = notes.slice(at, at + IDS_PER_CALL).map((note) => note.crmId);
    const read = await getByIds(transport, 'Notes', ids, { fields: NOTE_FIELDS });
    if (read.kind === 'failed') throw unread(read, 'notes');
    for (const [id, record] of read.found) seen.found.set(id, toSeenNote(record, null));
    seen.absent.push(...read.absent);
  }
  return seen;
}

async function readNotesByParent(transport: ZohoTransport, notes: readonly OurNote[]): Promise<Seen<SeenOurNote>> {
  const seen: Seen<SeenOurNote> = { found: new Map(), absent: [] };
  const parents = new Map(notes.map(({ parent }) => [`${parent.module}:${parent.id}`, parent]));
  for (const [key, parent] of parents) {
    const wanted = notes.filter((note) => `${note.parent.module}:${note.parent.id}` === key);
    const isThere = await readNotesOf(transport, parent, new Set(wanted.map((note) => note.crmId)), seen.found);
    if (isThere) seen.absent.push(...wanted.map((note) => note.crmId).filter((id) => !seen.found.has(id)));
  }
  return seen;
}

async function readNotesOf(
  transport: ZohoTransport,
  parent: OurNote['parent'],
  wanted: ReadonlySet<string>,
  found: Map<string, SeenOurNote>,
): Promise<boolean> {
  let pageToken: string | null = null;
  do {
    const read = await listNotes(
      transport,
      { module: ZOHO_MODULES[parent.module], id: parent.id },
      { fields: NOTE_FIELDS, ...(pageToken === null ? {} : { pageToken }) },
    );
    if (read.kind === 'failed' && isParentUnknown(read)) return false;
    if (read.kind === 'failed') throw unread(read, 'notes');
    if (read.kind === 'not_modified') return true;
    for (const record of read.records) if (wanted.has(record.id)) found.set(record.id, toSeenNote(record, parent.id));
    pageToken = read.nextPageToken;
  } while (pageToken !== null);
  return true;
}

function toSeenNote(record: CrmRecord, parentId: string | null): SeenOurNote {
  const theirs: TheirNote = {
    title: textOf(record.Note_Title) ?? '',
    content: textOf(record.Note_Content) ?? '',
    parentId: parentId ?? lookupId(record.Parent_Id),
  };
  return { ...changeOf(record), theirs, isCut: mayBeCut(theirs.content) };
}

/** Source: Zoho CRM API v8, Get Related Records: INVALID_DATA, "the related id given seems to be invalid". */
function isParentUnknown({ code, message }: ZohoFailure): boolean {
  return code === 'INVALID_DATA' && /\bid given seems to be invalid/i.test(message);
}

/**
 * Which of these records does Zoho not have? 1 credit a module per 100. Of a module that is refused nothing is called absent. Throws
 * when Zoho cannot be read.
 */
export async function findAbsentRecords(transport: ZohoTransport, records: readonly RecordRef[]): Promise<RecordRef[]> {
  const absent: RecordRef[] = [];
  for (const module of ['contacts', 'leads', 'accounts', 'deals'] as const) {
    const ids = [...new Set(records.filter((record) => record.module === module).map((record) => record.id))];
    for (let at = 0; at < ids.length; at += IDS_PER_CALL) {
      const some = ids.slice(at, at + IDS_PER_CALL);
      const read = await getByIds(transport, ZOHO_MODULES[module], some, { fields: ['Modified_Time'] });
      if (read.kind === 'failed' && read.class === 'permanent') break;
      if (read.kind === 'failed') throw unread(read, module);
      absent.push(...read.absent.map((id) => ({ module, id })));
    }
  }
  return absent;
}

function unread(failure: ZohoFailure, what: string): AppError {
  return crmError(failure, `What people changed in Zoho could not be read (${what})`);
}
