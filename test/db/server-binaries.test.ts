import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyBinaries, removeOldBinaries } from '../../src/db/embedded/copy-binaries.ts';
import { createCluster } from '../../src/db/embedded/create-cluster.ts';
import { findBinaries } from '../../src/db/embedded/find-binaries.ts';
import { cleanUpHolders, makeFolder } from '../harness/server-holder.ts';

cleanUpHolders();

/** The package as npm leaves it with `--ignore-scripts` on a file system without modes: no library links, nothing executable. */
function packageWithoutScripts(): { root: string; version: string } {
  const installed = findBinaries();
  const root = makeFolder();
  cpSync(join(installed.root, 'native'), join(root, 'native'), {
    recursive: true,
    filter: (path) => !lstatSync(path).isSymbolicLink(),
  });
  for (const name of readdirSync(join(root, 'native/bin'))) chmodSync(join(root, 'native/bin', name), 0o644);
  return { root, version: installed.version };
}

describe('the copy of the binaries', () => {
  it('runs although no install script ever did', async () => {
    const source = packageWithoutScripts();
    const unlinked = spawnSync(join(source.root, 'native/bin/postgres'), ['--version']);
    expect(unlinked.status).not.toBe(0);
    const copy = await copyBinaries(source, makeFolder());
    const run = spawnSync(join(copy, 'bin/postgres'), ['--version'], { encoding: 'utf8', env: {} });
    expect(run.stdout).toMatch(/^postgres \(PostgreSQL\) 18\./);
  });

  it('is made once, and again for another version only', async () => {
    const home = makeFolder();
    const source = findBinaries();
    const first = await copyBinaries(source, home);
    writeFileSync(join(first, 'mark'), '');
    expect(await copyBinaries(source, home)).toBe(first);
    expect(readdirSync(first)).toContain('mark');
    const newer = await copyBinaries({ ...source, version: '99' }, home);
    await removeOldBinaries(newer);
    expect(readdirSync(join(home, 'pg18-binaries'))).toEqual(['99']);
  });
});

describe('a first start that fails', () => {
  it.each([
    ['initdb: error: could not write: No space left on device', /^The disk is full: a new database .* Free some space/],
    [
      'initdb: error: invalid locale name',
      /^PostgreSQL could not prepare a database in .*invalid locale name.*DATABASE_URL/,
    ],
  ])('says what to do after "%s"', async (output, sentence) => {
    const home = makeFolder();
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'bin/initdb'), `#!/bin/sh\necho '${output}' >&2\nexit 1\n`, { mode: 0o755 });
    const location = { dataDir: home, home, pgData: join(home, 'pg18'), serverUser: null, isElsewhere: false };
    await expect(createCluster(location, home, true)).rejects.toThrow(sentence);
    expect(readdirSync(home)).toEqual(['bin']);
  });
});
