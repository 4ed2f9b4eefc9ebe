import { deleteLinkDecision, findRecordName, saveLinkDecision } from '../../db/queries/decisions.ts';
import { oweMeetings } from '../../db/queries/owed-meetings.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';

/**
 * A person's word on one link of a meeting: pinned, excluded, added, or reset to what the machine finds. It outranks every
 * evaluation; the meeting is owed a new one. Throws `not_found` for an unknown meeting or record.
 */
export async function decideLink({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: {
    externalId: string;
    module: CrmModule;
    recordId: string;
    decision: 'pinned' | 'excluded' | 'added' | 'reset';
  };
}): Promise<void> {
  const { module, recordId, decision } = input;
  const meeting = await findMeeting(ctx, input.externalId);
  await ctx.db.transaction(async (sql) => {
    const row = { organizationId: ctx.organizationId, meetingId: meeting.id, module, recordId };
    if (decision === 'reset') await deleteLinkDecision(sql, row);
    else {
      const name = await findRecordName(sql, ctx.organizationId, { module, id: recordId });
      if (name === null) {
        throw new AppError(
          'not_found',
          `There is no record ${recordId} among the ${module} from Zoho. Look for it again.`,
        );
      }
      const decidedBy = actorName(ctx.actor);
      await saveLinkDecision(sql, { ...row, decision, origin: 'manual', name, decidedBy, decidedAt: ctx.now() });
    }
    await oweMeetings(sql, ctx.organizationId, [meeting.id], ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
}
