/** First and last line of our part of an event's description; what stands outside of them is never ours. */
export const BLOCK_START = '--- Salescaling ---';
export const BLOCK_END = '--- end of Salescaling ---';

export type DescriptionParts =
  /** No line of ours is in it. */
  | { kind: 'none' }
  /** One of our two lines is missing, or they are in disorder. */
  | { kind: 'torn' }
  | { kind: 'whole'; before: string; block: string; after: string };

/** Takes a description apart at our marker lines. `before` ends and `after` begins where our block does, line ends included. */
export function splitDescription(text: string): DescriptionParts {
  const plain = toPlainText(text);
  const start = findLine(plain, BLOCK_START, 0);
  const end = findLine(plain, BLOCK_END, 0);
  if (start === -1 && end === -1) return { kind: 'none' };
  if (start === -1 || end < start || findLine(plain, BLOCK_START, start + 1) !== -1) return { kind: 'torn' };
  const stop = end + BLOCK_END.length;
  return { kind: 'whole', before: plain.slice(0, start), block: plain.slice(start, stop), after: plain.slice(stop) };
}

/** Puts our block in the place of the one that stands in a description; where there is none, behind the text. */
export function putBlock(text: string, block: string): string {
  const parts = splitDescription(text);
  if (parts.kind === 'whole') return parts.before + block + parts.after;
  const plain = toPlainText(text).trimEnd();
  if (parts.kind === 'none') return plain === '' ? block : `${plain}\n\n${block}`;
  const start = findLine(plain, BLOCK_START, 0);
  return start === -1 ? `${plain}\n\n${block}` : plain.slice(0, start) + block;
}

/** A text with one kind of line ends. */
export function toPlainText(text: string): string {
  return text.replace(/\r\n?/gu, '\n');
}

function findLine(text: string, line: string, from: number): number {
  for (let at = text.indexOf(line, from); at !== -1; at = text.indexOf(line, at + 1)) {
    const isStart = at === 0 || text[at - 1] === '\n';
    const rest = text.slice(at + line.length).match(/^[ \t]*(?:\n|$)/u);
    if (isStart && rest !== null) return at;
  }
  return -1;
}
