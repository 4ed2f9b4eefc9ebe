import { z } from 'zod';
import { listNeedsYou } from '../../features/analytics/list-needs-you.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { cursor, limit } from '../schemas/read-queries.ts';
import { needsYouAnswer, needsYouItem } from '../schemas/workspace-answers.ts';

/** What waits for a person. */
export function addNeedsYouRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/needs-you',
    {
      schema: {
        tags: ['Needs you'],
        summary: 'Questions that only a person can decide, newest meetings first',
        querystring: z.strictObject({ cause: needsYouItem.shape.cause.optional(), cursor, limit }),
        response: { 200: needsYouAnswer },
      },
    },
    async (request) => {
      const caller = await deps.requireAny(request, { scope: 'meetings:read', role: 'read_only' });
      return listNeedsYou({ ctx: deps.contextOf(caller), gateway: deps.gateway, input: request.query });
    },
  );
}
