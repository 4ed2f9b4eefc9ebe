import type { Clock } from '../clock.ts';

/** Work that waits for an instant of the simulator's own clock. */
export type Timers = {
  /** Runs `task` once the clock has reached `epochMs`. */
  at(epochMs: number, task: () => void): void;
  /** Runs what is due, in order of time; to be called whenever the clock was set. */
  runDue(): void;
  clear(): void;
};

const longestWaitMs = 2_000_000_000;

/** Creates empty timers. They never keep the process alive, and stand still with a frozen clock. */
export function createTimers(clock: Clock): Timers {
  let waiting: { at: number; task: () => void }[] = [];
  let alarm: NodeJS.Timeout | undefined;
  const arm = () => {
    clearTimeout(alarm);
    const first = Math.min(...waiting.map((one) => one.at));
    if (clock.isFrozen || !Number.isFinite(first)) return;
    const waitMs = Math.min(longestWaitMs, Math.max(0, first - clock.now()));
    alarm = setTimeout(runDue, waitMs);
    alarm.unref();
  };
  const runDue = () => {
    const now = clock.now();
    const due = waiting.filter((one) => one.at <= now).sort((a, b) => a.at - b.at);
    waiting = waiting.filter((one) => one.at > now);
    for (const one of due) one.task();
    arm();
  };
  return {
    at(epochMs, task) {
      waiting.push({ at: epochMs, task });
      arm();
    },
    runDue,
    clear() {
      waiting = [];
      clearTimeout(alarm);
    },
  };
}
