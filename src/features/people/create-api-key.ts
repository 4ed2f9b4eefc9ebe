import { createHash } from 'node:crypto';
import { insertApiKey } from '../../db/queries/organizations.ts';
import type { FeatureContext } from '../context.ts';

export const API_SCOPES = ['meetings:write', 'meetings:read'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

const PREFIX_LENGTH = 12;

/** A new machine key. It is given out once, here; only its SHA-256 and the beginning of it are kept. */
export async function createApiKey({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { name: string; scopes: ApiScope[]; randomToken: () => string };
}): Promise<{ id: string; key: string; prefix: string }> {
  const key = `sk_${input.randomToken()}`;
  const id = ctx.newId();
  const prefix = key.slice(0, PREFIX_LENGTH);
  await insertApiKey(ctx.db, {
    organizationId: ctx.organizationId,
    id,
    name: input.name,
    prefix,
    hash: hashApiKey(key),
    scopes: [...input.scopes],
    createdAt: ctx.now(),
  });
  return { id, key, prefix };
}

export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
