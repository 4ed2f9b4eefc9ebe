import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { type Simulator, startSimulator } from '../../simulator/start-simulator.ts';
import type { Row } from '../../simulator/store/table.ts';
import type { LedgerRow } from '../../simulator/world/ledger.ts';
import { readConfig } from '../../src/config.ts';
import { type LastingLocks, openLastingLocks } from '../../src/db/lasting-locks.ts';
import { insertOrganization, savePolicy } from '../../src/db/queries/organizations.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { readMeeting } from '../../src/features/associate/read-meeting.ts';
import { connectSandbox } from '../../src/features/connect/connect-sandbox.ts';
import type { Actor, FeatureContext } from '../../src/features/context.ts';
import type { CrmGateway } from '../../src/features/crm-gateway.ts';
import { ingestMeeting } from '../../src/features/ingest/ingest-meeting.ts';
import { parseMeetingBody } from '../../src/features/ingest/meeting-body.ts';
import { retractMeeting } from '../../src/features/publish/retract-meeting.ts';
import { createGateway, redirectUriOf } from '../../src/host/create-gateway.ts';
import { presentMeeting } from '../../src/http/present-meeting.ts';
import { wakeConnection } from '../../src/jobs/engine.ts';
import { type ServeDeps, serveConnection } from '../../src/jobs/serve-connection.ts';
import type { TestDatabase } from './database.ts';
import { type SeedWorld, smallWorld, withSeedFolder } from './small-world.ts';

/** Friday 2026-11-20, 16:00 in Madrid and still: both clocks are one and move only by `advance` and by the product's own waits. */
export const NOW = Date.UTC(2026, 10, 20, 15);

export type ProductOptions = {
  /** The CRM as it is at the start; the small world if left out. */
  world?: SeedWorld;
  /** What differs from a new organization's policy. */
  policy?: Partial<Policy>;
  /** A simulator that other organizations of the test use too. */
  simulator?: Simulator;
  edition?: string;
  /** Where Zoho reaches the product with notifications; left out: nowhere. */
  hooksBaseUrl?: string;
};

/** What stands between the product and the network: may look, refuse, or lose the answer. */
export type Intercept = (
  call: { url: URL; method: string; body: string; signal: AbortSignal | null },
  send: () => Promise<Response>,
) => Promise<Response>;

export type TestProduct = Awaited<ReturnType<typeof startTestProduct>>;

const BASE_URL = 'http://product.test';
const KEY = Buffer.alloc(32, 7);

/**
 * The product's own verbs and sender on a real database, against a simulator over HTTP: one organization a product. Nothing runs
 * by itself: `serve` does what is due, `advance` moves the clocks.
 */
