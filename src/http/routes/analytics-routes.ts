import { z } from 'zod';
import { readAnalytics } from '../../features/analytics/read-analytics.ts';
import { boundOf } from '../../features/analytics/time-span.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { dayOrMoment, timeZone } from '../schemas/read-queries.ts';
import { analyticsAnswer } from '../schemas/workspace-answers.ts';

/** Figures over all meetings. */
export function addAnalyticsRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/analytics',
    {
      schema: {
        tags: ['Analytics'],
        summary: 'Meetings by time, account, deal stage, owner and activity type; deals that went quiet',
        querystring: z.strictObject({
          from: dayOrMoment.optional().meta({ description: 'Default: 90 days before `to`' }),
          to: dayOrMoment.optional().meta({ description: 'Default: now' }),
          quietDays: z.coerce.number().int().min(1).max(3650).default(30),
          timeZone: timeZone.default('UTC'),
        }),
        response: { 200: analyticsAnswer },
      },
    },
    async (request) => {
      const caller = await deps.requireAny(request, { scope: 'meetings:read', role: 'read_only' });
      const { from, to, ...rest } = request.query;
      const input = {
        ...rest,
        ...(from === undefined ? {} : { from: boundOf(from, 'from', rest.timeZone) }),
        ...(to === undefined ? {} : { to: boundOf(to, 'to', rest.timeZone) }),
      };
      return readAnalytics({ ctx: deps.contextOf(caller), input });
    },
  );
}
