import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSetupLock } from './setup-lock.mjs';

/**
 * Runs `npm ci` unless `node_modules` already holds what `package-lock.json` asks for, whoever installed it. What npm says goes to
 * standard error.
 * @param {string} root the project's folder
 */
export async function installPackages(root) {
  if (isInstalled(root)) return;
  await withSetupLock(root, async () => {
    if (isInstalled(root)) return;
    console.error('Installing packages (once; about a minute) …');
    const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
    // The pages are built here, so the packages for development are needed even where NODE_ENV=production leaves them out.
    const command = [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const run = spawnSync(command[0], command.slice(1), { cwd: root, stdio: ['ignore', 2, 2] });
    if (run.error)
      throw new Error(`npm cannot be started (${run.error.message}). Install npm, or run "npm ci" yourself.`);
    if (run.status !== 0) throw new Error('npm ci failed; its own words are above. Correct that and start again.');
    if (!isInstalled(root))
      throw new Error('npm ci left packages out. Run "npm ci --include=dev --include=optional" and start again.');
  });
}

/** Compares the lock file with the one that npm leaves in `node_modules` when an install is complete. */
export function isInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  if (wanted === null)
    throw new Error(`There is no package-lock.json in ${root}. Get the whole project, then start again.`);
  const present = readPackages(join(root, 'node_modules/.package-lock.json'));
  if (present === null) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    // Packages for other platforms stay away.
    return found ? found.version === entry.version : entry.optional === true;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
