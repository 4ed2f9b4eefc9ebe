import type { CrmModule } from './crm-picture.ts';

/** Who a participant is in the CRM. */
export type ParticipantMatch =
  | { participantKey: string; kind: 'internal'; userId: string | null; reason: string }
  | {
      participantKey: string;
      kind: 'matched';
      module: 'contacts' | 'leads';
      recordId: string;
      by: 'email' | 'plus-tag' | 'phone' | 'decision';
      reason: string;
    }
  | {
      participantKey: string;
      kind: 'ambiguous';
      by: 'email' | 'plus-tag' | 'phone' | 'domain';
      candidates: { module: 'contacts' | 'leads' | 'accounts'; recordId: string; name: string }[];
      reason: string;
    }
  | { participantKey: string; kind: 'account_by_domain'; accountId: string; domain: string; reason: string }
  | { participantKey: string; kind: 'unknown'; cause: 'withheld'; reason: string }
  | {
      participantKey: string;
      kind: 'unmatched';
      cause: 'no_address' | 'nobody' | 'free_mail' | 'ignored';
      reason: string;
    };

export type PathStep = { module: 'participants' | CrmModule; id: string; name: string };

/** A link meeting → record with its origin, its path of real edges and its reason in words. */
export type Association = {
  module: CrmModule;
  id: string;
  name: string;
  origin: 'direct' | 'cascade' | 'manual' | 'zoho';
  decision: 'pinned' | 'added' | null;
  /** The shortest, then smallest, of the paths that lead here; begins with a participant unless a person added it. */
  path: PathStep[];
  reason: string;
  /** Matched participants that lead here (accounts: their contacts; deals: those with a role, else those of the account). */
  participantKeys: string[];
  /** Deals: matched contacts with a role (primary contact included). Accounts: matched contacts of it, and participants
   *  whose company domain found it. Else 0. */
  matchedCount: number;
};

/** A link that was considered and not made. */
export type NotLinked = {
  module: CrmModule;
  id: string;
  name: string;
  cause:
    | 'excluded'
    | 'ambiguous'
    | 'outranked'
    | 'closed'
    | 'outside_window'
    | 'other_pipeline'
    | 'over_limit'
    | 'ask_above_limit'
    | 'roles_unknown'
    | 'domain_match_off';
  path: PathStep[];
  reason: string;
};

/** The result of associating one meeting. */
export type Evaluation = {
  matches: ParticipantMatch[];
  associations: Association[];
  notLinked: NotLinked[];
  /** Deals whose roles were not read yet and that could change the result: *roles still loading*. */
  dealsWithUnknownRoles: string[];
};
