import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine, cleanText } from '../../src/domain/clean-text.ts';
import { countCodePoints, cutText, splitText } from '../../src/domain/cut-text.ts';
import { BLOCK_END, BLOCK_START } from '../../src/domain/description-block.ts';
import { clock } from '../../src/domain/meeting-words.ts';
import { EVENT_LINK } from '../../src/domain/sync-plan.ts';

const FAMILY = '👨‍👩‍👧‍👦';
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .array(fc.constantFrom('a', ' ', '\n', FAMILY, 'e\u0301', '🇪🇸', '👍🏽', 'ก็', '漢', 'שׁ'), { maxLength: 60 })
    .map((parts) => parts.join('')),
);
const LONE_HALF = /[\uD800-\uDFFF]/u;

describe('countCodePoints', () => {
  it('counts as iterating over the text does', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '漢', '👍', '\ud83d', '\udc4d'), { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        expect(countCodePoints(text)).toBe([...text].length);
      }),
    );
  });
});

describe('cutText', () => {
  it.each([
    ['fits', 4, 'fits'],
    ['does not fit', 5, 'does…'],
    [`ab${FAMILY}`, 9, `ab${FAMILY}`],
    [`ab${FAMILY}c`, 9, 'ab…'],
    ['cafe\u0301 au lait', 5, 'caf…'],
    ['🇪🇸🇫🇷🇩🇪', 4, '🇪🇸…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('%j in %i is %j', (text, max, cut) => {
    expect(cutText(text, max)).toBe(cut);
  });

  it('keeps to its length, to whole signs and to the beginning of the text', () => {
    const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 50 }), (text, max) => {
        const cut = cutText(text, max);
        expect(countCodePoints(cut)).toBeLessThanOrEqual(max);
        if (cut === text) return;
        const kept = cut.slice(0, -1);
        expect(text.startsWith(kept)).toBe(true);
        expect(LONE_HALF.test(cut)).toBe(false);
        const signs = [...graphemes.segment(text)].map((one) => one.index);
        const hasGiant = [...graphemes.segment(text)].some((one) => countCodePoints(one.segment) >= max);
        if (!hasGiant) expect([...signs, text.length]).toContain(kept.length);
      }),
      { numRuns: 300 },
    );
  });

  it('cuts even a sign that is longer than the field, between code points', () => {
    const zalgo = `a${'\u0301'.repeat(50)}`;
    expect(countCodePoints(cutText(zalgo, 10))).toBe(10);
  });
});

describe('splitText', () => {
  it('gives pieces that fit and join to the text again', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, max) => {
        const pieces = splitText(text, max);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) {
          expect(countCodePoints(piece)).toBeLessThanOrEqual(max);
          expect(LONE_HALF.test(piece)).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('breaks after a line, else after a word', () => {
    expect(splitText('one two\nthree four', 12)).toEqual(['one two\n', 'three four']);
    expect(splitText('one two three four', 12)).toEqual(['one two ', 'three four']);
    expect(splitText('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('takes no more than a moment for a text of a megabyte', () => {
    const text = 'Wir sprachen über Preise. '.repeat(40_000);
    const startedAt = performance.now();
    expect(splitText(text, 32_000).join('')).toBe(text);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });
});

describe('cleanText', () => {
  it.each([
    ['a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['a\u0000b\u0007c\td', 'abc\td'],
    ['crm[user#5#Eva]crm', 'crm [user#5#Eva]crm'],
    ['CRM[user#5#Eva]crm', 'CRM [user#5#Eva]crm'],
    ['half \ud83d sign', 'half \ufffd sign'],
  ])('%j is %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('lets no command of the CRM and no marker of ours through, however it is nested', () => {
    const pieces = [
      'crm',
      '[',
      ']',
      'user#1#',
      EVENT_LINK,
      '[[event-link',
      ']]',
      BLOCK_START,
      BLOCK_END,
      '-',
      ' ',
      '--- ',
      'Salescaling',
      '\n',
      '\u0000',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        for (const clean of [cleanText(parts.join('')), cleanLine(parts.join(''))]) {
          expect(clean).not.toMatch(/crm\[/i);
          expect(clean).not.toContain(EVENT_LINK);
          expect(clean).not.toContain(BLOCK_START);
          expect(clean).not.toContain(BLOCK_END);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe('clock', () => {
  it.each([
    [0, '00:00'],
    [65.9, '01:05'],
    [760, '12:40'],
    [3599, '59:59'],
    [3723, '1:02:03'],
    [-4, '00:00'],
  ])('%d seconds are %s', (seconds, words) => {
    expect(clock(seconds)).toBe(words);
  });
});
