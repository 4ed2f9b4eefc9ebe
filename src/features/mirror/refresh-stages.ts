import { readStages } from '../../crm/read-mirror.ts';
import { replaceStages } from '../../db/queries/mirror.ts';
import { adoptStages, listDealsOfMovedStages } from '../../db/queries/org-settings.ts';
import { markRead } from '../../db/queries/polls.ts';
import { findTouchedMeetings, oweTouchedMeetings } from '../../db/queries/touched-meetings.ts';
import { isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';

/**
 * Reads the stages of deals again (1 credit). Deals whose stage became an open or a closed one follow it, and the meetings that
 * they concern are owed an evaluation.
 */
export async function refreshStages({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection };
}): Promise<void> {
  const { organizationId } = ctx;
  const stages = await readUnlessRefused(input.open);
  await ctx.db.transaction(async (sql) => {
    await markRead(sql, organizationId, 'stages', ctx.now());
    if (stages === null || stages.length === 0) return;
    await replaceStages(sql, organizationId, stages);
    const deals = await listDealsOfMovedStages(sql, organizationId);
    if (deals.length === 0) return;
    await adoptStages(sql, organizationId, deals);
    const touched = await findTouchedMeetings(sql, organizationId, { deals });
    if ((await oweTouchedMeetings(sql, organizationId, touched, ctx.now())) > 0) await ctx.wake(sql, organizationId);
  });
}

/** Null: Zoho does not tell the stages; those that are known stay as they are. */
async function readUnlessRefused(open: OpenConnection) {
  try {
    return await readStages(open.transport);
  } catch (error) {
    if (isAppError(error) && error.code === 'crm_rejected') return null;
    throw error;
  }
}
