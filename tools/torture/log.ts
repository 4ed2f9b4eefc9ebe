import { appendFile, readFile } from 'node:fs/promises';
import type { TortureOptions } from './read-options.ts';
import type { TortureResult } from './result.ts';

type Line = { at: string; seed: number; processes: number; isMarkerMode: boolean } & TortureResult;

/** Adds this call to the file (one JSON value a line), and says what all calls of the same mode come to. */
export async function addToLog(file: string, options: TortureOptions, result: TortureResult): Promise<string> {
  const { seed, processes, isMarkerMode } = options;
  const line: Line = { at: new Date().toISOString(), seed, processes, isMarkerMode, ...result };
  await appendFile(file, `${JSON.stringify(line)}\n`);
  const lines: Line[] = (await readFile(file, 'utf8'))
    .split('\n')
    .filter((text) => text.trim() !== '')
    .map((text) => JSON.parse(text));
  const same = lines.filter((one) => one.isMarkerMode === isMarkerMode);
  const sum = (of: (one: Line) => number) => same.reduce((total, one) => total + of(one), 0);
  return `In ${file}${isMarkerMode ? ', marker mode' : ''}: ${same.length} calls, ${sum(({ runs }) => runs)} runs, ${sum(({ kills }) => kills)} kills; lost ${sum(({ lost }) => lost)}, duplicates ${sum(({ duplicates }) => duplicates)}, unverified ${sum(({ unverified }) => unverified)}, mails ${sum(({ mails }) => mails)}, over the cap ${sum(({ overCap }) => overCap)}.`;
}
