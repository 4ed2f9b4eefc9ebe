import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { CHANGE_MODULES, CHANGE_NAME, type ChangeModule } from '../../crm/read-changes.ts';
import { findChannel, markChannelHeard } from '../../db/queries/channels.ts';
import { addHints } from '../../db/queries/hints.ts';
import { scheduleNextPoll } from '../../db/queries/polls.ts';
import type { Sql } from '../../db/sql.ts';
import { AppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import { hashSecret } from './keep-channels.ts';

/** What a callback says, as far as we listen. Source: Zoho CRM API v8, Notifications. */
const callback = z.looseObject({
  module: z.string(),
  ids: z.array(z.string().regex(/^\d{1,20}$/)),
  operation: z.string(),
  token: z.string(),
});

const IDS_MAX = 1_000;

/** The organization that a callback's address names; null for an address that no channel of ours ever had. */
export function organizationOfSecret(secret: string): string | null {
  const parts = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})[\w-]{20,}$/.exec(secret);
  return parts === null ? null : parts.slice(1).join('-');
}

/**
 * Notes down what a notification names and wakes the connection, in one transaction; nothing of it is believed before it was read
 * from Zoho. Address and token are compared in constant time. Throws `not_found`, having changed nothing, for a wrong one.
 */
export async function hearNotification({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { secret: string; body: unknown };
}): Promise<void> {
  const heard = callback.safeParse(input.body);
  const channel = await findChannel(ctx.db, ctx.organizationId);
  if (channel === null || !heard.success) throw unknownAddress();
  const isOurs = isSecret(input.secret, channel.pathHash);
  const isZoho = isSecret(heard.data.token, channel.tokenHash);
  if (!isOurs || !isZoho) throw unknownAddress();
  const module = CHANGE_MODULES.find((one) => CHANGE_NAME[one].toLowerCase() === heard.data.module.toLowerCase());
  await ctx.db.transaction(async (sql) => {
    if (module !== undefined) await takeDown(ctx, sql, module, heard.data);
    // Last, because others wait for its row until the transaction ends.
    await markChannelHeard(sql, ctx.organizationId, channel.channelId, ctx.now());
  });
}

type Callback = z.infer<typeof callback>;

async function takeDown(ctx: FeatureContext, sql: Sql, module: ChangeModule, named: Callback): Promise<void> {
  // Names beyond what one callback may hold are left to a poll.
  const hints = toHints(module, named).slice(0, IDS_MAX);
  await addHints(sql, ctx.organizationId, hints, ctx.now());
  if (named.ids.length > IDS_MAX) {
    await scheduleNextPoll(sql, ctx.organizationId, { nextPollAt: ctx.now(), changeSeenAt: null });
  }
  await ctx.wake(sql, ctx.organizationId);
}

function toHints(module: ChangeModule, { ids, operation }: Callback) {
  return [...new Set(ids)].map((recordId) => ({
    module,
    recordId,
    isDeletion: operation === 'delete',
    isCreation: operation === 'insert',
  }));
}

/** Hashes have one length, so that the comparison tells nothing of the secret. */
function isSecret(given: string, hash: Buffer): boolean {
  return timingSafeEqual(hashSecret(given), hash);
}

function unknownAddress(): AppError {
  return new AppError('not_found', 'There is nothing at this address.');
}
