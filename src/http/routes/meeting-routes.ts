import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { decideLink } from '../../features/associate/decide-link.ts';
import { decidePerson } from '../../features/associate/decide-person.ts';
import { readMeeting } from '../../features/associate/read-meeting.ts';
import { readTranscript } from '../../features/associate/read-transcript.ts';
import { findMeeting } from '../../features/find-meeting.ts';
import { ingestMeeting } from '../../features/ingest/ingest-meeting.ts';
import { externalId, meetingBody, parseExternalId, parseMeetingBody } from '../../features/ingest/meeting-body.ts';
import { leaveBeforeRetracting } from '../../features/ingest/separate-recording.ts';
import { openPreview } from '../../features/publish/preview-plan.ts';
import { publishNow } from '../../features/publish/publish-now.ts';
import { readLedger } from '../../features/publish/read-ledger.ts';
import { retractMeeting } from '../../features/publish/retract-meeting.ts';
import { settleEdits } from '../../features/publish/settle-edits.ts';
import { readCursor, writeCursor } from '../offset-cursor.ts';
import { presentState } from '../present-meeting.ts';
import { presentOperation, presentPlan } from '../present-plan.ts';
import { namesOf, readAndPresent } from '../read-and-present.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import {
  crmModule,
  listOf,
  meetingDetail,
  meetingState,
  operationAnswer,
  planAnswer,
  transcriptTurn,
} from '../schemas/meeting-answers.ts';

const params = z.object({ externalId });
const page = z.object({ cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(100) });
const saved = z.object({ id: z.string(), externalId: z.string(), version: z.number(), state: meetingState });
const tags = ['Meetings'];

/** One meeting: brought in, read, previewed, decided about, published, retracted. */
export function addMeetingRoutes(server: Server, deps: RouteDeps): void {
  addIngestRoutes(server, deps);
  addReadingRoutes(server, deps);
  addDecisionRoutes(server, deps);
}

function addIngestRoutes(server: Server, deps: RouteDeps): void {
  server.put(
    '/meetings/:externalId',
    {
      schema: {
        tags,
        summary: 'Brings in a processed meeting, or its newer content',
        params,
        querystring: z.object({
          backfill: z
            .uuid()
            .optional()
            .meta({ description: 'A backfill that is not started: the meeting waits in it instead of going to Zoho' }),
        }),
        body: meetingBody,
        response: { 202: saved },
      },
      // The schema documents; our own parser checks, because its messages name the path and the cure.
      validatorCompiler: () => (value) => ({ value }),
    },
    async (request, reply) => {
      const caller = await deps.requireAny(request, { scope: 'meetings:write', role: 'regular' });
      const input = {
        externalId: parseExternalId(request.params.externalId),
        body: parseMeetingBody(request.body),
        ...parseStaging(request.query.backfill),
      };
      const answer = await ingestMeeting({ ctx: deps.contextOf(caller), input });
      return reply.code(202).send({ ...answer, state: presentState(answer.state) });
    },
  );
  server.delete(
    '/meetings/:externalId',
    {
      schema: { tags, summary: 'Retracts a meeting: its event and notes leave Zoho', params, response: { 202: saved } },
    },
    async (request, reply) => {
      const caller = await deps.requireAny(request, { scope: 'meetings:write', role: 'regular' });
      const ctx = deps.contextOf(caller);
      // Of several recordings only this one goes.
      await leaveBeforeRetracting({ ctx, input: request.params });
      await retractMeeting({ ctx, input: request.params });
      const { id, externalId: given, version, state } = await findMeeting(ctx, request.params.externalId);
      return reply.code(202).send({ id, externalId: given, version, state: presentState(state) });
    },
  );
}

/** A delivery for a backfill; the id is looked up where the meeting is saved. */
function parseStaging(value: unknown): { isBackfill: boolean; backfillId?: string } {
  if (value === undefined) return { isBackfill: false };
  if (typeof value === 'string') return { isBackfill: true, backfillId: value };
  throw new AppError('invalid_input', 'Name one backfill: `?backfill=` with the id of one that is not started.');
}

