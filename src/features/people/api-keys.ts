import { type ApiKeyRow, listApiKeys, revokeApiKey } from '../../db/queries/organizations.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';

/** The organization's live machine keys, newest first, at most 200. */
export async function readApiKeys({ ctx }: { ctx: FeatureContext }): Promise<ApiKeyRow[]> {
  return listApiKeys(ctx.db, ctx.organizationId);
}

/** Ends a key at once. Throws `not_found` when it is not alive. */
export async function endApiKey({ ctx, input }: { ctx: FeatureContext; input: { id: string } }): Promise<void> {
  if (await revokeApiKey(ctx.db, ctx.organizationId, input.id, ctx.now())) return;
  throw new AppError('not_found', 'This key is not there any more.');
}