export async function startTestProduct(database: TestDatabase, options: ProductOptions = {}) {
  const { db, url } = database;
  const simulator = options.simulator ?? (await startSeeded(options));
  const clock = () => simulator.world.clock.now();
  const organizationId = randomUUID();
  await insertOrganization(db, { id: organizationId, name: 'Us', createdAt: new Date(clock()) });
  if (options.policy) await savePolicy(db, organizationId, { name: 'Us', policy: options.policy });
  const state: { intercept: Intercept | null; process: Process } = { intercept: null, process: { isDead: false } };
  const hooksBaseUrl = options.hooksBaseUrl ?? null;
  const openProcess = () => openGateway({ url, simulator, state, clock, hooksBaseUrl });
  let { gateway, locks } = openProcess();
  let isStopped = false;
  const stop = async () => {
    if (isStopped) return;
    isStopped = true;
    await locks.close();
    if (options.simulator === undefined) await simulator.stop();
  };
  onTestFinished(stop);
  const contextOf = (actor: Actor = { kind: 'system' }): FeatureContext => ({
    db,
    organizationId,
    actor,
    now: () => new Date(clock()),
    newId: randomUUID,
    wake: wakeConnection,
  });
  const ctx = contextOf();
  const advance = (seconds: number) => simulator.world.clock.set(clock() + seconds * 1000);
  let wakeUps: number[] = [];
  /** Wake-ups for what comes again and again: time passes over them only when a test moves it. */
  let beats: number[] = [];
  const warnings: string[] = [];
  const serveDeps = (): ServeDeps => ({
    contextOf: () => contextOf(),
    gateway,
    locks,
    wakeAfter: async (_organizationId, delayMs, why) => {
      if (why === 'beat' && delayMs > 0) beats.push(clock() + delayMs);
      else wakeUps.push(clock() + delayMs);
    },
    log: {
      info: () => undefined,
      warn: (_fields, message) => warnings.push(message),
      error: (_f, m) => warnings.push(m),
    },
  });
  return {
    db,
    url,
    simulator,
    organizationId,
    ctx,
    contextOf,
    warnings,
    crm: openCrmView(simulator),
    gateway: () => gateway,
    /** Ends it before the test does. */
    stop,
    connect: () => connectSandbox({ ctx, gateway }),
    advance,
    /** Wake-ups that the sender asked for in its last turn, in seconds from now. */
    wakesIn: () => wakeUps.map((at) => (at - clock()) / 1000),
    /** When polls and the like are due next, in seconds from now. */
    beatsIn: () => beats.map((at) => (at - clock()) / 1000),
    /** Serves the connection until nothing is due now. */
    async serve(): Promise<void> {
      for (let turn = 0; turn < 30; turn++) {
        wakeUps = [];
        beats = [];
        await serveConnection(serveDeps(), organizationId, new AbortController().signal);
        if (![...wakeUps, ...beats].some((at) => at <= clock())) return;
      }
      throw new Error('Thirty turns, and something is still due: the sender goes round in circles.');
    },
    /** Serves, and lets the waits that the sender asks for pass, until nothing is owed (at most `seconds`). */
    async settle(seconds = 3600): Promise<void> {
      const end = clock() + seconds * 1000;
      for (;;) {
        await this.serve();
        const next = Math.min(...wakeUps);
        if (wakeUps.length === 0) return;
        if (next > end) throw new Error(`Something is still owed after ${seconds} s: ${warnings.at(-1) ?? ''}`);
        simulator.world.clock.set(Math.max(next, clock()));
      }
    },
    /** Puts something between the product and the network; null takes it away. */
    intercept(next: Intercept | null): void {
      state.intercept = next;
    },
    /** `kill -9`: nothing of the old process does anything any more; a new one begins with what the tables hold. */
    async restart(): Promise<void> {
      state.process.isDead = true;
      state.process = { isDead: false };
      state.intercept = null;
      await locks.close();
      ({ gateway, locks } = openProcess());
    },
    ingest: (externalId: string, body: unknown, isBackfill = false) =>
      ingestMeeting({ ctx, input: { externalId, body: parseMeetingBody(body), isBackfill } }),
    retract: (externalId: string) => retractMeeting({ ctx, input: { externalId } }),
    /** The meeting as the API answers it. */
    meeting: async (externalId: string) => presentMeeting(await readMeeting({ ctx, input: { externalId } }), null),
    async operations(externalId: string) {
      return db.query<{
        action: string;
        slot: string | null;
        state: string;
        errorCode: string | null;
        attempts: number;
      }>(
        `select o.action, o.slot, o.state, o.error_code as "errorCode", o.attempts from sync_operations o
         join meetings m on m.organization_id = o.organization_id and m.id = o.meeting_id
         where o.organization_id = $1 and m.external_id = $2 order by o.planned_at, o.position`,
        [organizationId, externalId],
      );
    },
  };
}

/** A product whose organization is connected and whose first load is done. */
export async function startConnectedProduct(
  database: TestDatabase,
  options: ProductOptions = {},
): Promise<TestProduct> {
  const product = await startTestProduct(database, options);
  await product.connect();
  await product.serve();
  return product;
}

type Process = { isDead: boolean };

async function startSeeded(options: ProductOptions): Promise<Simulator> {
  return withSeedFolder(options.world ?? smallWorld(), (seed) =>
    startSimulator({
      seed,
      frozenAt: NOW,
      redirectUris: [redirectUriOf(BASE_URL)],
      ...(options.edition === undefined ? {} : { edition: options.edition }),
    }),
  );
}

