import { createHash } from 'node:crypto';
import { CHANNEL_EVENTS, closeChannels, openChannel, readChannels, renewChannel } from '../../crm/channels.ts';
import {
  type ChannelRow,
  findChannel,
  forgetChannels,
  readChannelProblem,
  replaceChannel,
  saveChannelLife,
  scheduleChannel,
} from '../../db/queries/channels.ts';
import { isAppError } from '../../errors.ts';
import type { FeatureContext } from '../context.ts';
import type { CrmGateway } from '../crm-gateway.ts';
import type { OpenConnection } from '../open-connection.ts';
import { raiseAlert } from '../raise-alert.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Zoho grants at most 7 days by its own clock, and one hour to whoever asks for more: a day is left for clocks that differ. */
const WISHED_LIFE_MS = 6 * DAY_MS;
/** A channel that Zoho lists and that stays silent is opened anew, at most so often. */
const REOPEN_EVERY_MS = 6 * HOUR_MS;

type Parts = { ctx: FeatureContext; gateway: CrmGateway; open: OpenConnection };

/** What was done, and what people should know about notifications; null: all is well. */
type Kept = { problem: string | null };

/**
 * Looks after the notification channel: opens it, renews it at half of the life that Zoho granted, checks once a day that Zoho
 * still lists it, and opens another one when it expired unnoticed, is not listed any more, or was silent about changes that the
 * poll saw. What was wrong is kept as a sentence until a notification arrives. 1 credit an act. Without an address at which Zoho
 * reaches us there is no channel. Throws what concerns the whole connection.
 */
export async function keepChannels({
  ctx,
  gateway,
  input,
}: {
  ctx: FeatureContext;
  gateway: CrmGateway;
  input: { open: OpenConnection };
}): Promise<void> {
  const parts = { ctx, gateway, open: input.open };
  const channel = await findChannel(ctx.db, ctx.organizationId);
  try {
    const kept =
      gateway.hooksUrl === null ? await closeOld(parts, channel) : await keep(parts, channel, gateway.hooksUrl);
    await schedule(parts, kept.problem);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'crm_rejected') throw error;
    await scheduleChannel(ctx.db, ctx.organizationId, {
      nextChannelAt: new Date(ctx.now().getTime() + DAY_MS),
      problem: `${error.message} Changes are seen by the poll.`,
    });
  }
}

/** Closes the organization's channel at Zoho and forgets it, for a connection that ends (1 credit when there is one). */
export async function dropChannels({
  ctx,
  input,
}: {
  ctx: FeatureContext;
  input: { open: OpenConnection };
}): Promise<void> {
  const channel = await findChannel(ctx.db, ctx.organizationId);
  if (channel === null) return;
  // Forgotten first: from now on nothing is believed that comes through it.
  await forgetChannels(ctx.db, ctx.organizationId);
  await closeChannels(input.open.transport, [channel.channelId]);
}

/** SHA-256 of a secret: the only form in which it is kept. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** The secret part of a channel's address: the organization, then what nobody can guess. */
export function pathSecretOf(organizationId: string, random: string): string {
  return `${organizationId.replaceAll('-', '')}${random}`;
}

async function keep(parts: Parts, channel: ChannelRow | null, base: string): Promise<Kept> {
  const now = parts.ctx.now();
  if (channel === null) return subscribe(parts, base, null);
  if (channel.notifyBase !== base) return subscribe(parts, base, channel);
  if (channel.expiresAt <= now) {
    return replace(parts, base, channel, `Zoho's notifications had ended at ${moment(channel.expiresAt)} unnoticed`);
  }
  if (channel.suspectedAt !== null) return checkListed(parts, channel, base);
  // A renewal shows as well that Zoho still has it.
  if (halfLifeOf(channel) <= now) return renew(parts, channel, base);
  if (now.getTime() >= channel.listedAt.getTime() + DAY_MS) return checkListed(parts, channel, base);
  return { problem: await knownProblem(parts) };
}

async function checkListed(parts: Parts, channel: ChannelRow, base: string): Promise<Kept> {
  const now = parts.ctx.now();
  const listed = (await readChannels(parts.open.transport)).get(channel.channelId);
  if (listed === undefined) {
    return replace(parts, base, channel, 'Zoho had dropped our notification channel');
  }
  await saveChannelLife(parts.ctx.db, parts.ctx.organizationId, {
    channelId: channel.channelId,
    expiresAt: listed,
    renewedAt: null,
    listedAt: now,
  });
  if (channel.suspectedAt === null) return { problem: await knownProblem(parts) };
  if (now.getTime() < channel.renewedAt.getTime() + REOPEN_EVERY_MS) return { problem: SILENT };
  return replace(parts, base, channel, 'Zoho had announced none of the latest changes');
}

