import { z } from 'zod';
import type { InputProblem } from '../../errors.ts';

const MOST_PROBLEMS = 50;

/** Names of other APIs for what is called differently here. */
const OTHER_NAMES: Record<string, string> = {
  category: 'smartCategory',
  end: 'endsAt',
  endTime: 'endsAt',
  host: 'participants',
  hostEmail: 'participants',
  name: 'title',
  start: 'startsAt',
  startTime: 'startsAt',
  startedAt: 'startsAt',
  subject: 'title',
  attendees: 'participants',
  clip: 'clips',
  score: 'aiScore',
};

/** What is wrong with a body, in sentences with the cure: one for each place, at most 50. `schema` is what it was checked against. */
export function bodyProblems(error: z.core.$ZodError, schema: z.core.$ZodType): InputProblem[] {
  const all = error.issues.flatMap((issue) => problemsOf(issue, schema));
  if (all.length <= MOST_PROBLEMS) return all;
  const rest = `${all.length - MOST_PROBLEMS} more problems follow: mend these first`;
  return [...all.slice(0, MOST_PROBLEMS), { path: '', message: rest }];
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.core.$ZodType): InputProblem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path);
    return issue.keys.map((key) => ({ path: pathText([...issue.path, key]), message: unknownKey(key, known) }));
  }
  return [{ path: pathText(issue.path), message: messageOf(issue) }];
}

function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing: give ${aOrAn(issue.expected)}`
        : `is ${aOrAn(typeName(issue.input))}: give ${aOrAn(issue.expected)}`;
    case 'invalid_value':
      return `is none of the values it may have: use ${issue.values.map((value) => `\`${String(value)}\``).join(', ')}`;
    case 'too_small':
      return issue.origin === 'number'
        ? `is too small: the least is ${issue.minimum}`
        : `is too short: at least ${amount(issue.minimum, issue.origin)}`;
    case 'too_big':
      return issue.origin === 'number'
        ? `is too large: the most is ${issue.maximum}`
        : `is too long: at most ${amount(issue.maximum, issue.origin)}`;
    default:
      return issue.message;
  }
}

function amount(limit: number | bigint, origin: string): string {
  const unit = origin === 'string' ? 'character' : 'entr';
  const one = origin === 'string' ? '' : 'y';
  const many = origin === 'string' ? 's' : 'ies';
  return `${limit.toLocaleString('en')} ${unit}${Number(limit) === 1 ? one : many}`;
}

function unknownKey(key: string, known: string[]): string {
  const other = OTHER_NAMES[key];
  const near = other !== undefined && known.includes(other) ? other : nearest(key, known);
  const cure = near === undefined ? `remove it; known here: ${known.join(', ')}` : `did you mean \`${near}\`?`;
  return `unknown key \`${key.slice(0, 100)}\`; ${cure}`;
}

function nearest(key: string, known: string[]): string | undefined {
  const ranked = known
    .map((name) => ({ name, distance: editDistance(key.toLowerCase().slice(0, 40), name.toLowerCase()) }))
    .sort((one, two) => one.distance - two.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.ceil(best.name.length / 3) ? best.name : undefined;
}

function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const kept = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(kept, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}

/** The keys that the object at `path` may have. */
function keysAt(schema: z.core.$ZodType, path: PropertyKey[]): string[] {
  let here: z.core.$ZodType | undefined = unwrapped(schema);
  for (const step of path) {
    if (here instanceof z.ZodArray) here = unwrapped(here.element);
    else if (here instanceof z.ZodObject) here = unwrapped(here.shape[String(step)]);
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function unwrapped(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault) {
    inner = inner.unwrap();
  }
  return inner;
}

/** `participants[2].email`; keys that are no plain names are quoted. */
function pathText(path: PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    const name = String(step).slice(0, 100);
    if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name)) return `${text}[${JSON.stringify(name)}]`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function aOrAn(type: string): string {
  if (type === 'null') return 'null';
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}
