import { setTimeout as wait } from 'node:timers/promises';
import type { MeetingAnswer, StatusAnswer } from '../demo/read-answers.ts';
import type { Stage } from './run.ts';

const QUARANTINE_SECONDS = 61;
/** The longest that a connection rests after a spent day. */
const REST_SECONDS = 1000;
const RESTS_MAX = 4;
/** So long nothing at all moves: it waits for its time. */
const STILL_MS = 6_000;
const LOOK_MS = 200;

/** Takes the trouble away, as a person would, and lets one quarantine pass; what rests longer for its own reasons gets its time. */
export async function heal(stage: Stage): Promise<void> {
  const { sandbox, processes, client, options } = stage;
  await processes.withoutStarts(async () => {
    for (let at = 0; at < options.processes; at++) processes.kill(at);
    await processes.waitForQuiet();
    await sandbox.control('DELETE', '/sandbox/faults');
  });
  // One process: its clock and the sandbox's are moved together.
  await processes.start(0);
  const { state } = await client.call<{ state: string }>('GET', '/integrations/zoho');
  if (state !== 'connected') await stage.connect();
  await client.advance(QUARANTINE_SECONDS);
  await settle(stage);
  // The permission that was taken away is back: whoever gave it back says so, and what was left out is owed.
  await client.call('POST', '/integrations/zoho/permissions');
  await publishRefused(stage);
  for (let rest = 0; ; rest++) {
    const left = await settle(stage);
    if (left === null) return;
    if (rest === RESTS_MAX) {
      stage.troubles.push(`still owed in the end: ${left}`);
      return;
    }
    await client.advance(REST_SECONDS);
  }
}

/** Waits until nothing is owed; answers what stays, or null. */
async function settle({ client }: Stage): Promise<string | null> {
  let last = '';
  let changedAt = performance.now();
  for (;;) {
    const status = await client.call<StatusAnswer>('GET', '/status');
    // Without its roles a deal is not known to concern a meeting.
    if (status.owed === 0 && status.rolesStillLoading === 0) return null;
    const seen = JSON.stringify({ ...status });
    if (seen !== last) changedAt = performance.now();
    last = seen;
    const isStill = performance.now() - changedAt > STILL_MS;
    if (isStill) return seen;
    await wait(LOOK_MS);
  }
}

/** What Zoho refused for good, a write or the reading back, waits for a person who publishes again once the cause is gone. */
async function publishRefused({ client, meetings }: Stage): Promise<void> {
  for (const { externalId, version } of meetings) {
    if (version === 0) continue;
    const { state, inZoho } = await client.call<MeetingAnswer>('GET', `/meetings/${externalId}`);
    const isUnread = inZoho.differences.some((difference) => difference.includes('could not be read back'));
    if (state === 'failed' || isUnread) await client.call('POST', `/meetings/${externalId}/publish`, {});
  }
}
