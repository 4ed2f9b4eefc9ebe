import type { ParticipantMatch } from './association.ts';
import { canonicalEmail } from './canonical-email.ts';
import { canonicalPhone } from './canonical-phone.ts';
import { collapseParticipants } from './collapse-participants.ts';
import type { Candidate, CrmPicture, FormerRecord } from './crm-picture.ts';
import type { Decisions, PersonDecision } from './decision.ts';
import { indexPicture, type PictureIndex } from './index-picture.ts';
import type { Meeting, Moment, Participant } from './meeting.ts';
import { participantLabel } from './participant-label.ts';
import type { Policy } from './policy.ts';
import { compareIds } from './record-order.ts';

const DAY_MS = 86_400_000;

/** Equal addresses of a contact and a lead: the contact is meant. A weaker address counts only where no stronger one exists. */
const RANKS: readonly { by: Candidate['by']; module: Candidate['module'] }[] = [
  { by: 'email', module: 'contacts' },
  { by: 'email', module: 'leads' },
  { by: 'plus-tag', module: 'contacts' },
  { by: 'plus-tag', module: 'leads' },
  { by: 'phone', module: 'contacts' },
  { by: 'phone', module: 'leads' },
];

/**
 * Who each participant is in the CRM: what a person decided, else one of us, else the one contact or lead of the best
 * rank (two of equal rank are ambiguous), else the account of the company domain. Each participant once, organizers
 * first, then by key, whatever the order of the input.
 */
export function matchParticipants(
  meeting: Meeting,
  picture: CrmPicture,
  policy: Policy,
  decisions: Decisions,
): ParticipantMatch[] {
  const directory = openDirectory(picture, policy, decisions, meeting);
  return collapseParticipants(meeting.participants).map(
    (person) =>
      matchByDecision(person, directory) ??
      matchColleague(person, directory) ??
      matchByAddress(person, directory) ??
      matchByFormerLink(person, directory) ??
      matchByDomain(person, directory) ??
      explainNobody(person, directory),
  );
}

type Directory = {
  index: PictureIndex;
  decided: Map<string, PersonDecision>;
  internalDomains: Set<string>;
  freeMailDomains: Set<string>;
  withheldModules: Set<string>;
  matchByDomain: boolean;
  /** Whoever is in the CRM only since later than this came too late for this meeting; null: nobody did. */
  newUntil: Moment | null;
};

function openDirectory(picture: CrmPicture, policy: Policy, decisions: Decisions, meeting: Meeting): Directory {
  return {
    index: indexPicture(picture),
    decided: new Map(decisions.people.map((decision) => [decision.participantKey, decision])),
    internalDomains: new Set(policy.internalDomains.map((domain) => domain.trim().toLowerCase())),
    freeMailDomains: new Set(policy.freeMailDomains.map((domain) => domain.trim().toLowerCase())),
    withheldModules: new Set(picture.withheldModules),
    matchByDomain: policy.matchByDomain,
    newUntil: newUntil(meeting, policy),
  };
}

/** A meeting that came later than its people is judged by when it came. */
function newUntil({ endsAt, receivedAt }: Meeting, { newPeopleDays }: Policy): Moment | null {
  return receivedAt === undefined ? null : Math.max(endsAt + newPeopleDays * DAY_MS, receivedAt);
}

/** Somebody new in the CRM; a record that took over another one's address is none. */
function isTooNew({ module, recordId, formerly }: Candidate, { index, newUntil }: Directory): boolean {
  const createdAt = index[module].get(recordId)?.createdAt ?? null;
  return newUntil !== null && formerly === undefined && createdAt !== null && createdAt > newUntil;
}

function matchByDecision(person: Participant, directory: Directory): ParticipantMatch | null {
  const decision = directory.decided.get(person.key);
  if (decision === undefined) return null;
  const label = participantLabel(person);
  if (decision.kind === 'ignored') {
    const reason = `${decision.decidedBy} said that there is nobody to look for behind ${label}.`;
    return { participantKey: person.key, kind: 'unmatched', cause: 'ignored', reason };
  }
  const { module, recordId } = decision;
  const name = directory.index[module].get(recordId)?.name;
  // The chosen record is gone from the CRM: the machine looks again.
  if (name === undefined) return null;
  const reason = `${decision.decidedBy} said that ${label} is the ${singular(module)} ${name}.`;
  return { participantKey: person.key, kind: 'matched', module, recordId, by: 'decision', reason };
}

function matchColleague(person: Participant, directory: Directory): ParticipantMatch | null {
  const address = canonicalEmail(person.email);
  if (address === null) return null;
  const user = directory.index.usersByEmail.get(address.email);
  if (user !== undefined) {
    const reason = `${address.email} is the address of the Zoho user ${user.name}.`;
    return { participantKey: person.key, kind: 'internal', userId: user.id, reason };
  }
  if (!directory.internalDomains.has(address.domain)) return null;
  const reason = `${address.domain} is one of the organization's own domains.`;
  return { participantKey: person.key, kind: 'internal', userId: null, reason };
}

function matchByAddress(person: Participant, directory: Directory): ParticipantMatch | null {
  const candidates = (directory.index.candidates.get(person.key) ?? []).filter((one) => !isTooNew(one, directory));
  for (const rank of RANKS) {
    const found = candidates.filter(
      ({ by, module, recordId }) => by === rank.by && module === rank.module && directory.index[module].has(recordId),
    );
    // Who has the address now comes before whoever took over a record that had it.
    const owners = found.filter(({ formerly }) => formerly === undefined);
    const ids = new Set((owners.length > 0 ? owners : found).map(({ recordId }) => recordId));
    if (ids.size > 0) {
      const former = owners.length > 0 ? undefined : found[0]?.formerly;
      return matchOneOf([...ids].sort(compareIds), rank, person, directory, former);
    }
  }
  return null;
}

