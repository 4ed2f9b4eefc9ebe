import { createInflateRaw } from 'node:zlib';
import { AppError } from '../errors.ts';

const LOCAL_HEADER_BYTES = 30;
const LOCAL_SIGNATURE = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;
const SIZE_FOLLOWS = 0x0008;
const SIZE_ELSEWHERE = 0xffffffff;

/**
 * The content of the first file in a ZIP archive that comes in pieces; what follows it is left unread. Memory stays bounded,
 * however large the file is. Throws `crm_unavailable` for what is no such archive, or ends too early.
 * Source: PKWARE APPNOTE 4.3.7, local file header.
 */
export async function* unzipSingle(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const source = pieces[Symbol.asyncIterator]();
  try {
    const head = await readHeader(source);
    if (head.method === STORED) yield* readStored(source, head);
    else yield* inflate(source, head.rest);
  } finally {
    await source.return?.();
  }
}

type Source = AsyncIterator<Uint8Array>;
type Header = { method: number; size: number; rest: Buffer };

async function readHeader(source: Source): Promise<Header> {
  let read = await atLeast(source, Buffer.alloc(0), LOCAL_HEADER_BYTES);
  if (read.readUInt32LE(0) !== LOCAL_SIGNATURE) throw broken('it is no ZIP archive');
  const method = read.readUInt16LE(8);
  const size = read.readUInt32LE(18);
  const isSizeKnown = (read.readUInt16LE(6) & SIZE_FOLLOWS) === 0 && size !== SIZE_ELSEWHERE;
  if (method !== DEFLATED && !(method === STORED && isSizeKnown))
    throw broken(`it is packed in a way (${method}) that is not known`);
  const begin = LOCAL_HEADER_BYTES + read.readUInt16LE(26) + read.readUInt16LE(28);
  read = await atLeast(source, read, begin);
  return { method, size, rest: read.subarray(begin) };
}

async function atLeast(source: Source, known: Buffer, length: number): Promise<Buffer> {
  let read = known;
  while (read.length < length) {
    const next = await source.next();
    if (next.done) throw broken('it ends too early');
    read = Buffer.concat([read, next.value]);
  }
  return read;
}

async function* readStored(source: Source, { size, rest }: Header): AsyncGenerator<Uint8Array, void> {
  let left = size;
  for (let piece: Uint8Array = rest; ; ) {
    yield piece.subarray(0, left);
    left -= Math.min(left, piece.length);
    if (left === 0) return;
    const next = await source.next();
    if (next.done) throw broken('it ends too early');
    piece = next.value;
  }
}

/** The inflater knows by itself where the file ends. */
async function* inflate(source: Source, rest: Buffer): AsyncGenerator<Uint8Array, void> {
  const inflater = createInflateRaw();
  const feeding = feed(source, rest, inflater);
  feeding.catch((error: Error) => inflater.destroy(error));
  try {
    for await (const piece of inflater) yield piece as Uint8Array;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw broken(error instanceof Error ? error.message : 'it cannot be unpacked');
  } finally {
    inflater.destroy();
  }
}

async function feed(source: Source, rest: Buffer, inflater: ReturnType<typeof createInflateRaw>): Promise<void> {
  for (let piece: Uint8Array = rest; ; ) {
    if (!inflater.write(piece)) {
      await new Promise<void>((resolve) => {
        inflater.once('drain', resolve);
        inflater.once('close', resolve);
      });
    }
    if (inflater.destroyed || inflater.readableEnded) return;
    const next = await source.next();
    if (next.done) break;
    piece = next.value;
  }
  inflater.end();
}

function broken(why: string): AppError {
  return new AppError('crm_unavailable', `The file that Zoho made cannot be read: ${why}. It is asked for again.`);
}
