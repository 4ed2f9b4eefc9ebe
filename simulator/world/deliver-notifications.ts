import type { Json, JsonObject } from '../json.ts';
import type { Row } from '../store/table.ts';
import type { RecordChange, World } from './world.ts';

/** One callback: where it goes and what it says. */
type Callback = { url: string; body: JsonObject; module: string; org: string };

const giveUpAfterMs = 10_000;
/** A callback that a fault holds back until the next one has gone. */
const heldBack = new WeakMap<World, Callback[]>();

/**
 * Tells the channels what changed since the last time, without waiting and (unless the switch callbackRetries says more)
 * without repeat: Zoho promises neither order nor arrival. Source: Zoho CRM API v8, Notifications.
 */
export function deliverNotifications(world: World): void {
  const changes = world.changes.splice(0);
  if (changes.length === 0) return;
  const orgs = new Set(changes.map((change) => change.org));
  for (const org of orgs) {
    const channels = [...org.table('channels').rows()].filter((row) => Number(row.expiresAt) > world.clock.now());
    if (channels.length === 0) continue;
    for (const group of grouped(changes.filter((change) => change.org === org))) {
      for (const channel of channels) {
        const callback = callbackFor(world, channel, group);
        if (callback) deliver(world, callback);
      }
    }
  }
}

/** Names of operations in subscriptions, by what callbacks call them. */
const subscribed: Record<RecordChange['operation'], string> = { insert: 'create', update: 'edit', delete: 'delete' };

/** Changes of one request to one module by one operation travel in one callback. */
function grouped(changes: readonly RecordChange[]): RecordChange[][] {
  const groups = new Map<string, RecordChange[]>();
  for (const change of changes) {
    const key = `${change.module}.${change.operation}.${change.isRelated}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

function callbackFor(world: World, channel: Row, group: readonly RecordChange[]): Callback | undefined {
  const [first] = group;
  if (!first) return undefined;
  const events = String(channel.events).split(',');
  const wanted = [`${first.module}.all`, `${first.module}.${subscribed[first.operation]}`];
  if (!wanted.some((event) => events.includes(event))) return undefined;
  if (first.isRelated && channel.notifyOnRelated !== true) return undefined;
  const hearsItself = world.switches.isOn('ownWritesNotify');
  const heard = group.filter(
    (change) => passesCondition(channel, change) && (hearsItself || change.client !== channel.client),
  );
  if (heard.length === 0) return undefined;
  const withValues = channel.returnValues === true;
  return {
    org: first.org.key,
    url: String(channel.url),
    module: first.module,
    body: {
      server_time: world.clock.now(),
      ...(withValues
        ? { affected_values: heard.map((change) => ({ record_id: change.id, values: change.values })) }
        : {}),
      query_params: {},
      module: first.module,
      // The manual's samples name the old version even for v7 and v8.
      resource_uri: `https://www.zohoapis.com/crm/v2/${first.module}`,
      ids: [...new Set(heard.map((change) => change.id))],
      affected_fields: heard
        .filter((change) => Object.keys(change.values).length > 0)
        .map((change) => ({ [change.id]: Object.keys(change.values) })),
      operation: first.operation,
      channel_id: channel.id,
      token: channel.token ?? null,
    },
  };
}

/** A field condition only lets updates of those fields through. */
function passesCondition(channel: Row, change: RecordChange): boolean {
  const fields = typeof channel.conditionFields === 'string' ? channel.conditionFields : '';
  if (fields === '' || change.operation !== 'update') return true;
  const conditions = JSON.parse(fields) as { module: string; fields: string[]; isAnd: boolean }[];
  const condition = conditions.find((one) => one.module === change.module);
  if (!condition) return true;
  const hit = (field: string) => field in change.values;
  return condition.isAnd ? condition.fields.every(hit) : condition.fields.some(hit);
}

function deliver(world: World, callback: Callback): void {
  const subject = { method: 'POST', path: callback.url, module: callback.module };
  const isCallbackFault = (kind: string) => kind.endsWith('-callback');
  const fault = world.faults.strike(subject, isCallbackFault);
  const late = heldBack.get(world) ?? [];
  if (fault?.kind === 'reorder-callback') {
    heldBack.set(world, [...late, callback]);
    return;
  }
  if (fault?.kind === 'delay-callback') {
    world.timers.at(world.clock.now() + fault.delayMs, () => post(world, callback));
    return;
  }
  heldBack.delete(world);
  const times = fault?.kind === 'lose-callback' ? 0 : fault?.kind === 'duplicate-callback' ? 2 : 1;
  for (let i = 0; i < times; i++) post(world, callback);
  for (const one of late) post(world, one);
}

/** Sends a callback. Whether Zoho tries again after a failure is an open question, and a switch. */
function post(world: World, callback: Callback, retriesLeft = world.switches.number('callbackRetries')): void {
  const body: Json = callback.body;
  world.usage.spend(callback.org, world.switches.number('callbackCredits'), world.clock.now());
  const tryAgain = () => {
    if (retriesLeft <= 0) return;
    const dueAt = world.clock.now() + world.switches.number('callbackRetrySeconds') * 1000;
    world.timers.at(dueAt, () => post(world, callback, retriesLeft - 1));
  };
  fetch(callback.url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json;charset=UTF-8' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(giveUpAfterMs),
  }).then(
    async (response) => {
      await response.arrayBuffer().catch(() => undefined);
      if (!response.ok) tryAgain();
    },
    // Nobody listens: Zoho does not mind either.
    tryAgain,
  );
}
