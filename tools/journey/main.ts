import { openProgress } from '../demo/show-progress.ts';
import { lineOf } from './journey.ts';
import { JOURNEYS } from './journeys/all-journeys.ts';
import { type JourneyOptions, readOptions, USAGE, UsageError } from './read-options.ts';
import { runJourneys } from './run-journeys.ts';

/** What has to be stopped and removed, newest first, however the run ends. */
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
    console.error('Stopping and removing what the journeys made …');
    cleanUp().finally(() => process.exit(code));
  });
}

process.exitCode = await main();

async function main(): Promise<number> {
  const options = understand();
  if (typeof options === 'number') return options;
  const chosen = JOURNEYS.filter(({ name }) => options.names.includes(name));
  const width = Math.max(...chosen.map(({ name }) => name.length));
  if (options.isList) {
    for (const { name, story } of chosen) console.log(`${name.padEnd(width)}  ${story}`);
    return 0;
  }
  const say = options.isJson ? console.error : console.log;
  try {
    const report = await runJourneys({
      journeys: chosen,
      database: options.database,
      onOpen: (stop) => cleanUps.unshift(stop),
      onBegin: (name) => progress.show(name),
      onResult: (result) => {
        progress.clear();
        if (!isStopped) say(lineOf(result, width));
      },
    });
    say(`${report.passed} passed, ${report.failed} failed`);
    if (options.isJson) process.stdout.write(`${JSON.stringify(report)}\n`);
    return report.failed === 0 ? 0 : 1;
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
function understand(): JourneyOptions | number {
  try {
    const options = readOptions(
      process.argv.slice(2),
      JOURNEYS.map(({ name }) => name),
    );
    if (options !== null) return options;
    console.log(USAGE);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return 2;
  }
}

async function cleanUp(): Promise<void> {
  for (const undo of cleanUps.splice(0)) {
    await undo().catch((error: unknown) => console.error('Clean-up:', error instanceof Error ? error.message : error));
  }
}
