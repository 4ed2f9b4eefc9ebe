import { listTurns, type Turn } from '../../db/queries/meeting-facts.ts';
import type { FeatureContext } from '../context.ts';
import { findMeeting } from '../find-meeting.ts';

/** Turns of a meeting's transcript from a position on, one more than `limit` if there are more. Throws `not_found`. */
export async function readTranscript({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { externalId: string; offset: number; limit: number };
}): Promise<Turn[]> {
  const { id } = await findMeeting(ctx, input.externalId);
  return listTurns(ctx.db, ctx.organizationId, id, { offset: input.offset, limit: input.limit + 1 });
}
