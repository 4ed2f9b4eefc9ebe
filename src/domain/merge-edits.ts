import type { CrmModule, RecordRef } from './crm-picture.ts';
import { splitDescription, toPlainText } from './description-block.ts';
import { type EventPart, type KeptEvent, NOTHING_KEPT, participantEntryKey } from './kept.ts';
import { moveWithRecords, type RecordFate, shownOn } from './move-with-records.ts';
import { recordKey } from './record-order.ts';
import type { EventContent, EventParticipant } from './sync-plan.ts';

/** An event as it is in the CRM, in our words. A part that was not read, or that this org does not have, is left out. */
export type TheirEvent = Partial<
  Pick<
    EventContent,
    | 'title'
    | 'startsAt'
    | 'endsAt'
    | 'venue'
    | 'description'
    | 'ownerUserId'
    | 'primary'
    | 'contactId'
    | 'participants'
    | 'activityType'
    | 'aiScorePercent'
    | 'recordingUrl'
  >
>;

/** A link that a person made or took away by editing the event. */
export type EditedLink = RecordRef & { decision: 'pinned' | 'added' | 'excluded' };

export type EventEdits = {
  /** The new base: the record as it is there. */
  content: EventContent;
  kept: KeptEvent | null;
  links: EditedLink[];
  /** What a person changed since we last knew, by name; empty: nothing. */
  changed: string[];
};

export type MergeInput = {
  /** The record as we last knew it. */
  base: EventContent;
  kept: KeptEvent | null;
  theirs: TheirEvent;
  /** Writes of ours that may have arrived without our knowing: their values are nobody's edit. */
  ours: readonly EventContent[];
  fateOf(record: RecordRef): RecordFate;
  accountOfDeal(dealId: string): string | null;
  /** Whether the meeting was linked to the record already. */
  isLinked(record: RecordRef): boolean;
};

const SIMPLE_PARTS = ['title', 'venue', 'ownerUserId', 'activityType', 'aiScorePercent', 'recordingUrl'] as const;

/**
 * Compares an event three ways: as we last knew it (base), as it is there now (theirs), and what we may have sent meanwhile (ours).
 * Whatever is not ours and not the base was set by a person and is kept from then on. Merging twice finds nothing new.
 */
export function mergeEvent(input: MergeInput): EventEdits {
  const moved = moveWithRecords(input);
  const merge: Merge = {
    ...input,
    base: moved.base,
    theirs: moved.theirs,
    content: { ...moved.base },
    next: { ...(input.kept ?? NOTHING_KEPT) },
    changed: [],
  };
  for (const part of SIMPLE_PARTS) mergeSimple(merge, part);
  mergeTimes(merge);
  mergeDescription(merge);
  mergeRelations(merge);
  mergeParticipants(merge);
  const { content, next, changed } = merge;
  if (changed.length > 0) delete next.isAccepted;
  return { content, kept: isAnythingKept(next) ? next : null, links: editedLinks(merge), changed };
}

type Merge = MergeInput & { content: EventContent; next: KeptEvent; changed: string[] };

/** Texts are the same up to line ends and trailing blanks, and nothing is the same as an empty text. */
function isSame(one: unknown, other: unknown): boolean {
  const plain = (value: unknown) => (typeof value === 'string' ? toPlainText(value).trimEnd() : (value ?? ''));
  return plain(one) === plain(other);
}

function isSameSecond(one: number, other: number): boolean {
  return Math.floor(one / 1000) === Math.floor(other / 1000);
}

function keepPart(merge: Merge, part: EventPart): void {
  if (!merge.next.parts.includes(part)) merge.next.parts = [...merge.next.parts, part].sort();
  merge.changed.push(part);
}

function mergeSimple(merge: Merge, part: (typeof SIMPLE_PARTS)[number]): void {
  const value = merge.theirs[part];
  // An owner that we never named is the connection's own user.
  if (value === undefined || (part === 'ownerUserId' && merge.base.ownerUserId === null)) return;
  if (isSame(value, merge.base[part])) return;
  Object.assign(merge.content, { [part]: value });
  if (!merge.ours.some((own) => isSame(own[part], value))) keepPart(merge, part);
}

function mergeTimes(merge: Merge): void {
  const { theirs, base } = merge;
  if (theirs.startsAt === undefined || theirs.endsAt === undefined) return;
  const { startsAt, endsAt } = theirs;
  const isAt = (one: EventContent) => isSameSecond(one.startsAt, startsAt) && isSameSecond(one.endsAt, endsAt);
  if (isAt(base)) return;
  Object.assign(merge.content, { startsAt, endsAt });
  if (!merge.ours.some(isAt)) keepPart(merge, 'times');
}

