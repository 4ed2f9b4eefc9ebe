import { z } from 'zod';
import { answerCanary, cancelCanary } from '../../features/canary/answer-canary.ts';
import { type CanaryRunView, readCanary } from '../../features/canary/read-canary.ts';
import { startCanary } from '../../features/canary/start-canary.ts';
import { beginConnect } from '../../features/connect/begin-connect.ts';
import type { FeatureContext } from '../../features/context.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { canaryAnswer, canaryCalendars, canaryReply, canaryStep } from '../schemas/canary-answers.ts';

const tags = ['Integrations'];

/** The trial of whether Zoho mails, with an outside mailbox of the administrator's: state, start, answers, end. */
export function addCanaryRoutes(server: Server, deps: RouteDeps): void {
  server.get(
    '/integrations/zoho/canary',
    {
      schema: {
        tags,
        summary: 'How far the canary is, what is asked, and what may be written',
        response: { 200: canaryAnswer },
      },
    },
    async (request) => answer(deps.contextOf(await deps.requirePerson(request, 'admin'))),
  );
  server.post(
    '/integrations/zoho/canary/consent',
    {
      schema: {
        tags,
        summary: 'The address of the consent page that also allows creating and deleting contacts',
        response: { 200: z.object({ authorizeUrl: z.string() }) },
      },
    },
    async (request) => {
      const caller = await deps.requirePerson(request, 'admin');
      const input = { userId: caller.userId, alsoFor: 'canary' as const };
      return beginConnect({ ctx: deps.contextOf(caller), gateway: deps.gateway, input });
    },
  );
  server.post(
    '/integrations/zoho/canary',
    {
      schema: {
        tags,
        summary: 'Starts the canary, or repeats it',
        body: z.strictObject({
          mailbox: z.email().max(100),
          hostUserId: z.string().min(1).max(50).nullable().default(null),
          calendars: canaryCalendars,
        }),
        response: { 202: canaryAnswer },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      await startCanary({ ctx, input: request.body });
      return reply.code(202).send(await answer(ctx));
    },
  );
  server.post(
    '/integrations/zoho/canary/answers',
    {
      schema: {
        tags,
        summary: 'Says whether a mail came for a step; `not_sure` counts as a mail',
        body: z.strictObject({ step: canaryStep, answer: canaryReply }),
        response: { 200: canaryAnswer },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      await answerCanary({ ctx, input: request.body });
      return answer(ctx);
    },
  );
  server.post(
    '/integrations/zoho/canary/cancel',
    {
      schema: {
        tags,
        summary: 'Ends the canary without a result and removes what it left in Zoho',
        response: { 202: canaryAnswer },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'admin'));
      await cancelCanary({ ctx });
      return reply.code(202).send(await answer(ctx));
    },
  );
}

async function answer(ctx: FeatureContext): Promise<z.input<typeof canaryAnswer>> {
  const { isSafeMode, run, decidedBy, ...rest } = await readCanary({ ctx });
  return {
    ...rest,
    safeMode: isSafeMode,
    run: run === null ? null : presentRun(run),
    decidedBy: decidedBy === null ? null : presentRun(decidedBy),
  };
}

function presentRun({ steps, ...run }: CanaryRunView) {
  return {
    ...run,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    dueAt: run.dueAt?.toISOString() ?? null,
    steps: steps.map((step) => ({
      ...step,
      writtenAt: step.writtenAt?.toISOString() ?? null,
      askAt: step.askAt?.toISOString() ?? null,
    })),
  };
}
