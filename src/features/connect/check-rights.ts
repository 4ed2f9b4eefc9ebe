import { checkRights } from '../../crm/check-rights.ts';
import { isSameRights, listRefused, type RightKey, type Rights } from '../../crm/rights.ts';
import {
  type KnownRights,
  lockRights,
  readRights,
  reopenFirstLoad,
  saveRights,
} from '../../db/queries/connection-health.ts';
import { oweAllMeetings, oweHeldBack } from '../../db/queries/owed-meetings.ts';
import type { Sql } from '../../db/sql.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import { type OpenConnection, openConnection } from '../open-connection.ts';

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
 * again is owed from now on, and a module that may be read again is loaded. A test that was overtaken by another one is made again. Throws `needs_reauth` when the access is dead,
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
  const { scopes, edition, connectedAt } = open.connection;
  for (let round = 1; ; round++) {
    const before = await readRights<Rights>(ctx.db, ctx.organizationId, connectedAt);
    const rights = await checkRights(open.transport, { scopes, edition }).finally(() => open.flushCallCounts());
    const isLast = round === ROUNDS_MOST;
    if (await keepRights(ctx, { rights, connectedAt, unless: isLast ? null : before })) {
      return { rights, isChanged: !isSameRights(open.connection.rights, rights) };
    }
  }
}

/** Somebody else's test ended while ours was under way: which of them saw the newer state cannot be told, so it is made again. */
const ROUNDS_MOST = 3;

/** False, and nothing is kept: rights were kept since `unless`. What a user before had is of no use to anybody. */
async function keepRights(
  ctx: FeatureContext,
  input: { rights: Rights; connectedAt: Date; unless: KnownRights<Rights> | null },
): Promise<boolean> {
  const { rights, connectedAt, unless } = input;
  const refusedNow = new Set(listRefused(rights).map(({ key }) => key));
  return ctx.db.transaction(async (sql) => {
    const known = await lockRights<Rights>(sql, ctx.organizationId, connectedAt);
    if (known === null) return true;
    if (unless !== null && known.checkedAt?.getTime() !== unless.checkedAt?.getTime()) return false;
    const at = ctx.now();
    const waitMs = refusedNow.size > 0 ? PROBE_REFUSED_EVERY_MS : PROBE_EVERY_MS;
    const nextProbeAt = new Date(at.getTime() + waitMs);
    await saveRights(sql, ctx.organizationId, { rights, isAdministrator: rights.isAdministrator, at, nextProbeAt });
    await makeUpFor(
      ctx,
      sql,
      listRefused(known.rights).flatMap(({ key }) => (refusedNow.has(key) ? [] : [key])),
    );
    return true;
  });
}

async function makeUpFor(ctx: FeatureContext, sql: Sql, regained: RightKey[]): Promise<void> {
  if (regained.length === 0) return;
  const modules = regained.flatMap((key) => READS[key] ?? []);
  if (modules.length > 0) await reopenFirstLoad(sql, ctx.organizationId, modules);
  if (modules.length > 0 || regained.some((key) => DECIDES_EVERYWHERE.includes(key))) {
    await oweAllMeetings(sql, ctx.organizationId, ctx.now());
  } else await oweHeldBack(sql, ctx.organizationId, ctx.now());
  await ctx.wake(sql, ctx.organizationId);
}
