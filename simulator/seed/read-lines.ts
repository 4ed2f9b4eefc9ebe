import fs from 'node:fs';

/** Calls `onRow` with each line of an NDJSON file, in order, without holding the file. Throws with file and line on bad JSON. */
export function readLines(file: string, onRow: (row: Record<string, unknown>) => void): number {
  const handle = fs.openSync(file, 'r');
  const piece = Buffer.alloc(1024 * 1024);
  let rest: Buffer = Buffer.alloc(0);
  let count = 0;
  const take = (line: string) => {
    if (line.trim() === '') return;
    count++;
    try {
      onRow(JSON.parse(line) as Record<string, unknown>);
    } catch (error) {
      throw new Error(`${file}:${count} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  try {
    for (;;) {
      const read = fs.readSync(handle, piece, 0, piece.length, null);
      if (read === 0) break;
      const chunk = rest.length === 0 ? piece.subarray(0, read) : Buffer.concat([rest, piece.subarray(0, read)]);
      let from = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
        take(chunk.toString('utf8', from, end));
        from = end + 1;
      }
      rest = Buffer.from(chunk.subarray(from));
    }
    take(rest.toString('utf8'));
  } finally {
    fs.closeSync(handle);
  }
  return count;
}
