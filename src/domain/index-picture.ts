import { canonicalEmail } from './canonical-email.ts';
import { compareTexts } from './compare-texts.ts';
import type {
  AccountRecord,
  Candidate,
  ContactRecord,
  CrmModule,
  CrmPicture,
  CrmUser,
  DealRecord,
  LeadRecord,
} from './crm-picture.ts';
import { compareIds } from './record-order.ts';

/** A picture with its edges as maps, so that a meeting costs what it reaches and not what the picture holds. */
export type PictureIndex = {
  contacts: Map<string, ContactRecord>;
  leads: Map<string, LeadRecord>;
  accounts: Map<string, AccountRecord>;
  deals: Map<string, DealRecord>;
  dealsByAccount: Map<string, DealRecord[]>;
  /** By primary contact and by role; a deal appears once a contact. */
  dealsByContact: Map<string, DealRecord[]>;
  usersById: Map<string, CrmUser>;
  usersByEmail: Map<string, CrmUser>;
  candidates: Map<string, Candidate[]>;
  formerCandidates: Map<string, Candidate[]>;
  domainAccounts: Map<string, Set<string>>;
};

const INDEXES = new WeakMap<CrmPicture, PictureIndex>();

/** The index of a picture, made once a picture: one picture serves up to a thousand meetings and never changes. */
export function indexPicture(picture: CrmPicture): PictureIndex {
  const known = INDEXES.get(picture);
  if (known !== undefined) return known;
  const index = makeIndex(picture);
  INDEXES.set(picture, index);
  return index;
}

/** A live record of any module, or undefined: then it is deleted, or out of reach. */
export function findRecord(
  index: PictureIndex,
  record: { module: CrmModule; id: string },
): ContactRecord | LeadRecord | AccountRecord | DealRecord | undefined {
  return index[record.module].get(record.id);
}

function makeIndex(picture: CrmPicture): PictureIndex {
  const deals = byId(picture.deals);
  const dealsByAccount = new Map<string, DealRecord[]>();
  const dealsByContact = new Map<string, DealRecord[]>();
  for (const deal of deals.values()) {
    if (deal.accountId !== null) push(dealsByAccount, deal.accountId, deal);
    for (const contactId of contactsOfDeal(deal)) push(dealsByContact, contactId, deal);
  }
  const domainAccounts = new Map<string, Set<string>>();
  for (const { participantKey, accountId } of picture.domainCandidates) {
    const accounts = domainAccounts.get(participantKey) ?? new Set();
    domainAccounts.set(participantKey, accounts.add(accountId));
  }
  return {
    contacts: byId(picture.contacts),
    leads: byId(picture.leads),
    accounts: byId(picture.accounts),
    deals,
    dealsByAccount,
    dealsByContact,
    usersById: byId(picture.users),
    usersByEmail: indexUsers(picture.users),
    candidates: groupByParticipant(picture.candidates),
    formerCandidates: groupByParticipant(picture.formerCandidates ?? []),
    domainAccounts,
  };
}

/** Contacts with a part in a deal: the primary contact and every role, each once. */
export function contactsOfDeal(deal: DealRecord): Set<string> {
  const contacts = new Set(deal.roles.map((role) => role.contactId));
  if (deal.contactId !== null) contacts.add(deal.contactId);
  return contacts;
}

function byId<T extends { id: string }>(records: readonly T[]): Map<string, T> {
  return new Map(records.map((record) => [record.id, record]));
}

/** In one order whatever the order of the input: where several say the same, the first of them gives the reason. */
function groupByParticipant(candidates: readonly Candidate[]): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) push(groups, candidate.participantKey, candidate);
  for (const group of groups.values()) if (group.length > 1) group.sort(compareCandidates);
  return groups;
}

const WAYS: readonly Candidate['by'][] = ['email', 'plus-tag', 'phone'];

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    WAYS.indexOf(a.by) - WAYS.indexOf(b.by) ||
    compareTexts(a.module, b.module) ||
    compareIds(a.recordId, b.recordId) ||
    compareTexts(formerWords(a), formerWords(b))
  );
}

function formerWords({ formerly }: Candidate): string {
  return formerly === undefined ? '' : `${formerly.module} ${formerly.name}`;
}

function push<T>(groups: Map<string, T[]>, key: string, value: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

/** Of two users with one address the one who can own records is meant, then the smaller id. */
function indexUsers(users: readonly CrmUser[]): Map<string, CrmUser> {
  const byEmail = new Map<string, CrmUser>();
  const usable = (user: CrmUser) => Number(user.isActive && user.isConfirmed);
  const inOrder = [...users].sort((a, b) => usable(b) - usable(a) || compareIds(a.id, b.id));
  for (const user of inOrder) {
    for (const raw of user.emails) {
      const email = canonicalEmail(raw)?.email;
      if (email !== undefined && !byEmail.has(email)) byEmail.set(email, user);
    }
  }
  return byEmail;
}
