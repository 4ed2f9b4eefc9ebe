import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../errors.ts';

/** The unprivileged user under which the server runs when the app is root, since PostgreSQL refuses root. */
export const UNPRIVILEGED_USER = { uid: 65534, gid: 65534 };

const SYSTEM_FOLDER = '/var/lib/salescaling-zoho';

export type ServerUser = { uid: number; gid: number };

/**
 * Where one embedded server lives. `home` holds `pg18` (data), `pg18-binaries` and `pg18.log`; it is `dataDir` itself or, when
 * `isElsewhere`, a system folder. `serverUser` is set when the app is root and the server must run as somebody else.
 */
export type ServerLocation = {
  dataDir: string;
  home: string;
  pgData: string;
  serverUser: ServerUser | null;
  isElsewhere: boolean;
};

/** Decides once, at first start, where data and binaries lie; later starts find the same place again. */
export async function chooseLocation(dataDir: string): Promise<ServerLocation> {
  await createFolder(dataDir);
  const real = await realpath(dataDir);
  const isRoot = process.getuid?.() === 0;
  const elsewhere = await readLocationFile(real);
  if (elsewhere !== null) return locateElsewhere(real, elsewhere, isRoot);
  const owner = await ownerOf(join(real, 'pg18'));
  if (!isRoot) {
    if (owner !== null) refuseForeignData(join(real, 'pg18'), owner);
    return locationAt(real, real, null);
  }
  const user = owner !== null && owner.uid !== 0 ? owner : UNPRIVILEGED_USER;
  if (canReach(real, user)) return locationAt(real, real, user);
  if (owner !== null) {
    throw new AppError(
      'internal',
      `The database in ${real}/pg18 belongs to user ${user.uid}, who can no longer reach that folder. Open the folders above it for passing through (chmod o+x), then start again.`,
    );
  }
  return moveElsewhere(real);
}

function locationAt(dataDir: string, home: string, serverUser: ServerUser | null): ServerLocation {
  return { dataDir, home, pgData: join(home, 'pg18'), serverUser, isElsewhere: home !== dataDir };
}

function locationFile(dataDir: string): string {
  return join(dataDir, 'pg18.location');
}

async function locateElsewhere(dataDir: string, home: string, isRoot: boolean): Promise<ServerLocation> {
  const owner = await ownerOf(join(home, 'pg18'));
  if ((await ownerOf(home)) === null) {
    throw new AppError(
      'internal',
      `${locationFile(dataDir)} says that the database lies in ${home}, but there is no such folder. Bring it back, or remove that file to begin with an empty database.`,
    );
  }
  if (isRoot) return locationAt(dataDir, home, owner !== null && owner.uid !== 0 ? owner : UNPRIVILEGED_USER);
  if (owner !== null) refuseForeignData(join(home, 'pg18'), owner);
  return locationAt(dataDir, home, null);
}

async function moveElsewhere(dataDir: string): Promise<ServerLocation> {
  const home = systemFolderOf(dataDir);
  try {
    await mkdir(home, { recursive: true });
    await chmod(dirname(home), 0o755);
    await chmod(home, 0o755);
  } catch (cause) {
    throw new AppError(
      'internal',
      `The database server cannot run as root, the unprivileged user ${UNPRIVILEGED_USER.uid} cannot reach ${dataDir}, and ${home} cannot be created. Set DATA_DIR to a folder that every user can pass through.`,
      { cause },
    );
  }
  await writeFile(
    locationFile(dataDir),
    `${home}\n\nThe line above names the folder with the database of ${dataDir}. The server does not run as root, and the\nunprivileged user ${UNPRIVILEGED_USER.uid} cannot reach the folder beside this file. Back up both.\n`,
  );
  return locationAt(dataDir, home, UNPRIVILEGED_USER);
}

/** The system folder that stands for a data folder which the server's user cannot reach. */
export function systemFolderOf(dataDir: string): string {
  return join(SYSTEM_FOLDER, createHash('sha256').update(dataDir).digest('hex').slice(0, 16));
}

async function readLocationFile(dataDir: string): Promise<string | null> {
  try {
    const [firstLine = ''] = (await readFile(locationFile(dataDir), 'utf8')).split('\n');
    return firstLine.trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

async function ownerOf(path: string): Promise<ServerUser | null> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function refuseForeignData(pgData: string, owner: ServerUser): void {
  const uid = process.getuid?.();
  if (uid === undefined || owner.uid === uid) return;
  throw new AppError(
    'internal',
    `The database in ${pgData} was created by another user (uid ${owner.uid}, you are uid ${uid}). Start as that user or as root, hand it over (chown -R), or set DATA_DIR to a folder of your own.`,
  );
}

/** Asks the kernel by really going there as that user, because mode bits alone say nothing about ACLs and mounts. */
function canReach(folder: string, user: ServerUser): boolean {
  const probe = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    ...user,
    cwd: '/',
    stdio: 'ignore',
    env: {},
  });
  if (probe.error) {
    throw new AppError(
      'internal',
      `PostgreSQL refuses to run as root and this process may not switch to user ${user.uid}. Start as an ordinary user, or set DATABASE_URL to a PostgreSQL server of your own.`,
      { cause: probe.error },
    );
  }
  return probe.status === 0;
}

/** Folders that we create ourselves can be passed through by the server's user, whatever the umask; secrets have modes of their own. */
async function createFolder(dataDir: string): Promise<void> {
  const firstCreated = await mkdir(dataDir, { recursive: true });
  if (firstCreated === undefined) return;
  for (let folder = dataDir; folder.length >= firstCreated.length; folder = dirname(folder)) await chmod(folder, 0o755);
}
