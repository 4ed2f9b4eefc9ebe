import { readNamed } from '../../crm/read-changes.ts';
import { readPointing } from '../../crm/read-pointing.ts';
import { listRestorable } from '../../db/queries/mirror-deletions.ts';
import { listStages } from '../../db/queries/org-settings.ts';
import type { CrmModule } from '../../domain/crm-picture.ts';
import { isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { readOddOrg } from '../odd-org.ts';
import type { OpenConnection } from '../open-connection.ts';
import { applyPage } from './pull-changes.ts';

/** Zoho keeps what was deleted for 60 days. Source: Zoho CRM help, Recycle Bin. */
const RESTORABLE_MS = 60 * 86_400_000;
/** Eight credits at most, so that a quiet day stays within 600. */
const LOOKED_AT = 200;
const IDS_PER_CALL = 100;
/** Accounts first, so that a contact's account is known when the contact is. */
const MODULES: readonly CrmModule[] = ['accounts', 'contacts', 'leads', 'deals'];

/**
 * Reads the records again that were deleted in the last 60 days, of each module the newest 200: a restored one need not carry a new
 * time of change, and then no poll brings it. Those that are there live again, and what points to them is read. Returns how many do.
 * Cost: 1 credit per 100 of a module, nothing where nothing was deleted; for restored ones see `readPointing`. Throws what concerns the whole connection.
 */
export async function lookAgainAtDeleted({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection };
}): Promise<{ revived: number }> {
  const since = new Date(ctx.now().getTime() - RESTORABLE_MS);
  let revived = 0;
  for (const module of MODULES) {
    const ids = await listRestorable(ctx.db, ctx.organizationId, module, { since, limit: LOOKED_AT });
    for (let at = 0; at < ids.length; at += IDS_PER_CALL) {
      revived += await readGroup(ctx, input.open, module, ids.slice(at, at + IDS_PER_CALL));
    }
  }
  return { revived };
}

async function readGroup(ctx: FeatureContext, open: OpenConnection, module: CrmModule, ids: string[]): Promise<number> {
  const stages = await listStages(ctx.db, ctx.organizationId);
  const { columns } = await readOddOrg(ctx);
  const reading = { stages, externalField: open.connection.capabilities.externalField, columns };
  try {
    const { page } = await readNamed(open.transport, module, ids, reading);
    const input = { open, takeNews: async () => undefined };
    const revived = await applyPage(ctx, input, page);
    await readWhatPointsTo({ ctx, input: { open, module, ids: page.rows.map((row) => row.id) } });
    return revived;
  } catch (error) {
    // A module that may not be read says so in its poll.
    if (isAppError(error) && error.code === 'crm_rejected') return 0;
    throw error;
  }
}

/**
 * Reads the contacts and deals that point to records which came back: their time of change need not have moved either. 1 credit per
 * 200 of them; nothing for no records. Throws what Zoho throws but the refusal of a module, which its poll tells.
 */
export async function readWhatPointsTo({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; module: CrmModule; ids: readonly string[] };
}): Promise<void> {
  const { open, module, ids } = input;
  const reading = { stages: await listStages(ctx.db, ctx.organizationId), columns: (await readOddOrg(ctx)).columns };
  try {
    for (let at = 0; at < ids.length; at += IDS_PER_CALL) {
      const group = ids.slice(at, at + IDS_PER_CALL);
      for await (const page of readPointing(open.transport, module, group, reading)) {
        await applyPage(ctx, { open, takeNews: async () => undefined }, page);
      }
    }
  } catch (error) {
    if (!isAppError(error) || error.code !== 'crm_rejected') throw error;
  }
}
