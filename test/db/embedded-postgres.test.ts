import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { systemFolderOf } from '../../src/db/embedded/choose-location.ts';
import {
  ask,
  cleanUpHolders,
  endHolders,
  findOrdinaryUser,
  hold,
  killServer,
  makeFolder,
  removeLater,
} from '../harness/server-holder.ts';

cleanUpHolders();
afterEach(endHolders);

const isRoot = process.getuid?.() === 0;
const ROOT_ONLY = 'only root switches users; run the tests as root as well';
const ordinary = findOrdinaryUser();

/** Used by one test after the other; each finds it with its server stopped. */
const folder = makeFolder();

describe('the server of a data folder', () => {
  it('keeps its data from start to start and leaves nothing running', async () => {
    const first = await hold(folder);
    await ask(first.url, 'create table kept as select 42 as answer');
    expect(await first.leave()).toBe('stopped');
    expect(existsSync(join(folder, 'pg18/postmaster.pid'))).toBe(false);

    const second = await hold(folder);
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.leave();
  });

  it('listens on 127.0.0.1 only, asks for the password, and syncs to disk', async () => {
    const { url } = await hold(folder);
    const rows = await ask<{ name: string; setting: string }>(
      url,
      `select name, setting from pg_settings where name in ('listen_addresses', 'unix_socket_directories', 'fsync', 'server_encoding')
       order by name`,
    );
    expect(Object.fromEntries(rows.map((row) => [row.name, row.setting]))).toEqual({
      fsync: 'on',
      listen_addresses: '127.0.0.1',
      server_encoding: 'UTF8',
      unix_socket_directories: '',
    });
    expect(
      await ask(url, `select distinct auth_method from pg_hba_file_rules where auth_method <> 'scram-sha-256'`),
    ).toEqual([]);
    const password = statSync(join(folder, 'pg18/superuser-password'));
    expect(password.mode & 0o777).toBe(0o600);
  });

  it('is adopted when it outlived its app', async () => {
    const first = await hold(folder, { role: 'app' });
    await ask(first.url, 'create table if not exists kept as select 42 as answer');
    await first.kill();

    const second = await hold(folder, { role: 'app' });
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url });
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(await second.leave()).toBe('stopped');
  });

  it('starts again when it was killed together with its app', async () => {
    const first = await hold(folder);
    await ask(first.url, 'create table if not exists kept as select 42 as answer');
    await first.kill();
    await killServer(first.pid);
    expect(existsSync(join(folder, 'pg18/postmaster.pid'))).toBe(true);

    const second = await hold(folder);
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('starts again under a running app when it was killed, at the same address', async () => {
    const app = await hold(folder, { role: 'app' });
    await ask(app.url, 'create table if not exists kept as select 42 as answer');
    await killServer(app.pid);
    expect(await ask(app.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect((await hold(folder, { role: 'app' })).error).toMatch(/Another Salescaling app already runs/);
    expect(await app.leave()).toBe('stopped');
  });

  it('keeps every acknowledged row when it is killed while it writes', async () => {
    const holder = await hold(folder);
    await ask(holder.url, 'create table if not exists written (n int)');
    const client = new pg.Client({ connectionString: holder.url });
    client.on('error', () => undefined);
    await client.connect();
    let acknowledged = 0;
    const writing = (async () => {
      for (;;) {
        await client.query('insert into written values ($1)', [acknowledged]);
        acknowledged += 1;
      }
    })();
    writing.catch(() => undefined);
    await expect.poll(() => acknowledged, { timeout: 30_000 }).toBeGreaterThan(100);
    await holder.kill();
    await killServer(holder.pid);
    await expect(writing).rejects.toThrow();

    const { url } = await hold(folder);
    const [row] = await ask<{ rows: number }>(url, 'select count(*)::int as rows from written');
    expect(row?.rows).toBeGreaterThanOrEqual(acknowledged);
    expect(row?.rows).toBeLessThanOrEqual(acknowledged + 1);
  });

  it('is not mistaken for another process that has its old number', async () => {
    const first = await hold(folder);
    await first.leave();
    const stranger = spawn('sleep', ['600'], { ...userOf(join(folder, 'pg18')), cwd: '/', stdio: 'ignore' });
    try {
      const file = join(folder, 'pg18/postmaster.pid');
      writeFileSync(
        file,
        `${stranger.pid}\n${folder}/pg18\n1700000000\n5432\n\n127.0.0.1\n        0         0\nready\n`,
      );
      const second = await hold(folder);
      expect(second).toMatchObject({ adopted: false });
      expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      stranger.kill('SIGKILL');
    }
  });

  it('is created once when two processes come at the same time', async () => {
    const folder = makeFolder();
    const both = await Promise.all([hold(folder), hold(folder)]);
    expect(both.map((one) => one.error)).toEqual([undefined, undefined]);
    expect(both[0].url).toBe(both[1].url);
    expect(both.filter((one) => one.adopted)).toHaveLength(1);
  });
});

describe('processes on one server', () => {
  it('a second app is refused, and comes in after the first was killed', async () => {
    const first = await hold(folder, { role: 'app' });
    const second = await hold(folder, { role: 'app' });
    expect(second.error).toBe(
      `Another Salescaling app already runs on the data folder ${folder}. Use that one, stop it, or set DATA_DIR to another folder.`,
    );
    await first.kill();
    expect(await hold(folder, { role: 'app' })).toMatchObject({ adopted: true });
  });

  it('a command that started the server leaves it to the app that came meanwhile', async () => {
    const command = await hold(folder);
    const app = await hold(folder, { role: 'app' });
    expect(app.adopted).toBe(true);
    expect(await command.leave()).toBe('left running');
    expect(await ask(app.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await app.leave()).toBe('stopped');
  });

  it('an app that ends leaves the server to a command, which stops it at last', async () => {
    const app = await hold(folder, { role: 'app' });
    const command = await hold(folder);
    expect(await app.leave()).toBe('left running');
    expect(await ask(command.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await command.leave()).toBe('stopped');
  });
});

describe('users and folders', () => {
  it('runs for an ordinary user', async (context) => {
    if (!('user' in ordinary)) return context.skip(ordinary.whyNot);
    const folder = makeFolder(ordinary.user);
    const first = await hold(folder, { user: ordinary.user });
    expect(first).toMatchObject({ adopted: false, isElsewhere: false });
    expect(statSync(join(folder, 'pg18')).uid).toBe(ordinary.user.uid);
    await first.kill();
    expect(await hold(folder, { user: ordinary.user })).toMatchObject({ adopted: true, pid: first.pid });
  });

  it('runs for root under the user who made the data', async (context) => {
    if (!isRoot) return context.skip(ROOT_ONLY);
    if (!('user' in ordinary)) return context.skip(ordinary.whyNot);
    const folder = makeFolder(ordinary.user);
    const first = await hold(folder, { user: ordinary.user });
    await first.leave();
    expect(await hold(folder)).toMatchObject({ adopted: false, isElsewhere: false });
    expect(statSync(join(folder, 'pg18')).uid).toBe(ordinary.user.uid);
  });

  it('tells an ordinary user that the data belongs to somebody else', async (context) => {
    if (!isRoot) return context.skip(ROOT_ONLY);
    if (!('user' in ordinary)) return context.skip(ordinary.whyNot);
    const folder = makeFolder();
    await (await hold(folder)).leave();
    const { error } = await hold(folder, { user: ordinary.user });
    expect(error).toContain(`was created by another user (uid 65534, you are uid ${ordinary.user.uid})`);
  });

  it('lies in a system folder when root keeps its own closed, and is found again there', async (context) => {
    if (!isRoot) return context.skip(ROOT_ONLY);
    const closed = makeFolder();
    chmodSync(closed, 0o700);
    const folder = join(closed, 'var');
    removeLater(systemFolderOf(folder));
    const first = await hold(folder);
    expect(first).toMatchObject({ isElsewhere: true, home: systemFolderOf(folder) });
    expect(readFileSync(join(folder, 'pg18.location'), 'utf8').split('\n')[0]).toBe(first.home);
    await ask(first.url, 'create table kept as select 42 as answer');
    await first.kill();
    const second = await hold(folder);
    expect(second).toMatchObject({ adopted: true, isElsewhere: true, pid: first.pid });
    expect(await second.leave()).toBe('stopped');

    chmodSync(closed, 0o755);
    const third = await hold(folder);
    expect(await ask(third.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('is passed through to when the data folder is made under a strict umask', (context) => {
    if (!isRoot) return context.skip(ROOT_ONLY);
    const folder = join(makeFolder(), 'a/b');
    const program = `import('${new URL('../../src/db/embedded/choose-location.ts', import.meta.url).href}')
      .then((m) => m.chooseLocation('${folder}')).then((place) => console.log(place.isElsewhere))`;
    const run = spawnSync('sh', ['-c', 'umask 077; exec "$0" --import tsx -e "$1"', process.execPath, program], {
      encoding: 'utf8',
    });
    expect(run.stdout.trim()).toBe('false');
    expect(statSync(folder).mode & 0o777).toBe(0o755);
  });

  it('says so when the folder it was moved to is gone', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'var'));
    writeFileSync(join(folder, 'var/pg18.location'), `${folder}/nowhere\n`);
    const { error } = await hold(join(folder, 'var'));
    expect(error).toMatch(/says that the database lies in .*nowhere, but there is no such folder/);
  });
});

function userOf(path: string): { uid: number; gid: number } | undefined {
  const { uid, gid } = statSync(path);
  return isRoot ? { uid, gid } : undefined;
}
