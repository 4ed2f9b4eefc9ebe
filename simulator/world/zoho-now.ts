import type { World } from './world.ts';

/** What Zoho's clock says: the sandbox's, with the skew of standing faults. */
export function zohoNow(world: World): number {
  const skew = world.faults.standing('clock-skew').reduce((sum, rule) => sum + rule.skewSeconds, 0);
  return world.clock.now() + skew * 1000;
}
