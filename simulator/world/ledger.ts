/** One API call as the ledger keeps it. */
export type LedgerRow = {
  seq: number;
  at: string;
  method: string;
  path: string;
  /** What stood after the question mark, if anything. */
  query?: string;
  status: number;
  credits: number;
  units: number;
  inFlight: number;
  /** Client id of the token; null for a call without one. */
  client: string | null;
  /** Kind of injected fault that shaped the answer. */
  fault?: string;
  /** Why the simulator itself refused the call for its limits. */
  refused?: 'concurrency' | 'sub-concurrency' | 'credits';
};

export type LedgerTotals = {
  calls: number;
  credits: number;
  units: number;
  peakInFlight: number;
  refusedForConcurrency: number;
  refusedForCredits: number;
};

/** Every API call since the start or the last reset; the newest 200,000 rows are kept. */
export type Ledger = {
  add(row: Omit<LedgerRow, 'seq'>): LedgerRow;
  since(since: string | null): LedgerRow[];
  totals(rows: readonly LedgerRow[]): LedgerTotals;
  clear(): void;
};

const keptRows = 200_000;

/** Creates an empty ledger. */
export function createLedger(): Ledger {
  let rows: LedgerRow[] = [];
  let seq = 0;
  return {
    add(row) {
      const added = { seq: ++seq, ...row };
      rows.push(added);
      if (rows.length > keptRows * 1.1) rows = rows.slice(-keptRows);
      return added;
    },
    since(since) {
      if (since === null || since === '') return rows;
      const number = Number(since);
      if (Number.isFinite(number) && number < 1e11) return rows.filter((row) => row.seq > number);
      const instant = Number.isFinite(number) ? number : Date.parse(since);
      if (Number.isNaN(instant)) return rows;
      return rows.filter((row) => Date.parse(row.at) >= instant);
    },
    totals: (chosen) => ({
      calls: chosen.length,
      credits: sum(chosen, (row) => row.credits),
      units: sum(chosen, (row) => row.units),
      peakInFlight: chosen.reduce((most, row) => Math.max(most, row.inFlight), 0),
      refusedForConcurrency: chosen.filter((row) => row.refused?.endsWith('concurrency')).length,
      refusedForCredits: chosen.filter((row) => row.refused === 'credits').length,
    }),
    clear() {
      rows = [];
    },
  };
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}
