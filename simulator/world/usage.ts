import { dailyCredits, type Edition } from '../metadata/editions.ts';

const dayMs = 24 * 3600 * 1000;
const bucketMs = 60 * 1000;

/** Credits of the last 24 hours and calls in flight, per org (and, for calls, per client). */
export type Usage = {
  /** Counts a call in; the numbers include it. */
  enter(org: string, client: string, units: number, isSub: boolean): { units: number; sub: number; leave(): void };
  spend(org: string, credits: number, now: number): void;
  usedCredits(org: string, now: number): number;
  clear(): void;
};

/** Creates empty counters. */
export function createUsage(): Usage {
  const flights = new Map<string, { units: number; sub: number }>();
  const buckets = new Map<string, Map<number, number>>();
  return {
    enter(org, client, units, isSub) {
      const key = `${org}|${client}`;
      const flight = flights.get(key) ?? { units: 0, sub: 0 };
      flights.set(key, flight);
      flight.units += units;
      if (isSub) flight.sub += 1;
      let isIn = true;
      return {
        units: flight.units,
        sub: flight.sub,
        leave() {
          if (!isIn) return;
          isIn = false;
          flight.units -= units;
          if (isSub) flight.sub -= 1;
        },
      };
    },
    spend(org, credits, now) {
      if (credits === 0) return;
      const held = buckets.get(org) ?? new Map<number, number>();
      buckets.set(org, held);
      const bucket = Math.floor(now / bucketMs);
      held.set(bucket, (held.get(bucket) ?? 0) + credits);
    },
    usedCredits(org, now) {
      const held = buckets.get(org);
      if (!held) return 0;
      let used = 0;
      for (const [bucket, credits] of held) {
        if (bucket * bucketMs <= now - dayMs) held.delete(bucket);
        else used += credits;
      }
      return used;
    },
    clear() {
      buckets.clear();
    },
  };
}

/** Credits an org may spend in 24 hours. Source: Zoho CRM API v8, API Limits. */
export function creditAllowance(edition: Edition, activeUsers: number): number {
  return dailyCredits(edition, activeUsers);
}
