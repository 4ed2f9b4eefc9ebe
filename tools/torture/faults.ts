import type { Random } from './random.ts';
import type { Sandbox } from './sandbox.ts';

/** How each kind is used here. What is missing in this table cannot be healed by anybody but a person in Zoho. */
const RULES: Record<string, (random: Random) => object> = {
  '401': (random) => ({ match: someCall(random), count: random.between(1, 3) }),
  '429-concurrency': (random) => ({ match: someCall(random), count: 1 }),
  '429-day': (random) => ({ match: someCall(random), count: 1 }),
  '500': (random) => ({ match: someCall(random), count: random.between(1, 4) }),
  '502-html': (random) => ({ match: someCall(random), count: random.between(1, 3) }),
  '503': (random) => ({ match: someCall(random), count: random.between(1, 3) }),
  slow: (random) => ({ match: someCall(random), probability: 0.4, delayMs: random.between(50, 900) }),
  'cut-before': (random) => ({ match: someCall(random), count: random.between(1, 4) }),
  'commit-then-cut': (random) => ({ match: someWrite(random), count: random.between(1, 4) }),
  'commit-then-500': (random) => ({ match: someWrite(random), count: random.between(1, 4) }),
  'lose-callback': () => ({ probability: 0.3 }),
  'duplicate-callback': () => ({ probability: 0.3 }),
  'reorder-callback': () => ({ probability: 0.3 }),
  'clock-skew': (random) => ({ skewSeconds: random.between(-50, 50) }),
  'token-revoked': (random) => ({ match: someCall(random), count: 1 }),
  'module-permission-removed': (random) => ({ match: { module: random.pick(['Events', 'Notes']) } }),
};

/** Rare, because each of them stops everything for a while. */
const RARE = ['429-day', 'token-revoked', 'module-permission-removed'];
const AT_ONCE = 4;

/** Puts other faults in place of those that stand. */
export async function changeFaults(sandbox: Sandbox, random: Random): Promise<void> {
  await sandbox.control('DELETE', '/sandbox/faults');
  const common = Object.keys(RULES).filter((kind) => !RARE.includes(kind));
  const kinds = Array.from({ length: random.between(2, AT_ONCE) }, () => random.pick(common));
  if (random.chance(0.15)) kinds.push(random.pick(RARE));
  const rules = kinds.map((kind) => ({
    match: {},
    ...RULES[kind]?.(random),
    kind,
    seed: random.between(1, 1_000_000),
  }));
  await sandbox.control('POST', '/sandbox/faults', { rules });
}

function someCall(random: Random): object {
  const method = random.pick([undefined, 'POST', 'PUT', 'GET', 'DELETE']);
  return { path: '/crm/', ...(method !== undefined && { method }) };
}

function someWrite(random: Random): object {
  const module = random.pick([undefined, 'Events', 'Notes']);
  return { path: '/crm/', method: random.pick(['POST', 'PUT', 'DELETE']), ...(module !== undefined && { module }) };
}
