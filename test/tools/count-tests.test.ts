import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'salescaling-count-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Counts a run over one file of tests, in a process of its own, as `npm test` does. */
function countRunOf(source: string): unknown {
  writeFileSync(join(folder, 'sample.test.js'), source);
  const program = `
    import { createVitest } from 'vitest/node';
    import { countTests } from './tools/test/count-tests.ts';
    const vitest = await createVitest('test', { root: ${JSON.stringify(folder)}, config: false, globals: true, run: true, reporters: [{}] });
    await vitest.start();
    const counts = countTests(vitest.state.getTestModules());
    await vitest.close();
    console.log(JSON.stringify(counts));`;
  const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: project,
    encoding: 'utf8',
  });
  return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '');
}

it('counts what passed, failed and was skipped, with the reason', () => {
  const counts = countRunOf(`
    it('passes', () => {});
    it('fails', () => { throw new Error('no'); });
    it('is left out', (context) => context.skip('no Chromium here'));
    it.skip('is left out silently', () => {});
    it.todo('is not written');`);
  expect(counts).toEqual({
    passed: 1,
    failed: 1,
    skipped: [
      { name: 'sample.test.js > is left out', reason: 'no Chromium here' },
      { name: 'sample.test.js > is left out silently', reason: 'no reason given' },
      { name: 'sample.test.js > is not written', reason: 'not written yet' },
    ],
  });
});

it('counts as failed what a hook kept from running', () => {
  const counts = countRunOf(`
    describe('broken', () => {
      beforeAll(() => { throw new Error('no server'); });
      it('one', () => {});
      it('two', () => {});
    });
    it('passes', () => {});`);
  expect(counts).toEqual({ passed: 1, failed: 3, skipped: [] });
});

it('counts a file that does not load as failed', () => {
  expect(countRunOf(`throw new Error('does not load');`)).toEqual({ passed: 0, failed: 1, skipped: [] });
});
