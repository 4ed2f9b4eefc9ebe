import { findAbsentRecords } from '../../crm/read-ours.ts';
import {
  listSlots,
  listUncertainWrites,
  type OurRecord,
  type RecordFacts,
  readRecordFacts,
  type SeenPlacement,
  type ZohoDecision,
} from '../../db/queries/edits.ts';
import { addHints } from '../../db/queries/hints.ts';
import type { RecordRef } from '../../domain/crm-picture.ts';
import { isEqual } from '../../domain/is-equal.ts';
import type { KeptEvent, KeptNote } from '../../domain/kept.ts';
import { type EventEdits, mergeEvent, type TheirEvent } from '../../domain/merge-edits.ts';
import { mergeNote } from '../../domain/merge-note.ts';
import { type RecordFate, shownOn } from '../../domain/move-with-records.ts';
import { recordOfSlot, summarySlot } from '../../domain/note-slot.ts';
import { recordKey } from '../../domain/record-order.ts';
import type { EventContent, NoteContent } from '../../domain/sync-plan.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';
import type { SeenRecords } from './take-edits.ts';

/** What is to be saved about records that were read, and the meetings that it changes. */
export type JudgedEdits = {
  placements: SeenPlacement[];
  decisions: ZohoDecision[];
  touched: Set<string>;
  /** A record that an event no longer names is gone from Zoho, and nobody has read yet what became of it. */
  hasVanished: boolean;
};

type SeenEvent = SeenRecords['events'][number];

/** Compares records of ours with what is in Zoho. Reads what the mirror knows of the records concerned; saves nothing but hints. */
export async function judgeEdits({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: SeenRecords & { open: OpenConnection };
}): Promise<JudgedEdits> {
  // An event of which nothing but the id is known has nothing to compare with; its next plan writes all of it.
  const events = input.events.filter(({ ours }) => (ours.content as EventContent).startsAt >= 0);
  const meetingIds = [...new Set([...events, ...input.notes].map(({ ours }) => ours.meetingId))];
  const judged: JudgedEdits = { placements: [], decisions: [], touched: new Set(), hasVanished: false };
  if (meetingIds.length === 0) return judged;
  const [uncertain, slots] = await Promise.all([
    listUncertainWrites(ctx.db, ctx.organizationId, meetingIds),
    listSlots(ctx.db, ctx.organizationId, meetingIds),
  ]);
  const known = await learnFates(ctx, input.open, events);
  judged.hasVanished = known.absent.size > 0;
  for (const one of events) {
    const ours = sentTo(uncertain, one.ours) as EventContent[];
    judgeEvent(judged, one, { ours, known, slots: slots.get(one.ours.meetingId) ?? new Set() });
  }
  for (const one of input.notes) {
    const ours = sentTo(uncertain, one.ours) as NoteContent[];
    judgeNote(judged, one, ours, slots.get(one.ours.meetingId) ?? new Set());
  }
  return judged;
}

function sentTo(uncertain: Awaited<ReturnType<typeof listUncertainWrites>>, { meetingId, slot }: OurRecord) {
  return uncertain.filter((write) => write.meetingId === meetingId && write.slot === slot).map((write) => write.after);
}

type Known = { facts: Map<string, RecordFacts>; absent: Set<string> };

/**
 * What became of the records that events name. A record that an event no longer names is looked for in Zoho before anybody is held to
 * have taken it away: a deletion or a merge may be news to us, and is then noted down to be read.
 */
async function learnFates(ctx: FeatureContext, open: OpenConnection, events: SeenEvent[]): Promise<Known> {
  const named = events.flatMap(({ ours, seen }) => {
    const base = ours.content as EventContent;
    return [...shownOn(base), ...shownOn({ ...base, ...seen.theirs })];
  });
  const known: Known = { facts: new Map(), absent: new Set() };
  let unread = named;
  for (let round = 0; round < CHAIN_MAX && unread.length > 0; round++) {
    const facts = await readRecordFacts(ctx.db, ctx.organizationId, unread);
    for (const fact of facts) known.facts.set(recordKey(fact), fact);
    unread = facts.flatMap(heirOf).filter((heir) => !known.facts.has(recordKey(heir)));
  }
  const dropped = events.flatMap(({ ours, seen }) => {
    const base = ours.content as EventContent;
    const now = new Set(shownOn({ ...base, ...seen.theirs }).map(recordKey));
    return shownOn(base).filter((record) => !now.has(recordKey(record)) && fateOf(known, record).kind === 'live');
  });
  const absent = await findAbsentRecords(open.transport, dropped);
  for (const record of absent) known.absent.add(recordKey(record));
  const hints = absent.map(({ module, id }) => ({ module, recordId: id, isDeletion: true, isCreation: false }));
  await addHints(ctx.db, ctx.organizationId, hints, ctx.now());
  return known;
}

/** A survivor that was merged itself, and so on: longer chains are followed at the next look. */
const CHAIN_MAX = 5;

function heirOf({ module, mergedInto, convertedTo }: RecordFacts): RecordRef[] {
  if (mergedInto !== null) return [{ module, id: mergedInto }];
  return convertedTo === null ? [] : [{ module: 'contacts', id: convertedTo }];
}

