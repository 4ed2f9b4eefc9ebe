import { compareTexts } from './compare-texts.ts';
import type { CrmModule } from './crm-picture.ts';

/** Record ids are decimal numbers above 2^53 kept as text: the shorter is the smaller, then the text decides. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || compareTexts(a, b);
}

export type RankedDeal = { id: string; isOpen: boolean; matchedCount: number; closingDate: string | null };

/** Deal order: open now, then more matched participants with a role, then the later closing date, then the smaller id. */
export function compareDeals(a: RankedDeal, b: RankedDeal): number {
  return (
    Number(b.isOpen) - Number(a.isOpen) ||
    b.matchedCount - a.matchedCount ||
    compareTexts(b.closingDate ?? '', a.closingDate ?? '') ||
    compareIds(a.id, b.id)
  );
}

export type RankedRecord = { id: string; matchedCount: number };

/** Order of accounts, contacts and leads: more matched participants, then the smaller id. */
export function compareByMatched(a: RankedRecord, b: RankedRecord): number {
  return b.matchedCount - a.matchedCount || compareIds(a.id, b.id);
}

const MODULES_IN_CAP_ORDER: readonly CrmModule[] = ['accounts', 'contacts', 'leads', 'deals'];

/** Cap order between modules: accounts, contacts, leads, deals. */
export function compareModules(a: CrmModule, b: CrmModule): number {
  return MODULES_IN_CAP_ORDER.indexOf(a) - MODULES_IN_CAP_ORDER.indexOf(b);
}

/** A record's name in maps and sets over several modules: `deals:600…`. */
export function recordKey(record: { module: CrmModule; id: string }): string {
  return `${record.module}:${record.id}`;
}
