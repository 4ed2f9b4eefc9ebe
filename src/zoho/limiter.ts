/** Live meetings go before history. */
export type Priority = 'live' | 'history';

/** What a call holds while it is in flight. */
export type Weight = { units: number; sub: number };

/**
 * When a call goes. Within one priority the lowest turn (default 0) goes first, calls of one turn first in, first out: work that began
 * earlier is finished earlier, so that lots side by side do not all wait for Zoho, and then all for us, at the same time.
 */
export type Place = { priority: Priority; turn?: number };

/** Bounds the calls of one connection. In memory: one process holds a connection at a time. */
export type Limiter = {
  /** Runs the task when there is room; rejects with the signal's reason if it is aborted while waiting. */
  run<T>(weight: Weight, place: Place, task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Starts nothing more before this time (ms on the injected clock); running calls go on. Never shortens a pause. */
  pause(untilMs: number): void;
  /** Lets only this part (0–1) of the units be held from now on, at least one; calls in flight go on. */
  narrow(share: number): void;
  state(): { units: number; sub: number; waiting: number; isPaused: boolean };
};

export type LimiterPorts = {
  concurrency: number;
  subConcurrency: number;
  now: () => number;
  sleep: (ms: number) => Promise<void>;
};

type Waiter = { weight: Weight; turn: number; start: () => void };

/**
 * A weighted semaphore. A call heavier than the whole limit runs alone. Whoever waits for units lets nobody pass (else heavy
 * calls would starve); whoever waits for sub-concurrency alone lets those pass that need none.
 */
export function createLimiter(ports: LimiterPorts): Limiter {
  const queues: Record<Priority, Waiter[]> = { live: [], history: [] };
  const held = { units: 0, sub: 0 };
  let pausedUntilMs: number | null = null;
  let width = ports.concurrency;

  const startWhatFits = (): void => {
    if (pausedUntilMs !== null) return;
    let isSubFull = false;
    for (const queue of [queues.live, queues.history]) {
      for (const waiter of [...queue]) {
        // Alone, a call may be heavier than what is left to us.
        if (held.units > 0 && held.units + waiter.weight.units > width) return;
        isSubFull ||= waiter.weight.sub > 0 && held.sub + waiter.weight.sub > ports.subConcurrency;
        if (isSubFull && waiter.weight.sub > 0) continue;
        queue.splice(queue.indexOf(waiter), 1);
        held.units += waiter.weight.units;
        held.sub += waiter.weight.sub;
        waiter.start();
      }
    }
  };

  const wakeAfterPause = async (): Promise<void> => {
    while (pausedUntilMs !== null) {
      const untilMs: number = pausedUntilMs;
      await ports.sleep(Math.max(0, untilMs - ports.now()));
      // Trust the sleep, not a second look at the clock: a clock that stands still must not pause for ever.
      if (pausedUntilMs === untilMs) pausedUntilMs = null;
    }
    startWhatFits();
  };

  return {
    async run(weight, { priority, turn = 0 }, task, signal) {
      const taken = clamp(weight, ports);
      await waitForTurn(queues[priority], { weight: taken, turn }, startWhatFits, signal);
      try {
        return await task();
      } finally {
        held.units -= taken.units;
        held.sub -= taken.sub;
        startWhatFits();
      }
    },
    pause(untilMs) {
      if (pausedUntilMs !== null) {
        pausedUntilMs = Math.max(pausedUntilMs, untilMs);
        return;
      }
      pausedUntilMs = untilMs;
      void wakeAfterPause();
    },
    narrow(share) {
      width = Math.max(1, Math.floor(ports.concurrency * share));
      startWhatFits();
    },
    state: () => ({ ...held, waiting: queues.live.length + queues.history.length, isPaused: pausedUntilMs !== null }),
  };
}

function waitForTurn(
  queue: Waiter[],
  what: { weight: Weight; turn: number },
  startWhatFits: () => void,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const waiter: Waiter = {
      ...what,
      start: () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      },
    };
    const leave = (): void => {
      queue.splice(queue.indexOf(waiter), 1);
      reject(signal?.reason);
      startWhatFits();
    };
    signal?.addEventListener('abort', leave, { once: true });
    const later = queue.findIndex(({ turn }) => turn > what.turn);
    queue.splice(later === -1 ? queue.length : later, 0, waiter);
    startWhatFits();
  });
}

function clamp(weight: Weight, limits: { concurrency: number; subConcurrency: number }): Weight {
  return { units: Math.min(weight.units, limits.concurrency), sub: Math.min(weight.sub, limits.subConcurrency) };
}
