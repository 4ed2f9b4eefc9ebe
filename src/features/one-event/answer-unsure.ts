import { findTakenEvents, loadAdoptions, saveAdoptions } from '../../db/queries/candidates.ts';
import { oweMeetings } from '../../db/queries/owed-meetings.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';

export type UnsureAnswer = { choice: 'adopt'; eventId: string } | { choice: 'create' } | { choice: 'wait' };

/**
 * A person's word on which event of the calendar is the meeting's: take this one, write one of our own, or keep waiting (also
 * where the organization would write one after a day). Throws `not_found`, and `conflict` when nothing is asked or the event is
 * another meeting's by now.
 */
export async function answerUnsure({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string; answer: UnsureAnswer };
}): Promise<void> {
  const { answer } = input;
  const meeting = await findMeeting(ctx, input.externalId);
  await ctx.db.transaction(async (sql) => {
    const row = (await loadAdoptions(sql, ctx.organizationId, [meeting.id])).get(meeting.id);
    if (row?.decision !== 'ask') {
      throw new AppError('conflict', 'Nothing is asked about this meeting’s event any more. Load the page again.');
    }
    const decided = { ...row, decidedBy: actorName(ctx.actor), decidedAt: ctx.now(), askUntil: null };
    if (answer.choice === 'adopt') {
      const { eventId } = answer;
      if (!row.candidates.some(({ event }) => event.id === eventId)) {
        throw new AppError('not_found', `The event ${eventId} is none of those that are asked about.`);
      }
      const taken = await findTakenEvents(sql, ctx.organizationId, [eventId]);
      if (taken.has(eventId)) {
        throw new AppError('conflict', 'This event belongs to another meeting by now. Choose another one.');
      }
      await saveAdoptions(sql, ctx.organizationId, [{ ...decided, decision: 'adopt', eventId }]);
    } else {
      const decision = answer.choice === 'create' ? 'create' : 'ask';
      await saveAdoptions(sql, ctx.organizationId, [{ ...decided, decision }]);
    }
    await oweMeetings(sql, ctx.organizationId, [meeting.id], ctx.now());
    await ctx.wake(sql, ctx.organizationId);
  });
}
