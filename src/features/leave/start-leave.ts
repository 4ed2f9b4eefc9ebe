import type { OrgCapabilities } from '../../crm/capabilities.ts';
import type { Rights } from '../../crm/rights.ts';
import { insertBackfill, lockBackfill, saveBackfill } from '../../db/queries/backfills.ts';
import { findCanary } from '../../db/queries/canary.ts';
import { findConnection } from '../../db/queries/connections.ts';
import { findRunningHistory, isLeaving, markLeaving } from '../../db/queries/leaving.ts';
import type { Sql } from '../../db/sql.ts';
import { judgeChoices, type LeaveChoices } from '../../domain/leave-choices.ts';
import { AppError } from '../../errors.ts';
import { actorName, type FeatureContext } from '../context.ts';
import { countOurs, previewLeave } from './count-leave.ts';

/**
 * Begins to leave Zoho as an administrator chose: from now on nothing new is published, and what is not kept is taken out, after which
 * the access is given back. Calls nothing itself. Throws `not_connected`, `invalid_input` and `conflict` with what to do first.
 */
export async function startLeave({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { choices: LeaveChoices };
}): Promise<void> {
  const { organizationId } = ctx;
  const judged = judgeChoices(input.choices);
  if (judged.kind === 'refused') throw new AppError('invalid_input', judged.reason);
  const connection = await findConnection<OrgCapabilities, Rights>(ctx.db, organizationId);
  if (connection?.state !== 'connected') {
    throw new AppError(
      'not_connected',
      'Zoho CRM is not connected, so nothing can be taken out of it. Connect it under Settings > Integrations first.',
    );
  }
  const { choices, says } = judged;
  const written = await countOurs(ctx, connection);
  if (choices.fields === 'remove' && written.missingScopes.length > 0) {
    throw new AppError('conflict', 'Zoho has not allowed deleting fields. Allow it in Zoho first, or keep the fields.');
  }
  await ctx.db.transaction(async (sql) => {
    await refuseBesides(ctx, sql);
    const [id, at, name] = [ctx.newId(), ctx.now(), actorName(ctx.actor)];
    await insertBackfill(sql, organizationId, {
      id,
      kind: 'leave',
      name: 'Leaving Zoho CRM',
      undoesSince: null,
      createdBy: name,
      createdAt: at,
      simulation: await previewLeave(ctx, sql, { connection, written, choices, says }),
      choices,
    });
    await markLeaving(sql, organizationId, { id, name, at });
    const row = await lockBackfill(sql, organizationId, id);
    if (row !== null) {
      await saveBackfill(sql, organizationId, { ...row, state: 'undoing', startedAt: at, activeSince: at });
    }
    await ctx.wake(sql, organizationId);
  });
}

async function refuseBesides({ organizationId }: FeatureContext, sql: Sql): Promise<void> {
  if (await isLeaving(sql, organizationId)) {
    throw new AppError('conflict', 'Zoho is being left already. Go on with that one, or cancel it.');
  }
  const canary = await findCanary(sql, organizationId);
  if (canary?.state === 'running' || canary?.state === 'cleaning') {
    throw new AppError('conflict', 'A canary is under way. Cancel it and wait until Zoho is cleaned up, then leave.');
  }
  const running = await findRunningHistory(sql, organizationId);
  if (running !== null) {
    throw new AppError(
      'conflict',
      `“${running}” is under way. Pause or cancel it under Settings > History, then leave.`,
    );
  }
}
