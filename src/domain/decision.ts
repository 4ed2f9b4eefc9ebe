import type { CrmModule, FormerRecord, RecordRef } from './crm-picture.ts';

/** What a person decided about one meeting. It outranks the machine and survives every evaluation. */
export type LinkDecision = RecordRef & {
  decision: 'pinned' | 'excluded' | 'added';
  /** `zoho`: taken from an edit that a person made there. */
  origin: 'manual' | 'zoho';
  decidedBy: string;
  name: string;
  /** What people decided about, if it was merged into this record or converted to it since. */
  formerly?: FormerRecord;
};

/** Who a participant is, said by a person; `ignored`: nobody to look for. */
export type PersonDecision =
  | { participantKey: string; kind: 'chosen'; module: 'contacts' | 'leads'; recordId: string; decidedBy: string }
  | { participantKey: string; kind: 'ignored'; decidedBy: string };

export type Decisions = {
  links: LinkDecision[];
  people: PersonDecision[];
  /** A person said: publish although nobody matched / the meeting is internal. */
  publishAnyway: boolean;
  /** Records that a person wants a note on although they are late or over the cap. */
  notesWanted: { module: CrmModule; id: string }[];
};
