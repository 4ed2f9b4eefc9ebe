import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { MeetingAnswer } from '../tools/demo/read-answers.ts';
import type { Bench } from './bench.ts';
import { makeData, meetingsOf } from './make-data.ts';
import { type BenchProduct, startBenchProduct } from './product.ts';

const MEETINGS = 60;
const LATENCY_MS = 150;
const LOOK_MS = 15;
const LIMIT_MS = 60_000;
/** The event; then its notes. What reads them back comes after the meeting is in Zoho. */
const CALLS_IN_A_ROW = 2;

type LedgerRow = { at: string; method: string; path: string; status: number };

/**
 * Live meetings, one at a time, into a CRM that takes 150 ms for each answer: from the delivery until the last note is written,
 * against the two calls that have to follow one another.
 */
export const latency: Bench = async ({ database, size, say }) => {
  const folder = await mkdtemp(join(tmpdir(), 'salescaling-bench-data-'));
  const sizes = { seed: 5, accounts: 200, meetings: size ?? MEETINGS };
  try {
    await makeData(folder, sizes);
    const product = await startBenchProduct({ seed: folder, database });
    try {
      await product.connect();
      await product.waitUntilSettled();
      await product.sandbox.control('POST', '/sandbox/switches', { latencyMs: LATENCY_MS });
      const times: number[] = [];
      for (const { externalId, ...body } of meetingsOf(sizes)) {
        const took = await timeOne(product, String(externalId), body);
        if (took !== null) times.push(took);
      }
      const floor = CALLS_IN_A_ROW * LATENCY_MS;
      const sorted = times.sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
      say(`${sorted.length} meetings, from the delivery to the last note: median ${at(0.5)} ms, 95 % ${at(0.95)} ms`);
      const ratio = (ms: number) => Math.round((ms / floor) * 100) / 100;
      return { p50OfFloor: ratio(at(0.5)), p95OfFloor: ratio(at(0.95)) };
    } finally {
      await product.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Milliseconds from the delivery to the answer of the last write; null for a meeting that is not published. */
async function timeOne(product: BenchProduct, externalId: string, body: object): Promise<number | null> {
  const path = `/meetings/${encodeURIComponent(externalId)}`;
  const startedAt = Date.now();
  await product.browser.call('PUT', path, body);
  for (;;) {
    const { state, verifiedAt } = await product.browser.call<MeetingAnswer>('GET', path);
    if (state !== 'waiting' && (state !== 'published' || verifiedAt !== null)) {
      const { rows } = await product.sandbox.control<{ rows: LedgerRow[] }>(
        'GET',
        `/sandbox/ledger?since=${startedAt}`,
      );
      const writes = rows.filter((row) => row.method !== 'GET' && /\/(Events|Notes)$/.test(row.path));
      const last = writes.at(-1);
      return last === undefined ? null : Date.parse(last.at) - startedAt;
    }
    if (Date.now() - startedAt > LIMIT_MS) throw new Error(`${externalId} stays ${state}.`);
    await wait(LOOK_MS);
  }
}
