import { setTimeout as wait } from 'node:timers/promises';

/** The connections that this process serves at the moment. */
export type Servings = {
  /** Serves a connection. Resolves when that is done, or after its slot: then it goes on without the worker. */
  serve(organizationId: string): Promise<void>;
  /** Resolves once none is served any more. */
  ended(): Promise<void>;
};

type Serving = { isAskedAgain: boolean; done: Promise<void> };

/** More than these at once wait for a worker to be free for good: each may hold meetings in memory. */
const BESIDE_MAX = 64;

/**
 * A worker waits for a connection only for so long: whoever's Zoho hangs or is slow must not take the workers from others. A wake-up
 * that comes for a connection which is still served is given back when that ends.
 */
export function openServings(parts: {
  serve(organizationId: string): Promise<void>;
  slotMs: number;
  wakeAgain(organizationId: string): Promise<void>;
  onError(error: unknown): void;
}): Servings {
  const current = new Map<string, Serving>();
  const begin = (organizationId: string): Serving => {
    const serving: Serving = { isAskedAgain: false, done: Promise.resolve() };
    serving.done = parts
      .serve(organizationId)
      .finally(() => current.delete(organizationId))
      .then(() => (serving.isAskedAgain ? parts.wakeAgain(organizationId) : undefined))
      .catch(parts.onError);
    current.set(organizationId, serving);
    return serving;
  };
  return {
    async serve(organizationId) {
      const known = current.get(organizationId);
      if (known !== undefined) {
        known.isAskedAgain = true;
        return;
      }
      const { done } = begin(organizationId);
      if (current.size > BESIDE_MAX) return done;
      const ending = new AbortController();
      const slot = wait(parts.slotMs, undefined, { signal: ending.signal }).catch(() => undefined);
      await Promise.race([done, slot]);
      ending.abort();
    },
    async ended() {
      await Promise.all([...current.values()].map(({ done }) => done));
    },
  };
}