function matchOneOf(
  ids: string[],
  { by, module }: { by: Candidate['by']; module: Candidate['module'] },
  person: Participant,
  directory: Directory,
  former: FormerRecord | undefined,
): ParticipantMatch {
  const found = ids.map((recordId) => ({
    module,
    recordId,
    name: directory.index[module].get(recordId)?.name ?? recordId,
  }));
  const [first] = found;
  const label = participantLabel(person);
  if (first !== undefined && found.length === 1) {
    const record = former === undefined ? `${singular(module)} ${first.name}` : wayOf(former, module, first.name);
    const reason = reasonOfMatch(by, label, phoneOf(person), record);
    return { participantKey: person.key, kind: 'matched', module, recordId: first.recordId, by, reason };
  }
  const shared = by === 'phone' ? `the phone number ${phoneOf(person)}` : `the address ${label}`;
  const reason = `${found.length} ${module} have ${shared}${by === 'plus-tag' ? ' without its tag' : ''}: a person must choose.`;
  return { participantKey: person.key, kind: 'ambiguous', by, candidates: found, reason };
}

/** `contact Ana, which was merged into Ana Pérez` */
function wayOf(former: FormerRecord, module: 'contacts' | 'leads', name: string): string {
  const kind = former.module === 'leads' ? 'lead' : 'contact';
  return `${kind} ${former.name}, which was ${former.module === module ? 'merged into' : 'converted to the contact'} ${name}`;
}

function reasonOfMatch(by: Candidate['by'], label: string, phone: string, record: string): string {
  if (by === 'email') return `${label} is an address of the ${record}.`;
  if (by === 'plus-tag')
    return `${label} without its tag is an address of the ${record}, and nobody has the exact address.`;
  return `${phone} is a phone number of the ${record}, and nobody has the address of ${label}.`;
}

/** Withheld is not absent: who was known before Zoho hid the addresses stays known. */
function matchByFormerLink(person: Participant, directory: Directory): ParticipantMatch | null {
  const former = (directory.index.formerCandidates.get(person.key) ?? []).filter(
    ({ module, recordId }) => directory.withheldModules.has(module) && directory.index[module].has(recordId),
  );
  const ids = new Set(former.map(({ module, recordId }) => `${module}:${recordId}`));
  const [first] = former;
  if (first === undefined || ids.size !== 1) return null;
  const name = directory.index[first.module].get(first.recordId)?.name ?? first.recordId;
  const reason = `${participantLabel(person)} was known as the ${singular(first.module)} ${name} before Zoho withheld the addresses of ${first.module}.`;
  return {
    participantKey: person.key,
    kind: 'matched',
    module: first.module,
    recordId: first.recordId,
    by: first.by,
    reason,
  };
}

function matchByDomain(person: Participant, directory: Directory): ParticipantMatch | null {
  const domain = canonicalEmail(person.email)?.domain;
  if (!directory.matchByDomain || domain === undefined || directory.freeMailDomains.has(domain)) return null;
  const ids = [...(directory.index.domainAccounts.get(person.key) ?? [])]
    .filter((id) => directory.index.accounts.has(id))
    .sort(compareIds);
  const found = ids.map((recordId) => ({
    module: 'accounts' as const,
    recordId,
    name: directory.index.accounts.get(recordId)?.name ?? recordId,
  }));
  const [first] = found;
  if (first === undefined) return null;
  if (found.length > 1) {
    const reason = `${found.length} accounts have the domain ${domain}: a person must choose.`;
    return { participantKey: person.key, kind: 'ambiguous', by: 'domain', candidates: found, reason };
  }
  const reason = `Nobody has the address ${participantLabel(person)}, but ${domain} is the domain of the account ${first.name}.`;
  return { participantKey: person.key, kind: 'account_by_domain', accountId: first.recordId, domain, reason };
}

function explainNobody(person: Participant, directory: Directory): ParticipantMatch {
  const address = canonicalEmail(person.email);
  const phone = canonicalPhone(person.phone);
  const label = participantLabel(person);
  const late = (directory.index.candidates.get(person.key) ?? []).find((one) => isTooNew(one, directory));
  const unmatched = (cause: 'no_address' | 'nobody' | 'free_mail', reason: string): ParticipantMatch => ({
    participantKey: person.key,
    kind: 'unmatched',
    cause,
    reason,
  });
  if (late !== undefined) {
    const name = directory.index[late.module].get(late.recordId)?.name ?? late.recordId;
    const reason = `The ${singular(late.module)} ${name} has the address of ${label}, but came into Zoho too long after the meeting: a person may choose it.`;
    return unmatched('nobody', reason);
  }
  if (address === null && phone === null) {
    return unmatched('no_address', `${label} came without an e-mail address or phone number to look for.`);
  }
  if (address !== null && directory.withheldModules.size > 0) {
    const modules = [...directory.withheldModules].sort().join(' and ');
    const reason = `Zoho withholds the e-mail addresses of ${modules}, so ${label} may be known there.`;
    return { participantKey: person.key, kind: 'unknown', cause: 'withheld', reason };
  }
  if (address !== null && directory.freeMailDomains.has(address.domain)) {
    return unmatched(
      'free_mail',
      `No contact or lead has the address ${label}, and ${address.domain} belongs to no company.`,
    );
  }
  return unmatched('nobody', `No contact or lead has the ${address === null ? 'number' : 'address'} ${label}.`);
}

function phoneOf(person: Participant): string {
  return canonicalPhone(person.phone) ?? participantLabel(person);
}

function singular(module: 'contacts' | 'leads'): string {
  return module === 'contacts' ? 'contact' : 'lead';
}
