const ELLIPSIS = '…';
const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Length in code points, the unit in which the CRM's limits are kept. */
export function countCodePoints(text: string): number {
  return text.length - (text.match(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g)?.length ?? 0);
}

/** The text if it fits into `max` code points, else its beginning and `…`: never half a letter, emoji or combined sign. */
export function cutText(text: string, max: number): string {
  if (countCodePoints(text) <= max) return text;
  if (max < 1) return '';
  return text.slice(0, cutPosition(text, max - 1)).trimEnd() + ELLIPSIS;
}

/**
 * Pieces of at most `max` code points that join to the text again: broken after a line, else after a word, else between
 * two letters.
 */
export function splitText(text: string, max: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (countCodePoints(rest) > max) {
    const position = breakPosition(rest, max);
    pieces.push(rest.slice(0, position));
    rest = rest.slice(position);
  }
  return [...pieces, rest];
}

function breakPosition(text: string, max: number): number {
  const limit = cutPosition(text, max);
  const head = text.slice(0, limit);
  for (const separator of ['\n', ' ']) {
    const position = head.lastIndexOf(separator) + 1;
    if (position > limit / 2 && boundaryBefore(text, position) === position) return position;
  }
  return limit;
}

/** The last place, in code units, at which at most `max` code points lie before it and no sign is broken. */
function cutPosition(text: string, max: number): number {
  const limit = codeUnitsOf(text, max);
  const boundary = boundaryBefore(text, limit);
  // One sign longer than the whole field (a letter under a thousand marks) can only be broken between code points.
  return boundary === 0 ? limit : boundary;
}

function boundaryBefore(text: string, position: number): number {
  return GRAPHEMES.segment(text).containing(position)?.index ?? position;
}

function codeUnitsOf(text: string, codePoints: number): number {
  let position = 0;
  for (let count = 0; count < codePoints && position < text.length; count += 1) {
    position += (text.codePointAt(position) ?? 0) > 0xffff ? 2 : 1;
  }
  return position;
}
