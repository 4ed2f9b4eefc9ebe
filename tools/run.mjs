// Runs a TypeScript program of this project: `node tools/run.mjs [--web] ENTRY [ARGS…]`.
// Plain JavaScript without dependencies, because it has to work in a fresh clone: it installs what is missing (and builds the
// pages, with --web), then becomes the program: same process, so that signals and the exit code are the program's own.
// Standard output belongs to the program; everything here speaks on standard error.
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const OLDEST_NODE = [20, 19];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
  leave(
    1,
    `Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}. Get it from https://nodejs.org, then try again.`,
  );
}

const args = process.argv.slice(2);
const needsWeb = args[0] === '--web';
if (needsWeb) args.shift();
const [entry, ...rest] = args;
if (!entry) leave(2, 'Say what to run: node tools/run.mjs [--web] ENTRY [ARGS…]');

try {
  const { installPackages } = await import('./start/install-packages.mjs');
  await installPackages(root);
  if (needsWeb) {
    const { buildWeb } = await import('./start/build-web.mjs');
    await buildWeb(root);
  }
} catch (error) {
  leave(1, error.message);
}

const { followLauncher, mergeRepeatedSignals } = await import('./start/launcher.mjs');
mergeRepeatedSignals();
followLauncher();
const program = resolve(root, entry);
process.argv = [process.argv[0], program, ...rest];
const { register } = await import('tsx/esm/api');
register();
await import(pathToFileURL(program).href);

function leave(code, message) {
  console.error(message);
  process.exit(code);
}
