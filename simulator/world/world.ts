import type { Clock } from '../clock.ts';
import type { Json } from '../json.ts';
import type { Store } from '../store/store.ts';
import type { Row } from '../store/table.ts';
import type { Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { MailLog } from './mail-log.ts';
import type { Environment, Org } from './org.ts';
import type { Switches } from './switches.ts';
import type { Timers } from './timers.ts';
import type { Usage } from './usage.ts';

/** One of Zoho's data centres: two origins and orgs that no other data centre sees. */
export type DataCentre = {
  key: string;
  index: number;
  accounts: string;
  api: string;
  orgs: ReadonlyMap<Environment, Org>;
};

/** A registered OAuth client; the same in every data centre. */
export type Client = { id: string; secret: string; redirectUris: string[] };

/** Everything that a running simulator knows. */
export type World = {
  store: Store;
  clock: Clock;
  timers: Timers;
  dcs: readonly DataCentre[];
  client: Client;
  switches: Switches;
  ledger: Ledger;
  mails: MailLog;
  faults: Faults;
  usage: Usage;
  /** Random characters for tokens and codes. */
  randomHex(bytes: number): string;
  /** Changes that no notification channel has been told of yet. */
  changes: RecordChange[];
  /** Empties everything and fills it again as at the first start. */
  reset(): void;
};

/** What a notification channel hears of. */
export type RecordChange = {
  org: Org;
  module: string;
  operation: 'insert' | 'update' | 'delete';
  id: string;
  /** Names and new values of the fields that changed. */
  values: Record<string, Json>;
  /** True for a change beside the record itself, such as a contact role of a deal. */
  isRelated: boolean;
  /** Client id of who made it. */
  client: string;
};

/** Rows of one OAuth kind, over all data centres. */
export const oauthTables = { codes: 'oauth/codes', refresh: 'oauth/refresh', access: 'oauth/access' } as const;

/** The org a token belongs to. */
export function orgOf(world: World, token: Row): Org | undefined {
  const dc = world.dcs.find((one) => one.key === token.dc);
  return dc?.orgs.get(token.environment as Environment);
}
