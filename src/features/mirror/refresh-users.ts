import { readUsers } from '../../crm/read-mirror.ts';
import { listUserDomains, replaceKeys, upsertMirror } from '../../db/queries/mirror.ts';
import { readKnownKeys, readKnownRecords } from '../../db/queries/mirror-before.ts';
import { retireUsers } from '../../db/queries/org-settings.ts';
import { markRead } from '../../db/queries/polls.ts';
import { findMeetingsOfDomains, findTouchedMeetings, oweTouchedMeetings } from '../../db/queries/touched-meetings.ts';
import type { Sql } from '../../db/sql.ts';
import { isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { OpenConnection } from '../open-connection.ts';

type Users = Awaited<ReturnType<typeof readUsers>>;

/**
 * Reads the users of Zoho again (1 credit per 200): new ones make people internal, those who left own no events any more. Meetings
 * with the address of a changed user, or with a mail domain that became internal or ceased to be, are owed an evaluation.
 */
export async function refreshUsers({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection };
}): Promise<void> {
  const users = await readUnlessRefused(input.open);
  await ctx.db.transaction(async (sql) => {
    if (users !== null) await applyUsers(ctx, sql, users);
    await markRead(sql, ctx.organizationId, 'users', ctx.now());
  });
}

async function applyUsers(ctx: FeatureContext, sql: Sql, users: Users): Promise<void> {
  const { organizationId } = ctx;
  const ids = users.rows.map((user) => user.id);
  const changed = await findChanged(sql, organizationId, users);
  const domains = await listUserDomains(sql, organizationId);
  const before = await findTouchedMeetings(sql, organizationId, { users: changed });
  await upsertMirror(sql, organizationId, 'users', users.rows);
  await replaceKeys(sql, organizationId, 'users', ids, users.keys);
  const retired = await retireUsers(sql, organizationId, ids);
  const after = await findTouchedMeetings(sql, organizationId, { users: [...changed, ...retired] });
  const moved = symmetricDifference(domains, await listUserDomains(sql, organizationId));
  const ofDomains = await findMeetingsOfDomains(sql, organizationId, moved);
  const owed = await oweTouchedMeetings(sql, organizationId, new Set([...before, ...after, ...ofDomains]), ctx.now());
  if (owed > 0) await ctx.wake(sql, organizationId);
}

async function findChanged(sql: Sql, organizationId: string, users: Users): Promise<string[]> {
  const ids = users.rows.map((user) => user.id);
  const known = await readKnownRecords(sql, organizationId, 'users', ids);
  const keysBefore = new Map(
    (await readKnownKeys(sql, organizationId, 'users', ids)).map((key) => [key.recordId, key.key]),
  );
  const keysAfter = new Map(users.keys.map((key) => [key.recordId, key.key]));
  return users.rows
    .filter((user) => {
      const before = known.get(user.id)?.row;
      const isSame = before?.isActive === user.isActive && before.isConfirmed === user.isConfirmed;
      return !isSame || keysBefore.get(user.id) !== keysAfter.get(user.id);
    })
    .map((user) => user.id);
}

/** Null: Zoho does not tell the users; those that are known stay as they are. */
async function readUnlessRefused(open: OpenConnection): Promise<Users | null> {
  try {
    return await readUsers(open.transport);
  } catch (error) {
    if (isAppError(error) && error.code === 'crm_rejected') return null;
    throw error;
  }
}

function symmetricDifference(one: readonly string[], other: readonly string[]): string[] {
  return [...one.filter((domain) => !other.includes(domain)), ...other.filter((domain) => !one.includes(domain))];
}
