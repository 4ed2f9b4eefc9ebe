import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { NaivePolicy } from './naive/expect-meeting.ts';

export type DemoOptions = NaivePolicy & { data: string; database: string | null; isJson: boolean };

/** Wrong use of the command: its message is for the person who typed it. */
export class UsageError extends Error {}

const SAMPLE = join(import.meta.dirname, '..', '..', 'sample');

export const USAGE = `npm run demo -- [--data DIR] [--policy everything|focused] [--publish relevant|everything] [--cap N|none] [--database URL] [--json]

Imports every meeting of a data folder (default: the sample of this project) into a throw-away copy of the product, lets it
publish them into a throw-away sandbox of Zoho CRM, and proves what arrived there.`;

/** Reads the command line; null: the person asked for help. Throws `UsageError`. Paths are those of the folder where npm was called. */
export function readOptions(args: string[], calledFrom: string): DemoOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const data = values.data === undefined ? SAMPLE : resolve(calledFrom, values.data);
  if (!existsSync(data)) throw new UsageError(`--data ${values.data}: there is no such folder.`);
  return {
    data,
    policy: oneOf('--policy', values.policy, ['everything', 'focused']),
    publish: oneOf('--publish', values.publish, ['relevant', 'everything']),
    cap: readCap(values.cap),
    database: values.database === undefined ? null : readDatabase(values.database),
    isJson: values.json,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        data: { type: 'string' },
        policy: { type: 'string', default: 'everything' },
        publish: { type: 'string', default: 'relevant' },
        cap: { type: 'string', default: '10' },
        database: { type: 'string' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function oneOf<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${name} ${value}: use ${allowed.join(' or ')}.`);
  return found;
}

function readCap(value: string): number | null {
  if (value === 'none') return null;
  if (!/^\d{1,6}$/.test(value)) throw new UsageError(`--cap ${value}: use a whole number or none.`);
  return Number(value);
}

function readDatabase(value: string): string {
  if (!/^postgres(ql)?:\/\//.test(value))
    throw new UsageError('--database: use an address like postgres://user@host:5432/name.');
  return value;
}
