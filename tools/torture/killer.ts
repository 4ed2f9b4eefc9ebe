import type { GateOptions } from './gate.ts';
import type { Processes } from './processes.ts';
import type { Trap } from './steps.ts';

/** Kills processes and counts it. */
export type Killer = {
  judge: GateOptions['judge'];
  use(processes: Processes): void;
  /** Kills one and lets it come back by itself. False when it was not there. */
  strike(at: number, step: string): boolean;
  /** Lets the process that comes to this step of a request die there; true once it did, false when none came before `end`. */
  wait(trap: Trap, end: Promise<void>): Promise<boolean>;
  figures(): { kills: number; steps: Record<string, number> };
};

/** A killer without processes yet. */
export function openKiller(): Killer {
  let processes: Processes | null = null;
  let armed: { trap: Trap; spring: () => void } | null = null;
  let kills = 0;
  const steps: Record<string, number> = {};
  const strike = (at: number, step: string): boolean => {
    if (processes?.kill(at) !== true) return false;
    kills += 1;
    steps[step] = (steps[step] ?? 0) + 1;
    processes.start(at).catch(() => undefined);
    return true;
  };
  return {
    judge(passing, moment) {
      // A helper of the run itself is nobody's process.
      if (armed === null || passing.process < 0) return 'pass';
      const { trap, spring } = armed;
      const verdict = trap.strike(passing, moment);
      if (verdict === 'pass' || !strike(passing.process, trap.nameOf(passing))) return 'pass';
      armed = null;
      spring();
      return verdict;
    },
    use(given) {
      processes = given;
    },
    strike,
    async wait(trap, end) {
      let isSprung = false;
      await Promise.race([
        end,
        new Promise<void>((resolve) => {
          const spring = () => {
            isSprung = true;
            resolve();
          };
          armed = { trap, spring };
        }),
      ]);
      armed = null;
      return isSprung;
    },
    figures: () => ({ kills, steps }),
  };
}
