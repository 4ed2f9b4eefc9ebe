import { z } from 'zod';
import { type DriftView, readDrift } from '../../features/publish/read-drift.ts';
import { repairDrift } from '../../features/publish/repair-drift.ts';
import { startDrift } from '../../features/publish/start-drift.ts';
import type { RouteDeps, Server } from '../route-deps.ts';
import { driftAnswer, driftChoice, driftKind, driftRepaired, driftStarted } from '../schemas/drift-answers.ts';
import { cursor, limit } from '../schemas/read-queries.ts';

const tags = ['Drift'];

/** Comparing what was written with what is in Zoho: start, read, repair. */
export function addDriftRoutes(server: Server, deps: RouteDeps): void {
  server.post(
    '/drift',
    { schema: { tags, summary: 'Compares the ledger with Zoho now', response: { 202: driftStarted } } },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      return reply.code(202).send(await startDrift({ ctx }));
    },
  );
  server.get(
    '/drift',
    {
      schema: {
        tags,
        summary: 'The newest comparison with its findings, and what another one would cost',
        querystring: z.strictObject({ kind: driftKind.optional(), cursor, limit }),
        response: { 200: driftAnswer },
      },
    },
    async (request) => {
      const ctx = deps.contextOf(await deps.requireAny(request, { scope: 'meetings:read', role: 'read_only' }));
      return present(await readDrift({ ctx, input: request.query }));
    },
  );
  server.post(
    '/drift/repair',
    {
      schema: {
        tags,
        summary: 'Repairs findings of the newest comparison: those that are named, or all that the choice is for',
        body: z.object({
          choice: driftChoice,
          findings: z
            .array(z.object({ meetingId: z.string(), slot: z.string() }))
            .min(1)
            .max(1_000)
            .nullable()
            .default(null),
        }),
        response: { 202: driftRepaired },
      },
    },
    async (request, reply) => {
      const ctx = deps.contextOf(await deps.requirePerson(request, 'regular'));
      return reply.code(202).send(await repairDrift({ ctx, input: request.body }));
    },
  );
}

const CHOICES_FOR = {
  missing: ['write_again'],
  edited: ['take_theirs', 'write_ours'],
  extra: ['remove_extra'],
} as const;

function present({ check, truePercent, estimate, findings, nextCursor }: DriftView): z.input<typeof driftAnswer> {
  const { edited = 0, missing = 0, extra = 0 } = check?.counts ?? {};
  return {
    check:
      check === null
        ? null
        : {
            ...check,
            startedAt: check.startedAt.toISOString(),
            finishedAt: check.finishedAt?.toISOString() ?? null,
            counts: { true: check.counts.true ?? 0, edited, missing, extra },
            truePercent,
          },
    estimate,
    findings: findings.map((finding) => ({
      ...finding,
      startsAt: finding.startsAt.toISOString(),
      repairedAt: finding.repairedAt?.toISOString() ?? null,
      choices: [...CHOICES_FOR[finding.kind]],
    })),
    nextCursor,
  };
}
