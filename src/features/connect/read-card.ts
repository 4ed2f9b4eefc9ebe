import type { OrgCapabilities } from '../../crm/capabilities.ts';
import { listRefused, type Rights } from '../../crm/rights.ts';
import { SCOPES } from '../../crm/scopes.ts';
import { findAlertSettings } from '../../db/queries/alerts.ts';
import { type ConnectionRow, findConnection } from '../../db/queries/connections.ts';
import { countDealRoles, countMirror, type MirrorCounts } from '../../db/queries/mirror.ts';
import { type MirrorHealth, readMirrorHealth } from '../../db/queries/mirror-health.ts';
import { countOwed } from '../../db/queries/owed-meetings.ts';
import type { FeatureContext } from '../context.ts';
import { type CreditBudget, forecastQueue, type QueueForecast, readCreditBudget } from '../credit-budget.ts';

/** Everything that the card of the integration shows; no call to Zoho. */
export type IntegrationCard = {
  connection: ConnectionRow<OrgCapabilities, Rights> | null;
  /** What the checklist of rights said, in figures; null: it was never gone through. */
  rights: { refused: string[]; unknown: number; isChecking: boolean } | null;
  mirrorHealth: MirrorHealth | null;
  alerts: { webhookUrl: string | null; emails: string[] };
  roles: { dealsLoaded: number; dealsTotal: number };
  mirror: MirrorCounts;
  waiting: number;
  /** What Zoho gave; before it gave anything, what will be asked for. */
  scopes: readonly string[];
  credits: CreditBudget;
  forecast: QueueForecast;
};

export async function readCard({ ctx }: { ctx: FeatureContext }): Promise<IntegrationCard> {
  const connection = await findConnection<OrgCapabilities, Rights>(ctx.db, ctx.organizationId);
  const [roles, mirror, waiting, credits, mirrorHealth, alerts] = await Promise.all([
    countDealRoles(ctx.db, ctx.organizationId),
    countMirror(ctx.db, ctx.organizationId),
    countOwed(ctx.db, ctx.organizationId),
    readCreditBudget(ctx, connection),
    readMirrorHealth(ctx.db, ctx.organizationId, ctx.now()),
    findAlertSettings(ctx.db, ctx.organizationId),
  ]);
  const edition = connection?.edition ?? null;
  const scopes = connection?.scopes ?? SCOPES;
  return {
    connection,
    rights: sumUpRights(connection),
    roles,
    mirror,
    mirrorHealth,
    waiting,
    scopes,
    alerts: { webhookUrl: alerts.webhookUrl, emails: alerts.emails },
    credits,
    forecast: await forecastQueue(ctx, { edition, owed: waiting, budget: credits }),
  };
}

function sumUpRights(connection: IntegrationCard['connection']): IntegrationCard['rights'] {
  if (connection === null || connection.rights === null) return null;
  return {
    refused: listRefused(connection.rights).map(({ title }) => title),
    unknown: connection.rights.lines.filter(({ result }) => result === 'unknown').length,
    isChecking: connection.rightsCheckedAt === null,
  };
}
