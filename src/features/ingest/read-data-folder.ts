import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../errors.ts';
import { dataMeetingToBody, type LinkedPerson, parseDataMeeting, parseLinkLine } from './data-meeting.ts';
import { type BadItem, type ImportItem, meetingFilesIn, orProblem, toImportItem } from './read-import.ts';
import { parseJson, readGoodAndBadLines, readJsonLines } from './read-lines.ts';

/**
 * The meetings of a data folder: `meetings/*.json` or `meetings.ndjson`, with the people of each meeting from
 * `links/meeting-participants.ndjson` where that file is, else from the meeting itself. A meeting in body shape (it has
 * `startsAt`) is taken as it is. `folder` is that folder or the `crm` folder in it. A meeting that cannot be read is told in its place,
 * and the others go on. Throws `not_found` for a folder without meetings, `invalid_input` for links that cannot be read.
 */
export async function* readDataFolder(folder: string): AsyncGenerator<ImportItem | BadItem> {
  const root = rootOf(folder);
  const people = await readLinks(join(root, 'links', 'meeting-participants.ndjson'));
  for await (const found of meetingsIn(root)) {
    yield 'problem' in found ? found : await orProblem(found.source, () => toItem(found, people));
  }
}

function toItem({ source, name, value }: FoundMeeting, people: Map<string, LinkedPerson[]> | null): ImportItem {
  if (isBody(value)) return toImportItem(value, source, name);
  const meeting = parseDataMeeting(value, source);
  const externalId = meeting.id ?? name;
  if (externalId === null)
    throw new AppError('invalid_input', `${source} has no \`id\`: in a file of several meetings each needs one`);
  const linked = people?.get(`${name}.json`);
  if (people !== null && linked === undefined) {
    throw new AppError(
      'invalid_input',
      `${source} has no line in links/meeting-participants.ndjson: add one with its participants`,
    );
  }
  return { source, externalId, body: dataMeetingToBody(externalId, meeting, linked ?? null) };
}

function rootOf(folder: string): string {
  const candidates = [folder, ...(basename(folder) === 'crm' ? [dirname(folder)] : [])];
  for (const root of candidates) {
    if (existsSync(join(root, 'meetings')) || existsSync(join(root, 'meetings.ndjson'))) return root;
  }
  throw new AppError('not_found', `${folder} holds neither meetings/ nor meetings.ndjson: give a folder with meetings`);
}

type FoundMeeting = { source: string; name: string | null; value: unknown };

async function* meetingsIn(root: string): AsyncGenerator<FoundMeeting | BadItem> {
  const lines = join(root, 'meetings.ndjson');
  const folder = join(root, 'meetings');
  if (existsSync(folder)) {
    for (const file of await meetingFilesIn(folder)) {
      if (basename(file) === 'index.json' || !file.endsWith('.json')) continue;
      const name = basename(file, '.json');
      const read = async () => ({ source: file, name, value: parseJson(await readFile(file, 'utf8'), file) });
      yield await orProblem(file, read);
    }
    return;
  }
  for await (const found of readGoodAndBadLines(lines)) {
    const source = `${lines}:${found.line}`;
    yield 'problem' in found ? { source, problem: found.problem } : { source, name: null, value: found.value };
  }
}

/** Link lines are small (two kB a meeting), so they are held: file name of the meeting → its people. */
async function readLinks(file: string): Promise<Map<string, LinkedPerson[]> | null> {
  if (!existsSync(file)) return null;
  const people = new Map<string, LinkedPerson[]>();
  for await (const { line, value } of readJsonLines(file)) {
    const link = parseLinkLine(value, `${file}:${line}`);
    people.set(link.meeting, link.participants);
  }
  return people;
}

function isBody(value: unknown): boolean {
  return value !== null && typeof value === 'object' && 'startsAt' in value;
}