/** Text beside our block stands; a change inside it, or its removal, is told apart. */
function mergeDescription(merge: Merge): void {
  const text = merge.theirs.description;
  if (text === undefined || isSame(text, merge.base.description)) return;
  merge.content.description = text;
  if (merge.ours.some((own) => isSame(own.description, text))) return;
  merge.changed.push('description');
  const now = splitDescription(text);
  const before = splitDescription(merge.base.description);
  const block = merge.next.block ?? (before.kind === 'whole' ? before.block : null);
  if (merge.next.description === 'theirs' || now.kind === 'none') merge.next.description = 'theirs';
  else if (now.kind === 'torn' || (block !== null && !isSame(now.block, block))) merge.next.description = 'block';
  else merge.next.description = isSame(now.before + now.after, '') ? null : 'outside';
  merge.next.block = merge.next.description === 'block' ? block : null;
}

function mergeRelations(merge: Merge): void {
  const { base, theirs, ours } = merge;
  if (theirs.primary !== undefined && !isSameRecord(theirs.primary, base.primary)) {
    const to = theirs.primary;
    merge.content.primary = to;
    if (!ours.some((own) => isSameRecord(own.primary, to))) {
      merge.next.primary = { from: base.primary, to };
      merge.changed.push('primary');
    }
  }
  if (theirs.contactId !== undefined && theirs.contactId !== base.contactId) {
    const to = theirs.contactId;
    merge.content.contactId = to;
    if (!ours.some((own) => own.contactId === to)) {
      merge.next.contact = { from: base.contactId, to };
      merge.changed.push('contactId');
    }
  }
}

function isSameRecord(one: RecordRef | null, other: RecordRef | null): boolean {
  return one === null || other === null ? one === other : recordKey(one) === recordKey(other);
}

function mergeParticipants(merge: Merge): void {
  const list = merge.theirs.participants;
  if (list === undefined) return;
  const host = merge.theirs.ownerUserId ?? merge.base.ownerUserId;
  const isHost = (entry: EventParticipant) => entry.type === 'user' && entry.id === host;
  const now = new Map(list.filter((one) => !isHost(one)).map((one) => [participantEntryKey(one), one]));
  const before = new Map(merge.base.participants.map((one) => [participantEntryKey(one), one]));
  const added = [...now].filter(([key]) => !before.has(key));
  const removed = [...before].filter(([key, one]) => !now.has(key) && !isHost(one));
  if (added.length + removed.length === 0) return;
  merge.content.participants = [...merge.base.participants.filter((one) => !isIn(one, removed)), ...valuesOf(added)];
  if (merge.ours.some((own) => isSameList(own.participants, now))) return;
  const { next } = merge;
  next.added = [...next.added.filter((one) => !isIn(one, removed) && !isIn(one, added)), ...valuesOf(added)];
  next.removed = [...next.removed.filter((one) => !isIn(one, added) && !isIn(one, removed)), ...valuesOf(removed)];
  merge.changed.push('participants');
}

type Entries = [string, EventParticipant][];

function valuesOf(entries: Entries): EventParticipant[] {
  return entries.map(([, entry]) => entry);
}

function isIn(one: EventParticipant, entries: Entries): boolean {
  return entries.some(([key]) => key === participantEntryKey(one));
}

function isSameList(list: readonly EventParticipant[], now: Map<string, EventParticipant>): boolean {
  const keys = new Set(list.map(participantEntryKey));
  return keys.size === now.size && [...keys].every((key) => now.has(key));
}

/**
 * What the edit says about links: a record that the event shows no longer is excluded, one that it shows now is added, and one that
 * was moved to the place of the related record or contact is pinned. The account of a deal that took its place stays.
 */
function editedLinks(merge: Merge): EditedLink[] {
  const { base, content, changed } = merge;
  if (!changed.some((one) => one === 'primary' || one === 'contactId' || one === 'participants')) return [];
  const before = new Map(shownOn(base).map((record) => [recordKey(record), record]));
  const now = new Map(shownOn(content).map((record) => [recordKey(record), record]));
  const deal = content.primary?.module === 'deals' ? content.primary.id : null;
  const accountId = deal === null ? null : merge.accountOfDeal(deal);
  const links = new Map<string, EditedLink>();
  for (const [key, record] of before) {
    const isAccountOfDeal = record.module === 'accounts' && record.id === accountId;
    if (now.has(key) || isAccountOfDeal || merge.fateOf(record).kind !== 'live') continue;
    links.set(key, { ...record, decision: 'excluded' });
  }
  const placed: (RecordRef | null)[] = [
    changed.includes('primary') ? content.primary : null,
    changed.includes('contactId') ? refOf('contacts', content.contactId) : null,
  ];
  const fresh = [...now.values()].filter((record) => !before.has(recordKey(record)));
  for (const record of [...fresh, ...placed.filter((one) => one !== null)]) {
    const isKnown = before.has(recordKey(record)) || merge.isLinked(record);
    links.set(recordKey(record), { ...record, decision: isKnown ? 'pinned' : 'added' });
  }
  return [...links.values()];
}

function refOf(module: CrmModule, id: string | null): RecordRef | null {
  return id === null ? null : { module, id };
}

function isAnythingKept(kept: KeptEvent): boolean {
  const { parts, description, primary, contact, added, removed } = kept;
  const isLinked = primary !== null || contact !== null;
  return parts.length > 0 || description !== null || isLinked || added.length > 0 || removed.length > 0;
}
