import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineDiff } from '../../web/src/format/line-diff.ts';
import { loadPace, spanText } from '../../web/src/format/load-pace.ts';
import { untilText } from '../../web/src/format/moments.ts';
import { toCsv } from '../../web/src/format/to-csv.ts';
import { webAddress } from '../../web/src/format/web-address.ts';
import { readMeetings } from '../../web/src/pages/first-run/read-meetings.ts';
import { groupMoments } from '../../web/src/pages/meeting/conversation/group-moments.ts';

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));

describe('lineDiff', () => {
  it('gives both texts back and never marks a text that did not change', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        const kept = (gone: 'added' | 'removed') => lines.filter((line) => line.kind !== gone).map((line) => line.text);
        expect(kept('added').join('\n')).toBe(before);
        expect(kept('removed').join('\n')).toBe(after);
        if (before === after) expect(lines.every((line) => line.kind === 'same')).toBe(true);
      }),
    );
  });

  it('marks one changed line only', () => {
    expect(lineDiff('one\ntwo\nthree', 'one\nTWO\nthree')).toEqual([
      { kind: 'same', text: 'one' },
      { kind: 'removed', text: 'two' },
      { kind: 'added', text: 'TWO' },
      { kind: 'same', text: 'three' },
    ]);
  });
});

describe('toCsv', () => {
  it('quotes what would break a row and keeps numbers', () => {
    expect(
      toCsv(
        ['Name', 'n'],
        [
          ['O\'Reilly & Sons, "The Original" Ltd.', 3],
          ['two\nlines', -1.5],
          [null, true],
        ],
      ),
    ).toBe('Name,n\r\n"O\'Reilly & Sons, ""The Original"" Ltd.",3\r\n"two\nlines",-1.5\r\n,true');
  });

  it('leaves no text that a spreadsheet would run', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t'), fc.string(), (sign, rest) => {
        expect(toCsv(['x'], [[sign + rest]]).split('\r\n')[1]).toMatch(/^"?'/);
      }),
    );
  });
});

describe('webAddress', () => {
  it('opens http and https only', () => {
    expect(webAddress('https://zoho.example/a')).toBe('https://zoho.example/a');
    expect(webAddress('javascript:alert(1)')).toBeUndefined();
    expect(webAddress('data:text/html,x')).toBeUndefined();
    expect(webAddress('not an address')).toBeUndefined();
    expect(webAddress(null)).toBeUndefined();
  });
});

describe('readMeetings', () => {
  it('reads one meeting, a list, and one a line', () => {
    expect(readMeetings('review.json', '{"title":"A"}')).toEqual([{ externalId: 'review', body: { title: 'A' } }]);
    expect(readMeetings('all.json', '[{"externalId":"x","title":"A"},{"title":"B"}]')).toEqual([
      { externalId: 'x', body: { title: 'A' } },
      { externalId: 'all-2', body: { title: 'B' } },
    ]);
    expect(readMeetings('all.ndjson', '{"title":"A"}\n\n{"title":"B"}\n').map(({ externalId }) => externalId)).toEqual([
      'all-1',
      'all-2',
    ]);
  });

  it('names the file and the line that it cannot read', () => {
    expect(() => readMeetings('bad.ndjson', '{"title":"A"}\noops')).toThrow('bad.ndjson: line 2 is not JSON');
    expect(() => readMeetings('bad.json', '[1]')).toThrow('bad.json: item 1 is no meeting');
  });
});

describe('groupMoments', () => {
  const note = (id: string, smartCategory: string | null) => ({
    id,
    smartCategory,
    text: id,
    startSeconds: null,
    endSeconds: null,
    author: null,
  });

  it('puts every note in exactly one group', () => {
    const categories = fc.array(fc.constantFrom('Objections', 'Next steps', 'Other', null));
    fc.assert(
      fc.property(categories, (names) => {
        const notes = names.map((name, index) => note(`n${index}`, name));
        const grouped = groupMoments(notes, [], ['Next steps', 'Objections']).flatMap((group) => group.notes);
        expect(grouped.map((item) => item.note.id).sort()).toEqual(notes.map((item) => item.id).sort());
      }),
    );
  });

  it('keeps the order of the organization, then of appearance, and leaves none for last', () => {
    const notes = [note('1', null), note('2', 'Zeta'), note('3', 'Objections'), note('4', 'Next steps')];
    const groups = groupMoments(notes, [], ['Next steps', 'Objections']);
    expect(groups.map((group) => group.smartCategory)).toEqual(['Next steps', 'Objections', 'Zeta', null]);
  });
});

describe('loadPace', () => {
  const startedAt = '2026-11-22T10:00:00.000Z';
  const now = Date.parse(startedAt) + 40_000;
  const step = { loaded: 8_000, total: 20_000, startedAt, finishedAt: null };

  it('tells the rate and the time that is left', () => {
    expect(loadPace(step, now)).toEqual({ perSecond: 200, secondsLeft: 60 });
    expect(loadPace({ ...step, total: null }, now)).toEqual({ perSecond: 200, secondsLeft: null });
  });

  it('promises nothing before it begins, too early, or when it is done', () => {
    expect(loadPace({ ...step, startedAt: null }, now)).toBeNull();
    expect(loadPace({ ...step, loaded: 0 }, now)).toBeNull();
    expect(loadPace(step, Date.parse(startedAt) + 500)).toBeNull();
    expect(loadPace({ ...step, finishedAt: startedAt }, now)).toBeNull();
  });

  it.each([
    [1, 'about 5 s'],
    [42, 'about 45 s'],
    [56, 'about 1 min'],
    [61, 'about 2 min'],
    [3_600, 'about 1 h'],
    [4_100, 'about 1 h 10 min'],
    [7_170, 'about 2 h'],
  ])('rounds %d s up to “%s”', (seconds, text) => {
    expect(spanText(seconds)).toBe(text);
  });
});

describe('untilText', () => {
  it('calls what is due any moment, and tells how long the rest takes', () => {
    const now = Date.parse('2026-11-22T10:00:00.000Z');
    expect(untilText('2026-11-22T09:00:00.000Z', now)).toBe('any moment');
    expect(untilText('2026-11-22T10:00:40.000Z', now)).toBe('any moment');
    expect(untilText('2026-11-22T10:04:00.000Z', now)).toMatch(/^in 4 min/);
  });
});
