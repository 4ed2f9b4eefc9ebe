/** Lets one at a time do something; live work goes before history that waits as well. */
export type Turns = <T>(priority: 'live' | 'history', work: () => Promise<T>) => Promise<T>;

export function takeTurns(): Turns {
  const waiting = { live: [] as (() => void)[], history: [] as (() => void)[] };
  let isTaken = false;
  return async (priority, work) => {
    if (isTaken) await new Promise<void>((begin) => waiting[priority].push(begin));
    isTaken = true;
    try {
      return await work();
    } finally {
      const next = waiting.live.shift() ?? waiting.history.shift();
      // Handed over while it is taken: nobody gets in between.
      if (next === undefined) isTaken = false;
      else next();
    }
  };
}
