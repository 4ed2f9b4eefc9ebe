import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { beginConnect } from '../../features/connect/begin-connect.ts';
import type { FeatureContext } from '../../features/context.ts';
import { readBackfill } from '../../features/history/read-backfills.ts';
import { steerBackfill, stepsOf } from '../../features/history/steer-backfill.ts';
import { bringBack } from '../../features/leave/end-leave.ts';
import { type LeaveRun, readLeave, readLeaveRun, USUAL_CHOICES } from '../../features/leave/read-leave.ts';
import { startLeave } from '../../features/leave/start-leave.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { leaveAnswer, leaveChoices } from '../schemas/leave-answers.ts';

const tags = ['Integrations'];
const PATH = '/integrations/zoho/leave';

/** Leaving Zoho: what is ours there in numbers, what choices cost, and the way out, which can be stopped and resumed. */
export function addLeaveRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    PATH,
    {
      schema: {
        tags,
        summary: 'What we wrote in Zoho, what leaving with these choices would do and cost, and how far it is',
        querystring: leaveChoices.partial().strict(),
        response: { 200: leaveAnswer },
      },
    },
    async (request) => answer(deps.contextOf(await deps.requirePerson(request, 'admin')), request.query),
  );
  server.post(
    PATH,
    {
      schema: {
        tags,
        summary: 'Leaves Zoho with these choices; nothing new is published from now on',
        body: leaveChoices.strict(),
        response: { 202: leaveAnswer },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      await startLeave({ ctx, input: { choices: request.body } });
      return reply.code(202).send(await answer(ctx, request.body));
    },
  );
  server.post(
    `${PATH}/consent`,
    {
      schema: {
        tags,
        summary: 'The address of the consent page that also allows deleting fields',
        response: { 200: z.object({ authorizeUrl: z.string() }) },
      },
    },
    async (request) => {
      const caller = await deps.requirePerson(request, 'admin');
      const input = { userId: caller.userId, alsoFor: 'leaving' as const };
      return beginConnect({ ctx: deps.contextOf(caller), gateway: deps.gateway, input });
    },
  );
  for (const [step, summary] of STEPS) addStep(server, deps, step, summary);
  server.post(
    `${PATH}/bring-back`,
    {
      schema: {
        tags,
        summary: 'Publishes the meetings again that leaving took out, after everything live',
        response: { 202: leaveAnswer },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      await bringBack({ ctx });
      return reply.code(202).send(await answer(ctx, {}));
    },
  );
}

type Step = 'stop' | 'resume' | 'cancel';

const STEPS: readonly [Step, string][] = [
  ['stop', 'Stops taking out; nothing new is published meanwhile'],
  ['resume', 'Goes on after a stop'],
  ['cancel', 'Stays in Zoho after all: what is out stays out, the rest goes on'],
];

/** The words of history for the same steps. */
const STEERING = { stop: 'pause', resume: 'resume', cancel: 'cancel' } as const;

function addStep(server: Server, deps: RouteDeps, step: Step, summary: string): void {
  server.post(
    `${PATH}/${step}`,
    { schema: { tags, summary, response: { 202: leaveAnswer } } },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      const run = await readLeaveRun({ ctx });
      if (run === null) throw new AppError('conflict', 'Zoho is not being left: there is nothing to stop.');
      await steerBackfill({ ctx, input: { id: run.id, step: STEERING[step] } });
      return reply.code(202).send(await answer(ctx, {}));
    },
  );
}

async function answer(
  ctx: FeatureContext,
  chosen: Partial<z.infer<typeof leaveChoices>>,
): Promise<z.input<typeof leaveAnswer>> {
  const choices = { ...USUAL_CHOICES, ...chosen };
  const { state, written, judged, preview, run, atRest } = await readLeave({ ctx, input: { choices } });
  return {
    connection: state,
    written,
    missingScopes: written?.missingScopes ?? [],
    choices,
    refusal: judged.kind === 'refused' ? judged.reason : null,
    preview,
    run: run === null ? null : await presentRun(ctx, run),
    atRest,
  };
}

async function presentRun(ctx: FeatureContext, { id, phase, choices, fields, result }: LeaveRun) {
  const { row, progress } = await readBackfill({ ctx, input: { id } });
  const open = stepsOf(row);
  return {
    id,
    phase,
    choices,
    startedBy: row.createdBy,
    startedAt: (row.startedAt ?? row.createdAt).toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    steps: STEPS.flatMap(([step]) => (open.includes(STEERING[step]) ? [step] : [])),
    progress,
    fields,
    result,
  };
}
