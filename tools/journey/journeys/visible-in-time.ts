import { update } from '../acts.ts';
import { USERS } from '../cast.ts';
import type { Journey } from '../journey.ts';
import { JourneyFailure, POLL_SECONDS, type Stage } from '../stage.ts';

/** How soon a change there is visible here, whatever becomes of Zoho's callbacks, and what a quiet day costs. */

/** Real time within which a notified change has to be visible. */
const NOTIFIED_WITHIN_MS = 10_000;

const visibleWithNotifications: Journey = {
  name: 'edit-visible-with-notifications',
  story:
    'What is changed on the sandbox’s own page is on the meeting’s page within ten seconds, before any poll is due.',
  async play(stage) {
    const { cast, sandbox, bring, poll, expect, advance } = stage;
    await bring('call', [cast.ana]);
    // The next poll is five minutes away from here.
    await poll();
    await advance(1);
    await sandbox.editPage(await pageOf(stage, 'Events'), USERS.editor, { Event_Title: 'Changed on the page' });
    await expect('call', { title: 'Changed on the page' }, NOTIFIED_WITHIN_MS);
    await sandbox.editPage(await pageOf(stage, 'Potentials', cast.upsell.id), USERS.editor, { Stage: 'Closed Lost' });
    await untilStage(stage, cast.upsell.id, 'Closed Lost', NOTIFIED_WITHIN_MS);
  },
};

const visibleByPoll: Journey = {
  name: 'edit-visible-by-poll',
  story: 'Zoho calls nobody: what is changed on the sandbox’s own page is on the meeting’s page after one poll.',
  async play(stage) {
    const { cast, sandbox, bring, poll, expect, advance } = stage;
    await sandbox.fault({ kind: 'lose-callback' });
    await bring('call', [cast.ana]);
    await advance(1);
    await sandbox.editPage(await pageOf(stage, 'Events'), USERS.editor, { Event_Title: 'Changed on the page' });
    await sandbox.editPage(await pageOf(stage, 'Potentials', cast.upsell.id), USERS.editor, { Stage: 'Closed Lost' });
    await poll();
    await expect('call', { title: 'Changed on the page' });
    await untilStage(stage, cast.upsell.id, 'Closed Lost');
  },
};

/** Address of a record in the sandbox: that of the meeting's event, or of another tab's record beside it. */
async function pageOf({ meeting }: Stage, tab: string, id?: string): Promise<string> {
  const { eventUrl } = (await meeting('call')).inZoho;
  if (eventUrl === null) throw new JourneyFailure('product: gives no address of the event in Zoho');
  return id === undefined ? eventUrl : eventUrl.replace(/\/tab\/Events\/\d+.*$/, `/tab/${tab}/${id}`);
}

async function untilStage({ meeting, until }: Stage, dealId: string, stage: string, withinMs?: number): Promise<void> {
  await until(async () => {
    const deal = (await meeting('call')).associations.find(({ crmId }) => crmId === dealId);
    return deal?.facts.stage === stage ? [] : [`product: the deal is in “${deal?.facts.stage}”, in Zoho in “${stage}”`];
  }, withinMs);
}

const callbacksLost: Journey = {
  name: 'callbacks-lost',
  story: 'Half of Zoho’s callbacks get lost: after one poll nothing is missing.',
  async play({ cast, act, sandbox, bring, poll, expect }) {
    const { ben, cleo, acme, globex, pilot, renewal, upsell, won } = cast;
    await bring('ben', [ben]);
    await bring('cleo', [cleo]);
    await sandbox.fault({ kind: 'lose-callback', probability: 0.5, seed: 7 });
    // They change places, and a deal moves with one of them.
    await act(USERS.editor, update(ben, { Account_Name: { id: globex.id } }));
    await act(USERS.editor, update(cleo, { Account_Name: { id: acme.id } }));
    await act(USERS.editor, update(upsell, { Account_Name: { id: globex.id } }));
    await poll();
    await expect('ben', { links: [ben, globex, pilot, upsell], what: globex, notesOn: [globex, pilot, upsell] });
    await expect('cleo', { links: [cleo, acme, renewal, won], what: acme, notesOn: [acme, renewal] });
  },
};

