import { findOrganization } from '../db/queries/organizations.ts';
import type { Policy } from '../domain/policy.ts';
import { AppError } from '../errors.ts';
import type { FeatureContext } from './context.ts';
import { parsePolicy } from './policy.ts';

/** The policy of the caller's organization. Throws `not_found` when the organization is gone. */
export async function readPolicy(ctx: FeatureContext): Promise<Policy> {
  const organization = await findOrganization(ctx.db, ctx.organizationId);
  if (organization === null) throw new AppError('not_found', 'This organization does not exist any more.');
  return parsePolicy(organization.policy);
}
