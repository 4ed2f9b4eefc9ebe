import type { Primary } from './choose-primary.ts';
import type { CrmModule, CrmPicture, RecordRef } from './crm-picture.ts';
import { countCodePoints } from './cut-text.ts';
import type { Decisions } from './decision.ts';
import { putBlock } from './description-block.ts';
import { findRecord, indexPicture } from './index-picture.ts';
import { type EventPart, type KeptEvent, NOTHING_KEPT, participantEntryKey } from './kept.ts';
import { recordOfEntry } from './move-with-records.ts';
import { recordKey } from './record-order.ts';
import type { Capabilities, EventContent, EventParticipant, WrittenEvent } from './sync-plan.ts';

/** Related record and contact where a person chose them in the CRM; a part that is left out is the machine's choice. */
export type StandingLinks = Partial<Primary>;

/**
 * Which links of the event stand as a person set them there? Excluding the record here, which is a
 * newer word of a person, ends it; a place that was emptied there stays empty.
 */
export function standingLinks(event: WrittenEvent | null, decisions: Decisions, picture: CrmPicture): StandingLinks {
  if (event === null || event.kept === null) return {};
  const { primary, contact } = event.kept;
  const standing: StandingLinks = {};
  const contactRef = (id: string | null) => (id === null ? null : { module: 'contacts' as const, id });
  if (primary !== null && doesStand(primary.to, decisions)) {
    // The record as it is there: a merge may have moved it since.
    const now = event.content.primary;
    standing.record = now === null ? null : { ...now, name: nameOf(now, decisions, picture) };
  }
  if (contact !== null && doesStand(contactRef(contact.to), decisions)) {
    const now = contactRef(event.content.contactId);
    standing.contact = now === null ? null : { id: now.id, name: nameOf(now, decisions, picture) };
  }
  return standing;
}

function doesStand(to: RecordRef | null, decisions: Decisions): boolean {
  return to === null || !isExcluded(to, decisions);
}

function isExcluded(record: RecordRef, { links }: Decisions): boolean {
  return links.some((link) => link.decision === 'excluded' && recordKey(link) === recordKey(record));
}

function nameOf(record: { module: CrmModule; id: string }, { links }: Decisions, picture: CrmPicture): string {
  const known = findRecord(indexPicture(picture), record)?.name;
  return known ?? links.find((link) => recordKey(link) === recordKey(record))?.name ?? record.id;
}

/** Entries that a person took off the event's participants, by key. A record that is wanted again here gets a note instead. */
export function takenOff(event: WrittenEvent | null): Set<string> {
  return new Set((event?.kept?.removed ?? []).map(participantEntryKey));
}

/** Puts what people set in the CRM over a draft, so that comparing it with the event finds nothing to write there. */
export function keepTheirs(
  draft: EventContent,
  event: WrittenEvent | null,
  decisions: Decisions,
  capabilities: Pick<Capabilities, 'descriptionLength' | 'maxParticipants'>,
): EventContent {
  if (event === null) return draft;
  const kept = event.kept ?? NOTHING_KEPT;
  const base = event.content;
  const content = { ...draft };
  for (const part of kept.parts) copyPart(content, base, part);
  content.description = describe(draft.description, base.description, kept, capabilities.descriptionLength);
  content.participants = keepParticipants(draft.participants, kept, event, decisions, capabilities.maxParticipants);
  return content;
}

function copyPart(content: EventContent, base: EventContent, part: EventPart): void {
  if (part !== 'times') Object.assign(content, { [part]: base[part] });
  else Object.assign(content, { startsAt: base.startsAt, endsAt: base.endsAt, timeZone: base.timeZone });
}

/** Text of people stands; where there is no room for both, nothing of it is touched. */
function describe(block: string, there: string, kept: KeptEvent, limit: number): string {
  if (kept.description === 'block' || kept.description === 'theirs') return there;
  const text = putBlock(there, block);
  return countCodePoints(text) > limit && text !== block ? there : text;
}

function keepParticipants(
  drafted: EventParticipant[],
  kept: KeptEvent,
  event: WrittenEvent,
  decisions: Decisions,
  max: number,
): EventParticipant[] {
  if (kept.added.length + kept.removed.length === 0) return inOrderOf(event.content.participants, drafted);
  const off = takenOff(event);
  const added = kept.added.filter((entry) => {
    const record = recordOfEntry(entry);
    return record === null || !isExcluded(record, decisions);
  });
  const keys = new Set(added.map(participantEntryKey));
  const others = drafted.filter((one) => !off.has(participantEntryKey(one)) && !keys.has(participantEntryKey(one)));
  const list = [...others.slice(0, Math.max(0, max - added.length)), ...added].slice(0, max);
  return inOrderOf(event.content.participants, list);
}

/** The list as it stands where it names the same people: only a change of people is a change. */
function inOrderOf(there: EventParticipant[], wanted: EventParticipant[]): EventParticipant[] {
  const keys = new Set(wanted.map(participantEntryKey));
  const isSame = keys.size === new Set(there.map(participantEntryKey)).size && there.length === wanted.length;
  return isSame && there.every((one) => keys.has(participantEntryKey(one))) ? there : wanted;
}
