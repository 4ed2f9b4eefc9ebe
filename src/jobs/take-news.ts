import type { TakeNews } from '../features/mirror/pull-changes.ts';
import { noticeEvents } from '../features/one-event/notice-events.ts';
import { takeEdits } from '../features/publish/take-edits.ts';
import type { ChoreTurn } from './due-chores.ts';

/** What people did in Zoho to events and notes of ours, and which events of the calendar came, goes to whoever decides what it means. */
export function takeNews({ ctx, gateway, open }: ChoreTurn): TakeNews {
  // Zoho lists no deleted notes: that one is gone is found when it is read.
  return async ({ events, eventIds, noteIds, deletedEvents }) => {
    await takeEdits({ ctx, gateway, input: { open, eventIds, noteIds, deletedEvents, deletedNotes: [] } });
    await noticeEvents({ ctx, input: { open, events, deletedEvents } });
  };
}
