import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { makeData } from './make-data.ts';
import { type BenchProduct, startBenchProduct } from './product.ts';

const MEETINGS = 10_000;
const LATENCY_MS = 150;
/** Professional allows 15 calls at once, and two are left to others. Source: Zoho CRM API v8, API Limits. */
const CONCURRENCY = 13;
const LOOK_MS = 500;

type LedgerRow = { at: string; method: string; path: string };

/**
 * Brings past meetings into a CRM that takes 150 ms for each answer: wall time from the first write to the last call, against the
 * time that the same number of calls takes when 13 are always under way.
 */
export const backfill: Bench = async ({ database, size, say }) => {
  const meetings = size ?? MEETINGS;
  const folder = await mkdtemp(join(tmpdir(), 'salescaling-bench-data-'));
  try {
    await makeData(folder, { seed: 11, accounts: Math.ceil(meetings / 5), meetings });
    const product = await startBenchProduct({ seed: folder, database });
    try {
      return await measure(product, folder, { meetings, say });
    } finally {
      await product.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function measure(
  product: BenchProduct,
  folder: string,
  { meetings, say }: { meetings: number; say: (line: string) => void },
) {
  await product.connect();
  await product.waitUntilSettled();
  await product.sandbox.control('POST', '/sandbox/switches', { latencyMs: LATENCY_MS });
  const from = (await product.sandbox.control<{ now: string }>('GET', '/sandbox/clock')).now;
  const rss = watchMemory(product.pid);
  await product.import(['--data', folder, '--backfill']);
  const { meetings: states } = await product.waitUntilSettled();
  rss.stop();
  const { rows } = await product.sandbox.control<{ rows: LedgerRow[] }>('GET', `/sandbox/ledger?since=${from}`);
  const firstWrite = rows.findIndex(({ method, path }) => method === 'POST' && path.endsWith('/Events'));
  const counted = rows.slice(firstWrite);
  const times = counted.map(({ at }) => Date.parse(at));
  const seconds = (Math.max(...times) - Math.min(...times) + LATENCY_MS) / 1000;
  const floorSeconds = (counted.length * LATENCY_MS) / 1000 / CONCURRENCY;
  say(`${counted.length} calls; ${states.published} published of ${meetings}; memory ${rss.samples().join(' ')} MB`);
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    meetings,
    seconds: round(seconds),
    floorSeconds: round(floorSeconds),
    wallOfFloor: round(seconds / floorSeconds),
    rssMb: rss.most(),
  };
}

/** Resident memory of a process in MB: the most, and ten samples spread over its time. */
function watchMemory(pid: number) {
  const seen: number[] = [];
  const look = () => {
    // Whoever asks a product that has ended is told so; here there is nothing to see then.
    if (!existsSync(`/proc/${pid}/status`)) return;
    const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    if (match) seen.push(Math.round(Number(match[1]) / 1024));
  };
  const timer = setInterval(look, LOOK_MS);
  return {
    stop: () => clearInterval(timer),
    most: () => seen.reduce((most, one) => Math.max(most, one), 0),
    samples: () => Array.from({ length: 10 }, (_, at) => seen[Math.floor((at * seen.length) / 10)] ?? 0),
  };
}
