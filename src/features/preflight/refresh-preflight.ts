import { type OrgLayouts, type PeopleModule, readOrgLayouts } from '../../crm/read-layouts.ts';
import { holdAllowances } from '../../db/queries/connection-health.ts';
import { oweAllMeetings, oweMeetings } from '../../db/queries/owed-meetings.ts';
import { scheduleNextPoll } from '../../db/queries/polls.ts';
import { forgetObstacles, listFreed, reloadModules, savePreflight } from '../../db/queries/preflight.ts';
import type { FeatureContext } from '../context.ts';
import { type OddOrg, readOddOrg } from '../odd-org.ts';
import type { OpenConnection } from '../open-connection.ts';

const DAY_MS = 86_400_000;

/**
 * Reads layouts, withheld fields and sharing now (7 credits) and draws the conclusions: meetings that wait for a field that is
 * demanded no longer go out, a module whose addresses are shown again is loaded again, and every meeting is looked at again where
 * addresses, sharing or lists changed. Throws what concerns the whole connection.
 */
export async function refreshPreflight({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection };
}): Promise<void> {
  const before = await readOddOrg(ctx);
  const found = await readOrgLayouts(input.open.transport);
  await ctx.db.transaction(async (sql) => {
    const at = ctx.now();
    // The connection first and its layouts then, in the order of whoever saves a consent.
    await holdAllowances(sql, ctx.organizationId);
    // Nobody tells us when addresses are shown again, so that is looked at every day while they are not.
    const isWithheld =
      found.withheld.contacts.length + found.withheld.leads.length > 0 || before.withheldModules.length > 0;
    const nextReadAt = isWithheld ? new Date(at.getTime() + DAY_MS) : null;
    await savePreflight(sql, ctx.organizationId, { found, at, nextReadAt });
    const after = await readOddOrg(ctx, sql);
    const isLoaded = input.open.connection.firstLoad?.state === 'done';
    const shownAgain = before.layouts === null ? [] : listShownAgain(before, after);
    if (isLoaded && shownAgain.length > 0) await reloadModules(sql, ctx.organizationId, shownAgain);
    if (isLoaded && areColumnsOther(before.layouts, found)) {
      await scheduleNextPoll(sql, ctx.organizationId, { nextPollAt: at, changeSeenAt: null });
    }
    let owed = shownAgain.length;
    if (found.eventFields !== null) {
      const required = found.eventFields.filter(({ isRequired }) => isRequired).map(({ field }) => field);
      const freed = await listFreed(sql, ctx.organizationId, required);
      await forgetObstacles(sql, ctx.organizationId, freed);
      owed += await oweMeetings(sql, ctx.organizationId, freed, at);
    }
    if (isOther(before, after)) owed += await oweAllMeetings(sql, ctx.organizationId, at);
    if (owed > 0) await ctx.wake(sql, ctx.organizationId);
  });
}

/** Reads the layouts where they never were read, or where that is due; true: they were read now. */
export async function ensurePreflight({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection };
}): Promise<boolean> {
  const { row } = await readOddOrg(ctx);
  const isDue = row?.nextReadAt != null && row.nextReadAt <= ctx.now();
  if (row?.found != null && !isDue) return false;
  await refreshPreflight({ ctx, input });
  return true;
}

function listShownAgain(before: OddOrg, after: OddOrg): PeopleModule[] {
  return before.withheldModules.filter((module) => !after.withheldModules.includes(module));
}

function areColumnsOther(before: OrgLayouts | null, after: OrgLayouts): boolean {
  if (before === null) return false;
  return JSON.stringify(before.absentColumns) !== JSON.stringify(after.absentColumns);
}

/** Whether what meetings are linked to, or where their notes go, may be other than before. */
function isOther(before: OddOrg, after: OddOrg): boolean {
  const words = (odd: OddOrg) =>
    [odd.withheldModules.join(), odd.eventsArePrivate, odd.hidesInvitations].map(String).join('|');
  return words(before) !== words(after);
}
