import type { LeavePreview } from './count-leave.ts';

/** What was found at the end of leaving. */
export type LeaveResult = {
  /** Of ours still in Zoho, by the ledger. */
  events: number;
  adoptedEvents: number;
  notes: number;
  /** Events that carry our id, by the ledger, and as Zoho listed them; null: not asked. */
  ids: number;
  idsSeen: number | null;
  /** What a person has to look after, in sentences. */
  problems: string[];
};

/** What a leaving keeps: what was told before it began, and in the end what was found. */
export type StoredLeave = LeavePreview & { result?: LeaveResult };
