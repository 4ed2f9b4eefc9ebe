import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { killChildren } from '../tools/torture/child.ts';
import { backfill } from './backfill.ts';
import type { Bench } from './bench.ts';
import { credits } from './credits.ts';
import { ingest } from './ingest.ts';
import { latency } from './latency.ts';

const BENCHES: Record<string, Bench> = { ingest, latency, credits, backfill };

const USAGE = `npm run bench -- NAME|all [--database URL] [--size N] [--json]

Measures the product; the last line of standard output is the result as JSON.

  NAME            ${Object.keys(BENCHES).join(', ')}
  --database URL  a PostgreSQL whose user may create databases; else one of our own
  --size N        another size than usual, for a quick look`;

const say = (line: string) => void process.stderr.write(`${line}\n`);

process.exitCode = await main();

async function main(): Promise<number> {
  const { name, database, size } = readArguments();
  const names = name === 'all' ? Object.keys(BENCHES) : [name];
  if (names.some((one) => BENCHES[one] === undefined)) {
    say(USAGE);
    return 2;
  }
  say(describeMachine());
  const results: Record<string, unknown> = {};
  try {
    for (const one of names) {
      say(`${one} …`);
      results[one] = await BENCHES[one]?.({ database, size, say });
      say(`${one}: ${JSON.stringify(results[one])}`);
    }
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  } finally {
    killChildren();
  }
  process.stdout.write(`${JSON.stringify(name === 'all' ? results : results[name])}\n`);
  return 0;
}

function readArguments(): { name: string; database: string | null; size: number | null } {
  try {
    const options = {
      database: { type: 'string' },
      size: { type: 'string' },
      json: { type: 'boolean' },
    } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    const size = values.size === undefined ? null : Number(values.size);
    if (positionals.length === 1 && (size === null || Number.isInteger(size))) {
      return { name: positionals[0] ?? '', database: values.database ?? null, size };
    }
  } catch (error) {
    say(String(error));
  }
  say(USAGE);
  process.exit(2);
}

/** Figures mean nothing without the machine and the day. */
function describeMachine(): string {
  const load = os.loadavg().map((one) => one.toFixed(1));
  return `${new Date().toISOString()}, ${readCommit()}, ${os.cpus().length} × ${os.cpus()[0]?.model}, node ${process.version}, load ${load.join(' ')}`;
}

function readCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'no commit known';
  }
}
