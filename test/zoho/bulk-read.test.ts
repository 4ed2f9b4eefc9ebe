import { randomBytes } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../src/zoho/parse-csv.ts';
import { unzipSingle } from '../../src/zoho/unzip-single.ts';

async function* cut(content: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) all.push(value);
  return all;
}

async function unpack(archive: Uint8Array, size: number): Promise<Buffer> {
  return Buffer.concat(await collect(unzipSingle(cut(archive, size))));
}

/** One file in an archive; `isStreamed`: its size follows the data, as archives that are written on the fly have it. */
function zip(content: Buffer, { isStored = false, isStreamed = false } = {}): Buffer {
  const packed = isStored ? content : deflateRawSync(content);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(isStreamed ? 8 : 0, 6);
  header.writeUInt16LE(isStored ? 0 : 8, 8);
  header.writeUInt32LE(isStreamed ? 0 : crc32(content), 14);
  header.writeUInt32LE(isStreamed ? 0 : packed.length, 18);
  header.writeUInt32LE(isStreamed ? 0 : content.length, 22);
  header.writeUInt16LE(5, 26);
  header.writeUInt16LE(3, 28);
  const directory = Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), randomBytes(60)]);
  return Buffer.concat([header, Buffer.from('a.csvxyz'), packed, directory]);
}

describe('the one file of an archive', () => {
  it.each([
    ['deflated', {}],
    ['stored', { isStored: true }],
    ['deflated, its size behind it', { isStreamed: true }],
  ])('comes out whole when it is %s, however the archive is cut', async (_name, options) => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), fc.integer({ min: 1, max: 700 }), async (content, size) => {
        const whole = Buffer.from(content);
        expect((await unpack(zip(whole, options), size)).equals(whole)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('is read piece by piece: memory stays bounded', async () => {
    const archive = zip(Buffer.alloc(50_000_000, 'abc,def\n'));
    let most = 0;
    let total = 0;
    for await (const piece of unzipSingle(cut(archive, 4_096))) {
      most = Math.max(most, piece.length);
      total += piece.length;
    }
    expect(total).toBe(50_000_000);
    expect(most).toBeLessThan(1_000_000);
  });

  it.each([
    ['an archive that ends too early', zip(randomBytes(5_000)).subarray(0, 2_000)],
    ['a stored file that ends too early', zip(randomBytes(5_000), { isStored: true }).subarray(0, 2_000)],
    ['what is no archive', Buffer.from('{"code":"INTERNAL_ERROR","message":"Internal Server Error"}')],
    ['nothing at all', Buffer.alloc(0)],
  ])('is refused when it is %s', async (_name, archive) => {
    await expect(unpack(archive, 512)).rejects.toMatchObject({ code: 'crm_unavailable' });
  });
});

describe('rows of a file', () => {
  const quote = (field: string) => `"${field.replaceAll('"', '""')}"`;
  const fields = fc.array(fc.string({ unit: fc.constantFrom('a', 'ñ', '😀', '"', ',', '\n', '\r', ' ') }), {
    minLength: 2,
    maxLength: 4,
  });

  it('come back as they were written, however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fields, { maxLength: 5 }), fc.integer({ min: 1, max: 9 }), async (rows, size) => {
        const text = rows.map((row) => `${row.map(quote).join(',')}\r\n`).join('');
        expect(await collect(parseCsv(cut(Buffer.from(text), size)))).toEqual(rows);
      }),
    );
  });

  it.each<[string, string, string[][]]>([
    [
      'plain fields',
      'Id,Name\n1,Ana\n',
      [
        ['Id', 'Name'],
        ['1', 'Ana'],
      ],
    ],
    [
      'a last line without its end',
      'Id,Name\n1,',
      [
        ['Id', 'Name'],
        ['1', ''],
      ],
    ],
    [
      'empty lines',
      'Id,Name\r\n\r\n1,"x"\r\n',
      [
        ['Id', 'Name'],
        ['1', 'x'],
      ],
    ],
    ['a mark of byte order', '\uFEFFId\n1\n', [['Id'], ['1']]],
    ['a quoted empty line', '""\n', [['']]],
  ])('are read from %s', async (_name, text, rows) => {
    expect(await collect(parseCsv(cut(Buffer.from(text), 3)))).toEqual(rows);
  });
});
