import type { Evaluation, ParticipantMatch } from './association.ts';
import type { Decisions } from './decision.ts';
import type { Meeting } from './meeting.ts';
import type { Policy } from './policy.ts';
import type { Publication } from './sync-plan.ts';

/**
 * What becomes of a meeting: private ones are never published, unprocessed ones wait, internal ones and those that match
 * nobody stay here unless the organization or a person says otherwise.
 */
export function decidePublication(
  meeting: Meeting,
  evaluation: Evaluation,
  policy: Policy,
  decisions: Decisions,
): Publication {
  if (meeting.visibility === 'private') {
    return { kind: 'not_published', cause: 'private', reason: 'This meeting is private.' };
  }
  if (meeting.summaryAt === null || meeting.notesAt === null) return explainWaiting(meeting);
  if (decisions.publishAnyway) return { kind: 'publish' };
  if (!evaluation.matches.some(isExternal)) {
    if (policy.publishInternal) return { kind: 'publish' };
    return {
      kind: 'not_published',
      cause: 'internal',
      reason: 'Only colleagues took part: internal meetings stay here.',
    };
  }
  if (evaluation.associations.length === 0 && isTakenApart(decisions)) return { kind: 'publish' };
  return holdUnlinked(evaluation, policy);
}

/**
 * Whoever takes the last link off an event in the CRM has not asked for the event to be taken away: a meeting that is linked to
 * nothing any more by such an edit stays published, with its event as it stands there.
 */
function isTakenApart({ links }: Decisions): boolean {
  return links.some((link) => link.decision === 'excluded' && link.origin === 'zoho');
}

function explainWaiting({ summaryAt, notesAt }: Meeting): Publication {
  const missing = [...(summaryAt === null ? ['summary'] : []), ...(notesAt === null ? ['notes'] : [])].join(' and ');
  return { kind: 'waiting', cause: 'not_processed', reason: `The ${missing} of this meeting are not finished yet.` };
}

/** Whom a person told us to ignore (a recording bot, say) makes a meeting no less internal. */
function isExternal(match: ParticipantMatch): boolean {
  return match.kind !== 'internal' && !(match.kind === 'unmatched' && match.cause === 'ignored');
}

function holdUnlinked({ associations, matches, notLinked }: Evaluation, policy: Policy): Publication {
  if (associations.length > 0) {
    const isAsked = notLinked.some((entry) => entry.cause === 'ask_above_limit');
    // Contacts without an account: once the deals are taken away, no record is left that the event could stand on.
    if (!isAsked || associations.some((link) => link.module !== 'contacts')) return { kind: 'publish' };
    const reason =
      'More deals fit than the organization links by itself, and no account: a person must choose the deals.';
    return { kind: 'held', cause: 'too_many_deals', reason };
  }
  if (policy.publishUnmatched) return { kind: 'publish' };
  if (matches.some((match) => match.kind === 'ambiguous')) {
    const reason = 'Nobody is matched for certain: a person must choose among several records.';
    return { kind: 'held', cause: 'only_ambiguous', reason };
  }
  const isWithheld = matches.some((match) => match.kind === 'unknown');
  const reason = isWithheld
    ? 'Nobody could be found, because Zoho withholds e-mail addresses from this connection.'
    : 'Nobody of this meeting is linked to a record in Zoho CRM.';
  return { kind: 'held', cause: 'nobody_matched', reason };
}
