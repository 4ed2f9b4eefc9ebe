import type { DataCentre, OAuthClient } from '../crm/authorize.ts';
import type { Sealer } from '../crm/sealer.ts';
import type { SessionPorts } from '../crm/session.ts';
import type { Outgoing } from './outgoing.ts';

/** What the composition root knows about the way to Zoho (or to the sandbox): hosts, clients, secrets, clock. */
export type CrmGateway = {
  ports: SessionPorts;
  /** The sandbox serves as long as no Zoho client is configured. */
  provider: 'sandbox' | 'zoho';
  /** Where a login starts: the data centre in which the client is registered. */
  startCentre(): DataCentre;
  findCentre(location: string): DataCentre;
  /** Checks both values of a redirect against the closed table. Throws `invalid_input`. */
  resolveCentre(location: string, accountsServer: string): DataCentre;
  /** The client to use at a data centre. Throws `not_connected` with the cure when there is none. */
  clientOf(centre: DataCentre): OAuthClient;
  redirectUri: string;
  /** Origin of the CRM's pages for people, for links. */
  pagesOf(location: string): string;
  sealer: Sealer;
  /** HMAC-SHA256 of a text with the installation's key, base64url. */
  sign(text: string): string;
  randomToken(): string;
  /** Address of the product's meeting pages, ending with a slash. */
  meetingUrl: string;
  /** Address of the page Settings > Integrations. */
  settingsUrl: string;
  /** Tells administrators: webhooks and mail. */
  outgoing: Outgoing;
  /** Where Zoho sends notifications to, without the secret part; null: it cannot reach us. */
  hooksUrl: string | null;
  /** False for a process that does not answer at that address: it leaves the channels as they are. */
  keepsChannels: boolean;
  /** Holds a named lock over all processes while `work` runs; waits for its turn. */
  withLock<T>(name: string, work: () => Promise<T>): Promise<T>;
};
