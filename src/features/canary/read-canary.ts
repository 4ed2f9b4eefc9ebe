import { CANARY_SCOPES, listMissingScopes } from '../../crm/scopes.ts';
import {
  type CanaryHost,
  type CanaryRow,
  findCanary,
  findDecidingCanary,
  listCanaryHosts,
  listCanaryWrites,
} from '../../db/queries/canary.ts';
import { findConnection } from '../../db/queries/connections.ts';
import { CANARY_STEPS, type CanaryAnswer, type CanaryStep, hasFollowed, SHOWING_STEPS } from '../../domain/canary.ts';
import type { MailModes } from '../../domain/mail-modes.ts';
import type { FeatureContext } from '../context.ts';
import { ASK_AFTER_MS } from './answer-canary.ts';

/** `later`: not written yet. `waiting`: written, and asked about at `askAt`. `not_tried`: the trial ends or ended without it. */
export type CanaryStepView = {
  step: CanaryStep;
  state: 'later' | 'waiting' | 'ask' | 'answered' | 'not_tried';
  writtenAt: Date | null;
  askAt: Date | null;
  answer: CanaryAnswer | null;
};

export type CanaryRunView = Omit<CanaryRow, 'answers' | 'hostUserId' | 'outcome'> & { steps: CanaryStepView[] };

export type CanaryView = {
  /** No canary was finished, and this connection shows nobody. */
  isSafeMode: boolean;
  /** What is used now; null: no canary was finished. */
  modes: MailModes | null;
  /** What Zoho must allow first, with a consent of its own. */
  missingScopes: string[];
  /** The first 200 users that a trial's events can be of. */
  hosts: CanaryHost[];
  run: CanaryRunView | null;
  /** The one that the modes come from. */
  decidedBy: CanaryRunView | null;
};

const HOSTS = 200;

/** How far a trial is, what is asked, and what the last finished one allows; no call to Zoho. */
export async function readCanary({ ctx }: { ctx: FeatureContext }): Promise<CanaryView> {
  const { organizationId } = ctx;
  const connection = await findConnection(ctx.db, organizationId);
  const run = await findCanary(ctx.db, organizationId);
  const deciding = await findDecidingCanary(ctx.db, organizationId);
  return {
    isSafeMode: connection?.isSafeMode === true && connection.mailModes === null,
    modes: connection?.mailModes ?? null,
    missingScopes: connection === null ? [] : listMissingScopes(connection.scopes, CANARY_SCOPES),
    hosts: await listCanaryHosts(ctx.db, organizationId, { exceptId: '', limit: HOSTS }),
    run: run === null ? null : await viewRun(ctx, run),
    decidedBy: deciding === null ? null : await viewRun(ctx, deciding),
  };
}

async function viewRun(ctx: FeatureContext, run: CanaryRow): Promise<CanaryRunView> {
  const writes = await listCanaryWrites(ctx.db, ctx.organizationId, run.id);
  const { answers, hostUserId: _host, outcome: _outcome, ...rest } = run;
  const steps = CANARY_STEPS.map((step): CanaryStepView => {
    const times = writes.filter((write) => write.step === step).map(({ finishedAt }) => finishedAt);
    const isPast = SHOWING_STEPS.some((one) => one === step) ? writes.length > 0 : hasFollowed(writes);
    const isLeftOut = times.length === 0 && isPast;
    const isWritten = times.length > 0 && !times.includes(null);
    const last = Math.max(...times.map((time) => time?.getTime() ?? 0));
    const writtenAt = isWritten ? new Date(last) : null;
    const askAt = isWritten ? new Date(last + ASK_AFTER_MS) : null;
    const answer = answers[step] ?? null;
    return { step, state: isLeftOut ? 'not_tried' : stateOf(ctx, run, { askAt, answer }), writtenAt, askAt, answer };
  });
  return { ...rest, steps };
}

function stateOf(
  ctx: FeatureContext,
  run: CanaryRow,
  { askAt, answer }: Pick<CanaryStepView, 'askAt' | 'answer'>,
): CanaryStepView['state'] {
  if (answer !== null) return 'answered';
  if (run.state !== 'running') return 'not_tried';
  if (askAt === null) return 'later';
  return askAt <= ctx.now() ? 'ask' : 'waiting';
}
