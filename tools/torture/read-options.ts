import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type TortureOptions = {
  /** Of the first run; each further run has the next number. */
  seed: number;
  runs: number;
  processes: number;
  meetings: number;
  /** Process deaths in a run. */
  kills: number;
  isMarkerMode: boolean;
  database: string | null;
  log: string | null;
  isJson: boolean;
};

/** Wrong use of the command: its message is for the person who typed it. */
export class UsageError extends Error {}

export const USAGE = `npm run torture -- [--seed N] [--runs K] [--processes P] [--meetings M] [--kills N] [--marker-mode] [--log FILE] [--database URL] [--json]

Real processes on a real PostgreSQL publish meetings into the sandbox, whose answers are faulty, while they are killed at random and
at named steps, and while the meetings change. In the end everything is healed, one quarantine passes, and what stands in the sandbox
is compared with what has to be there.

  --seed N        the first run's seed (default 1); the next run has the next number
  --runs K        runs, each with a database and a sandbox of its own (default 1)
  --processes P   processes of the product: one with HTTP, the others workers alone (default 2)
  --meetings M    meetings of a run (default 30)
  --kills N       process deaths of a run (default 50)
  --marker-mode   the sandbox refuses custom fields: at least once is the promise then, and duplicates are only counted
  --log FILE      adds this call's figures to a file of JSON lines, and tells the sum of all
  --database URL  a PostgreSQL whose user may create databases; else one of our own in a throw-away folder`;

/** Reads the command line; null: the person asked for help. Throws `UsageError`. */
export function readOptions(args: string[], calledFrom: string): TortureOptions | null {
  const values = parse(args);
  if (values.help) return null;
  if (values.database !== undefined && !/^postgres(ql)?:\/\//.test(values.database)) {
    throw new UsageError('--database: use an address like postgres://user@host:5432/name.');
  }
  return {
    seed: readNumber('--seed', values.seed, 0, 2 ** 31),
    runs: readNumber('--runs', values.runs, 1, 10_000),
    processes: readNumber('--processes', values.processes, 1, 16),
    meetings: readNumber('--meetings', values.meetings, 1, 1000),
    kills: readNumber('--kills', values.kills, 1, 10_000),
    isMarkerMode: values['marker-mode'],
    database: values.database ?? null,
    log: values.log === undefined ? null : resolve(calledFrom, values.log),
    isJson: values.json,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        seed: { type: 'string', default: '1' },
        runs: { type: 'string', default: '1' },
        processes: { type: 'string', default: '2' },
        meetings: { type: 'string', default: '30' },
        kills: { type: 'string', default: '50' },
        'marker-mode': { type: 'boolean', default: false },
        log: { type: 'string' },
        database: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readNumber(name: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new UsageError(`${name} ${value}: use a whole number from ${least} to ${most}.`);
  }
  return number;
}
