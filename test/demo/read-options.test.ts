import { describe, expect, it } from 'vitest';
import { readOptions, UsageError } from '../../tools/demo/read-options.ts';

describe('the options of the demo', () => {
  it('default to the sample and the product’s own choices', () => {
    const options = readOptions([], '/');
    expect(options).toMatchObject({
      policy: 'everything',
      publish: 'relevant',
      cap: 10,
      database: null,
      isJson: false,
    });
    expect(options?.data).toMatch(/sample$/);
  });

  it('are read from the command line, paths from where it was typed', () => {
    const args = ['--data', 'demo', '--policy', 'focused', '--publish', 'everything', '--cap', 'none', '--json'];
    expect(readOptions(args, import.meta.dirname.replace(/demo$/, ''))).toMatchObject({
      data: import.meta.dirname,
      policy: 'focused',
      publish: 'everything',
      cap: null,
      isJson: true,
    });
  });

  it('may ask for help', () => {
    expect(readOptions(['--help'], '/')).toBeNull();
  });

  const wrong: [args: string[], message: RegExp][] = [
    [['--data', 'no-such-folder'], /no such folder/],
    [['--policy', 'all'], /use everything or focused/],
    [['--publish', 'all'], /use relevant or everything/],
    [['--cap', '-1'], /./],
    [['--cap', 'many'], /whole number or none/],
    [['--database', 'mysql://x'], /postgres:/],
    [['--unknown'], /unknown/i],
    [['stray'], /./],
  ];
  it.each(wrong)('%j is wrong use', (args, message) => {
    expect(() => readOptions(args, '/')).toThrow(UsageError);
    expect(() => readOptions(args, '/')).toThrow(message);
  });
});
