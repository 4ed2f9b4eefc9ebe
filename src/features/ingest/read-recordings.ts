import { listRecordings } from '../../db/queries/recordings.ts';
import { inOrder, nameRecordings } from '../../domain/compose-recordings.ts';
import type { FeatureContext } from '../context.ts';
import type { MeetingBody } from './meeting-body.ts';

/** A recording of a conversation, as pages show it. Times are ISO. */
export type RecordingView = {
  externalId: string;
  /** Title, times, summary and transcript of the meeting are this one's. */
  isPrimary: boolean;
  label: string;
  hostName: string | null;
  startsAt: string;
  endsAt: string;
  recordingUrl: string | null;
  isProcessed: boolean;
};

/** The recordings of a meeting that has several, in the order in which they came; empty for one with a single recording. */
export async function readRecordings({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { meetingId: string };
}): Promise<RecordingView[]> {
  const rows = await listRecordings(ctx.db, ctx.organizationId, input.meetingId);
  const recordings = rows.map(({ externalId, receivedAt, body }) => ({
    externalId,
    receivedAt: receivedAt.toISOString(),
    body: body as MeetingBody,
  }));
  const primary = inOrder(recordings)[0]?.externalId;
  const names = nameRecordings(recordings);
  return recordings.map(({ externalId, body }) => {
    const host = body.participants.find((person) => person.role === 'organizer');
    return {
      externalId,
      isPrimary: externalId === primary,
      label: names.get(externalId) ?? externalId,
      hostName: host?.name ?? host?.email ?? null,
      startsAt: new Date(body.startsAt).toISOString(),
      endsAt: new Date(body.endsAt).toISOString(),
      recordingUrl: body.recordingUrl ?? null,
      isProcessed: body.processed?.summaryAt != null && body.processed.notesAt != null,
    };
  });
}
