import { readStatus } from '../../features/analytics/read-status.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { statusAnswer } from '../schemas/workspace-answers.ts';

/** Where everything stands. */
export function addStatusRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/status',
    {
      schema: {
        tags: ['Status'],
        summary: 'Meetings by state, what is owed, calls to Zoho',
        response: { 200: statusAnswer },
      },
    },
    async (request) => {
      const caller = await deps.requireAny(request, { scope: 'meetings:read', role: 'read_only' });
      return readStatus({ ctx: deps.contextOf(caller) });
    },
  );
}
