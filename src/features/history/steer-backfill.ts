import {
  cancelMeetings,
  cancelUndo,
  countStaged,
  holdBackMeetings,
  releaseMeetings,
  saveBackfill,
  undoMeetings,
} from '../../db/queries/backfills.ts';
import { findConnection } from '../../db/queries/connections.ts';
import { isLeaving, unmarkLeaving } from '../../db/queries/leaving.ts';
import type { Sql } from '../../db/sql.ts';
import { leavesRecords } from '../../domain/leave-choices.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';
import type { BackfillView } from './backfill-view.ts';
import { lockBackfillRow, type StoredBackfill } from './find-backfill.ts';
import { readBackfill } from './read-backfills.ts';
import { beginSimulation } from './simulation.ts';

export type Steering = 'simulate' | 'start' | 'pause' | 'resume' | 'cancel' | 'undo';

type Step = (ctx: FeatureContext, sql: Sql, row: StoredBackfill) => Promise<StoredBackfill>;

const STEPS: Record<Steering, Step> = { simulate, start, pause, resume, cancel, undo };

/** What a person can do with it now. */
export function stepsOf({ kind, state, resumesAs, startedAt, simulation, closingAt }: StoredBackfill): Steering[] {
  if (closingAt !== null) return [];
  const isOfUndo = kind !== 'import' || state === 'undoing' || resumesAs === 'undoing';
  const undoing: Steering[] = isOfUndo || startedAt === null ? [] : ['undo'];
  switch (state) {
    case 'ready':
      if (kind === 'undo') return ['start', 'cancel'];
      return simulation === null ? ['simulate', 'cancel'] : ['simulate', 'start', 'cancel'];
    case 'simulating':
      return ['cancel'];
    case 'running':
    case 'undoing':
      return ['pause', 'cancel', ...undoing];
    case 'paused':
      return ['resume', 'cancel', ...undoing];
    case 'done':
    case 'cancelled':
      return undoing;
    case 'undone':
      return [];
  }
}

/**
 * A person's word on a backfill. `simulate` works out what it will do; `start` lets its meetings go, after live ones; `pause` and
 * `cancel` hold back what has not begun, `cancel` for good (what is published stays); `undo` takes out of Zoho what it
 * published. Writes nothing to Zoho itself. Throws `not_found`, and `conflict` where the state does not allow it.
 */
export async function steerBackfill({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { id: string; step: Steering };
}): Promise<BackfillView> {
  await ctx.db.transaction(async (sql) => {
    const row = await lockBackfillRow(ctx, sql, input.id);
    await refuseWhileLeaving(ctx, sql, row, input.step);
    const next = await STEPS[input.step](ctx, sql, row);
    await saveBackfill(sql, ctx.organizationId, next);
    await ctx.wake(sql, ctx.organizationId);
  });
  return readBackfill({ ctx, input });
}

/** While Zoho is left, only that goes on; once nothing is left to take out, it goes to its end. */
async function refuseWhileLeaving(ctx: FeatureContext, sql: Sql, row: StoredBackfill, step: Steering): Promise<void> {
  if (row.closingAt !== null) throw refuse(row, 'Everything is out, and the access is given back');
  const begins = step === 'start' || step === 'resume' || step === 'undo';
  if (row.kind === 'leave' || !begins || !(await isLeaving(sql, ctx.organizationId))) return;
  throw new AppError('conflict', 'Zoho is being left: nothing else is written. Cancel that first, under Leaving Zoho.');
}

async function simulate(ctx: FeatureContext, sql: Sql, row: StoredBackfill): Promise<StoredBackfill> {
  if (row.kind !== 'import') throw refuse(row, 'What it takes out was counted already; start it');
  if (row.state !== 'ready' && row.state !== 'simulating')
    throw refuse(row, 'Simulate a backfill before it is started');
  const connection = await findConnection(sql, ctx.organizationId);
  if (connection === null || connection.state === 'disconnected') {
    throw new AppError('not_connected', 'Connect Zoho CRM first: what a backfill does depends on its records.');
  }
  const total = await countStaged(sql, ctx.organizationId, row.id);
  if (total === 0) throw refuse(row, 'It has no meetings yet; bring them in first');
  return { ...row, state: 'simulating', simulation: beginSimulation(total, ctx.now()), simulatedTo: null };
}

