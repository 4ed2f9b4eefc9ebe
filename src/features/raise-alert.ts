import { type AlertKind, insertAlert } from '../db/queries/alerts.ts';
import type { Sql } from '../db/sql.ts';
import type { FeatureContext } from './context.ts';

/**
 * Writes down that administrators have to be told something, in the caller's transaction, and wakes the job that tells them (by
 * webhook and e-mail, as the organization set it up). `onceKey` names the event: it is told once, whoever notices it and however
 * often (`2026-11-20` for once a day). True for the caller who was first. No call leaves here.
 */
export async function raiseAlert({
  ctx,
  sql,
  input,
}: {
  ctx: FeatureContext;
  sql: Sql;
  input: { kind: AlertKind; message: string; onceKey: string };
}): Promise<boolean> {
  const isFirst = await insertAlert(sql, ctx.organizationId, { ...input, id: ctx.newId(), at: ctx.now() });
  if (isFirst) await ctx.wake(sql, ctx.organizationId);
  return isFirst;
}
