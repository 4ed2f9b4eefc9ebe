import fs from 'node:fs';
import path from 'node:path';

/** Takes the state folder for this process and gives back the way to let it go; throws when a living process holds it. */
export function lockFolder(folder: string): () => void {
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'owner.pid');
  const holder = readHolder(file);
  if (holder && holder.pid !== process.pid && isSameProcess(holder)) {
    throw new Error(
      `The state folder ${folder} is used by process ${holder.pid}. Stop that process, or give another --state.`,
    );
  }
  fs.writeFileSync(file, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) }));
  return () => fs.rmSync(file, { force: true });
}

type Holder = { pid: number; startedAt: string | null };

function readHolder(file: string): Holder | undefined {
  try {
    const held: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (typeof held !== 'object' || held === null || !('pid' in held) || typeof held.pid !== 'number') return undefined;
    const startedAt = 'startedAt' in held && typeof held.startedAt === 'string' ? held.startedAt : null;
    return { pid: held.pid, startedAt };
  } catch {
    return undefined;
  }
}

/** Process ids come round again: the start time tells a living holder from a stranger with its number. */
function isSameProcess(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const startedAt = startOf(holder.pid);
  return holder.startedAt === null || startedAt === null || startedAt === holder.startedAt;
}

function startOf(pid: number): string | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const state = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state[0] === 'Z' ? 'ended' : (state[19] ?? null);
  } catch {
    return null;
  }
}
