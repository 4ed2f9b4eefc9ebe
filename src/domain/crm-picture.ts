import type { Moment } from './meeting.ts';

/** The four kinds of CRM record that a meeting can be associated with. */
export type CrmModule = 'contacts' | 'leads' | 'accounts' | 'deals';

export type RecordRef = { module: CrmModule; id: string };

export type ContactRecord = {
  id: string;
  name: string;
  /** The contact's own account first, then those of lookups that the organization named. */
  accountIds: string[];
  createdAt: Moment | null;
};

export type LeadRecord = { id: string; name: string; company: string | null; createdAt: Moment | null };

export type AccountRecord = { id: string; name: string; parentId: string | null; createdAt: Moment | null };

export type DealRecord = {
  id: string;
  name: string;
  accountId: string | null;
  /** Zoho's primary contact of the deal; counts as a role. */
  contactId: string | null;
  roles: { contactId: string; role: string | null }[];
  /** False while the roles of this deal were not read yet: then `roles` is unknown, not empty. */
  areRolesLoaded: boolean;
  stage: string;
  isOpen: boolean;
  pipeline: string | null;
  /** `yyyy-MM-dd` */
  closingDate: string | null;
  createdAt: Moment | null;
};

/** A Zoho user, with every address that identifies them. */
export type CrmUser = { id: string; name: string; emails: string[]; isActive: boolean; isConfirmed: boolean };

/** A contact or lead whose address equals a participant's: `rank` email before plus-tag before phone. */
export type Candidate = {
  participantKey: string;
  by: 'email' | 'plus-tag' | 'phone';
  module: 'contacts' | 'leads';
  recordId: string;
  /** The record that has the address was merged into this one, or converted to it. */
  formerly?: FormerRecord;
};

/** A record that ended in another one: merged into one of its own module, or a lead converted to a contact. */
export type FormerRecord = { module: CrmModule; name: string };

/** An account that carries the company domain of a participant. */
export type DomainCandidate = { participantKey: string; domain: string; accountId: string };

/**
 * Everything of the mirror that one meeting can reach: the result of *gather*. Records are live ones only:
 * deleted ones are left out, merged ones appear as their survivor.
 */
export type CrmPicture = {
  contacts: ContactRecord[];
  leads: LeadRecord[];
  accounts: AccountRecord[];
  deals: DealRecord[];
  users: CrmUser[];
  candidates: Candidate[];
  domainCandidates: DomainCandidate[];
  /** Direct links that an earlier evaluation stored; they count only where Zoho withholds the addresses now. */
  formerCandidates?: Candidate[];
  /** Modules in which Zoho withholds e-mail addresses: nobody is *absent* there, only *unknown*. */
  withheldModules: ('contacts' | 'leads')[];
};
