import type { Obstacle } from '../../domain/obstacle.ts';
import type { SendResult } from './send-plans.ts';

/** What decides about a meeting whose writes came out differently: one that may still arrive outweighs one that was refused. */
const GRAVITY: Record<SendResult['kind'], number> = { done: 0, failed: 1, later: 2, again: 3, unknown: 4, auth: 5 };

/** The graver of two results of a meeting's writes; differences and obstacles of both are told. */
export function graver(known: SendResult | undefined, next: SendResult): SendResult {
  if (known === undefined) return next;
  const obstacles = [...obstaclesOf(known), ...obstaclesOf(next)];
  const met = obstacles.length === 0 ? {} : { obstacles };
  if (known.kind === 'done' && next.kind === 'done') {
    const differences = [...(known.differences ?? []), ...(next.differences ?? [])];
    return { kind: 'done', ...(differences.length === 0 ? {} : { differences }), ...met };
  }
  const worse = GRAVITY[next.kind] > GRAVITY[known.kind] ? next : known;
  return worse.kind === 'failed' ? { ...worse, ...met } : worse;
}

function obstaclesOf(result: SendResult): Obstacle[] {
  return result.kind === 'done' || result.kind === 'failed' ? (result.obstacles ?? []) : [];
}
