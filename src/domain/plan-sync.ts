import type { Evaluation } from './association.ts';
import { withoutHidden } from './bar-records.ts';
import { chooseOwner } from './choose-owner.ts';
import { choosePrimary, type Primary } from './choose-primary.ts';
import { copyForPrivateEvents, WHY_COPIED } from './copy-consolidated.ts';
import type { CrmPicture } from './crm-picture.ts';
import type { Decisions } from './decision.ts';
import { diffEvent, diffNotes, retractAll } from './diff-written.ts';
import { draftConsolidatedNote, standingNote } from './draft-consolidated-note.ts';
import { draftEvent } from './draft-event.ts';
import { type DraftedNote, draftSummaryNotes } from './draft-summary-notes.ts';
import { entriesThere, holdBackMails } from './hold-back-mails.ts';
import { keepTheirs, standingLinks, takenOff } from './keep-theirs.ts';
import { disownLeft, removeLeft } from './leave-event.ts';
import { listEventParticipants } from './list-event-participants.ts';
import { listShown } from './list-shown.ts';
import type { Meeting } from './meeting.ts';
import { shownOn } from './move-with-records.ts';
import { type Barred, NOTHING_BARRED } from './obstacle.ts';
import { planAdopted } from './plan-adopted.ts';
import { planLeave } from './plan-leave.ts';
import type { Policy } from './policy.ts';
import { priceOperations } from './price-operations.ts';
import { tellLeft, tellStanding } from './publish-after-edits.ts';
import { type Selection, selectPublished, shownByList } from './select-published.ts';
import type { Adoption, Capabilities, EventContent, LeftOut, Publication, SyncPlan, Written } from './sync-plan.ts';
import { withStandIns } from './with-stand-ins.ts';

export type PlanInput = {
  meeting: Meeting;
  picture: CrmPicture;
  evaluation: Evaluation;
  publication: Publication;
  policy: Policy;
  decisions: Decisions;
  written: Written;
  capabilities: Capabilities;
  /** What was decided about the calendar's events; counts only before the meeting has an event. */
  adoption?: Adoption | null;
  /** Only records in the CRM changed since the last plan: no note is written again just to name more of them. */
  isMirrorOnly?: boolean;
  /** Records on which the CRM lets us write nothing for now. */
  barred?: Barred;
};

/**
 * The exact writes that a meeting needs, in the order in which they are sent: event, consolidated note, the primary
 * record's summary, other summaries, then deletions. What is written already and unchanged needs nothing. A meeting that
 * is no longer published loses its notes and its event; one that waits is left as it is.
 */
export function planSync(input: PlanInput): SyncPlan {
  const plan = planWrites(input);
  return { ...plan, operations: withStandIns(plan.operations, input) };
}

function planWrites(input: PlanInput): SyncPlan {
  const { publication, written, picture } = input;
  const standing = tellStanding(written);
  if (publication.kind === 'waiting') {
    const slots = slotsThere(written);
    const shownOn = listShown(written.event?.content ?? null, slots, picture);
    return { operations: [], shownOn, leftOut: [], warnings: [], standing, cost: { calls: 0, credits: 0 } };
  }
  if (publication.kind !== 'publish') {
    const operations = removeAll(input);
    const left = tellLeft(written);
    return { operations, shownOn: [], leftOut: [], warnings: [], standing: left, cost: priceOperations(operations) };
  }
  const take = input.adoption?.decision === 'adopt' ? input.adoption : null;
  if (written.event === null ? take !== null : written.event.isAdopted) return planAdopted(input, take);
  const drafts = draftPublication(input);
  const operations = [
    ...disownLeft(written),
    ...diffEvent(drafts.event, written),
    ...diffNotes(drafts.notes, written),
    ...removeLeft(written),
  ];
  const gone = new Set(written.notes.flatMap((note) => (note.goneAt === null ? [] : [note.slot])));
  const slots = drafts.notes.map((note) => note.slot).filter((slot) => !gone.has(slot));
  return {
    operations,
    shownOn: listShown(drafts.event, slots, picture),
    leftOut: drafts.leftOut,
    warnings: drafts.warnings,
    standing: [...standing, ...drafts.held],
    cost: priceOperations(operations),
  };
}

/** Slots whose note is in the CRM. */
function slotsThere({ notes }: Written): string[] {
  return notes.filter((note) => note.goneAt === null).map((note) => note.slot);
}

/** Whose event a person deleted there has nothing written and nothing removed, until somebody takes the meeting back. */
function removeAll({ publication, written }: PlanInput): SyncPlan['operations'] {
  if (publication.kind === 'not_published' && publication.leaving !== undefined) {
    return planLeave(written, publication.leaving);
  }
  const isRetracted =
    publication.kind === 'not_published' && ['retracted', 'undone', 'merged'].includes(publication.cause);
  const isGone = written.event !== null && written.event.goneAt !== null;
  return isGone && !isRetracted ? [] : retractAll(written);
}

type Drafts = { event: EventContent; held: string[]; notes: DraftedNote[]; leftOut: LeftOut[]; warnings: string[] };

function draftPublication(input: PlanInput): Drafts {
  const { meeting, picture, written, capabilities, decisions } = input;
  const standing = written.event === null ? [] : shownOn(written.event.content);
  const evaluation = withoutHidden(input.evaluation, input.barred ?? NOTHING_BARRED, standing);
  const chosen = standingLinks(written.event, decisions, picture);
  const isShown = capabilities.showsContact !== false || chosen.contact !== undefined;
  const primary = choosePrimary(meeting, evaluation, picture, isShown ? chosen : { ...chosen, contact: null });
  const owner = chooseOwner(meeting, evaluation.matches, picture, capabilities, written.event);
  const people = listEventParticipants({
    ...input,
    evaluation,
    primary,
    ownerUserId: owner.userId,
    takenOff: takenOff(written.event),
    onlyThose: entriesThere(written.event, capabilities),
  });
  const event = draftEvent({ ...input, primary, owner, people, isNew: written.event === null });
  const listed = shownByList(people.listed, capabilities);
  const selection = selectPublished({ ...input, primary, listed });
  const notes = draftNotes(input, selection, primary);
  const kept = keepTheirs(event.content, written.event, decisions, capabilities);
  const { content, held } = holdBackMails(kept, written.event, capabilities);
  return {
    event: content,
    held,
    notes: notes.notes,
    leftOut: selection.leftOut,
    warnings: [...event.warnings, ...notes.warnings],
  };
}

function draftNotes(
  input: PlanInput,
  selection: Selection,
  primary: Primary,
): { notes: DraftedNote[]; warnings: string[] } {
  const { meeting, policy, capabilities, written } = input;
  const consolidatedInput = {
    meeting,
    policy,
    capabilities,
    eventId: written.event?.crmId ?? null,
    standing: standingNote(input),
    unseen: selection.leftOut.filter(({ cause }) => cause !== 'shown_as_participant' && cause !== 'shown_on_event'),
    holdsSummary: primary.record === null && primary.contact === null,
  };
  const consolidated = draftConsolidatedNote(consolidatedInput);
  const copies = copyForPrivateEvents(consolidatedInput, selection, primary);
  const summaries = draftSummaryNotes(meeting, selection.noted, capabilities);
  const parts = Math.max(0, ...summaries.map((notes) => notes.length));
  const warning = `The summary is longer than one note and was split into ${parts} numbered notes on each record.`;
  return {
    notes: [consolidated.note, ...summaries.flat(), ...copies],
    warnings: [...consolidated.warnings, ...(parts > 1 ? [warning] : []), ...(copies.length > 0 ? [WHY_COPIED] : [])],
  };
}
