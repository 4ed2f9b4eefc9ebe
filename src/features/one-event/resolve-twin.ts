import { closeTwins, findTakenEvents, listTwins, saveAdoptions, setEventAside } from '../../db/queries/candidates.ts';
import { oweMeetings } from '../../db/queries/owed-meetings.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';

/**
 * A person's word on two events of one meeting. `take`: the calendar's becomes the meeting's; what is ours moves there, and our
 * own event goes once the new notes are confirmed. `dismiss`: they are two, nobody asks again. Throws `not_found`, and
 * `conflict` when this is no question any more.
 */
export async function resolveTwin({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string; eventId: string; choice: 'take' | 'dismiss' };
}): Promise<void> {
  const { eventId, choice } = input;
  const meeting = await findMeeting(ctx, input.externalId);
  const decidedBy = actorName(ctx.actor);
  await ctx.db.transaction(async (sql) => {
    const at = ctx.now();
    const twin = (await listTwins(sql, ctx.organizationId, [meeting.id])).find((one) => one.eventId === eventId);
    if (twin === undefined) throw new AppError('conflict', 'This is no question any more. Load the page again.');
    const closing = { meetingId: meeting.id, decidedBy, at };
    if (choice === 'dismiss') {
      await closeTwins(sql, ctx.organizationId, { ...closing, eventIds: [eventId], state: 'dismissed' });
      return;
    }
    const taken = (await findTakenEvents(sql, ctx.organizationId, [eventId])).get(eventId);
    if (taken !== undefined) throw new AppError('conflict', 'This event belongs to another meeting by now.');
    if ((await setEventAside(sql, ctx.organizationId, meeting.id)) === null) {
      throw new AppError('conflict', 'This meeting has no event of ours any more. Load the page again.');
    }
    const { event } = twin.seen;
    await saveAdoptions(sql, ctx.organizationId, [
      {
        meetingId: meeting.id,
        decision: 'adopt',
        eventId,
        candidates: [twin.seen],
        startsAt: new Date(event.startsAt),
        endsAt: new Date(event.endsAt),
        decidedBy,
        decidedAt: at,
        askUntil: null,
        readOnlyBecause: null,
      },
    ]);
    await closeTwins(sql, ctx.organizationId, { ...closing, eventIds: [eventId], state: 'taken' });
    // Copies in colleagues' calendars stand beside an event that is the calendar's own now.
    await closeTwins(sql, ctx.organizationId, { ...closing, eventIds: null, state: 'dismissed' });
    await oweMeetings(sql, ctx.organizationId, [meeting.id], at);
    await ctx.wake(sql, ctx.organizationId);
  });
}
