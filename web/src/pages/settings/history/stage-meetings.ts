import { ApiProblem } from '../../../api/api-problem.ts';
import { stageMeeting } from '../../../api/history.ts';

export type Refusal = { externalId: string; why: string };

/** So many are on their way at once. */
const atOnce = 4;

/**
 * Puts meetings into a backfill and tells how many were sent. A meeting that the server refuses is returned with the
 * reason and the others go on; any other failure stops it.
 */
export async function stageMeetings(
  backfill: string,
  meetings: { externalId: string; body: unknown }[],
  onProgress: (done: number) => void,
): Promise<Refusal[]> {
  const refused: Refusal[] = [];
  const rest = meetings.values();
  let done = 0;
  let isStopped = false;
  const send = async () => {
    for (const { externalId, body } of rest) {
      if (isStopped) return;
      try {
        await stageMeeting(backfill, externalId, body);
      } catch (error) {
        if (!(error instanceof ApiProblem) || !isOfMeeting(error.status)) {
          isStopped = true;
          throw error;
        }
        refused.push({ externalId, why: whyOf(error) });
      }
      done += 1;
      onProgress(done);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, send));
  return refused;
}

/** Answers that are about this one meeting, not about the product or who asks. */
const isOfMeeting = (status: number) => status === 400 || status === 409 || status === 413 || status === 422;

function whyOf({ message, errors }: ApiProblem): string {
  const places = errors.slice(0, 3).map((place) => `${place.path}: ${place.message}`);
  return places.length === 0 ? message : places.join('; ');
}
