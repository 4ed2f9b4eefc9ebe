import { z } from 'zod';
import { createBackfill, prepareUndo } from '../../features/history/create-backfill.ts';
import { previewBackfillUndo, readBackfill, readBackfills } from '../../features/history/read-backfills.ts';
import { type Steering, steerBackfill } from '../../features/history/steer-backfill.ts';
import { presentBackfill } from '../present-backfill.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { backfillAnswer, undoPreviewAnswer } from '../schemas/backfill-answers.ts';
import { listOf } from '../schemas/meeting-answers.ts';
import { cursor, limit } from '../schemas/read-queries.ts';

const tags = ['Backfills'];
const params = z.object({ id: z.uuid() });
const read = { scope: 'meetings:read', role: 'read_only' } as const;
const write = { scope: 'meetings:write', role: 'admin' } as const;

/** History: past meetings in and, when somebody wants it, out of Zoho again. */
export function addBackfillRoutes(server: Server, deps: RouteDeps): void {
  addReadingRoutes(server, deps);
  addOpeningRoutes(server, deps);
  for (const [step, summary] of STEPS) addStep(server, deps, step, summary);
}

function addReadingRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/backfills',
    {
      schema: {
        tags,
        summary: 'Backfills and undos, newest first',
        querystring: z.strictObject({ cursor, limit }),
        response: { 200: listOf(backfillAnswer) },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requireAny(request, read));
      const { data, nextCursor } = await readBackfills({ ctx, input: request.query });
      return { data: data.map(presentBackfill), nextCursor };
    },
  );
  server.get(
    '/backfills/:id',
    { schema: { tags, summary: 'One with its simulation and progress', params, response: { 200: backfillAnswer } } },
    async (request) => {
      const ctx = deps.contextOf(await deps.requireAny(request, read));
      return presentBackfill(await readBackfill({ ctx, input: request.params }));
    },
  );
  server.get(
    '/backfills/:id/undo',
    {
      schema: {
        tags,
        summary: 'What undoing it would take out of Zoho now, and what stays because a person edited it',
        params,
        response: { 200: undoPreviewAnswer },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requireAny(request, read));
      return previewBackfillUndo({ ctx, input: request.params });
    },
  );
}

function addOpeningRoutes(server: Server, deps: RouteDeps): void {
  server.post(
    '/backfills',
    {
      schema: {
        tags,
        summary:
          'Opens a backfill; its meetings come by PUT /meetings/{externalId}?backfill={id} and wait for its start',
        body: z.strictObject({ name: z.string().trim().min(1).max(200) }),
        response: { 201: backfillAnswer },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requireAny(request, write));
      return reply.code(201).send(presentBackfill(await createBackfill({ ctx, input: request.body })));
    },
  );
  server.post(
    '/undo',
    {
      schema: {
        tags,
        summary: 'Counts what was brought to Zoho since a time; nothing goes before POST /backfills/{id}/start',
        body: z.strictObject({ since: z.iso.datetime({ offset: true }) }),
        response: { 201: backfillAnswer },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      const view = await prepareUndo({ ctx, input: { since: new Date(request.body.since) } });
      return reply.code(201).send(presentBackfill(view));
    },
  );
}

const STEPS: readonly [Steering, string][] = [
  ['simulate', 'Works out what it will do; nothing is written and no credit is used'],
  ['start', 'Lets it go, after everything live'],
  ['pause', 'Holds back what has not begun'],
  ['resume', 'Goes on after a pause'],
  ['cancel', 'Holds back what has not begun, for good; what is published stays'],
  ['undo', 'Takes out of Zoho what it published, but for what people edited; mails nobody'],
];

function addStep(server: Server, deps: RouteDeps, step: Steering, summary: string): void {
  server.post(
    `/backfills/:id/${step}`,
    { schema: { tags, summary, params, response: { 202: backfillAnswer } } },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requireAny(request, write));
      const { id } = request.params as z.infer<typeof params>;
      return reply.code(202).send(presentBackfill(await steerBackfill({ ctx, input: { id, step } })));
    },
  );
}
