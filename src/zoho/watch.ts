import { z } from 'zod';
import { type CallTiming, timingOf } from './call-timing.ts';
import { formatCrmTime, parseCrmTime } from './crm-time.ts';
import { readBody, unreadable } from './read-answer.ts';
import type { ZohoAnswer, ZohoFailure, ZohoTransport } from './transport.ts';

/** What a channel is subscribed to: `Contacts.all`. Times are milliseconds since 1970. */
export type ChannelRequest = {
  /** A number that we choose, as text. */
  channelId: string;
  events: readonly string[];
  notifyUrl: string;
  /** Zoho sends it back with every callback; at most 50 characters. */
  token: string;
  expiresAt: number;
};

/** `expiresAt` is what Zoho granted: a wish for more than 7 days silently becomes one hour. */
export type GrantedChannel = { kind: 'granted'; expiresAt: number };

const PATH = '/actions/watch';

/** Opens a channel, 1 credit. Changes of contact roles are told as changes of their deal. Source: Zoho CRM API v8, Notifications. */
export async function enableChannel(
  transport: ZohoTransport,
  channel: ChannelRequest,
  timing: CallTiming = {},
): Promise<GrantedChannel | ZohoFailure> {
  const { channelId, events, notifyUrl, token, expiresAt } = channel;
  const watch = {
    channel_id: channelId,
    events,
    channel_expiry: formatCrmTime(expiresAt, 'UTC'),
    token,
    notify_url: notifyUrl,
    return_affected_field_values: false,
    notify_on_related_action: true,
  };
  return readGrant(await transport.call({ method: 'POST', path: PATH, body: { watch: [watch] }, ...timingOf(timing) }));
}

/** Lets a channel live longer; address and token stay. A channel that Zoho has forgotten is a failure NOT_SUBSCRIBED. 1 credit. */
export async function renewChannel(
  transport: ZohoTransport,
  channel: Pick<ChannelRequest, 'channelId' | 'events' | 'expiresAt'>,
  timing: CallTiming = {},
): Promise<GrantedChannel | ZohoFailure> {
  const { channelId, events, expiresAt } = channel;
  const watch = { channel_id: channelId, events, channel_expiry: formatCrmTime(expiresAt, 'UTC') };
  const call = { method: 'PATCH', path: PATH, body: { watch: [watch] } } as const;
  return readGrant(await transport.call({ ...call, ...timingOf(timing) }));
}

/** The channels of this client that live, each with its end. 1 credit. */
export async function listChannels(
  transport: ZohoTransport,
  timing: CallTiming = {},
): Promise<{ kind: 'read'; channels: Map<string, number> } | ZohoFailure> {
  const answer = await transport.call({ method: 'GET', path: PATH, ...timingOf(timing) });
  if (answer.kind === 'empty') return { kind: 'read', channels: new Map() };
  const read = readBody(answer, listAnswer);
  if (read.kind === 'failed') return read;
  return { kind: 'read', channels: new Map(read.value.watch.map((one) => [one.channel_id, one.channel_expiry])) };
}

/** Closes channels. One that Zoho does not know is closed already. 1 credit. */
export async function disableChannels(
  transport: ZohoTransport,
  channelIds: readonly string[],
  timing: CallTiming = {},
): Promise<{ kind: 'done' } | ZohoFailure> {
  const query = { channel_ids: channelIds.join(',') };
  const answer = await transport.call({ method: 'DELETE', path: PATH, query, ...timingOf(timing) });
  return answer.kind === 'failed' && answer.code !== 'NOT_SUBSCRIBED' ? answer : { kind: 'done' };
}

const moment = z.string().transform((text, context) => {
  const at = parseCrmTime(text);
  if (at !== null) return at;
  context.addIssue({ code: 'custom', message: 'is no time of Zoho' });
  return z.NEVER;
});

const channelId = z.union([z.string(), z.number().int().transform(String)]);

const grantAnswer = z.looseObject({
  watch: z
    .array(
      z.looseObject({
        status: z.literal('success'),
        details: z.looseObject({ events: z.array(z.looseObject({ channel_expiry: moment })).min(1) }),
      }),
    )
    .min(1),
});

const listAnswer = z.looseObject({
  watch: z.array(z.looseObject({ channel_id: channelId, channel_expiry: moment })),
});

function readGrant(answer: ZohoAnswer): GrantedChannel | ZohoFailure {
  const read = readBody(answer, grantAnswer);
  if (read.kind === 'failed') return read;
  const ends = read.value.watch.flatMap(({ details }) => details.events.map((event) => event.channel_expiry));
  const expiresAt = Math.min(...ends);
  return Number.isFinite(expiresAt) ? { kind: 'granted', expiresAt } : unreadable(answer, 'no end of the channel');
}
