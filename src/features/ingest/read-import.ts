import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { AppError } from '../../errors.ts';
import { parseJson, readJsonLines } from './read-lines.ts';

/** A meeting to import, not checked yet. `source` says where it stood: `file` or `file:line`. */
export type ImportItem = { source: string; externalId: string; body: unknown };

/**
 * The meetings of files and folders in the body shape of `PUT /meetings/{externalId}` with an extra key `externalId`: a JSON
 * file of one meeting (without the key its file name is the id) or of a list, NDJSON (`.ndjson`, `.jsonl`) of one a line, or
 * folders of these. One file or line in memory at a time. Throws `invalid_input` naming file and line; `not_found` for a path.
 */
export async function* readImport(paths: string[]): AsyncGenerator<ImportItem> {
  for (const path of paths) {
    for (const file of await filesAt(path)) {
      if (extname(file) === '.json') yield* ofJsonFile(file);
      else yield* ofJsonLines(file);
    }
  }
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

async function* ofJsonFile(file: string): AsyncGenerator<ImportItem> {
  const value = parseJson(await readFile(file, 'utf8'), file);
  if (!Array.isArray(value)) {
    yield toImportItem(value, file, basename(file, '.json'));
    return;
  }
  for (const [at, item] of value.entries()) yield toImportItem(item, `${file}[${at}]`, null);
}

async function* ofJsonLines(file: string): AsyncGenerator<ImportItem> {
  for await (const { line, value } of readJsonLines(file)) yield toImportItem(value, `${file}:${line}`, null);
}
