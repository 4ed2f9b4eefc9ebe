import { choosePrimary, isOfAccount, type Primary } from './choose-primary.ts';
import { copyForPrivateEvents, WHY_COPIED } from './copy-consolidated.ts';
import { diffNotes, hasLostId } from './diff-written.ts';
import { draftConsolidatedNote, standingNote } from './draft-consolidated-note.ts';
import { draftSummaryNotes } from './draft-summary-notes.ts';
import { indexPicture } from './index-picture.ts';
import { isEqual } from './is-equal.ts';
import { disownLeft, removeLeft } from './leave-event.ts';
import { listShown } from './list-shown.ts';
import type { PlanInput } from './plan-sync.ts';
import { priceOperations } from './price-operations.ts';
import { tellStanding } from './publish-after-edits.ts';
import { recordKey } from './record-order.ts';
import { selectPublished, shownByList } from './select-published.ts';
import type { AdoptedParts, Adoption, EventContent, PlannedOperation, SyncPlan } from './sync-plan.ts';

/** The event as it stands in the CRM, and what of it is ours. */
type Standing = { crmId: string; content: EventContent; adopted: AdoptedParts; modifiedAt: string | null };

const NOTHING_OURS: AdoptedParts = { primary: null, contactId: null, isReadOnly: false };

/**
 * The plan of a meeting whose event is the calendar's: the meeting's id on it, related record and contact where they are blank,
 * and notes; never its title, times, description, participants or owner. An event that cannot be written has its notes on the
 * records: the consolidated one on the primary record.
 */
export function planAdopted(input: PlanInput, take: Extract<Adoption, { decision: 'adopt' }> | null): SyncPlan {
  const { meeting, evaluation, picture, written } = input;
  const standing = standingOf(input, take);
  const primary = choosePrimary(meeting, evaluation, picture);
  const { content, adopted } = standing.adopted.isReadOnly ? standing : fillBlanks(input, standing, primary);
  const shown = { ...primary, contact: contactOf(content, input) };
  const listed = new Set(
    content.participants.flatMap((one) =>
      one.type === 'contact' || one.type === 'lead'
        ? [recordKey({ module: one.type === 'contact' ? 'contacts' : 'leads', id: one.id })]
        : [],
    ),
  );
  const selection = selectPublished({ ...input, primary: shown, listed: shownByList(listed, input.capabilities) });
  const notes = draftNotes(input, standing, selection, primary);
  const operations = [
    ...disownLeft(written),
    ...planEvent(input, standing, content, adopted),
    ...diffNotes(notes.notes, written),
    ...removeLeft(written),
  ];
  return {
    operations,
    shownOn: listShown(
      content,
      notes.notes.map((note) => note.slot),
      picture,
    ),
    leftOut: selection.leftOut,
    warnings: notes.warnings,
    standing: tellStanding(written),
    cost: priceOperations(operations),
  };
}

function standingOf({ written }: PlanInput, take: Extract<Adoption, { decision: 'adopt' }> | null): Standing {
  const { event } = written;
  if (event !== null) {
    const { crmId, content, adopted } = event;
    return { crmId, content, adopted: adopted ?? NOTHING_OURS, modifiedAt: null };
  }
  if (take === null) throw new Error('A meeting without an event was planned as one whose event is adopted.');
  return { crmId: take.crmId, content: take.content, adopted: NOTHING_OURS, modifiedAt: take.modifiedAt };
}

/** Related record and contact where they are blank or ours; a contact only beside a record of its own account. */
function fillBlanks(
  { meeting, picture, written }: PlanInput,
  { content, adopted }: Standing,
  chosen: Primary,
): { content: EventContent; adopted: AdoptedParts } {
  const index = indexPicture(picture);
  const kept = written.event?.kept ?? null;
  const isRecordOurs = !kept?.primary && (content.primary === null || isEqual(content.primary, adopted.primary));
  const isContactOurs = !kept?.contact && (content.contactId === null || content.contactId === adopted.contactId);
  const record = chosen.record === null ? null : { module: chosen.record.module, id: chosen.record.id };
  const fits = isContactOurs || record === null || isOfAccount(content.contactId ?? '', record, index);
  const primary = isRecordOurs ? (fits ? record : null) : content.primary;
  const contact = chosen.contact?.id ?? null;
  const besides = primary === null || contact === null || isOfAccount(contact, primary, index) ? contact : null;
  const contactId = isContactOurs ? besides : content.contactId;
  return {
    content: { ...content, meetingId: meeting.id, primary, contactId },
    adopted: {
      primary: isRecordOurs ? primary : null,
      contactId: isContactOurs ? contactId : null,
      isReadOnly: false,
    },
  };
}

function contactOf({ contactId }: EventContent, { picture }: PlanInput): Primary['contact'] {
  if (contactId === null) return null;
  return { id: contactId, name: indexPicture(picture).contacts.get(contactId)?.name ?? contactId };
}

function planEvent(
  { meeting, written }: PlanInput,
  standing: Standing,
  after: EventContent,
  adopted: AdoptedParts,
): PlannedOperation[] {
  const { crmId, content: before, modifiedAt } = standing;
  if (standing.adopted.isReadOnly) return [];
  if (written.event === null) {
    const content = { ...after, meetingId: meeting.id };
    return [
      { key: 'event', action: 'adopt_event', crmId, before, after: content, adopted, unmodifiedSince: modifiedAt },
    ];
  }
  const changed: (keyof EventContent)[] = (['primary', 'contactId'] as const).filter(
    (part) => !isEqual(before[part], after[part]),
  );
  if (hasLostId(before, after)) changed.push('meetingId');
  if (changed.length === 0) return [];
  return [{ key: 'event', action: 'update_event', crmId, before, after, changed, adopted }];
}

function draftNotes(
  input: PlanInput,
  standing: Standing,
  selection: ReturnType<typeof selectPublished>,
  primary: Primary,
) {
  const { meeting, policy, capabilities } = input;
  const { isReadOnly } = standing.adopted;
  const holder =
    primary.record ?? (primary.contact === null ? null : { module: 'contacts' as const, ...primary.contact });
  const consolidatedInput = {
    meeting,
    policy,
    capabilities,
    eventId: standing.crmId,
    standing: standingNote(input),
    unseen: selection.leftOut.filter(({ cause }) => cause !== 'shown_as_participant' && cause !== 'shown_on_event'),
    holdsSummary: holder === null,
  };
  const consolidated = draftConsolidatedNote(consolidatedInput);
  const summaries = draftSummaryNotes(meeting, selection.noted, capabilities).flat();
  if (!isReadOnly) {
    const copies = copyForPrivateEvents(consolidatedInput, selection, primary);
    const warnings = [...consolidated.warnings, ...(copies.length > 0 ? [WHY_COPIED] : [])];
    return { notes: [consolidated.note, ...summaries, ...copies], warnings };
  }
  const why = 'Zoho does not let us write this event: its notes are on the records.';
  if (holder === null) return { notes: summaries, warnings: [why] };
  const parent = { module: holder.module, id: holder.id };
  const note = { ...consolidated.note, content: { ...consolidated.note.content, parent } };
  return { notes: [note, ...summaries], warnings: [...consolidated.warnings, why] };
}
