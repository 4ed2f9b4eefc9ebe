import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/start-simulator.ts';

// biome-ignore lint/suspicious/noExplicitAny: bodies of answers are looked into freely by assertions.
export type Body = any;

export type Answer = { status: number; body: Body; headers: Headers };

/** Every scope that a client may want. */
export const allScopes = [
  'ZohoCRM.modules.ALL',
  'ZohoCRM.settings.ALL',
  'ZohoCRM.users.READ',
  'ZohoCRM.org.READ',
  'ZohoCRM.coql.READ',
  'ZohoCRM.bulk.ALL',
  'ZohoCRM.notifications.ALL',
  'ZohoCRM.composite_requests.CUSTOM',
  'ZohoSearch.securesearch.READ',
].join(',');

/** Where a running simulator is, in this process or another. */
export type Place = { accounts: string; api: string; clientId: string; clientSecret: string; redirectUri: string };

export type Client = {
  place: Place;
  token: string;
  refreshToken: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Runs a COQL query. */
  coql(query: string): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
};

/** Sends one request and reads the answer; an empty body is null. */
export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, body: parse(text), headers: response.headers };
}

function parse(text: string): Body {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Asks for tokens as a product would; the answer is not judged. */
export function requestToken(place: Place, parameters: Record<string, string>): Promise<Answer> {
  const body = new URLSearchParams({ client_id: place.clientId, client_secret: place.clientSecret, ...parameters });
  return send(`${place.accounts}/oauth/v2/token`, { method: 'POST', body });
}

/** A code for the user (the default one if none is named). */
export async function grantCode(place: Place, grant: Record<string, string> = {}): Promise<string> {
  const answer = await send(`${place.accounts}/sandbox/grants`, {
    method: 'POST',
    body: JSON.stringify({ scope: allScopes, ...grant }),
  });
  if (answer.status !== 200) throw new Error(`no grant: ${JSON.stringify(answer.body)}`);
  return answer.body.code;
}

/** Connects to a simulator with every scope, or those given. */
export async function connect(place: Place, grant: Record<string, string> = {}): Promise<Client> {
  const code = await grantCode(place, grant);
  const answer = await requestToken(place, { grant_type: 'authorization_code', code, redirect_uri: place.redirectUri });
  if (!answer.body.access_token) throw new Error(`no token: ${JSON.stringify(answer.body)}`);
  const token: string = answer.body.access_token;
  const api: string = answer.body.api_domain;
  const call: Client['call'] = (method, path, body, headers = {}) =>
    send(path.startsWith('/crm/') ? api + path : `${api}/crm/v8${path}`, {
      method,
      headers: { authorization: `Zoho-oauthtoken ${token}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    place,
    token,
    refreshToken: answer.body.refresh_token,
    call,
    get: (path, headers) => call('GET', path, undefined, headers),
    coql: (query) => call('POST', '/coql', { select_query: query }),
    control: (method, path, body) =>
      send(`${place.accounts}/sandbox/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** An instant for frozen clocks: 2026-03-02T09:00:00Z, a Monday. */
export const frozenAt = Date.UTC(2026, 2, 2, 9);

/** Starts a simulator in memory with a standing clock and connects to it. */
export async function startConnected(
  options: SimulatorOptions = {},
): Promise<{ simulator: Simulator; client: Client }> {
  const simulator = await startSimulator({ frozenAt, ...options });
  return { simulator, client: await connect(simulator) };
}

/** Creates one record and gives its id; throws when it is refused. */
export async function create(client: Client, module: string, record: Record<string, unknown>): Promise<string> {
  const answer = await client.call('POST', `/${module}`, { data: [record], trigger: [] });
  const id = answer.body?.data?.[0]?.details?.id;
  if (answer.status !== 201 || typeof id !== 'string') throw new Error(`not created: ${JSON.stringify(answer.body)}`);
  return id;
}
