import type { Stage } from './stage.ts';

/** One story that happens on both sides, with what has to be true in the end. */
export type Journey = {
  /** In kebab-case; the command line calls it by this. */
  name: string;
  /** What happens and what must come of it, in a sentence. */
  story: string;
  /** Switches of the sandbox while it runs; they go back to their defaults afterwards. */
  switches?: Record<string, unknown>;
  /** Has a product of its own, before which and after which nobody else plays. */
  isAlone?: boolean;
  /** A mailbox of the administrator's own, which may get mails; nobody else ever does. */
  ownMailbox?: string;
  /** Begins with a new product that is not connected yet; the journey connects it. */
  beginsUnconnected?: boolean;
  /** Plays it. Whoever finds something wrong throws; what holds for every journey is checked afterwards. */
  play(stage: Stage): Promise<void>;
};

/** `journey --json`. */
export type JourneyReport = { passed: number; failed: number; journeys: JourneyResult[] };

export type JourneyResult = { name: string; ok: boolean; seconds: number; why?: string };

/** The report over results, in their order. */
export function reportOf(journeys: readonly JourneyResult[]): JourneyReport {
  const passed = journeys.filter(({ ok }) => ok).length;
  return { passed, failed: journeys.length - passed, journeys: [...journeys] };
}

/** A result as a person reads it: `ok  contact-changes-account  4.2 s`, or `NOT ok` with every line of why. */
export function lineOf({ name, ok, seconds, why }: JourneyResult, width: number): string {
  const time = `${seconds.toFixed(1)} s`.padStart(7);
  if (ok) return `ok      ${name.padEnd(width)} ${time}`;
  const reasons = (why ?? 'it did not say why').split('\n').map((line) => `          ${line}`);
  return [`NOT ok  ${name.padEnd(width)} ${time}`, ...reasons].join('\n');
}
