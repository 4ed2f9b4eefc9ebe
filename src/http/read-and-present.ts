import type { z } from 'zod';
import { readEventUrl } from '../features/associate/read-event-url.ts';
import { type MeetingView, readMeeting } from '../features/associate/read-meeting.ts';
import { readCalendarQuestions } from '../features/calendar-events.ts';
import type { FeatureContext } from '../features/context.ts';
import { readRecordings } from '../features/ingest/read-recordings.ts';
import { presentMeeting } from './present-meeting.ts';
import type { RouteDeps } from './route-deps.ts';
import type { meetingDetail } from './schemas/meeting-answers.ts';

/** The API's answer about one meeting, with its recordings and what is asked about the calendar's events. Throws `not_found`. */
export async function readAndPresent(
  deps: Pick<RouteDeps, 'gateway'>,
  ctx: FeatureContext,
  externalId: string,
): Promise<z.input<typeof meetingDetail>> {
  const view = await readMeeting({ ctx, input: { externalId } });
  const { id } = view.facts;
  const recordings = await readRecordings({ ctx, input: { meetingId: id } });
  const questions = await readCalendarQuestions(ctx, deps.gateway, [id]);
  const eventUrl = await readEventUrl({ ctx, gateway: deps.gateway, input: view });
  return presentMeeting(view, eventUrl, { recordings, calendarQuestion: questions.get(id) ?? null });
}

/** Names of the records that a meeting's operations are about, by `module/id`. */
export function namesOf(view: MeetingView): Map<string, string> {
  return new Map(
    [...view.evaluated.evaluation.associations, ...view.evaluated.evaluation.notLinked].map(({ module, id, name }) => [
      `${module}/${id}`,
      name,
    ]),
  );
}
