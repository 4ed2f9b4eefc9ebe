import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { switches } from '../../simulator/metadata/behaviour.ts';
import { supportedText } from '../../simulator/supported.ts';

const run = promisify(execFile);
const command = (...more: string[]) => run(process.execPath, ['--import', 'tsx', 'simulator/main.ts', ...more]);

describe('what is said of the simulator', () => {
  test('SUPPORTED.md is what the code says', () => {
    expect(fs.readFileSync('simulator/SUPPORTED.md', 'utf8')).toBe(supportedText());
  });

  test('every switch has a meaning, a section and a name of its own', () => {
    expect(new Set(switches.map((one) => one.name)).size).toBe(switches.length);
    for (const one of switches) {
      expect(one.meaning.length, one.name).toBeGreaterThan(10);
      expect(one.section, one.name).toMatch(/^\d+(\.\d+)?$/);
      if (one.values) expect(one.values, one.name).toContain(one.default);
    }
  });

  test('every switch is read somewhere', () => {
    const sources = fs
      .readdirSync('simulator', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('behaviour.ts'))
      .map((name) => fs.readFileSync(`simulator/${name}`, 'utf8'))
      .join('\n');
    for (const one of switches) expect(sources.includes(`'${one.name}'`), one.name).toBe(true);
  });

  test('every switch is turned in a test', () => {
    const sources = fs
      .readdirSync('test/simulator', { encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => fs.readFileSync(`test/simulator/${name}`, 'utf8'))
      .join('\n');
    for (const one of switches) expect(new RegExp(`\\b${one.name}: `).test(sources), one.name).toBe(true);
  });

  test('--help lists them, wrong use ends with 2', async () => {
    const { stdout } = await command('--help');
    for (const one of switches) expect(stdout).toContain(one.name);
    await expect(command('--nonsense')).rejects.toMatchObject({ code: 2 });
    await expect(command('--port', 'x')).rejects.toMatchObject({ code: 2 });
    await expect(command('--edition', 'x')).rejects.toMatchObject({ code: 1 });
  });
});
