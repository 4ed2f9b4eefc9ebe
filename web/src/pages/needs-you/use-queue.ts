import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { NeedsYouItem } from '../../api/types.ts';
import { showProblem } from '../../pieces/show-message.tsx';

type Done = { item: NeedsYouItem; said: string; undo: (() => Promise<unknown>) | null };

/** The questions in order, without the solved ones; skipped ones come last. */
export type Queue = {
  current: NeedsYouItem | null;
  left: number;
  lastDone: Done | null;
  isBusy: boolean;
  solve: (item: NeedsYouItem, said: string, work: () => Promise<unknown>, undo: Done['undo']) => void;
  skip: (item: NeedsYouItem) => void;
  undo: () => void;
};

/** A decision takes effect when its meeting was looked at again: counts are read at once and a little later. */
const settlingMs = [0, 1_500, 5_000];

/** Shows the next question as soon as one is decided; brings it back if the decision fails or is undone. */
export function useQueue(items: NeedsYouItem[]): Queue {
  const client = useQueryClient();
  const [solved, setSolved] = useState<Set<string>>(new Set());
  const [skipped, setSkipped] = useState<string[]>([]);
  const [done, setDone] = useState<Done[]>([]);
  const [isBusy, setBusy] = useState(false);
  const open = items.filter((item) => !solved.has(item.id));
  const ordered = [...open].sort((a, b) => skipped.indexOf(a.id) - skipped.indexOf(b.id));

  const bringBack = (item: NeedsYouItem) => setSolved((ids) => new Set([...ids].filter((id) => id !== item.id)));
  const refresh = () => {
    for (const delay of settlingMs) {
      setTimeout(() => {
        void client.invalidateQueries({ queryKey: ['needs-you'] });
        void client.invalidateQueries({ queryKey: ['session'] });
      }, delay);
    }
  };
  return {
    current: ordered[0] ?? null,
    left: open.length,
    lastDone: done.at(-1) ?? null,
    isBusy,
    solve: (item, said, work, undo) => {
      setSolved((ids) => new Set(ids).add(item.id));
      setDone((list) => [...list, { item, said, undo }]);
      work()
        .then(refresh)
        .catch((error: unknown) => {
          showProblem(error);
          bringBack(item);
          setDone((list) => list.filter((entry) => entry.item.id !== item.id));
        });
    },
    skip: (item) => setSkipped((ids) => [...ids.filter((id) => id !== item.id), item.id]),
    undo: () => {
      const last = done.at(-1);
      if (!last?.undo || isBusy) return;
      setBusy(true);
      last
        .undo()
        .then(() => {
          bringBack(last.item);
          setDone((list) => list.slice(0, -1));
          refresh();
        })
        .catch(showProblem)
        .finally(() => setBusy(false));
    },
  };
}
