import { acceptEdits, forgetKeptRecords } from '../../db/queries/drift.ts';
import { listPlacements } from '../../db/queries/ledger.ts';
import { oweMeetings } from '../../db/queries/owed-meetings.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';

/**
 * A person's word on what people changed in Zoho in one record of a meeting (`slot`: `event`, or that of a note): it stands and nobody is
 * asked again, or ours is written over it. Throws `not_found`, and `conflict` where nobody edited it.
 */
export async function settleEdits({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string; slot: string; choice: 'keep_theirs' | 'write_ours' };
}): Promise<void> {
  const meeting = await findMeeting(ctx, input.externalId);
  const places = await listPlacements(ctx.db, ctx.organizationId, [meeting.id]);
  const place = places.find(({ slot }) => slot === input.slot);
  if (place === undefined) {
    throw new AppError('not_found', 'This meeting has no such event or note in Zoho. Load the meeting again.');
  }
  if (place.kept === null) {
    throw new AppError(
      'conflict',
      'Nobody has edited this in Zoho, or it was settled already. Load the meeting again.',
    );
  }
  const records = [{ meetingId: meeting.id, slot: input.slot }];
  await ctx.db.transaction(async (sql) => {
    if (input.choice === 'keep_theirs') await acceptEdits(sql, ctx.organizationId, records);
    else await forgetKeptRecords(sql, ctx.organizationId, records);
    await oweMeetings(sql, ctx.organizationId, [meeting.id], ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
}
