export type DiffLine = { kind: 'same' | 'added' | 'removed'; text: string };

/** Above this product of line counts the texts are shown whole, old then new, so that a page never hangs. */
const limit = 250_000;

/** The shortest way from one text to another, line by line. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const old = before.split('\n');
  const now = after.split('\n');
  if (old.length * now.length > limit) return [...marked('removed', old), ...marked('added', now)];
  const common = commonLengths(old, now);
  const lines: DiffLine[] = [];
  let at = 0;
  let to = 0;
  while (at < old.length || to < now.length) {
    const oldLine = old[at];
    const nowLine = now[to];
    if (oldLine !== undefined && oldLine === nowLine) {
      lines.push({ kind: 'same', text: oldLine });
      at += 1;
      to += 1;
    } else if (
      oldLine !== undefined &&
      (nowLine === undefined || lengthAt(common, at + 1, to) >= lengthAt(common, at, to + 1))
    ) {
      lines.push({ kind: 'removed', text: oldLine });
      at += 1;
    } else if (nowLine !== undefined) {
      lines.push({ kind: 'added', text: nowLine });
      to += 1;
    }
  }
  return lines;
}

const marked = (kind: DiffLine['kind'], texts: string[]) => texts.map((text) => ({ kind, text }));

const lengthAt = (table: number[][], row: number, column: number) => table[row]?.[column] ?? 0;

/** `[i][j]`: how many lines the rests from `i` and `j` on have in common, in order. */
function commonLengths(old: string[], now: string[]): number[][] {
  const table = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const isSame = old[i] === now[j];
      const length = isSame
        ? lengthAt(table, i + 1, j + 1) + 1
        : Math.max(lengthAt(table, i + 1, j), lengthAt(table, i, j + 1));
      const row = table[i];
      if (row) row[j] = length;
    }
  }
  return table;
}
