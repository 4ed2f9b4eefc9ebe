import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../errors.ts';
import { dataMeetingToBody, type LinkedPerson, parseDataMeeting, parseLinkLine } from './data-meeting.ts';
import { type ImportItem, meetingFilesIn, toImportItem } from './read-import.ts';
import { parseJson, readJsonLines } from './read-lines.ts';

/**
 * The meetings of a data folder: `meetings/*.json` or `meetings.ndjson`, with the people of each meeting from
 * `links/meeting-participants.ndjson` where that file is, else from the meeting itself. A meeting in body shape (it has
 * `startsAt`) is taken as it is. `folder` is that folder or the `crm` folder in it. Throws `invalid_input` naming file and line.
 */
export async function* readDataFolder(folder: string): AsyncGenerator<ImportItem> {
  const root = rootOf(folder);
  const people = await readLinks(join(root, 'links', 'meeting-participants.ndjson'));
  for await (const { source, name, value } of meetingsIn(root)) {
    if (isBody(value)) {
      yield toImportItem(value, source, name);
      continue;
    }
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
    yield { source, externalId, body: dataMeetingToBody(externalId, meeting, linked ?? null) };
  }
}

function rootOf(folder: string): string {
  const candidates = [folder, ...(basename(folder) === 'crm' ? [dirname(folder)] : [])];
  for (const root of candidates) {
    if (existsSync(join(root, 'meetings')) || existsSync(join(root, 'meetings.ndjson'))) return root;
  }
  throw new AppError('not_found', `${folder} holds neither meetings/ nor meetings.ndjson: give a folder with meetings`);
}

type FoundMeeting = { source: string; name: string | null; value: unknown };

async function* meetingsIn(root: string): AsyncGenerator<FoundMeeting> {
  const lines = join(root, 'meetings.ndjson');
  const folder = join(root, 'meetings');
  if (existsSync(folder)) {
    for (const file of await meetingFilesIn(folder)) {
      if (basename(file) === 'index.json' || !file.endsWith('.json')) continue;
      yield { source: file, name: basename(file, '.json'), value: parseJson(await readFile(file, 'utf8'), file) };
    }
    return;
  }
  for await (const { line, value } of readJsonLines(lines)) yield { source: `${lines}:${line}`, name: null, value };
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
