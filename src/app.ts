import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { openLastingLocks } from './db/lasting-locks.ts';
import { countMembers, findFirstOrganization, insertOrganization } from './db/queries/organizations.ts';
import { AppError } from './errors.ts';
import type { Actor, FeatureContext } from './features/context.ts';
import type { CrmGateway } from './features/crm-gateway.ts';
import { createGateway, deriveKey, redirectUriOf } from './host/create-gateway.ts';
import { findFreePort } from './host/find-free-port.ts';
import { readInstallationKey } from './host/installation-key.ts';
import type { PeopleAuth } from './host/people-auth.ts';
import { type SandboxProcess, startSandbox } from './host/sandbox-process.ts';
import { openStorage, type Storage } from './host/storage.ts';
import { actorOf } from './http/caller.ts';
import { type Engine, migrateEngine, startEngine, wakeConnection } from './jobs/engine.ts';

/** The composition root: the only place that takes clock, ids, network and environment from the world. */

export type AppOptions = {
  config: Config;
  log: Logger;
  /** The app serves a data folder alone; commands join whatever runs there. */
  role: 'app' | 'command';
  /** The app has all of it; a command only what its work takes. `people`: sessions, sign-in links and HTTP. */
  needs: { sandbox: boolean; workers: boolean; people: boolean };
  /** The database, or the right to the folder, is lost for good. */
  onLost: (error: Error) => void;
};

export type App = {
  organizationId: string;
  gateway: CrmGateway;
  /** Address for people and for Zoho. */
  baseUrl: string;
  /** Address on this machine. */
  localUrl: string;
  sandbox: SandboxProcess | null;
  contextOf(actor: Actor, organizationId?: string): FeatureContext;
  /** True until the first sign-in link was used. */
  isFirstStart(): Promise<boolean>;
  /** A link that signs one person in as owner of the first organization, once. */
  createSignInLink(): Promise<string>;
  /** Starts answering HTTP at the base address. */
  listen(): Promise<void>;
  stop(): Promise<void>;
};

const OWNER = { email: 'owner@salescaling.local', name: 'Owner' };
const FIRST_ORGANIZATION = 'My organization';
const WEB_DIR = fileURLToPath(new URL('../web/dist', import.meta.url));

