import { calledFrom } from './environment.ts';
import { printResult } from './print-result.ts';
import { type DemoOptions, readOptions, USAGE, UsageError } from './read-options.ts';
import { runDemo } from './run-demo.ts';
import { openProgress } from './show-progress.ts';
import { startProduct } from './start-product.ts';
import { createThrowAwayDatabase, type ThrowAwayDatabase } from './throw-away-database.ts';

/** What has to be stopped and removed, newest first, however the demo ends. */
const cleanUps: (() => Promise<void>)[] = [];
const progress = openProgress(process.stderr);
let isStopped = false;

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    isStopped = true;
    progress.clear();
    console.error('Stopping and removing what the demo made …');
    cleanUp().finally(() => process.exit(code));
  });
}

process.exitCode = await main();

async function main(): Promise<number> {
  const options = understand();
  if (typeof options === 'number') return options;
  try {
    const run = await demonstrate(options);
    progress.clear();
    if (!options.isJson || !run.isProven) {
      const text = printResult(run, options.isJson ? process.stderr.isTTY : process.stdout.isTTY);
      (options.isJson ? process.stderr : process.stdout).write(`${text}\n`);
    }
    if (options.isJson) process.stdout.write(`${JSON.stringify(run.result)}\n`);
    return run.isProven ? 0 : 1;
  } catch (error) {
    progress.clear();
    // What breaks because a person stopped it is no news.
    if (!isStopped) console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await cleanUp();
  }
}

/** The options, or the exit code where there is nothing to do. */
function understand(): DemoOptions | number {
  try {
    const options = readOptions(process.argv.slice(2), calledFrom());
    if (options !== null) return options;
    console.log(USAGE);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

async function demonstrate(options: DemoOptions) {
  progress.show('Starting the product and a sandbox');
  let database: ThrowAwayDatabase | null = null;
  if (options.database !== null) {
    database = await createThrowAwayDatabase(options.database);
    cleanUps.unshift(database.remove);
  }
  const starting = startProduct({ seed: options.data, database: database?.url ?? null });
  cleanUps.unshift(starting.stop);
  return runDemo(await starting.ready, options, progress);
}

async function cleanUp(): Promise<void> {
  for (const undo of cleanUps.splice(0)) {
    await undo().catch((error: unknown) => console.error('Clean-up:', error instanceof Error ? error.message : error));
  }
}
