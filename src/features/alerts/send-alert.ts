import type { AlertKind, AlertSettingsRow } from '../../db/queries/alerts.ts';
import { WEBHOOK_TARGET } from '../../db/queries/alerts.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { Outgoing } from '../outgoing.ts';
import { SIGNATURE_HEADER, signWebhook } from './sign-webhook.ts';

/** What is told. `id` is the same in every attempt, so that a receiver can leave out what came twice. */
export type OutgoingAlert = { id: string; kind: AlertKind; message: string; raisedAt: Date; organizationName: string };

/** What telling takes. */
export type AlertPorts = Pick<CrmGateway, 'sealer' | 'settingsUrl' | 'outgoing'>;

const TITLES: Record<AlertKind, string> = {
  connection_broken: 'Zoho CRM has to be connected again',
  connection_restored: 'Zoho CRM is connected again',
  channel_dead: 'Zoho sends no notifications any more',
  mirror_bound: 'Reading changes from Zoho reached its daily bound',
  drift: 'Zoho differs from what was published',
  test: 'This is a test',
};

/** Sends one alert to one target. Throws with a reason in words when it did not arrive. */
export async function sendAlert(
  ctx: FeatureContext,
  { outgoing, sealer, settingsUrl }: AlertPorts,
  input: { alert: OutgoingAlert; target: string; settings: AlertSettingsRow },
): Promise<void> {
  const { alert, target, settings } = input;
  if (target !== WEBHOOK_TARGET) return mail(outgoing, settingsUrl, alert, target);
  if (settings.webhookUrl === null || settings.webhookSecretSealed === null) {
    throw new AppError('invalid_input', 'No webhook address is set any more.');
  }
  const body = JSON.stringify(toBody(ctx, alert, settingsUrl));
  const signature = signWebhook(sealer.open(settings.webhookSecretSealed), body, ctx.now());
  const { status } = await outgoing.postWebhook({
    url: settings.webhookUrl,
    body,
    headers: {
      'content-type': 'application/json',
      [SIGNATURE_HEADER]: signature,
      'x-salescaling-delivery': alert.id,
    },
  });
  if (status < 200 || status > 299) {
    throw new AppError('crm_unavailable', `The address answered ${status}; it has to answer 200 to 299.`);
  }
}

/** The documented body of a webhook. */
function toBody(ctx: FeatureContext, alert: OutgoingAlert, page: string) {
  return {
    id: alert.id,
    kind: alert.kind,
    title: TITLES[alert.kind],
    message: alert.message,
    raisedAt: alert.raisedAt.toISOString(),
    organization: { id: ctx.organizationId, name: alert.organizationName },
    page,
  };
}

async function mail(outgoing: Outgoing, page: string, alert: OutgoingAlert, to: string): Promise<void> {
  if (outgoing.sendMail === null) {
    throw new AppError('invalid_input', 'No mail server is configured. Set SMTP_URL and SMTP_FROM and start again.');
  }
  await outgoing.sendMail({
    to,
    subject: `Salescaling: ${TITLES[alert.kind]} (${alert.organizationName})`,
    text: `${alert.message}\n\n${page}\n`,
  });
}
