import { useState } from 'react';

/** Where a person is in a list that is read page by page. */
export type Pages = { cursor: string | undefined; number: number; next: (cursor: string) => void; back: () => void };

/** Kept while the app is open, so that coming back to a list finds the same page. */
const remembered = new Map<string, string[]>();

/** Cursors of the pages passed so far; another `list` (its name and filters) begins at its own first page. */
export function usePages(list: string): Pages {
  const [, redraw] = useState(0);
  const passed = remembered.get(list) ?? [];
  const go = (cursors: string[]) => {
    remembered.set(list, cursors);
    redraw((count) => count + 1);
    window.scrollTo({ top: 0 });
  };
  return {
    cursor: passed.at(-1),
    number: passed.length + 1,
    next: (cursor) => go([...passed, cursor]),
    back: () => go(passed.slice(0, -1)),
  };
}
