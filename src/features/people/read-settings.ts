import { listUserDomains } from '../../db/queries/mirror.ts';
import { findOrganization } from '../../db/queries/organizations.ts';
import type { Policy } from '../../domain/policy.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { parsePolicy } from '../policy.ts';

export type Settings = Policy & { organizationName: string; userDomains: string[] };

/** The organization's name and policy, and the domains of the Zoho users, which count as internal as well. */
export async function readSettings({ ctx }: { ctx: FeatureContext }): Promise<Settings> {
  const organization = await findOrganization(ctx.db, ctx.organizationId);
  if (organization === null) throw new AppError('not_found', 'This organization does not exist any more.');
  const policy = parsePolicy(organization.policy);
  const userDomains = await listUserDomains(ctx.db, ctx.organizationId);
  return {
    ...policy,
    organizationName: organization.name,
    userDomains: userDomains.filter((domain) => !policy.freeMailDomains.includes(domain)),
  };
}
