/** The values of a statement that is put together from parts: `add` gives each its place, so that no value is ever part of the text. */
export type SqlValues = { list: unknown[]; add(value: unknown): string };

/** Starts a list of values; the first one added is `$1`. */
export function createSqlValues(): SqlValues {
  const list: unknown[] = [];
  return {
    list,
    add(value) {
      list.push(value);
      return `$${list.length}`;
    },
  };
}

/** A pattern for `ilike` that finds the text itself anywhere: its own `%`, `_` and `\` mean nothing. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
