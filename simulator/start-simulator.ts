import { randomBytes } from 'node:crypto';
import { frozenClock, runningClock } from './clock.ts';
import { accountsHandler } from './http/accounts-server.ts';
import { apiHandler } from './http/api-server.ts';
import { type Handler, type Listening, listen } from './http/serve.ts';
import { findEdition } from './metadata/editions.ts';
import { seedOrg } from './seed/seed-org.ts';
import { openStore, type Store } from './store/store.ts';
import { openFaults } from './world/faults.ts';
import { createLedger } from './world/ledger.ts';
import { openMailLog } from './world/mail-log.ts';
import { addStockRows, type Environment, environments, type Org, openOrg } from './world/org.ts';
import { openSwitches } from './world/switches.ts';
import { createTimers } from './world/timers.ts';
import { createUsage } from './world/usage.ts';
import { warmIndexes } from './world/warm-indexes.ts';
import type { Client, DataCentre, World } from './world/world.ts';

/** How to start a simulator; everything may be left out. */
export type SimulatorOptions = {
  /** Port of the first accounts server; its API has the next one, further data centres follow. 0 takes any. */
  port?: number;
  /** Port of the first API server, when it is not the next one. */
  apiPort?: number;
  /** Folder with a CRM in the shape of the sample data; loaded when the state is empty. */
  seed?: string;
  /** Folder that keeps the state over restarts and kills. */
  state?: string;
  /** free, standard, professional, enterprise (default) or ultimate. */
  edition?: string;
  /** Data centres, the first is the client's home; default us. */
  dcs?: readonly string[];
  redirectUris?: readonly string[];
  clientId?: string;
  clientSecret?: string;
  /** Zone of all users without one of their own; default Europe/Madrid. */
  timeZone?: string;
  /** Starts with a clock that stands still at this instant (epoch milliseconds) and moves only when it is set. */
  frozenAt?: number;
};

export type Origins = { accounts: string; api: string };

export type Simulator = Origins & {
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  dcs: Record<string, Origins>;
  /** Records that were loaded from the seed folder at this start. */
  seeded: number;
  world: World;
  stop(): Promise<void>;
};

const knownDcs = ['us', 'eu', 'in', 'au', 'jp', 'ca', 'sa', 'uk', 'cn'];

/** Starts accounts and API servers of every data centre on 127.0.0.1. Rejects with a clear reason when an option is wrong, a port is taken or the state folder is in use. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const dcNames = options.dcs ?? ['us'];
  checkOptions(options, dcNames);
  const store = openStore(options.state);
  const servers: Listening[] = [];
  try {
    const deferred: { handle: Handler }[] = [];
    const places: Origins[] = [];
    for (const [index] of dcNames.entries()) {
      const ports = portsOf(options, index);
      const [accounts, api] = [placeholder(), placeholder()];
      deferred.push(accounts, api);
      const accountsServer = await listen(ports.accounts, (request, response) => accounts.handle(request, response));
      servers.push(accountsServer);
      const apiServer = await listen(ports.api, (request, response) => api.handle(request, response));
      servers.push(apiServer);
      places.push({ accounts: `http://127.0.0.1:${accountsServer.port}`, api: `http://127.0.0.1:${apiServer.port}` });
    }
    const { world, fill } = createWorld(store, options, dcNames, places);
    const seeded = fill();
    world.dcs.forEach((dc, index) => {
      const [accounts, api] = [deferred[index * 2], deferred[index * 2 + 1]];
      if (accounts) accounts.handle = accountsHandler(world, dc);
      if (api) api.handle = apiHandler(world, dc);
    });
    const [home] = places;
    if (!home) throw new Error('At least one data centre is needed');
    return {
      ...home,
      clientId: world.client.id,
      clientSecret: world.client.secret,
      redirectUri: `${home.accounts}/sandbox/callback`,
      dcs: Object.fromEntries(dcNames.map((name, index) => [name, places[index] ?? home])),
      seeded,
      world,
      async stop() {
        world.timers.clear();
        await Promise.all(servers.map((one) => one.close()));
        store.commit();
        store.close();
      },
    };
  } catch (error) {
    await Promise.all(servers.map((one) => one.close()));
    store.close();
    throw error;
  }
}

/** Requests that come before the world is ready wait for a moment at the door. */
function placeholder(): { handle: Handler } {
  return {
    handle: async (_request, response) => {
      response.writeHead(503);
      response.end();
    },
  };
}

