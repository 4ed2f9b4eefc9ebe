import {
  type AlertSettingsRow,
  beginDelivery,
  type DueDelivery,
  findAlertSettings,
  listDueDeliveries,
  saveDelivery,
} from '../../db/queries/alerts.ts';
import { findOrganization } from '../../db/queries/organizations.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { type AlertPorts, sendAlert } from './send-alert.ts';

const AT_ONCE = 20;
const RETRY_BASE_MS = 30_000;
const RETRY_MAX_MS = 3_600_000;
const GIVE_UP_MS = 3 * 86_400_000;

/** A receiver that says nothing is given up after so long, whatever way the alert goes. */
const LONGEST_MS = 10_000;

/**
 * Sends the alerts that are due, up to 20 side by side, in 10 s at most. Before an attempt its next one is written down, so that a
 * crash delays an alert and never loses it; the receiver knows a repeated one by its id. Of two callers at once one sends. Retries
 * wait 30 s, then twice as long up to an hour, for three days.
 */
export async function deliverAlerts({ ctx, gateway }: { ctx: FeatureContext; gateway: AlertPorts }): Promise<void> {
  const due = await listDueDeliveries(ctx.db, ctx.organizationId, { at: ctx.now(), limit: AT_ONCE });
  if (due.length === 0) return;
  const settings = await findAlertSettings(ctx.db, ctx.organizationId);
  const organizationName = (await findOrganization(ctx.db, ctx.organizationId))?.name ?? '';
  const parts = { ctx, gateway, settings, organizationName };
  await Promise.all(due.map((delivery) => deliver(parts, delivery)));
}

type Parts = { ctx: FeatureContext; gateway: AlertPorts; settings: AlertSettingsRow; organizationName: string };

async function deliver({ ctx, gateway, settings, organizationName }: Parts, delivery: DueDelivery): Promise<void> {
  const { alertId, target } = delivery;
  const attempts = delivery.attempts + 1;
  const retry = { alertId, target, attempts, nextAt: nextAttempt(ctx, delivery), deliveredAt: null };
  const begun = { ...retry, problem: 'Sending began and did not come to its end.' };
  if (!(await beginDelivery(ctx.db, ctx.organizationId, begun))) return;
  try {
    const alert = { ...delivery, id: alertId, organizationName };
    await within(LONGEST_MS, sendAlert(ctx, gateway, { alert, target, settings }));
    const done = { alertId, target, attempts, nextAt: null, deliveredAt: ctx.now(), problem: null };
    await saveDelivery(ctx.db, ctx.organizationId, done);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    await saveDelivery(ctx.db, ctx.organizationId, { ...retry, problem });
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<never>((_resolve, reject) => {
    const late = new AppError('crm_unavailable', `The receiver did not answer within ${ms / 1000} seconds.`);
    timer = setTimeout(() => reject(late), ms);
  });
  try {
    await Promise.race([work, end]);
  } finally {
    clearTimeout(timer);
  }
}

function nextAttempt(ctx: FeatureContext, { attempts, raisedAt }: DueDelivery): Date | null {
  const at = ctx.now().getTime();
  if (at - raisedAt.getTime() > GIVE_UP_MS) return null;
  return new Date(at + Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** Math.min(attempts, 10)));
}
