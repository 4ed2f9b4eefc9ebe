import { z } from 'zod';
import { readMeeting } from '../../features/associate/read-meeting.ts';
import { externalId } from '../../features/ingest/meeting-body.ts';
import { mergeMeetings } from '../../features/ingest/merge-meetings.ts';
import { separateRecording } from '../../features/ingest/separate-recording.ts';
import { answerUnsure } from '../../features/one-event/answer-unsure.ts';
import { resolveTwin } from '../../features/one-event/resolve-twin.ts';
import { undoMeeting } from '../../features/one-event/undo-meeting.ts';
import { openPreview } from '../../features/publish/preview-plan.ts';
import { presentPlan } from '../present-plan.ts';
import { namesOf, readAndPresent } from '../read-and-present.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { meetingDetail, planAnswer } from '../schemas/meeting-answers.ts';

const params = z.object({ externalId });
const tags = ['Meetings'];

/** One meeting, one event: which event is the meeting's, which recordings are one conversation, and taking one out of Zoho. */
export function addOneEventRoutes(server: Server, deps: RouteDeps): void {
  addEventRoutes(server, deps);
  addRecordingRoutes(server, deps);
  addUndoRoutes(server, deps);
}

function addEventRoutes(server: Server, deps: RouteDeps): void {
  server.post(
    '/meetings/:externalId/calendar-event',
    {
      schema: {
        tags,
        summary: 'A person’s word on which event of the calendar is this meeting’s, before one is written',
        params,
        body: z.discriminatedUnion('choice', [
          z.strictObject({ choice: z.literal('adopt'), eventId: z.string() }),
          z.strictObject({ choice: z.literal('create') }),
          z.strictObject({ choice: z.literal('wait') }),
        ]),
        response: { 202: meetingDetail },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      await answerUnsure({ ctx, input: { externalId: request.params.externalId, answer: request.body } });
      return reply.code(202).send(await readAndPresent(deps, ctx, request.params.externalId));
    },
  );
  server.post(
    '/meetings/:externalId/two-events',
    {
      schema: {
        tags,
        summary: 'A person’s word on an event of the calendar beside ours: `take` it and remove ours, or `dismiss`',
        params,
        body: z.strictObject({ eventId: z.string(), choice: z.enum(['take', 'dismiss']) }),
        response: { 202: meetingDetail },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      await resolveTwin({ ctx, input: { externalId: request.params.externalId, ...request.body } });
      return reply.code(202).send(await readAndPresent(deps, ctx, request.params.externalId));
    },
  );
}

function addRecordingRoutes(server: Server, deps: RouteDeps): void {
  server.post(
    '/meetings/:externalId/merge',
    {
      schema: {
        tags,
        summary: 'Two meetings are one conversation; answers the one that stays',
        params,
        body: z.strictObject({ with: externalId }),
        response: { 202: meetingDetail },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      const input = { externalId: request.params.externalId, with: request.body.with };
      const survivor = await mergeMeetings({ ctx, input });
      return reply.code(202).send(await readAndPresent(deps, ctx, survivor.externalId));
    },
  );
  server.post(
    '/meetings/:externalId/separate',
    {
      schema: {
        tags,
        summary: 'One recording is of another conversation; answers the meeting that it is now',
        params,
        body: z.strictObject({
          recording: externalId.meta({ description: 'The recording that goes; one of this meeting’s `recordings`' }),
        }),
        response: { 202: meetingDetail },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      const { externalId: id } = request.params;
      const own = await separateRecording({ ctx, input: { externalId: id, recording: request.body.recording } });
      return reply.code(202).send(await readAndPresent(deps, ctx, own.externalId));
    },
  );
}

function addUndoRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/meetings/:externalId/undo',
    {
      schema: {
        tags,
        summary: 'Exactly what would leave Zoho, and what stays because a person edited it',
        params,
        response: { 200: planAnswer },
      },
    },
    async (request) => {
      const caller = await deps.requireAny(request, { scope: 'meetings:read', role: 'read_only' });
      const ctx = deps.contextOf(caller);
      const view = await readMeeting({ ctx, input: request.params });
      const { picture, policy } = view.gathered;
      const reason = 'This meeting is taken out of Zoho; it stays here until it is published again.';
      const publication = { kind: 'not_published' as const, cause: 'undone' as const, reason };
      const meeting = { ...view.evaluated, publication };
      const planned = await openPreview({ ctx, gateway: deps.gateway, input: { meeting, picture, policy } });
      return presentPlan(planned.plan, planned.publication, namesOf(view));
    },
  );
  server.post(
    '/meetings/:externalId/undo',
    {
      schema: {
        tags,
        summary: 'Takes a meeting out of Zoho and keeps it here, until somebody publishes it again',
        params,
        response: { 202: meetingDetail },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      await undoMeeting({ ctx, input: request.params });
      return reply.code(202).send(await readAndPresent(deps, ctx, request.params.externalId));
    },
  );
}
