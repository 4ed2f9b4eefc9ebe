import { readChangedNotes } from '../../crm/read-changed-notes.ts';
import { findPlaced, listPolls, markPolled, savePollCursor } from '../../db/queries/polls.ts';
import { isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';
import { advanceCursor, closeCursor, isSameCursor, listFrom, unseen } from './poll-cursor.ts';
import { NO_NEWS, type TakeNews } from './pull-changes.ts';

const TOO_MANY =
  'More than 10,000 notes changed at once; the oldest of them are looked at in the check of all meetings.';

/**
 * Looks for notes of ours that somebody changed in Zoho, through the list that administrators may read. 1 credit while at most 200
 * notes of the org changed. A list that is refused is told in the poll; changed notes are found by the drift check then.
 */
export async function pullNotes({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; takeNews: TakeNews };
}): Promise<void> {
  const startedAt = ctx.now();
  const before = (await listPolls(ctx.db, ctx.organizationId)).get('notes')?.cursor;
  const from = before === undefined ? null : listFrom(before);
  if (before === undefined || from === null) return mark(ctx, null, startedAt);
  try {
    const { notes, isCut } = await readChangedNotes(input.open.transport, from);
    const rows = notes.map(({ id, modifiedAt }) => ({ id, at: modifiedAt }));
    const ids = unseen(before, rows).map((row) => row.id);
    const placed = await findPlaced(ctx.db, ctx.organizationId, ids);
    const noteIds = ids.filter((id) => placed.has(id));
    if (noteIds.length > 0) await input.takeNews({ ...NO_NEWS, noteIds });
    const after = closeCursor(advanceCursor(before, rows, startedAt), startedAt);
    if (!isSameCursor(before, after)) await savePollCursor(ctx.db, ctx.organizationId, 'notes', after);
    await mark(ctx, isCut ? TOO_MANY : null, startedAt);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'crm_rejected') throw error;
    await mark(ctx, error.message, startedAt);
  }
}

function mark(ctx: FeatureContext, problem: string | null, at: Date): Promise<void> {
  return markPolled(ctx.db, ctx.organizationId, 'changes', [{ module: 'notes', problem }], at);
}
