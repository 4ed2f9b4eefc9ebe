import pg from 'pg';
import type { Moment, Passing, Verdict } from './gate.ts';
import type { Random } from './random.ts';

/** Requests that a death can be timed to. */
const REQUESTS: Record<string, (passing: Passing) => boolean> = {
  token: ({ path }) => path.startsWith('/oauth/v2/token'),
  create_event: ({ method, path }) => method === 'POST' && isEvents(path),
  update_event: ({ method, path }) => method === 'PUT' && isEvents(path),
  delete_event: ({ method, path }) => method === 'DELETE' && isEvents(path),
  create_note: ({ method, path }) => method === 'POST' && isNotes(path),
  update_note: ({ method, path }) => method === 'PUT' && isNotes(path),
  delete_note: ({ method, path }) => method === 'DELETE' && isNotes(path),
  read: ({ method, path }) => method === 'GET' && path.includes('/crm/'),
  query: ({ path }) => path.endsWith('/coql') || path.includes('composite'),
};

/** Tables whose writes a death can be timed to, and what is saved there. */
const TABLES: Record<string, string> = {
  saves_plan_or_outcome: 'sync_operations',
  saves_what_is_in_zoho: 'placements',
  saves_state: 'meetings',
  saves_connection: 'connections',
};

const WRITES = Object.keys(REQUESTS).filter((name) => /event|note/.test(name));

const WAYS = ['dropped', 'arrives', 'answered'] as const;

/** A moment of a request at which the process is struck. */
export type Trap = {
  /** What the struck request is called. */
  nameOf(passing: Passing): string;
  strike(passing: Passing, moment: Moment): Verdict;
};

export type Step =
  | { kind: 'request'; trap: Trap }
  | { kind: 'table'; name: string; table: string }
  | { kind: 'any'; name: string };

/** Chooses where the next process dies: at a request, while it saves something, or anywhere. */
export function chooseStep(random: Random): Step {
  const draw = random.next();
  if (draw < 0.65) {
    // Writes are what it is about: half of the traps take the next one, whichever it is. Reads and tokens come by themselves.
    const requests = random.chance(0.5)
      ? WRITES
      : [random.chance(0.7) ? random.pick(WRITES) : random.pick(Object.keys(REQUESTS))];
    return { kind: 'request', trap: trapFor(requests, random.pick(WAYS)) };
  }
  if (draw < 0.8) {
    const name = random.pick(Object.keys(TABLES));
    return { kind: 'table', name, table: TABLES[name] ?? '' };
  }
  return { kind: 'any', name: 'anywhere' };
}

function trapFor(requests: string[], way: (typeof WAYS)[number]): Trap {
  const moment: Moment = way === 'answered' ? 'answered' : 'asked';
  const find = (passing: Passing) => requests.find((name) => REQUESTS[name]?.(passing));
  return {
    nameOf: (passing) => `${find(passing)} ${way}`,
    strike(passing, at) {
      if (at !== moment || find(passing) === undefined) return 'pass';
      return way === 'arrives' ? 'orphan' : 'drop';
    },
  };
}

function isEvents(path: string): boolean {
  return /^\/crm\/v\d+\/Events\b(?!.*\/Notes)/.test(path);
}

function isNotes(path: string): boolean {
  return /^\/crm\/v\d+\/(\w+\/\d+\/)?Notes\b/.test(path);
}

const WAIT_MS = 1_200;
const LOOK_MS = 10;

/**
 * Holds a table until a process waits to write there, and gives its number; null when none came in time. The process is killed by
 * `strike` while it waits.
 */
export async function strikeAtTable(
  databaseUrl: string,
  table: string,
  strike: (process: number) => boolean,
): Promise<number | null> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'torture itself' });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`lock table ${table} in share row exclusive mode`);
    const limit = performance.now() + WAIT_MS;
    while (performance.now() < limit) {
      const { rows } = await client.query<{ name: string }>(
        `select a.application_name as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
         where l.relation = $1::regclass and not l.granted`,
        [table],
      );
      const waiting = rows.map(({ name }) => Number(/^torture (\d+)/.exec(name)?.[1] ?? Number.NaN));
      const struck = waiting.find((at) => Number.isInteger(at) && strike(at));
      if (struck !== undefined) return struck;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    return null;
  } finally {
    await client.query('rollback').catch(() => undefined);
    await client.end();
  }
}
