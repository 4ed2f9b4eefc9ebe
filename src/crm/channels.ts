import type { ZohoTransport } from '../zoho/transport.ts';
import {
  type ChannelRequest,
  disableChannels,
  enableChannel,
  listChannels,
  renewChannel as renewAtZoho,
} from '../zoho/watch.ts';
import { refusalError } from './crm-error.ts';

/** What a channel of ours hears: every change of what the mirror holds, and of events. Source: Zoho CRM API v8, Notifications. */
export const CHANNEL_EVENTS = ['Contacts.all', 'Leads.all', 'Accounts.all', 'Deals.all', 'Events.all'] as const;

/** Opens a channel and gives the end that Zoho granted (1 credit). Throws what Zoho throws; `crm_rejected` says why not. */
export async function openChannel(transport: ZohoTransport, channel: Omit<ChannelRequest, 'events'>): Promise<Date> {
  const granted = await enableChannel(transport, { ...channel, events: CHANNEL_EVENTS });
  if (granted.kind === 'failed') throw refusalError(granted, 'Zoho does not send notifications');
  return new Date(granted.expiresAt);
}

/** Lets a channel live longer and gives its new end (1 credit); null: Zoho does not know it any more. */
export async function renewChannel(
  transport: ZohoTransport,
  channel: { channelId: string; expiresAt: number },
): Promise<Date | null> {
  const granted = await renewAtZoho(transport, { ...channel, events: CHANNEL_EVENTS });
  if (granted.kind === 'granted') return new Date(granted.expiresAt);
  if (granted.class === 'permanent') return null;
  throw refusalError(granted, 'The notification channel could not be renewed');
}

/** Ids of the channels that live at Zoho, each with its end (1 credit). */
export async function readChannels(transport: ZohoTransport): Promise<Map<string, Date>> {
  const read = await listChannels(transport);
  if (read.kind === 'failed') throw refusalError(read, 'The notification channels could not be listed');
  return new Map([...read.channels].map(([id, expiresAt]) => [id, new Date(expiresAt)]));
}

/** Closes channels (1 credit); those that Zoho does not know are closed already. */
export async function closeChannels(transport: ZohoTransport, channelIds: readonly string[]): Promise<void> {
  if (channelIds.length === 0) return;
  const done = await disableChannels(transport, channelIds);
  if (done.kind === 'failed') throw refusalError(done, 'The notification channels could not be closed');
}
