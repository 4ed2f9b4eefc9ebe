export type CsvCell = string | number | boolean | null;

/**
 * Rows as CSV (RFC 4180). Text that a spreadsheet would run as a formula is made inert with an apostrophe;
 * numbers stay numbers.
 */
export function toCsv(header: string[], rows: CsvCell[][]): string {
  return [header, ...rows].map((row) => row.map(cellText).join(',')).join('\r\n');
}

function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const inert = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
