import type { Association, NotLinked } from './association.ts';
import type { DealRecord } from './crm-picture.ts';
import { addDays, localDay } from './local-day.ts';
import type { Meeting } from './meeting.ts';
import type { Policy } from './policy.ts';
import { compareDeals } from './record-order.ts';

type Focus = { linked: Association[]; notLinked: NotLinked[] };

/**
 * Narrows the deals of the full closure to those the organization looks at: open now or around the meeting, in its
 * pipelines, at most N by the deal order. What a person pinned or added stays. A path of
 * one step is a deal that only a person linked: it is no candidate.
 */
export function focusDeals(
  deals: readonly Association[],
  records: Map<string, DealRecord>,
  meeting: Meeting,
  { focused }: Policy,
): Focus {
  const isInWindow = windowOf(meeting, focused.windowDays);
  const focus: Focus = { linked: [], notLinked: [] };
  const eligible: { link: Association; record: DealRecord }[] = [];
  for (const link of deals) {
    const record = records.get(link.id);
    if (record === undefined) continue;
    const refused = refuse(link, record, isInWindow, focused);
    if (link.path.length === 1) focus.linked.push(link);
    else if (refused === null) eligible.push({ link, record });
    else if (link.decision !== null) focus.linked.push(link);
    else focus.notLinked.push(refused);
  }
  return takePlaces(eligible, focused, focus);
}

/** Decided deals neither lose their link nor push another one out: the first N by order, and beside them what people chose. */
function takePlaces(
  eligible: { link: Association; record: DealRecord }[],
  { maxDeals, askAbove }: Policy['focused'],
  focus: Focus,
): Focus {
  const inOrder = eligible.sort((a, b) => compareDeals(rank(a.link, a.record), rank(b.link, b.record)));
  const isAsked = askAbove && inOrder.length > maxDeals;
  for (const [position, { link }] of inOrder.entries()) {
    if (link.decision !== null || (!isAsked && position < maxDeals)) focus.linked.push(link);
    else if (isAsked) {
      const reason = `${inOrder.length} deals fit and the organization asks above ${maxDeals}: a person must choose.`;
      focus.notLinked.push(notLinked(link, 'ask_above_limit', reason));
    } else {
      const reason = `At most ${maxDeals} deals are linked, and ${link.name} comes after them in the order of deals.`;
      focus.notLinked.push(notLinked(link, 'over_limit', reason));
    }
  }
  return focus;
}

function refuse(
  link: Association,
  deal: DealRecord,
  isInWindow: ((deal: DealRecord) => boolean) | null,
  { pipelines, windowDays }: Policy['focused'],
): NotLinked | null {
  if (isInWindow === null && !deal.isOpen) {
    return notLinked(link, 'closed', `${deal.name} is closed (${deal.stage}) and only deals open now are linked.`);
  }
  if (isInWindow !== null && !isInWindow(deal)) {
    return notLinked(link, 'outside_window', `${deal.name} was not open within ${windowDays} days of the meeting.`);
  }
  if (pipelines !== null && (deal.pipeline === null || !pipelines.includes(deal.pipeline))) {
    const where = deal.pipeline === null ? 'in no pipeline' : `in the pipeline ${deal.pipeline}`;
    return notLinked(link, 'other_pipeline', `${deal.name} is ${where}, which the organization does not link.`);
  }
  return null;
}

/** Null: no window, only deals open now. A closed deal was open until its closing date; without one nobody can tell. */
function windowOf(meeting: Meeting, windowDays: number | null): ((deal: DealRecord) => boolean) | null {
  if (windowDays === null) return null;
  const day = localDay(meeting.startsAt, meeting.timeZone);
  const first = addDays(day, -windowDays);
  const last = addDays(day, windowDays);
  return (deal) => {
    const isBegun = deal.createdAt === null || localDay(deal.createdAt, meeting.timeZone) <= last;
    return isBegun && (deal.isOpen || (deal.closingDate !== null && deal.closingDate >= first));
  };
}

function rank(link: Association, { isOpen, closingDate }: DealRecord) {
  return { id: link.id, isOpen, closingDate, matchedCount: link.matchedCount };
}

function notLinked({ module, id, name, path }: Association, cause: NotLinked['cause'], reason: string): NotLinked {
  return { module, id, name, cause, path, reason };
}
