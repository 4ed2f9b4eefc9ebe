import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { downloadCsv } from '../../format/download-csv.ts';
import type { CsvCell } from '../../format/to-csv.ts';

/** Hands out the figures of a panel. */
export function CsvButton({ name, header, rows }: { name: string; header: string[]; rows: CsvCell[][] }) {
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      disabled={rows.length === 0}
      leftSection={<IconDownload size={14} aria-hidden />}
      onClick={() => downloadCsv(name, header, rows)}
    >
      CSV
    </Button>
  );
}
