import { firstRow, type Sql } from '../sql.ts';

export type AlertKind =
  | 'connection_broken'
  | 'connection_restored'
  | 'channel_dead'
  | 'mirror_bound'
  | 'drift'
  | 'test';

export type AlertSettingsRow = { webhookUrl: string | null; webhookSecretSealed: Buffer | null; emails: string[] };

/** The target of a delivery that is no address of a person. */
export const WEBHOOK_TARGET = 'webhook';

export async function findAlertSettings(sql: Sql, organizationId: string): Promise<AlertSettingsRow> {
  const row = await firstRow(
    sql.query<AlertSettingsRow>(
      `select webhook_url as "webhookUrl", webhook_secret_sealed as "webhookSecretSealed", emails from alert_settings
       where organization_id = $1`,
      [organizationId],
    ),
  );
  return row ?? { webhookUrl: null, webhookSecretSealed: null, emails: [] };
}

/** Replaces the settings; deliveries to a place that was given up are given up as well. */
export async function saveAlertSettings(sql: Sql, organizationId: string, row: AlertSettingsRow): Promise<void> {
  await sql.query(
    `insert into alert_settings (organization_id, webhook_url, webhook_secret_sealed, emails) values ($1, $2, $3, $4)
     on conflict (organization_id) do update set webhook_url = excluded.webhook_url,
       webhook_secret_sealed = excluded.webhook_secret_sealed, emails = excluded.emails`,
    [organizationId, row.webhookUrl, row.webhookSecretSealed, row.emails],
  );
  await sql.query(
    `update alert_deliveries set next_at = null, problem = 'This address was taken out of the settings.'
     where organization_id = $1 and next_at is not null and not (target = any($2::text[]))`,
    [organizationId, [...row.emails, ...(row.webhookUrl === null ? [] : [WEBHOOK_TARGET])]],
  );
}

/** Writes down what has to be told, once for `onceKey`, and each way it goes out. True for the caller who was first. */
export async function insertAlert(
  sql: Sql,
  organizationId: string,
  alert: { id: string; kind: AlertKind; message: string; onceKey: string; at: Date },
): Promise<boolean> {
  const rows = await sql.query(
    `with told as (
       insert into alerts (organization_id, id, kind, message, once_key, raised_at) values ($1, $2, $3, $4, $5, $6)
       on conflict (organization_id, kind, once_key) do nothing returning id),
     targets as (
       select '${WEBHOOK_TARGET}' as target from alert_settings where organization_id = $1 and webhook_url is not null
       union select unnest(emails) from alert_settings where organization_id = $1),
     sent as (
       insert into alert_deliveries (organization_id, alert_id, target, next_at)
       select $1, told.id, targets.target, $6 from told, targets)
     select id from told`,
    [organizationId, alert.id, alert.kind, alert.message, alert.onceKey, alert.at],
  );
  return rows.length > 0;
}

export type DueDelivery = {
  alertId: string;
  target: string;
  attempts: number;
  kind: AlertKind;
  message: string;
  raisedAt: Date;
};

/** Deliveries that are due, the oldest alert first. */
export async function listDueDeliveries(
  sql: Sql,
  organizationId: string,
  input: { at: Date; limit: number },
): Promise<DueDelivery[]> {
  return sql.query<DueDelivery>(
    `select d.alert_id as "alertId", d.target, d.attempts, a.kind, a.message, a.raised_at as "raisedAt"
     from alert_deliveries d join alerts a on a.organization_id = d.organization_id and a.id = d.alert_id
     where d.organization_id = $1 and d.next_at <= $2 order by a.raised_at, d.alert_id, d.target limit $3`,
    [organizationId, input.at, input.limit],
  );
}

type DeliveryOutcome = {
  alertId: string;
  target: string;
  attempts: number;
  nextAt: Date | null;
  deliveredAt: Date | null;
  problem: string | null;
};

/** Writes down, before an attempt, when the next one is due should nobody live to tell. False: somebody else made this attempt. */
export async function beginDelivery(sql: Sql, organizationId: string, row: DeliveryOutcome): Promise<boolean> {
  const begun = await sql.query(
    `update alert_deliveries set attempts = $4, next_at = $5, problem = $6
     where organization_id = $1 and alert_id = $2 and target = $3 and attempts = $4 - 1 and next_at is not null
     returning target`,
    [organizationId, row.alertId, row.target, row.attempts, row.nextAt, row.problem],
  );
  return begun.length > 0;
}

/** What became of an attempt. `nextAt` null: there is no other one. */
export async function saveDelivery(sql: Sql, organizationId: string, row: DeliveryOutcome): Promise<void> {
  await sql.query(
    `update alert_deliveries set attempts = $4, next_at = $5, delivered_at = $6, problem = $7
     where organization_id = $1 and alert_id = $2 and target = $3`,
    [organizationId, row.alertId, row.target, row.attempts, row.nextAt, row.deliveredAt, row.problem],
  );
}

export type AlertRow = {
  id: string;
  kind: AlertKind;
  message: string;
  raisedAt: Date;
  deliveries: { target: string; deliveredAt: string | null; nextAt: string | null; problem: string | null }[];
};

/** The newest alerts with what became of them. */
export async function listAlerts(sql: Sql, organizationId: string, limit: number): Promise<AlertRow[]> {
  return sql.query<AlertRow>(
    `select a.id, a.kind, a.message, a.raised_at as "raisedAt", coalesce((
       select jsonb_agg(jsonb_build_object('target', d.target, 'deliveredAt', d.delivered_at, 'nextAt', d.next_at,
         'problem', d.problem) order by d.target)
       from alert_deliveries d where d.organization_id = $1 and d.alert_id = a.id), '[]') as deliveries
     from alerts a where a.organization_id = $1 order by a.raised_at desc, a.id limit $2`,
    [organizationId, limit],
  );
}
