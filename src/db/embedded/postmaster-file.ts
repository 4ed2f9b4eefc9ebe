import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What `postmaster.pid` tells; `port` is null while the server has not written it yet. */
export type PostmasterFile = { pid: number; port: number | null; isReady: boolean };

/** Reads `<pgData>/postmaster.pid`; null if there is none. PostgreSQL: storage file layout, "postmaster.pid". */
export function readPostmasterFile(pgData: string): PostmasterFile | null {
  const text = readTextOrNull(join(pgData, 'postmaster.pid'));
  if (text === null) return null;
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  const port = Number(lines[3] ?? '');
  return { pid, port: port > 0 ? port : null, isReady: (lines[7] ?? '').trim() === 'ready' };
}

/** The name that the server's processes carry in their titles, different for every data folder. */
export function clusterNameOf(pgData: string): string {
  return `salescaling-${createHash('sha256').update(pgData).digest('hex').slice(0, 12)}`;
}

/** True if `pid` is the living main process of the server on `pgData`; false for a zombie and for a reused number. */
export function isServerProcess(pid: number, pgData: string): boolean {
  const [program = '', option, folder] = commandOf(pid);
  return program.endsWith('/postgres') && option === '-D' && folder === pgData;
}

/**
 * Removes a `postmaster.pid` whose process is dead but whose number belongs to something else now (after a reboot, in a
 * container, a zombie): PostgreSQL would take that for a living server and refuse to start for ever. Left alone while any process of
 * that server still lives, because two servers on one folder would destroy it.
 */
export async function removeReusedPostmasterFile(pgData: string): Promise<void> {
  const file = readPostmasterFile(pgData);
  if (file === null || isServerProcess(file.pid, pgData) || hasServerProcesses(pgData)) return;
  try {
    process.kill(file.pid, 0);
  } catch (error) {
    // A dead number needs no help: PostgreSQL checks it, and the shared memory noted in the file, by itself.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return;
  }
  await rm(join(pgData, 'postmaster.pid'), { force: true });
}

function hasServerProcesses(pgData: string): boolean {
  if (process.platform !== 'linux') return false;
  const title = `postgres: ${clusterNameOf(pgData)}`;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && commandOf(Number(name))[0]?.startsWith(title));
}

/** Program and arguments of a process, nothing if it is dead or a zombie. Readable without rights over the process. */
function commandOf(pid: number): string[] {
  if (process.platform === 'linux') return (readTextOrNull(`/proc/${pid}/cmdline`) ?? '').split('\0');
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [, program = command, folder = ''] = /^(.*?\/postgres) -D (.*?) -c /.exec(command) ?? [];
    return [program, '-D', folder];
  } catch {
    return [];
  }
}

function readTextOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return null;
    throw error;
  }
}
