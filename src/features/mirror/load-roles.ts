import { ROLES_PER_CALL, type RolesOfDeals, readRoles } from '../../crm/read-mirror.ts';
import { isRefused } from '../../crm/rights.ts';
import { listDealsWithUnreadRoles, replaceDealRoles, saveRoleProblems } from '../../db/queries/mirror.ts';
import { oweMeetingsOfContacts, oweMeetingsWithUnknownRoles } from '../../db/queries/owed-meetings.ts';
import type { Sql } from '../../db/sql.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';

/** Deals whose roles are read and saved together: a transaction each, so that progress is kept. */
const DEALS_AT_ONCE = 200;

/**
 * Reads the contact roles of deals that were never read, open ones first, until none is left or `shouldStop`. Zoho has no mass
 * read of them: 1 credit per five deals. Meetings that a role touches are owed an evaluation, and at the end those that waited.
 */
export async function sweepRoles({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; shouldStop: () => boolean };
}): Promise<{ isComplete: boolean }> {
  try {
    while (!input.shouldStop()) {
      const dealIds = await listDealsWithUnreadRoles(ctx.db, ctx.organizationId, DEALS_AT_ONCE);
      if (dealIds.length === 0) return { isComplete: true };
      await loadRolesOfDeals({ ctx, input: { open: input.open, dealIds, priority: 'history' } });
      await input.open.flushCallCounts('load');
    }
    return { isComplete: false };
  } finally {
    await input.open.flushCallCounts('load');
  }
}

/** Reads the roles of these deals now and owes the touched meetings an evaluation; the calls run side by side within the limits. */
export async function loadRolesOfDeals({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection; dealIds: readonly string[]; priority: 'live' | 'history' };
}): Promise<void> {
  const groups: string[][] = [];
  for (let at = 0; at < input.dealIds.length; at += ROLES_PER_CALL) {
    groups.push(input.dealIds.slice(at, at + ROLES_PER_CALL));
  }
  const { transport, connection } = input.open;
  const oneByOne = isRefused(connection.rights, 'composite');
  const answers = await Promise.all(
    groups.map((ids) => readRoles(transport, ids, { priority: input.priority, oneByOne })),
  );
  await saveRoles(ctx, answers);
}

/**
 * A deal whose roles Zoho refuses to tell keeps unknown roles; it is not asked again and again. With the last unread deal, the
 * meetings that were decided without knowing all roles are owed an evaluation, also where no role was found.
 */
async function saveRoles(ctx: FeatureContext, answers: RolesOfDeals[]): Promise<void> {
  const read = answers.flatMap((answer) => answer.read);
  await ctx.db.transaction(async (sql) => {
    const wasComplete = await areAllRolesRead(ctx, sql);
    await saveRoleProblems(
      sql,
      ctx.organizationId,
      answers.flatMap((answer) => answer.failed),
    );
    const contactIds = await replaceDealRoles(sql, ctx.organizationId, {
      dealIds: read.map((deal) => deal.dealId),
      roles: read.flatMap(({ dealId, roles }) =>
        roles.map(({ contactId, roleName }) => ({ dealId, contactId, role: roleName })),
      ),
      at: ctx.now(),
    });
    let owed = 0;
    if (contactIds.length > 0) owed += await oweMeetingsOfContacts(sql, ctx.organizationId, contactIds, ctx.now());
    if (!wasComplete && (await areAllRolesRead(ctx, sql)))
      owed += await oweMeetingsWithUnknownRoles(sql, ctx.organizationId, ctx.now());
    if (owed > 0) await ctx.wake(sql, ctx.organizationId);
  });
}

async function areAllRolesRead(ctx: FeatureContext, sql: Sql): Promise<boolean> {
  return (await listDealsWithUnreadRoles(sql, ctx.organizationId, 1)).length === 0;
}

/** False while Zoho refuses to tell who plays a part in deals: their roles stay unknown, and nobody asks again and again. */
export function canReadRoles({ connection }: Pick<OpenConnection, 'connection'>): boolean {
  return !isRefused(connection.rights, 'contact_roles', 'deals_read', 'contacts_read');
}
