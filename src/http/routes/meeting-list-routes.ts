import { z } from 'zod';
import { type ListMeetingsInput, listMeetings } from '../../features/analytics/list-meetings.ts';
import { boundOf } from '../../features/analytics/time-span.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { crmModule, listOf, meetingRow, meetingState } from '../schemas/meeting-answers.ts';
import { cursor, dayOrMoment, exactText, limit, searchText, timeZone } from '../schemas/read-queries.ts';

const meetingListQuery = z
  .strictObject({
    state: meetingState.optional().meta({ description: 'Without it: all but retracted ones' }),
    q: searchText.optional(),
    module: crmModule.optional(),
    crmId: exactText.optional(),
    links: z
      .enum(['direct', 'all'])
      .default('all')
      .meta({ description: '`direct`: links to the record or stage that exist only by cascade do not count' }),
    activityType: exactText.optional().meta({ description: 'Empty: meetings without one' }),
    owner: exactText.optional().meta({ description: 'Name of the owner of the primary record, else of the host' }),
    smartCategory: exactText.optional(),
    stage: exactText.optional(),
    from: dayOrMoment.optional(),
    to: dayOrMoment.optional().meta({ description: 'A day is meant with all its hours, a moment is not included' }),
    timeZone: timeZone.default('UTC'),
    cursor,
    limit,
  })
  .refine((query) => (query.module === undefined) === (query.crmId === undefined), {
    path: ['crmId'],
    message: 'goes with module: send both or none',
  });

/** The list of meetings. */
export function addMeetingListRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/meetings',
    {
      schema: {
        tags: ['Meetings'],
        summary: 'Meetings that fit all filters, newest first',
        querystring: meetingListQuery,
        response: { 200: listOf(meetingRow) },
      },
    },
    async (request) => {
      const caller = await deps.requireAny(request, { scope: 'meetings:read', role: 'read_only' });
      return listMeetings({ ctx: deps.contextOf(caller), input: inputOf(request.query) });
    },
  );
}

function inputOf(query: z.output<typeof meetingListQuery>): ListMeetingsInput {
  const { module, crmId, from, to, q, timeZone: zone, ...rest } = query;
  return {
    ...rest,
    ...(q === undefined || q === '' ? {} : { q }),
    ...(module === undefined || crmId === undefined ? {} : { record: { module, id: crmId } }),
    ...(from === undefined ? {} : { from: boundOf(from, 'from', zone) }),
    ...(to === undefined ? {} : { to: boundOf(to, 'to', zone) }),
  };
}
