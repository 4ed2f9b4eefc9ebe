import type { PulledNews, TakeNews } from '../features/mirror/pull-changes.ts';
import { pullDeletions } from '../features/mirror/pull-deletions.ts';
import { noticeEvents } from '../features/one-event/notice-events.ts';
import { takeEdits } from '../features/publish/take-edits.ts';
import type { ChoreTurn } from './due-chores.ts';

/**
 * What people did in Zoho to events and notes of ours, and which events of the calendar came, goes to whoever decides what it means.
 * Where an event points away from a record that is gone, deletions are read first: a merge that moved it is nobody's edit.
 */
export function takeNews(turn: ChoreTurn): TakeNews {
  const takeAsItIs: TakeNews = async (news) => {
    await take(turn, news, false);
    await notice(turn, news);
  };
  return async (news) => {
    const { isWaiting } = await take(turn, news, true);
    if (!isWaiting) return notice(turn, news);
    await pullDeletions({ ctx: turn.ctx, input: { open: turn.open, takeNews: takeAsItIs } });
    await takeAsItIs(news);
  };
}

async function take({ ctx, gateway, open, log }: ChoreTurn, news: PulledNews, waitsForDeletions: boolean) {
  const { eventIds, noteIds, deletedEvents } = news;
  // Zoho lists no deleted notes: that one is gone is found when it is read.
  const input = { open, eventIds, noteIds, deletedEvents, deletedNotes: [], waitsForDeletions, skipsRefused: true };
  const taken = await takeEdits({ ctx, gateway, input });
  for (const [crmId, error] of taken.refused) {
    log.warn(
      { organizationId: ctx.organizationId, crmId },
      `It is passed over until it changes again: ${error.message}`,
    );
  }
  return taken;
}

async function notice({ ctx, open }: ChoreTurn, { events, deletedEvents }: PulledNews): Promise<void> {
  await noticeEvents({ ctx, input: { open, events, deletedEvents } });
}
