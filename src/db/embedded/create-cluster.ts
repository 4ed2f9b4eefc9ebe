import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors.ts';
import type { ServerLocation } from './choose-location.ts';
import { isAlive } from './is-alive.ts';

/** The superuser of the embedded server; its password lies in the data folder, readable by the server's user only. */
export const SERVER_ROLE = 'salescaling';

const PASSWORD_FILE = 'superuser-password';

/** The password of an existing cluster. */
export async function readPassword(pgData: string): Promise<string> {
  return (await readFile(join(pgData, PASSWORD_FILE), 'utf8')).trim();
}

/**
 * Creates the data folder if there is none yet: `initdb` fills a draft beside it, and one rename makes it the real one, so that a kill
 * in the middle leaves nothing half made, and of two processes at once the second takes what the first made.
 */
export async function createCluster(location: ServerLocation, binaries: string, isDurable: boolean): Promise<void> {
  const names = await readdir(location.home);
  if (names.includes('pg18')) return;
  await removeDeadDrafts(location.home, names);
  const draft = join(location.home, `pg18.new-${process.pid}-${randomBytes(4).toString('hex')}`);
  const passwordDraft = `${draft}.password`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordDraft, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    await chmod(passwordDraft, 0o600);
    for (const path of [draft, passwordDraft]) {
      if (location.serverUser) await chown(path, location.serverUser.uid, location.serverUser.gid);
    }
    await runInitdb(location, binaries, { draft, passwordDraft, isDurable });
    await rename(passwordDraft, join(draft, PASSWORD_FILE));
    await rename(draft, location.pgData);
  } catch (error) {
    await Promise.all([draft, passwordDraft].map((path) => rm(path, { recursive: true, force: true })));
    const wasCreatedMeanwhile = error instanceof Error && 'code' in error && error.code === 'ENOTEMPTY';
    if (!wasCreatedMeanwhile) throw error;
  }
}

type InitdbPaths = { draft: string; passwordDraft: string; isDurable: boolean };

async function runInitdb(location: ServerLocation, binaries: string, paths: InitdbPaths): Promise<void> {
  const args = [
    ...['-D', paths.draft, '--username', SERVER_ROLE, '--pwfile', paths.passwordDraft, '--auth', 'scram-sha-256'],
    // The built-in provider sorts the same on every machine, whatever its C library.
    ...['--encoding', 'UTF8', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
    ...['--no-instructions', ...(paths.isDurable ? [] : ['--no-sync'])],
  ];
  const { status, output } = await run(join(binaries, 'bin/initdb'), args, location);
  if (status === 0) return;
  throw new AppError('internal', explainFailure(output, location.home), { detail: { output } });
}

function explainFailure(output: string, home: string): string {
  if (/No space left on device/i.test(output)) {
    return `The disk is full: a new database (about 65 MB) does not fit into ${home}. Free some space and start again.`;
  }
  if (/could not look up effective user ID/.test(output)) {
    return `PostgreSQL runs only for a user who is listed in /etc/passwd, and this one (uid ${process.getuid?.()}) is not. Start as a listed user, or set DATABASE_URL to a server of your own.`;
  }
  return `PostgreSQL could not prepare a database in ${home}: ${lastLines(output)}. Correct that and start again, or set DATABASE_URL to a server of your own.`;
}

function run(program: string, args: string[], location: ServerLocation): Promise<{ status: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(location.serverUser ?? {}),
      cwd: '/',
      env: { LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.once('error', (cause) => reject(explainSpawnError(program, cause)));
    child.once('close', (code) => resolve({ status: code ?? 1, output }));
  });
}

/** A program that cannot be started at all: most often a folder mounted without the right to execute. */
export function explainSpawnError(program: string, cause: Error): AppError {
  return new AppError(
    'internal',
    `${program} cannot be started (${cause.message}). If its folder is mounted "noexec", set DATA_DIR to another one.`,
    { cause },
  );
}

/** The last lines of a program's output, as one sentence part. */
export function lastLines(output: string): string {
  return output.trim().split('\n').slice(-3).join(' | ') || 'it said nothing';
}

async function removeDeadDrafts(home: string, names: string[]): Promise<void> {
  for (const name of names) {
    const pid = /^pg18\.new-(\d+)-/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(home, name), { recursive: true, force: true });
  }
}
