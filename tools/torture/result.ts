import type { TortureOptions } from './read-options.ts';
import type { RunResult } from './run.ts';

/** `torture --json`. */
export type TortureResult = {
  runs: number;
  meetings: number;
  kills: number;
  faults: Record<string, number>;
  events: number;
  lost: number;
  duplicates: number;
  unverified: number;
  mails: number;
  overCap: number;
  seconds: number;
  failedSeeds: number[];
};

const SHOWN = 12;

/** Adds the runs up. `holds`: something died, and nothing is wrong; in marker mode copies are allowed. */
export function sumUp(
  options: TortureOptions,
  results: RunResult[],
  broken: { seed: number }[],
): { result: TortureResult; holds: boolean } {
  const sum = (of: (run: RunResult) => number) => results.reduce((total, run) => total + of(run), 0);
  const faults: Record<string, number> = {};
  for (const run of results) {
    for (const [kind, times] of Object.entries(run.faults)) faults[kind] = (faults[kind] ?? 0) + times;
  }
  const failedSeeds = [...results.filter((run) => !isRight(options, run)), ...broken].map(({ seed }) => seed);
  const result = {
    runs: results.length + broken.length,
    meetings: (results.length + broken.length) * options.meetings,
    kills: sum(({ kills }) => kills),
    faults,
    events: sum(({ findings }) => findings.events),
    lost: sum(({ findings }) => findings.lost.length),
    duplicates: sum(({ findings }) => findings.duplicates.length),
    unverified: sum(({ findings }) => findings.unverified.length),
    mails: sum(({ mails }) => mails),
    overCap: sum(({ overCap }) => overCap),
    seconds: Math.round(sum(({ seconds }) => seconds)),
    failedSeeds,
  };
  return { result, holds: result.kills > 0 && failedSeeds.length === 0 };
}

function isRight({ isMarkerMode }: TortureOptions, { findings, mails, overCap, troubles }: RunResult): boolean {
  const { lost, unverified, duplicates } = findings;
  const copies = isMarkerMode ? 0 : duplicates.length;
  return lost.length + unverified.length + copies + mails + overCap + troubles.length === 0;
}

/** What came of one run, with the command that plays it again where something is wrong. */
export function printRun(run: RunResult, options: TortureOptions): string {
  const { lost, duplicates, unverified, events } = run.findings;
  const steps = Object.entries(run.steps).sort(([, one], [, two]) => two - one);
  const lines = [
    `run ${run.seed}: ${run.kills} kills in ${run.seconds} s, ${events} events; lost ${lost.length}, duplicates ${duplicates.length}, unverified ${unverified.length}, mails ${run.mails}, over the cap ${run.overCap}`,
    `  killed at: ${steps.map(([step, times]) => `${step} ${times}`).join(', ')}`,
  ];
  const wrong = [...run.troubles, ...lost, ...duplicates, ...unverified];
  lines.push(...wrong.slice(0, SHOWN).map((line) => `  ! ${line}`));
  if (wrong.length > SHOWN) lines.push(`  ! and ${wrong.length - SHOWN} more`);
  lines.push(...run.findings.about.slice(0, SHOWN).map((line) => `  ? ${line}`));
  if (!isRight(options, run)) lines.push(`  again: ${commandFor(options, run.seed)}`);
  return lines.join('\n');
}

export function commandFor({ processes, meetings, kills, isMarkerMode }: TortureOptions, seed: number): string {
  const mode = isMarkerMode ? ' --marker-mode' : '';
  return `npm run torture -- --seed ${seed} --processes ${processes} --meetings ${meetings} --kills ${kills}${mode}`;
}