/** Brings up storage, sandbox, sessions and workers. Whatever fails, what was started before it is ended again. */
export async function startApp(options: AppOptions): Promise<App> {
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return await compose(options, closers, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function compose(
  options: AppOptions,
  closers: (() => Promise<unknown>)[],
  stop: () => Promise<void>,
): Promise<App> {
  const { config, log } = options;
  const clock = createClock();
  const storage = await openStorage(config, {
    role: options.role,
    log: (line) => log.info(line),
    onLost: options.onLost,
  });
  closers.push(storage.close);
  const key = await readInstallationKey(config.dataDir);
  const port = config.port === 0 ? await findFreePort() : config.port;
  const baseUrl = config.publicUrl ?? `http://localhost:${port}`;
  // The slowest part of a start, so it comes up while the schemas are looked at.
  const hasSandbox = config.zohoClient === null && options.needs.sandbox;
  const sandboxStart = hasSandbox ? openSandbox(options, baseUrl) : Promise.resolve(null);
  closers.push(async () => (await sandboxStart.catch(() => null))?.stop());
  await migrateEngine(storage.url, log);
  const auth = options.needs.people ? await openAuth(storage, { baseUrl, key }, closers) : null;
  const organizationId = await ensureOrganization(storage, clock.now());
  const sandbox = await sandboxStart;
  if (config.mode === 'test' && sandbox !== null) clock.advance(await readSandboxAhead(sandbox));
  const locks = openLastingLocks({ url: storage.url, applicationName: 'salescaling tokens' });
  closers.push(locks.close);
  const gateway = createGateway({
    config,
    sandbox: sandbox?.current ?? null,
    key,
    baseUrl,
    ...hooksOf(options, port),
    fetch,
    now: () => clock.now().getTime(),
    sleep: (ms) => wait(ms),
    locks,
  });
  const contextOf: App['contextOf'] = (actor, organization = organizationId) => ({
    db: storage.db,
    organizationId: organization,
    actor,
    now: clock.now,
    newId: randomUUID,
    wake: wakeConnection,
  });
  if (options.needs.workers) {
    const engine = await startWorkers({ storage, gateway, contextOf, log });
    closers.push(engine.stop);
  }
  return {
    organizationId,
    gateway,
    baseUrl,
    localUrl: `http://localhost:${port}`,
    sandbox,
    contextOf,
    isFirstStart: async () => (await countMembers(storage.db, organizationId)) === 0,
    createSignInLink: async () => `${baseUrl}/sign-in?token=${await forPeople(auth).createSignInToken(OWNER)}`,
    listen: () =>
      listen(
        { options, storage, gateway, auth: forPeople(auth), organizationId, contextOf, sandbox, clock, port },
        closers,
      ),
    stop,
  };
}

/** Loaded only where people come in: a process of workers alone starts in half the time without it. */
async function openAuth(
  storage: Storage,
  { baseUrl, key }: { baseUrl: string; key: Buffer },
  closers: (() => Promise<unknown>)[],
): Promise<PeopleAuth> {
  const { openPeopleAuth } = await import('./host/people-auth.ts');
  const auth = openPeopleAuth({ databaseUrl: storage.url, baseUrl, secret: deriveKey(key, 'session').toString('hex') });
  closers.push(auth.close);
  await auth.migrate();
  return auth;
}

function forPeople(auth: PeopleAuth | null): PeopleAuth {
  if (auth === null) throw new AppError('internal', 'This process was started without sessions for people.');
  return auth;
}

/** Seconds that the sandbox's clock runs ahead: a process that starts later joins the time that a test has moved to. */
async function readSandboxAhead(sandbox: SandboxProcess): Promise<number> {
  const { now } = await askSandboxClock(sandbox);
  const seconds = (Date.parse(now) - Date.now()) / 1000;
  // Less is the way of the answer, not a moved clock.
  return Math.abs(seconds) < 1 ? 0 : seconds;
}

/** A sandbox that has just died is there again within seconds. */
async function askSandboxClock(sandbox: SandboxProcess): Promise<{ now: string }> {
  for (let tried = 1; ; tried++) {
    try {
      const response = await fetch(new URL('/sandbox/clock', sandbox.current().accounts));
      return (await response.json()) as { now: string };
    } catch (error) {
      if (tried === CLOCK_TRIES) throw error;
      await wait(CLOCK_AGAIN_MS);
    }
  }
}

const CLOCK_TRIES = 20;
const CLOCK_AGAIN_MS = 500;

/** Where notifications can reach the app that serves HTTP: Zoho needs a public address, the sandbox is on this machine. */
function hooksOf({ config, role }: AppOptions, port: number): { hooksBaseUrl?: string | null } {
  if (role !== 'app') return {};
  if (config.zohoClient === null) return { hooksBaseUrl: `http://localhost:${port}` };
  return { hooksBaseUrl: config.publicUrl?.startsWith('https://') === true ? config.publicUrl : null };
}

type Clock = { now: () => Date; advance: (seconds: number) => void };

/** The product's clock. Only the test mode moves it. */
function createClock(): Clock {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    advance: (seconds) => {
      aheadMs += seconds * 1000;
    },
  };
}

async function ensureOrganization(storage: Storage, at: Date): Promise<string> {
  const existing = await findFirstOrganization(storage.db);
  if (existing !== null) return existing.id;
  const id = randomUUID();
  await insertOrganization(storage.db, { id, name: FIRST_ORGANIZATION, createdAt: at });
  return (await findFirstOrganization(storage.db))?.id ?? id;
}

function openSandbox({ config, role, log }: AppOptions, baseUrl: string): Promise<SandboxProcess> {
  return startSandbox({
    dataDir: config.dataDir,
    seed: config.sandboxSeed,
    redirectUri: redirectUriOf(baseUrl),
    role,
    log: (line) => log.info(line),
  });
}

function startWorkers(parts: {
  storage: Storage;
  gateway: CrmGateway;
  contextOf: App['contextOf'];
  log: Logger;
}): Promise<Engine> {
  const { storage, gateway, contextOf, log } = parts;
  return startEngine({
    db: storage.db,
    databaseUrl: storage.url,
    gateway,
    contextOf: (organizationId) => contextOf({ kind: 'system' }, organizationId),
    log,
  });
}

type ListenParts = {
  options: AppOptions;
  storage: Storage;
  gateway: CrmGateway;
  auth: PeopleAuth;
  organizationId: string;
  contextOf: App['contextOf'];
  sandbox: SandboxProcess | null;
  clock: Clock;
  port: number;
};

async function listen(parts: ListenParts, closers: (() => Promise<unknown>)[]): Promise<void> {
  const { options, storage, auth, organizationId, clock, sandbox } = parts;
  const [{ createServer }, { identifyCallers }] = await Promise.all([
    import('./http/server.ts'),
    import('./host/identify-callers.ts'),
  ]);
  const callers = identifyCallers({ db: storage.db, auth, organizationId, now: clock.now });
  const server = await createServer({
    gateway: parts.gateway,
    contextOf: (caller) => parts.contextOf(actorOf(caller), caller.organizationId),
    contextOfOrganization: (organization) => parts.contextOf({ kind: 'system' }, organization),
    identify: callers.identify,
    redeem: callers.redeem,
    signOut: auth.signOut,
    sandboxUrl: () => sandbox?.current().accounts ?? null,
    advance: options.config.mode === 'test' ? (seconds) => advance(parts, seconds) : null,
    version: readVersion(),
    webDir: WEB_DIR,
    logger: options.log,
  });
  closers.push(() => server.close());
  try {
    await server.listen({ port: parts.port, host: options.config.host });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new AppError(
      'conflict',
      `Port ${parts.port} is taken by another program. Stop it, or set PORT to another number.`,
    );
  }
}

/** Moves both clocks together, then lets what became due begin. */
async function advance(parts: ListenParts, seconds: number): Promise<Date> {
  const { clock, sandbox, storage, organizationId } = parts;
  if (sandbox !== null) {
    await fetch(new URL('/sandbox/clock', sandbox.current().accounts), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceSeconds: seconds }),
    });
  }
  clock.advance(seconds);
  await wakeConnection(storage.db, organizationId);
  return clock.now();
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}
