/** `npm test [-- FILTER…]`: runs the tests once, names every skipped one with its reason, and ends with one line that counts. */
import { fileURLToPath } from 'node:url';
import { createVitest } from 'vitest/node';
import { buildWeb } from '../start/build-web.mjs';
import { countTests } from './count-tests.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
// Pages that cannot be built are a failure to be counted; the tests that do without them run all the same.
const pagesProblem = await buildWeb(root).then(
  () => null,
  (error: Error) => error.message,
);
const vitest = await createVitest('test', { root, run: true, watch: false });
let isCancelled = false;
const cancel = (): void => {
  isCancelled = true;
  void vitest.cancelCurrentRun('keyboard-input');
};
process.on('SIGINT', cancel);
process.on('SIGTERM', cancel);

await vitest.start(process.argv.slice(2)).catch((error: unknown) => {
  // Vitest has printed it; what matters here is that a run which could not start is no success.
  console.error(error instanceof Error ? error.message : error);
});
const unhandled = vitest.state.getUnhandledErrors().length;
const counts = countTests(vitest.state.getTestModules());
await vitest.close();

for (const { name, reason } of counts.skipped) console.log(`skipped: ${name} (${reason})`);
if (unhandled > 0) console.log(`${unhandled} error(s) outside of any test, see above; counted as failed`);
if (isCancelled) console.log('The run was cancelled; what did not run is counted as one failure');
if (pagesProblem) console.log(`failed: ${pagesProblem}`);
const failed = counts.failed + unhandled + (isCancelled ? 1 : 0) + (pagesProblem ? 1 : 0);
console.log(`${counts.passed} passed, ${failed} failed, ${counts.skipped.length} skipped`);
process.exit(failed > 0 || counts.passed === 0 ? 1 : 0);
