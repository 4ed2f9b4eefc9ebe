import type { TakeNews } from '../features/mirror/pull-changes.ts';
import { takeEdits } from '../features/publish/take-edits.ts';
import type { ChoreTurn } from './due-chores.ts';

/** What people did in Zoho to events and notes of ours goes to whoever decides what it means. */
export function takeNews({ ctx, gateway, open }: ChoreTurn): TakeNews {
  return async ({ eventIds, noteIds, deletedEvents, deletedNotes }) => {
    await takeEdits({ ctx, gateway, input: { open, eventIds, noteIds, deletedEvents, deletedNotes } });
  };
}
