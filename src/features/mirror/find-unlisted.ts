import { type DeletedRecord, readNamed } from '../../crm/read-changes.ts';
import { readModuleIds } from '../../crm/read-mirror.ts';
import { listOthers } from '../../db/queries/mirror-deletions.ts';
import { listStages } from '../../db/queries/org-settings.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';
import type { FeatureContext } from '../context.ts';
import { readOddOrg } from '../odd-org.ts';
import type { OpenConnection } from '../open-connection.ts';
import { applyDeletions } from './apply-deletions.ts';
import { applyPage } from './pull-changes.ts';

const IDS_PER_CALL = 100;

type Parts = { ctx: FeatureContext; open: OpenConnection; module: CrmModule };

/**
 * Finds the records of one module that are gone from Zoho without standing in its list of deletions, by comparing all ids with the
 * mirror. What is missing is asked for by id before it counts as gone, so that a record that was made meanwhile does not. Such a
 * record may have been merged: its survivor is looked for. Returns how many are gone. Cost: 3 credits per 2,000 records, 1 per 100
 * that are missing, and what survivors take. Throws what Zoho throws; what was found until then stays.
 */
export async function findUnlisted({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; module: CrmModule };
}): Promise<{ gone: number }> {
  const parts = { ctx, ...input };
  let after: string | null = null;
  let gone = 0;
  for await (const { ids, isLast } of readModuleIds(input.open.transport, input.module)) {
    const upTo: string | null = isLast ? null : (ids.at(-1) ?? null);
    gone += await compareRange(parts, { after, upTo, ids });
    after = upTo;
  }
  return { gone };
}

async function compareRange(
  parts: Parts,
  range: { after: string | null; upTo: string | null; ids: string[] },
): Promise<number> {
  const { ctx, module } = parts;
  let { after } = range;
  let gone = 0;
  for (;;) {
    const missing = await listOthers(ctx.db, ctx.organizationId, module, { ...range, after, limit: IDS_PER_CALL });
    if (missing.length > 0) gone += await confirmGone(parts, missing);
    if (missing.length < IDS_PER_CALL) return gone;
    after = missing.at(-1) ?? null;
  }
}

async function confirmGone({ ctx, open, module }: Parts, ids: string[]): Promise<number> {
  const stages = await listStages(ctx.db, ctx.organizationId);
  const { columns } = await readOddOrg(ctx);
  const reading = { stages, externalField: open.connection.capabilities.externalField, columns };
  const { page, absent } = await readNamed(open.transport, module, ids, reading);
  await applyPage(ctx, { open, takeNews: async () => undefined }, page);
  const deletedAt = ctx.now().toISOString();
  const deleted = absent.map(
    (id): DeletedRecord => ({ id, name: null, deletedAt, deletedBy: null, isPermanent: true }),
  );
  return (await applyDeletions({ ctx, input: { open, module, deleted } })).gone;
}
