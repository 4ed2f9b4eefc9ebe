import { type CsvCell, toCsv } from './to-csv.ts';

/** Hands the person a CSV file that spreadsheets open as UTF-8. */
export function downloadCsv(name: string, header: string[], rows: CsvCell[][]): void {
  const blob = new Blob([`\ufeff${toCsv(header, rows)}`], { type: 'text/csv;charset=utf-8' });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