async function renew(parts: Parts, channel: ChannelRow, base: string): Promise<Kept> {
  const now = parts.ctx.now();
  const { channelId } = channel;
  const expiresAt = await renewChannel(parts.open.transport, { channelId, expiresAt: now.getTime() + WISHED_LIFE_MS });
  if (expiresAt === null) return replace(parts, base, channel, 'Zoho had dropped our notification channel');
  await saveChannelLife(parts.ctx.db, parts.ctx.organizationId, {
    channelId,
    expiresAt,
    renewedAt: now,
    listedAt: now,
  });
  return { problem: await knownProblem(parts) };
}

/** Opens another channel because something was wrong with this one, and says so. */
async function replace(parts: Parts, base: string, channel: ChannelRow, what: string): Promise<Kept> {
  await subscribe(parts, base, channel);
  const problem = `${what}. A new channel was opened; until it is heard, changes are seen by the poll.`;
  await raiseAlert({
    ctx: parts.ctx,
    sql: parts.ctx.db,
    input: { kind: 'channel_dead', message: problem, onceKey: troubleOf(channel) },
  });
  return { problem };
}

/** What is told once: the end of a channel that was heard, or that none is ever heard at this address, however many are opened. */
function troubleOf({ channelId, lastHeardAt, notifyBase }: ChannelRow): string {
  return lastHeardAt === null ? `never heard at ${notifyBase}` : channelId;
}

async function subscribe({ ctx, gateway, open }: Parts, base: string, old: ChannelRow | null): Promise<Kept> {
  const now = ctx.now();
  const [secret, token] = [pathSecretOf(ctx.organizationId, gateway.randomToken()), gateway.randomToken()];
  const channelId = numberOf(ctx.newId());
  const wished = now.getTime() + WISHED_LIFE_MS;
  const row = { channelId, pathHash: hashSecret(secret), tokenHash: hashSecret(token), notifyBase: base };
  if (old !== null) {
    await closeQuietly(open, old);
    await forgetChannels(ctx.db, ctx.organizationId);
  }
  const expiresAt = await openChannel(open.transport, {
    channelId,
    notifyUrl: `${base}/${secret}`,
    token,
    expiresAt: wished,
  });
  await ctx.db.transaction((sql) =>
    replaceChannel(sql, ctx.organizationId, { ...row, expiresAt, renewedAt: now, events: CHANNEL_EVENTS }),
  );
  return { problem: null };
}

/** Zoho cannot reach us (any more). */
async function closeOld({ ctx, open }: Parts, channel: ChannelRow | null): Promise<Kept> {
  if (channel !== null) await dropChannels({ ctx, input: { open } });
  return { problem: null };
}

/** An old channel that cannot be closed dies by itself, and nothing that comes through it is believed. */
async function closeQuietly(open: OpenConnection, { channelId }: ChannelRow): Promise<void> {
  try {
    await closeChannels(open.transport, [channelId]);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'crm_rejected') throw error;
  }
}

async function schedule({ ctx }: Parts, problem: string | null): Promise<void> {
  const now = ctx.now().getTime();
  const channel = await findChannel(ctx.db, ctx.organizationId);
  const times = channel === null ? [] : [halfLifeOf(channel).getTime(), channel.listedAt.getTime() + DAY_MS];
  const nextChannelAt = new Date(Math.max(now + 1000, Math.min(now + DAY_MS, ...times)));
  await scheduleChannel(ctx.db, ctx.organizationId, { nextChannelAt, problem });
}

const SILENT =
  'Zoho announced none of the latest changes, although its notification channel is open. Changes are seen by the poll.';

function knownProblem({ ctx }: Parts): Promise<string | null> {
  return readChannelProblem(ctx.db, ctx.organizationId);
}

function halfLifeOf({ renewedAt, expiresAt }: ChannelRow): Date {
  return new Date((renewedAt.getTime() + expiresAt.getTime()) / 2);
}

/** Zoho wants a number that we choose. */
function numberOf(uuid: string): string {
  return BigInt(`0x${uuid.replaceAll('-', '').slice(0, 15)}`).toString();
}

function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
