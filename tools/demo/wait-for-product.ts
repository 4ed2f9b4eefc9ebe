import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from './browser.ts';
import { isLoaded } from './connect-sandbox.ts';
import type { StatusAnswer } from './read-answers.ts';
import type { Progress } from './show-progress.ts';

const LOOK_MS = 300;
/** Nothing at all has moved for so long: it will not move any more. */
const STUCK_MS = 120_000;
const WHOLE_MS = 30 * 60_000;

/** Waits until the CRM is mirrored and no contact role is missing that the product knows of. */
export async function waitUntilLoaded(browser: Browser, progress: Progress): Promise<void> {
  await waitFor('the first load of the CRM', async () => {
    const { isDone, loaded } = await isLoaded(browser);
    progress.show('Loading the CRM', loaded);
    return { isDone, picture: loaded };
  });
  await waitFor('the roles of the deals', async () => {
    const { rolesStillLoading } = await browser.call<StatusAnswer>('GET', '/status');
    progress.show('Reading the contact roles of deals, left:', rolesStillLoading);
    return { isDone: rolesStillLoading === 0, picture: rolesStillLoading };
  });
}

/** Waits until nothing is owed to the CRM, no role is missing and everything published is verified. Answers the last status. */
export async function waitUntilSettled(browser: Browser, total: number, progress: Progress): Promise<StatusAnswer> {
  let status: StatusAnswer | null = null;
  await waitFor('the meetings', async () => {
    status = await browser.call<StatusAnswer>('GET', '/status');
    const { owed, rolesStillLoading, verified, meetings } = status;
    progress.show('Publishing and verifying', Math.max(0, total - owed), total);
    const isDone =
      owed === 0 && rolesStillLoading === 0 && verified >= meetings.published && status.firstLoad === 'done';
    return { isDone, picture: status };
  });
  if (status === null) throw new Error('The product gave no status.');
  return status;
}

/** Looks again and again until it is done. Throws when what it sees has not changed for long, saying what it saw last. */
async function waitFor(what: string, look: () => Promise<{ isDone: boolean; picture: unknown }>): Promise<void> {
  const startedAt = performance.now();
  let changedAt = startedAt;
  let last = '';
  for (;;) {
    const { isDone, picture } = await look();
    if (isDone) return;
    const now = performance.now();
    const seen = JSON.stringify(picture);
    if (seen !== last) changedAt = now;
    last = seen;
    const why = now - changedAt > STUCK_MS ? `has not moved for ${STUCK_MS / 1000} s` : null;
    if (why !== null || now - startedAt > WHOLE_MS) {
      throw new Error(`Waiting for ${what} ${why ?? 'takes too long'}; last seen: ${seen}`);
    }
    await wait(LOOK_MS);
  }
}
