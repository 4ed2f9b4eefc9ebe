import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { AppError } from '../../errors.ts';
import type { BinariesSource } from './find-binaries.ts';
import { isAlive } from './is-alive.ts';

/**
 * Copies the binaries once to `<home>/pg18-binaries/<version>` and answers that folder (with `bin/`, `lib/`, `share/`).
 * A copy, because the server's user may be unable to read `node_modules`, because `npm ci` would otherwise take the files
 * away under a running server, and because library links and executable bits must not depend on npm's install scripts.
 */
export async function copyBinaries(source: BinariesSource, home: string): Promise<string> {
  const parent = join(home, 'pg18-binaries');
  const target = join(parent, source.version);
  await mkdir(parent, { recursive: true });
  await chmod(parent, 0o755);
  const present = await readdir(parent);
  if (present.includes(source.version)) return target;
  await removeDeadDrafts(parent, present);
  const draft = join(parent, `${source.version}.new-${process.pid}`);
  try {
    await rm(draft, { recursive: true, force: true });
    await copyTree(join(source.root, 'native'), draft);
    await createLinks(source.root, draft);
    await rename(draft, target);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    if (isTakenByAnother(cause)) return target;
    throw explainCopyError(cause, parent);
  }
  return target;
}

/** Folder by folder, links left out: they are made by `createLinks`, and a dereferenced copy would be twice the size. */
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  const isProgramFolder = basename(from) === 'bin';
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const target = join(to, entry.name);
    if (entry.isDirectory()) await copyTree(join(from, entry.name), target);
    // Static archives serve compilers only.
    if (!entry.isFile() || entry.name.endsWith('.a')) continue;
    await copyFile(join(from, entry.name), target);
    await chmod(target, isProgramFolder ? 0o755 : 0o644);
  }
}

/** The package lists its library links in `native/pg-symlinks.json`, because npm packages cannot hold links. */
async function createLinks(packageRoot: string, copy: string): Promise<void> {
  const list = await readFile(join(packageRoot, 'native/pg-symlinks.json'), 'utf8');
  const links: { source: string; target: string }[] = JSON.parse(list);
  for (const link of links) {
    const path = join(copy, relative('native', link.target));
    if (link.target.endsWith('.a')) continue;
    await symlink(relative(dirname(link.target), link.source), path);
  }
}

/** Drafts of processes that were killed while copying. */
async function removeDeadDrafts(parent: string, present: string[]): Promise<void> {
  for (const name of present) {
    const pid = /\.new-(\d+)$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Removes the copies of other versions; only for who has just started a server, since an adopted one may run from an older copy. */
export async function removeOldBinaries(binaries: string): Promise<void> {
  const parent = dirname(binaries);
  for (const name of await readdir(parent)) {
    if (name !== basename(binaries) && !name.includes('.new-'))
      await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isTakenByAnother(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && (cause.code === 'ENOTEMPTY' || cause.code === 'EEXIST');
}

function explainCopyError(cause: unknown, parent: string): unknown {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC') {
    return new AppError(
      'internal',
      `The disk is full: the PostgreSQL programs (60 MB) do not fit into ${parent}. Free some space and start again.`,
      { cause },
    );
  }
  return cause;
}
