import { z } from 'zod';
import { endApiKey, readApiKeys } from '../../features/people/api-keys.ts';
import { createApiKey } from '../../features/people/create-api-key.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { apiKeyRow } from '../schemas/workspace-answers.ts';

const tags = ['API keys'];

/** Machine keys of the organization. */
export function addApiKeyRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/api-keys',
    { schema: { tags, summary: 'Live keys', response: { 200: z.object({ data: z.array(apiKeyRow) }) } } },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      const rows = await readApiKeys({ ctx });
      const data = rows.map((row) => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
        lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      }));
      return { data };
    },
  );
  server.post(
    '/api-keys',
    {
      schema: {
        tags,
        summary: 'Makes a key; it is shown this once',
        body: z.object({ name: z.string().trim().min(1).max(100) }),
        response: { 201: z.object({ id: z.string(), key: z.string(), prefix: z.string() }) },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      const { randomToken } = deps.gateway;
      const input = { name: request.body.name, scopes: ['meetings:write' as const], randomToken };
      return reply.code(201).send(await createApiKey({ ctx, input }));
    },
  );
  server.delete(
    '/api-keys/:id',
    { schema: { tags, summary: 'Ends a key', params: z.object({ id: z.uuid() }), response: { 204: z.null() } } },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      await endApiKey({ ctx, input: request.params });
      return reply.code(204).send(null);
    },
  );
}
