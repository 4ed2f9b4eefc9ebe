/** How a process that runs until it is told to stop comes to its end. */
export type ProcessEnd = {
  /** Resolves at the first SIGINT or SIGTERM, or when something was lost that the process cannot do without. */
  reached: Promise<void>;
  lose(error: Error): void;
  /** 0, or 1 with the loss told on standard error. */
  exitCode(): number;
};

/** Listens for signals: the first one asks, a second one means it, also while a start or a stop hangs. */
export function awaitEnd(): ProcessEnd {
  let lost: Error | null = null;
  let isAsked = false;
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const ask = () => {
    isAsked = true;
    reach();
  };
  const onSignal = () => (isAsked ? process.exit(1) : ask());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
  return {
    reached,
    lose(error) {
      lost = error;
      ask();
    },
    exitCode() {
      if (lost === null) return 0;
      process.stderr.write(`Stopped: ${String(lost)}\n`);
      return 1;
    },
  };
}
