import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { AppError, isAppError } from '../../errors.ts';
import { parseJson, readGoodAndBadLines } from './read-lines.ts';

/** A meeting to import, not checked yet. `source` says where it stood: `file` or `file:line`. */
export type ImportItem = { source: string; externalId: string; body: unknown };

/** A file or line that holds no meeting that could be read: its place and the cure, in a sentence. */
export type BadItem = { source: string; problem: string };

/**
 * The meetings of files and folders in the body shape of `PUT /meetings/{externalId}` with an extra key `externalId`: a JSON
 * file of one meeting (without the key its file name is the id) or of a list, NDJSON (`.ndjson`, `.jsonl`) of one a line, or
 * folders of these. One file or line in memory at a time. What cannot be read is told in its place, and the others go on.
 */
export async function* readImport(paths: string[]): AsyncGenerator<ImportItem | BadItem> {
  for (const path of paths) {
    const files = await orProblem(path, () => filesAt(path));
    if (!Array.isArray(files)) {
      yield files;
      continue;
    }
    for (const file of files) yield* orBadFile(file, extname(file) === '.json' ? ofJsonFile(file) : ofJsonLines(file));
  }
}

/** What `read` gives, or why it gives nothing. */
export async function orProblem<T>(source: string, read: () => T | Promise<T>): Promise<T | BadItem> {
  try {
    return await read();
  } catch (error) {
    return { source, problem: tellProblem(error, source) };
  }
}

/** A file whose reading ends early is told, with what was read of it before. */
async function* orBadFile(
  file: string,
  items: AsyncGenerator<ImportItem | BadItem>,
): AsyncGenerator<ImportItem | BadItem> {
  try {
    yield* items;
  } catch (error) {
    yield { source: file, problem: tellProblem(error, file) };
  }
}

function tellProblem(error: unknown, source: string): string {
  if (isAppError(error)) return error.message;
  if (error instanceof Error && 'code' in error) return `${source} cannot be read (${error.message}): check the file`;
  throw error;
}

/** Names of the JSON and NDJSON files directly in a folder, in order of name. */
export async function meetingFilesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => /\.(json|ndjson|jsonl)$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Takes the key `externalId` out of a meeting in body shape; `otherwise` is its id when the key is missing. */
export function toImportItem(value: unknown, source: string, otherwise: string | null): ImportItem {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new AppError('invalid_input', `${source} is not a meeting: expected a JSON object`);
  }
  const { externalId, ...body } = value as Record<string, unknown>;
  if (typeof externalId === 'string') return { source, externalId, body };
  if (externalId !== undefined || otherwise === null) {
    throw new AppError(
      'invalid_input',
      `${source} has no \`externalId\`: in a file of several meetings each needs its own, as a string`,
    );
  }
  return { source, externalId: otherwise, body };
}

async function filesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError('not_found', `${path} cannot be read: check the path`, { cause });
  });
  if (!found.isDirectory()) return [path];
  const files = await meetingFilesIn(path);
  if (files.length > 0) return files;
  throw new AppError(
    'invalid_input',
    `${path} holds no .json or .ndjson file; a folder with CRM records and meetings is given by --data`,
  );
}

async function* ofJsonFile(file: string): AsyncGenerator<ImportItem | BadItem> {
  const value = parseJson(await readFile(file, 'utf8'), file);
  if (!Array.isArray(value)) {
    yield toImportItem(value, file, basename(file, '.json'));
    return;
  }
  for (const [at, item] of value.entries()) {
    const source = `${file}[${at}]`;
    yield await orProblem(source, () => toImportItem(item, source, null));
  }
}

async function* ofJsonLines(file: string): AsyncGenerator<ImportItem | BadItem> {
  for await (const found of readGoodAndBadLines(file)) {
    const source = `${file}:${found.line}`;
    if ('problem' in found) yield { source, problem: found.problem };
    else yield await orProblem(source, () => toImportItem(found.value, source, null));
  }
}
