import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMeetingBody } from '../../src/features/ingest/meeting-body.ts';
import { readDataFolder } from '../../src/features/ingest/read-data-folder.ts';
import { readDataSettings } from '../../src/features/ingest/read-data-settings.ts';
import { type BadItem, type ImportItem, readImport } from '../../src/features/ingest/read-import.ts';

const REFERENCE = join(import.meta.dirname, '../../../shared/data');
const SAMPLE = join(import.meta.dirname, '../../sample');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-import-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function given(name: string, content: unknown): Promise<string> {
  const file = join(folder, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

async function all(items: AsyncIterable<ImportItem | BadItem>): Promise<ImportItem[]> {
  const found = await everything(items);
  return found.filter((item) => 'body' in item);
}

async function everything(items: AsyncIterable<ImportItem | BadItem>): Promise<(ImportItem | BadItem)[]> {
  const found: (ImportItem | BadItem)[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Ids of the meetings, and what is wrong with the rest, in their order. */
async function outcome(items: AsyncIterable<ImportItem | BadItem>): Promise<string[]> {
  return (await everything(items)).map((item) => ('problem' in item ? item.problem : item.externalId));
}

describe('readImport', () => {
  it('takes the file name for the id of a lone meeting, and the key otherwise', async () => {
    const named = await given('one/call-7.json', { title: 'a' });
    const keyed = await given('one/other.json', { externalId: 'k1', title: 'b' });
    expect(await all(readImport([named, keyed]))).toEqual([
      { source: named, externalId: 'call-7', body: { title: 'a' } },
      { source: keyed, externalId: 'k1', body: { title: 'b' } },
    ]);
  });

  it('reads lists, lines and folders in order of name, and skips blank lines', async () => {
    await given('many/a.json', [{ externalId: 'a1' }, { externalId: 'a2' }]);
    const lines = await given('many/b.ndjson', '\uFEFF{"externalId":"b1","title":"x\u2028y"}\r\n\n{"externalId":"b2"}');
    await given('many/readme.txt', 'not a meeting');
    const items = await all(readImport([join(folder, 'many')]));
    expect(items.map((item) => item.externalId)).toEqual(['a1', 'a2', 'b1', 'b2']);
    expect(items[2]).toEqual({ source: `${lines}:1`, externalId: 'b1', body: { title: 'x\u2028y' } });
    expect(items[3]?.source).toBe(`${lines}:3`);
  });

  it('reads lines that are longer than one read of the file', async () => {
    const long = 'ä'.repeat(200_000);
    const file = await given('long.ndjson', `{"externalId":"l1","title":"${long}"}\n{"externalId":"l2"}\n`);
    const items = await all(readImport([file]));
    expect(items.map((item) => item.externalId)).toEqual(['l1', 'l2']);
    expect(items[0]?.body).toEqual({ title: long });
  });

  it('names file and line of what it cannot read, and goes on', async () => {
    const broken = await given(
      'broken.ndjson',
      '{"externalId":"b1"}\n{"externalId":\n{"title":"a"}\n{"externalId":"b4"}\n',
    );
    const list = await given('list.json', '[5,{"externalId":"l2"}]');
    const torn = await given('torn.json', '{"title":');
    await given('empty/readme.txt', '');
    const last = await given('last.json', { title: 'a' });
    const paths = [broken, list, torn, join(folder, 'nowhere'), join(folder, 'empty'), last];
    expect(await outcome(readImport(paths))).toEqual([
      'b1',
      expect.stringContaining(`${broken}:2 is not JSON`),
      expect.stringContaining(`${broken}:3 has no \`externalId\``),
      'b4',
      expect.stringContaining(`${list}[0] is not a meeting`),
      'l2',
      expect.stringContaining(`${torn} is not JSON`),
      expect.stringContaining('cannot be read'),
      expect.stringContaining('--data'),
      'last',
    ]);
  });
});

describe('readDataFolder', () => {
  const meeting = {
    title: 'Kick-off',
    startedAt: '2026-03-04T09:00:00.000Z',
    timeZone: 'Europe/London',
    durationSeconds: 60,
    language: 'en',
    topics: [{ title: 'opening', depth: 0, turnRanges: [] }],
    summary: 'They met.',
    notes: [
      {
        text: 'Agreed.',
        category: 'decision',
        turnRanges: [],
        clips: [{ startSeconds: 5, endSeconds: 9, turnRange: [0, 0] }],
      },
      { text: 'An answer.', query: 'A question?', turnRanges: [] },
    ],
    transcript: [{ speaker: 'A', text: 'Hello.', startSeconds: 1, endSeconds: 2 }],
  };

  it('joins meetings with the people of the link file', async () => {
    await given('linked/meetings/m-1.json', meeting);
    await given('linked/meetings/index.json', { meetings: 1 });
    const host = {
      speaker: 'A',
      role: 'host',
      kind: 'host',
      name: 'Hana Host',
      email: 'hana@us.example',
      userId: 'u1',
    };
    const guest = { speaker: null, role: 'attendee', kind: 'unknown', name: 'Gus Guest', email: null };
    await given('linked/links/meeting-participants.ndjson', { meeting: 'm-1.json', participants: [host, guest] });
    const items = await all(readDataFolder(join(folder, 'linked')));
    expect(items).toHaveLength(1);
    expect(items[0]?.externalId).toBe('m-1');
    expect(parseMeetingBody(items[0]?.body)).toMatchObject({
      title: 'Kick-off',
      startsAt: '2026-03-04T09:00:00.000Z',
      endsAt: '2026-03-04T09:01:00.000Z',
      participants: [
        { name: 'Hana Host', email: 'hana@us.example', role: 'organizer' },
        { name: 'Gus Guest', email: null, role: 'attendee' },
      ],
      summary: { text: 'They met.', topics: ['opening'] },
      notes: [
        { id: 'n1', smartCategory: 'decision', text: 'Agreed.', startSeconds: 5, endSeconds: 9 },
        { id: 'n2', text: 'An answer.' },
      ],
      clips: [{ noteId: 'n1', startSeconds: 5, endSeconds: 9, url: 'https://recordings.example/m-1?t=5-9' }],
      transcript: [{ speaker: 'Hana Host', text: 'Hello.' }],
      processed: { summaryAt: '2026-03-04T09:01:00.000Z', notesAt: '2026-03-04T09:01:00.000Z' },
    });
    await given('linked/meetings/m-2.json', meeting);
    const [first, second] = await outcome(readDataFolder(join(folder, 'linked')));
    expect(first).toBe('m-1');
    expect(second).toMatch(/m-2.json has no line in links/);
  });

  it('takes the people of a meeting without a link file', async () => {
    const { topics: _topics, timeZone: _zone, ...short } = meeting;
    const own = {
      ...short,
      id: 'mtg_1',
      hostEmail: 'h@us.example',
      participants: [
        { name: 'H', email: 'h@us.example', role: 'host' },
        { name: 'G', email: 'g@acme.example', role: 'attendee' },
      ],
      notes: [{ category: 'problem', text: 'Cost.', clip: { startSeconds: 3, endSeconds: 4 } }],
    };
    await given('own/meetings.ndjson', own);
    const [item] = await all(readDataFolder(join(folder, 'own')));
    expect(item?.externalId).toBe('mtg_1');
    expect(parseMeetingBody(item?.body)).toMatchObject({
      timeZone: 'UTC',
      participants: [{ role: 'organizer' }, { email: 'g@acme.example', role: 'attendee' }],
      notes: [{ smartCategory: 'problem', startSeconds: 3 }],
      clips: [{ noteId: 'n1', startSeconds: 3, endSeconds: 4 }],
    });
  });

  it('says what is missing', async () => {
    await given('bad/meetings/m.json', { title: 'x' });
    expect(await outcome(readDataFolder(join(folder, 'bad')))).toEqual([expect.stringMatching(/m.json: startedAt/)]);
    await expect(all(readDataFolder(join(folder, 'nothing')))).rejects.toThrow(/neither meetings\//);
  });

  it.for([
    ['the sample', SAMPLE, 10],
    ['the reference data', REFERENCE, 44],
  ] as const)('turns every meeting of %s into a valid body', async ([, data, count], { skip }) => {
    if (!existsSync(data)) skip(`${data} is not there`);
    const items = await all(readDataFolder(data));
    for (const item of items) parseMeetingBody(item.body);
    expect(items.length).toBeGreaterThanOrEqual(count);
    expect(new Set(items.map((item) => item.externalId)).size).toBe(items.length);
  });
});

describe('readDataSettings', () => {
  it('reads settings.json of the folder or of its crm folder', async () => {
    await given('set/crm/settings.json', {
      internalDomains: ['us.example'],
      freeMailDomains: ['mail.example'],
      seed: 'x',
    });
    const expected = { internalDomains: ['us.example'], freeMailDomains: ['mail.example'], smartCategoryOrder: null };
    expect(await readDataSettings(join(folder, 'set'))).toEqual(expected);
    expect(await readDataSettings(join(folder, 'set/crm'))).toEqual(expected);
  });

  it('else takes the domains of the users', async () => {
    await given('users/users.ndjson', '{"email":"A@US.example"}\n{"email":"b@eu.us.example"}\n{"email":null}\n');
    expect((await readDataSettings(join(folder, 'users'))).internalDomains).toEqual(['eu.us.example', 'us.example']);
  });
});
