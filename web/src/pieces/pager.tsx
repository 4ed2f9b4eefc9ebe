import { Button, Group, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { countText } from '../format/amounts.ts';
import type { Pages } from './use-pages.ts';

/** Goes through a long list page by page; only one page is ever in the document. */
export function Pager({ pages, shown, pageSize, nextCursor }: PagerProps) {
  if (pages.number === 1 && nextCursor === null) return null;
  const first = (pages.number - 1) * pageSize + 1;
  return (
    <Group justify="space-between" px="md" py="xs" component="nav" aria-label="Pages of the list">
      <Text size="sm" c="var(--ink-soft)">
        {shown === 0 ? 'Nothing more' : `${countText(first)}–${countText(first + shown - 1)}`}
      </Text>
      <Group gap={6}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconChevronLeft size={14} aria-hidden />}
          disabled={pages.number === 1}
          onClick={pages.back}
        >
          Back
        </Button>
        <Button
          size="xs"
          variant="default"
          rightSection={<IconChevronRight size={14} aria-hidden />}
          disabled={nextCursor === null}
          onClick={() => nextCursor !== null && pages.next(nextCursor)}
        >
          Next
        </Button>
      </Group>
    </Group>
  );
}

type PagerProps = { pages: Pages; shown: number; pageSize: number; nextCursor: string | null };
