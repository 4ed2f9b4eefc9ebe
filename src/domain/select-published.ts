import type { Association, Evaluation } from './association.ts';
import type { Primary } from './choose-primary.ts';
import type { CrmPicture, RecordRef } from './crm-picture.ts';
import type { Decisions } from './decision.ts';
import { findRecord, indexPicture, type PictureIndex } from './index-picture.ts';
import type { Meeting } from './meeting.ts';
import { recordOfSlot } from './note-slot.ts';
import { type Barred, NOTHING_BARRED } from './obstacle.ts';
import type { Policy } from './policy.ts';
import { recordKey } from './record-order.ts';
import type { Capabilities, LeftOut, Written } from './sync-plan.ts';

const DAY_MS = 86_400_000;

export type SelectionInput = {
  meeting: Meeting;
  evaluation: Evaluation;
  picture: CrmPicture;
  policy: Policy;
  decisions: Decisions;
  written: Written;
  primary: Primary;
  /** Record keys of the contacts and leads that the event's participants list shows. */
  listed: ReadonlySet<string>;
  /** Records that take no notes for now. */
  barred?: Barred;
};

/** `noted`: records that get the summary note, the primary one (or, without one, the event's contact) first, then cap order. */
export type Selection = { noted: (RecordRef & { name: string })[]; leftOut: LeftOut[] };

/**
 * Which associated records get the summary note. What is placed stays while its association lasts, what a person wants is
 * given; the cap chooses, in cap order, for the places that are left.
 */
export function selectPublished(input: SelectionInput): Selection {
  const placed = new Set(input.written.notes.flatMap(({ slot }) => recordKeyOfSlot(slot)));
  const wanted = new Set(input.decisions.notesWanted.map(recordKey));
  const isRelevant = relevanceOf(input);
  const barred = input.barred ?? NOTHING_BARRED;
  const found = holderOf(input.primary);
  const isBarred = (link: RecordRef) => barred.has(recordKey(link)) && !placed.has(recordKey(link));
  const holder = found !== null && isBarred(found) ? null : found;
  const noted = new Set<string>();
  const queue: Association[] = [];
  const leftOut: LeftOut[] = [];
  for (const link of input.evaluation.associations) {
    const key = recordKey(link);
    if (holder !== null && key === recordKey(holder)) continue;
    if (isBarred(link)) {
      leftOut.push(leave(link, 'barred', barred.get(key)?.reason ?? ''));
      continue;
    }
    const refused = placed.has(key) || wanted.has(key) ? null : refuse(link, input, isRelevant);
    if (refused !== null) leftOut.push(refused);
    else if (placed.has(key) || wanted.has(key)) noted.add(key);
    else queue.push(link);
  }
  const cap = input.policy.noteCap;
  const free = cap === null ? queue.length : Math.max(0, cap - noted.size);
  for (const [position, link] of queue.entries()) {
    if (position < free) noted.add(recordKey(link));
    else
      leftOut.push(
        leave(link, 'over_cap', `The ${cap} notes besides the primary record's are given to other records.`),
      );
  }
  const others = input.evaluation.associations.filter((link) => noted.has(recordKey(link))).map(toRecord);
  return { noted: holder === null ? others : [holder, ...others], leftOut: inOrder(leftOut, input.evaluation) };
}

/** Of the contacts and leads in an event's list, those on whose pages the event appears. */
export function shownByList(listed: ReadonlySet<string>, { hidesInvitations }: Capabilities): ReadonlySet<string> {
  if (hidesInvitations !== true) return listed;
  return new Set([...listed].filter((key) => !key.startsWith('contacts')));
}

function holderOf({ record, contact }: Primary): (RecordRef & { name: string }) | null {
  if (record !== null) return record;
  return contact === null ? null : { module: 'contacts', ...contact };
}

function recordKeyOfSlot(slot: string): string[] {
  const record = recordOfSlot(slot);
  return record === null ? [] : [recordKey(record)];
}

type Relevance = (link: Association) => string | null;

function refuse(link: Association, input: SelectionInput, isRelevant: Relevance): LeftOut | null {
  const { meeting, picture, policy, primary, listed } = input;
  if (link.module === 'contacts' && link.id === primary.contact?.id) {
    return leave(link, 'shown_on_event', `The event itself shows ${link.name} as its contact.`);
  }
  if (listed.has(recordKey(link))) {
    return leave(link, 'shown_as_participant', `The event shows ${link.name} among its participants.`);
  }
  const createdAt = findRecord(indexPicture(picture), link)?.createdAt ?? null;
  if (createdAt !== null && createdAt > meeting.endsAt + policy.lateRecordDays * DAY_MS) {
    const reason = `${link.name} was created more than ${policy.lateRecordDays} days after the meeting.`;
    return leave(link, 'created_later', reason);
  }
  const reason = isRelevant(link);
  return reason === null ? null : leave(link, 'not_relevant', reason);
}

/** Answers null for a record that the organization's choice publishes, else the reason why it does not. */
function relevanceOf({ evaluation, picture, policy }: SelectionInput): Relevance {
  if (policy.publish === 'everything') return () => null;
  const index = indexPicture(picture);
  const links = evaluation.associations;
  const accounts = new Set(links.filter((link) => link.module === 'accounts').map((link) => link.id));
  const openDeals = links.filter((link) => link.module === 'deals' && isOpen(link, index));
  const hasRoleSomewhere = openDeals.some((link) => link.matchedCount > 0);
  const unread = new Set(evaluation.dealsWithUnknownRoles);
  // Roles that are not read yet are unknown, not absent: "no role anywhere" is not established before they are.
  const isLoading = openDeals.some((link) => unread.has(link.id));
  return (link) => {
    if (link.module !== 'deals' || link.decision !== null) return null;
    if (!isOpen(link, index)) return `${link.name} is closed, and notes go to open deals only.`;
    if (link.matchedCount > 0) return null;
    if (hasRoleSomewhere) return `No participant has a role in ${link.name}, and one has in another open deal.`;
    if (isLoading)
      return `Roles of the deals are still loading, so it is not known whether ${link.name} concerns a participant.`;
    const accountId = index.deals.get(link.id)?.accountId;
    return typeof accountId === 'string' && accounts.has(accountId)
      ? null
      : `${link.name} is a deal of no linked account.`;
  };
}

function isOpen(link: Association, index: PictureIndex): boolean {
  return index.deals.get(link.id)?.isOpen ?? false;
}

function leave(link: Association, cause: LeftOut['cause'], reason: string): LeftOut {
  return { ...toRecord(link), cause, reason };
}

function toRecord({ module, id, name }: Association): RecordRef & { name: string } {
  return { module, id, name };
}

function inOrder(leftOut: LeftOut[], { associations }: Evaluation): LeftOut[] {
  const position = new Map(associations.map((link, at) => [recordKey(link), at]));
  return leftOut.sort((a, b) => (position.get(recordKey(a)) ?? 0) - (position.get(recordKey(b)) ?? 0));
}
