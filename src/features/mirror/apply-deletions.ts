import type { DeletedRecord } from '../../crm/read-changes.ts';
import { readKnownRecords } from '../../db/queries/mirror-before.ts';
import { markDeleted, resolveSurvivors, restPlacements, succeed } from '../../db/queries/mirror-deletions.ts';
import { type ChangedRecords, findTouchedMeetings, oweTouchedMeetings } from '../../db/queries/touched-meetings.ts';
import type { Sql } from '../../db/sql.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';
import { findSurvivors, type Survivor } from './find-survivors.ts';
import { readdressWritten } from './readdress-written.ts';

/**
 * Takes note of records of one module that are gone from Zoho: deleted ones rest with everything that was decided about them; of
 * merged and converted ones the survivor is looked for by evidence and becomes the heir. Meetings of either are owed an
 * evaluation. Call it after the changes of the same poll were applied, so that survivors are known already. What is known as
 * deleted, or was changed after the deletion (it was restored), is left alone. Cost: see `findSurvivors`; nothing without
 * permanent deletions.
 */
export async function applyDeletions({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; module: CrmModule; deleted: readonly DeletedRecord[] };
}): Promise<{ gone: number; owed: number }> {
  const { open, module } = input;
  const ids = input.deleted.map((record) => record.id);
  const known = await readKnownRecords(ctx.db, ctx.organizationId, module, ids);
  const inOrder = [...input.deleted].sort((one, other) => one.deletedAt.localeCompare(other.deletedAt));
  const gone = inOrder.filter(({ id, deletedAt }) => {
    const record = known.get(id);
    return record !== undefined && !record.isDeleted && (record.row.modifiedAt ?? '') <= toIso(deletedAt);
  });
  if (gone.length === 0) return { gone: 0, owed: 0 };
  const losers = gone.filter((record) => record.isPermanent);
  const survivors = await findSurvivors({ ctx, input: { open, module, losers } });
  return ctx.db.transaction(async (sql) => {
    const changed = concerned(module, gone, survivors);
    const before = await findTouchedMeetings(sql, ctx.organizationId, changed);
    await markDeleted(sql, ctx.organizationId, module, gone);
    for (const survivor of survivors) {
      const succession = { module, ...survivor, survivorId: await lastOf(ctx, sql, survivor) };
      await succeed(sql, ctx.organizationId, succession);
      await readdressWritten({ ctx, sql, input: { module, survivor: succession, meetingIds: [...before] } });
    }
    const heirless = gone.filter(({ id }) => !survivors.some((survivor) => survivor.loserId === id));
    await restPlacements(
      sql,
      ctx.organizationId,
      module,
      heirless.map((record) => record.id),
    );
    const after = await findTouchedMeetings(sql, ctx.organizationId, changed);
    const owed = await oweTouchedMeetings(sql, ctx.organizationId, new Set([...before, ...after]), ctx.now());
    if (owed > 0) await ctx.wake(sql, ctx.organizationId);
    return { gone: gone.length, owed };
  });
}

/** A survivor may have been merged itself: then the last one of the chain. */
async function lastOf(ctx: FeatureContext, sql: Sql, { survivorModule, survivorId }: Survivor): Promise<string> {
  const last = await resolveSurvivors(sql, ctx.organizationId, survivorModule, [survivorId]);
  return last.get(survivorId) ?? survivorId;
}

function concerned(module: CrmModule, gone: readonly DeletedRecord[], survivors: readonly Survivor[]): ChangedRecords {
  const ids: Record<CrmModule, string[]> = { contacts: [], leads: [], accounts: [], deals: [] };
  ids[module].push(...gone.map((record) => record.id));
  for (const { survivorModule, survivorId } of survivors) ids[survivorModule].push(survivorId);
  return ids;
}

function toIso(time: string): string {
  return new Date(time).toISOString();
}
