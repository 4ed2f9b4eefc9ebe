import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate } from '../../src/db/migrate.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import { createEmptyDatabase } from '../harness/database.ts';
import { cleanUpHolders, makeFolder } from '../harness/server-holder.ts';

cleanUpHolders();

/** A folder of migrations; names give the number and the name. */
function folderOf(files: Record<string, string>): string {
  const directory = join(makeFolder(), 'migrations');
  mkdirSync(directory);
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(directory, `${name}.sql`), sql);
  return directory;
}

const ONE = { '0001-meetings': 'create table meetings (id int primary key);' };
const TWO = { ...ONE, '0002-notes': 'create table notes (id int primary key); insert into notes values (7);' };

async function read(url: string, sql: string): Promise<object[]> {
  const db = openDatabase({ url, poolSize: 1 });
  try {
    return await db.query(sql);
  } finally {
    await db.close();
  }
}

const applied = 'select id, name from schema_migrations order by id';

describe('migrate', () => {
  it('applies what is owed, once', async () => {
    const url = await createEmptyDatabase();
    expect(await migrate({ url, directory: folderOf(ONE) })).toEqual(['0001-meetings.sql']);
    expect(await migrate({ url, directory: folderOf(TWO) })).toEqual(['0002-notes.sql']);
    expect(await migrate({ url, directory: folderOf(TWO) })).toEqual([]);
    expect(await read(url, applied)).toEqual([
      { id: 1, name: 'meetings' },
      { id: 2, name: 'notes' },
    ]);
    expect(await read(url, 'select id from notes')).toEqual([{ id: 7 }]);
  });

  it('lets several processes come at the same time', async () => {
    const url = await createEmptyDatabase();
    const directory = folderOf(TWO);
    const results = await Promise.all([1, 2, 3].map(() => migrate({ url, directory })));
    expect(results.flat().sort()).toEqual(['0001-meetings.sql', '0002-notes.sql']);
  });

  it('keeps nothing of a file that fails, and says where it failed', async () => {
    const url = await createEmptyDatabase();
    const directory = folderOf({
      ...ONE,
      '0002-notes': 'create table notes (id int);\n\ncreate table meetings (id int);',
    });
    await expect(migrate({ url, directory })).rejects.toThrow(
      /^Migration 0002-notes.sql failed, and nothing of it was kept: relation "meetings" already exists/,
    );
    expect(await read(url, applied)).toEqual([{ id: 1, name: 'meetings' }]);
    expect(await read(url, `select to_regclass('notes')::text as notes`)).toEqual([{ notes: null }]);
    await expect(
      migrate({ url, directory: folderOf({ ...ONE, '0002-notes': 'select 1;\nselect nonsense;' }) }),
    ).rejects.toThrow('column "nonsense" does not exist (line 2)');
  });

  it('refuses a database that is newer than the app', async () => {
    const url = await createEmptyDatabase();
    await migrate({ url, directory: folderOf(TWO) });
    await expect(migrate({ url, directory: folderOf(ONE) })).rejects.toThrow(
      'The database is newer than this app: it has schema 2 (notes), this app knows 1. Start the newer version of the app',
    );
  });

  it.each([
    ['text', { '0001-meetings': 'create table meetings (id bigint primary key);' }],
    ['name', { '0001-calls': ONE['0001-meetings'] }],
  ])('refuses an applied file whose %s has changed, and applies nothing more', async (_what, changed) => {
    const url = await createEmptyDatabase();
    await migrate({ url, directory: folderOf(ONE) });
    const directory = folderOf({ ...changed, '0002-notes': TWO['0002-notes'] });
    await expect(migrate({ url, directory })).rejects.toThrow('Applied files never change');
    expect(await read(url, applied)).toEqual([{ id: 1, name: 'meetings' }]);
  });

  it('takes other line ends for the same file', async () => {
    const url = await createEmptyDatabase();
    await migrate({ url, directory: folderOf({ '0001-a': 'select 1;\nselect 2;\n' }) });
    expect(await migrate({ url, directory: folderOf({ '0001-a': 'select 1;\r\nselect 2;\r\n' }) })).toEqual([]);
  });

  it.each([
    ['a gap', { '0001-a': '', '0003-b': '' }, 'Migration 0003-b.sql should have the number 2'],
    ['a number twice', { '0001-a': '', '0001-b': '' }, 'Migration 0001-b.sql should have the number 2'],
    ['a name out of shape', { '1-a': '' }, 'Migration 1-a.sql must be named like'],
  ])('refuses %s among the files', async (_what, files, message) => {
    await expect(migrate({ url: 'postgres://127.0.0.1:1/none', directory: folderOf(files) })).rejects.toThrow(message);
  });
});