function checkOptions(options: SimulatorOptions, dcNames: readonly string[]): void {
  const unknown = dcNames.find((name) => !knownDcs.includes(name));
  if (unknown !== undefined) throw new Error(`There is no data centre "${unknown}". There are ${knownDcs.join(', ')}.`);
  if (dcNames.length === 0 || new Set(dcNames).size < dcNames.length) throw new Error('Name each data centre once.');
  if (options.edition !== undefined && !findEdition(options.edition)) {
    throw new Error(
      `There is no edition "${options.edition}". There are free, standard, professional, enterprise and ultimate.`,
    );
  }
  for (const address of options.redirectUris ?? []) {
    if (!URL.canParse(address)) throw new Error(`"${address}" is no address to redirect to.`);
  }
}

function portsOf(options: SimulatorOptions, index: number): { accounts: number; api: number } {
  const port = options.port ?? 0;
  const api = options.apiPort ?? (port === 0 ? 0 : port + 1);
  if (index === 0) return { accounts: port, api };
  return port === 0 ? { accounts: 0, api: 0 } : { accounts: port + index * 2, api: port + index * 2 + 1 };
}

function createWorld(
  store: Store,
  options: SimulatorOptions,
  dcNames: readonly string[],
  places: readonly Origins[],
): { world: World; fill: () => number } {
  const meta = store.table('meta');
  const shift = Number(meta.get('clock')?.shiftMs ?? 0);
  const clock = options.frozenAt === undefined ? runningClock(shift) : frozenClock(options.frozenAt);
  const edition = options.edition ?? 'enterprise';
  const dcs = dcNames.map((key, index): DataCentre => {
    const orgs = new Map<Environment, Org>(
      environments.map((environment) => [
        environment,
        openOrg(store, { dc: key, dcIndex: knownDcs.indexOf(key), environment, edition }),
      ]),
    );
    return { key, index, accounts: places[index]?.accounts ?? '', api: places[index]?.api ?? '', orgs };
  });
  const world: World = {
    store,
    clock,
    timers: createTimers(clock),
    dcs,
    client: openClient(store, options),
    switches: openSwitches(store.table('switches')),
    ledger: createLedger(),
    mails: openMailLog(store.table('mails')),
    faults: openFaults(store.table('faults')),
    usage: createUsage(),
    changes: [],
    randomHex: (bytes) => randomBytes(bytes).toString('hex'),
    reset() {
      store.clear();
      keepClient(store, world.client);
      world.ledger.clear();
      world.usage.clear();
      world.timers.clear();
      clock.set(options.frozenAt ?? Date.now());
      fill();
    },
  };
  const fill = () => fillOrgs(world, options);
  return { world, fill };
}

/** Puts seed and stock rows into what is empty; gives the number of seeded records. */
function fillOrgs(world: World, options: SimulatorOptions): number {
  const timeZone = options.timeZone ?? 'Europe/Madrid';
  let seeded = 0;
  world.dcs.forEach((dc, index) => {
    for (const [environment, org] of dc.orgs) {
      const isMain = environment === 'production';
      const isFresh = org.users.size === 0 && org.stages.size === 0;
      const wantsSeed = isMain && index === 0 && options.seed !== undefined;
      addStockRows(org, { timeZone, now: world.clock.now(), hasAdministrator: isMain && !wantsSeed });
      if (wantsSeed && isFresh && options.seed !== undefined) seeded += seedOrg(org, options.seed, timeZone);
      if (isMain) addStockRows(org, { timeZone, now: world.clock.now(), hasAdministrator: true });
    }
  });
  for (const dc of world.dcs) for (const org of dc.orgs.values()) warmIndexes(org);
  if (seeded > 0) world.store.compact();
  else world.store.commit();
  return seeded;
}

/** The client is made at the first start and kept with the state; given credentials win. */
function openClient(store: Store, options: SimulatorOptions): Client {
  const held = store.table('meta').get('client');
  const client: Client = {
    id:
      options.clientId ??
      (typeof held?.clientId === 'string' ? held.clientId : `1000.${randomBytes(15).toString('hex').toUpperCase()}`),
    secret: options.clientSecret ?? (typeof held?.secret === 'string' ? held.secret : randomBytes(21).toString('hex')),
    redirectUris: [...(options.redirectUris ?? [])],
  };
  keepClient(store, client);
  return client;
}

function keepClient(store: Store, client: Client): void {
  store.table('meta').put({ id: 'client', clientId: client.id, secret: client.secret });
}
