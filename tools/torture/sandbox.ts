import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';

type LedgerRow = { seq: number; status: number; inFlight: number; fault?: string; refused?: string };

export type SandboxAddress = { accounts: string; api: string; clientId: string; clientSecret: string; pid: number };

/** What the limits say about the calls so far. */
export type LimitFigures = { calls: number; overCap: number; faults: Record<string, number> };

export type Sandbox = {
  address: SandboxAddress;
  control<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Reads what the ledger has new, since it does not outlive the process. */
  readLedger(): Promise<void>;
  figures(): LimitFigures;
  kill(): Promise<void>;
  /** Starts it again with its state, at the same ports. */
  restart(): Promise<void>;
};

/** Calls that an edition allows at once. Source: Zoho CRM API v8, API Limits. */
export const EDITION = 'professional';
const CONCURRENCY = 15;

/** A sandbox of its own, as a process that can be killed and comes back with its state. */
export async function startSandbox(options: {
  program: string[];
  folder: string;
  seed: string;
  redirectUri: string;
}): Promise<Sandbox> {
  const state = join(options.folder, 'sandbox');
  await mkdir(state, { recursive: true });
  const common = [
    '--state',
    state,
    '--seed',
    options.seed,
    '--edition',
    EDITION,
    '--redirect-uri',
    options.redirectUri,
  ];
  const launch = (ports: string[]) =>
    startChild([...options.program, ...ports, ...common], {}, (line) => line.startsWith('{'));
  let child: Child = launch([]);
  const address: SandboxAddress = JSON.parse(await child.ready);
  const figures: LimitFigures = { calls: 0, overCap: 0, faults: {} };
  let lastSeq = 0;
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(new URL(path, address.accounts), {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new Error(`The sandbox answered ${answer.status} to ${method} ${path}: ${text.slice(0, 300)}`);
    return JSON.parse(text) as T;
  };
  const readLedger = async () => {
    const { rows } = await control<{ rows: LedgerRow[] }>('GET', `/sandbox/ledger?since=${lastSeq}`);
    for (const row of rows) count(figures, row);
    lastSeq = rows.at(-1)?.seq ?? lastSeq;
  };
  return {
    address,
    control,
    readLedger,
    figures: () => figures,
    async kill() {
      await readLedger();
      await child.kill();
    },
    async restart() {
      lastSeq = 0;
      child = launch(['--port', new URL(address.accounts).port, '--api-port', new URL(address.api).port]);
      await child.ready;
    },
  };
}

function count(figures: LimitFigures, row: LedgerRow): void {
  figures.calls += 1;
  if (row.fault !== undefined) figures.faults[row.fault] = (figures.faults[row.fault] ?? 0) + 1;
  const isRefused = row.refused?.endsWith('concurrency') ?? false;
  if (row.inFlight > CONCURRENCY || (isRefused && row.fault === undefined)) figures.overCap += 1;
}