const callbacksDoubled: Journey = {
  name: 'callbacks-doubled',
  story: 'Every callback comes twice: what it says is done once.',
  async play({ cast, act, sandbox, bring, poll, settle, expect }) {
    const { ben, globex, pilot } = cast;
    await bring('call', [ben]);
    await poll();
    await sandbox.fault({ kind: 'duplicate-callback' });
    const before = await sandbox.lastCall();
    await act(USERS.editor, update(ben, { Account_Name: { id: globex.id } }));
    const moved = { links: [ben, globex, pilot], what: globex, notesOn: [globex, pilot] };
    await expect('call', moved, NOTIFIED_WITHIN_MS);
    await poll();
    await settle();
    await expect('call', moved);
    const calls = await sandbox.ledgerSince(before);
    const changes = calls.filter(({ method, path }) => method === 'PUT' && path.includes('/Events'));
    if (changes.length !== 1)
      throw new JourneyFailure(`Zoho: the event was changed ${changes.length} times, should be once`);
  },
};

const callbacksReordered: Journey = {
  name: 'callbacks-reordered',
  story: 'Callbacks overtake each other: what Zoho says last is true.',
  async play({ cast, act, sandbox, bring, poll, expect }) {
    const { ben, acme, globex, pilot, renewal, upsell, won } = cast;
    await bring('call', [ben]);
    await sandbox.fault({ kind: 'reorder-callback' });
    await act(USERS.editor, update(ben, { Account_Name: { id: globex.id } }));
    await act(USERS.editor, update(ben, { Account_Name: { id: acme.id } }));
    await act(USERS.editor, update(pilot, { Account_Name: { id: acme.id } }));
    await act(USERS.editor, update(ben, { Phone: '+34 600 555 001' }));
    // The last one is held back until another one follows, which only a poll need not wait for.
    await poll();
    await expect('call', { links: [ben, acme, renewal, upsell, won, pilot], what: acme, who: ben });
  },
};

const POLLS_A_DAY = 288;
const MOST_CREDITS = 600;

const quietDay: Journey = {
  name: 'quiet-day',
  story: 'A day on which nothing happens, with a poll every five minutes, costs at most 600 credits.',
  async play({ cast, sandbox, bring, poll, settle, product, expect }) {
    await bring('call', [cast.ana]);
    await poll();
    const before = await sandbox.lastCall();
    let polls = 0;
    for (let at = 0; at < POLLS_A_DAY; at++) {
      const last = await sandbox.lastCall();
      await product.advance(POLL_SECONDS - 1);
      polls += (await comesToCall(sandbox, last)) ? 1 : 0;
    }
    await settle();
    const calls = await sandbox.ledgerSince(before);
    const credits = calls.reduce((sum, call) => sum + call.credits, 0);
    if (credits > MOST_CREDITS) throw new JourneyFailure(`Zoho: the day cost ${credits} credits, ${tally(calls)}`);
    if (polls < POLLS_A_DAY - 2)
      throw new JourneyFailure(`product: polled ${polls} times in a day, should be ${POLLS_A_DAY}`);
    const writes = calls.filter(({ method, path }) => method !== 'GET' && /\/(Events|Notes)/.test(path));
    if (writes.length > 0) throw new JourneyFailure(`Zoho: ${writes.length} writes on a day on which nothing happened`);
    await expect('call', { state: 'published' });
  },
};

const COMES_WITHIN_MS = 3_000;
const LOOK_MS = 15;

/** Whether a call of the API comes soon. */
async function comesToCall({ lastCall }: Stage['sandbox'], seen: number): Promise<boolean> {
  const deadline = performance.now() + COMES_WITHIN_MS;
  while ((await lastCall()) === seen) {
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return true;
}

/** What was called most, for whoever has to find out why a day was dear. */
function tally(calls: readonly { method: string; path: string; credits: number }[]): string {
  const sums = new Map<string, { calls: number; credits: number }>();
  for (const { method, path, credits } of calls) {
    const key = `${method} ${path.replace(/\d{6,}/g, '…')}`;
    const sum = sums.get(key) ?? { calls: 0, credits: 0 };
    sums.set(key, { calls: sum.calls + 1, credits: sum.credits + credits });
  }
  return [...sums]
    .sort(([, a], [, b]) => b.credits - a.credits)
    .slice(0, 6)
    .map(([key, sum]) => `${sum.calls} × ${key} (${sum.credits})`)
    .join(', ');
}

export const visibleInTime: readonly Journey[] = [
  quietDay,
  visibleWithNotifications,
  visibleByPoll,
  callbacksLost,
  callbacksDoubled,
  callbacksReordered,
];
