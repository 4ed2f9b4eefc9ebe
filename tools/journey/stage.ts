import { setTimeout as wait } from 'node:timers/promises';
import type { Actor, Cast, User } from './cast.ts';
import { type BothSides, differencesOf, disagreementsOf, type Expected, type Names } from './expectation.ts';
import type { House } from './house.ts';
import type { Journey } from './journey.ts';
import { type MeetingParts, meetingBody } from './meeting-body.ts';
import type { CardAnswer, MeetingAnswer, ProductSide } from './product-side.ts';
import type { Act, SandboxSide } from './sandbox-side.ts';
import type { ShownEvent } from './shown-in-zoho.ts';

/** Something is not as a journey says; the message names the side. */
export class JourneyFailure extends Error {}

/** What a journey plays with: both sides, people of its own, and the small steps that journeys are made of. */
export type Stage = {
  cast: Cast;
  product: ProductSide;
  sandbox: SandboxSide;
  /** Sends a processed meeting of the host with these people, an hour ago by the product's clock. Answers its id. */
  ingest(key: string, people: readonly (Actor | string)[], parts?: MeetingParts): Promise<string>;
  /** Ingests it and waits until it is published and verified. */
  bring(key: string, people: readonly (Actor | string)[], parts?: MeetingParts): Promise<void>;
  /** The meeting's id outside, for calls of the product's API. */
  externalId(key: string): string;
  meeting(key: string): Promise<MeetingAnswer>;
  sides(key: string): Promise<BothSides>;
  /** The meeting's one event in Zoho. */
  event(key: string): Promise<ShownEvent>;
  card(): Promise<CardAnswer>;
  /** A second later people do this in Zoho, all of it or nothing; answers the ids of the records. */
  act(by: User, ...acts: Act[]): Promise<string[]>;
  /** Connects the product, first or again, as this user of Zoho. */
  connect: House['connect'];
  killAndStart: House['killAndStart'];
  /** Waits until both sides are as expected; fails with the last differences. */
  expect(key: string, expected: Expected, withinMs?: number): Promise<void>;
  /** Looks until nothing is wrong any more; fails with what was wrong last. */
  until(look: () => Promise<readonly string[]>, withinMs?: number): Promise<void>;
  advance(seconds: number): Promise<Date>;
  /** Lets five minutes pass and waits until the product has asked Zoho what changed, and has done what follows. */
  poll(): Promise<void>;
  /** Waits until nothing is owed and nobody calls Zoho any more; lets time pass where the product waits for that. */
  settle(): Promise<void>;
  /** Waits until nobody calls Zoho any more, whatever is owed. */
  rest(): Promise<void>;
  /** Changes the organization's settings until the journey ends. */
  setSettings(changes: Record<string, unknown>): Promise<void>;
};

export const POLL_SECONDS = 301;
const LOOK_MS = 100;
const PATIENCE_MS = 30_000;
const SETTLE_LIMIT_MS = 90_000;
const QUIET_MS = 300;
const REST_MS = 700;
/** Nothing moved for so long although something is owed: the product waits for time to pass. */
const STALLED_MS = 2_500;
const STALL_SECONDS = 61;

