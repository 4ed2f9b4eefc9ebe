import type { Association, NotLinked, ParticipantMatch, PathStep } from './association.ts';
import { canonicalEmail } from './canonical-email.ts';
import type { Candidate } from './crm-picture.ts';
import type { LinkDecision } from './decision.ts';
import { findRecord, type PictureIndex } from './index-picture.ts';
import type { Policy } from './policy.ts';
import { recordKey } from './record-order.ts';

type Considered = {
  matches: readonly ParticipantMatch[];
  people: Map<string, PathStep>;
  index: PictureIndex;
  policy: Policy;
  links: readonly LinkDecision[];
  /** Would be linked, had a person not excluded them. */
  barred: readonly Association[];
  /** Deals that only a role could link, and whose roles are not read yet. */
  unreadable: readonly Association[];
  /** Record keys of what is linked: never explained as not linked. */
  linked: Set<string>;
};

/** Why records that were considered are not linked, each record once: what a person said comes before what the machine found. */
export function explainNotLinked(considered: Considered): NotLinked[] {
  const entries = new Map<string, NotLinked>();
  const inPrecedence = [
    ...explainExclusions(considered),
    ...considered.matches.flatMap((match) => explainAmbiguity(match, considered)),
    ...considered.matches.flatMap((match) => explainOutranked(match, considered)),
    ...considered.matches.flatMap((match) => explainDomain(match, considered)),
    ...considered.unreadable.map(({ module, id, name, path }): NotLinked => {
      const reason = `The roles of ${name} are still loading; its account is excluded, so only a role could link it.`;
      return { module, id, name, cause: 'roles_unknown', path, reason };
    }),
  ];
  for (const entry of inPrecedence) {
    const key = recordKey(entry);
    if (!considered.linked.has(key) && !entries.has(key)) entries.set(key, entry);
  }
  return [...entries.values()];
}

function explainExclusions({ links, barred, index }: Considered): NotLinked[] {
  const paths = new Map(barred.map((link) => [recordKey(link), link.path]));
  return links
    .filter((link) => link.decision === 'excluded')
    .map((link) => {
      const { module, id } = link;
      const name = findRecord(index, link)?.name ?? link.name;
      const further = module === 'contacts' || module === 'accounts' ? ' Nothing is linked through it.' : '';
      const reason = `${link.decidedBy} excluded ${name}${link.origin === 'zoho' ? ' in Zoho' : ''}.${further}`;
      return { module, id, name, cause: 'excluded', path: paths.get(recordKey(link)) ?? [], reason };
    });
}

function explainAmbiguity(match: ParticipantMatch, { people }: Considered): NotLinked[] {
  const person = people.get(match.participantKey);
  if (match.kind !== 'ambiguous' || person === undefined) return [];
  return match.candidates.map(({ module, recordId: id, name }) => ({
    module,
    id,
    name,
    cause: 'ambiguous',
    path: [person, { module, id, name }],
    reason: match.reason,
  }));
}

function explainOutranked(match: ParticipantMatch, { people, index }: Considered): NotLinked[] {
  const person = people.get(match.participantKey);
  if (person === undefined) return [];
  const chosen = match.kind === 'matched' ? recordKey({ module: match.module, id: match.recordId }) : null;
  return (index.candidates.get(match.participantKey) ?? []).flatMap((candidate) => {
    const { module, recordId: id } = candidate;
    const name = index[module].get(id)?.name;
    if (name === undefined || recordKey({ module, id }) === chosen) return [];
    const reason = reasonOutranked(match, candidate, person.name, name);
    return [{ module, id, name, cause: 'outranked' as const, path: [person, { module, id, name }], reason }];
  });
}

function reasonOutranked(match: ParticipantMatch, candidate: Candidate, label: string, name: string): string {
  const record = `The ${candidate.module === 'contacts' ? 'contact' : 'lead'} ${name}`;
  if (match.kind === 'internal')
    return `${label} is one of us: ${record.replace('The', 'the')} with that address is not linked.`;
  if (match.kind === 'unmatched' || (match.kind === 'matched' && match.by === 'decision')) return match.reason;
  const by = match.kind === 'matched' || match.kind === 'ambiguous' ? match.by : candidate.by;
  if (candidate.by === by) return `${record} has the same address, but a contact outranks a lead.`;
  if (candidate.by === 'plus-tag') return `${record} has the address only without its tag, and an exact one exists.`;
  return `${record} has only the same phone number, and addresses come first.`;
}

function explainDomain(match: ParticipantMatch, { people, index, policy }: Considered): NotLinked[] {
  const person = people.get(match.participantKey);
  const domain = canonicalEmail(match.participantKey.replace(/^email:/u, ''))?.domain;
  const isUnknown = match.kind === 'unknown' || (match.kind === 'unmatched' && match.cause === 'nobody');
  if (policy.matchByDomain || !isUnknown || person === undefined || domain === undefined) return [];
  return [...(index.domainAccounts.get(match.participantKey) ?? [])].flatMap((id) => {
    const name = index.accounts.get(id)?.name;
    if (name === undefined) return [];
    const reason = `${domain} is the domain of ${name}, but the organization does not match by domain.`;
    const path: PathStep[] = [person, { module: 'accounts', id, name }];
    return [{ module: 'accounts' as const, id, name, cause: 'domain_match_off' as const, path, reason }];
  });
}
