import { CHANGE_MODULES, type ChangeModule, readNamed } from '../../crm/read-changes.ts';
import { listHints, removeHints, removeHintsOfOwnCreations, type WaitingHint } from '../../db/queries/hints.ts';
import { markRolesStale } from '../../db/queries/mirror.ts';
import { listStages } from '../../db/queries/org-settings.ts';
import { isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { readOddOrg } from '../odd-org.ts';
import type { OpenConnection } from '../open-connection.ts';
import { applyPage, type TakeNews } from './pull-changes.ts';
import { pullDeletions } from './pull-deletions.ts';

/** Hints that are followed in one go. */
const HINTS_AT_ONCE = 1_000;
const IDS_PER_CALL = 100;

type Input = { open: OpenConnection; takeNews: TakeNews };

/**
 * Follows what notifications named: reads those records as they are now (1 credit per 100 of a module) and applies them. A
 * notification is never believed further than that: what it calls deleted counts as such when Zoho's own list of deletions says so
 * (1 credit). Returns how many records of the mirror changed. Throws what Zoho throws; the hints stay then.
 */
export async function pullHints({ ctx, input }: { ctx: FeatureContext; input: Input }): Promise<{ changed: number }> {
  await removeHintsOfOwnCreations(ctx.db, ctx.organizationId);
  const hints = await listHints(ctx.db, ctx.organizationId, HINTS_AT_ONCE);
  let changed = 0;
  let areSomeGone = hints.some((hint) => hint.isDeletion);
  for (const module of CHANGE_MODULES) {
    const named = hints.filter((hint) => hint.module === module && !hint.isDeletion);
    for (let at = 0; at < named.length; at += IDS_PER_CALL) {
      const group = named.slice(at, at + IDS_PER_CALL);
      const read = await readGroup(ctx, input, module, group);
      changed += read.changed;
      areSomeGone ||= read.hasAbsent;
      await removeHints(ctx.db, ctx.organizationId, group);
    }
  }
  if (areSomeGone) changed += (await pullDeletions({ ctx, input })).gone;
  await removeHints(
    ctx.db,
    ctx.organizationId,
    hints.filter((hint) => hint.isDeletion),
  );
  return { changed };
}

async function readGroup(
  ctx: FeatureContext,
  input: Input,
  module: ChangeModule,
  group: readonly WaitingHint[],
): Promise<{ changed: number; hasAbsent: boolean }> {
  const ids = group.map((hint) => hint.recordId);
  const read = await readUnlessRefused(ctx, input.open, module, ids);
  if (read === null) return { changed: 0, hasAbsent: false };
  const changed = await applyPage(ctx, input, read.page);
  // A changed contact role is told as a change of its deal, whose own fields stay as they were.
  if (module === 'deals') await markRolesStale(ctx.db, ctx.organizationId, ids);
  return { changed, hasAbsent: read.absent.length > 0 };
}

/** Null: the module may not be read, which its poll says in words. */
async function readUnlessRefused(ctx: FeatureContext, open: OpenConnection, module: ChangeModule, ids: string[]) {
  const stages = await listStages(ctx.db, ctx.organizationId);
  const { externalField } = open.connection.capabilities;
  const { columns } = await readOddOrg(ctx);
  try {
    return await readNamed(open.transport, module, ids, { stages, externalField, columns });
  } catch (error) {
    if (isAppError(error) && error.code === 'crm_rejected') return null;
    throw error;
  }
}
