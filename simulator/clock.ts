/** The simulator's own time: runs beside the machine's, shifted, or stands still when frozen. */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  /** Sets the time; a running clock keeps running from there. */
  set(epochMs: number): void;
  /** How far the clock is from the machine's, in milliseconds; a frozen one gives its frozen instant. */
  shiftMs(): number;
  readonly isFrozen: boolean;
};

/** A clock that runs with the machine's, `shiftMs` ahead of it. */
export function runningClock(shiftMs = 0): Clock {
  let shift = shiftMs;
  return {
    now: () => Date.now() + shift,
    set: (epochMs) => {
      shift = epochMs - Date.now();
    },
    shiftMs: () => shift,
    isFrozen: false,
  };
}

/** A clock that moves only when it is set. */
export function frozenClock(epochMs: number): Clock {
  let instant = epochMs;
  return {
    now: () => instant,
    set: (next) => {
      instant = next;
    },
    shiftMs: () => instant,
    isFrozen: true,
  };
}
