import { parseArgs } from 'node:util';

export type JourneyOptions = { names: string[]; database: string | null; isJson: boolean; isList: boolean };

/** Wrong use of the command: its message is for the person who typed it. */
export class UsageError extends Error {}

export const USAGE = `npm run journey -- [NAME…] [--list] [--database URL] [--json]

Starts the product and its sandbox of Zoho CRM on a throw-away data folder, lets people act on both sides, moves the clocks,
and proves what stands on both sides afterwards. Without names: all journeys. --list names them.`;

/** Reads the command line; null: the person asked for help. `known`: names of all journeys, in order. Throws `UsageError`. */
export function readOptions(args: string[], known: readonly string[]): JourneyOptions | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const strangers = positionals.filter((name) => !known.includes(name));
  if (strangers.length > 0) {
    throw new UsageError(`There is no journey ${strangers.join(', ')}. There are:\n  ${known.join('\n  ')}`);
  }
  const { database } = values;
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(database)) {
    throw new UsageError('--database: use an address like postgres://user@host:5432/name.');
  }
  const names = positionals.length === 0 ? [...known] : known.filter((name) => positionals.includes(name));
  return { names, database: database ?? null, isJson: values.json, isList: values.list };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        database: { type: 'string' },
        json: { type: 'boolean', default: false },
        list: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
