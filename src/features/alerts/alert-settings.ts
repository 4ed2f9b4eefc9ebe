import { toSecret } from '../../crm/sealer.ts';
import { findAlertSettings, listAlerts, saveAlertSettings, WEBHOOK_TARGET } from '../../db/queries/alerts.ts';
import { findOrganization } from '../../db/queries/organizations.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { type AlertPorts, sendAlert } from './send-alert.ts';

/** What the page of alerts shows; the signing secret is never among it. */
export type AlertSettings = {
  webhookUrl: string | null;
  emails: string[];
  /** False: no SMTP server is configured, addresses get nothing. */
  canMail: boolean;
  recent: Awaited<ReturnType<typeof listAlerts>>;
};

const SHOWN = 20;

export async function readAlertSettings({
  ctx,
  gateway,
}: {
  ctx: FeatureContext;
  gateway: Pick<AlertPorts, 'outgoing'>;
}): Promise<AlertSettings> {
  const { webhookUrl, emails } = await findAlertSettings(ctx.db, ctx.organizationId);
  const recent = await listAlerts(ctx.db, ctx.organizationId, SHOWN);
  return { webhookUrl, emails, canMail: gateway.outgoing.sendMail !== null, recent };
}

/**
 * Replaces where alerts go. A new webhook address, or `renewSecret`, makes a new signing secret, which is told once; null: the
 * secret stays. Throws `invalid_input` for an address that would never be called.
 */
export async function changeAlertSettings({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: Pick<CrmGateway, 'sealer' | 'randomToken'>;
  input: { webhookUrl: string | null; emails: string[]; renewSecret: boolean };
}): Promise<{ newSecret: string | null }> {
  if (input.webhookUrl !== null) checkAddress(input.webhookUrl);
  const before = await findAlertSettings(ctx.db, ctx.organizationId);
  const isNew = input.webhookUrl !== null && (input.webhookUrl !== before.webhookUrl || input.renewSecret);
  const newSecret = isNew ? gateway.randomToken() : null;
  const kept = input.webhookUrl === null ? null : before.webhookSecretSealed;
  await ctx.db.transaction((sql) =>
    saveAlertSettings(sql, ctx.organizationId, {
      webhookUrl: input.webhookUrl,
      emails: [...new Set(input.emails.map((email) => email.trim().toLowerCase()))],
      webhookSecretSealed: newSecret === null ? kept : gateway.sealer.seal(toSecret(newSecret)),
    }),
  );
  return { newSecret };
}

/** The part of the check that needs no look-up of the host; the rest is checked at every call. */
function checkAddress(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isLocal = url !== null && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  const isAllowed = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal);
  if (isAllowed && url.username === '' && url.password === '') return;
  throw new AppError('invalid_input', 'The webhook needs an address that begins with https:// and holds no password.', {
    problems: [{ path: 'webhookUrl', message: 'Write it like https://hooks.example.com/salescaling.' }],
  });
}

/** Sends a test to every target now and tells what became of each. */
export async function sendTestAlert({
  ctx,
  gateway,
}: {
  ctx: FeatureContext;
  gateway: AlertPorts;
}): Promise<{ target: string; problem: string | null }[]> {
  const settings = await findAlertSettings(ctx.db, ctx.organizationId);
  const organizationName = (await findOrganization(ctx.db, ctx.organizationId))?.name ?? '';
  const message = 'This is a test: alerts of Salescaling arrive here.';
  const alert = { id: ctx.newId(), kind: 'test' as const, message, raisedAt: ctx.now(), organizationName };
  const targets = [...(settings.webhookUrl === null ? [] : [WEBHOOK_TARGET]), ...settings.emails];
  return Promise.all(
    targets.map(async (target) => {
      try {
        await sendAlert(ctx, gateway, { alert, target, settings });
        return { target, problem: null };
      } catch (error) {
        return { target, problem: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}
