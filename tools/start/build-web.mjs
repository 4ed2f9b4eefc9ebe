import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withSetupLock } from './setup-lock.mjs';

const STAMP = '.built-from';

/**
 * Builds the pages into `web/dist` if they are missing or their sources have changed. The new ones take the old ones' place only when
 * they are complete.
 * @param {string} root the project's folder
 */
export async function buildWeb(root) {
  const sources = hashOfSources(root);
  if (readStamp(root) === sources) return;
  await withSetupLock(root, async () => {
    if (readStamp(root) === sources) return;
    console.error('Building the pages …');
    const draft = join(root, 'node_modules', `.web-build-${process.pid}`);
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const args = [vite, 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'];
    const run = spawnSync(process.execPath, args, { cwd: join(root, 'web'), stdio: ['ignore', 2, 2] });
    if (run.status !== 0) {
      rmSync(draft, { recursive: true, force: true });
      throw new Error('The pages could not be built; the reason is above. Correct that and start again.');
    }
    writeFileSync(join(draft, STAMP), sources);
    takeOver(draft, join(root, 'web/dist'));
  });
}

function takeOver(draft, target) {
  const old = `${draft}.old`;
  mkdirSync(dirname(target), { recursive: true });
  if (existsSync(target)) renameSync(target, old);
  renameSync(draft, target);
  rmSync(old, { recursive: true, force: true });
}

function readStamp(root) {
  const file = join(root, 'web/dist', STAMP);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** Of every file below `web/` that is not made by a build, and of the versions of the packages. */
function hashOfSources(root) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  const visit = (folder) => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true });
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`;
      if (entry.name === 'node_modules' || path === 'web/dist') continue;
      if (entry.isDirectory()) visit(path);
      else hash.update(`\n${path}\n`).update(readFileSync(join(root, path)));
    }
  };
  visit('web');
  return hash.digest('hex');
}