function addReadingRoutes(server: Server, deps: RouteDeps): void {
  const read = { scope: 'meetings:read', role: 'read_only' } as const;
  server.get(
    '/meetings/:externalId',
    {
      schema: {
        tags,
        summary: 'A meeting with people, links, reasons and what is in Zoho',
        params,
        response: { 200: meetingDetail },
      },
    },
    async (request) => {
      const caller = await deps.requireAny(request, read);
      return readAndPresent(deps, deps.contextOf(caller), request.params.externalId);
    },
  );
  server.get(
    '/meetings/:externalId/transcript',
    {
      schema: {
        tags,
        summary: 'Turns of the transcript',
        params,
        querystring: page,
        response: { 200: listOf(transcriptTurn) },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requireAny(request, read));
      const { limit } = request.query;
      const offset = readCursor(request.query.cursor);
      const { externalId: id } = request.params;
      const turns = await readTranscript({ ctx, input: { externalId: id, offset, limit } });
      return { data: turns.slice(0, limit), nextCursor: turns.length > limit ? writeCursor(offset + limit) : null };
    },
  );
  server.get(
    '/meetings/:externalId/plan',
    { schema: { tags, summary: 'Exactly what would be written to Zoho now', params, response: { 200: planAnswer } } },
    async (request) => {
      const ctx = deps.contextOf(await deps.requireAny(request, read));
      const view = await readMeeting({ ctx, input: request.params });
      const planned = await openPreview({
        ctx,
        gateway: deps.gateway,
        input: { meeting: view.evaluated, picture: view.gathered.picture, policy: view.gathered.policy },
      });
      return presentPlan(planned.plan, planned.publication, namesOf(view));
    },
  );
  server.get(
    '/meetings/:externalId/operations',
    {
      schema: {
        tags,
        summary: 'The ledger of a meeting, newest first',
        params,
        querystring: page,
        response: { 200: listOf(operationAnswer) },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requireAny(request, read));
      const view = await readMeeting({ ctx, input: request.params });
      const { limit } = request.query;
      const offset = readCursor(request.query.cursor);
      const rows = await readLedger({ ctx, input: { meetingId: view.facts.id, offset, limit } });
      const names = namesOf(view);
      return {
        data: rows.slice(0, limit).map((row) => presentOperation(row, names)),
        nextCursor: rows.length > limit ? writeCursor(offset + limit) : null,
      };
    },
  );
}

function addDecisionRoutes(server: Server, deps: RouteDeps): void {
  server.post(
    '/meetings/:externalId/publish',
    {
      schema: {
        tags,
        summary:
          'Publishes now, also what was deleted in Zoho; `anyway` although nobody matched; `overwriteEdits` takes back what people edited there',
        params,
        body: z.object({ anyway: z.boolean().default(false), overwriteEdits: z.boolean().default(false) }),
        response: { 202: meetingDetail },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      const { externalId: id } = request.params;
      const { anyway: isAnyway, overwriteEdits } = request.body;
      await publishNow({ ctx, input: { externalId: id, isAnyway, overwriteEdits } });
      return reply.code(202).send(await readAndPresent(deps, ctx, id));
    },
  );
  server.post(
    '/meetings/:externalId/edits',
    {
      schema: {
        tags,
        summary: 'A person’s word on what people edited in Zoho: theirs stands, or ours is written again',
        params,
        body: z.object({
          slot: z.string().meta({ description: '`event`, or the slot of a note' }),
          choice: z.enum(['keep_theirs', 'write_ours']),
        }),
        response: { 200: meetingDetail },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      const { externalId: id } = request.params;
      await settleEdits({ ctx, input: { externalId: id, ...request.body } });
      return readAndPresent(deps, ctx, id);
    },
  );
  server.post(
    '/meetings/:externalId/links',
    {
      schema: {
        tags,
        summary: 'A person’s word on a link: pinned, excluded, added, or reset',
        params,
        body: z.object({
          module: crmModule,
          crmId: z.string(),
          decision: z.enum(['pinned', 'excluded', 'added', 'reset']),
        }),
        response: { 200: meetingDetail },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      const { externalId: id } = request.params;
      const { module, crmId, decision } = request.body;
      await decideLink({ ctx, input: { externalId: id, module, recordId: crmId, decision } });
      return readAndPresent(deps, ctx, id);
    },
  );
  server.post(
    '/meetings/:externalId/people',
    {
      schema: {
        tags,
        summary: 'A person’s word on who a participant is',
        params,
        body: z.object({
          participantKey: z.string(),
          kind: z.enum(['chosen', 'ignored', 'reset']),
          module: z.enum(['contacts', 'leads']).optional(),
          crmId: z.string().optional(),
        }),
        response: { 200: meetingDetail },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      const { externalId: id } = request.params;
      const { participantKey, kind, module, crmId } = request.body;
      if (kind !== 'chosen') await decidePerson({ ctx, input: { externalId: id, participantKey, kind } });
      else {
        if (module === undefined || crmId === undefined) {
          throw new AppError('invalid_input', 'Say who was chosen: `module` (contacts or leads) and `crmId`.');
        }
        await decidePerson({ ctx, input: { externalId: id, participantKey, kind, module, recordId: crmId } });
      }
      return readAndPresent(deps, ctx, id);
    },
  );
}
