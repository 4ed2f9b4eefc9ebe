import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isAlive } from '../db/embedded/is-alive.ts';

/** What the app of a data folder tells commands about itself: its address for people, and the one on this machine. */
const runningApp = z.object({ pid: z.number().int(), baseUrl: z.url(), localUrl: z.url() });
export type RunningApp = z.infer<typeof runningApp>;

const ANSWER_LIMIT_MS = 5_000;

function fileOf(dataDir: string): string {
  return join(dataDir, 'app.json');
}

/** Leaves word of the running app; the returned function takes it back. */
export async function announceApp(dataDir: string, app: RunningApp): Promise<() => Promise<void>> {
  const file = fileOf(dataDir);
  await mkdir(dataDir, { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(app)}\n`);
  await rename(`${file}.new`, file);
  return () => rm(file, { force: true });
}

/** The app that runs on this folder now, or null. */
export async function findRunningApp(dataDir: string): Promise<RunningApp | null> {
  // No file, or one that a failing disk has cut: the lock in the database keeps a second app away all the same.
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => '');
  const app = runningApp.safeParse(parseJson(text));
  return app.success && isAlive(app.data.pid) && (await answers(app.data.localUrl)) ? app.data : null;
}

/** Another program may have the process id by now: only an app answers at the address. */
async function answers(localUrl: string): Promise<boolean> {
  const response = await fetch(`${localUrl}/api/v1/openapi.json`, {
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  }).catch(() => null);
  return response?.ok ?? false;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
