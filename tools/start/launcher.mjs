const REPEAT_MS = 1_000;
const WATCH_MS = 200;

/**
 * Ctrl-C in a terminal reaches every process in it, and npm passes its own copy on to the script, so that one key press comes
 * twice. Of the same signal within a second only the first counts; a later one is another key press.
 */
export function mergeRepeatedSignals() {
  const emit = process.emit;
  const lastAt = new Map();
  process.emit = function emitOnce(name, ...args) {
    if (name === 'SIGINT' || name === 'SIGTERM') {
      const now = performance.now();
      const isRepeated = now - (lastAt.get(name) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS;
      lastAt.set(name, now);
      if (isRepeated) return true;
    }
    return emit.call(this, name, ...args);
  };
}

/**
 * Somebody who kills npm with SIGKILL means the program: npm cannot pass that on, and the program would go on unseen, holding the port
 * and the data folder. Every part of the product survives being killed, so it ends the same way.
 */
export function followLauncher() {
  if (!process.env.npm_lifecycle_event) return;
  const launcher = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== launcher) process.kill(process.pid, 'SIGKILL');
  }, WATCH_MS);
  watch.unref();
}
