import { isObject } from '../json.ts';
import type { Row, Table } from '../store/table.ts';

/** Kinds of fault, each with what it does. */
export const faultKinds = {
  '401': 'Answers INVALID_TOKEN although the token is good',
  '429-concurrency': 'Answers TOO_MANY_REQUESTS, as for too many calls at once',
  '429-day': 'Answers TOO_MANY_REQUESTS, as for a spent day',
  '500': 'Answers INTERNAL_ERROR and does nothing',
  '502-html': 'Answers 502 with a page of HTML and does nothing',
  '503': 'Answers 503 without a body and does nothing',
  slow: 'Waits delayMs, then answers as always',
  'cut-before': 'Closes the connection before anything is done',
  'commit-then-cut': 'Does everything, then closes the connection in place of the answer',
  'commit-then-500': 'Does everything, then answers INTERNAL_ERROR',
  'lose-callback': 'Drops a notification',
  'duplicate-callback': 'Sends a notification twice',
  'delay-callback': "Sends a notification delayMs later, by the sandbox's clock",
  'reorder-callback': 'Holds a notification back until after the next one',
  'clock-skew': "Zoho's clock runs skewSeconds ahead of the sandbox's while the rule stands",
  'token-revoked': 'Revokes the refresh token of the call, for good, then refuses the call',
  'user-deactivated': 'Deactivates the user of the call, for good, then refuses the call',
  'field-removed': 'The field named by field does not exist while the rule stands',
  'module-permission-removed':
    'The user may do nothing with the matched module while the rule stands; with match.method only not what that method does',
} as const;

export type FaultKind = keyof typeof faultKinds;

/** Faults that strike single calls; the others describe a condition, or callbacks. */
export const callFaults: readonly FaultKind[] = [
  '401',
  '429-concurrency',
  '429-day',
  '500',
  '502-html',
  '503',
  'slow',
  'cut-before',
  'commit-then-cut',
  'commit-then-500',
  'token-revoked',
  'user-deactivated',
];

export type FaultRule = {
  id: string;
  match: { method?: string; path?: string; module?: string };
  kind: FaultKind;
  /** How often it still strikes; null for always. */
  left: number | null;
  probability: number;
  /** State of the rule's own random numbers. */
  state: number;
  delayMs: number;
  skewSeconds: number;
  field?: string;
  hits: number;
};

export type FaultSubject = { method: string; path: string; module?: string };

/** The rules in force. */
export type Faults = {
  add(rules: unknown): { reasons: string[] };
  clear(): void;
  all(): FaultRule[];
  /** The first rule of those kinds that strikes now; it is counted. */
  strike(subject: FaultSubject, kinds: (kind: FaultKind) => boolean): FaultRule | undefined;
  /** Rules that stand (not counted), for faults that describe a condition. */
  standing(kind: FaultKind): FaultRule[];
};

/** Keeps the rules in a table, so that they outlive a restart. */
export function openFaults(table: Table): Faults {
  const parsedRules = new WeakMap<Row, FaultRule>();
  const read = (row: Row): FaultRule => {
    const known = parsedRules.get(row) ?? (JSON.parse(String(row.rule)) as FaultRule);
    parsedRules.set(row, known);
    return known;
  };
  const write = (rule: FaultRule) => table.put({ id: rule.id, rule: JSON.stringify(rule) });
  const all = () => [...table.rows()].map(read);
  let serial = 0;
  return {
    add(rules) {
      if (!Array.isArray(rules)) return { reasons: ['rules must be a list of {match, kind, …}'] };
      const parsed = rules.map((rule, index) => parseRule(rule, index));
      const reasons = parsed.flatMap((one) => ('reason' in one ? [one.reason] : []));
      if (reasons.length > 0) return { reasons };
      for (const one of parsed) {
        if ('rule' in one) write({ ...one.rule, id: `${Date.now()}-${++serial}` });
      }
      return { reasons: [] };
    },
    clear: () => {
      for (const rule of all()) table.remove(rule.id);
    },
    all,
    strike(subject, kinds) {
      if (table.size === 0) return undefined;
      for (const rule of all()) {
        if (rule.left === 0 || !kinds(rule.kind) || !isMatch(rule, subject)) continue;
        const { state, value } = nextRandom(rule.state);
        const strikes = value < rule.probability;
        const left = strikes && rule.left !== null ? rule.left - 1 : rule.left;
        write({ ...rule, state, left, hits: rule.hits + (strikes ? 1 : 0) });
        if (strikes) return rule;
      }
      return undefined;
    },
    standing: (kind) => (table.size === 0 ? [] : all().filter((rule) => rule.kind === kind && rule.left !== 0)),
  };
}

/** True when the rule's match fits the call; text in `path` may hold `*` for anything. */
export function isMatch(rule: FaultRule, subject: FaultSubject): boolean {
  const { method, path, module } = rule.match;
  if (method && method.toUpperCase() !== subject.method.toUpperCase()) return false;
  if (module && module.toLowerCase() !== (subject.module ?? '').toLowerCase()) return false;
  if (!path) return true;
  if (!path.includes('*')) return subject.path.includes(path);
  const pattern = path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(subject.path);
}

function parseRule(value: unknown, index: number): { rule: Omit<FaultRule, 'id'> } | { reason: string } {
  if (!isObject(value)) return { reason: `rules[${index}] must be an object` };
  const kind = value.kind;
  if (typeof kind !== 'string' || !(kind in faultKinds)) {
    return { reason: `rules[${index}].kind must be one of ${Object.keys(faultKinds).join(', ')}` };
  }
  const match = isObject(value.match) ? value.match : {};
  for (const [key, one] of Object.entries(match)) {
    if (!['method', 'path', 'module'].includes(key) || typeof one !== 'string') {
      return { reason: `rules[${index}].match.${key} must be a text under method, path or module` };
    }
  }
  for (const key of ['count', 'probability', 'seed', 'delayMs', 'skewSeconds'] as const) {
    if (value[key] !== undefined && typeof value[key] !== 'number') {
      return { reason: `rules[${index}].${key} must be a number` };
    }
  }
  return {
    rule: {
      match: match as FaultRule['match'],
      kind: kind as FaultKind,
      left: typeof value.count === 'number' ? value.count : null,
      probability: typeof value.probability === 'number' ? value.probability : 1,
      state: typeof value.seed === 'number' ? value.seed >>> 0 : 1,
      delayMs: typeof value.delayMs === 'number' ? value.delayMs : 0,
      skewSeconds: typeof value.skewSeconds === 'number' ? value.skewSeconds : 0,
      ...(typeof value.field === 'string' ? { field: value.field } : {}),
      hits: 0,
    },
  };
}

function nextRandom(state: number): { state: number; value: number } {
  const next = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(next ^ (next >>> 15), 1 | next);
  t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
  return { state: next, value: ((t ^ (t >>> 14)) >>> 0) / 4294967296 };
}