function fateOf(known: Known, record: RecordRef): RecordFate {
  const fact = known.facts.get(recordKey(record));
  if (fact === undefined) return known.absent.has(recordKey(record)) ? { kind: 'vanished' } : { kind: 'live' };
  const [heir] = heirOf(fact);
  if (heir !== undefined) {
    const next = fateOf(known, heir);
    const into = next.kind === 'merged' || next.kind === 'converted' ? next.into : heir;
    return { kind: fact.convertedTo === null ? 'merged' : 'converted', into };
  }
  if (fact.isDeleted) return { kind: 'deleted' };
  return known.absent.has(recordKey(record)) ? { kind: 'vanished' } : { kind: 'live' };
}

type EventContext = { ours: EventContent[]; known: Known; slots: Set<string> };

function judgeEvent(judged: JudgedEdits, { ours, seen }: SeenEvent, { ours: sent, known, slots }: EventContext): void {
  const base = ours.content as EventContent;
  const isAdopted = ours.adopted !== null;
  const edits = mergeEvent({
    base,
    kept: ours.kept as KeptEvent | null,
    // Of the calendar's own event only the links are ours: all else on it is theirs anyway.
    theirs: isAdopted ? linksOf(seen.theirs) : seen.theirs,
    ours: sent,
    fateOf: (record) => fateOf(known, record),
    accountOfDeal: (id) => known.facts.get(recordKey({ module: 'deals', id }))?.accountId ?? null,
    isLinked: (record) => slots.has(summarySlot(record)),
  });
  const content = isAdopted ? { ...edits.content, ...restOf(seen.theirs) } : edits.content;
  const isEdited = edits.changed.length > 0;
  judged.placements.push({
    ...placeOf(ours, ours.slot),
    content,
    kept: edits.kept,
    crmModifiedAt: seen.modifiedAt === null ? null : new Date(seen.modifiedAt),
    editedBy: isEdited ? seen.modifiedBy : null,
    editedAt: isEdited ? new Date(seen.modifiedAt ?? 0) : null,
  });
  judged.decisions.push(...decisionsOf(ours, edits, (record) => nameOf(record, known, seen.names), seen.modifiedBy));
  const isOther = !isEqual(edits.content, base) || !isEqual(edits.kept, ours.kept);
  if (isEdited || isOther || ours.goneAt !== null) judged.touched.add(ours.meetingId);
}

function linksOf({ primary, contactId }: TheirEvent): TheirEvent {
  return { ...(primary === undefined ? {} : { primary }), ...(contactId === undefined ? {} : { contactId }) };
}

function restOf({ primary: _primary, contactId: _contactId, ...rest }: TheirEvent): TheirEvent {
  return rest;
}

function placeOf({ meetingId, slot }: OurRecord, newSlot: string) {
  return { meetingId, slot, newSlot, parentRecordId: null };
}

function nameOf(record: RecordRef, known: Known, names: Map<string, string>): string {
  return known.facts.get(recordKey(record))?.name ?? names.get(recordKey(record)) ?? record.id;
}

function decisionsOf(
  ours: OurRecord,
  edits: EventEdits,
  name: (record: RecordRef) => string,
  by: string | null,
): ZohoDecision[] {
  return edits.links.map(({ module, id, decision }) => ({
    meetingId: ours.meetingId,
    module,
    recordId: id,
    decision,
    name: name({ module, id }),
    decidedBy: by ?? 'Somebody',
  }));
}

function judgeNote(
  judged: JudgedEdits,
  { ours, seen }: SeenRecords['notes'][number],
  sent: NoteContent[],
  slots: Set<string>,
): void {
  const base = ours.content as NoteContent;
  const edits = mergeNote({ base, kept: ours.kept as KeptNote | null, theirs: seen.theirs, ours: sent });
  const newSlot = slotAt(ours, edits.content, slots);
  slots.add(newSlot);
  judged.placements.push({
    ...placeOf(ours, newSlot),
    content: edits.content,
    kept: edits.kept,
    // Behind the cut may be a person's words: Zoho then refuses to have them overwritten, and the text is asked for again.
    crmModifiedAt: seen.modifiedAt === null ? null : seen.isCut ? ours.crmModifiedAt : new Date(seen.modifiedAt),
    editedBy: edits.isEdited ? seen.modifiedBy : null,
    editedAt: edits.isEdited ? new Date(seen.modifiedAt ?? 0) : null,
    parentRecordId: edits.content.parent.id,
  });
  if (edits.isEdited || ours.goneAt !== null || !isEqual(edits.content, base)) judged.touched.add(ours.meetingId);
}

/** A note that a merge moved is that of the survivor from now on; where the survivor has one of ours, it is a copy. */
function slotAt({ slot, crmId }: OurRecord, { parent }: NoteContent, slots: Set<string>): string {
  const record = recordOfSlot(slot);
  if (record === null || parent.module === 'events' || parent.id === null || parent.id === record.id) return slot;
  const part = Number(/:(\d+)$/u.exec(slot.slice(`summary:${record.module}:${record.id}`.length))?.[1] ?? 1);
  const wanted = summarySlot({ module: parent.module, id: parent.id }, part);
  return slots.has(wanted) ? `copy:${crmId}` : wanted;
}
