import fs from 'node:fs';
import path from 'node:path';
import type { Row } from './table.ts';

/** One change as it stands in the journal: table, id, and the row (null: removed). */
export type Entry = readonly [table: string, id: string, row: Row | null];

/** A folder with one snapshot and the journal of what came after it. */
export type Journal = {
  /** Hands the entries to the operating system as one line; they survive a kill of this process from then on. */
  append(entries: readonly Entry[]): void;
  /** Writes the whole state beside the old one, then makes it the valid one and starts an empty journal. */
  compact(everything: Iterable<Entry>): void;
  /** Bytes written since the last snapshot. */
  readonly bytes: number;
  close(): void;
};

const snapshotName = /^snapshot-(\d+)\.ndjson$/;

/** Opens the folder, feeds all surviving entries to `apply` in order, and cuts a torn last line off. */
export function openJournal(folder: string, apply: (entry: Entry) => void): Journal {
  fs.mkdirSync(folder, { recursive: true });
  let generation = newestGeneration(folder);
  const onLine = (line: string, file: string) => applyLine(line, file, apply);
  if (generation > 0) readLines(snapshotPath(folder, generation), onLine);
  const journalFile = journalPath(folder, generation);
  if (fs.existsSync(journalFile)) {
    const intactBytes = readLines(journalFile, onLine);
    if (fs.statSync(journalFile).size > intactBytes) fs.truncateSync(journalFile, intactBytes);
  }
  removeOthers(folder, generation);
  let file = fs.openSync(journalFile, 'a');
  let bytes = fs.fstatSync(file).size;

  return {
    append(entries) {
      if (entries.length === 0) return;
      const line = Buffer.from(`${JSON.stringify(entries)}\n`);
      try {
        writeWhole(file, line);
      } catch (error) {
        // Half a line in the middle would make all that follows unreadable.
        fs.ftruncateSync(file, bytes);
        throw error;
      }
      bytes += line.length;
    },
    compact(everything) {
      const next = generation + 1;
      writeSnapshot(snapshotPath(folder, next), everything);
      const nextFile = fs.openSync(journalPath(folder, next), 'a');
      fs.closeSync(file);
      file = nextFile;
      generation = next;
      bytes = 0;
      removeOthers(folder, generation);
    },
    get bytes() {
      return bytes;
    },
    close: () => fs.closeSync(file),
  };
}

const snapshotPath = (folder: string, generation: number) => path.join(folder, `snapshot-${generation}.ndjson`);
const journalPath = (folder: string, generation: number) => path.join(folder, `journal-${generation}.ndjson`);

function newestGeneration(folder: string): number {
  const generations = fs.readdirSync(folder).map((name) => Number(snapshotName.exec(name)?.[1] ?? 0));
  return Math.max(0, ...generations);
}

function removeOthers(folder: string, generation: number): void {
  for (const name of fs.readdirSync(folder)) {
    const found = /^(?:snapshot|journal)-(\d+)\.ndjson(?:\.part)?$/.exec(name);
    if (found && (Number(found[1]) !== generation || name.endsWith('.part'))) {
      fs.rmSync(path.join(folder, name), { force: true });
    }
  }
}

function applyLine(line: string, file: string, apply: (entry: Entry) => void): void {
  let entries: Entry[];
  try {
    entries = JSON.parse(line) as Entry[];
  } catch {
    throw new Error(
      `${file} is damaged: a line in it is no JSON. Put a copy of the folder back, or start with an empty --state.`,
    );
  }
  for (const entry of entries) apply(entry);
}

/** Reads whole lines in pieces (a snapshot may be larger than one string can be); gives the bytes of all whole lines. */
function readLines(file: string, onLine: (line: string, file: string) => void): number {
  const handle = fs.openSync(file, 'r');
  const piece = Buffer.alloc(4 * 1024 * 1024);
  let rest: Buffer = Buffer.alloc(0);
  let intactBytes = 0;
  for (;;) {
    const read = fs.readSync(handle, piece, 0, piece.length, null);
    if (read === 0) break;
    const chunk = Buffer.concat([rest, piece.subarray(0, read)]);
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      onLine(chunk.toString('utf8', from, end), file);
      intactBytes += end + 1 - from;
      from = end + 1;
    }
    rest = chunk.subarray(from);
  }
  fs.closeSync(handle);
  return intactBytes;
}

/** A write may take only a part. */
function writeWhole(handle: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += fs.writeSync(handle, bytes, written);
}

function writeSnapshot(file: string, everything: Iterable<Entry>): void {
  const part = `${file}.part`;
  const handle = fs.openSync(part, 'w');
  let batch: string[] = [];
  let size = 0;
  const flush = () => {
    if (batch.length > 0) writeWhole(handle, Buffer.from(`${batch.join('\n')}\n`));
    batch = [];
    size = 0;
  };
  for (const entry of everything) {
    const line = JSON.stringify([entry]);
    batch.push(line);
    size += line.length;
    if (size > 1_000_000) flush();
  }
  flush();
  // Handed to the operating system is enough against the end of this process; a power cut is not what this guards against.
  fs.closeSync(handle);
  fs.renameSync(part, file);
}
