import {
  CHANGE_MODULES,
  type ChangedEvent,
  type ChangeModule,
  type ChangePage,
  type DeletedRecord,
  readChanges,
} from '../../crm/read-changes.ts';
import { listStages } from '../../db/queries/org-settings.ts';
import {
  findPlaced,
  listPolls,
  markPolled,
  type PollCursor,
  type PollRow,
  savePollCursor,
} from '../../db/queries/polls.ts';
import { requestPreflight } from '../../db/queries/preflight.ts';
import type { FeatureContext } from '../context.ts';
import { readOddOrg } from '../odd-org.ts';
import type { OpenConnection } from '../open-connection.ts';
import { applyChanges } from './apply-changes.ts';
import { beginPollsAtMirror } from './begin-polls.ts';
import { noticeWithheld } from './keep-withheld.ts';
import { advanceCursor, closeCursor, cursorAt, isSameCursor, readFrom, unseen } from './poll-cursor.ts';

/** What Zoho says of events and notes, ours or not: somebody else decides what it means. */
export type PulledNews = {
  /** Every event that changed, ours and others. */
  events: ChangedEvent[];
  /** The changed events that are ours: known as written, or carrying one of our ids. */
  eventIds: string[];
  /** Changed notes that are ours. */
  noteIds: string[];
  /** Ours and others. */
  deletedEvents: DeletedRecord[];
};

/** Takes news before the place in Zoho's time is saved: news that could not be taken comes again. */
export type TakeNews = (news: PulledNews) => Promise<void>;

export const NO_NEWS: PulledNews = { events: [], eventIds: [], noteIds: [], deletedEvents: [] };

/**
 * Reads what changed in Zoho since the last time and applies it: the mirror at once, events by `takeNews`. Each page is applied
 * before its place is saved, so a poll that was cut goes on there and repeats at most one page, which changes nothing twice.
 * A module that may not be read keeps its place, and the reason stands in its poll. Returns how many records of the mirror
 * changed. Cost: 1 credit while no module has more than 25 changes. Throws what concerns the whole connection.
 */
export async function pullChanges({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; takeNews: TakeNews };
}): Promise<{ changed: number }> {
  const { open } = input;
  const startedAt = ctx.now();
  const cursors = await readCursors(ctx);
  const reading = {
    from: new Map(CHANGE_MODULES.map((module) => [module, readFrom(cursorOf(cursors, module))])),
    stages: await listStages(ctx.db, ctx.organizationId),
    externalField: open.connection.capabilities.externalField,
    columns: (await readOddOrg(ctx)).columns,
  };
  const outcomes = new Map<ChangeModule, string | null>();
  let changed = 0;
  for await (const read of readChanges(open.transport, reading)) {
    if (read.kind === 'failed') {
      // A column may be hidden from us since: then what is asked for changes.
      await askForLayouts(ctx, startedAt);
      outcomes.set(read.module, read.reason);
      continue;
    }
    const before = cursorOf(cursors, read.module);
    changed += await applyPage(ctx, input, read.page, before);
    const moved = advanceCursor(before, timesOf(read.page), startedAt);
    const after = read.isLast ? closeCursor(moved, startedAt) : moved;
    if (!isSameCursor(before, after)) await savePollCursor(ctx.db, ctx.organizationId, read.module, after);
    cursors.set(read.module, after);
    outcomes.set(read.module, null);
  }
  const rows = [...outcomes].map(([module, problem]) => ({ module, problem }));
  await markPolled(ctx.db, ctx.organizationId, 'changes', rows, startedAt);
  return { changed };
}

/** Applies one page: records go into the mirror, events to whoever takes them. Returns how many records of the mirror changed. */
export async function applyPage(
  ctx: FeatureContext,
  { open, takeNews }: { open: OpenConnection; takeNews: TakeNews },
  page: ChangePage,
  cursor: PollCursor = cursorAt(null, ctx.now()),
): Promise<number> {
  if (page.module !== 'events') {
    const hiddenKeys = await noticeWithheld(ctx, open, page);
    return (await applyChanges({ ctx, input: { page, hiddenKeys } })).changed;
  }
  const events = unseen(
    cursor,
    page.rows.map((row) => ({ ...row, at: row.modifiedAt })),
  ).map(({ at: _at, ...row }) => row);
  if (events.length === 0) return 0;
  const placed = await findPlaced(
    ctx.db,
    ctx.organizationId,
    events.map((event) => event.id),
  );
  const ours = events.filter((event) => event.externalId !== null || placed.has(event.id));
  await takeNews({ ...NO_NEWS, events, eventIds: ours.map((event) => event.id) });
  return 0;
}

/** The layouts are read again soon, at most every ten minutes. */
async function askForLayouts(ctx: FeatureContext, at: Date): Promise<void> {
  const unlessReadSince = new Date(at.getTime() - LAYOUTS_AGAIN_MS);
  await requestPreflight(ctx.db, ctx.organizationId, { at, unlessReadSince });
}

const LAYOUTS_AGAIN_MS = 10 * 60_000;

async function readCursors(ctx: FeatureContext): Promise<Map<ChangeModule, PollCursor>> {
  let polls = await listPolls(ctx.db, ctx.organizationId);
  if (polls.size === 0) {
    await beginPollsAtMirror(ctx);
    polls = await listPolls(ctx.db, ctx.organizationId);
  }
  return new Map(CHANGE_MODULES.map((module) => [module, pollOf(polls, module)?.cursor ?? cursorAt(null, ctx.now())]));
}

function pollOf(polls: ReadonlyMap<string, PollRow>, module: ChangeModule): PollRow | undefined {
  return polls.get(module);
}

function cursorOf(cursors: ReadonlyMap<ChangeModule, PollCursor>, module: ChangeModule): PollCursor {
  return cursors.get(module) ?? { at: null, openSince: null, seen: [] };
}

function timesOf(page: ChangePage): { id: string; at: string | null }[] {
  const isEvents = page.module === 'events';
  const times = page.rows.map((row) => ({ id: row.id, at: row.modifiedAt }));
  if (isEvents || times.length === 0) return times;
  // The mirror knows by itself what is no news: only the newest time is needed.
  const newest = times.reduce((most, row) => ((row.at ?? '') > (most.at ?? '') ? row : most));
  return [newest];
}
