import type { Association, Evaluation, NotLinked, ParticipantMatch, PathStep } from './association.ts';
import { cascade, type DirectHit, type LinkVerdicts, type Reach } from './cascade.ts';
import { collapseParticipants } from './collapse-participants.ts';
import type { CrmPicture } from './crm-picture.ts';
import type { Decisions, LinkDecision } from './decision.ts';
import { explainNotLinked } from './explain-not-linked.ts';
import { focusDeals } from './focus-deals.ts';
import { findRecord, indexPicture, type PictureIndex } from './index-picture.ts';
import { matchParticipants } from './match-participants.ts';
import type { Meeting } from './meeting.ts';
import { participantLabel } from './participant-label.ts';
import type { Policy } from './policy.ts';
import { compareByMatched, compareDeals, compareIds, compareModules, recordKey } from './record-order.ts';

/**
 * Associates one meeting: who its participants are, every link with its path and reason, every link that was considered
 * and not made, and the deals whose roles are still unknown. Independent of the order of its input and of the clock.
 */
export function associate(meeting: Meeting, picture: CrmPicture, policy: Policy, decisions: Decisions): Evaluation {
  const index = indexPicture(picture);
  const matches = matchParticipants(meeting, picture, policy, decisions);
  const verdicts = readVerdicts(decisions.links, index);
  const people = peopleOf(meeting);
  const reach = cascade(findHits(matches, people), verdicts, index);
  const reachedDeals = [...reach.deals.values()];
  const focus =
    policy.cascade === 'focused'
      ? focusDeals(reachedDeals, index.deals, meeting, policy)
      : { linked: reachedDeals, notLinked: [] };
  const associations = sortAssociations(
    [...reach.contacts.values(), ...reach.leads.values(), ...reach.accounts.values(), ...focus.linked],
    index,
  );
  const unreadable = dealsOutOfSight(reach, index);
  const notLinked = explainNotLinked({
    matches,
    people,
    index,
    policy,
    links: decisions.links,
    barred: reach.barred,
    unreadable,
    linked: new Set(associations.map(recordKey)),
  });
  return {
    matches,
    associations,
    notLinked: sortNotLinked([...notLinked, ...focus.notLinked]),
    dealsWithUnknownRoles: dealsWithUnknownRoles(reach, unreadable, index),
  };
}

function peopleOf(meeting: Meeting): Map<string, PathStep> {
  return new Map(
    collapseParticipants(meeting.participants).map((person) => [
      person.key,
      { module: 'participants', id: person.key, name: participantLabel(person) },
    ]),
  );
}

/** An exclusion outranks a pin of the same record; pins and additions of records that are gone rest until they return. */
function readVerdicts(links: readonly LinkDecision[], index: PictureIndex): LinkVerdicts {
  const excluded = new Set(links.filter((link) => link.decision === 'excluded').map(recordKey));
  const kept = links.filter(
    (link) => link.decision !== 'excluded' && !excluded.has(recordKey(link)) && findRecord(index, link) !== undefined,
  );
  return { excluded, kept: new Map(kept.map((link) => [recordKey(link), link])) };
}

function findHits(matches: readonly ParticipantMatch[], people: Map<string, PathStep>): DirectHit[] {
  return matches.flatMap((match): DirectHit[] => {
    const person = people.get(match.participantKey);
    if (person === undefined) return [];
    if (match.kind === 'matched') return [{ module: match.module, id: match.recordId, person, reason: match.reason }];
    if (match.kind !== 'account_by_domain') return [];
    return [{ module: 'accounts', id: match.accountId, person, reason: match.reason }];
  });
}

/** Deals of accounts that a person excluded: a role could link them all the same, but their roles were not read yet. */
function dealsOutOfSight(reach: Reach, index: PictureIndex): Association[] {
  if (reach.contacts.size === 0) return [];
  return reach.barred.flatMap((account) =>
    account.module !== 'accounts'
      ? []
      : (index.dealsByAccount.get(account.id) ?? [])
          .filter((deal) => !deal.areRolesLoaded && !reach.deals.has(deal.id))
          .map(({ id, name }) => ({
            ...account,
            module: 'deals' as const,
            id,
            name,
            path: [...account.path, { module: 'deals' as const, id, name }],
          })),
  );
}

function dealsWithUnknownRoles(reach: Reach, unreadable: Association[], index: PictureIndex): string[] {
  if (reach.contacts.size === 0) return [];
  const excluded = new Set(reach.barred.map(recordKey));
  return [...reach.deals.values(), ...unreadable]
    .filter((deal) => index.deals.get(deal.id)?.areRolesLoaded === false && !excluded.has(recordKey(deal)))
    .map((deal) => deal.id)
    .sort(compareIds);
}

function sortAssociations(associations: Association[], index: PictureIndex): Association[] {
  return associations
    .map((link) => ({
      link,
      rank: {
        id: link.id,
        isOpen: index.deals.get(link.id)?.isOpen ?? false,
        closingDate: index.deals.get(link.id)?.closingDate ?? null,
        matchedCount: isPerson(link) ? link.participantKeys.length : link.matchedCount,
      },
    }))
    .sort(
      (a, b) =>
        compareModules(a.link.module, b.link.module) ||
        (a.link.module === 'deals' ? compareDeals(a.rank, b.rank) : compareByMatched(a.rank, b.rank)),
    )
    .map(({ link }) => link);
}

function isPerson(link: Association): boolean {
  return link.module === 'contacts' || link.module === 'leads';
}

function sortNotLinked(entries: NotLinked[]): NotLinked[] {
  return entries.sort((a, b) => compareModules(a.module, b.module) || compareIds(a.id, b.id));
}
