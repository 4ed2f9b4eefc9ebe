import { deletePersonDecision, findRecordName, savePersonDecision } from '../../db/queries/decisions.ts';
import { loadMeetings } from '../../db/queries/load-meetings.ts';
import { oweMeetings } from '../../db/queries/owed-meetings.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';

/**
 * A person's word on who a participant is: this contact or lead, nobody to look for, or reset. The meeting is owed a new
 * evaluation. Throws `not_found` for an unknown meeting, participant or record.
 */
export async function decidePerson({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string; participantKey: string } & (
    | { kind: 'chosen'; module: 'contacts' | 'leads'; recordId: string }
    | { kind: 'ignored' | 'reset' }
  );
}): Promise<void> {
  const meeting = await findMeeting(ctx, input.externalId);
  const [loaded] = await loadMeetings(ctx.db, ctx.organizationId, [meeting.id]);
  if (!loaded?.participantKeys.some(({ key }) => key === input.participantKey)) {
    throw new AppError('not_found', 'This participant is not part of the meeting (any more). Load the meeting again.');
  }
  await ctx.db.transaction(async (sql) => {
    const row = {
      organizationId: ctx.organizationId,
      meetingId: meeting.id,
      participantKey: input.participantKey,
    };
    const said = { decidedBy: actorName(ctx.actor), decidedAt: ctx.now() };
    if (input.kind === 'chosen') {
      const { module, recordId } = input;
      if ((await findRecordName(sql, ctx.organizationId, { module, id: recordId })) === null) {
        throw new AppError(
          'not_found',
          `There is no record ${recordId} among the ${module} from Zoho. Look for it again.`,
        );
      }
      await savePersonDecision(sql, { ...row, kind: 'chosen', module, recordId, ...said });
    } else if (input.kind === 'ignored') {
      await savePersonDecision(sql, { ...row, kind: 'ignored', module: null, recordId: null, ...said });
    } else await deletePersonDecision(sql, row);
    await oweMeetings(sql, ctx.organizationId, [meeting.id], ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
}
