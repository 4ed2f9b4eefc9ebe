import { z } from 'zod';
import { searchEverything } from '../../features/analytics/search-everything.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { searchText } from '../schemas/read-queries.ts';
import { searchAnswer } from '../schemas/workspace-answers.ts';

/** Search over everything. */
export function addSearchRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/search',
    {
      schema: {
        tags: ['Search'],
        summary: 'Meetings and records whose name holds a text',
        querystring: z.strictObject({ q: searchText }),
        response: { 200: searchAnswer },
      },
    },
    async (request) => {
      const caller = await deps.requireAny(request, { scope: 'meetings:read', role: 'read_only' });
      return searchEverything({ ctx: deps.contextOf(caller), input: { text: request.query.q } });
    },
  );
}
