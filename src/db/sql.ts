/** Something that runs SQL: the pool, or one transaction. Rows come back typed by the caller, who wrote the `select`. */
export type Sql = {
  query<Row extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
};

/** The first row, or null when there is none. */
export async function firstRow<Row extends object>(rows: Promise<Row[]>): Promise<Row | null> {
  return (await rows)[0] ?? null;
}
