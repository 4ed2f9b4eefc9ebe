import type { SandboxAddress } from '../demo/start-product.ts';
import { USERS } from './cast.ts';
import { requestJson } from './request-json.ts';

/** The sandbox's notification channels, seen by an OAuth client of our own: only Zoho's API shows and ends them. */

export async function listChannels(address: SandboxAddress): Promise<string[]> {
  const answer = await call(address, 'GET', '');
  if (answer.status === 204) return [];
  const { watch } = (await answer.json()) as { watch: { channel_id: string | number }[] };
  return watch.map((channel) => String(channel.channel_id));
}

/** Ends every channel, as Zoho does when it loses them. */
export async function dropChannels(address: SandboxAddress): Promise<void> {
  const ids = await listChannels(address);
  const answer = await call(address, 'DELETE', `?channel_ids=${ids.join(',')}`);
  if (!answer.ok) throw new Error(`The sandbox kept its channels: ${await answer.text()}`);
}

async function call(address: SandboxAddress, method: string, query: string): Promise<Response> {
  const { accounts, api, clientId, clientSecret } = address;
  const grant = { scope: 'ZohoCRM.notifications.ALL', user: USERS.host.email };
  const { code } = await requestJson<{ code: string }>('POST', `${accounts}/sandbox/grants`, grant);
  const form = new URLSearchParams({
    ...{ grant_type: 'authorization_code', client_id: clientId, client_secret: clientSecret, code },
    redirect_uri: `${accounts}/sandbox/callback`,
  });
  const token = (await (await fetch(`${accounts}/oauth/v2/token`, { method: 'POST', body: form })).json()) as {
    access_token?: string;
    error?: string;
  };
  if (token.access_token === undefined) throw new Error(`The sandbox gave no token: ${token.error}`);
  const answer = await fetch(`${api}/crm/v8/actions/watch${query}`, {
    method,
    headers: { authorization: `Zoho-oauthtoken ${token.access_token}` },
  });
  if (answer.status >= 400) throw new Error(`${method} watch answered ${answer.status}: ${await answer.text()}`);
  return answer;
}
