import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const tools = fileURLToPath(new URL('../../tools/start/', import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A small clone: stand-ins for npm and vite note each call in `calls` and do what the real ones would leave behind. */
function makeClone(): string {
  const root = mkdtempSync(join(tmpdir(), 'salescaling-clone-'));
  folders.push(root);
  writeLock(root, '1.0.0');
  write(root, 'web/src/main.tsx', 'one');
  write(
    root,
    'npm.mjs',
    `import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
     console.log('npm speaks on its standard output');
     appendFileSync('calls', 'npm ' + process.argv.slice(2, 4).join(' ') + '\\n');
     const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
     delete lock.packages['node_modules/mac-only'];
     mkdirSync('node_modules/vite/bin', { recursive: true });
     writeFileSync('node_modules/vite/bin/vite.js', readFileSync('vite.js'));
     setTimeout(() => writeFileSync('node_modules/.package-lock.json', JSON.stringify(lock)), 300);`,
  );
  write(
    root,
    'vite.js',
    `const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
     const source = readFileSync('src/main.tsx', 'utf8');
     appendFileSync('../calls', 'vite ' + source + '\\n');
     if (source === 'broken') process.exit(1);
     const out = process.argv[process.argv.indexOf('--outDir') + 1];
     mkdirSync(out);
     writeFileSync(out + '/index.html', source);`,
  );
  return root;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function writeLock(root: string, version: string): void {
  const packages = {
    '': {},
    'node_modules/a': { version },
    'node_modules/mac-only': { version: '1.0.0', optional: true },
  };
  write(root, 'package-lock.json', JSON.stringify({ packages }));
}

const calls = (root: string): string[] =>
  existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8').trim().split('\n') : [];

/** One start: packages, then pages. */
async function setUp(root: string): Promise<{ code: number | null; out: string; err: string }> {
  const program = `
    import { installPackages } from '${tools}install-packages.mjs';
    import { buildWeb } from '${tools}build-web.mjs';
    await installPackages('${root}');
    await buildWeb('${root}');`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { PATH: process.env.PATH ?? '', TMPDIR: root, npm_execpath: join(root, 'npm.mjs') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  const [code] = await once(child, 'close');
  return { code, out, err };
}

describe('setting up a clone', () => {
  it('installs and builds once, and prints nothing where the program will print', async () => {
    const root = makeClone();
    const first = await setUp(root);
    expect(first).toMatchObject({ code: 0, out: '' });
    expect(first.err).toContain('npm speaks on its standard output');
    const second = await setUp(root);
    expect(second).toEqual({ code: 0, out: '', err: '' });
    expect(calls(root)).toEqual(['npm ci --include=dev', 'vite one']);
    expect(readFileSync(join(root, 'web/dist/index.html'), 'utf8')).toBe('one');
  });

  it('is done by one of two starts at the same time', async () => {
    const root = makeClone();
    const both = await Promise.all([setUp(root), setUp(root)]);
    expect(both.map((run) => run.code)).toEqual([0, 0]);
    expect(calls(root)).toEqual(['npm ci --include=dev', 'vite one']);
  });

  it('is done again for other packages, and the pages for other sources', async () => {
    const root = makeClone();
    await setUp(root);
    write(root, 'web/src/main.tsx', 'two');
    await setUp(root);
    expect(readFileSync(join(root, 'web/dist/index.html'), 'utf8')).toBe('two');
    writeLock(root, '2.0.0');
    await setUp(root);
    expect(calls(root)).toEqual(['npm ci --include=dev', 'vite one', 'vite two', 'npm ci --include=dev', 'vite two']);
  });

  it('keeps the old pages when the new ones cannot be built, and says so', async () => {
    const root = makeClone();
    await setUp(root);
    write(root, 'web/src/main.tsx', 'broken');
    const { code, err } = await setUp(root);
    expect(code).not.toBe(0);
    expect(err).toContain('The pages could not be built');
    expect(readFileSync(join(root, 'web/dist/index.html'), 'utf8')).toBe('one');
  });

  it('takes over from a start that was killed in the middle', async () => {
    const root = makeClone();
    const program = `import { withSetupLock } from '${tools}setup-lock.mjs';
      await withSetupLock('${root}', async () => process.kill(process.pid, 'SIGKILL'));`;
    const killed = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env: { PATH: process.env.PATH ?? '', TMPDIR: root },
    });
    expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL']);
    expect(await setUp(root)).toMatchObject({ code: 0 });
    expect(calls(root)).toEqual(['npm ci --include=dev', 'vite one']);
  });
});
