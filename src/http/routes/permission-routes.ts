import { checkPermissionsNow, readPermissions } from '../../features/connect/read-permissions.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { permissionsAnswer } from '../schemas/connection-answers.ts';

const tags = ['Integrations'];

/** What the connecting user may do in Zoho: the last checklist, and a new one. */
export function addPermissionRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/integrations/zoho/permissions',
    {
      schema: {
        tags,
        summary: 'The checklist of rights as it was gone through last',
        response: { 200: permissionsAnswer },
      },
    },
    async (request) => readPermissions({ ctx: deps.contextOf(await deps.requirePerson(request, 'read_only')) }),
  );
  server.post(
    '/integrations/zoho/permissions',
    { schema: { tags, summary: 'Goes through the checklist of rights now', response: { 200: permissionsAnswer } } },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      return checkPermissionsNow({ ctx, gateway: deps.gateway });
    },
  );
}