/** The stage for one journey in a running house; `finish` checks what holds for every journey and puts everything back. */
export async function openStage(house: House, journey: Pick<Journey, 'name' | 'ownMailbox'>, cast: Cast) {
  const journeyName = journey.name;
  const { product, sandbox } = house;
  const ids = new Map<string, string>();
  const mailsBefore = (await sandbox.mails()).length;
  let settingsBefore: Record<string, unknown> | null = null;
  const names = namesOf(cast);
  const externalId = (key: string) => `${journeyName}-${key}`;
  const meeting = (key: string) => product.meeting(externalId(key));

  const sidesOf = async (keys: Iterable<string>): Promise<BothSides[]> => {
    const [allEvents, allNotes] = await Promise.all([sandbox.events(), sandbox.notes()]);
    const both: BothSides[] = [];
    for (const key of keys) {
      const answer = await meeting(key);
      const events = allEvents.filter((event) => event.meetingId === answer.id);
      const notes = allNotes.filter((note) => note.meetingId === answer.id);
      both.push({ meeting: answer, events, notes });
    }
    return both;
  };
  const sides = async (key: string): Promise<BothSides> => {
    const [both] = await sidesOf([key]);
    if (both === undefined) throw new Error(`There is no meeting “${key}”.`);
    return both;
  };
  const until: Stage['until'] = async (look, withinMs = PATIENCE_MS) => {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const wrong = await look();
      if (wrong.length === 0) return;
      if (performance.now() > deadline) throw new JourneyFailure(wrong.join('\n'));
      await wait(LOOK_MS);
    }
  };
  const stage: Stage = {
    cast,
    product,
    sandbox,
    externalId,
    meeting,
    sides,
    until,
    card: product.card,
    connect: house.connect,
    killAndStart: house.killAndStart,
    async act(by, ...acts) {
      // Zoho's times know no parts of a second: within one, an edit could not be told from the write before it.
      await product.advance(1);
      return sandbox.act(by, ...acts);
    },
    advance: product.advance,
    async ingest(key, people, parts = {}) {
      const now = await product.advance(0);
      const path = `/meetings/${encodeURIComponent(externalId(key))}`;
      const body = meetingBody(`${journeyName} ${key}`, people, now, parts);
      const { id } = await product.machine.call<{ id: string }>('PUT', path, body);
      ids.set(key, id);
      return id;
    },
    async bring(key, people, parts) {
      await stage.ingest(key, people, parts);
      await stage.settle();
      await until(async () => {
        const { state, stateReason, verifiedAt } = await meeting(key);
        if (state === 'published' && verifiedAt !== null) return [];
        return [`product: “${key}” is ${state} (${stateReason}), should be published and verified to begin with`];
      });
    },
    async event(key) {
      const { events } = await sides(key);
      const [event] = events;
      if (event === undefined) throw new JourneyFailure(`Zoho: there is no event of “${key}”`);
      return event;
    },
    expect: (key, expected, withinMs) => until(async () => differencesOf(expected, await sides(key), names), withinMs),
    async poll() {
      const before = await sandbox.lastCall();
      await product.advance(POLL_SECONDS);
      await until(async () => {
        const hasAsked = (await sandbox.ledgerSince(before)).some(isQuestion);
        return hasAsked ? [] : ['product: did not ask Zoho for changes although five minutes have passed'];
      });
      await stage.settle();
    },
    settle: () => settle(product, sandbox),
    async rest() {
      let seen: number;
      do {
        seen = await sandbox.lastCall();
        await wait(REST_MS);
      } while ((await sandbox.lastCall()) !== seen);
    },
    async setSettings(changes) {
      const { userDomains: _derived, ...settings } = await product.owner.call<Json>('GET', '/settings');
      settingsBefore ??= settings;
      await product.owner.call('PUT', '/settings', { ...settings, ...changes });
    },
  };
  const finish = async () => {
    const mails = (await sandbox.mails()).slice(mailsBefore);
    const foreign = mails.filter(({ to }) => to !== journey.ownMailbox);
    const wrong = foreign.map(({ to, cause }) => `Zoho: would have mailed ${to}: ${cause}`);
    for (const both of await sidesOf(ids.keys())) wrong.push(...disagreementsOf(both, names));
    if (wrong.length > 0) throw new JourneyFailure(wrong.join('\n'));
  };
  const tidyUp = async () => {
    if (settingsBefore !== null) await product.owner.call('PUT', '/settings', settingsBefore);
  };
  return { stage, finish, tidyUp };
}

type Json = Record<string, unknown>;

function namesOf(cast: Cast): Names {
  const known = new Map<string, string>();
  for (const actor of Object.values(cast)) {
    if (typeof actor !== 'string') known.set(`${actor.module}:${actor.id}`, actor.name);
  }
  return (ref) => (known.has(ref) ? `${known.get(ref)} (${ref})` : ref);
}

/** A call by which the product may learn what changed. */
function isQuestion({ path, status }: { path: string; status: number }): boolean {
  return status < 400 && /\/(coql|__composite_requests|deleted)$/.test(path);
}

async function settle(product: ProductSide, sandbox: SandboxSide): Promise<void> {
  const startedAt = performance.now();
  let last = '';
  let changedAt = startedAt;
  for (;;) {
    const { owed, rolesStillLoading } = await product.status();
    const isIdle = owed === 0 && rolesStillLoading === 0;
    const now = performance.now();
    const seen = `${owed} owed, ${rolesStillLoading} deals without roles, ${await sandbox.lastCall()} calls`;
    if (seen !== last) changedAt = now;
    last = seen;
    const stillMs = now - changedAt;
    if (isIdle && stillMs >= QUIET_MS) return;
    if (now - startedAt > SETTLE_LIMIT_MS) throw new JourneyFailure(`product: does not come to rest: ${seen}`);
    if (!isIdle && stillMs > STALLED_MS) {
      await product.advance(STALL_SECONDS);
      changedAt = now;
    }
    await wait(LOOK_MS);
  }
}