function openGateway(parts: {
  url: string;
  simulator: Simulator;
  state: { intercept: Intercept | null; process: Process };
  clock: () => number;
  hooksBaseUrl: string | null;
}): { gateway: CrmGateway; locks: LastingLocks } {
  const { simulator, state, clock } = parts;
  const own = state.process;
  const locks = openLastingLocks({ url: parts.url, applicationName: 'salescaling test locks' });
  const send: typeof fetch = async (input, init) => {
    // A dead process neither sends nor hears anything.
    const answer = own.isDead ? forever<Response>() : sendThrough(state.intercept, input, init);
    const response = await answer;
    return own.isDead ? forever<Response>() : response;
  };
  const { accounts, api, clientId, clientSecret } = simulator;
  const gateway = createGateway({
    config: readConfig({}, '/'),
    sandbox: () => ({ accounts, api, clientId, clientSecret, pid: process.pid, redirectUris: [] }),
    key: KEY,
    baseUrl: BASE_URL,
    hooksBaseUrl: parts.hooksBaseUrl,
    fetch: send,
    now: clock,
    sleep: async (ms) => simulator.world.clock.set(clock() + ms),
    locks,
  });
  return { gateway, locks };
}

function sendThrough(
  intercept: Intercept | null,
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
): Promise<Response> {
  const send = () => fetch(input, init);
  if (intercept === null) return send();
  const url = new URL(input instanceof Request ? input.url : input);
  const body = typeof init?.body === 'string' ? init.body : '';
  return intercept({ url, method: init?.method ?? 'GET', body, signal: init?.signal ?? null }, send);
}

function forever<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}

/** What the simulator holds, read from its own tables: the judge of every journey. */
function openCrmView(simulator: Simulator) {
  const { world } = simulator;
  const org = () => {
    const found = world.dcs[0]?.orgs.get('production');
    if (found === undefined) throw new Error('The simulator has no org.');
    return found;
  };
  const records = (module: string): Row[] => [...(org().module(module)?.records.rows() ?? [])];
  return {
    world,
    org,
    records,
    events: () => records('Events'),
    notes: () => records('Notes'),
    notesOf: (parentId: string) => records('Notes').filter((note) => note.Parent_Id === parentId),
    mails: () => world.mails.all(),
    /** Puts fields over a record, as a person in the CRM would. */
    edit(module: string, id: string, fields: Record<string, string | number | null>): void {
      const table = org().module(module)?.records;
      const row = table?.get(id);
      if (table === undefined || row === undefined) throw new Error(`There is no ${module} ${id}.`);
      table.put({ ...row, ...fields, Modified_Time: world.clock.now() });
    },
    fault(...rules: Record<string, unknown>[]): void {
      const { reasons } = world.faults.add(rules);
      if (reasons.length > 0) throw new Error(reasons.join(' '));
    },
    heal: () => world.faults.clear(),
    set(values: Record<string, unknown>): void {
      const reasons = world.switches.set(values);
      if (reasons.length > 0) throw new Error(reasons.join(' '));
    },
    /** Calls that reached the API while `work` ran. */
    async calls(work: () => Promise<unknown>): Promise<LedgerRow[]> {
      const before = world.ledger.since(null).at(-1)?.seq ?? 0;
      await work();
      return world.ledger.since(null).filter((row) => row.seq > before);
    },
  };
}

/** Calls that write: everything but reads and COQL. */
export function writesOf(rows: readonly LedgerRow[]): LedgerRow[] {
  return rows.filter((row) => row.method !== 'GET' && !row.path.endsWith('/coql') && !row.path.includes('composite'));
}

export type BodyPart = Record<string, unknown>;

/** A processed meeting of the host and these people (Ana if left out). */
export function meetingBody(more: BodyPart = {}, people: string[] = ['ana@acme.example']): BodyPart {
  return {
    title: 'Quarterly review',
    startsAt: '2026-11-20T14:00:00+01:00',
    endsAt: '2026-11-20T14:45:00+01:00',
    timeZone: 'Europe/Madrid',
    activityType: 'Demo',
    recordingUrl: 'https://rec.example/1',
    participants: [
      { name: 'Laura Host', email: 'host@us.example', role: 'organizer' },
      ...people.map((email) => ({ name: email.split('@')[0], email })),
    ],
    summary: {
      text: 'They want the secret discount.',
      topics: ['Pricing'],
      nextSteps: [{ text: 'Send offer', dueOn: '2026-11-27' }],
      aiScore: 0.87,
    },
    notes: [{ id: 'n1', smartCategory: 'Objections', text: 'Too expensive', startSeconds: 60 }],
    clips: [{ id: 'c1', noteId: 'n1', startSeconds: 60, endSeconds: 90, url: 'https://clip.example/1' }],
    processed: { summaryAt: '2026-11-20T14:50:00Z', notesAt: '2026-11-20T14:51:00Z' },
    ...more,
  };
}
