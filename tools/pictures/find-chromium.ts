import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The browser for end-to-end tests: `CHROMIUM`, or the first one on the path. Without one a test says so by
 * `context.skip(browser.whyNot)`, so that it is counted as skipped.
 */
export function findChromium(): { path: string } | { whyNot: string } {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const path = [process.env.CHROMIUM ?? '', ...candidates].find((file) => file !== '' && isProgram(file));
  return path
    ? { path }
    : { whyNot: 'no Chromium on this machine: install it (Debian: apt-get install chromium) or set CHROMIUM' };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
