/** One measurement. `size`: a smaller or larger one than usual; null as usual. */
export type Bench = (options: {
  database: string | null;
  size: number | null;
  say: (line: string) => void;
}) => Promise<Record<string, unknown>>;
