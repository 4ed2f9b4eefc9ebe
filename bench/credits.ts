import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDataFolder } from '../src/features/ingest/read-data-folder.ts';
import { readDataSettings } from '../src/features/ingest/read-data-settings.ts';
import type { MeetingAnswer, StatusAnswer } from '../tools/demo/read-answers.ts';
import type { Bench } from './bench.ts';
import { makeData } from './make-data.ts';
import { type BenchProduct, startBenchProduct } from './product.ts';

/** Calls and credits of one published meeting that came alone. */
type Cost = { calls: number; credits: number; readCredits: number; furtherRecords: number };

const SAMPLE = join(import.meta.dirname, '..', '..', 'shared', 'data');
const FURTHER_MAX = 8;
const MADE = { seed: 7, accounts: 400 };

/**
 * What a meeting costs: live, one after the other, the dearest one with at most eight further records; in history, all at once,
 * on average. After the first load and the roles.
 */
export const credits: Bench = async ({ database, size, say }) => {
  const folder = await mkdtemp(join(tmpdir(), 'salescaling-bench-data-'));
  try {
    const made = join(folder, 'made');
    await makeData(made, { ...MADE, meetings: size ?? 1000 });
    const folders = [made];
    if (existsSync(SAMPLE)) folders.push(SAMPLE);
    else say('skipped: the meetings of ../shared/data, which this machine does not have');
    const live: Cost[] = [];
    for (const data of folders) live.push(...(await measureLive(data, database, say)));
    const few = live.filter(({ furtherRecords }) => furtherRecords <= FURTHER_MAX);
    const most = (of: (cost: Cost) => number) => Math.max(0, ...few.map(of));
    return {
      live: {
        callsPerMeeting: most(({ calls }) => calls),
        creditsPerMeeting: most((cost) => cost.credits),
        verifyCreditsPerMeeting: most(({ readCredits }) => readCredits),
        meetings: few.length,
      },
      backfill: await measureHistory(made, database, say),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const LIVE_MEETINGS = 60;

async function measureLive(data: string, database: string | null, say: (line: string) => void): Promise<Cost[]> {
  const product = await startConnected(data, database);
  try {
    const costs: Cost[] = [];
    let sent = 0;
    for await (const item of readDataFolder(data)) {
      if ('problem' in item) throw new Error(item.problem);
      const { externalId, body } = item;
      if (sent === LIVE_MEETINGS) break;
      sent += 1;
      const before = await product.status();
      const path = `/meetings/${encodeURIComponent(externalId)}`;
      await product.browser.call('PUT', path, body);
      const after = await product.waitUntilSettled();
      const meeting = await product.browser.call<MeetingAnswer>('GET', path);
      if (meeting.state === 'published') costs.push(costOf(before, after, meeting));
    }
    say(`live, ${data}: ${costs.length} of ${sent} published`);
    return costs;
  } finally {
    await product.stop();
  }
}

function costOf(before: StatusAnswer, after: StatusAnswer, { associations }: MeetingAnswer): Cost {
  const published = associations.filter((one) => one.published && ['accounts', 'deals'].includes(one.module));
  return {
    calls: after.calls.writeCalls - before.calls.writeCalls,
    credits: after.calls.writeCredits - before.calls.writeCredits,
    readCredits: after.calls.readCredits - before.calls.readCredits,
    furtherRecords: Math.max(0, published.length - 1),
  };
}

async function measureHistory(data: string, database: string | null, say: (line: string) => void) {
  const product = await startConnected(data, database);
  try {
    const before = await product.status();
    await product.import(['--data', data, '--backfill']);
    const after = await product.waitUntilSettled();
    const { events, notes } = await countWritten(product);
    const { published } = after.meetings;
    const writeCredits = after.calls.writeCredits - before.calls.writeCredits;
    const readCredits = after.calls.readCredits - before.calls.readCredits;
    const floor = Math.ceil(events / 10) + Math.ceil(notes / 10);
    say(
      `history: ${published} published, ${events} events and ${notes} notes, ${writeCredits} credits to write, floor ${floor}`,
    );
    const round = (value: number) => Math.round(value * 1000) / 1000;
    return {
      creditsPerMeeting: round((writeCredits + readCredits) / published),
      overFloor: round(writeCredits / floor),
      verifyCreditsPerMeeting: round(readCredits / published),
      meetings: published,
    };
  } finally {
    await product.stop();
  }
}

/** A product whose first load and roles are done. */
async function startConnected(data: string, database: string | null): Promise<BenchProduct> {
  const product = await startBenchProduct({ seed: data, database });
  const { internalDomains } = await readDataSettings(data);
  const { userDomains: _derived, ...settings } = await product.browser.call<Record<string, unknown>>(
    'GET',
    '/settings',
  );
  if (internalDomains.length > 0) await product.browser.call('PUT', '/settings', { ...settings, internalDomains });
  await product.connect();
  await product.waitUntilSettled();
  return product;
}

async function countWritten({ sandbox }: BenchProduct): Promise<{ events: number; notes: number }> {
  const { readSandbox } = await import('../tools/demo/read-sandbox.ts');
  const { events, notes } = await readSandbox(sandbox.address, 'Salescaling_Meeting_ID', () => undefined);
  return { events: events.length, notes: notes.length };
}
