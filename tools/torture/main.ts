import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/db/embedded-postgres.ts';
import { createThrowAwayDatabase } from '../demo/throw-away-database.ts';
import { killChildren } from './child.ts';
import { calledFrom } from './environment.ts';
import { addToLog } from './log.ts';
import { type Programs, packPrograms } from './pack-programs.ts';
import { readOptions, type TortureOptions, USAGE, UsageError } from './read-options.ts';
import { commandFor, printRun, sumUp } from './result.ts';
import { type RunResult, run } from './run.ts';

const cleanUps: (() => Promise<unknown>)[] = [];
const say = (line: string) => void process.stderr.write(`${line}\n`);

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    killChildren();
    cleanUp().finally(() => process.exit(code));
  });
}

process.exitCode = await main();

async function main(): Promise<number> {
  const options = understand();
  if (typeof options === 'number') return options;
  try {
    return await torture(options);
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return 1;
  } finally {
    killChildren();
    await cleanUp();
  }
}

/** The options, or the exit code where there is nothing to do. */
function understand(): TortureOptions | number {
  try {
    const options = readOptions(process.argv.slice(2), calledFrom());
    if (options !== null) return options;
    process.stdout.write(`${USAGE}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

async function torture(options: TortureOptions): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'salescaling-torture-'));
  // As root the database server runs as somebody else, who has to get in.
  await chmod(folder, 0o755);
  cleanUps.push(() => rm(folder, { recursive: true, force: true }));
  const server = options.database ?? (await startOwnServer(folder));
  const programs = await packPrograms(join(folder, 'programs'));
  const results: RunResult[] = [];
  const broken: { seed: number; why: string }[] = [];
  for (let at = 0; at < options.runs; at++) {
    const seed = options.seed + at;
    const outcome = await runOnce(options, { folder, server, programs, seed });
    if ('why' in outcome) broken.push(outcome);
    else results.push(outcome);
    if ('why' in outcome) say(`run ${seed} broke: ${outcome.why}\n  again: ${commandFor(options, seed)}`);
    else say(printRun(outcome, options));
  }
  const { result, holds } = sumUp(options, results, broken);
  if (options.log !== null) say(await addToLog(options.log, options, result));
  process.stdout.write(`${JSON.stringify(result)}\n`);
  return holds ? 0 : 1;
}

async function runOnce(
  options: TortureOptions,
  { folder, server, programs, seed }: { folder: string; server: string; programs: Programs; seed: number },
): Promise<RunResult | { seed: number; why: string }> {
  const database = await createThrowAwayDatabase(server);
  const { processes, meetings, kills, isMarkerMode } = options;
  try {
    const place = { folder: join(folder, `run-${seed}`), databaseUrl: database.url, programs };
    return await run({ seed, processes, meetings, kills, isMarkerMode, ...place, say });
  } catch (error) {
    return { seed, why: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  } finally {
    await database.remove().catch((error: unknown) => say(`clean-up: ${error}`));
  }
}

async function startOwnServer(folder: string): Promise<string> {
  const server = await startEmbeddedPostgres({
    dataDir: join(folder, 'server'),
    log: () => undefined,
    isThrowAway: true,
  });
  cleanUps.unshift(() => server.stop());
  return server.url;
}

async function cleanUp(): Promise<void> {
  for (const undo of cleanUps.splice(0)) await undo().catch((error: unknown) => say(`clean-up: ${error}`));
}
