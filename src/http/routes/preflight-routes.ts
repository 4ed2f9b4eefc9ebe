import { z } from 'zod';
import { openConnection } from '../../features/open-connection.ts';
import { readPreflight } from '../../features/preflight/read-preflight.ts';
import { refreshPreflight } from '../../features/preflight/refresh-preflight.ts';
import { retryObstacles } from '../../features/preflight/retry-obstacles.ts';
import { saveConstants } from '../../features/preflight/save-constants.ts';
import { stateEventsSharing } from '../../features/preflight/state-sharing.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { constantValue, obstacleCause, preflightAnswer, retried } from '../schemas/preflight-answers.ts';

const tags = ['Integrations'];
const PATH = '/integrations/zoho/preflight';
const word = z.string().trim().min(1).max(200);

/** What is odd about the connected org: fields that it demands, data that it withholds, sharing; and what stands in the way. */
export function addPreflightRoutes(server: Server, deps: RouteDeps): void {
  addReading(server, deps);
  server.put(
    `${PATH}/constants`,
    {
      schema: {
        tags,
        summary: 'Gives a field of events its fixed values; the meetings that wait for them go out',
        body: z.strictObject({
          field: word,
          otherwise: constantValue.nullable(),
          byActivityType: z
            .array(z.strictObject({ activityType: word, value: constantValue }))
            .max(100)
            .default([]),
        }),
        response: { 202: retried },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      return reply.code(202).send(await saveConstants({ ctx, input: request.body }));
    },
  );
  server.put(
    `${PATH}/events-sharing`,
    {
      schema: {
        tags,
        summary: 'States whether events are private, for an org where Zoho does not tell',
        body: z.strictObject({ sharing: z.enum(['public', 'private']).nullable() }),
        response: { 200: preflightAnswer },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      await stateEventsSharing({ ctx, input: request.body });
      return readPreflight({ ctx });
    },
  );
  server.post(
    `${PATH}/retry`,
    {
      schema: {
        tags,
        summary: 'Tries every meeting of one cause again now',
        body: z.strictObject({ cause: obstacleCause, subject: word }),
        response: { 202: retried },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      const { cause, subject } = request.body;
      return reply.code(202).send(await retryObstacles({ ctx, input: { kind: cause, subject } }));
    },
  );
}

function addReading(server: Server, deps: RouteDeps): void {
  server.get(
    PATH,
    {
      schema: {
        tags,
        summary: 'What is odd about the org: layouts, withheld data, sharing, and what stands in the way of meetings',
        response: { 200: preflightAnswer },
      },
    },
    async (request) => {
      const caller = await deps.requireAny(request, { scope: 'meetings:read', role: 'read_only' });
      return readPreflight({ ctx: deps.contextOf(caller) });
    },
  );
  server.post(
    PATH,
    { schema: { tags, summary: 'Reads layouts, fields and sharing again now', response: { 200: preflightAnswer } } },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      const open = await openConnection(ctx, deps.gateway);
      await refreshPreflight({ ctx, input: { open } }).finally(() => open.flushCallCounts());
      return readPreflight({ ctx });
    },
  );
}
