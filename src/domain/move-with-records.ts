import type { RecordRef } from './crm-picture.ts';
import { participantEntryKey } from './kept.ts';
import type { TheirEvent } from './merge-edits.ts';
import { recordKey } from './record-order.ts';
import type { EventContent, EventParticipant } from './sync-plan.ts';

/** What became of a record in the CRM. `vanished`: it is not there, and nobody has told us why yet. */
export type RecordFate =
  | { kind: 'live' }
  | { kind: 'merged'; into: RecordRef }
  | { kind: 'converted'; into: RecordRef }
  | { kind: 'deleted' }
  | { kind: 'vanished' };

type Sides = { base: EventContent; theirs: TheirEvent; fateOf(record: RecordRef): RecordFate };

/**
 * Takes out of the comparison what the CRM did by itself: a merge or a conversion moves an event to the survivor, a deletion empties
 * lookups. None of that is anybody's edit of the event.
 */
export function moveWithRecords({ base, theirs, fateOf }: Sides): { base: EventContent; theirs: TheirEvent } {
  const moved = { base: { ...base }, theirs: { ...theirs } };
  movePrimary(moved, fateOf);
  moveContact(moved, fateOf);
  moveParticipants(moved, fateOf);
  return moved;
}

type Moved = { base: EventContent; theirs: TheirEvent };

function movePrimary({ base, theirs }: Moved, fateOf: Sides['fateOf']): void {
  const before = base.primary;
  const now = theirs.primary;
  if (before === null || now === undefined || (now !== null && recordKey(now) === recordKey(before))) return;
  const fate = fateOf(before);
  if (fate.kind === 'live') return;
  const isMoved = fate.kind === 'merged' && now !== null && recordKey(now) === recordKey(fate.into);
  // A converted lead leaves its events to the contact, account or deal that came of it; which one is Zoho's choice.
  const isConverted = fate.kind === 'converted' && now?.module !== 'leads';
  if (isMoved || isConverted || (fate.kind === 'vanished' && now !== null)) base.primary = now;
  else if (now === null) theirs.primary = before;
}

function moveContact({ base, theirs }: Moved, fateOf: Sides['fateOf']): void {
  const now = theirs.contactId;
  if (now === undefined || now === base.contactId) return;
  if (base.contactId === null) {
    if (now !== null && shownOn(base).some((lead) => isFormerly(lead, now, fateOf))) base.contactId = now;
    return;
  }
  const fate = fateOf({ module: 'contacts', id: base.contactId });
  if (fate.kind === 'live') return;
  const isMoved = fate.kind === 'merged' && now === fate.into.id;
  if (isMoved || (fate.kind === 'vanished' && now !== null)) base.contactId = now;
  else if (now === null) theirs.contactId = base.contactId;
}

function isFormerly(record: RecordRef, contactId: string, fateOf: Sides['fateOf']): boolean {
  if (record.module !== 'leads') return false;
  const fate = fateOf(record);
  return fate.kind === 'converted' && fate.into.id === contactId;
}

function moveParticipants({ base, theirs }: Moved, fateOf: Sides['fateOf']): void {
  const list = theirs.participants;
  if (list === undefined) return;
  const now = new Map(list.map((entry) => [participantEntryKey(entry), entry]));
  const resting: EventParticipant[] = [];
  base.participants = base.participants.map((entry) => {
    const record = recordOfEntry(entry);
    if (record === null || now.has(participantEntryKey(entry))) return entry;
    const fate = fateOf(record);
    const heir = fate.kind === 'merged' || fate.kind === 'converted' ? now.get(entryKeyOf(fate.into)) : undefined;
    if (heir !== undefined) return heir;
    if (fate.kind !== 'live') resting.push(entry);
    return entry;
  });
  // What went with its record is no removal: it stays in the picture until a plan decides about it.
  if (resting.length > 0) theirs.participants = [...list, ...resting];
  base.participants = unique(base.participants);
}

function unique(entries: EventParticipant[]): EventParticipant[] {
  return [...new Map(entries.map((entry) => [participantEntryKey(entry), entry])).values()];
}

function entryKeyOf({ module, id }: RecordRef): string {
  return `${module === 'leads' ? 'lead' : 'contact'}:${id}`;
}

/** The contact or lead that a participant is, else null. */
export function recordOfEntry(entry: EventParticipant): RecordRef | null {
  if (entry.type === 'contact') return { module: 'contacts', id: entry.id };
  return entry.type === 'lead' ? { module: 'leads', id: entry.id } : null;
}

/** The records on which an event shows the meeting: related record, contact, participants; each once. */
export function shownOn(content: EventContent): RecordRef[] {
  const contact: RecordRef[] = content.contactId === null ? [] : [{ module: 'contacts', id: content.contactId }];
  const people = content.participants.flatMap((entry) => recordOfEntry(entry) ?? []);
  const all = [...(content.primary === null ? [] : [content.primary]), ...contact, ...people];
  return [...new Map(all.map((record) => [recordKey(record), { module: record.module, id: record.id }])).values()];
}