async function start(ctx: FeatureContext, sql: Sql, row: StoredBackfill): Promise<StoredBackfill> {
  if (row.state !== 'ready') throw refuse(row, 'Only one that is ready can be started');
  const begun: StoredBackfill = { ...row, startedAt: ctx.now(), activeSince: ctx.now(), activeSeconds: 0 };
  if (row.undoesSince !== null) {
    await markUndone(ctx, sql, row, { since: row.undoesSince });
    return { ...begun, state: 'undoing' };
  }
  const { simulation } = row;
  if (simulation === null) throw refuse(row, 'Simulate it first, to see what it will do');
  const staged = await countStaged(sql, ctx.organizationId, row.id);
  if (simulation.meetings !== staged) {
    throw refuse(row, `It holds ${staged} meetings and ${simulation.meetings} were simulated; simulate it again`);
  }
  await releaseMeetings(sql, ctx.organizationId, row.id, ctx.now());
  return { ...begun, state: 'running' };
}

async function pause(ctx: FeatureContext, sql: Sql, row: StoredBackfill): Promise<StoredBackfill> {
  if (row.state !== 'running' && row.state !== 'undoing') throw refuse(row, 'Only one that runs can be paused');
  await holdBackMeetings(sql, ctx.organizationId, { id: row.id, why: row.state });
  return { ...halt(ctx, row), state: 'paused', resumesAs: row.state };
}

async function resume(ctx: FeatureContext, sql: Sql, row: StoredBackfill): Promise<StoredBackfill> {
  if (row.state !== 'paused' || row.resumesAs === null) throw refuse(row, 'Only a paused one can be resumed');
  await releaseMeetings(sql, ctx.organizationId, row.id, ctx.now());
  return { ...row, state: row.resumesAs, resumesAs: null, activeSince: ctx.now() };
}

async function cancel(ctx: FeatureContext, sql: Sql, row: StoredBackfill): Promise<StoredBackfill> {
  const running = row.resumesAs ?? row.state;
  if (running === 'undoing') {
    if (row.state === 'undoing') await holdBackMeetings(sql, ctx.organizationId, { id: row.id, why: 'undoing' });
    await cancelUndo(sql, ctx.organizationId, row.id, ctx.now());
    if (row.choices !== null && leavesRecords(row.choices)) {
      await unmarkLeaving(sql, ctx.organizationId, { id: row.id, owedAt: ctx.now() });
    }
  } else if (running === 'running' || running === 'ready' || running === 'simulating') {
    await stopPublishing(ctx, sql, row);
  } else throw refuse(row, 'It is over already; what it published can be undone');
  return { ...halt(ctx, row), state: 'cancelled', resumesAs: null, finishedAt: ctx.now() };
}

async function undo(ctx: FeatureContext, sql: Sql, row: StoredBackfill): Promise<StoredBackfill> {
  if (row.kind !== 'import') throw refuse(row, 'An undo cannot be undone; publish the meetings again instead');
  if (row.startedAt === null) throw refuse(row, 'Nothing of it was written; cancel it instead');
  if (row.state === 'undoing' || row.resumesAs === 'undoing' || row.state === 'undone') {
    throw refuse(row, 'It is being undone or was undone already');
  }
  await stopPublishing(ctx, sql, row);
  await markUndone(ctx, sql, row, { backfillId: row.id });
  const at = ctx.now();
  return { ...row, state: 'undoing', resumesAs: null, finishedAt: null, activeSince: at, activeSeconds: 0 };
}

async function stopPublishing(ctx: FeatureContext, sql: Sql, row: StoredBackfill): Promise<void> {
  if (row.state === 'running') await holdBackMeetings(sql, ctx.organizationId, { id: row.id, why: 'running' });
  await cancelMeetings(sql, ctx.organizationId, row.id);
}

async function markUndone(
  ctx: FeatureContext,
  sql: Sql,
  row: StoredBackfill,
  scope: Parameters<typeof undoMeetings>[2],
): Promise<void> {
  await undoMeetings(sql, ctx.organizationId, scope, { id: row.id, name: actorName(ctx.actor), at: ctx.now() });
}

/** The time that it ran is kept without its pauses. */
function halt(ctx: FeatureContext, row: StoredBackfill): StoredBackfill {
  if (row.activeSince === null) return row;
  const ran = (ctx.now().getTime() - row.activeSince.getTime()) / 1000;
  return { ...row, activeSeconds: row.activeSeconds + ran, activeSince: null };
}

function refuse({ name, state }: StoredBackfill, cure: string): AppError {
  return new AppError('conflict', `“${name}” is ${state}. ${cure}.`);
}
