import { type PickedMeeting, postponeMeetings, settleMeetings } from '../db/queries/owed-meetings.ts';
import type { FeatureContext } from '../features/context.ts';
import { type Interruption, interruptionOf } from './interruption.ts';
import { type BatchInput, publishBatch } from './publish-batch.ts';
import type { ServeDeps } from './serve-connection.ts';

const ATTEMPTS_MAX = 5;
const RETRY_MS = 10_000;

/**
 * Publishes a batch so that one meeting that cannot be worked out holds nobody else up: after a failure that is not Zoho's, its
 * halves go one after the other. The one that fails alone is tried again a few times, then a person is told.
 */
export async function publishApart(
  ctx: FeatureContext,
  deps: Pick<ServeDeps, 'gateway' | 'log'>,
  input: BatchInput,
): Promise<Interruption | null> {
  try {
    return await publishBatch(ctx, deps.gateway, input);
  } catch (error) {
    if (interruptionOf(error) !== null) throw error;
    const [first, ...others] = input.meetings;
    if (first === undefined) throw error;
    if (others.length === 0) {
      deps.log.error(
        { organizationId: ctx.organizationId, meetingId: first.id, error: String(error) },
        'A meeting failed',
      );
      await setAside(ctx, first, error);
      return null;
    }
    const half = Math.ceil(input.meetings.length / 2);
    for (const meetings of [input.meetings.slice(0, half), input.meetings.slice(half)]) {
      const interruption = await publishApart(ctx, deps, { ...input, meetings });
      if (interruption !== null) return interruption;
    }
    return null;
  }
}

async function setAside(ctx: FeatureContext, meeting: PickedMeeting, error: unknown): Promise<void> {
  const reason = `This meeting could not be worked out here: ${error instanceof Error ? error.message : String(error)}`;
  if (meeting.attempts + 1 < ATTEMPTS_MAX) {
    const runAt = new Date(ctx.now().getTime() + RETRY_MS * 2 ** meeting.attempts);
    await postponeMeetings(ctx.db, ctx.organizationId, [{ id: meeting.id, runAt, reason, countsAsAttempt: true }]);
    return;
  }
  const { id, owedSeq, version } = meeting;
  const failed = { id, owedSeq, version, state: 'failed' as const, cause: 'internal', reason };
  const row = { ...failed, isVerified: false, isFresh: true, differences: [] };
  await settleMeetings(ctx.db, ctx.organizationId, [row], ctx.now());
}
