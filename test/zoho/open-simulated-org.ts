import { startSimulator } from '../../simulator/start-simulator.ts';
import { type DataCentre, resolveDataCentre } from '../../src/zoho/data-centres.ts';
import { createLimiter } from '../../src/zoho/limiter.ts';
import { exchangeCode, type OAuthClient, type OAuthPorts, refreshToken } from '../../src/zoho/oauth.ts';
import { type Secret, toSecret } from '../../src/zoho/secret.ts';
import { type CallReport, createTransport, type ZohoTransport } from '../../src/zoho/transport.ts';

const SCOPES = [
  'ZohoCRM.modules.ALL',
  'ZohoCRM.settings.ALL',
  'ZohoCRM.users.READ',
  'ZohoCRM.org.READ',
  'ZohoCRM.coql.READ',
  'ZohoCRM.composite_requests.CUSTOM',
];

export type SimulatedOrg = {
  transport: ZohoTransport;
  reports: CallReport[];
  centre: DataCentre;
  client: OAuthClient;
  ports: OAuthPorts;
  redirectUri: string;
  refreshToken: Secret;
  apiDomain: string;
  /** A control call of the sandbox; gives its JSON. */
  control: (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) => Promise<unknown>;
  grantCode: () => Promise<string>;
  stop: () => Promise<void>;
};

/** A simulated Zoho org, reached as a real one: code, tokens, then calls over HTTP. Nothing of its inside is touched. */
export async function openSimulatedOrg(scopes: readonly string[] = SCOPES): Promise<SimulatedOrg> {
  const simulator = await startSimulator({});
  const { accounts, api, redirectUri } = simulator;
  const centre = resolveDataCentre('us', accounts, [{ location: 'us', accounts, api }]);
  const client = { clientId: simulator.clientId, clientSecret: toSecret(simulator.clientSecret) };
  const ports: OAuthPorts = { fetch, now: () => Date.now() };
  const control: SimulatedOrg['control'] = async (method, path, body) => {
    const response = await fetch(`${accounts}/sandbox${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const grantCode = async (): Promise<string> => {
    const answer = await control('POST', '/grants', { scope: scopes.join(','), redirectUri });
    if (typeof answer === 'object' && answer !== null && 'code' in answer) return String(answer.code);
    throw new Error('No code.');
  };
  const grant = await exchangeCode(ports, { centre, client, redirectUri, code: await grantCode() });
  if (grant.kind !== 'granted') throw new Error(grant.message);
  let token = grant.accessToken;
  const { apiDomain } = grant;
  const reports: CallReport[] = [];
  const transport = createTransport({
    fetch,
    now: () => Date.now(),
    apiDomain,
    limiter: createLimiter({
      concurrency: 10,
      subConcurrency: 8,
      now: () => Date.now(),
      sleep: () => Promise.resolve(),
    }),
    getAccessToken: () => Promise.resolve(token),
    onUnauthorized: async () => {
      token = (await refreshToken(ports, { centre, client, apiDomain, refreshToken: grant.refreshToken })).accessToken;
      return token;
    },
    onCall: (report) => reports.push(report),
  });
  const stop = () => simulator.stop();
  return {
    transport,
    reports,
    centre,
    client,
    ports,
    redirectUri,
    refreshToken: grant.refreshToken,
    apiDomain,
    control,
    grantCode,
    stop,
  };
}
