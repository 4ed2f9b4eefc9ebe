import { checkRights } from '../../crm/check-rights.ts';
import { isSameRights, listRefused, type RightKey, type Rights } from '../../crm/rights.ts';
import { lockRights, reopenFirstLoad, saveRights } from '../../db/queries/connection-health.ts';
import { oweAllMeetings, oweMeetingsByCause } from '../../db/queries/owed-meetings.ts';
import type { Sql } from '../../db/sql.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { type OpenConnection, openConnection } from '../open-connection.ts';

/** Why a meeting is not in Zoho as it should be, while a right lacks. */
export const RIGHT_CAUSES = ['no_permission', 'left_out'];

/** Looked at again this often: a right that came back is noticed within the hour, a healthy connection costs nothing. */
export const PROBE_EVERY_MS = 15 * 60_000;
const PROBE_REFUSED_EVERY_MS = 3_600_000;

/** Rights whose return may change what every meeting is linked to, and the module that they let read. */
const READS: Partial<Record<RightKey, string>> = {
  contacts_read: 'contacts',
  accounts_read: 'accounts',
  deals_read: 'deals',
  leads_read: 'leads',
};
const DECIDES_EVERYWHERE: RightKey[] = ['event_participants', 'lookups', 'contact_roles', 'coql', 'users'];

/**
 * Tests what the connecting user may do (at most 10 credits) and stores it. What was left out for want of a right that is there
 * again is owed from now on, and a module that may be read again is loaded. Of two tests side by side the later one counts. Throws `needs_reauth` when the access is dead,
 * `crm_throttled` or `crm_unavailable` when Zoho cannot be asked now.
 */
export async function checkConnectionRights({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input: { open?: OpenConnection };
}): Promise<{ rights: Rights; isChanged: boolean }> {
  const open = input.open ?? (await openConnection(ctx, gateway));
  const { connection, transport } = open;
  const { scopes, edition } = connection;
  const startedAt = ctx.now();
  const rights = await checkRights(transport, { scopes, edition }).finally(() => open.flushCallCounts());
  const refusedNow = new Set(listRefused(rights).map(({ key }) => key));
  await ctx.db.transaction(async (sql) => {
    const { connectedAt } = connection;
    const known = await lockRights<Rights>(sql, ctx.organizationId, { connectedAt, startedAt });
    if (known === null) return;
    const at = ctx.now();
    const waitMs = refusedNow.size > 0 ? PROBE_REFUSED_EVERY_MS : PROBE_EVERY_MS;
    const nextProbeAt = new Date(at.getTime() + waitMs);
    const { isAdministrator } = rights;
    await saveRights(sql, ctx.organizationId, { rights, isAdministrator, startedAt, at, nextProbeAt });
    await makeUpFor(
      ctx,
      sql,
      listRefused(known.rights).flatMap(({ key }) => (refusedNow.has(key) ? [] : [key])),
    );
  });
  return { rights, isChanged: !isSameRights(connection.rights, rights) };
}

async function makeUpFor(ctx: FeatureContext, sql: Sql, regained: RightKey[]): Promise<void> {
  if (regained.length === 0) return;
  const modules = regained.flatMap((key) => READS[key] ?? []);
  if (modules.length > 0) await reopenFirstLoad(sql, ctx.organizationId, modules);
  if (modules.length > 0 || regained.some((key) => DECIDES_EVERYWHERE.includes(key))) {
    await oweAllMeetings(sql, ctx.organizationId, ctx.now());
  } else await oweMeetingsByCause(sql, ctx.organizationId, RIGHT_CAUSES, ctx.now());
  await ctx.wake(sql, ctx.organizationId);
}
