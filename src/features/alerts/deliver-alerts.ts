import { type DueDelivery, findAlertSettings, listDueDeliveries, saveDelivery } from '../../db/queries/alerts.ts';
import { findOrganization } from '../../db/queries/organizations.ts';
import type { FeatureContext } from '../context.ts';
import { type AlertPorts, sendAlert } from './send-alert.ts';

const AT_ONCE = 20;
const RETRY_BASE_MS = 30_000;
const RETRY_MAX_MS = 3_600_000;
const GIVE_UP_MS = 3 * 86_400_000;

/**
 * Sends the alerts that are due. Before an attempt its next one is written down, so that a crash delays an alert and never loses
 * it; the receiver knows a repeated one by its id. Retries wait 30 s, then twice as long up to an hour, for three days.
 */
export async function deliverAlerts({ ctx, gateway }: { ctx: FeatureContext; gateway: AlertPorts }): Promise<void> {
  const due = await listDueDeliveries(ctx.db, ctx.organizationId, { at: ctx.now(), limit: AT_ONCE });
  if (due.length === 0) return;
  const settings = await findAlertSettings(ctx.db, ctx.organizationId);
  const organizationName = (await findOrganization(ctx.db, ctx.organizationId))?.name ?? '';
  for (const delivery of due) {
    const { alertId, target } = delivery;
    const attempts = delivery.attempts + 1;
    const retry = { alertId, target, attempts, nextAt: nextAttempt(ctx, delivery), deliveredAt: null };
    await saveDelivery(ctx.db, ctx.organizationId, { ...retry, problem: 'Sending began and did not come to its end.' });
    try {
      const alert = { ...delivery, id: alertId, organizationName };
      await sendAlert(ctx, gateway, { alert, target, settings });
      const done = { alertId, target, attempts, nextAt: null, deliveredAt: ctx.now(), problem: null };
      await saveDelivery(ctx.db, ctx.organizationId, done);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      await saveDelivery(ctx.db, ctx.organizationId, { ...retry, problem });
    }
  }
}

function nextAttempt(ctx: FeatureContext, { attempts, raisedAt }: DueDelivery): Date | null {
  const at = ctx.now().getTime();
  if (at - raisedAt.getTime() > GIVE_UP_MS) return null;
  return new Date(at + Math.min(RETRY_MAX_MS, RETRY_BASE_MS * 2 ** Math.min(attempts, 10)));
}
