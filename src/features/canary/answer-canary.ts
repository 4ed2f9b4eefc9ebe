import {
  beginCleaning,
  type CanaryRow,
  findCanary,
  listCanaryWrites,
  saveCanaryAnswer,
  scheduleCanary,
} from '../../db/queries/canary.ts';
import type { Sql } from '../../db/sql.ts';
import { type CanaryReply, type CanaryStep, hasFollowed, SHOWING_STEPS } from '../../domain/canary.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';

/** A mail may take so long. */
export const ASK_AFTER_MS = 30 * 60_000;

/**
 * Says whether a mail came for a step; that one came can be said at once, anything else 30 minutes after the write. An answer can be
 * changed until the trial goes on. Throws `conflict` when the step cannot be answered now.
 */
export async function answerCanary({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { step: CanaryStep; answer: CanaryReply };
}): Promise<void> {
  const { organizationId } = ctx;
  await ctx.db.transaction(async (sql) => {
    const run = await findRunning(ctx, sql);
    await checkTime(ctx, sql, run, input);
    const answer = { answer: input.answer, at: ctx.now().toISOString(), by: actorName(ctx.actor) };
    await saveCanaryAnswer(sql, organizationId, run.id, { step: input.step, answer });
    await scheduleCanary(sql, organizationId, run.id, ctx.now());
    await ctx.wake(sql, organizationId);
  });
}

/** Ends a trial without a result; what it left in Zoho is removed. Throws `conflict` when none is under way. */
export async function cancelCanary({ ctx }: { ctx: FeatureContext }): Promise<void> {
  await ctx.db.transaction(async (sql) => {
    const run = await findRunning(ctx, sql);
    const input = { outcome: 'cancelled' as const, problem: null, at: ctx.now() };
    await beginCleaning(sql, ctx.organizationId, run.id, input);
    await ctx.wake(sql, ctx.organizationId);
  });
}

async function findRunning(ctx: FeatureContext, sql: Sql): Promise<CanaryRow> {
  const run = await findCanary(sql, ctx.organizationId, 'locked');
  if (run?.state === 'running') return run;
  throw new AppError('conflict', 'No canary is under way. Start one under Settings > Integrations.');
}

async function checkTime(
  ctx: FeatureContext,
  sql: Sql,
  run: CanaryRow,
  { step, answer }: { step: CanaryStep; answer: CanaryReply },
): Promise<void> {
  const writes = await listCanaryWrites(sql, ctx.organizationId, run.id);
  const own = writes.filter((write) => write.step === step);
  if (own.length === 0 || own.some(({ finishedAt }) => finishedAt === null)) {
    throw new AppError('conflict', 'This step has not been written yet: answer it when it is asked.');
  }
  if (SHOWING_STEPS.some((one) => one === step) && hasFollowed(writes)) {
    throw new AppError('conflict', 'The canary has gone on with this answer. Cancel it and start again to change it.');
  }
  const written = Math.max(...own.map(({ finishedAt }) => finishedAt?.getTime() ?? 0));
  if (answer === 'yes' || ctx.now().getTime() >= written + ASK_AFTER_MS) return;
  throw new AppError('conflict', 'A mail may still be on its way: answer this 30 minutes after the step.', {
    detail: { askAt: new Date(written + ASK_AFTER_MS).toISOString() },
  });
}
